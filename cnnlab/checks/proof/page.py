"""docs/proofs.md: what is proven of each function, in numbers.

The page counts; the tests in tests/checks assert. So a look at the page is cheap to keep fresh, and
a figure on it that did not hold would fail a test.
"""

from collections.abc import Iterable, Iterator

from cnnlab.checks.proof.exercise import Evidence, Figures, figures, ladder_of

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
    "versions",
    "told their own hint",
    "typed programs",
    "accepted",
    "changes",
    "killed",
)


def render(evidence: Evidence) -> str:
    """The whole page."""
    rows = []
    for answer in evidence.answers.values():
        ladder = ladder_of(answer)
        if ladder is not None:
            rows.append(figures(ladder, answer, evidence))
    return "".join([HEAD, *_table(rows), *_total(rows), *_reasons(rows, evidence)])


def _table(rows: list[Figures]) -> Iterator[str]:
    exercise = ""
    for row in rows:
        if row.exercise != exercise:
            exercise = row.exercise
            yield f"\n## {exercise}\n\n" if exercise != rows[0].exercise else f"## {exercise}\n\n"
            yield "| " + " | ".join(COLUMNS) + " |\n"
            yield "|---|" + "---:|" * (len(COLUMNS) - 1) + "\n"
        yield "| " + " | ".join(_cells(row)) + " |\n"


def _cells(row: Figures) -> list[str]:
    killed = f"{row.changes - len(row.survivors)}"
    changes = [str(row.changes), killed] if not row.by_outcome else ["-", "-"]
    return [
        f"`{row.task}`",
        f"{row.points:g}",
        *map(str, (row.items, row.cases, row.mistakes, row.versions)),
        "100 %",
        str(row.programs),
        str(row.accepted),
        *changes,
    ]


def _total(rows: list[Figures]) -> Iterator[str]:
    changes = sum(row.changes for row in rows if not row.by_outcome)
    survivors = sum(len(row.survivors) for row in rows if not row.by_outcome)
    yield "\n## Together\n\n"
    yield (
        f"{len(rows)} functions worth {sum(row.points for row in rows):g} points; "
        f"{sum(row.mistakes for row in rows):,} known mistakes in "
        f"{sum(row.versions for row in rows):,} versions; "
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
    for row in rows:
        for what, why in listed.get(row.task, {}).items():
            yield row.task, what, why


def _list(heading: str, entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    lines = [f"- `{task}`{f', `{what}`' if what else ''}: {why}.\n" for task, what, why in entries]
    if lines:
        yield f"\n## {heading}\n\n"
        yield from lines
