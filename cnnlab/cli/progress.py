"""``cnnlab progress``: a table over all exercises."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from cnnlab.errors import UsageError


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--forget", is_flag=True, help="Delete what cnnlab check remembered. Asks before.")
def progress(folder: Path | None, forget: bool) -> None:
    """Show which functions of the course pass their checks.

    It reads your notebooks as they were saved, and what cnnlab check remembered, in your course
    folder (FOLDER, or the one you stand in). Nothing leaves this machine.
    """
    from cnnlab.checks import progress as known

    place = known.folder_of(folder or Path.cwd())
    if place is None:
        where = folder or "this folder"
        raise UsageError(
            f"{where} is not a course folder, nor inside one. Go to yours, or name it: "
            "cnnlab progress FOLDER. cnnlab lab makes one."
        )
    if forget:
        _forget(place)
        return
    _show(place)


def _show(place: Path) -> None:
    from cnnlab.checks import progress as known

    states = known.states(place)
    table = Table(box=None, pad_edge=False)
    table.add_column("exercise", no_wrap=True)
    table.add_column("pass", justify="right", no_wrap=True)
    table.add_column("not yet")
    right = total = 0
    for exercise in known.exercises():
        passed = [t for t in exercise.tasks if t in states and states[t].passed]
        left = [t for t in exercise.tasks if t not in passed]
        words = ", ".join(left) if states.keys() & set(exercise.tasks) else "not begun"
        table.add_row(exercise.name, f"{len(passed)} of {len(exercise.tasks)}", words)
        right, total = right + len(passed), total + len(exercise.tasks)
    console = Console(highlight=False)
    console.print(table)
    line = f"\n{right} of {total} functions pass, as last checked in {place}"
    console.print(line, markup=False, soft_wrap=True)


def _forget(place: Path) -> None:
    from cnnlab.checks import progress as known

    path = place / known.FILE
    if not path.is_file():
        click.echo(f"There is nothing to forget: {path} does not exist.")
        return
    click.confirm(f"Delete {path}? Your notebooks stay as they are", abort=True)
    known.forget(place)
    click.echo("Forgotten. What your notebooks show in their outputs is still counted.")
