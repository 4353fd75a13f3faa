"""``python -m benchmarks.grading_load``: a large class beside a small one, and the grader's memory.

Grades classes of 100 and of 10,000 with the command itself, and prints for each the time, the time
by submission at its beginning and at its end, and the most memory that the grader's own process
held. Every mark is compared with the one known beforehand.
"""

import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import machine
from benchmarks.block import keep
from benchmarks.grading_class import make, start, wrong_marks

COMMAND = "python -m benchmarks.grading_load --write"
MOST_SECONDS, MOST_MB, MOST_RATIO = 25 * 60, 300.0, 1.2
DONE = re.compile(r"(\d+) of (\d+) done")


@dataclass
class Load:
    """What was seen while one class was graded: (submissions done, seconds, MB) now and then."""

    students: int
    seen: list[tuple[int, float, float]]
    seconds: float
    peak: float
    wrong: list[str]

    @property
    def each(self) -> float:
        """Seconds for one submission, start and end of the command left out."""
        return _rate(self.seen)

    @property
    def first(self) -> float:
        return _rate(self.seen[: max(2, len(self.seen) // 4)])

    @property
    def last(self) -> float:
        return _rate(self.seen[-max(2, len(self.seen) // 4) :])


def _rate(seen: list[tuple[int, float, float]]) -> float:
    (done, began, _), (more, ended, _) = seen[0], seen[-1]
    return (ended - began) / (more - done)


def grade(submitted: Path, output: Path, students: int, words: Iterable[str]) -> Load:
    """Run the command and watch it."""
    seen, peak, began = [], 0.0, time.monotonic()
    with start(submitted, output, *words) as grader:
        assert grader.stderr is not None
        for told in grader.stderr:
            memory = _megabytes(grader.pid)
            peak = max(peak, memory)
            if found := DONE.match(told):
                seen.append((int(found[1]), time.monotonic() - began, memory))
    seconds = time.monotonic() - began
    if grader.returncode != 0:
        raise click.ClickException(f"the grader ended with status {grader.returncode}")
    return Load(students, seen, seconds, peak, [])


def _megabytes(pid: int) -> float:
    """The most memory that a process has held so far; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


HEAD = [
    "| submissions | in all | each | first quarter | last quarter | memory | wrong marks |",
    "|---|---|---|---|---|---|---|",
]


def line(load: Load) -> str:
    """A row of the table."""
    milliseconds = (f"{1000 * part:.0f} ms" for part in (load.each, load.first, load.last))
    return (
        f"| {load.students} | {load.seconds:.0f} s | {' | '.join(milliseconds)} "
        f"| {load.peak:.0f} MB | {len(load.wrong)} |"
    )


def shortfalls(loads: list[Load]) -> list[str]:
    """What was promised and is not held."""
    most = loads[-1]
    told = [f"{len(load.wrong)} wrong marks of {load.students}" for load in loads if load.wrong]
    if most.seconds > MOST_SECONDS:
        told.append(f"{most.seconds:.0f} s for {most.students}, more than {MOST_SECONDS}")
    if most.peak > MOST_MB:
        told.append(f"{most.peak:.0f} MB, more than {MOST_MB:.0f}")
    if most.each > MOST_RATIO * loads[0].each or most.last > MOST_RATIO * most.first:
        told.append("the time by submission grows with the class")
    return told


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--students", default=10_000, show_default=True, help="Size of the large class.")
@click.option("--few", default=100, show_default=True, help="Size of the small class.")
@click.option("--workers", default=2, show_default=True)
@click.option("--unsafe-no-sandbox", "unsafe", is_flag=True, help="Grade in plain processes.")
@click.option("--write", is_flag=True, help="Keep the table in docs/grading.md.")
def main(students: int, few: int, workers: int, unsafe: bool, write: bool) -> None:
    """Grade a small and a large class; exit with 1 where the large one costs more by submission."""
    words = ["--workers", str(workers), *(["--unsafe-no-sandbox"] if unsafe else [])]
    loads = []
    for size in (few, students):
        with tempfile.TemporaryDirectory(prefix="cnnlab-load-") as folder:
            submitted, output = Path(folder, "submitted"), Path(folder, "out")
            expected = make(submitted, size)
            loads.append(grade(submitted, output, size, words))
            loads[-1].wrong = wrong_marks(output, expected)
        for done, seconds, memory in loads[-1].seen:
            click.echo(f"{done:6} done after {seconds:6.1f} s, {memory:.0f} MB", err=True)
    lines = [*HEAD, *map(line, loads)]
    lines += ["", f"{workers} workers, on {machine.facts('native')['Processor']}."]
    click.echo("\n".join(lines))
    if write:
        keep("grading.md", "load", COMMAND, lines)
    if told := shortfalls(loads):
        raise click.ClickException("; ".join(told))


if __name__ == "__main__":
    main()
