"""Points are read, never guessed."""

import pytest

from cnnlab.errors import NotebookError
from cnnlab.grading.manifest import build, calibrate
from cnnlab.grading.model import Cell, Limits, Outcome, Ran, Submission, SubmittedCell
from cnnlab.grading.plan import assemble
from cnnlab.grading.scoring import score, score_test
from tests.grading import small

PARTIAL = Cell("t", "test", "code", "points()", "", points=4.0, partial=True)
ASSERTS = Cell("t", "test", "code", "assert f()", "", points=4.0)


@pytest.mark.parametrize(
    ("value", "points", "verdict"),
    [
        (4.0, 4.0, "passed"),
        (2.5, 2.5, "partly"),
        (0.0, 0.0, "failed"),
        (4.0 + 1e-12, 4.0, "passed"),
    ],
)
def test_a_number_is_the_points(value, points, verdict):
    item = score_test(PARTIAL, Ran("ok", value=value))
    assert (item.points, item.of, item.verdict) == (points, 4.0, verdict)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (None, "gave nothing instead of points"),
        ("str", "a value of type str"),
        ("bool", "a value of type bool"),
        (-1.0, "gave -1 of 4 points"),
        (5.0, "gave 5 of 4 points"),
        (float("nan"), "gave nan of 4"),
        (float("inf"), "gave inf of 4"),
    ],
)
def test_anything_else_where_points_are_due_waits_for_a_person(value, part):
    item = score_test(PARTIAL, Ran("ok", value=value))
    assert item.points is None
    assert item.verdict == "unscored"
    assert part in item.message


@pytest.mark.parametrize("value", [None, "str", "Figure", 0.0, -1.0])
def test_asserts_that_hold_are_full_points_whatever_is_shown(value):
    assert score_test(ASSERTS, Ran("ok", value=value)).points == 4.0


@pytest.mark.parametrize("cell", [PARTIAL, ASSERTS], ids=["points", "asserts"])
@pytest.mark.parametrize("status", ["error", "timeout", "died", "skipped"])
def test_a_test_that_did_not_end_well_earns_nothing(cell, status):
    item = score_test(cell, Ran(status, value=4.0))
    assert (item.points, item.verdict) == (0.0, "failed")
    assert item.message


def test_warnings_on_stderr_cost_nothing():
    noise = ({"output_type": "stream", "name": "stderr", "text": "RuntimeWarning"},)
    assert score_test(PARTIAL, Ran("ok", noise, 4.0)).points == 4.0
    assert score_test(ASSERTS, Ran("ok", noise)).points == 4.0


def test_a_message_names_built_in_exceptions_only():
    known = score_test(ASSERTS, Ran("error", error="IndexError", place="f, line 2"))
    assert known.message == "IndexError was raised in f, line 2"
    own = score_test(ASSERTS, Ran("error", error="TheHiddenInputIs7"))
    assert own.message == "an exception was raised"


def outcome(manifest, submitted, results):
    """An outcome in which the tests came out as in ``results``."""
    submission = Submission("ada", submitted, "0")
    steps, notes = assemble(submission, manifest)
    ran = tuple(results.get(step.grade_id, Ran("ok")) for step in steps)
    return submission, Outcome(steps, ran, (), notes, "none")


def test_answers_in_words_wait_and_untouched_ones_earn_nothing(manifest):
    for text, points, verdict in [
        ("because", None, "manual"),
        ("YOUR ANSWER HERE", 0.0, "blank"),
        ("YOUR ANSWER HERE \n", 0.0, "blank"),
    ]:
        cell = SubmittedCell("markdown", text, "why")
        submission, out = outcome(manifest, (cell,), {})
        item = score(manifest, submission, out.steps, out.ran)[-1]
        assert (item.grade_id, item.points, item.verdict) == ("why", points, verdict)


def test_the_solution_says_which_tests_give_points(manifest):
    _, out = outcome(manifest, (), {"total-check": Ran("ok", value=3.0)})
    learnt = calibrate(manifest, out)
    assert {cell.grade_id: cell.partial for cell in learnt.cells if cell.role == "test"} == {
        "total-check": True,
        "mean-check": False,
        "open-check": False,
    }


@pytest.mark.parametrize(
    ("ran", "part"),
    [
        (Ran("ok", value=2.0), "gives 2 of 3 points"),
        (Ran("ok", value="bool"), "ends in a value of type bool"),
        (Ran("error", error="AssertionError"), "fails (AssertionError)"),
        (Ran("timeout"), "fails (timeout)"),
    ],
)
def test_a_solution_that_does_not_earn_everything_stops_the_grading(manifest, ran, part):
    _, out = outcome(manifest, (), {"total-check": ran})
    with pytest.raises(NotebookError, match="total-check") as caught:
        calibrate(manifest, out)
    assert part in str(caught.value)


def test_an_assignment_without_points_is_refused():
    release = {"cells": small.released()["cells"][:3], "metadata": {}}
    with pytest.raises(NotebookError, match="no cell with points"):
        build("sums", "sums", release, {}, "0")


def test_a_manifest_holds_no_solution(manifest):
    assert not any("result += value" in cell.source + cell.visible for cell in manifest.cells)
    assert [cell.role for cell in manifest.cells] == [
        *("locked", "solution", "test", "solution", "test", "test", "written"),
    ]
    assert sum(cell.points for cell in manifest.graded) == 8
    assert Limits().cell_seconds == 30
