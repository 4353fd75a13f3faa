"""A block of a page that a benchmark keeps: all between its two marks is replaced."""

import datetime
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def keep(page: str, name: str, command: str, lines: list[str], folder: Path = DOCS) -> Path:
    """Write ``lines`` between the marks of ``name`` in docs/``page``, with the command and day.

    Raises: ValueError where the page has no such marks.
    """
    path = folder / page
    before, _, after = _around(path, name)
    day = datetime.date.today().isoformat()
    head = f"Printed by `{command}` on {day}; do not edit."
    block = "\n".join([head, "", *lines]) + "\n"
    path.write_text(before + block + after, encoding="utf-8")
    return path


def kept(page: str, name: str, folder: Path = DOCS) -> str:
    """What stands between the marks of ``name``. Raises: as `keep`."""
    return _around(folder / page, name)[1]


def _around(path: Path, name: str) -> tuple[str, str, str]:
    """The page up to the first mark, what is between them, and the rest."""
    text = path.read_text("utf-8")
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{path} must hold {begin.strip()} and {end.strip()}, once each")
    start, stop = text.index(begin) + len(begin), text.index(end)
    return text[:start], text[start:stop], text[stop:]
