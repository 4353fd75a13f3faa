"""The student's version of an assignment, made by nbgrader's own generate_assignment.

nbgrader runs in a temporary course of its own, without a database and without anybody's
configuration, so that the same solution gives the same bytes on every machine.
"""

import logging
import tempfile
from pathlib import Path

from cnnlab.errors import NotebookError
from cnnlab.printing.notebook import Notebook, dumps, load, sealed, stamp


def release(solution: Notebook, assignment: str) -> Notebook:
    """The notebook that students get for the printed ``solution``.

    Raises
    ------
    NotebookError
        If nbgrader refuses the solution; the message holds nbgrader's own reason.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="cnnlab-release-") as folder:
        course = Path(folder)
        source = course / "source" / assignment / f"{assignment}.ipynb"
        source.parent.mkdir(parents=True)
        source.write_text(dumps(solution), encoding="utf-8")

        config = Config()
        config.CourseDirectory.root = str(course)
        config.CourseDirectory.assignment_id = assignment
        config.SaveCells.enabled = False
        config.GenerateAssignment.no_database = True
        said = _Said()
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log = said.logger
        try:
            converter.start()
        except NbGraderException as error:
            raise NotebookError(
                f"solutions/{assignment}/{assignment}.ipynb: nbgrader refuses it: {said.reason}"
            ) from error
        student = load(course / "release" / assignment / f"{assignment}.ipynb")
    return _ours(student, assignment)


def _ours(student: Notebook, assignment: str) -> Notebook:
    """nbgrader's notebook as a print: sealed anew, and not to be adopted."""
    path = f"solutions/{assignment}/{assignment}.ipynb"
    student["metadata"]["cnnlab"]["print"] = {"solution": path}
    assert not stamp(student).get("manuscript")
    return sealed(student)


class _Said:
    """Keeps what nbgrader logs, so that its reason can be told in one line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.logger = logging.Logger("cnnlab.release", logging.ERROR)
        handler = logging.Handler()
        handler.emit = lambda record: self.lines.append(record.getMessage())  # type: ignore[method-assign]
        self.logger.addHandler(handler)

    @property
    def reason(self) -> str:
        """The last line of the first traceback: the error itself."""
        for text in self.lines:
            if "Traceback" in text:
                return text.strip().splitlines()[-1]
        return self.lines[0] if self.lines else "no reason given"
