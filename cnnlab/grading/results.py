"""What is known of a class, read from the journal and the gradebook; nothing is run or written."""

import json
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.grading.entries import Marks
from cnnlab.grading.gradebook import Book
from cnnlab.grading.journal import FILE, Journal
from cnnlab.grading.readings import About, about, all_marks
from cnnlab.grading.record import Record, Refusal
from cnnlab.grading.report import Row, row_of


@dataclass(frozen=True)
class Results:
    """A class and an assignment.

    ``of`` has the points of each item, ``at`` the time of the last grading.
    """

    assignment: str
    rows: list[Row]
    of: dict[str, float]
    known: About = field(default_factory=About)
    at: str = ""


def read_results(output: Path, assignment: str, gradebook: str = "") -> Results:
    """The class as it stands: marks given by hand are in, whenever they were given.

    Raises
    ------
    UsageError
        When nothing was graded in ``output``, or nothing of this assignment; known ones are named.
    EnvironmentProblem
        When the journal was damaged; the damaged one is kept.
    """
    if not (output / FILE).is_file():
        raise UsageError(
            f"{output} holds no grades. Name the folder that `cnnlab grade` wrote into, "
            f"with --output DIR"
        )
    with closing(Journal(output)) as journal:
        if journal.trouble:
            raise EnvironmentProblem(f"{journal.trouble}. Run `cnnlab grade` first")
        records = {record.student: record for record in journal.records(assignment)}
        refusals = journal.refusals(assignment)
        known = journal.assignments()
    if not records and not refusals:
        names = ", ".join(known) or "none"
        told = f"nothing was graded for {assignment!r} in {output}. Known: {names}"
        if any(output.glob(f"{FILE}.damaged-*")):
            told += ". An earlier journal was damaged. Run `cnnlab grade` first"
        raise UsageError(told)
    with closing(Book(output, gradebook)) as book:
        return _together(assignment, records, refusals, book)


def _together(
    assignment: str, records: dict[str, Record], refusals: dict[str, Refusal], book: Book
) -> Results:
    """The rows, as `cnnlab grade` would print them now."""
    marks, known = all_marks(book, assignment), about(book, assignment)
    rows = [
        _row(student, marks.get(student), records.get(student), refusals.get(student))
        for student in sorted(records.keys() | refusals.keys() | marks.keys())
    ]
    last = max(records.values(), key=lambda record: record.at, default=None)
    of = {item["grade_id"]: item["of"] for item in (last.items if last else ())}
    at = last.at[:16].replace("T", " ") if last else ""
    return Results(assignment, rows, of, known, at)


def _row(student: str, marks: Marks | None, record: Record | None, refusal: Refusal | None) -> Row:
    if marks is None:
        reason = refusal.reason if refusal else "its marks never reached the gradebook; grade again"
        return row_of(student, None, reason, submitted=not refusal or refusal.submitted)
    note = f"{refusal.reason} (the marks of an earlier version stand)" if refusal else ""
    return row_of(student, marks, note, record=record, trouble=bool(refusal))


def answers(output: Path, results: Results) -> dict[str, dict[str, str]]:
    """The code of each student's answer cells, from the executed copies; what cannot be read is
    left out.
    """
    found = {}
    for row in results.rows:
        path = output / "autograded" / row.student / results.assignment
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            notebook = json.loads((path / f"{results.known.notebook}.ipynb").read_text("utf-8"))
            found[row.student] = dict(_answers(notebook))
    return found


def _answers(notebook: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and about.get("solution") and not about.get("grade"):
            yield about["grade_id"], "".join(cell["source"])
