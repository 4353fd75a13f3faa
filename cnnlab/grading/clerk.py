"""The single writer: journal, gradebook, copies, pages. Lives in one thread."""

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cnnlab.errors import CnnlabError, EnvironmentProblem
from cnnlab.files import drop_parts, write_text
from cnnlab.grading.entries import Marks
from cnnlab.grading.feedback import Pages
from cnnlab.grading.gradebook import Book
from cnnlab.grading.intake import Refused, one_line
from cnnlab.grading.job import Done, Job, our_fault
from cnnlab.grading.journal import Journal
from cnnlab.grading.layout import Entry
from cnnlab.grading.model import Manifest, Outcome, Submission
from cnnlab.grading.record import Key, Record, Refusal, version_with, work_hash
from cnnlab.grading.report import Row, row_of

STAMP = ".cnnlab"


class Clerk:
    """Enters what is done. Everything here may be interrupted anywhere and done again."""

    def __init__(self, job: Job, book: Book, journal: Journal, manifest: Manifest) -> None:
        self.job, self.book, self.journal, self.manifest = job, book, journal, manifest
        self.graded = book.students(job.assignment)
        self.refusals: dict[str, Refusal] = {}

    @cached_property
    def pages(self) -> Pages:
        """Made when the first page is written: its templates are slow to load."""
        return Pages(self.book)

    def prepare(self) -> None:
        """Do what the first page needs, while others execute what it will tell of."""
        self.pages  # noqa: B018

    def up_to_date(self, submission: Submission, key: Key) -> bool:
        """Is exactly this work in the gradebook, graded by this version at this level?"""
        student = submission.student
        record = self.journal.record(self.job.assignment, student)
        return (
            record is not None
            and record.entered
            and (record.key, record.submission) == (key, submission.sha256)
            and student in self.graded
            and self._copy(student).is_file()
            and self._stamp(student) == key
        )

    def enter(self, done: Done) -> Row:
        """Write what is known of one student, and say it in a row."""
        student = done.entry.student
        try:
            if done.submission is None:
                return self._refuse(done)
            if done.outcome is None:
                return self._report(student)
            return self._save(done.submission, done.outcome, done.key)
        except Refused as refusal:
            return self._refuse(replace(done, reason=str(refusal)))
        except CnnlabError:
            raise
        except OSError as error:
            raise EnvironmentProblem(
                f"cannot write to {self.job.output} ({error.strerror}); "
                f"make room or pass another --output, then run the same command"
            ) from error
        except Exception as error:
            reason = our_fault(error)
            self.refusals[student] = Refusal(reason, True)
            return row_of(student, None, reason)

    def others(self, seen: set[str]) -> list[Row]:
        """Rows of students who were graded before and are not among the submissions now."""
        return [
            self._report(student, "not among the submissions now")
            for student in sorted(self.graded - seen)
        ]

    def as_before(self, entry: Entry) -> Row:
        """The row of a student who is not to be graded now."""
        if entry.student in self.graded:
            return self._report(entry.student)
        known = self.journal.refusals(self.job.assignment).get(entry.student)
        refusal = known or Refusal(entry.reason or "not graded yet", entry.submitted)
        self.refusals[entry.student] = refusal
        return row_of(entry.student, None, refusal.reason, submitted=refusal.submitted)

    def finish(self) -> None:
        """Leave the journal tidy after a complete run."""
        self.journal.set_refusals(self.job.assignment, self.refusals)
        self.journal.forget_unused()

    def _copy(self, student: str) -> Path:
        folder = self.book.folder("autograded", student, self.manifest.assignment)
        return folder / f"{self.manifest.notebook}.ipynb"

    def _refuse(self, done: Done) -> Row:
        student, reason = done.entry.student, one_line(done.reason)
        self.refusals[student] = Refusal(reason, done.entry.submitted)
        if student in self.graded:
            marks = self.book.marks(self.manifest, student)
            return row_of(
                student, marks, f"{reason} (the marks of an earlier version stand)", trouble=True
            )
        if done.entry.submitted and done.entry.named:
            self.book.enter_student(student)
        return row_of(student, None, reason, submitted=done.entry.submitted)

    def _save(self, submission: Submission, outcome: Outcome, key: Key | None) -> Row:
        """Journal, gradebook, stamp, page, journal: in this order nothing is lost or doubled."""
        student = submission.student
        key = key or self._key(submission, outcome)
        changed = self._changed(submission, key)
        record = Record(
            *(self.job.assignment, student, key, submission.sha256),
            *(submission.notes, submission.flags, datetime.now(UTC).isoformat(timespec="seconds")),
        )
        self.journal.write_ahead(record, outcome)
        for step in ("autograded", "feedback"):
            drop_parts(self.book.folder(step, student, self.manifest.assignment))
        marks = self.book.save(submission, self.manifest, outcome, changed)
        self.graded.add(student)
        write_text(self._copy(student).with_name(STAMP), json.dumps(key.values) + "\n")
        return self._show(replace(self._record(student), entered=True), marks)

    def _key(self, submission: Submission, outcome: Outcome) -> Key:
        """What is graded now, with these limits."""
        version = version_with(self.job.limits)
        return Key(work_hash(submission), self.manifest.sha256, version, outcome.level)

    def _changed(self, submission: Submission, key: Key) -> bool:
        """Is this another work than the one that marks by hand in the gradebook were given for?"""
        student = submission.student
        if (stamp := self._stamp(student)) is not None:
            return stamp.work != key.work
        record, old = self.journal.record(self.job.assignment, student), self._old_record(student)
        ours = old or (record is not None and not record.entered) or self.job.force
        if self._copy(student).exists() and not ours:
            raise Refused(
                f"autograded/{student} was made by another program; "
                f"--force replaces it, marks given by hand stay"
            )
        return old != submission.sha256

    def _stamp(self, student: str) -> Key | None:
        """Which grading the autograded copy comes from; None where it is not ours."""
        with suppress(OSError, ValueError, TypeError):
            return Key(*json.loads(self._copy(student).with_name(STAMP).read_text("utf-8")))
        return None

    def _old_record(self, student: str) -> str:
        """The submission's hash in a record of the form that came before the journal."""
        path = self.job.output / "records" / self.job.assignment / f"{student}.json"
        with suppress(OSError, ValueError, TypeError, KeyError):
            return str(json.loads(path.read_text("utf-8"))["submission"])
        return ""

    def _report(self, student: str, note: str = "") -> Row:
        """The student's row; the feedback page is made anew when the gradebook has changed."""
        marks = self.book.marks(self.manifest, student)
        record = self.journal.record(self.job.assignment, student)
        if record is None or (record.page == _print_of(marks) and self._has_page(student)):
            return row_of(student, marks, note, record=record)
        return self._show(record, marks, note)

    def _record(self, student: str) -> Record:
        record = self.journal.record(self.job.assignment, student)
        assert record is not None
        return record

    def _has_page(self, student: str) -> bool:
        folder = self.book.folder("feedback", student, self.manifest.assignment)
        return (folder / f"{self.manifest.notebook}.html").is_file()

    def _show(self, record: Record, marks: Marks, note: str = "") -> Row:
        """The feedback page, and then the row."""
        student, page, trouble = record.student, _print_of(marks), False
        try:
            self.pages.write(student, self.manifest, marks, record.items)
        except (CnnlabError, OSError):
            raise
        except Exception as error:
            page, trouble = "", True
            note = f"no feedback page: {our_fault(error)}"
        record = replace(record, page=page)
        self.journal.enter(record)
        return row_of(student, marks, note, record=record, trouble=trouble)


def _print_of(marks: Marks) -> str:
    return hashlib.sha256(marks.digest.encode()).hexdigest()[:32]
