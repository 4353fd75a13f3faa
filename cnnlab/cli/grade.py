"""``cnnlab grade``: a folder of submissions in, marks, feedback pages and a table out."""

import statistics
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnlab.cli.grading import STOPPED, folder, not_on_windows, options, prepared, tell

if TYPE_CHECKING:
    from cnnlab.grading.job import Job
    from cnnlab.grading.model import Executor
    from cnnlab.grading.pool import MakePool
    from cnnlab.grading.report import Row
    from cnnlab.grading.run import Graded

NOT_ALL = 1


@click.command()
@click.argument("assignment")
@click.option(
    "--submitted",
    metavar="DIR",
    type=folder,
    required=True,
    help="DIR/<student>/<assignment>/*.ipynb",
)
@options
@click.option(
    "--force",
    is_flag=True,
    help="Grade again what has not changed. Marks given by hand always stay.",
)
def grade(assignment: str, submitted: Path, output: Path, force: bool, **words: Any) -> None:
    """Grade ASSIGNMENT for a class, through nbgrader.

    What was graded before and has not changed is left alone, so an interrupted run goes on where it
    stopped. Exit status: 0 nothing is wrong (answers may wait for you, students may have handed
    nothing in), 1 a student is "check" or "not graded", 2 wrong use, 3 the assignment is broken, 4
    this machine, 130 stopped with Ctrl-C.
    """
    not_on_windows()
    job, executor, pool = prepared(assignment, submitted, output, **words)
    graded = _run(replace(job, force=force), executor, pool)
    show(graded)
    sys.exit(0 if all(row.fine for row in graded.rows) else NOT_ALL)


def _run(job: "Job", executor: "Executor", pool: "MakePool") -> "Graded":
    """Grade with progress on standard error."""
    from cnnlab.cli.watching import Progress
    from cnnlab.grading.run import grade_class

    progress = Progress()
    try:
        return grade_class(job, executor, progress, pool, tell)
    except KeyboardInterrupt:
        tell(f"\nStopped. {progress.done} are graded and kept; the same command goes on from here.")
        sys.exit(STOPPED)
    finally:
        progress.close()


def show(graded: "Graded") -> None:
    """The table, one line for each student; then the class in a few, and where everything is."""
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
    click.echo()
    for line in summary(graded):
        click.echo(line)


def summary(graded: "Graded") -> list[str]:
    """The class in a few lines, and where everything is."""
    from cnnlab.grading.report import number

    rows, output = graded.rows, graded.csv.parent
    marks = [row.marks for row in rows if row.marks]
    lines = [f"{sum(row.fine for row in rows)} of {len(rows)} in order. Marks: {graded.csv}"]
    if marks:
        mean = number(round(statistics.fmean(mark.points for mark in marks), 2))
        lines.append(f"Mean of {len(marks)}: {mean} of {number(marks[0].max_points)} points")
    flagged = [row.student for row in rows if row.record and row.record.flags]
    if flagged:
        lines.append(f"To be looked at by a person: {_some(flagged)}")
    lines.append(f"Feedback pages: {output / 'feedback'}")
    if any(row.status in ("by hand", "check") for row in rows):
        lines.append(f"To mark by hand: cd {output} && jupyter lab, then Nbgrader > Formgrader")
    name = graded.manifest.assignment
    lines.append(f"A page about the class: cnnlab report {name} --output {output}")
    return lines


def _some(names: list[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


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
