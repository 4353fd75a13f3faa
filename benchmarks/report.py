"""A row on the screen as soon as it is known, and the page that keeps them all."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.rows import Row

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
COLUMNS = ("group", "what", "result", "ours / theirs", "must", "aim", "verdict")


@contextmanager
def progress(console: Console, count: int) -> Iterator[Callable[[str], None]]:
    """A line that says what is being measured."""
    with console.status("") as status:
        yield lambda what: status.update(f"{threads(count)}, {what}")


def threads(count: int) -> str:
    return "One thread" if count == 1 else f"{count} threads"


def line(row: Row) -> str:
    """One row for the screen."""
    group, name, result, detail, must, aim, verdict = _cells(row)
    bars = f"must {must}, aim {aim}: {verdict}" if verdict else ""
    return f"{group:<16} {name:<42} {result:<20} {detail:<22} {bars}".rstrip()


@dataclass(frozen=True)
class Report:
    """What was measured, on what machine, by which command."""

    facts: dict[str, str]
    tables: dict[int, list[Row]]
    command: str

    def as_markdown(self) -> str:
        lines = [
            "# Performance",
            "",
            f"Printed by `{self.command}` on {datetime.date.today().isoformat()}; do not edit.",
            "",
            "A ratio below 1 means that cnnlab is faster. It is the median of pairs timed in turn",
            "in one process, float32, by processor time for one thread and by the clock for two;",
            "the times beside it are the best ones. *Must* is what the project promises, *aim*",
            "what it wishes for, both with one thread. The shapes are batch x channels x height x",
            "width, k kernel, c filters, p padding, s stride, d dilation, g groups. Forward passes",
            "and gradients of single convolutions are those of `cnnlab.functional`, training steps",
            "those of `cnnlab.nn`.",
            "",
            *(f"- {name}: {value}" for name, value in self.facts.items()),
        ]
        for count, rows in self.tables.items():
            lines += ["", f"## {threads(count)}", "", *_markdown(rows)]
        return "\n".join(lines) + "\n"

    def write(self) -> Path:
        PAGE.write_text(self.as_markdown(), encoding="utf-8")
        return PAGE


def _cells(row: Row) -> tuple[str, ...]:
    must, aim = (f"{row.bar.must:.3g}", f"{row.bar.aim:.3g}") if row.bar else ("", "")
    return row.group, row.name, f"{row.value:.3g} {row.unit}", row.detail, must, aim, row.verdict


def _markdown(rows: list[Row]) -> list[str]:
    head = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    return head + [f"| {' | '.join(_cells(row))} |" for row in rows]
