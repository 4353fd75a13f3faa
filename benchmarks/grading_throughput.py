"""``python -m benchmarks.grading_throughput``: one class, graded by nbgrader and by cnnlab.

Both get the same honest submissions and their own empty gradebook, one after the other. The time is
that of the whole command, its start and the teacher's solution included. Marks that differ end in
an error: speed alone is worth nothing.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from nbgrader.api import Gradebook

from benchmarks import machine
from benchmarks.block import keep
from tests.sample_class import answers
from tests.sample_class.notebooks import ASSIGNMENT, answered, raw, write

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "python -m benchmarks.grading_throughput --write"
LEAST, RATIO = 40, 10
# What a class hands in: mostly right work, some wrong, some of it missing.
KINDS = (
    {},
    {"correlate2d": answers.TURNED},
    {},
    {"correlate2d": answers.SQUARE_ONLY},
    {},
    {"convolve2d": "def convolve2d(image, kernel):\n    raise NotImplementedError()"},
    {},
    {"window_sum": "def window_sum(image, kernel, row, column):\n    return 0.0"},
)
SCRATCH = """\
# Trying things out, student {number}
import matplotlib.pyplot as plt
plt.imshow(correlate2d(np.arange(30.0).reshape(5, 6) + {number}, np.ones((2, 2))))
plt.show()
print("seen", {number})"""


def make_class(folder: Path, students: int) -> None:
    """Honest submissions, no two of them equal."""
    for number in range(students):
        notebook = answered({**answers.FILTERS, **KINDS[number % len(KINDS)]})
        own = {"cell_type": "code", "id": "scratch", "metadata": {}, "outputs": []}
        own |= {"execution_count": None, "source": SCRATCH.format(number=number)}
        notebook["cells"].append(own)
        place = folder / f"student-{number:04}" / ASSIGNMENT
        write(place, {f"{ASSIGNMENT}.ipynb": raw(notebook)})


def by_nbgrader(folder: Path, submitted: Path) -> tuple[float, dict[str, dict[str, float]]]:
    """Seconds and marks of ``nbgrader autograde``, in its plain configuration."""
    folder.mkdir()
    (folder / "submitted").symlink_to(submitted)
    (folder / "source").symlink_to(ROOT / "solutions")
    run(folder, "nbgrader", "generate_assignment", ASSIGNMENT)
    seconds = run(folder, "nbgrader", "autograde", ASSIGNMENT)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return seconds, {
            entry.student.id: {grade.name: grade.auto_score for grade in entry.notebooks[0].grades}
            for entry in book.assignment_submissions(ASSIGNMENT)
        }


def by_cnnlab(
    folder: Path, submitted: Path, *more: str
) -> tuple[float, dict[str, dict[str, float]]]:
    """Seconds and marks of ``cnnlab grade``, in the sandbox of this machine."""
    folder.mkdir()
    words = ["--submitted", str(submitted), "--course", str(ROOT), "--output", "graded", *more]
    seconds = run(folder, "cnnlab", "grade", ASSIGNMENT, *words)
    with (folder / "graded" / f"{ASSIGNMENT}.csv").open() as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    return seconds, {
        student: {name: float(row[name]) if row[name] else None for name in row if "-check" in name}
        for student, row in rows.items()
    }


def run(folder: Path, module: str, *words: str) -> float:
    """Run a command in the folder; how long it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise click.ClickException(
            f"{module} {words[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}"
        )
    return seconds


def _environment() -> dict[str, str]:
    """Ours, with the programs beside our interpreter, which nbgrader calls by name."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path}


def differences(
    theirs: dict[str, dict[str, float]], ours: dict[str, dict[str, float]]
) -> list[str]:
    """Where the marks of tests differ, one line each."""
    return [
        f"{student}, {item}: nbgrader {theirs.get(student, {}).get(item)}, cnnlab {points}"
        for student, items in ours.items()
        for item, points in items.items()
        if theirs.get(student, {}).get(item) != points
    ]


def table(students: int, theirs: float, ours: float) -> list[str]:
    rows = [("nbgrader autograde, as it comes", theirs), ("cnnlab grade, in its sandbox", ours)]
    return [
        f"| a class of {students} | seconds | a submission | submissions a second |",
        "|---|---|---|---|",
        *(
            f"| {name} | {seconds:.1f} | {seconds / students:.2f} s | {students / seconds:.2f} |"
            for name, seconds in rows
        ),
        "",
        f"That is {theirs / ours:.1f} times faster (promised: {RATIO}). "
        f"All marks of tests are the same.",
        "",
        *(f"- {name}: {value}" for name, value in facts().items()),
    ]


def facts() -> dict[str, str]:
    known = machine.facts("native")
    return {name: known[name] for name in ("Processor", "System", "NumPy")}


@contextmanager
def made_class(students: int) -> Iterator[tuple[Path, Path]]:
    """A new folder, and the submissions in it."""
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder:
        place = Path(folder).resolve()
        make_class(place / "submissions", students)
        yield place, place / "submissions"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--students",
    type=click.IntRange(min=1),
    default=LEAST,
    show_default=True,
    help="How many hand in. What is promised counts from 40.",
)
@click.option("--write", is_flag=True, help="Keep the table in docs/grading.md.")
def main(students: int, write: bool) -> None:
    """Grade the same class with nbgrader and with cnnlab, and compare speed and marks.

    It takes some two seconds a student. Close other programs first.
    """
    if write and students < LEAST:
        raise click.UsageError(f"--write keeps a class of at least {LEAST}.")
    with made_class(students) as (place, submitted):
        click.echo(f"{students} submissions: cnnlab, then nbgrader", err=True)
        our_seconds, ours = by_cnnlab(place / "cnnlab", submitted)
        their_seconds, theirs = by_nbgrader(place / "nbgrader", submitted)
    if wrong := differences(theirs, ours):
        raise click.ClickException("the marks differ:\n" + "\n".join(wrong))
    lines = table(students, their_seconds, our_seconds)
    click.echo("\n".join(lines))
    if write:
        click.echo(f"Kept in {keep('grading.md', 'throughput', COMMAND, lines)}.")


if __name__ == "__main__":
    main()
