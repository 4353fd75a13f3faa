"""Carry the edits of a print back to its manuscript.

A print says which manuscript it was made from and carries the fingerprint of that text. Only when
the manuscript still has this fingerprint does the print derive from all that is in it; otherwise
adopting would lose what was written since, and is refused.

A cell that nobody touched keeps its lines in the manuscript, byte for byte. The new text is then
read back and must give the notebook's cells; a cell that MyST cannot hold is refused.
"""

import difflib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jupytext.cell_to_text import three_backticks_or_more

from cnnlab.errors import NotebookError
from cnnlab.files import write_text
from cnnlab.printing.course import Course
from cnnlab.printing.manuscript import Cell, Manuscript, parse_manuscript, read_manuscript
from cnnlab.printing.notebook import Notebook, about, cell_ids, content, load, stamp
from cnnlab.printing.rules import LESSON_KEYS


@dataclass(frozen=True)
class Adoption:
    """What adopting would write: the manuscript's text before and after."""

    path: Path
    before: str
    after: str

    def diff(self) -> list[str]:
        """The change, as a unified diff."""
        before, after = self.before.splitlines(), self.after.splitlines()
        name = str(self.path)
        return list(difflib.unified_diff(before, after, name, name, lineterm=""))

    def write(self) -> None:
        """Write the manuscript."""
        write_text(self.path, self.after)


def adopt(course: Course, file: Path) -> Adoption:
    """The edits of the print ``file``, ready to be written to its manuscript in ``course``.

    Raises
    ------
    NotebookError
        If ``file`` is no print of a known manuscript, if the manuscript has changed since it was
        printed, or if a cell cannot be written as MyST.
    """
    notebook = load(file)
    manuscript = _manuscript_of(course, notebook, file)
    if stamp(notebook).get("source") != manuscript.fingerprint:
        raise NotebookError(
            f"{file}: {manuscript.path} has changed since this was printed; adopting would lose "
            f"the change. Keep a copy of your notebook, run `cnnlab course build "
            f"{manuscript.name}`, make your edits in the fresh print, and adopt that."
        )
    if {key: about(notebook).get(key) for key in LESSON_KEYS} != _front(manuscript):
        raise NotebookError(
            f"{file}: its title or other front matter was edited. Edit {manuscript.path} for that."
        )
    cells = _wanted(notebook, file)
    text = _merge(manuscript, cells)
    _check(text, manuscript, cells, file)
    return Adoption(manuscript.path, manuscript.text, text)


def _manuscript_of(course: Course, notebook: Notebook, file: Path) -> Manuscript:
    mark = stamp(notebook)
    if "solution" in mark:
        raise NotebookError(
            f"{file}: nbgrader makes this from {mark['solution']}. Edit and adopt that one."
        )
    name = mark.get("manuscript", "")
    if not re.fullmatch(r"course/(lessons|exercises)/\w+\.md", name):
        raise NotebookError(
            f"{file}: is not a print of a manuscript, so there is none to adopt to."
        )
    if not (course.root / name).is_file():
        raise NotebookError(f"{file}: was printed from {name}, which is not in {course.root}.")
    return read_manuscript(course.root / name)


def _front(manuscript: Manuscript) -> dict[str, Any]:
    return {key: manuscript.front[key] for key in LESSON_KEYS}


@dataclass(frozen=True)
class _Wanted:
    """A cell of the edited notebook."""

    name: str | None
    kind: str
    source: str
    metadata: dict[str, Any]

    @property
    def content(self) -> tuple[str, str, dict[str, Any]]:
        return self.kind, self.source, self.metadata


def _wanted(notebook: Notebook, file: Path) -> list[_Wanted]:
    """The notebook's cells as a manuscript can hold them; empty ones fall away."""
    wanted = []
    said = content(notebook)
    for number, (cell, (kind, source, metadata)) in enumerate(
        zip(notebook["cells"], said, strict=True), 1
    ):
        if kind not in ("code", "markdown"):
            raise NotebookError(
                f"{file}: cell {number} is a {kind} cell. Make it code or Markdown."
            )
        if cell.get("attachments"):
            raise NotebookError(
                f"{file}: cell {number} has a pasted picture. A manuscript holds text only; "
                "draw the picture in a code cell."
            )
        if kind == "markdown":
            source = source.lstrip("\n")
        if source.strip():
            wanted.append(_Wanted(cell.get("id"), kind, source, metadata))
    return wanted


def _merge(manuscript: Manuscript, wanted: list[_Wanted]) -> str:
    """The manuscript's text with the wanted cells, unchanged lines kept as they are."""
    base, lines = manuscript.cells, manuscript.lines
    matches = _match(manuscript, wanted)
    text = lines[: manuscript.start]
    following: int | None = 0  # the cell that stood next in the manuscript; None after a new one
    for position, (cell, match) in enumerate(zip(wanted, matches, strict=True)):
        old = base[match] if match is not None else None
        if old is not None and match == following and _keeps_gap(cell, old):
            text += lines[base[match - 1].last if match else manuscript.start : old.first]
        else:
            after_markdown = position > 0 and wanted[position - 1].kind == "markdown"
            text += _gap(cell, old, after_markdown)
        text += _body(cell, old, lines)
        following = match + 1 if match is not None else None
    end = base[-1].last if following == len(base) else len(lines)
    return "\n".join(text + lines[end:]) + "\n"


def _match(manuscript: Manuscript, wanted: list[_Wanted]) -> list[int | None]:
    """For each wanted cell the cell of the manuscript it comes from: same id, or same content."""
    free = dict(enumerate(manuscript.cells))
    by_id = {name: i for i, name in enumerate(cell_ids(manuscript))}
    matches: list[int | None] = []
    for cell in wanted:
        i = by_id.get(cell.name or "")
        matches.append(i if i in free and free[i].kind == cell.kind else None)
        if matches[-1] is not None:
            del free[matches[-1]]
    for position, cell in enumerate(wanted):
        if matches[position] is None:
            same = [i for i, old in free.items() if old.content == cell.content]
            if same:
                matches[position] = same[0]
                del free[same[0]]
    return matches


def _keeps_gap(cell: _Wanted, old: Cell) -> bool:
    return cell.kind == "code" or cell.metadata == old.metadata


def _gap(cell: _Wanted, old: Cell | None, after_markdown: bool) -> list[str]:
    """The lines before a cell that is new or has moved."""
    if cell.kind == "code" or not (cell.metadata or after_markdown):
        return [""]
    metadata = old.metadata if old and old.metadata == cell.metadata else cell.metadata
    return ["", f"+++ {json.dumps(metadata)}" if metadata else "+++", ""]


def _body(cell: _Wanted, old: Cell | None, lines: list[str]) -> list[str]:
    """The lines of the cell itself."""
    if old and old.content == cell.content:
        return lines[old.first : old.last]
    source = cell.source.split("\n")
    if cell.kind == "markdown":
        return source
    fence = three_backticks_or_more(source)
    if old and old.metadata == cell.metadata:
        size = old.source.count("\n") + 1 if old.source else 0
        _, info = lines[old.first].split("{", 1)
        head = [f"{fence}{{{info}", *lines[old.first + 1 : old.last - 1 - size]]
    else:
        head = [f"{fence}{{code-cell}} ipython3", *_options(cell.metadata)]
    return [*head, *source, fence]


def _options(metadata: dict[str, Any]) -> list[str]:
    """Cell metadata as the ``:key: value`` lines below a fence."""
    options = []
    for key, value in metadata.items():
        text = yaml.safe_dump(
            value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6
        )
        options.append(f":{key}: {text.removesuffix('...' + chr(10)).strip()}")
    return options


def _check(text: str, manuscript: Manuscript, wanted: list[_Wanted], file: Path) -> None:
    """Reading ``text`` gives the wanted cells, or the first that differs is named."""
    try:
        read = parse_manuscript(text, manuscript.path, manuscript.kind)
    except NotebookError as error:
        raise NotebookError(f"{file}: cannot be adopted. As a manuscript: {error}") from error
    for number, cell in enumerate(wanted, 1):
        if len(read.cells) < number or read.cells[number - 1].content != cell.content:
            start = cell.source.split("\n")[0]
            raise NotebookError(
                f"{file}: the cell that begins {start!r} cannot be written in a manuscript; "
                "a line +++ or a {code-cell} fence inside a cell would cut it in two."
            )
    if len(read.cells) != len(wanted):
        raise NotebookError(f"{file}: its last cell would be cut in two in a manuscript.")
