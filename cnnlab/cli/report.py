"""``cnnlab report``: one page about a class."""

from pathlib import Path

import click

from cnnlab.cli.grading import folder, gradebook, spare_start


@click.command()
@click.argument("assignment")
@click.option(
    "--output",
    metavar="DIR",
    type=folder,
    default=Path("cnnlab-grades"),
    show_default=True,
    help="The folder that `cnnlab grade` wrote into; the page goes to its reports/.",
)
@gradebook
@click.option(
    "--anonymous",
    is_flag=True,
    help="Numbers in the place of names, drawn anew for each page; no details that could hold one.",
)
def report(assignment: str, output: Path, gradebook: str, anonymous: bool) -> None:
    """Write a page about the class: ASSIGNMENT's marks, items, mistakes, and who needs help.

    The page shows the distribution of marks, how hard each item was and how well it tells students
    apart, the most frequent mistakes, submissions that a person should look at, and students with
    nearly the same code. It holds no script and loads nothing. Nothing is graded again; marks given
    by hand are in.
    """
    spare_start()
    from cnnlab.files import write_text
    from cnnlab.grading import similar
    from cnnlab.grading.page import report_page
    from cnnlab.grading.results import answers, read_results

    results = read_results(output, assignment, gradebook)
    works = answers(output, results)
    click.echo(f"comparing the code of {len(works)} students", err=True)
    alike = similar.find(works, results.known.released)
    name = f"{assignment}-anonymous.html" if anonymous else f"{assignment}.html"
    path = output / "reports" / name
    write_text(path, report_page(results, alike, anonymous=anonymous))
    click.echo(f"Report: {path}")
