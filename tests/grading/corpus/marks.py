"""Attacks on what the notebook says about itself: points, flags, names, order, outputs."""

from tests.grading.corpus.attack import Attack
from tests.sample_class.notebooks import grade_id, is_test


def about(notebook):
    """nbgrader's metadata of every cell that has any."""
    found = [cell["metadata"].get("nbgrader") for cell in notebook["cells"]]
    return [entry for entry in found if entry]


def graded(notebook):
    return [cell for cell in notebook["cells"] if is_test(cell)]


def edit(id, title, change, outcome="zero", **more):
    return Attack(id, title, outcome, edit=change, **more)


def _more_points(notebook):
    for entry in about(notebook):
        if entry.get("grade"):
            entry["points"] = 1000


def _easy_tests(notebook):
    for cell in graded(notebook):
        cell["source"] = "4.0"
        cell["metadata"]["nbgrader"]["locked"] = False


def _ungraded(notebook):
    for cell in graded(notebook):
        cell["source"] = "pass"
        cell["metadata"]["nbgrader"].update(grade=False, locked=False)
        cell["metadata"]["nbgrader"].pop("points", None)


def _tests_gone(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not is_test(cell)]


def _names_swapped(notebook):
    tests = [cell["metadata"]["nbgrader"] for cell in graded(notebook)][:2]
    names = [entry["grade_id"] for entry in tests]
    for entry, name in zip(tests, reversed(names), strict=True):
        entry["grade_id"] = name


def _backwards(notebook):
    notebook["cells"].reverse()


def _fake_outputs(notebook):
    shown = {"output_type": "execute_result", "data": {"text/plain": "4.0"}, "metadata": {}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{**shown, "execution_count": 1}]
            cell["execution_count"] = 1


def _tests_as_text(notebook):
    for cell in graded(notebook):
        cell["cell_type"] = "markdown"


def _tags(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["raises-exception", "skip-execution", "remove_cell"]
    notebook["metadata"]["execution"] = {"allow_errors": True, "timeout": 0}


def _odd_points(notebook):
    for entry, points in zip(
        [e for e in about(notebook) if e.get("grade")], [-5, 1e308, "4", None, [4]], strict=False
    ):
        entry.update(points=points, schema_version=99)


def _solution_is_a_test(notebook):
    """An answer takes the name of its test, and the test that of the answer."""
    for cell in notebook["cells"]:
        name = grade_id(cell)
        if name == "correlate2d":
            cell["metadata"]["nbgrader"]["grade_id"] = "correlate2d-check"
            cell["source"] = "4.0"
        elif name == "correlate2d-check":
            cell["metadata"]["nbgrader"]["grade_id"] = "correlate2d"


def _tests_twice(notebook):
    """A second copy of each test, which gives all points."""
    notebook["cells"] += [
        {**cell, "id": "x" + cell["id"], "source": "4.0"} for cell in graded(notebook)
    ]


def _by_hand(notebook):
    """The question in words becomes a test, the tests questions in words."""
    for entry in about(notebook):
        if entry.get("grade"):
            entry["solution"] = not entry.get("solution")


EDITED = "edited, and the original used: "
DELETED = "deleted, and put back: "
MARKED = "what the notebook says about marks was changed"
ATTACKS = [
    edit("H01", "more points", _more_points, flag=MARKED),
    edit("H02", "tests unlocked and emptied", _easy_tests, flag=EDITED),
    edit("H04", "tests no longer graded", _ungraded, flag=EDITED),
    edit("H05", "tests deleted", _tests_gone, flag=DELETED),
    edit("H07", "the names of two tests swapped", _names_swapped, flag=EDITED),
    edit("H08", "cells in reverse order", _backwards),
    edit("H10", "outputs made up", _fake_outputs),
    edit("H11", "tests turned into text", _tests_as_text),
    edit("H12", "tags that switch off errors", _tags),
    edit("H14", "points that are no points", _odd_points, flag=MARKED),
    edit("", "an answer in the place of its test", _solution_is_a_test, flag=EDITED),
    edit("", "a second copy of each test", _tests_twice),
    edit("", "tests turned into questions in words", _by_hand, flag=MARKED),
]
