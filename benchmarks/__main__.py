"""``python -m benchmarks``: measure, print a table, keep it with ``--write``."""

import os
import subprocess
import sys

import click
from rich.console import Console

from benchmarks import groups, machine, report

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
    type=click.Path(exists=True, file_okay=False),
    help="Folder with the t10k-*.gz files, to train on real digits; else the offline digits.",
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
    if write and only:
        raise click.UsageError("--write keeps the whole table; leave --only out.")
    if os.environ.get(PREPARED) != instructions:
        sys.exit(_again(instructions))
    console = Console()
    settings = groups.Settings(only=only, quick=quick, mnist=mnist)
    tables = {}
    for count in map(int, threads or ("1", "2")):
        console.print(f"[bold]{report.threads(count)}[/bold]")
        tables[count] = []
        with machine.limited_to(count), report.progress(console, count) as show:
            for row in groups.rows(settings, count, show):
                tables[count].append(row)
                console.print(report.line(row), highlight=False, soft_wrap=True)
    if not any(tables.values()):
        raise click.UsageError(f"Nothing is called {only!r}. --list names the groups.")
    facts = machine.facts(instructions)
    for name, value in facts.items():
        console.print(f"{name}: {value}", highlight=False)
    if write:
        result = report.Report(facts, tables, _command())
        console.print(f"Kept in {result.write()}")


def _again(instructions: str) -> int:
    """The same command in a fresh process: the instruction set is read when NumPy loads."""
    environment = {name: value for name, value in os.environ.items() if name not in PINS}
    if instructions == "avx2":
        environment |= machine.AVX2
    environment[PREPARED] = instructions
    command = [sys.executable, "-m", "benchmarks", *sys.argv[1:]]
    return subprocess.run(command, env=environment).returncode


def _command() -> str:
    return " ".join(["python -m benchmarks", *sys.argv[1:]])


if __name__ == "__main__":
    main()
