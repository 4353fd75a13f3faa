"""The assignment that the corpus attacks: exercise 02, without nbgrader and without a run of it."""

import copy
import json
from dataclasses import replace
from functools import cache

from cnnlab.grading.manifest import build
from tests.sample_class.answers import FILTERS
from tests.sample_class.notebooks import ASSIGNMENT, ROOT, answered, grade_id, handed_out, raw

FUNCTIONS = ("window_sum", "correlate2d", "correlate2d_strided", "convolve2d")
TESTS = tuple(f"{name}-check" for name in FUNCTIONS)
FILE = f"{ASSIGNMENT}.ipynb"
NOTHING = dict.fromkeys(TESTS, 0.0)
ALL = dict.fromkeys(TESTS, 4.0)

# Mallory's answers: each runs, none is right in a single case.
WRONG = {
    "window_sum": "def window_sum(image, kernel, row, column):\n    return -12345.5",
    "correlate2d": "def correlate2d(image, kernel):\n    return np.full((2, 2), -12345.5)",
    "correlate2d_strided": (
        "def correlate2d_strided(image, kernel, stride):\n    return np.full((2, 2), -12345.5)"
    ),
    "convolve2d": "def convolve2d(image, kernel):\n    return np.full((2, 2), -12345.5)",
    "two_names": "I do not know.",
}
RIGHT = FILTERS


@cache
def manifest():
    """The assignment as the grader sees it, its tests giving points by their last line."""
    path = ROOT / "solutions" / ASSIGNMENT / FILE
    cells = json.loads(path.read_text("utf-8"))["cells"]
    sources = {grade_id(c): "".join(c["source"]) for c in cells if grade_id(c) in TESTS}
    made = build(ASSIGNMENT, ASSIGNMENT, handed_out(), sources, "0" * 64)
    cells = (replace(cell, partial=cell.grade_id in TESTS) for cell in made.cells)
    return replace(made, cells=tuple(cells))


def notebook(answers=RIGHT):
    """A submission as JSON; nobody else holds a part of it."""
    return copy.deepcopy(answered(answers))


def cell_of(made, name):
    """The first cell of that grade_id."""
    return next(cell for cell in made["cells"] if grade_id(cell) == name)


def bytes_of(made):
    """The notebook's file, pure ASCII so that bytes are easy to damage."""
    return json.dumps(made).encode()


__all__ = ["ASSIGNMENT", "ROOT", "grade_id", "raw"]
