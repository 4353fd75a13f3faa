"""``python -m benchmarks.grading_repeat``: the same class graded again and again.

Every run has an empty output folder and executes everything. What it leaves (the gradebook's rows,
the autograded copies, the feedback pages, the CSV file) has to be what the first one left.
"""

import shutil
import tempfile
from pathlib import Path

import click

from benchmarks import machine
from benchmarks.block import keep
from benchmarks.grading_class import differences, make, start, state, wrong_marks

COMMAND = "python -m benchmarks.grading_repeat --write"


def grade(submitted: Path, output: Path, words: list[str]) -> dict[str, str]:
    """Grade into a new folder; what that has left."""
    with start(submitted, output, *words) as grader:
        told = grader.communicate()[1]
    if grader.returncode != 0:
        raise click.ClickException(f"a run ended with status {grader.returncode}: {told}")
    return state(output)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--students", default=50, show_default=True, help="Size of the class.")
@click.option("--times", default=100, show_default=True, help="How often it is graded.")
@click.option("--unsafe-no-sandbox", "unsafe", is_flag=True, help="Grade in plain processes.")
@click.option("--write", is_flag=True, help="Keep the line in docs/grading.md.")
def main(students: int, times: int, unsafe: bool, write: bool) -> None:
    """Grade one class many times; exit with 1 if anything that is left differs."""
    words = ["--unsafe-no-sandbox"] if unsafe else []
    with tempfile.TemporaryDirectory(prefix="cnnlab-repeat-") as folder:
        submitted, output = Path(folder, "submitted"), Path(folder, "out")
        expected = make(submitted, students)
        first = grade(submitted, output, words)
        bad = wrong_marks(output, expected)
        for number in range(2, times + 1):
            shutil.rmtree(output)
            other = differences(first, grade(submitted, output, words))
            bad += other
            click.echo(f"{number} of {times}: {', '.join(other) or 'the same'}", err=True)
    found = f"{len(bad)} differences" if bad else "the same marks, copies and pages every time"
    lines = [f"{students} submissions, graded {times} times: {found}."]
    lines += ["", f"On {machine.facts('native')['Processor']}."]
    click.echo("\n".join(lines))
    if write:
        keep("grading.md", "repeat", COMMAND, lines)
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
