"""Our execution inside plain ``nbgrader autograde``, switched on in nbgrader_config.py:

    from cnnlab.grading.autograde import preprocessors
    c.Autograde.autograde_preprocessors = preprocessors()

nbgrader keeps its commands, its gradebook and its reports. Student code runs in the sandbox, tests
outside of it, and points come from `scoring` instead of from what a cell displays.
"""

import atexit
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict, reads
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from cnnlab.grading.copies import autograded
from cnnlab.grading.gradebook import Book
from cnnlab.grading.intake import read_files
from cnnlab.grading.levels import choose
from cnnlab.grading.manifest import as_submission, calibrate
from cnnlab.grading.model import Limits, Manifest, Outcome, Submission, SubmittedCell
from cnnlab.grading.pool import LocalPool


class CannotScore(Exception):
    """A test gave no points that could be believed. nbgrader reports it and enters no marks."""


class SandboxExecute(NbGraderPreprocessor):
    """Runs a submission in the place of nbgrader's `Execute`.

    The assignment is read from the course's source folder, as ``nbgrader generate_assignment``
    does. Of the student's notebook only the text of the cells and their names count.
    """

    unsafe_no_sandbox = Bool(
        False, help="Run student code in a plain process, as you. Only for work that you trust."
    ).tag(config=True)
    cell_seconds = Float(30.0, help="Seconds that one cell may run.").tag(config=True)
    memory_mb = Integer(2048, help="Memory that one submission may use.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as it ran, with outputs from which nbgrader reads our points.

        Raises
        ------
        CannotScore, NotebookError, EnvironmentProblem, ExecutionProblem
            When there can be no marks; nbgrader logs it and goes on with the next student.
        """
        about = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        limits = Limits(
            cell_seconds=self.cell_seconds,
            total_seconds=10 * self.cell_seconds,
            memory_bytes=self.memory_mb * 2**20,
        )
        pool = _pool(self.unsafe_no_sandbox)
        source = course.format_path(course.source_directory, ".", about["assignment"])
        manifest = _manifest(Assignment(about["db_url"], Path(source), limits), pool)
        folder = course.format_path(
            course.submitted_directory, about["student"], about["assignment"]
        )
        files, left_out = read_files(Path(folder))
        if left_out:
            self.log.warning("%s: %s", about["student"], left_out)
        work = Submission(about["student"], _cells(nb), "", files=files)
        outcome = pool.submit(work, manifest, limits).result()
        for note in dict.fromkeys((*outcome.notes, *outcome.flags)):
            self.log.warning("%s: %s", about["student"], note)
        return _notebook(manifest, outcome, nb), resources


def preprocessors() -> list[type]:
    """nbgrader's own list for ``c.Autograde.autograde_preprocessors``, with our execution in it."""
    usual = Autograde.autograde_preprocessors.default_args[0]
    return [SandboxExecute if step is Execute else step for step in usual]


@dataclass(frozen=True)
class Assignment:
    """Where an assignment is, and what its runs may use."""

    db_url: str
    source: Path
    limits: Limits


@lru_cache(maxsize=8)
def _manifest(assignment: Assignment, pool: LocalPool) -> Manifest:
    """The assignment, with what a run of its solution teaches; once in a run of nbgrader."""
    book = Book(assignment.source.parent, assignment.db_url)
    try:
        manifest, solution = book.register(assignment.source.name, assignment.source)
    finally:
        book.close()
    own = as_submission(solution, manifest)
    return calibrate(manifest, pool.submit(own, manifest, assignment.limits).result())


@lru_cache(maxsize=2)
def _pool(unsafe: bool) -> LocalPool:
    """One worker process, kept warm from student to student: the judge needs one of its own."""
    pool = LocalPool(choose(unsafe), 1)
    atexit.register(pool.close)
    pool.start(1)
    return pool


def _cells(nb: NotebookNode) -> tuple[SubmittedCell, ...]:
    return tuple(
        SubmittedCell(
            cell.cell_type, cell.source, cell.metadata.get("nbgrader", {}).get("grade_id")
        )
        for cell in nb.cells
    )


def _notebook(manifest: Manifest, outcome: Outcome, nb: NotebookNode) -> NotebookNode:
    """The copy that nbgrader keeps.

    nbgrader reads a test's points from its outputs: an error or a line on stderr is none, the
    first result is a number of points, and silence is all. So a test shows exactly one number.
    """
    made = reads(autograded(manifest, outcome), as_version=4)
    items = {item.grade_id: item for item in outcome.items}
    for cell in made.cells:
        known = manifest.cell(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if known is None or known.role != "test":
            continue
        item = items[known.grade_id]
        if item.points is None:
            raise CannotScore(f"{known.grade_id} could not be scored: {item.message}")
        shown = [out for out in cell.outputs if out.output_type != "execute_result"]
        cell.outputs = [from_dict(_points(item.points)), *map(_quiet, shown)]
    made.metadata = nb.metadata
    return made


def _points(points: float) -> dict[str, Any]:
    data = {"text/plain": f"{points:.10g}"}
    return {
        "output_type": "execute_result",
        "data": data,
        "metadata": {},
        "execution_count": None,
    }


def _quiet(output: NotebookNode) -> NotebookNode:
    """What went to stderr stays to be read; it costs no points here."""
    if output.output_type == "stream":
        output.name = "stdout"
    return output
