"""Read a submitted folder without running anything in it.

Only the text of the cells and their names survive. Everything else that a notebook may carry
(outputs, attachments, widget state, nbgrader's flags) is dropped here, so that nothing after this
can trust it.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NoReturn

from cnnlab.grading.beside import TOO_MUCH, is_archive, read_beside, read_plain
from cnnlab.grading.folder import Entry, Folder, Refused, is_notebook, one_line, short, short_list
from cnnlab.grading.model import File, Manifest, Submission, SubmittedCell

__all__ = ["Refused", "folder_hash", "one_line", "read_files", "read_submission"]

NBFORMAT = 4
GRADE_ID = re.compile(r"[A-Za-z0-9_\-]{1,200}")
CELLS = 2000
TEXT_CHARS = 2_000_000
MARKING = ("grade", "points", "locked", "solution", "task")
# What a value takes in memory is many times what it takes in the file.
VALUES = 1_000_000


def read_submission(folder: Path, student: str, manifest: Manifest) -> Submission:
    """The submission in ``folder`` (one student's folder for this assignment).

    Raises
    ------
    Refused
        With the reason, when there is nothing that can be graded.
    """
    with Folder(folder) as opened:
        entries, cut = opened.entries()
        name, notes = _choose(opened, entries, manifest)
        raw = opened.read(name)
        notebook = _parse(raw, name)
        cells = _cells(notebook, name)
        _must_be_known(cells, manifest, name)
        beside = read_beside(opened, entries, cut)
        timestamp = _timestamp(opened)
    return Submission(
        student=student,
        cells=cells,
        sha256=_hash([(name, raw), *beside.files]),
        notes=(*notes, *_shared_ids(notebook, name), *beside.notes),
        files=tuple(beside.files),
        timestamp=timestamp,
        flags=(*_marked(notebook, manifest), *beside.flags),
    )


def read_files(folder: Path) -> tuple[tuple[File, ...], str]:
    """The plain files beside the teacher's notebook, and a note when some were left out."""
    with Folder(folder) as opened:
        entries, cut = opened.entries()
        files, complete = read_plain(opened, entries)
    return tuple(files), "" if complete and not cut else TOO_MUCH


def folder_hash(folder: Path) -> str:
    """A hash of the plain files and notebooks of a folder, by name and content."""
    with Folder(folder) as opened:
        entries, _ = opened.entries()
        notebooks = [(name, opened.read(name)) for name in _notebooks(entries)]
        files, _ = read_plain(opened, entries)
    return _hash([*notebooks, *files])


def _hash(files: list[File]) -> str:
    """One hash over names and contents; each carries its length, so none passes for another."""
    digest = hashlib.sha256()
    for name, content in files:
        for part in (name.encode("utf-8", "surrogateescape"), content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _notebooks(entries: list[Entry]) -> list[str]:
    """The notebooks at the top of the folder."""
    return sorted(e.path for e in entries if is_notebook(e.path) and "/" not in e.path)


def _choose(folder: Folder, entries: list[Entry], manifest: Manifest) -> tuple[str, list[str]]:
    """The notebook to grade among those in the folder, and notes on the choice."""
    wanted = f"{manifest.notebook}.ipynb"
    found = _notebooks(entries)
    others = [name for name in found if name != wanted]
    if wanted in found:
        return wanted, [f"also there, not graded: {short_list(others)}"] if others else []
    if not others:
        raise _no_notebook(wanted, sorted(entry.path for entry in entries))
    own = [name for name in others if _looks_like(folder, name, manifest)]
    if len(own) == 1:
        return own[0], [f"renamed: {short(own[0])} was taken for {wanted}"]
    if own:
        raise Refused(f"{short_list(own)} could all be {wanted}; keep one, under that name")
    if len(others) == 1:
        return others[0], []
    raise Refused(f"{wanted} is missing, and none of {short_list(others)} is a copy of it")


def _no_notebook(wanted: str, there: list[str]) -> Refused:
    if packed := [name for name in there if is_archive(name)]:
        return Refused(
            f"{short(packed[0])} is an archive, and none is unpacked here; submit {wanted} itself"
        )
    if deeper := [name for name in there if is_notebook(name)]:
        return Refused(f"{short(deeper[0])} lies too deep; move {wanted} up, into the folder")
    what = f"there is {short_list(there)}" if there else "the folder is empty"
    return Refused(f"no notebook: {wanted} was expected; {what}. Submit {wanted}")


def _looks_like(folder: Folder, name: str, manifest: Manifest) -> bool:
    try:
        _must_be_known(_cells(_parse(folder.read(name), name), name), manifest, name)
    except Refused:
        return False
    return True


def _must_be_known(cells: tuple[SubmittedCell, ...], manifest: Manifest, name: str) -> None:
    """A notebook of this assignment has at least one cell that the manifest names."""
    if not any(manifest.cell(cell.grade_id) for cell in cells):
        raise Refused(
            f"{short(name)} is not the notebook of {manifest.assignment}: it has none of its "
            f"named cells. Submit the notebook that was handed out"
        )


def _parse(raw: bytes, name: str) -> dict[str, Any]:
    """The notebook's JSON object, of the format this grader reads."""
    name = short(name)
    if not raw.strip():
        raise Refused(f"{name} is empty; submit the notebook again")
    if sum(map(raw.count, b"[{,")) > VALUES:
        raise Refused(
            f"{name} holds more than {VALUES} values; clear its outputs and submit it again"
        )
    notebook = _json(raw, name)
    if not isinstance(notebook, dict) or "cells" not in notebook and "worksheets" not in notebook:
        raise Refused(f"{name} is JSON but not a notebook; submit the notebook that was handed out")
    version = notebook.get("nbformat")
    if version != NBFORMAT or isinstance(version, bool | float) or "cells" not in notebook:
        told = one_line(repr(version), 20) if not isinstance(version, list | dict) else "unknown"
        raise Refused(
            f"{name} has notebook format {told}, not {NBFORMAT}; "
            f"open it in JupyterLab, save it and submit it again"
        )
    return notebook


def _json(raw: bytes, name: str) -> Any:
    """The value of strict JSON: no NaN, and no key twice, of which programs would differ."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_each_once, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise Refused(
            f"{name} is not UTF-8 text; save it in JupyterLab and submit it again"
        ) from error
    except json.JSONDecodeError as error:
        raise Refused(
            f"{name} is not a notebook: broken JSON in line {error.lineno} ({error.msg}); "
            f"save it in JupyterLab and submit it again"
        ) from error
    except _NotStrict as error:
        raise Refused(
            f"{name} is not a notebook: {error}; save it in JupyterLab and submit it again"
        ) from error
    except (RecursionError, ValueError) as error:
        raise Refused(
            f"{name} is not a notebook: its JSON cannot be read; submit it again"
        ) from error


class _NotStrict(Exception):
    """Python's parser would take it, others would not."""


def _no_constant(word: str) -> NoReturn:
    raise _NotStrict(f"its JSON says {word}, which is no JSON number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _NotStrict(f"its JSON says {short(key)} twice in one place")
        made[key] = value
    return made


def _cells(notebook: dict[str, Any], name: str) -> tuple[SubmittedCell, ...]:
    name, cells = short(name), notebook["cells"]
    if not isinstance(cells, list):
        raise Refused(f"{name}: its cells are not a list; submit the notebook again")
    if len(cells) > CELLS:
        raise Refused(f"{name} has {len(cells)} cells, more than {CELLS}; delete what is not yours")
    read = tuple(_cell(cell, f"{name}: cell {k}") for k, cell in enumerate(cells, 1))
    if sum(len(cell.source) for cell in read) > TEXT_CHARS:
        raise Refused(
            f"{name} has more than {TEXT_CHARS:,} characters in its cells; "
            f"put data into files of their own"
        )
    return read


def _cell(cell: Any, where: str) -> SubmittedCell:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise Refused(f"{where} is neither code nor text; save the notebook in JupyterLab again")
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Refused(f"{where} has no text; save the notebook in JupyterLab again")
    if "\0" in source or source != source.encode("utf-8", "replace").decode():
        raise Refused(
            f"{where} holds a character that is no text (a null, or half of a pair); "
            f"delete it and submit again"
        )
    return SubmittedCell(
        cell_type=cell["cell_type"],
        source=source.replace("\r\n", "\n").replace("\r", "\n"),
        grade_id=_grade_id(cell.get("metadata")),
    )


def _grade_id(metadata: Any) -> str | None:
    """The cell's name. All else that its metadata says about grading is not believed."""
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    named = isinstance(grade_id, str) and GRADE_ID.fullmatch(grade_id)
    return grade_id if named else None


def _marked(notebook: dict[str, Any], manifest: Manifest) -> list[str]:
    """Cells whose metadata gives other points or another role than the teacher's. It is not used,
    but no editor changes it by itself.
    """
    changed = []
    for own in notebook["cells"]:
        cell = manifest.cell(_grade_id(own.get("metadata")))
        if cell is not None and any(
            own["metadata"]["nbgrader"].get(key) != cell.metadata.get(key) for key in MARKING
        ):
            changed.append(cell.grade_id)
    names = ", ".join(dict.fromkeys(changed))
    return [f"what the notebook says about marks was changed: {names}"] if changed else []


def _shared_ids(notebook: dict[str, Any], name: str) -> list[str]:
    """Jupyter wants each cell's id once; the grader does not use them."""
    ids = [cell["id"] for cell in notebook["cells"] if isinstance(cell.get("id"), str)]
    return [f"{short(name)}: several cells share an id"] if len(set(ids)) < len(ids) else []


def _timestamp(folder: Folder) -> str:
    """nbgrader's timestamp.txt, or nothing."""
    try:
        return folder.read("timestamp.txt")[:100].decode("utf-8", "replace").strip()
    except Refused:
        return ""
