"""Before a class is graded: do the tests tell right work from none?

The teacher's solution has to earn every point and the untouched notebook none.
"""

from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from cnnlab.errors import EnvironmentProblem, NotebookError
from cnnlab.grading.journal import Journal
from cnnlab.grading.manifest import as_submission, calibrate
from cnnlab.grading.model import (
    ExecutionProblem,
    Limits,
    Manifest,
    Outcome,
    Submission,
    SubmittedCell,
)
from cnnlab.grading.pool import Pool
from cnnlab.grading.record import Key


def checked(
    journal: Journal,
    key: Key,
    pool: Pool,
    manifest: Manifest,
    solution: dict[str, Any],
    limits: Limits,
) -> Manifest:
    """The manifest with what the solution's run teaches; remembered until ``key`` changes.

    Raises
    ------
    NotebookError
        When the solution does not earn everything, or a notebook without an answer earns something.
    EnvironmentProblem
        When they cannot be run.
    """
    if (partial := journal.ready(key)) is not None:
        cells = (replace(cell, partial=cell.grade_id in partial) for cell in manifest.cells)
        return replace(manifest, cells=tuple(cells))
    own = as_submission(solution, manifest)
    manifest = calibrate(manifest, _result(pool.submit(own, manifest, limits)))
    futures = {
        what: pool.submit(work, manifest, limits) for what, work in worthless(own, manifest).items()
    }
    for what, future in futures.items():
        _must_earn_nothing(what, _result(future), manifest)
    journal.set_ready(key, [cell.grade_id for cell in manifest.cells if cell.partial])
    return manifest


def worthless(own: Submission, manifest: Manifest) -> dict[str, Submission]:
    """Notebooks without a single answer, each with its description for the teacher."""
    cells = tuple(_emptied(cell, manifest) for cell in own.cells)
    return {"the notebook as students get it": replace(own, student="untouched", cells=cells)}


def _emptied(own: SubmittedCell, manifest: Manifest) -> SubmittedCell:
    cell = manifest.cell(own.grade_id)
    return own if cell is None else replace(own, source=cell.visible)


def _must_earn_nothing(what: str, outcome: Outcome, manifest: Manifest) -> None:
    tests = {cell.grade_id for cell in manifest.cells if cell.role == "test"}
    for item in outcome.items:
        if item.grade_id in tests and item.points:
            raise NotebookError(
                f"{manifest.assignment}: {what} earns {item.points:g} of {item.of:g} points in "
                f"test cell {item.grade_id}. Mend the test, then grade"
            )


def _result(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except ExecutionProblem as error:
        raise EnvironmentProblem(f"the teacher's own solution could not be run: {error}") from error
