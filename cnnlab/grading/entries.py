"""The rows of one notebook in nbgrader's gradebook, written and read a student at a time.

nbgrader's own calls would cost 30 commits and some 200 statements a submission, and it looks for a
student's grades in a way that makes the database read those of the whole class. Here a submission
is one transaction, and every statement meets an index. What counts as a score, a comment or a
penalty is read through nbgrader's own expressions and plugin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc
from sqlalchemy import insert, select, update
from traitlets.config import Config

from cnnlab.grading.model import Item, Manifest, Outcome, Submission
from cnnlab.grading.plan import untouched

NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Marks:
    """What the gradebook says about one student: late penalties taken off, manual marks counted."""

    points: float
    max_points: float
    by_item: dict[str, float | None]
    to_do: tuple[str, ...]
    digest: str
    penalty: float = 0.0
    comments: dict[str, str] = field(default_factory=dict)


class Entries:
    """One notebook's rows; nothing is committed here."""

    def __init__(self, book: Gradebook, config: Config, manifest: Manifest) -> None:
        self.book, self.session, self.manifest = book, book.db, manifest
        notebook = self.session.execute(
            select(Notebook.id, Assignment.id, Notebook.max_score)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .where(Assignment.name == manifest.assignment, Notebook.name == manifest.notebook)
        ).one()
        self.notebook, self.assignment, self.max_points = notebook
        cells = self.session.execute(
            select(BaseCell.id, BaseCell.name, BaseCell.type).where(
                BaseCell.notebook_id == self.notebook
            )
        ).all()
        self.names = {cell.id: cell.name for cell in cells}
        self.graded = [c.id for c in cells if c.type in ("GradeCell", "TaskCell")]
        self.commented = [c.id for c in cells if c.type in ("SolutionCell", "TaskCell")]
        self.late = AssignLatePenalties(config=config)
        self.late.init_plugin()
        self.late.gradebook = book  # where nbgrader's own run of it has it

    def enter_student(self, student: str) -> None:
        """Make sure the student is known; what is known of them stays."""
        enter_student(self.session, student)

    def save(self, submission: Submission, outcome: Outcome, changed: bool) -> Marks:
        """Enter one submission's marks and comments, and its penalty for being late."""
        student = submission.student
        self.enter_student(student)
        when = _when(submission.timestamp)
        known = self._find(student)
        if known is None:
            self._add(student, when)
            known = self._find(student)
        elif when not in (None, known.timestamp):
            self.session.execute(
                update(SubmittedAssignment), [{"id": known.assignment, "timestamp": when}]
            )
        assert known is not None
        self._enter_items(known.notebook, outcome.items, changed)
        self._enter_comments(known.notebook, submission)
        self._penalise(known, student, when or known.timestamp)
        return self.marks(student)

    def marks(self, student: str) -> Marks:
        """The marks of one student who has a submission in the gradebook."""
        known = self._find(student)
        if known is None:
            raise LookupError(f"{student} has no submission in the gradebook")
        comments = self._comments(known.notebook)
        return marks_of(
            [(self.names[grade.cell_id], grade) for grade in self._grades(known.notebook)],
            [(self.names[comment.cell_id], comment.comment or "") for comment in comments],
            known.penalty or 0.0,
            self.max_points,
        )

    def _find(self, student: str) -> Any:
        """The student's submission and notebook as ids, with what they say of time."""
        return self.session.execute(
            select(
                SubmittedAssignment.id.label("assignment"),
                SubmittedAssignment.timestamp,
                SubmittedAssignment.extension,
                SubmittedNotebook.id.label("notebook"),
                SubmittedNotebook.late_submission_penalty.label("penalty"),
            )
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(
                SubmittedAssignment.assignment_id == self.assignment,
                SubmittedAssignment.student_id == student,
                SubmittedNotebook.notebook_id == self.notebook,
            )
        ).one_or_none()

    def _add(self, student: str, when: Any) -> None:
        """A submission with an empty grade and comment for each cell that has one."""
        submission, notebook = new_uuid(), new_uuid()
        run = self.session.execute
        run(
            insert(SubmittedAssignment),
            [
                {
                    "id": submission,
                    "assignment_id": self.assignment,
                    "student_id": student,
                    "timestamp": when,
                }
            ],
        )
        run(
            insert(SubmittedNotebook),
            [{"id": notebook, "assignment_id": submission, "notebook_id": self.notebook}],
        )
        for table, cells in ((Grade, self.graded), (Comment, self.commented)):
            rows = [{"id": new_uuid(), "notebook_id": notebook, "cell_id": cell} for cell in cells]
            if rows:
                run(insert(table), rows)

    def _grades(self, notebook: str) -> Sequence[Any]:
        return self.session.execute(
            select(
                Grade.id,
                Grade.cell_id,
                Grade.auto_score,
                Grade.manual_score,
                Grade.needs_manual_grade,
                Grade.score,
            ).where(Grade.notebook_id == notebook, Grade.cell_id.in_(self.graded))
        ).all()

    def _comments(self, notebook: str) -> Sequence[Any]:
        return self.session.execute(
            select(Comment.id, Comment.cell_id, Comment.auto_comment, Comment.comment).where(
                Comment.notebook_id == notebook, Comment.cell_id.in_(self.commented)
            )
        ).all()

    def _enter_items(self, notebook: str, items: Iterable[Item], changed: bool) -> None:
        """Enter the points. ``manual_score`` and ``extra_credit`` are the teacher's, never ours."""
        by_name = {item.grade_id: item for item in items}
        rows = []
        for grade in self._grades(notebook):
            points = by_name[self.names[grade.cell_id]].points
            look = grade.needs_manual_grade
            if grade.manual_score is None:
                look = points is None
            elif changed or grade.auto_score != points:
                look = True
            if (points, look) != (grade.auto_score, grade.needs_manual_grade):
                rows.append({"id": grade.id, "auto_score": points, "needs_manual_grade": look})
        if rows:
            self.session.execute(update(Grade), rows)

    def _enter_comments(self, notebook: str, submission: Submission) -> None:
        """Say of an answer that was never touched what nbgrader says of it."""
        rows = []
        for comment in self._comments(notebook):
            cell = self.manifest.cell(self.names[comment.cell_id])
            blank = cell is not None and cell.role != "task" and untouched(submission, cell)
            said = NO_RESPONSE if blank else None
            if said != comment.auto_comment:
                rows.append({"id": comment.id, "auto_comment": said})
        if rows:
            self.session.execute(update(Comment), rows)

    def _penalise(self, known: Any, student: str, when: Any) -> None:
        """nbgrader's own rule for late work, with the plugin that the course has configured."""
        penalty = None
        late = self._seconds_late(when, known.extension)
        if late > 0:
            score = sum(grade.score for grade in self._grades(known.notebook))
            penalty = self.late.plugin_inst.late_submission_penalty(student, score, late)
            if penalty is not None:
                penalty = self.late._check_late_penalty(SimpleNamespace(score=score), penalty)
        if penalty != known.penalty:
            row = {"id": known.notebook, "late_submission_penalty": penalty}
            self.session.execute(update(SubmittedNotebook), [row])

    def _seconds_late(self, when: datetime | None, extension: timedelta | None) -> float:
        """How late the work came, with the extension that the student was given."""
        if when is None:
            return 0.0
        due = self.session.execute(
            select(Assignment.duedate).where(Assignment.id == self.assignment)
        ).scalar_one()
        late = when - due - (extension or timedelta()) if due else timedelta()
        return max(0.0, late.total_seconds())


def enter_student(session: Any, student: str) -> None:
    """Make sure the student is in the gradebook; what is known of them stays."""
    if session.execute(select(Student.id).where(Student.id == student)).first() is None:
        session.execute(insert(Student), [{"id": student}])


def marks_of(
    grades: Iterable[tuple[str, Any]],
    comments: Iterable[tuple[str, str]],
    penalty: float,
    max_points: float,
) -> Marks:
    """The marks that these rows of the gradebook make."""
    grades, comments = sorted(grades, key=itemgetter(0)), sorted(comments)
    decided = {name: g.auto_score is not None or g.manual_score is not None for name, g in grades}
    told = [(name, g.score, g.needs_manual_grade) for name, g in grades]
    return Marks(
        points=max(0.0, sum(g.score for _, g in grades) - penalty),
        max_points=max_points,
        by_item={name: g.score if decided[name] else None for name, g in grades},
        to_do=tuple(name for name, g in grades if g.needs_manual_grade),
        digest=repr((told, comments, penalty)),
        penalty=penalty,
        comments=dict(comments),
    )


def _when(timestamp: str) -> Any:
    """nbgrader's reading of a timestamp; None where it cannot be read."""
    try:
        return parse_utc(timestamp) if timestamp else None
    except (ValueError, ArithmeticError, TypeError, LookupError, AttributeError):
        return None
