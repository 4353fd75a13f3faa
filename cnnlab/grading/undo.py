"""Put back what the last `regrade` replaced."""

import json
from contextlib import closing
from dataclasses import dataclass, field, replace
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


@dataclass
class Undone:
    """Whose marks are back, and whose are not, with the reason."""

    students: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def undo(job: Job, say: Say | None = None) -> Undone:
    """Enter the outcomes again that the last regrade replaced; nothing is executed.

    A student who was graded again since then, or handed in other work, is left as is.

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
    undone = Undone()
    with (
        opened(*(job.output, job.submitted, job.source, say if job.wait else None, job.gradebook)),
        closing(Journal(job.output)) as journal,
        closing(Book(job.output, job.gradebook)) as book,
    ):
        if journal.trouble:
            raise EnvironmentProblem(journal.trouble)
        manifest, _ = book.register(job.assignment, job.source)
        clerk = Clerk(job, book, journal, manifest)
        for student, key in kept["before"].items():
            reason = _put_back(clerk, entries.get(student), student, key)
            if reason:
                undone.left[student] = reason
            else:
                undone.students.append(student)
        path.rename(path.with_suffix(".undone.json"))
    results = read_results(job.output, job.assignment, job.gradebook)
    table = write_csv(results.rows, manifest, "")
    write_text(job.output / f"{job.assignment}.csv", table)
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


def _put_back(clerk: Clerk, entry: Entry | None, student: str, key: list[Any]) -> str:
    """Enter what a student had before; or why that cannot be done."""
    now = clerk.journal.record(clerk.job.assignment, student)
    if now is not None and list(now.key.values) == key:
        return "it has those marks"  # the regrade was stopped before it came to this one
    record = clerk.journal.previous(clerk.job.assignment, student)
    if record is None or list(record.key.values) != key:
        return "graded again since then"
    outcome = clerk.journal.outcome(record.key)
    if outcome is None:
        return "what was graded before is no longer known"
    if entry is None or entry.reason:
        return "not among the submissions now"
    whole = clerk.manifest
    try:
        submission = read_submission(entry.folder, student, whole)
        if work_hash(submission) != record.key.work:
            return "other work was handed in since then"
        clerk.manifest = replace(whole, sha256=record.manifest)
        row = clerk.enter(Done(entry, submission, outcome))
        if row.status in ("check", "not graded"):
            return row.note
    except Refused as refusal:
        return str(refusal)
    finally:
        clerk.manifest = whole
    return ""
