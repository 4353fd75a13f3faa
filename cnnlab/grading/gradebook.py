"""nbgrader at the edge: its gradebook, its metadata, its folders. One writer, in one thread.

Only this module and `feedback` import nbgrader.
"""

import os
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from cnnlab.errors import EnvironmentProblem, NotebookError
from cnnlab.files import write_text
from cnnlab.grading.copies import autograded
from cnnlab.grading.intake import Refused, folder_hash, one_line, read_files
from cnnlab.grading.manifest import build
from cnnlab.grading.model import Item, Manifest, Outcome, Submission
from cnnlab.grading.output import CONFIG_FILE
from cnnlab.grading.plan import untouched


@dataclass(frozen=True)
class Marks:
    """What the gradebook says about one student: late penalties taken off, manual marks counted."""

    points: float
    max_points: float
    by_item: dict[str, float | None]
    to_do: tuple[str, ...]
    digest: str


class Book:
    """nbgrader's gradebook in ``output``, and the folders beside it."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.url = f"sqlite:///{output / 'gradebook.db'}"
        self.config = _load_config(output)
        with _database(output), _scripts_on_path():
            self.db = Gradebook(self.url)

    def close(self) -> None:
        self.db.close()

    def register(self, assignment: str, folder: Path) -> tuple[Manifest, dict[str, Any]]:
        """Enter the assignment as ``nbgrader generate_assignment`` does.

        Returns the manifest and the teacher's notebook, solution included.
        """
        path = _only_notebook(folder)
        solution = _read(path)
        with _database(self.output):
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
        with _database(self.output):
            try:
                self.db.find_student(student)
            except MissingEntry:
                self.db.add_student(student)

    def save(
        self, submission: Submission, manifest: Manifest, outcome: Outcome, changed: bool
    ) -> Path:
        """Enter the marks and write the autograded copy. Marks given by hand stay as they are.

        ``changed`` says that the student's work is not the one the marks by hand were given for:
        those are then put up for another look.
        """
        with _database(self.output):
            self.enter_student(submission.student)
            with self.db.db.no_autoflush:  # else SQLAlchemy warns about nbgrader's half-made entry
                self.db.update_or_create_submission(
                    manifest.assignment, submission.student, timestamp=_when(submission.timestamp)
                )
            notebook = self.db.find_submission_notebook(
                manifest.notebook, manifest.assignment, submission.student
            )
            items = {item.grade_id: item for item in outcome.items}
            for grade in notebook.grades:
                _enter(grade, items[grade.name], changed)
            for comment in notebook.comments:
                cell = manifest.cell(comment.name)
                blank = cell is not None and cell.role != "task" and untouched(submission, cell)
                comment.auto_comment = "No response." if blank else None
            self.db.db.commit()
        copy = autograded(manifest, outcome)
        self._penalise(copy, manifest, submission.student)
        path = (
            self.folder("autograded", submission.student, manifest.assignment)
            / f"{manifest.notebook}.ipynb"
        )
        write_text(path, nbformat.writes(copy))
        if submission.timestamp:
            write_text(path.with_name("timestamp.txt"), submission.timestamp + "\n")
        return path

    def _penalise(self, copy: Any, manifest: Manifest, student: str) -> None:
        """nbgrader's own rule for late work, with the plugin that the course has configured."""
        resources = {"nbgrader": self.names(manifest.assignment, manifest.notebook, student)}
        with _database(self.output):
            AssignLatePenalties(config=self.config).preprocess(copy, resources)
            self.db.db.expire_all()

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """A folder in nbgrader's layout."""
        return self.output / step / student / assignment

    def students(self, assignment: str) -> set[str]:
        """Who has a submission in the gradebook."""
        with _database(self.output):
            return {entry.student.id for entry in self.db.assignment_submissions(assignment)}

    def marks(self, manifest: Manifest, student: str) -> Marks:
        """The marks of one student who has a submission in the gradebook."""
        with _database(self.output):
            notebook = self.db.find_submission_notebook(
                manifest.notebook, manifest.assignment, student
            )
            grades = sorted(notebook.grades, key=lambda grade: grade.name)
            comments = sorted(
                (comment.name, comment.comment or "") for comment in notebook.comments
            )
            decided = {
                g.name: g.auto_score is not None or g.manual_score is not None for g in grades
            }
            penalty = notebook.late_submission_penalty or 0.0
            return Marks(
                points=max(0.0, notebook.score - penalty),
                max_points=notebook.max_score,
                by_item={
                    grade.name: grade.score if decided[grade.name] else None for grade in grades
                },
                to_do=tuple(grade.name for grade in grades if grade.needs_manual_grade),
                digest=repr(
                    ([(g.name, g.score, g.needs_manual_grade) for g in grades], comments, penalty)
                ),
            )


def _enter(grade: Any, item: Item, changed: bool) -> None:
    """Enter one mark. ``manual_score`` and ``extra_credit`` are the teacher's, never ours."""
    moved = changed or grade.auto_score != item.points
    grade.auto_score = item.points
    if grade.manual_score is None:
        grade.needs_manual_grade = item.points is None
    elif moved:
        grade.needs_manual_grade = True


def _when(timestamp: str) -> Any:
    with suppress(ValueError, OverflowError, TypeError):
        return parse_utc(timestamp) if timestamp else None
    return None


@contextmanager
def _scripts_on_path() -> Iterator[None]:
    """Let nbgrader find the command ``alembic``, which it calls for a new database.

    It lies beside our interpreter, and that folder need not be on the path.
    """
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


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


@contextmanager
def _database(output: Path) -> Iterator[None]:
    """Say in one line what a failing database means."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = one_line(str(getattr(error, "orig", error)))
        raise EnvironmentProblem(
            f"the gradebook {output / 'gradebook.db'} cannot be used: {cause}. "
            f"Close other programs that use it, or pass another --output"
        ) from error
