"""From what a test did to points.

nbgrader guesses the points from what a cell displays. Here nothing is guessed.
A test cell gives points in one of two ways, and the run of the teacher's own solution says which:

* its last line is a number: that is the points (``check.correlate2d.points(correlate2d, of=4)``);
* it shows no number: it passes with full points unless it raises (plain ``assert`` statements).

A cell of the first kind that ends without a number is an error to report, neither full marks nor
none.
"""

import builtins
from dataclasses import replace

from cnnlab.grading.model import Cell, Item, Manifest, Ran, RanStatus, Step, Submission, Verdict
from cnnlab.grading.plan import untouched
from cnnlab.grading.told import told

TOLERANCE = 1e-9


def score(
    manifest: Manifest, submission: Submission, steps: tuple[Step, ...], ran: tuple[Ran, ...]
) -> tuple[Item, ...]:
    """The result of every graded cell, in the order of the assignment."""
    results = {
        step.grade_id: result
        for step, result in zip(steps, ran, strict=True)
        if step.kind == "test"
    }
    return tuple(
        _by_hand(cell, submission) if cell.by_hand else _tested(cell, results[cell.grade_id])
        for cell in manifest.graded
    )


def _tested(cell: Cell, ran: Ran) -> Item:
    """The result of a test, with what its check said in so many words."""
    check = told(ran.outputs)
    item = score_test(cell, ran)
    return replace(item, mistake=check.mistake, hint=check.hint, says=check.says)


ENDED_BADLY: dict[RanStatus, str] = {
    "timeout": "it ran out of time",
    "died": "its process ended before the test did",
    "skipped": "it was not reached: the cells before it never ended",
}


def score_test(cell: Cell, ran: Ran) -> Item:
    """The result of one test.

    >>> test = Cell("add", "test", "code", "points()", "", points=4.0, partial=True)
    >>> score_test(test, Ran("ok", value=3.0)).points
    3.0
    >>> score_test(test, Ran("ok", value=None)).points is None
    True
    """
    if ran.status != "ok":
        message = ENDED_BADLY.get(ran.status) or _raised(ran)
        return Item(cell.grade_id, cell.points, 0.0, "failed", message)
    if not cell.partial:
        return Item(cell.grade_id, cell.points, cell.points, "passed")
    return _partial(cell, ran)


def _partial(cell: Cell, ran: Ran) -> Item:
    value = ran.value
    if value is None or isinstance(value, str):
        got = "nothing" if value is None else f"a value of type {value}"
        return Item(
            cell.grade_id, cell.points, None, "unscored", f"its test gave {got} instead of points"
        )
    if not -TOLERANCE <= value <= cell.points + TOLERANCE:  # NaN too
        return Item(
            cell.grade_id,
            cell.points,
            None,
            "unscored",
            f"its test gave {value:g} of {cell.points:g} points",
        )
    points = min(max(value, 0.0), cell.points)
    verdict: Verdict = "passed" if points == cell.points else "partly" if points else "failed"
    why = ENDED_BADLY[ran.missed] if ran.missed and verdict != "passed" else ""
    return Item(cell.grade_id, cell.points, points, verdict, why)


def _by_hand(cell: Cell, submission: Submission) -> Item:
    """An answer that was never touched earns nothing; any other waits for a person."""
    if cell.role == "written" and untouched(submission, cell):
        return Item(cell.grade_id, cell.points, 0.0, "blank", "no response")
    return Item(cell.grade_id, cell.points, None, "manual")


def _raised(ran: Ran) -> str:
    """Name a built-in exception and the student's line.

    A name or a message of the student's own could carry hidden test data into the feedback.
    """
    known = isinstance(getattr(builtins, ran.error, None), type)
    what = f"{ran.error} was raised" if known else "an exception was raised"
    return f"{what} in {ran.place}" if ran.place else what
