"""A small assignment of six points, and ways to spoil a submission of it. It needs no course."""

import copy
import json
from pathlib import Path

import nbformat
from nbformat import v4

NAME = "sums"

TOTAL = """\
def total(values):
    "(N,) -> the sum of the values"
    ### BEGIN SOLUTION
    result = 0.0
    for value in values:
        result += value
    return result
    ### END SOLUTION"""

# The last line is a number: so many points.
TOTAL_CHECK = """\
print("total of nothing:", total([]))
### BEGIN HIDDEN TESTS
SECRET_CASES = [([1, 10, 4000], 4011), ([-2, 2], 0), ([0.5], 0.5)]
float(sum(total(values) == expected for values, expected in SECRET_CASES))
### END HIDDEN TESTS"""

MEAN = """\
def mean(values):
    "(N,) -> the mean of the values"
    ### BEGIN SOLUTION
    return total(values) / len(values)
    ### END SOLUTION"""

# Asserts alone: all points unless one fails.
MEAN_CHECK = """\
assert mean([2, 4]) == 3
### BEGIN HIDDEN TESTS
assert mean([1, 2, 6, 7]) == 4, "SECRET 4"
### END HIDDEN TESTS"""

OPEN_CHECK = """\
assert mean([5]) == 5, "the mean of one value is that value"
"""

RIGHT_TOTAL = "def total(values):\n    return sum(values)"
RIGHT_MEAN = "def mean(values):\n    return sum(values) / len(values)"
RIGHT = {"total": RIGHT_TOTAL, "mean": RIGHT_MEAN, "why": "The mean hides how far apart they lie."}


def about(grade_id, *, grade=False, solution=False, locked=False, task=False, points=None):
    """nbgrader's metadata for one cell."""
    nbgrader = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": task,
    }
    if points is not None:
        nbgrader["points"] = points
    return {"nbgrader": nbgrader}


def source():
    """The teacher's notebook."""
    code, prose = v4.new_code_cell, v4.new_markdown_cell
    cells = [
        prose("# Sums"),
        code("import math", metadata=about("imports", locked=True)),
        code(TOTAL, metadata=about("total", solution=True)),
        code(TOTAL_CHECK, metadata=about("total-check", grade=True, locked=True, points=3)),
        code(MEAN, metadata=about("mean", solution=True)),
        code(MEAN_CHECK, metadata=about("mean-check", grade=True, locked=True, points=2)),
        code(OPEN_CHECK, metadata=about("open-check", grade=True, locked=True, points=1)),
        prose("What does a mean hide?", metadata=about("why", grade=True, solution=True, points=2)),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def write_course(folder):
    """``folder/solutions/sums/sums.ipynb``; returns the course's folder."""
    path = Path(folder, "solutions", NAME, f"{NAME}.ipynb")
    path.parent.mkdir(parents=True)
    nbformat.write(source(), path)
    return Path(folder)


def released():
    """What students get, made here by hand; a test compares it with nbgrader's."""
    notebook = copy.deepcopy(source())
    for cell in notebook["cells"]:
        cell["source"] = _without(_without(cell["source"], "HIDDEN TESTS", ""), "SOLUTION", STUB)
    cell_of(notebook, "why")["source"] = "YOUR ANSWER HERE"
    return notebook


STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()\n"


def _without(text, region, instead):
    before, mark, rest = text.partition(f"    ### BEGIN {region}\n")
    if not mark:
        before, mark, rest = text.partition(f"### BEGIN {region}\n")
    if not mark:
        return text
    return (before + instead + rest.partition(f"### END {region}")[2]).rstrip("\n ")


def submission(answers=RIGHT):
    """A student's notebook as JSON, with these answers filled in."""
    notebook = json.loads(json.dumps(released()))
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell["source"] = answers[grade_id]
    return notebook


def cell_of(notebook, grade_id):
    """The first cell of that name."""
    return next(
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def hand_in(submitted, student, notebook, name=f"{NAME}.ipynb"):
    """Write a notebook (JSON, or raw bytes) where nbgrader expects it; returns its path."""
    path = Path(submitted, student, NAME, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    path.write_bytes(raw)
    return path
