"""``cnnlab check``: the checks of a notebook, on the terminal."""

import sys
from pathlib import Path

import click
from rich.console import Console

from cnnlab.errors import UsageError


@click.command()
@click.argument("notebooks", metavar="NOTEBOOK...", nargs=-1, required=True)
@click.option(
    "--time-limit",
    metavar="S",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    help="Seconds that one cell may run.",
)
@click.option("--keep/--no-keep", default=True, help="Remember the results for cnnlab progress.")
def check(notebooks: tuple[str, ...], time_limit: float, keep: bool) -> None:
    """Run an exercise from the top, and show what its checks say.

    NOTEBOOK is a file, or the name of an exercise in the course folder you stand in, for example
    02_filters. A copy is run in a Python of its own; the file stays as it is. Save it before.

    The exit status is 0 if every check passes, and 1 if one does not.
    """
    passed = [_check(_find(name), time_limit, keep) for name in notebooks]
    sys.exit(0 if all(passed) else 1)


def _check(path: Path, seconds: float, keep: bool) -> bool:
    from cnnlab.checks import progress
    from cnnlab.checks.notebook import run

    console = Console(highlight=False, soft_wrap=True)
    exercise = progress.exercise_of(path)
    with console.status(f"Running {path.name} from the top"):
        done = run(path, exercise.tasks if exercise else (), seconds)
    for trouble in done.troubles:
        console.print(
            f"Cell {trouble.number} {trouble.why}. It begins: {trouble.line}", markup=False
        )
    if not done.found:
        raise UsageError(
            f"{path} holds no check. Is it an exercise? Those are: "
            + ", ".join(e.name for e in progress.exercises())
        )
    for one in done.found.values():
        heading, _, rest = one.text.partition("\n")
        console.print()
        console.print(heading, style="bold", markup=False)
        console.print(rest, markup=False)
    tasks = dict.fromkeys([*done.found, *(exercise.tasks if exercise else ())])
    right = sum(one.passed for one in done.found.values())
    console.print()
    console.print(f"{path.stem}: {right} of {len(tasks)} functions pass.", markup=False)
    folder = progress.folder_of(path.parent)
    if folder and keep:
        progress.keep(folder, done.found.values())
    if folder:
        console.print(_all(folder), markup=False)
    return right == len(tasks)


def _all(folder: Path) -> str:
    """The progress over the whole course, in a line."""
    from cnnlab.checks import progress

    known = progress.states(folder)
    tasks = [task for e in progress.exercises() for task in e.tasks]
    right = sum(task in known and known[task].passed for task in tasks)
    return f"All exercises: {right} of {len(tasks)} functions pass (cnnlab progress lists them)."


def _find(name: str) -> Path:
    """The notebook called ``name``: a file, or an exercise of the course folder around us."""
    from cnnlab.checks import progress

    path = Path(name).expanduser()
    if path.is_file():
        return path
    folder = progress.folder_of(Path.cwd())
    if folder:
        there = folder / "exercises" / name / f"{name}.ipynb"
        if there.is_file():
            return there
    if path.is_dir():
        inside = sorted(p.name for p in path.glob("*.ipynb"))
        listed = f"; it holds {', '.join(inside)}" if inside else ""
        raise UsageError(f"{name} is a folder; name a notebook{listed}.")
    known = ", ".join(e.name for e in progress.exercises())
    raise UsageError(f"there is no notebook {name} here. Exercises of the course: {known}.")
