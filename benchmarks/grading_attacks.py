"""``python -m benchmarks.grading_attacks``: attack the grader, by plan and at random.

Every attack of the corpus once, a thousand notebooks that put attacks and edits together from
seeds, and ten thousand notebooks with bytes changed. An honest student's marks are compared before
and after. Exit status 1 when an attack gains, an outcome is not the right one, a process is left,
or a file is answered with anything but a submission or one short line.
"""

import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks import machine
from benchmarks.block import keep
from cnnlab.grading.intake import Refused, read_submission
from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import course, trial
from tests.grading.corpus.attack import Attack
from tests.grading.corpus.damage import damaged
from tests.grading.corpus.everything import ATTACKS
from tests.grading.corpus.malformed import BAD, GOOD, ODD
from tests.grading.corpus.random_forging import combined

COMMAND = "python -m benchmarks.grading_attacks --write"
VICTIM = Attack("", "an honest student", "full").notebook()
HEAD = ("| what was tried | times | not as it must be |", "|---|---|---|")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--forgeries", default=1000, show_default=True, help="Notebooks forged at random.")
@click.option("--damages", default=10_000, show_default=True, help="Files with bytes changed.")
@click.option("--seed", default=0, show_default=True, help="Where the seeds begin.")
@click.option("--write", is_flag=True, help="Keep the table in docs/grading.md.")
def main(forgeries: int, damages: int, seed: int, write: bool) -> None:
    """Attack the grader in its sandbox; about a quarter of an hour on two cores."""
    found: list[tuple[str, int, list[str]]] = []
    with tempfile.TemporaryDirectory(prefix="cnnlab-attacks-") as name:
        folder = Path(name)
        with trial.bait(folder / "course") as bait:
            grader = trial.Trial(Bubblewrap(), folder / "submitted", bait)
            before, files = (
                grader.run_notebook(VICTIM, "victim").items,
                trial.hashes(folder / "course"),
            )
            found.append(("attacks of the corpus", len(ATTACKS), _planned(grader)))
            found.append(("forging at random", forgeries, _forged(grader, seed, forgeries)))
            after = grader.run_notebook(VICTIM, "victim").items
            grader.executor.close()
            changed = ["an honest student's marks"] * (after != before)
            changed += ["the teacher's files"] * (trial.hashes(folder / "course") != files)
            changed += [f"process {pid} is left" for pid in trial.left_running()]
            found.append(("what others have, before and after", 1, changed))
        made = [bad.raw for bad in BAD] + [odd.raw for odd in ODD]
        found.append(("malformed and odd files", len(made), _read(folder / "files", made)))
        found.append(("bytes changed", damages, _read(folder / "files", _damages(seed, damages))))
    lines = [*HEAD, *(f"| {what} | {times:,} | {len(wrong)} |" for what, times, wrong in found)]
    click.echo("\n".join([*lines, "", *(word for row in found for word in row[2][:20])]))
    if write:
        keep("grading.md", "attacks", COMMAND, [*lines, "", f"On {machine.processor()}."])
    raise SystemExit(any(wrong for _, _, wrong in found))


def _planned(grader: trial.Trial) -> list[str]:
    wrong = []
    with click.progressbar(ATTACKS, label="attacks of the corpus") as attacks:
        for attack in attacks:
            wrong += [f"{attack.id} {attack.title}: {word}" for word in grader.wrong_with(attack)]
    return wrong


def _forged(grader: trial.Trial, first: int, count: int) -> list[str]:
    wrong = []
    with click.progressbar(range(first, first + count), label="forging at random") as seeds:
        for seed in seeds:
            words, notebook = combined(seed)
            outcome = grader.run_notebook(notebook)
            if trial.points(outcome) != course.NOTHING or trial.too_long(outcome):
                wrong.append(f"seed {seed}: {words}: {trial.points(outcome)}")
    return wrong


def _damages(seed: int, count: int) -> Iterator[bytes]:
    dice = random.Random(seed)
    with click.progressbar(range(count), label="bytes changed") as numbers:
        for _ in numbers:
            yield damaged(GOOD, dice)


def _read(folder: Path, files: Iterable[bytes]) -> list[str]:
    """Read each beside an honest student's, which must come out the same each time."""
    wrong, told = [], Counter[str]()
    honest = _handed_in(folder / "victim", GOOD)
    for number, raw in enumerate(files):
        try:
            told["read"] += bool(_handed_in(folder / "mallory", raw))
        except Refused as refusal:
            told["refused"] += 1
            line = str(refusal)
            if not (0 < len(line) <= 200 and line.isprintable()):
                wrong.append(f"file {number}: {line!r}")
        except Exception as error:
            wrong.append(f"file {number}: {type(error).__name__}: {error}")
        if number % 100 == 0 and _handed_in(folder / "victim", None) != honest:
            wrong.append(f"after file {number} an honest submission is read otherwise")
    click.echo(f"{told['read']} read, {told['refused']} refused")
    return wrong


def _handed_in(student: Path, raw: bytes | None) -> Any:
    place = student / course.ASSIGNMENT
    place.mkdir(parents=True, exist_ok=True)
    if raw is not None:
        (place / course.FILE).write_bytes(raw)
    return read_submission(place, student.name, course.manifest())


if __name__ == "__main__":
    main()
