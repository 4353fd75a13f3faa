"""A block of a page that a benchmark keeps: all between its two marks is replaced."""

import datetime
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def keep(page: str, name: str, command: str, lines: list[str], folder: Path = DOCS) -> Path:
    """Write ``lines`` between the marks of ``name`` in docs/``page``, with the command and day.

    Raises: ValueError where the page has no such marks.
    """
    path = folder / page
    text = path.read_text("utf-8")
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{path} must hold {begin.strip()} and {end.strip()}, once each")
    day = datetime.date.today().isoformat()
    head = f"Printed by `{command}` on {day}; do not edit."
    block = "\n".join([head, "", *lines]) + "\n"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
    path.write_text(pattern.sub(lambda _: begin + block + end, text), encoding="utf-8")
    return path
