"""Put back what the last `regrade` replaced."""

import json
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.files import write_text
from cnnlab.grading.clerk import Clerk
from cnnlab.grading.gradebook import Book
from cnnlab.grading.intake import Refused, read_submission
from cnnlab.grading.job import Done, Job, Say
from cnnlab.grading.journal import Journal
from cnnlab.grading.layout import Entry, find_class
from cnnlab.grading.output import opened
from cnnlab.grading.record import work_hash
from cnnlab.grading.regrade import FOLDER
from cnnlab.grading.report import write_csv
from cnnlab.grading.results import read_results

REMEDY = "What stood before is not known now: put the old test back and run `cnnlab grade`"


@dataclass
class Undone:
    """Whose marks are back, and whose are not, with the reason."""

    students: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


class _Left(Exception):
    """Why a student's marks are not put back. ``again``: another undo may do it."""

    def __init__(self, reason: str, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


def undo(job: Job, say: Say | None = None) -> Undone:
    """Enter the outcomes again that the last regrade replaced; nothing is executed.

    A student who was graded again since then, or handed in other work, is left as is. Where
    entering fails, the regrade stands, and another undo tries once more.

    Raises
    ------
    UsageError
        When there is no regrade of this assignment to undo.
    EnvironmentProblem
        When the journal was damaged: what stood before is not known then.
    """
    path = _last(job)
    kept = json.loads(path.read_text("utf-8"))
    entries = {entry.student: entry for entry in find_class(job.submitted, job.source)}
    undone, stands = Undone(), False
    with (
        opened(*(job.output, job.submitted, job.source, say if job.wait else None, job.gradebook)),
        closing(Journal(job.output)) as journal,
        closing(Book(job.output, job.gradebook)) as book,
    ):
        if journal.trouble:
            raise EnvironmentProblem(f"{journal.trouble}. {REMEDY}")
        manifest, _ = book.register(job.assignment, job.source)
        clerk = Clerk(job, book, journal, manifest)
        for student, key in kept["before"].items():
            try:
                _put_back(clerk, entries.get(student), student, key)
                undone.students.append(student)
            except _Left as left:
                undone.left[student] = str(left)
                stands |= left.again
        if not stands:
            path.rename(path.with_suffix(".undone.json"))
    rows = read_results(job.output, job.assignment, job.gradebook).rows
    write_text(job.output / f"{job.assignment}.csv", write_csv(rows, manifest, ""))
    return undone


def _last(job: Job) -> Path:
    """The file of the last regrade that stands."""
    folder = job.output / FOLDER
    # Another assignment's name may begin with this one's: the time has 22 characters.
    paths = [
        path
        for path in folder.glob(f"{job.assignment}-*.json")
        if len(path.name) == len(job.assignment) + len("-20260101-000000-000000.json")
    ]
    if not paths:
        raise UsageError(f"there is no regrade of {job.assignment} in {folder} to undo")
    return max(paths)


def _put_back(clerk: Clerk, entry: Entry | None, student: str, key: list[Any]) -> None:
    """Enter what a student had before; `_Left` where that is not to be, or fails."""
    now = clerk.journal.record(clerk.job.assignment, student)
    if now is not None and now.entered and list(now.key.values) == key:
        raise _Left("it has those marks")  # the regrade was stopped before it came to this one
    before = clerk.journal.previous(clerk.job.assignment, student)
    # An undo that was stopped has the old key in the newest record, not entered.
    known = [one for one in (now, before) if one is not None and list(one.key.values) == key]
    if not known:
        raise _Left("graded again since then")
    record = known[0]
    outcome = clerk.journal.outcome(record.key)
    if outcome is None:
        raise _Left("what was graded before is no longer known")
    if entry is None or entry.reason:
        raise _Left("not among the submissions now")
    try:
        submission = read_submission(entry.folder, student, clerk.manifest)
    except Refused as refusal:
        raise _Left(str(refusal)) from refusal
    if work_hash(submission) != record.key.work:
        raise _Left("other work was handed in since then")
    row = clerk.enter(Done(entry, submission, outcome, key=record.key))
    if row.record is None:  # a row with a record has its marks, whatever its status
        raise _Left(row.note, again=True)
