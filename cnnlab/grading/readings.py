"""What nbgrader's gradebook knows of a whole class, in a few queries, however large it is."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select

from cnnlab.grading.entries import Marks, marks_of
from cnnlab.grading.gradebook import Book


@dataclass(frozen=True)
class Person:
    """What is known of a student beside the marks; empty where nothing is."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass(frozen=True)
class About:
    """An assignment's notebook, the text of its cells as it was handed out, and the students."""

    notebook: str = ""
    released: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def about(book: Book, assignment: str) -> About:
    """What the gradebook knows of an assignment and of all students."""
    with book.reading() as session:
        sources = session.execute(
            select(Notebook.name, SourceCell.name, SourceCell.source)
            .join(Notebook, Notebook.id == SourceCell.notebook_id)
            .join(Assignment, Assignment.id == Notebook.assignment_id)
            .where(Assignment.name == assignment)
        ).all()
        people = session.execute(
            select(
                Student.id,
                Student.first_name,
                Student.last_name,
                Student.email,
                Student.lms_user_id,
            )
        ).all()
    return About(
        notebook=sources[0][0] if sources else "",
        released={name: source or "" for _, name, source in sources},
        people={who: Person(*(value or "" for value in rest)) for who, *rest in people},
    )


def all_marks(book: Book, assignment: str) -> dict[str, Marks]:
    """The marks of everybody who has a submission, by student."""
    with book.reading() as session:
        submitted = session.execute(
            select(
                SubmittedNotebook.id,
                SubmittedAssignment.student_id,
                SubmittedNotebook.late_submission_penalty,
                Notebook.max_score,
            )
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .where(Assignment.name == assignment)
        ).all()
        grades = _by_notebook(session, Grade, assignment)
        comments = _by_notebook(session, Comment, assignment)
    return {
        student: marks_of(
            grades[notebook],
            [(name, row.comment or "") for name, row in comments[notebook]],
            penalty or 0.0,
            top,
        )
        for notebook, student, penalty, top in submitted
    }


def _by_notebook(session: Any, table: Any, assignment: str) -> dict[str, list[tuple[str, Any]]]:
    """The rows of grades or comments by submitted notebook, each with its cell's name, sorted."""
    values = (
        (table.auto_score, table.manual_score, table.needs_manual_grade, table.score)
        if table is Grade
        else (table.comment,)
    )
    rows = session.execute(
        select(table.notebook_id, BaseCell.name, *values)
        .join(BaseCell, BaseCell.id == table.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assignment)
        .order_by(BaseCell.name)
    )
    found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.notebook_id].append((row.name, row))
    return found
