"""What a sound manuscript must hold. Each rule says the file, the line and the remedy.

These are the rules without which a print would be wrong. The rules of good teaching (how many
cells, how long) are tests of the course: ``tests/course/test_manuscripts.py``.
"""

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnlab.errors import NotebookError

if TYPE_CHECKING:
    from cnnlab.printing.manuscript import Cell

LESSON_KEYS = ("title", "minutes", "needs", "learns", "rows")  # kept in the print
OTHER_KEYS = ("kernelspec", "jupytext", "language_info")
GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
NBGRADER_FLAGS = ("grade", "locked", "solution")
NBGRADER_KEYS = {"schema_version", "grade_id", "points", "task", *NBGRADER_FLAGS}
REGIONS = {  # what nbgrader cuts out, and the cells in which it may
    "SOLUTION": "solution",
    "HIDDEN TESTS": "grade",
    "MARK SCHEME": "task",
}


def check_front_matter(front: dict[str, Any], path: Path) -> None:
    """Every key of a lesson is there, is of its type, and no other key is."""
    for key in front:
        if key not in LESSON_KEYS + OTHER_KEYS:
            near = difflib.get_close_matches(str(key), LESSON_KEYS + OTHER_KEYS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise NotebookError(f"{path}: the front matter has an unknown key {key!r}.{hint}")
    for key in ("kernelspec", *LESSON_KEYS):
        if key not in front:
            raise NotebookError(f"{path}: the front matter has no `{key}:`. Add it.")
    kernel = front["kernelspec"]
    if not isinstance(kernel, dict) or kernel.keys() - {"language"} != {"display_name", "name"}:
        raise NotebookError(f"{path}: `kernelspec:` must have `display_name:` and `name:`.")
    if kernel["name"] != "python3":
        raise NotebookError(f"{path}: `kernelspec:` must have `name: python3`.")
    if not isinstance(front["title"], str):
        raise NotebookError(f"{path}: `title:` must be text; put it in quotation marks.")
    minutes = front["minutes"]
    if type(minutes) is not int or minutes < 1:
        raise NotebookError(f"{path}: `minutes:` must be a whole number, not {minutes!r}.")
    for key in ("needs", "learns", "rows"):
        value = front[key]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise NotebookError(
                f"{path}: `{key}:` must be a list of texts, not {value!r}. "
                "Put numbers in quotation marks, for example '1.1'."
            )


def check_cells(cells: "list[Cell]", path: Path, *, graded: bool) -> None:
    """nbgrader's metadata is whole, ids are unique, and regions stand where they may."""
    seen: dict[str, int] = {}
    for cell in cells:
        where = f"{path}:{cell.first + 1}"
        nbgrader = cell.metadata.get("nbgrader")
        if nbgrader is not None:
            if not graded:
                raise NotebookError(
                    f"{where}: a lesson has no nbgrader cells. Move this one to course/exercises."
                )
            grade_id = _check_nbgrader(nbgrader, cell.kind, where)
            if grade_id in seen:
                raise NotebookError(
                    f"{where}: grade_id {grade_id!r} is used before, on line {seen[grade_id]}. "
                    "Give each cell its own."
                )
            seen[grade_id] = cell.first + 1
        _check_regions(cell, nbgrader or {}, where)


def _check_nbgrader(nbgrader: Any, kind: str, where: str) -> str:
    """The cell's grade_id, when its metadata is what nbgrader 3 expects."""
    if not isinstance(nbgrader, dict):
        raise NotebookError(f"{where}: `nbgrader` must be a mapping, not {nbgrader!r}.")
    unknown = sorted(map(str, nbgrader.keys() - NBGRADER_KEYS))
    if unknown:
        raise NotebookError(f"{where}: nbgrader knows no key {unknown[0]!r}.")
    if nbgrader.get("schema_version") != 3:
        raise NotebookError(f"{where}: `nbgrader` must have `schema_version: 3`.")
    for flag in NBGRADER_FLAGS:
        if type(nbgrader.get(flag)) is not bool:
            raise NotebookError(f"{where}: `nbgrader` must have `{flag}: true` or `{flag}: false`.")
    grade_id = nbgrader.get("grade_id")
    if not isinstance(grade_id, str) or not GRADE_ID.fullmatch(grade_id):
        raise NotebookError(
            f"{where}: `nbgrader` needs a `grade_id` of letters, digits, - and _ "
            f"(at most 64), not {grade_id!r}."
        )
    points = nbgrader.get("points")
    if nbgrader["grade"] or nbgrader.get("task"):
        if not isinstance(points, int | float) or isinstance(points, bool) or points < 0:
            raise NotebookError(
                f"{where}: the graded cell {grade_id!r} needs `points:`, a number from 0 up."
            )
    elif points is not None:
        raise NotebookError(f"{where}: {grade_id!r} has points but is not graded.")
    if kind == "markdown" and nbgrader["grade"] != nbgrader["solution"]:
        raise NotebookError(
            f"{where}: the answer in words {grade_id!r} must have both `grade: true` and "
            "`solution: true`."
        )
    return grade_id


def _check_regions(cell: "Cell", nbgrader: dict[str, Any], where: str) -> None:
    """``### BEGIN SOLUTION`` and its kin come in pairs, in a cell that may hold them."""
    for region, flag in REGIONS.items():
        marks = re.findall(rf"(BEGIN|END) {region}", cell.source)
        if not marks:
            continue
        if not nbgrader.get(flag):
            raise NotebookError(
                f"{where}: BEGIN {region} stands in a cell whose nbgrader metadata does not say "
                f"`{flag}: true`; students would see it."
            )
        if marks != ["BEGIN", "END"] * (len(marks) // 2):
            raise NotebookError(f"{where}: BEGIN {region} and END {region} do not come in pairs.")
