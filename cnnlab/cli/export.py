"""``cnnlab export``: marks for Canvas, Moodle or a spreadsheet."""

import sys
from pathlib import Path

import click

from cnnlab.cli.grading import folder, gradebook, spare_start
from cnnlab.errors import UsageError

NAMED_AT_MOST = 20


@click.command()
@click.argument("assignment")
@click.option(
    "--format",
    "style",
    type=click.Choice(["csv", "canvas", "moodle"]),
    required=True,
    help="csv: everything, for people and spreadsheets. canvas, moodle: for their grade import.",
)
@click.option(
    "--output",
    metavar="DIR",
    type=folder,
    default=Path("cnnlab-grades"),
    show_default=True,
    help="The folder that `cnnlab grade` wrote into.",
)
@click.option(
    "--to",
    "path",
    metavar="FILE",
    type=folder,
    help="The file to write. Default: exports/ASSIGNMENT-FORMAT.csv in the output folder.",
)
@click.option(
    "--map",
    "table",
    metavar="FILE",
    type=folder,
    help="Who is who there: Canvas's or Moodle's own export of the class, or a table (CSV) with a "
    "column `student` for the folder's name and columns of the other system.",
)
@click.option(
    "--incomplete",
    is_flag=True,
    help="Also students with items that a person has yet to mark; those count as nothing.",
)
@gradebook
@click.option("--force", is_flag=True, help="Replace the file without asking.")
def export(
    assignment: str,
    style: str,
    output: Path,
    path: Path | None,
    table: Path | None,
    incomplete: bool,
    gradebook: str,
    force: bool,
) -> None:
    """Write ASSIGNMENT's marks as a file for another system.

    Canvas finds students by its own ID, the SIS ID or the login; Moodle by what you choose there.
    What nbgrader's gradebook knows (LMS ID, names, e-mail) is used; the folder's name counts as
    login. --map says it where that is not so. For Canvas and Moodle, students without a whole mark
    are left out, and told: an empty mark there would delete one. Marks given by hand are in.
    """
    spare_start()
    from cnnlab.files import write_text
    from cnnlab.grading import export as library
    from cnnlab.grading.results import read_results

    path = path or output / "exports" / f"{assignment}-{style}.csv"
    results = read_results(output, assignment, gradebook)
    students = [row.student for row in results.rows]
    known = library.read_class_list(table, students) if table else None
    exported = library.export(results, style, known, incomplete)
    _may_replace(path, force)
    write_text(path, exported.text)
    _tell_left_out(exported.left_out)
    click.echo(f"{exported.count} of {len(students)} students: {path}")


def _may_replace(path: Path, force: bool) -> None:
    """Ask before a file is lost; where nobody can be asked, say how to go on."""
    if force or not path.exists():
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{path} is there already; --force replaces it, --to names another")
    click.confirm(f"{path} is there already. Replace it?", abort=True)


def _tell_left_out(left_out: dict[str, str]) -> None:
    for student, reason in list(left_out.items())[:NAMED_AT_MOST]:
        click.echo(f"left out: {student} ({reason})", err=True)
    if len(left_out) > NAMED_AT_MOST:
        click.echo(f"left out: {len(left_out) - NAMED_AT_MOST} more", err=True)
