"""Read a submitted folder without running anything in it.

Only the text of the cells and their names survive. Everything else that a notebook may carry
(outputs, attachments, widget state, nbgrader's flags) is dropped here, so that nothing after this
can trust it.
"""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from cnnlab.grading.model import File, Manifest, Submission, SubmittedCell

NOTEBOOK_BYTES = 20 * 2**20
FILES_BYTES = 20 * 2**20
FILES_COUNT = 200
REASON_CHARS = 200
NBFORMAT = 4
NOT_FILES = {"timestamp.txt", ".DS_Store", "__pycache__"}


class Refused(Exception):
    """A submission that cannot be graded. The reason is one line: the file, and the remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(one_line(reason))


def one_line(text: str, limit: int = REASON_CHARS) -> str:
    """The text in one printable line of at most ``limit`` characters.

    >>> one_line("two\\nlines")
    'two lines'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def read_submission(folder: Path, student: str, manifest: Manifest) -> Submission:
    """The submission in ``folder`` (one student's folder for this assignment).

    Raises
    ------
    Refused
        With the reason, when there is nothing that can be graded.
    """
    if not stat.S_ISDIR(_lstat(folder).st_mode):
        raise Refused(
            f"{_short(folder.name)} is not a folder; submit a folder with {manifest.notebook}.ipynb"
        )
    path, notes = _choose(folder, manifest)
    raw = _read(path)
    cells = _cells(_parse(raw, path.name), path.name)
    _must_be_known(cells, manifest, path.name)
    files, left_out = read_files(folder)
    if left_out:
        notes.append(left_out)
    return Submission(
        student=student,
        cells=cells,
        sha256=_hash([(path.name, raw), *files]),
        notes=tuple(notes),
        files=files,
        timestamp=_timestamp(folder),
    )


def read_files(folder: Path) -> tuple[tuple[File, ...], str]:
    """The plain files beside the notebook, and a note when some were left out."""
    files: list[File] = []
    total = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(parent, name)
            if _hidden(name) or name.endswith(".ipynb") or not stat.S_ISREG(_lstat(path).st_mode):
                continue
            total += _lstat(path).st_size
            if total > FILES_BYTES or len(files) == FILES_COUNT:
                return tuple(
                    files
                ), f"files beyond {FILES_BYTES >> 20} MB or {FILES_COUNT} were left out"
            files.append((path.relative_to(folder).as_posix(), _read(path)))
    return tuple(files), ""


def folder_hash(folder: Path) -> str:
    """A hash of the plain files and notebooks of a folder, by name and content."""
    notebooks = [(path.name, _read(path)) for path in sorted(folder.glob("*.ipynb"))]
    return _hash([*notebooks, *read_files(folder)[0]])


def _hash(files: list[File]) -> str:
    """One hash over names and contents; each carries its length, so none passes for another."""
    digest = hashlib.sha256()
    for name, content in files:
        for part in (name.encode("utf-8", "surrogateescape"), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _hidden(name: str) -> bool:
    return name.startswith(".") or name in NOT_FILES


def _lstat(path: Path) -> os.stat_result:
    try:
        return path.lstat()
    except OSError as error:
        raise Refused(f"{_short(path.name)} cannot be read: {error.strerror}") from error


def _short(name: str) -> str:
    return one_line(name.encode("utf-8", "replace").decode(), 60)


def _choose(folder: Path, manifest: Manifest) -> tuple[Path, list[str]]:
    """The notebook to grade among those in the folder, and notes on the choice."""
    wanted = f"{manifest.notebook}.ipynb"
    found = _list(folder)
    others = [name for name in found if name.endswith(".ipynb") and name != wanted]
    if wanted in found:
        return folder / wanted, [f"also there, not graded: {_names(others)}"] if others else []
    if not others:
        there = f"; there is {_names(found)}" if found else "; the folder is empty"
        raise Refused(f"no notebook: {wanted} was expected{there}. Submit {wanted}")
    own = [name for name in others if _looks_like(folder / name, manifest)]
    if len(own) == 1:
        return folder / own[0], [f"renamed: {_short(own[0])} was taken for {wanted}"]
    if own:
        raise Refused(f"{_names(own)} could all be {wanted}; keep one, under that name")
    if len(others) == 1:
        return folder / others[0], []
    raise Refused(f"{wanted} is missing, and none of {_names(others)} is a copy of it")


def _list(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        raise Refused(f"{_short(folder.name)} cannot be read: {error.strerror}") from error


def _names(names: list[str]) -> str:
    shown = ", ".join(_short(name) for name in names[:2])
    return shown if len(names) <= 2 else f"{shown} and {len(names) - 2} more"


def _looks_like(path: Path, manifest: Manifest) -> bool:
    try:
        _must_be_known(_cells(_parse(_read(path), path.name), path.name), manifest, path.name)
    except Refused:
        return False
    return True


def _must_be_known(cells: tuple[SubmittedCell, ...], manifest: Manifest, name: str) -> None:
    """A notebook of this assignment has at least one cell that the manifest names."""
    if not any(manifest.cell(cell.grade_id) for cell in cells):
        raise Refused(
            f"{_short(name)} is not the notebook of {manifest.assignment}: it has none of its "
            f"named cells. Submit the notebook that was handed out"
        )


def _read(path: Path) -> bytes:
    """The bytes of a plain file; links, pipes and devices are refused before they are opened."""
    name, status = _short(path.name), _lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise Refused(f"{name} is a symbolic link; submit the file itself")
    if not stat.S_ISREG(status.st_mode):
        raise Refused(f"{name} is not a plain file; submit the notebook itself")
    if status.st_size > NOTEBOOK_BYTES:
        raise Refused(
            f"{name} has {status.st_size / 2**20:.0f} MB, more than {NOTEBOOK_BYTES >> 20}; "
            f"clear its outputs and submit it again"
        )
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(NOTEBOOK_BYTES + 1)
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}; submit it again") from error


def _parse(raw: bytes, name: str) -> dict[str, Any]:
    """The notebook's JSON object, of the format this grader reads."""
    name = _short(name)
    if not raw.strip():
        raise Refused(f"{name} is empty; submit the notebook again")
    try:
        notebook = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(
            f"{name} is not UTF-8 text; save it in JupyterLab and submit it again"
        ) from error
    except json.JSONDecodeError as error:
        raise Refused(
            f"{name} is not a notebook: broken JSON in line {error.lineno} ({error.msg}); "
            f"save it in JupyterLab and submit it again"
        ) from error
    except (RecursionError, ValueError) as error:
        raise Refused(
            f"{name} is not a notebook: its JSON cannot be read; submit it again"
        ) from error
    if not isinstance(notebook, dict) or "cells" not in notebook and "worksheets" not in notebook:
        raise Refused(f"{name} is JSON but not a notebook; submit the notebook that was handed out")
    version = notebook.get("nbformat")
    if version != NBFORMAT or "cells" not in notebook:
        raise Refused(
            f"{name} has notebook format {one_line(repr(version), 20)}, not {NBFORMAT}; "
            f"open it in JupyterLab, save it and submit it again"
        )
    return notebook


def _cells(notebook: dict[str, Any], name: str) -> tuple[SubmittedCell, ...]:
    if not isinstance(notebook["cells"], list):
        raise Refused(f"{_short(name)}: its cells are not a list; submit the notebook again")
    return tuple(
        _cell(cell, f"{_short(name)}: cell {k}") for k, cell in enumerate(notebook["cells"], 1)
    )


def _cell(cell: Any, where: str) -> SubmittedCell:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise Refused(f"{where} is neither code nor text; save the notebook in JupyterLab again")
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Refused(f"{where} has no text; save the notebook in JupyterLab again")
    return SubmittedCell(
        cell_type=cell["cell_type"],
        source=source.encode("utf-8", "replace").decode(),
        grade_id=_grade_id(cell.get("metadata")),
    )


def _grade_id(metadata: Any) -> str | None:
    """The cell's name. All else that its metadata says about grading is not believed."""
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return grade_id if isinstance(grade_id, str) and grade_id else None


def _timestamp(folder: Path) -> str:
    """nbgrader's timestamp.txt, or nothing."""
    path = folder / "timestamp.txt"
    if not path.is_file() or path.is_symlink():
        return ""
    return _read(path)[:100].decode("utf-8", "replace").strip()
