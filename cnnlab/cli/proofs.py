"""What ``cnnlab course check`` shows: the figures of each function, and what is missing."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from cnnlab.checks.proof.exercise import Evidence, Figures, figures, ladder_of, prove

PAGE = Path("docs", "proofs.md")
COLUMNS = ("cases", "known", "typed", "accepted", "changes", "survive", "points")


def report(root: Path, names: Sequence[str]) -> bool:
    """Run the proofs of exercises, print what they found; True if nothing is missing."""
    console = Console(highlight=False)
    evidence = Evidence.of(root)
    answers = [answer for name in names for answer in evidence.tasks(name)]
    table = Table("function", box=None, padding=(0, 1, 0, 0))
    for title in COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    missing = 0
    for answer in answers:
        ladder = ladder_of(answer)
        if ladder is not None:
            table.add_row(*_row(figures(ladder, answer, evidence)))
        with console.status(answer.task):
            for name, findings in prove(answer, evidence):
                for finding in findings:
                    console.print(f"{answer.task}: {name}: {finding}", markup=False, soft_wrap=True)
                missing += len(findings)
    console.print(table)
    console.print(f"Missing: {missing}." if missing else "Nothing is missing.")
    return missing == 0


def print_page(root: Path, check: bool) -> bool:
    """Write docs/proofs.md; with ``check`` only say whether it is fresh. False if it is not."""
    from cnnlab.checks.proof.page import render, told
    from cnnlab.files import write_text

    path = root / PAGE
    evidence = Evidence.of(root)
    if not check:
        with Console().status("Trying every known mistake"):
            write_text(path, render(evidence, told(evidence)))
        click.echo(f"printed {PAGE}")
        return True
    fresh = path.is_file() and path.read_text(encoding="utf-8") == render(evidence)
    click.echo(f"{PAGE} is fresh." if fresh else f"{PAGE} is old. Mend: cnnlab course proofs")
    return fresh


def _row(f: Figures) -> list[str]:
    known = f"{f.mistakes} ({f.versions})"
    counts = (f.cases, known, f.programs, f.accepted, f.changes, len(f.survivors))
    return [f.task, *map(str, counts), f"{f.points:g}"]
