"""docs/proofs.md: what is proven of each function, in numbers.

To print it, every known mistake is tried (`told`). Whether it is fresh can be said without: the
tests in tests/checks demand that every version is told its own hint, so the page must say that.
"""

from collections.abc import Iterable, Iterator, Mapping

from cnnlab.checks.proof.exercise import Evidence, Figures, figures, ladder_of
from cnnlab.checks.registry import Check

HEAD = """\
# What is proven of the checks

Printed by `cnnlab course proofs`; do not edit. `docs/checks.md` says what the words mean.

Every figure here is asserted by the tests in `tests/checks`, which run on the same lists: each
version of a known mistake fails, loses points and is told its own hint; each typed program is
named; each accepted version earns every point; each change of a model answer that is not listed
below costs points. Zeros, noise, shuffled answers and their kind earn nothing, but for what is
listed below.

"""
COLUMNS = (
    "function",
    "points",
    "items",
    "cases in sight",
    "known mistakes",
    "versions told their own hint",
    "typed programs",
    "accepted",
    "changes",
    "killed",
)


def told(evidence: Evidence) -> dict[str, int]:
    """task: how many versions of its known mistakes are told their own hint, tried one by one."""
    found = {}
    for ladder in filter(None, map(ladder_of, evidence.answers.values())):
        this = Check(ladder)
        found[ladder.task] = sum(
            this.result(version).mistake == ladder.identify(mistake.name)
            for mistake in ladder.mistakes
            for version in mistake.versions
        )
    return found


def render(evidence: Evidence, told: Mapping[str, int] | None = None) -> str:
    """The whole page; without ``told`` as it must be, with every version told its own hint."""
    rows = []
    for answer in evidence.answers.values():
        ladder = ladder_of(answer)
        if ladder is not None:
            rows.append(figures(ladder, answer, evidence))
    named = told or {row.task: row.versions for row in rows}
    return "".join([HEAD, *_table(rows, named), *_total(rows, named), *_reasons(rows, evidence)])


def _table(rows: list[Figures], named: Mapping[str, int]) -> Iterator[str]:
    exercise = ""
    for row in rows:
        if row.exercise != exercise:
            exercise = row.exercise
            yield f"\n## {exercise}\n\n" if exercise != rows[0].exercise else f"## {exercise}\n\n"
            yield "| " + " | ".join(COLUMNS) + " |\n"
            yield "|---|" + "---:|" * (len(COLUMNS) - 1) + "\n"
        yield "| " + " | ".join(_cells(row, named[row.task])) + " |\n"


def _cells(row: Figures, named: int) -> list[str]:
    killed = f"{row.changes - len(row.survivors)}"
    changes = [str(row.changes), killed] if not row.by_outcome else ["-", "-"]
    return [
        f"`{row.task}`",
        f"{row.points:g}",
        *map(str, (row.items, row.cases, row.mistakes)),
        f"{named} of {row.versions}",
        str(row.programs),
        str(row.accepted),
        *changes,
    ]


def _total(rows: list[Figures], named: Mapping[str, int]) -> Iterator[str]:
    changes = sum(row.changes for row in rows if not row.by_outcome)
    survivors = sum(len(row.survivors) for row in rows if not row.by_outcome)
    versions = sum(row.versions for row in rows)
    share = sum(named[row.task] for row in rows) / versions
    yield "\n## Together\n\n"
    yield (
        f"{len(rows)} functions worth {sum(row.points for row in rows):g} points; "
        f"{sum(row.mistakes for row in rows):,} known mistakes in "
        f"{versions:,} versions, of which {share:.1%} are told their own hint; "
        f"{sum(row.programs for row in rows):,} typed programs; "
        f"{sum(row.accepted for row in rows):,} accepted versions; "
        f"{changes:,} changes of model answers, of which {survivors} survive.\n"
    )


def _reasons(rows: list[Figures], evidence: Evidence) -> Iterator[str]:
    by_outcome = [(row.task, "", row.by_outcome) for row in rows if row.by_outcome]
    yield from _list("Judged by what they achieve, not by changes of their code", by_outcome)
    yield from _list("Changes that survive, and why", _flat(rows, evidence.survivors))
    yield from _list("Wrong answers that earn a part, and why", _flat(rows, evidence.excused))
    yield from _list("Not wrong for this function, and why", _flat(rows, evidence.tolerated))


def _flat(rows: list[Figures], listed: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """One entry for each reason that a function has."""
    for row in rows:
        by_reason: dict[str, list[str]] = {}
        for what, why in listed.get(row.task, {}).items():
            by_reason.setdefault(why, []).append(f"`{what}`")
        for why, changes in by_reason.items():
            yield row.task, "; ".join(changes), why


def _list(heading: str, entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    lines = [f"- `{task}`{f', {what}' if what else ''}: {why}.\n" for task, what, why in entries]
    if lines:
        yield f"\n## {heading}\n\n"
        yield from lines
