"""``cnnlab grade``: a folder of submissions in, marks, feedback pages and a table out."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnlab.errors import EnvironmentProblem

if TYPE_CHECKING:
    from cnnlab.grading.model import Executor
    from cnnlab.grading.report import Row
    from cnnlab.grading.run import Graded

NOT_ALL = 1
STOPPED = 130
folder = click.Path(path_type=Path)


@click.command()
@click.argument("assignment")
@click.option(
    "--submitted",
    metavar="DIR",
    type=folder,
    required=True,
    help="DIR/<student>/<assignment>/*.ipynb",
)
@click.option(
    "--output",
    metavar="DIR",
    type=folder,
    default=Path("cnnlab-grades"),
    show_default=True,
    help="Gradebook, feedback pages and CSV go here; one folder for all assignments.",
)
@click.option(
    "--course", metavar="DIR", type=folder, help="A clone of the course, for its solutions/."
)
@click.option(
    "--time-limit",
    metavar="S",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds that one cell may run; a whole submission gets ten times that.",
)
@click.option(
    "--memory-limit",
    metavar="MB",
    type=click.IntRange(min=256),
    default=2048,
    show_default=True,
    help="Memory that one submission may use.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Submissions run side by side. Default: one a core.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Grade again what has not changed. Marks given by hand always stay.",
)
@click.option(
    "--unsafe-no-sandbox",
    "unsafe",
    is_flag=True,
    help="Run student code in a plain process, as you. Only for work that you trust.",
)
def grade(
    assignment: str,
    submitted: Path,
    output: Path,
    course: Path | None,
    time_limit: float,
    memory_limit: int,
    workers: int | None,
    force: bool,
    unsafe: bool,
) -> None:
    """Grade ASSIGNMENT for a class, through nbgrader.

    What was graded before and has not changed is left alone, so an interrupted run goes on where it
    stopped. Exit status: 0 all graded, 1 some not, 2 wrong use, 3 the assignment is broken, 4 this
    machine, 130 stopped with Ctrl-C.
    """
    if sys.platform == "win32":
        raise EnvironmentProblem(
            "grading needs Linux or macOS; on Windows use the Windows Subsystem for Linux"
        )
    from cnnlab.grading.layout import find_class, find_source
    from cnnlab.grading.levels import choose
    from cnnlab.grading.model import Limits

    source = find_source(assignment, course.resolve() if course else None)
    find_class(submitted, source)  # wrong words are told before nbgrader is loaded
    executor = choose(unsafe)
    click.echo(f"execution: {executor.level}", err=True)
    limits = Limits(
        cell_seconds=time_limit, total_seconds=10 * time_limit, memory_bytes=memory_limit * 2**20
    )
    job = {
        "assignment": assignment,
        "submitted": submitted.resolve(),
        "source": source,
        "output": output.resolve(),
        "limits": limits,
        "workers": workers or os.cpu_count() or 1,
        "force": force,
    }
    graded = _run(job, executor)
    show(graded)
    sys.exit(0 if all(row.fine for row in graded.rows) else NOT_ALL)


def _run(job: dict[str, Any], executor: "Executor") -> "Graded":
    """Grade with progress on standard error; nbgrader is imported here, which takes a second."""
    from cnnlab.grading.run import Job, grade_class

    progress = Progress()
    try:
        return grade_class(Job(**job), executor, progress)
    except KeyboardInterrupt:
        executor.stop()
        click.echo(
            f"\nStopped. {progress.done} are graded and kept; the same command goes on from here.",
            err=True,
        )
        sys.exit(STOPPED)
    finally:
        progress.close()


class Progress:
    """How far, how fast, how long still: a bar in a terminal, some twenty plain lines elsewhere."""

    def __init__(self) -> None:
        self.done = 0
        self.started = time.monotonic()
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        self.done = done
        if done == 0:
            self.started = time.monotonic()
            return
        rate = done / max(time.monotonic() - self.started, 1e-3)
        if sys.stderr.isatty():
            self._draw(done, total, rate)
        elif done == total or done % max(1, total // 20) == 0:
            left = (total - done) / rate
            click.echo(f"{done} of {total} done, {rate:.1f} a second, {left:.0f} s left", err=True)

    def _draw(self, done: int, total: int, rate: float) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        if self.bar is None:
            columns = (
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
            )
            self.bar = Bar("grading", *columns, "left", console=Console(stderr=True))
            self.bar.add_task("grading", total=total, rate="")
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=done, rate=f"{rate:.1f}/s")

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


def show(graded: "Graded") -> None:
    """The table, one line for each student, and where everything is."""
    rows = [[row.student, _points(row), row.status, row.note] for row in graded.rows]
    if sys.stdout.isatty():
        _rich_table(rows)
    else:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            click.echo(
                "  ".join(
                    cell.ljust(width) for cell, width in zip(row, widths, strict=True)
                ).rstrip()
            )
    output = graded.csv.parent
    fine = sum(row.fine for row in graded.rows)
    click.echo(f"\n{fine} of {len(rows)} in order. Marks: {graded.csv}")
    click.echo(f"Feedback pages: {output / 'feedback'}")
    if any(row.status in ("by hand", "check") for row in graded.rows):
        click.echo(f"To mark by hand: cd {output} && jupyter lab, then Nbgrader > Formgrader")


def _points(row: "Row") -> str:
    from cnnlab.grading.report import number

    return f"{number(row.marks.points)}/{number(row.marks.max_points)}" if row.marks else "-"


def _rich_table(rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("student", "points", "status", "note")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
