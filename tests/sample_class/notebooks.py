"""Submitted notebooks: what was handed out, with answers written in, or spoilt in some way."""

import copy
import json
from pathlib import Path

ASSIGNMENT = "02_filters"
ROOT = Path(__file__).resolve().parents[2]


def handed_out(assignment=ASSIGNMENT):
    """The notebook that students get, as JSON with each source as one text."""
    path = ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def is_test(cell):
    about = cell["metadata"].get("nbgrader", {})
    return bool(about.get("grade")) and not about.get("solution")


def answered(answers, assignment=ASSIGNMENT):
    """The notebook with these answers in the cells of those names."""
    notebook = handed_out(assignment)
    missing = set(answers) - {grade_id(cell) for cell in notebook["cells"]}
    assert not missing, f"{assignment} has no cells {missing}"
    for cell in notebook["cells"]:
        cell["source"] = answers.get(grade_id(cell), cell["source"])
    return notebook


def without_tests(notebook):
    """Every test cell deleted."""
    return {**notebook, "cells": [cell for cell in notebook["cells"] if not is_test(cell)]}


def with_copied_tests(notebook):
    """Every test cell three times: one as it was, one edited, one turned into scratch work."""
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if is_test(cell):
            cells += [_copy(cell, "4.0"), _copy(cell, "print('trying out')")]
    return {**notebook, "cells": cells}


def _copy(cell, source):
    return {**copy.deepcopy(cell), "id": cell["id"] + f"-{len(source)}", "source": source}


def raw(notebook):
    """The notebook's bytes."""
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def write(folder, files):
    """Write one student's files into nbgrader's layout."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
