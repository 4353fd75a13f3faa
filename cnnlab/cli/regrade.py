"""``cnnlab regrade``: grade again after a test was mended, and see the change before it is made."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnlab.cli.grading import STOPPED, folder, job_of, not_on_windows, options, prepared, tell
from cnnlab.errors import UsageError

if TYPE_CHECKING:
    from cnnlab.grading.regrade import Comparison


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
    "--student", "students", metavar="NAME", multiple=True, help="Only this one; may be repeated."
)
@click.option(
    "--item", "items", metavar="NAME", multiple=True, help="Only this test; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change no mark.")
@click.option("--yes", is_flag=True, help="Change the marks without asking.")
@click.option("--undo", "back", is_flag=True, help="Put back what the last regrade changed.")
@options
def regrade(
    assignment: str,
    submitted: Path,
    output: Path,
    students: tuple[str, ...],
    items: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    back: bool,
    **words: Any,
) -> None:
    """Grade ASSIGNMENT again after a test was mended, for all or for some.

    What would change is shown first: each item of each student, and how many go up or down. Marks
    change only when you agree. Marks given by hand stay, and are put up for another look. What was
    replaced is kept in regrades/ and the journal; --undo puts it back (put the old test back, too).

    With --item, the other items keep their points. The next `cnnlab grade` brings everybody and
    everything to the assignment as it is then.
    """
    not_on_windows()
    if back and (students or items or dry_run):
        raise UsageError("--undo puts back the last regrade as a whole; leave the other words out")
    if back:
        _undo(job_of(assignment, submitted, output, **words))
        return
    job, executor, pool = prepared(assignment, submitted, output, **words)
    from cnnlab.cli.watching import Progress
    from cnnlab.grading.regrade import regrade as run

    if not dry_run and not yes and not sys.stdin.isatty():
        raise UsageError("nobody can be asked here; pass --dry-run to look, or --yes to agree")
    job = replace(job, only=frozenset(students) or None)
    progress = Progress("grading again")

    def decide(comparison: "Comparison") -> bool:
        progress.close()
        show(comparison)
        if not (comparison.changes or comparison.new) or dry_run:
            return False
        return yes or click.confirm("Change these marks?", err=True)

    try:
        graded = run(job, executor, items, decide, progress, pool, tell)
    except KeyboardInterrupt:
        tell("\nStopped. No mark that was not yet shown has changed; run the same command again.")
        sys.exit(STOPPED)
    finally:
        progress.close()
    click.echo(f"Changed. Marks: {graded.csv}" if graded else "No mark was changed.")


def show(comparison: "Comparison") -> None:
    """Each change, and how many students go up, down, or stay."""
    from cnnlab.grading.report import number

    rows = []
    for change in comparison.changes:
        by_hand = "" if change.by_hand is None else f"(by hand: {number(change.by_hand)}, stays)"
        points = [number(p) or "?" for p in (change.before, change.now)]
        rows.append((change.student, change.item, " -> ".join(points), by_hand))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    up, down, level = (len(comparison.students(sign)) for sign in (1, -1, 0))
    click.echo(f"{up} up, {down} down, {comparison.same + level} with the same points")
    if comparison.new:
        click.echo(f"not graded before: {', '.join(comparison.new)}")
    for student, reason in comparison.failed.items():
        click.echo(f"not graded: {student}: {reason}")


def _undo(job: Any) -> None:
    from cnnlab.grading.undo import undo

    undone = undo(job, tell)
    for student, reason in undone.left.items():
        tell(f"left as is: {student}: {reason}")
    names = ", ".join(undone.students) or "nobody"
    click.echo(f"Marks that are back as they were: those of {names}")
