"""``cnnlab lab``: the student's way in."""

from pathlib import Path

import click

from cnnlab import server, workspace


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--browser/--no-browser", default=True, help="Open a browser window. Default: yes.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Serve here. Default: 8888 or the next free one."
)
@click.option(
    "--fresh",
    metavar="NAME",
    help="Put a new copy of a file, such as notebooks/01_pixels.ipynb, beside yours, and stop.",
)
def lab(folder: Path | None, browser: bool, port: int | None, fresh: str | None) -> None:
    """Open the course in JupyterLab, in a FOLDER of your own.

    The first start puts the lessons and exercises there. Later starts add what is new, and never
    overwrite a file that you changed. Without FOLDER it is the course folder you stand in, or else
    cnnlab-course.
    """
    # Absolute, not resolved: messages name the path as the student knows it.
    place = folder.expanduser().absolute() if folder else workspace.find_folder(Path.cwd())
    if fresh:
        click.echo(f"A new copy, beside yours: {workspace.fresh_copy(place, fresh)}")
        return
    server.check(port)
    for line in describe(workspace.update(place)):
        click.echo(line)
    server.run(place, workspace.first_lesson(place), port=port, browser=browser, announce=_announce)
    click.echo(f"Stopped. Your work is in {place}")


def describe(done: workspace.Update) -> list[str]:
    """The lines that tell a student what became of the folder."""
    lines = [f"Your course folder: {done.folder}"]
    if done.newer:
        lines.append(
            f"It was filled by cnnlab {done.newer}, which is newer than this one. "
            "Nothing was changed; install the newer one to get its corrections."
        )
    if done.record_lost:
        lines.append("Its record was lost and has been made anew; your files are as they were.")
    for names, what in [
        (done.added, "new"),
        (done.renewed, "renewed, since you had not changed it"),
        (done.restored, "was deleted, and is back"),
    ]:
        if len(names) > 5:
            lines.append(f"  {len(names)} files: {what}")
        else:
            lines += [f"  {name}: {what}" for name in names]
    for name in done.kept:
        lines.append(
            f"  {name}: yours, left alone; for the new version beside it: "
            f"cnnlab lab --fresh {name} {_quoted(done.folder)}"
        )
    return lines


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)


def _announce(url: str) -> None:
    click.echo(f"Open in a browser:  {url}")
    click.echo("Stop with Ctrl-C.")
