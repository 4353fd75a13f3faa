"""``python -m benchmarks``: measure, print a table, keep it with ``--write``."""

import os
import subprocess
import sys

import click
from rich.console import Console

from benchmarks import groups, machine, report
from benchmarks.rows import Row

PINS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", *machine.AVX2)
PREPARED = "CNNLAB_BENCHMARKS_PREPARED"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--only", metavar="WORD", default="", help="Only rows with WORD in group or name.")
@click.option(
    "--threads", type=click.Choice(["1", "2"]), multiple=True, help="Thread counts. [default: both]"
)
@click.option(
    "--instructions",
    type=click.Choice(["native", "avx2"]),
    default="native",
    show_default=True,
    help="Hold both sides to AVX2, or to nothing.",
)
@click.option("--quick", is_flag=True, help="Fewer and shorter rounds, for a first look.")
@click.option(
    "--mnist",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="A folder with MNIST's two t10k-*.gz files: train on these digits too.",
)
@click.option("--write", is_flag=True, help="Keep the result in docs/performance.md.")
@click.option("--list", "names_only", is_flag=True, help="Name the groups and stop.")
def main(only, threads, instructions, quick, mnist, write, names_only):
    """Compare cnnlab with PyTorch and with loops, side by side in one process.

    A ratio below 1 means that cnnlab is faster. Close other programs first.
    """
    if names_only:
        click.echo("\n".join(groups.GROUPS))
        return
    if write and (only or quick):
        raise click.UsageError("--write keeps the whole table; leave --only and --quick out.")
    if os.environ.get(PREPARED) != instructions:
        sys.exit(_again(instructions))
    console = Console()
    settings = groups.Settings(only=only, quick=quick, mnist=mnist)
    tables = {count: _measure(console, settings, count) for count in map(int, threads or "12")}
    if not any(tables.values()):
        raise click.UsageError(f"Nothing is called {only!r}. --list names the groups.")
    facts = machine.facts(instructions)
    for name, value in facts.items():
        console.print(f"{name}: {value}", highlight=False, markup=False, soft_wrap=True)
    if write:
        page = report.Report(facts, tables, _command(mnist)).write()
        console.print(f"Kept in {page}.", markup=False, soft_wrap=True)


def _measure(console: Console, settings: groups.Settings, count: int) -> list[Row]:
    """All rows with this many threads; each is printed as soon as it is known."""
    console.print(f"[bold]{report.threads(count)}[/bold]")
    rows = []
    with machine.limited_to(count), report.progress(console, count) as show:
        for row in groups.rows(settings, count, show):
            rows.append(row)
            console.print(report.line(row), highlight=False, markup=False, soft_wrap=True)
    return rows


def _again(instructions: str) -> int:
    """The same command in a fresh process: the instruction set is read when NumPy loads."""
    environment = {name: value for name, value in os.environ.items() if name not in PINS}
    if instructions == "avx2":
        environment |= machine.AVX2
    environment[PREPARED] = instructions
    command = [sys.executable, "-m", "benchmarks", *sys.argv[1:]]
    return subprocess.run(command, env=environment).returncode


def _command(mnist: str | None) -> str:
    """What was typed, without the name of a folder on this machine."""
    words = ["DIR" if word == mnist else word for word in sys.argv[1:]]
    return " ".join(["python -m benchmarks", *words])


if __name__ == "__main__":
    main()
