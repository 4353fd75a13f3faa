"""``cnnlab course``: print the notebooks from the manuscripts, and adopt edits of a print."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cnnlab.printing.course import Course, Finding

DIFF_LINES = 40

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds course/. Default: found from where you stand.",
)


@click.group()
def course() -> None:
    """Print the notebooks from the manuscripts in course/, and adopt edits of a print."""


@course.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@root_option
@click.option("--check", is_flag=True, help="Write nothing; show what is not fresh, and fail.")
@click.option("--discard", is_flag=True, help="Also replace prints that were edited by hand.")
def build(names: tuple[str, ...], root: Path | None, check: bool, discard: bool) -> None:
    """Print notebooks/, solutions/ and exercises/.

    NAME is a lesson or an exercise, for example 02_filters. Without a name all are printed. A print
    that was edited by hand is left alone: adopt it, or use --discard.
    """
    from cnnlab.printing.course import State

    place = _course(root)
    if check:
        _report_check([f for f in place.compare(names) if f.state is not State.FRESH])
        return
    findings = place.build(names, discard=discard)
    left = 0
    for finding in findings:
        if finding.state is State.FRESH:
            continue
        if finding.state is State.FOREIGN or (finding.state is State.EDITED and not discard):
            left += 1
            click.echo(f"left alone  {finding.path}: {finding.state.value}. {_remedy(finding)}")
        else:
            verb = "removed" if finding.state is State.LEFT_OVER else "printed"
            click.echo(f"{verb:<11} {finding.path}")
    counts = Counter(finding.state for finding in findings)
    click.echo(f"{counts[State.FRESH]} of {len(findings)} prints were fresh.")
    sys.exit(1 if left else 0)


@course.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
@click.option("--yes", is_flag=True, help="Do not ask before the manuscript is overwritten.")
def adopt(file: Path, root: Path | None, yes: bool) -> None:
    """Write the edits of a print back to its manuscript, and print it anew.

    FILE is a notebook from notebooks/ or solutions/, or a copy of one.
    """
    from cnnlab.printing.adopt import adopt as read_edits

    place = _course(root)
    adoption = read_edits(place, file)
    diff = adoption.diff()
    if not diff:
        click.echo(f"{adoption.path} already says what {file} says.")
        return
    click.echo("\n".join(diff))
    if not yes:
        click.confirm(f"Overwrite {adoption.path}?", abort=True)
    adoption.write()
    place.build([adoption.path.stem])
    click.echo(f"Adopted into {adoption.path}, and printed anew.")


@course.command("check")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@root_option
def check_exercises(names: tuple[str, ...], root: Path | None) -> None:
    """Run all proofs for the checks of an exercise, and say what is missing.

    NAME is an exercise, for example 02_filters. Right answers must earn everything, wrong ones be
    told their own hint, and any change of a model answer cost points; docs/checks.md explains. The
    exit status is 1 if something is missing.
    """
    from cnnlab.cli.proofs import report

    sys.exit(0 if report(_course(root).root, names) else 1)


@course.command()
@root_option
@click.option("--check", is_flag=True, help="Write nothing; fail if the page is not fresh.")
def proofs(root: Path | None, check: bool) -> None:
    """Print docs/proofs.md: what is proven of each function, in numbers.

    Every version of every known mistake is tried, which takes a minute.
    """
    from cnnlab.cli.proofs import print_page

    sys.exit(0 if print_page(_course(root).root, check) else 1)


@course.command()
@root_option
@click.option("--check", is_flag=True, help="Write nothing; fail if the page is not fresh.")
def rows(root: Path | None, check: bool) -> None:
    """Print docs/curriculum.md: where each row is taught, exercised, tested and computed.

    The exit status is 1 if a row has no home.
    """
    from cnnlab.files import write_text
    from cnnlab.printing import curriculum

    place = _course(root)
    parts = curriculum.find_homes(place)
    page, path = curriculum.render(parts), place.root / curriculum.PAGE
    fresh = path.is_file() and path.read_text(encoding="utf-8") == page
    if not check and not fresh:
        write_text(path, page)
        click.echo(f"printed {curriculum.PAGE}")
    elif fresh:
        click.echo(f"{curriculum.PAGE} is fresh.")
    else:
        click.echo(f"{curriculum.PAGE} is old. Mend: cnnlab course rows")
    homeless = [row for part in parts.values() for row in part.rows if row.missing]
    for row in homeless:
        click.echo(f"Row {row.name} ({row.what}) is not {', not '.join(row.missing)}.")
    sys.exit(1 if homeless or (check and not fresh) else 0)


def _course(root: Path | None) -> "Course":
    from cnnlab.printing.course import Course

    return Course(root) if root else Course.around(Path.cwd())


def _remedy(finding: "Finding") -> str:
    """What to do about a print that is not fresh."""
    from cnnlab.printing.course import State

    build = f"cnnlab course build {finding.name}"
    if finding.state is State.EDITED and finding.path.parts[0] != "exercises":
        return f"Keep the edits: cnnlab course adopt {finding.path}. Drop them: {build} --discard"
    if finding.state is State.EDITED:
        return f"If this is work of yours, move it elsewhere. Drop it: {build} --discard"
    if finding.state is State.FOREIGN:
        return "Move it out of this folder, or delete it."
    return f"Mend: {build}"


def _report_check(findings: "list[Finding]") -> None:
    """Show each print that is not fresh, with a short diff and its remedy; fail if there is one."""
    for finding in findings:
        click.echo(f"{finding.path}: {finding.state.value}.")
        diff = finding.diff() if finding.found and finding.expected else []
        for line in diff[:DIFF_LINES]:
            click.echo(f"  {line}")
        if len(diff) > DIFF_LINES:
            click.echo(f"  ... and {len(diff) - DIFF_LINES} more lines")
        click.echo(f"  {_remedy(finding)}")
    if not findings:
        click.echo("Every print is fresh.")
    sys.exit(1 if findings else 0)
