"""The assignment as the grader needs it: made from the release and from nbgrader's record."""

from dataclasses import replace
from typing import Any

from cnnlab.errors import NotebookError
from cnnlab.grading.model import Cell, File, Manifest, Outcome, Ran, Role, Submission, SubmittedCell


def build(
    assignment: str,
    notebook: str,
    release: dict[str, Any],
    sources: dict[str, str],
    sha256: str,
    files: tuple[File, ...] = (),
) -> Manifest:
    """The manifest of one assignment.

    Parameters
    ----------
    release
        The notebook that students were given (version 4, ``source`` as one string).
    sources
        For each grade_id the text as nbgrader keeps it: solutions cleared, hidden tests in.
    """
    cells = tuple(
        _cell(cell, sources)
        for cell in release["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id")
    )
    if not any(cell.graded for cell in cells):
        raise NotebookError(
            f"{notebook}.ipynb of {assignment} has no cell with points: nothing could be graded"
        )
    # Plain: to read nbformat's own dictionary, each worker process would load all of nbformat.
    kernelspec = dict(release["metadata"].get("kernelspec", {}))
    return Manifest(assignment, notebook, cells, sha256, files, kernelspec)


def _cell(cell: dict[str, Any], sources: dict[str, str]) -> Cell:
    about = dict(cell["metadata"]["nbgrader"])
    grade_id = about["grade_id"]
    return Cell(
        grade_id=grade_id,
        role=_role(about),
        cell_type=cell["cell_type"],
        source=sources.get(grade_id, cell["source"]),
        visible=cell["source"],
        points=float(about.get("points", 0)),
        metadata=about,
    )


def _role(about: dict[str, Any]) -> Role:
    if about.get("task"):
        return "task"
    if about.get("grade"):
        return "written" if about.get("solution") else "test"
    return "solution" if about.get("solution") else "locked"


def as_submission(notebook: dict[str, Any], manifest: Manifest) -> Submission:
    """The teacher's own notebook as if it had been submitted."""
    cells = tuple(
        SubmittedCell(
            cell["cell_type"], cell["source"], cell["metadata"].get("nbgrader", {}).get("grade_id")
        )
        for cell in notebook["cells"]
    )
    return Submission("solution", cells, manifest.sha256)


def calibrate(manifest: Manifest, outcome: Outcome) -> Manifest:
    """Learn from the run of the solution how each test gives its points.

    Raises
    ------
    NotebookError
        When the teacher's own solution does not earn every point: nobody is graded by a broken
        test.
    """
    ran = {step.grade_id: result for step, result in zip(outcome.steps, outcome.ran, strict=True)}
    return replace(
        manifest,
        cells=tuple(
            _learn(cell, ran[cell.grade_id], manifest) if cell.role == "test" else cell
            for cell in manifest.cells
        ),
    )


def _learn(cell: Cell, ran: Ran, manifest: Manifest) -> Cell:
    where = f"{manifest.assignment}: with the teacher's own solution, test cell {cell.grade_id}"
    if ran.status != "ok":
        raise NotebookError(
            f"{where} fails ({ran.error or ran.status}). Mend the solution or the test, then grade"
        )
    if isinstance(ran.value, str):
        raise NotebookError(
            f"{where} ends in a value of type {ran.value}. "
            f"End it in a number of points, or in asserts alone"
        )
    if ran.value is not None and abs(ran.value - cell.points) > 1e-9:
        raise NotebookError(
            f"{where} gives {ran.value:g} of {cell.points:g} points. "
            f"Mend the solution or the test, then grade"
        )
    return replace(cell, partial=ran.value is not None)
