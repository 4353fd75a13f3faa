"""``python -m benchmarks.grading_faults``: disturb the grader in every way, and look at the marks.

A class is graded once in peace. Then again and again while the grader or its workers are killed,
the disk is full or a database is locked. After each fault the same command is given once more, and
everything that it leaves has to be what the peaceful run has left.
"""

import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks import machine
from benchmarks.block import keep, kept
from benchmarks.grading_class import differences, make, start, state, workers_of, wrong_marks

COMMAND = "python -m benchmarks.grading_faults --write"
PATIENCE = 300.0
FULL, LATER = "256k", "512m"


@dataclass
class Campaign:
    """A class, what a peaceful run leaves of it and how long that takes."""

    submitted: Path
    folder: Path
    words: tuple[str, ...] = ()
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    peace: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    number: int = 0

    def output(self) -> Path:
        """A folder that is not there yet."""
        self.number += 1
        return self.folder / f"out-{self.number}"

    def grade(self, output: Path) -> tuple[int, float, str]:
        """Run the command to its end: exit status, seconds, and what it said."""
        began = time.monotonic()
        with start(self.submitted, output, *self.words) as grader:
            told = grader.communicate(timeout=PATIENCE)[1]
        return grader.returncode, time.monotonic() - began, told

    def in_peace(self) -> None:
        """Grade undisturbed, twice: the second time nothing is new on this machine."""
        for _ in range(2):
            output = self.output()
            status, self.seconds, told = self.grade(output)
            if status != 0:
                raise click.ClickException(f"the peaceful run ended with status {status}: {told}")
        self.peace = state(output)


@dataclass(frozen=True)
class Result:
    """One fault and its repair. ``over`` is what both took beyond a peaceful run."""

    fault: str
    status: int
    repaired: int
    over: float
    wrong: list[str]
    said: str = ""

    def __str__(self) -> str:
        wrong = f" WRONG: {', '.join(self.wrong)}: {self.said[-300:]}" if self.wrong else ""
        return (
            f"{self.fault}, status {self.status}, then {self.repaired}, {self.over:+.1f} s{wrong}"
        )


def kill_the_grader(campaign: Campaign) -> Result:
    """kill -9 at a random moment, and the same command again."""
    output, moment = campaign.output(), campaign.rng.uniform(0, campaign.seconds)
    began = time.monotonic()
    with start(campaign.submitted, output, *campaign.words) as grader:
        with suppress(subprocess.TimeoutExpired):
            grader.wait(moment)
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        first = time.monotonic() - began
    return _repaired(campaign, f"kill at {moment:.2f} s", output, grader.returncode, first)


def kill_a_worker(campaign: Campaign) -> Result:
    """kill -9 a random worker at a random moment; the run must not even notice."""
    output, moment = campaign.output(), campaign.rng.uniform(0, campaign.seconds)
    began, victims = time.monotonic(), []
    with start(campaign.submitted, output, *campaign.words) as grader:
        while grader.poll() is None and not victims:
            if time.monotonic() - began > moment:
                victims = workers_of(grader.pid)[:1]
                for pid in victims:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)
        told = grader.communicate(timeout=PATIENCE)[1]
    seconds = time.monotonic() - began
    wrong = differences(campaign.peace, state(output))
    name = f"{len(victims)} worker killed at {moment:.2f} s"
    over = seconds - campaign.seconds
    return Result(name, grader.returncode, grader.returncode, over, wrong, told)


def fill_the_disk(campaign: Campaign) -> Result:
    """Grade onto a disk that is too small, make room, and give the same command again."""
    output = campaign.output()
    with small_disk(output) as grow:
        status, first, told = campaign.grade(output)
        grow()
        return _repaired(campaign, "full disk", output, status, first, told)


def lock_a_database(campaign: Campaign) -> Result:
    """Hold the gradebook or the journal for a while, from a random moment on."""
    output, moment = campaign.output(), campaign.rng.uniform(0, campaign.seconds)
    name = campaign.rng.choice(["gradebook.db", "journal.db"])
    held = threading.Event()
    holder = threading.Thread(target=_hold, args=(output / name, moment, held))
    holder.start()
    status, first, told = campaign.grade(output)
    held.set()
    holder.join()
    return _repaired(campaign, f"{name} locked at {moment:.2f} s", output, status, first, told)


def _hold(path: Path, moment: float, released: threading.Event) -> None:
    """Lock the database from this moment on, or as soon as it is there."""
    released.wait(moment)
    while not path.exists() and not released.wait(0.05):
        pass
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        released.wait(PATIENCE)


def _repaired(
    campaign: Campaign, fault: str, output: Path, status: int, first: float, told: str = ""
) -> Result:
    """The same command again, and what is wrong after it."""
    repaired, second, said = campaign.grade(output)
    wrong = differences(campaign.peace, state(output)) if repaired == 0 else ["no end"]
    over = first + second - campaign.seconds
    return Result(fault, status, repaired, over, wrong, told or said)


@contextmanager
def small_disk(place: Path) -> Iterator[Callable[[], None]]:
    """A small file system in memory at ``place``; what is yielded makes it large. Needs root."""
    place.mkdir(parents=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={FULL}", "cnnlab-test", str(place))
    try:
        yield lambda: _run("mount", "-o", f"remount,size={LATER}", str(place))
    finally:
        _run("umount", str(place))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


FAULTS: dict[str, tuple[Callable[[Campaign], Result], int]] = {
    "grader killed": (kill_the_grader, 200),
    "worker killed": (kill_a_worker, 100),
    "disk full": (fill_the_disk, 20),
    "database locked": (lock_a_database, 20),
}


def line(name: str, students: int, peace: float, results: list[Result]) -> str:
    """A row of the table: rows of several runs may stand together, so each says what it is of."""
    over = [result.over for result in results]
    bad = sum(bool(result.wrong) for result in results)
    return (
        f"| {name} | {len(results)} | {students} | {bad} | {peace:.1f} s "
        f"| {statistics.median(over):.1f} s | {max(over):.1f} s |"
    )


HEAD = [
    "| fault | times | students | left something else than a peaceful run "
    "| seconds of that one | over it: median | worst |",
    "|---|---|---|---|---|---|---|",
]


def table(measured: dict[str, str], before: str = "") -> list[str]:
    """The rows that were measured now; of every other fault the row in ``before``."""
    lines = list(HEAD)
    for name in FAULTS:
        old = re.findall(rf"^\| {re.escape(name)} \|.*$", before, re.MULTILINE)
        lines += [measured[name]] if name in measured else old
    return [*lines, "", f"On {machine.facts('native')['Processor']}."]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--students", default=24, show_default=True, help="Size of the class.")
@click.option("--only", type=click.Choice(list(FAULTS)), help="This fault alone.")
@click.option("--times", type=int, help="This many of each fault. [default: 200, 100, 20, 20]")
@click.option(
    "--unsafe-no-sandbox", "unsafe", is_flag=True, help="Student code in plain processes."
)
@click.option("--write", is_flag=True, help="Keep the table in docs/grading.md.")
def main(students: int, only: str | None, times: int | None, unsafe: bool, write: bool) -> None:
    """Disturb the grader at random moments; exit with 1 if a mark, a copy or a page differs.

    With --only, --write replaces the row of that fault and keeps the others.
    """
    with tempfile.TemporaryDirectory(prefix="cnnlab-faults-") as folder:
        submitted = Path(folder, "submitted")
        expected = make(submitted, students)
        words = ("--unsafe-no-sandbox",) if unsafe else ()
        campaign = Campaign(submitted, Path(folder), words)
        campaign.in_peace()
        if wrong := wrong_marks(campaign.folder / f"out-{campaign.number}", expected):
            raise click.ClickException(f"wrong marks in peace: {', '.join(wrong)}")
        measured, bad = _disturb(campaign, students, only, times)
    lines = table(measured, kept("grading.md", "faults") if write and only else "")
    click.echo("\n".join(lines))
    if write:
        keep("grading.md", "faults", COMMAND, lines)
    raise SystemExit(1 if bad else 0)


def _disturb(
    campaign: Campaign, students: int, only: str | None, times: int | None
) -> tuple[dict[str, str], int]:
    """The row of each fault, and how often something else was left."""
    rows, bad = {}, 0
    for name, (disturb, usual) in FAULTS.items():
        if only not in (None, name):
            continue
        results = []
        for number in range(times or usual):
            results.append(disturb(campaign))
            click.echo(f"{name} {number + 1}: {results[-1]}", err=True)
        rows[name] = line(name, students, campaign.seconds, results)
        bad += sum(bool(result.wrong) for result in results)
    return rows, bad


if __name__ == "__main__":
    main()
