"""Read a manuscript: a MyST Markdown notebook with front matter.

jupytext cuts the text into cells. This module adds what a printer needs: the lines on which each
cell stands, and one plain sentence, with file and line, for everything that is wrong.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jupytext.myst import MystMetadataParsingError, get_parser, myst_to_notebook

from cnnlab.errors import NotebookError
from cnnlab.printing.rules import check_cells, check_front_matter

LESSON, EXERCISE = "lesson", "exercise"
KINDS = {"lessons": LESSON, "exercises": EXERCISE}  # folder under course/: kind
NAME = re.compile(r"\d\d[a-z]?_[a-z0-9_]+")
CODE_CELL = re.compile(r"\{code-cell\}( +ipython3)?")


@dataclass(frozen=True)
class Cell:
    """One cell. Lines ``first`` to ``last`` (from 0, the last one exclusive) hold its text."""

    kind: str  # "markdown" or "code"
    source: str
    metadata: dict[str, Any]
    first: int
    last: int

    @property
    def content(self) -> tuple[str, str, dict[str, Any]]:
        """What makes two cells equal, wherever they stand."""
        return self.kind, self.source, self.metadata


@dataclass(frozen=True)
class Manuscript:
    """A lesson or an exercise as it is typed."""

    path: Path
    kind: str
    text: str
    front: dict[str, Any]
    start: int  # the line, from 0, on which the cells begin
    cells: list[Cell]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the text. A print carries it, to tell from which text it was made."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_manuscript(path: Path) -> Manuscript:
    """Read the manuscript at ``path``; its folder says whether it is a lesson or an exercise.

    Raises
    ------
    NotebookError
        If the text is not a sound manuscript. The message names file and line.
    """
    kind = KINDS.get(path.parent.name)
    if kind is None:
        raise NotebookError(f"{path}: a manuscript stands in course/lessons or course/exercises.")
    if not NAME.fullmatch(path.stem):
        raise NotebookError(
            f"{path}: a manuscript is named NN_name.md: two digits, perhaps a letter (a second "
            "part: 09b_name.md), then small letters, digits and underscores. Rename it."
        )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotebookError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    return parse_manuscript(text, path, kind)


def parse_manuscript(text: str, path: Path, kind: str) -> Manuscript:
    """`read_manuscript` for a text that is at hand."""
    if text.splitlines() != text.removesuffix("\n").split("\n"):
        raise NotebookError(f"{path}: has line breaks other than the newline. Replace them.")
    front, start = _front_matter(text, path)
    check_front_matter(front, path)
    _check_fences(text, path)
    try:
        notebook = myst_to_notebook(text, add_source_map=True)
    except (MystMetadataParsingError, yaml.YAMLError, AttributeError) as error:
        raise NotebookError(f"{path}: {_one_line(error)}") from error
    cells = _locate(notebook, text)
    check_cells(cells, path, graded=kind == EXERCISE)
    if not cells:
        raise NotebookError(f"{path}:{start + 1}: there are no cells below the front matter.")
    return Manuscript(path, kind, text, front, start, cells)


def _front_matter(text: str, path: Path) -> tuple[dict[str, Any], int]:
    """The YAML between the first two ``---``, and the line on which the cells begin."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise NotebookError(f"{path}:1: the first line must be ---, the start of the front matter.")
    ends = [i for i, line in enumerate(lines) if i and line.rstrip() == "---"]
    if not ends:
        raise NotebookError(f"{path}:1: the front matter has no closing --- line.")
    try:
        front = yaml.safe_load("\n".join(lines[1 : ends[0]]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or _one_line(error)
        raise NotebookError(f"{path}:{line}: the front matter is not YAML: {problem}.") from error
    if not isinstance(front, dict):
        raise NotebookError(f"{path}:2: the front matter must be a list of `key: value` lines.")
    return front, ends[0] + 1


def _check_fences(text: str, path: Path) -> None:
    """Refuse what jupytext would pass over in silence: open fences, other directives, nesting."""
    lines = text.splitlines()
    for token in get_parser().parse(text + "\n"):
        if token.type != "fence":
            continue
        first, last = token.map
        closing = lines[last - 1].strip() if last <= len(lines) and last - 1 > first else ""
        swallows = re.search(rf"^{token.markup}\{{", token.content, re.MULTILINE)
        open_ended = len(closing) < len(token.markup) or closing.strip(token.markup[0])
        if open_ended or swallows:
            raise NotebookError(
                f"{path}:{first + 1}: this fence is never closed. Add a line {token.markup} "
                "where its text ends."
            )
        if not token.info.startswith("{"):
            continue
        if not CODE_CELL.fullmatch(token.info.strip()):
            raise NotebookError(
                f"{path}:{first + 1}: unknown directive {token.info.strip()!r}. A manuscript has "
                "only {code-cell} and plain Markdown."
            )
        if token.level:
            raise NotebookError(
                f"{path}:{first + 1}: this code cell stands inside a list or a quotation. "
                "Move it to the left margin."
            )


def _locate(notebook: Any, text: str) -> list[Cell]:
    """jupytext's cells, each with the lines it was read from."""
    lines = text.splitlines()
    ends = {t.map[0]: t.map[1] for t in get_parser().parse(text + "\n") if t.type == "fence"}
    cells = []
    for cell, mapped in zip(notebook.cells, notebook.metadata.source_map, strict=True):
        if cell.cell_type == "code":
            first = mapped - 1  # for code the map counts from 1
            last = ends[first]
        else:
            first = next(i for i in range(mapped, len(lines)) if lines[i])
            last = first + cell.source.count("\n") + 1
        metadata = _plain(cell.metadata)
        cells.append(Cell(cell.cell_type, cell.source, metadata, first, last))
    return cells


def _plain(node: Any) -> Any:
    """Notebook nodes as plain dictionaries and lists."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
