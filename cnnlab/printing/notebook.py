"""The print: a notebook that is the same bytes each time.

Layout is nbformat 4.5 as ``nbformat.write`` puts it on disk, so that saving a print in JupyterLab
changes only what was edited. Cell ids are derived: a graded cell has its ``grade_id``, any other a
hash of its kind and text. ``metadata.cnnlab`` keeps the lesson's front matter, and under ``print``:

``manuscript``
    the file it was printed from, as a path inside the course,
``source``
    the fingerprint of that manuscript's text (`adopt` needs it),
``seal``
    a fingerprint of the print's own cells: a print whose seal is whole holds no work of anybody's,
    and may be replaced or removed.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cnnlab.errors import NotebookError
from cnnlab.printing.manuscript import LESSON, Cell, Manuscript
from cnnlab.printing.rules import LESSON_KEYS

Notebook = dict[str, Any]

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
# What front ends write into a cell's metadata when a notebook is only looked at and run.
TRACES = ("ExecuteTime", "collapsed", "execution", "scrolled", "trusted", "vscode")


def print_notebook(manuscript: Manuscript) -> Notebook:
    """The notebook of a manuscript, without outputs, sealed."""
    folder = "lessons" if manuscript.kind == LESSON else "exercises"
    about = {key: manuscript.front[key] for key in LESSON_KEYS}
    about["print"] = {
        "manuscript": f"course/{folder}/{manuscript.name}.md",
        "source": manuscript.fingerprint,
    }
    notebook = {
        "cells": [_cell(c, i) for c, i in zip(manuscript.cells, cell_ids(manuscript), strict=True)],
        "metadata": {"cnnlab": about, "kernelspec": KERNEL, "language_info": LANGUAGE},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return sealed(notebook)


def cell_ids(manuscript: Manuscript) -> list[str]:
    """An id for each cell, from what it says; the second of two equal cells gets ``-2``."""
    taken = {c.metadata["nbgrader"]["grade_id"] for c in manuscript.cells if _graded(c)}
    ids = []
    for cell in manuscript.cells:
        if _graded(cell):
            ids.append(cell.metadata["nbgrader"]["grade_id"])
            continue
        base = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:12]
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        ids.append(name)
    return ids


def _graded(cell: Cell) -> bool:
    return "nbgrader" in cell.metadata


def _cell(cell: Cell, name: str) -> Notebook:
    printed: Notebook = {
        "cell_type": cell.kind,
        "id": name,
        "metadata": cell.metadata,
        "source": cell.source,
    }
    if cell.kind == "code":
        printed.update(execution_count=None, outputs=[])
    return printed


def dumps(notebook: Notebook) -> str:
    """The notebook's text: sorted keys, one line of source a line, a newline at the end."""
    cells = [{**c, "source": c["source"].splitlines(keepends=True)} for c in notebook["cells"]]
    whole = {**notebook, "cells": cells}
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def load(path: Path) -> Notebook:
    """Read a notebook file; sources come back as single strings.

    Raises
    ------
    NotebookError
        If the file is not a notebook of nbformat 4.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotebookError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    return loads(text, path)


def loads(text: str, path: Path) -> Notebook:
    """`load` for a text that is at hand."""
    try:
        notebook = json.loads(text)
    except ValueError as error:
        raise NotebookError(f"{path}: is not JSON, so not a notebook ({error}).") from error
    parts = notebook if isinstance(notebook, dict) else {}
    types = isinstance(parts.get("cells"), list), isinstance(parts.get("metadata", {}), dict)
    if types != (True, True) or parts.get("nbformat") != 4:
        raise NotebookError(f"{path}: is not a notebook of nbformat 4.")
    for number, cell in enumerate(parts["cells"], 1):
        try:
            cell["source"] = "".join(cell["source"])
            sound = isinstance(cell["cell_type"], str) and isinstance(cell["metadata"], dict)
        except (KeyError, TypeError):
            sound = False
        if not sound:
            raise NotebookError(f"{path}: cell {number} has no source, type or metadata.")
    return parts


def unrun(notebook: Notebook) -> Notebook:
    """The notebook as it is before it is run."""
    cells = [
        {**cell, "execution_count": None, "outputs": []} if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def content(notebook: Notebook) -> list[tuple[str, str, dict[str, Any]]]:
    """What the cells say, without outputs, counts, and the traces of having been run."""
    said = []
    for cell in notebook["cells"]:
        metadata = {k: v for k, v in cell["metadata"].items() if k not in TRACES}
        source = cell["source"].rstrip() if cell["cell_type"] == "markdown" else cell["source"]
        said.append((cell["cell_type"], source, metadata))
    return said


def about(notebook: Notebook) -> dict[str, Any]:
    """The course's own metadata, or nothing if this is no print of ours."""
    found = notebook.get("metadata", {}).get("cnnlab", {})
    return found if isinstance(found, dict) else {}


def stamp(notebook: Notebook) -> dict[str, str]:
    """Manuscript, source and seal of a print; empty for any other notebook."""
    found = about(notebook).get("print", {})
    return found if isinstance(found, dict) else {}


def seal_of(notebook: Notebook) -> str:
    """The fingerprint of a print's cells and front matter."""
    front = {key: value for key, value in about(notebook).items() if key != "print"}
    whole: Iterable[Any] = [front, *content(notebook)]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def sealed(notebook: Notebook) -> Notebook:
    """``notebook`` with its seal written in."""
    notebook["metadata"]["cnnlab"]["print"]["seal"] = seal_of(notebook)
    return notebook


def is_whole(notebook: Notebook) -> bool:
    """True when nobody has changed this print since it was made (running it is no change)."""
    return stamp(notebook).get("seal") == seal_of(notebook)
