"""Locked cells of the teacher's, as the judge runs them: what tests find of them, each anew."""

from dataclasses import replace

import pytest

from cnnlab.grading.locked import loaded_names, needed
from cnnlab.grading.model import Cell, Manifest, Submission, SubmittedCell
from tests.grading.executing import LIMITS, tried


def test_what_one_test_does_to_a_locked_value_the_next_does_not_see(executor):
    locked = "import numpy as np\ngiven = np.ones(2)"
    change = "given[:] = 5.0\nfloat(given.sum())"
    results = tried(executor, "", change, "float(given.sum())", locked=locked)
    assert [ran.value for ran in results] == [10.0, 2.0]


def test_tests_that_need_the_same_locked_cells_share_their_run(executor):
    locked = "import time\nbegun = time.perf_counter()"
    one, two = tried(executor, "", "begun", "float(begun)", locked=locked)
    assert one.value == two.value > 0


AS_IN_THE_NOTEBOOK = {
    "of the student": ("def helper(x): return f(x) + 1", "helper(1)", 3.0),
    "in a method": ("class A:\n    def go(self): return f(K)\nK = 4", "A().go()", 8.0),
    "bound by the test": ("K = 3\ndef g(): return f(K)", "K = 10\ng()", 20.0),
    "defined by the test": ("def g(): return h()", "def h(): return f(4)\ng()", 8.0),
    "counted": (
        "calls = []\ndef note(x):\n    calls.append(x)\n    return f(x)",
        "note(1); note(2)\nlen(calls)",
        2.0,
    ),
    "shared by two names": ("a = []\nb = a", "b.append(1)\nlen(a)", 1.0),
    "global": ("n = 0\ndef up():\n    global n\n    n += 1", "up(); up()\nn", 2.0),
    "after a magic": ("%time K = 3\ndef g(): return f(K)", "g()", 6.0),
}


@pytest.mark.parametrize("name", AS_IN_THE_NOTEBOOK)
def test_a_locked_function_finds_what_it_finds_in_the_notebook(executor, name):
    locked, test, value = AS_IN_THE_NOTEBOOK[name]
    results = tried(executor, "def f(x): return 2 * x", test, test, locked=locked)
    assert [ran.value for ran in results] == [value, value]  # the first leaves nothing behind


def test_a_locked_function_finds_what_a_later_locked_cell_binds(executor):
    sources = "def helper(): return f(K)", "K = 5", "unused = 1 / 0"
    cells = [Cell(f"locked-{n}", "locked", "code", s, s) for n, s in enumerate(sources)]
    cells.append(Cell("test", "test", "code", "helper()", "helper()", 10.0, partial=True))
    own = SubmittedCell("code", "def f(x): return 2 * x")
    manifest = Manifest("a", "a", tuple(cells), "0")
    assert [c.grade_id for c in needed(manifest, "test", "helper()")] == ["locked-0", "locked-1"]
    outcome = executor.execute(Submission("ada", (own,), "0"), manifest, LIMITS)
    assert outcome.items[0].points == 10.0


def test_what_a_cell_looks_up_are_no_variables_of_its_functions():
    source = "def f(a):\n    b = [c for c in a]\n    return b, d\ne = f(g)\nclass H(I): j = k"
    assert loaded_names(source) == {"d", "f", "g", "I", "k"}
    assert loaded_names("await x\ny = z") == {"x", "z"}
    assert loaded_names("%time f(x)") >= {"get_ipython"}
    assert loaded_names("no python") == frozenset()


def test_locked_cells_that_need_the_student_work_as_in_the_notebook(executor):
    cells = (
        Cell("answer", "solution", "code", "", ""),
        Cell("made", "locked", "code", "made = twice(4.0)", "made = twice(4.0)"),
        Cell("test", "test", "code", "made", "made", 8.0, partial=True),
    )
    own = SubmittedCell("code", "def twice(x): return 2 * x", "answer")
    manifest = Manifest("a", "a", cells, "0")
    outcome = executor.execute(Submission("ada", (own,), "0"), manifest, LIMITS)
    assert outcome.items[0].points == 8.0
    other = replace(own, source="def twice(x): return 3 * x")
    outcome = executor.execute(Submission("bob", (other,), "0"), manifest, LIMITS)
    assert outcome.ran[-1].value == 12.0


def test_what_stands_below_a_statement_that_needs_the_student_is_the_teachers(executor):
    """Else a student could bind it again, to what the test should be told."""
    locked = "made = f(3)\ndef expected(): return 6.0\nLIMIT = 9.0\n%time M = 1.0"
    student = "def f(x): return 1.0\ndef expected(): return 1.0\nLIMIT = M = 0.0"
    assert tried(executor, student, "expected() + LIMIT + M", locked=locked).value == 16.0
