"""nbgrader at the edge: its gradebook, its metadata, its folders. One writer, in one thread.

Only this module, `database`, `entries`, `readings`, `feedback` and `autograde` import nbgrader.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Assignment, Gradebook, SubmittedAssignment, app_log
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from cnnlab.errors import EnvironmentProblem, NotebookError
from cnnlab.files import write_text
from cnnlab.grading import database
from cnnlab.grading.copies import autograded
from cnnlab.grading.entries import Entries, Marks, enter_student
from cnnlab.grading.intake import Refused, folder_hash, one_line, read_files
from cnnlab.grading.manifest import build
from cnnlab.grading.model import Manifest, Outcome, Submission
from cnnlab.grading.output import CONFIG_FILE

# Of each error of its database nbgrader prints a traceback. It raises it, too, and we name it.
app_log.addFilter(lambda record: not str(record.msg).startswith("Rolling back session"))


class Book:
    """nbgrader's gradebook in ``output``, and the folders beside it."""

    def __init__(self, output: Path, url: str = "") -> None:
        self.output = output
        self.url = database.address(output, url)
        self.config = _load_config(output)
        self._entries: dict[tuple[str, str], Entries] = {}
        with self._database():
            database.prepare(self.url)
            self.db = Gradebook(self.url)
        self._held: Connection | None = None

    def close(self) -> None:
        database.let_go(self._held)
        self.db.close()

    def register(self, assignment: str, folder: Path) -> tuple[Manifest, dict[str, Any]]:
        """Enter the assignment as ``nbgrader generate_assignment`` does.

        Returns the manifest and the teacher's notebook, solution included. From here on the book
        is this grader's alone.
        """
        path = _only_notebook(folder)
        solution = _read(path)
        with self._database():
            self._held = self._held or database.hold(self.db.engine)
            self._same_name_as_before(assignment, path)
            release = self._release(_read(path), assignment, path)
            kept = self.db.find_notebook(path.stem, assignment).source_cells
            sources = {cell.name: cell.source for cell in kept}
        try:
            files, left_out = read_files(folder)
            sha256 = folder_hash(folder)
        except Refused as refusal:
            raise NotebookError(f"{folder}: {refusal}") from refusal
        if left_out:
            raise NotebookError(f"{folder}: {left_out}; make it smaller")
        return build(assignment, path.stem, release, sources, sha256, files), solution

    def _same_name_as_before(self, assignment: str, path: Path) -> None:
        """Enter the assignment; a notebook of another name would leave its marks behind."""
        known = self.db.update_or_create_assignment(assignment)
        others = [notebook.name for notebook in known.notebooks if notebook.name != path.stem]
        if others:
            raise NotebookError(
                f"{path}: {self.output} knows this assignment as {others[0]}.ipynb. "
                f"Give the notebook that name again, or pass another --output"
            )

    def _release(self, notebook: Any, assignment: str, path: Path) -> Any:
        """The notebook that students get; on the way nbgrader enters its cells."""
        converter = GenerateAssignment(coursedir=CourseDirectory(), config=self.config)
        resources: dict[str, Any] = {"nbgrader": self.names(assignment, path.stem)}
        try:
            for step in converter.preprocessors:
                notebook, resources = step(config=self.config).preprocess(notebook, resources)
        except SQLAlchemyError:
            raise
        except Exception as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error  # a full disk is no fault of an entry
            raise NotebookError(self._why_not(error, path)) from error
        return notebook

    def _why_not(self, error: Exception, path: Path) -> str:
        if "Cannot add or remove cells" in str(error):
            return (
                f"{path.name}: cells were added or removed since the first submission was graded "
                f"into {self.output}. Grade the new version into another --output"
            )
        return f"{path}: nbgrader cannot use this notebook: {one_line(str(error))}"

    def names(self, assignment: str, notebook: str, student: str = "") -> dict[str, str]:
        return {
            "assignment": assignment,
            "notebook": notebook,
            "student": student,
            "db_url": self.url,
        }

    def enter_student(self, student: str) -> None:
        """Make sure the student is in the gradebook; what is known of them stays."""
        with self._database():
            enter_student(self.db.db, student)
            self.db.db.commit()

    def save(
        self, submission: Submission, manifest: Manifest, outcome: Outcome, changed: bool
    ) -> Marks:
        """Write the autograded copy and enter the marks, in one transaction.

        Marks given by hand stay as they are. ``changed`` says that the student's work is not the
        one they were given for: those are then put up for another look.
        """
        folder = self.folder("autograded", submission.student, manifest.assignment)
        write_text(folder / f"{manifest.notebook}.ipynb", autograded(manifest, outcome))
        if submission.timestamp:
            write_text(folder / "timestamp.txt", submission.timestamp + "\n")
        with self._database():
            marks = self._rows(manifest).save(submission, outcome, changed)
            self.db.db.commit()
        return marks

    def _rows(self, manifest: Manifest) -> Entries:
        """The rows of this notebook; what never changes about them is asked once."""
        key = manifest.assignment, manifest.sha256
        if key not in self._entries:
            self._entries[key] = Entries(self.db, self.config, manifest)
        return self._entries[key]

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """A folder in nbgrader's layout."""
        return self.output / step / student / assignment

    def students(self, assignment: str) -> set[str]:
        """Who has a submission in the gradebook."""
        query = (
            select(SubmittedAssignment.student_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == assignment)
        )
        with self._database():
            return set(self.db.db.execute(query).scalars())

    def marks(self, manifest: Manifest, student: str) -> Marks:
        """The marks of one student who has a submission in the gradebook."""
        with self._database():
            return self._rows(manifest).marks(student)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """The database's session, for questions of one's own; nothing may be changed with it."""
        with self._database():
            yield self.db.db

    @contextmanager
    def _database(self) -> Iterator[None]:
        """Say in one line what a failing database means; nothing half-entered stays behind."""
        try:
            yield
        except BaseException as error:
            if hasattr(self, "db"):
                self.db.db.rollback()
            if not isinstance(error, SQLAlchemyError):
                raise
            cause = one_line(str(getattr(error, "orig", error)))
            raise EnvironmentProblem(
                f"the gradebook {database.shown(self.url)} cannot be used: {cause}. "
                f"{database.remedy(self.url)}"
            ) from error


def _only_notebook(folder: Path) -> Path:
    paths = sorted(folder.glob("*.ipynb"))
    if len(paths) != 1:
        raise NotebookError(f"{folder} holds {len(paths)} notebooks; an assignment is one notebook")
    return paths[0]


def _read(path: Path) -> Any:
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise NotebookError(
            f"{path} cannot be read as a notebook: {one_line(str(error))}"
        ) from error


def _load_config(output: Path) -> Config:
    """The course's own nbgrader configuration, where there is one."""
    if not (output / CONFIG_FILE).is_file():
        return Config()
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(output)).load_config()
    except Exception as error:
        raise EnvironmentProblem(
            f"{output / CONFIG_FILE} cannot be loaded: {one_line(str(error))}"
        ) from error
