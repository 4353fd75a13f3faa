"""Grade a class: many executions side by side, one writer, one line for each student."""

import json
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cnnlab import __version__
from cnnlab.errors import CnnlabError, EnvironmentProblem
from cnnlab.files import write_text
from cnnlab.grading.feedback import Pages
from cnnlab.grading.gradebook import Book, Marks
from cnnlab.grading.intake import Refused, one_line, read_submission
from cnnlab.grading.layout import Entry, find_class
from cnnlab.grading.manifest import as_submission, calibrate
from cnnlab.grading.model import ExecutionProblem, Executor, Limits, Manifest, Outcome, Submission
from cnnlab.grading.output import opened
from cnnlab.grading.records import Record, Records
from cnnlab.grading.report import Row, row_of, write_csv


@dataclass(frozen=True)
class Job:
    """What to grade, into which folder, and how."""

    assignment: str
    submitted: Path
    source: Path
    output: Path
    limits: Limits = field(default_factory=Limits)
    workers: int = 1
    force: bool = False


@dataclass(frozen=True)
class Graded:
    """What a run has left behind."""

    rows: list[Row]
    csv: Path
    manifest: Manifest


@dataclass(frozen=True)
class Done:
    """One student's work after intake and execution.

    Without ``submission`` the ``reason`` says why; without ``outcome`` nothing had changed.
    """

    entry: Entry
    submission: Submission | None = None
    outcome: Outcome | None = None
    reason: str = ""


Watch = Callable[[int, int], None]


def grade_class(job: Job, executor: Executor, watch: Watch | None = None) -> Graded:
    """Grade every submission of the class; a bad one gets its reason and stops nobody else.

    ``watch(done, total)`` is called at the start and after each student. Whatever was graded when
    the run is interrupted is kept, and the next run goes on from there.
    """
    entries = find_class(job.submitted, job.source)
    with opened(job.output, job.submitted, job.source), closing(Book(job.output)) as book:
        manifest, solution = book.register(job.assignment, job.source)
        manifest = _calibrated(job, manifest, solution, executor)
        clerk = Clerk(job, book, manifest)
        rows: list[Row] = []
        tell = watch or (lambda done, total: None)
        tell(0, len(entries))
        with closing(_executed(entries, job, manifest, executor, clerk.up_to_date)) as work:
            for done in work:
                rows.append(clerk.enter(done))
                tell(len(rows), len(entries))
        rows += clerk.others({row.student for row in rows})
        rows.sort(key=lambda row: row.student)
        path = job.output / f"{job.assignment}.csv"
        write_text(path, write_csv(rows, manifest, executor.level))
    return Graded(rows, path, manifest)


def _calibrated(
    job: Job, manifest: Manifest, solution: dict[str, Any], executor: Executor
) -> Manifest:
    """The manifest after a run of the teacher's solution, remembered until either changes."""
    path = job.output / "records" / f"{job.assignment}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(path.read_text("utf-8"))
        if (known["manifest"], known["version"]) == (manifest.sha256, __version__):
            cells = (replace(c, partial=c.grade_id in known["partial"]) for c in manifest.cells)
            return replace(manifest, cells=tuple(cells))
    try:
        outcome = executor.execute(as_submission(solution, manifest), manifest, job.limits)
    except ExecutionProblem as error:
        raise EnvironmentProblem(f"the teacher's own solution could not be run: {error}") from error
    manifest = calibrate(manifest, outcome)
    partial = [cell.grade_id for cell in manifest.cells if cell.partial]
    known = {"manifest": manifest.sha256, "version": __version__, "partial": partial}
    write_text(path, json.dumps(known, indent=1) + "\n")
    return manifest


def _executed(
    entries: list[Entry],
    job: Job,
    manifest: Manifest,
    executor: Executor,
    up_to_date: Callable[[Submission], bool],
) -> Generator[Done]:
    """Each student's work as it is done; only a few wait to be entered at any time."""
    todo = iter(entries)
    pool = ThreadPoolExecutor(job.workers, thread_name_prefix="grade")
    running: set[Future[Done]] = set()
    try:
        while True:
            while len(running) < 2 * job.workers and (entry := next(todo, None)) is not None:
                running.add(pool.submit(_one, entry, job, manifest, executor, up_to_date))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if running:
            executor.stop()
        pool.shutdown(wait=True)


def _one(
    entry: Entry,
    job: Job,
    manifest: Manifest,
    executor: Executor,
    up_to_date: Callable[[Submission], bool],
) -> Done:
    """Read and run one submission. Runs in a thread; touches no database."""
    if entry.reason:
        return Done(entry, reason=entry.reason)
    try:
        submission = read_submission(entry.folder, entry.student, manifest)
        if not job.force and up_to_date(submission):
            return Done(entry, submission)
        return Done(entry, submission, _execute(executor, submission, manifest, job.limits))
    except Refused as refusal:
        return Done(entry, reason=str(refusal))
    except ExecutionProblem as error:
        return Done(
            entry, reason=f"infrastructure: this machine failed twice: {error}; grade again"
        )
    except Exception as error:
        return Done(entry, reason=_our_fault(error))


def _execute(
    executor: Executor, submission: Submission, manifest: Manifest, limits: Limits
) -> Outcome:
    """Run it; a fault of this machine's own gets one more chance."""
    try:
        return executor.execute(submission, manifest, limits)
    except ExecutionProblem:
        return executor.execute(submission, manifest, limits)


def _our_fault(error: Exception) -> str:
    return f"the grader failed on it ({type(error).__name__}: {error}); please report this"


class Clerk:
    """The single writer: gradebook, copies, pages, records. Lives in one thread."""

    def __init__(self, job: Job, book: Book, manifest: Manifest) -> None:
        self.job, self.book, self.manifest = job, book, manifest
        self.records = Records(job.output, job.assignment)
        self.pages = Pages(book)
        self.graded = book.students(job.assignment)

    def up_to_date(self, submission: Submission) -> bool:
        """Was exactly this graded before, by this version? Safe in any thread."""
        record = self.records.read(submission.student)
        copy = self._copy(submission.student)
        key = (submission.sha256, self.manifest.sha256, __version__)
        return (
            record is not None
            and record.key == key
            and submission.student in self.graded
            and copy.is_file()
        )

    def enter(self, done: Done) -> Row:
        """Write what is known of one student, and say it in a row."""
        student = done.entry.student
        try:
            if done.submission is None:
                return self._refuse(done)
            if done.outcome is not None:
                self._save(done.submission, done.outcome)
            return self._report(student)
        except Refused as refusal:
            return self._refuse(replace(done, reason=str(refusal)))
        except CnnlabError:
            raise
        except OSError as error:
            raise EnvironmentProblem(
                f"cannot write to {self.job.output} ({error.strerror}); "
                f"make room or pass another --output"
            ) from error
        except Exception as error:
            return row_of(student, None, _our_fault(error))

    def others(self, seen: set[str]) -> list[Row]:
        """Rows of students who were graded before and are not among the submissions now."""
        return [
            self._report(student, "not among the submissions now")
            for student in sorted(self.graded - seen)
        ]

    def _copy(self, student: str) -> Path:
        folder = self.book.folder("autograded", student, self.manifest.assignment)
        return folder / f"{self.manifest.notebook}.ipynb"

    def _refuse(self, done: Done) -> Row:
        student, reason = done.entry.student, one_line(done.reason)
        if student in self.graded:
            marks = self.book.marks(self.manifest, student)
            return row_of(
                student, marks, f"{reason} (the marks of an earlier version stand)", trouble=True
            )
        if done.entry.submitted:
            self.book.enter_student(student)
        return row_of(student, None, reason, submitted=done.entry.submitted)

    def _save(self, submission: Submission, outcome: Outcome) -> None:
        student, old = submission.student, self.records.read(submission.student)
        if old is None and self._copy(student).exists() and not self.job.force:
            raise Refused(
                f"autograded/{student} was made by another program; "
                f"--force replaces it, marks given by hand stay"
            )
        record = Record(student, "", self.manifest.sha256, __version__, outcome.level)
        if old is None:
            self.records.write(record)
        changed = old is None or old.submission != submission.sha256
        self.book.save(submission, self.manifest, outcome, changed)
        self.graded.add(student)
        items = [asdict(item) for item in outcome.items]
        self.records.write(
            replace(record, submission=submission.sha256, notes=list(outcome.notes), items=items)
        )

    def _report(self, student: str, note: str = "") -> Row:
        """The student's row; the feedback page is made anew when the gradebook has changed."""
        marks = self.book.marks(self.manifest, student)
        record = self.records.read(student)
        if record is not None and record.page != _print_of(marks, record):
            try:
                self.pages.write(student, self.manifest)
            except (CnnlabError, OSError):
                raise
            except Exception as error:
                reason = f"no feedback page: {_our_fault(error)}"
                return row_of(student, marks, reason, record=record, trouble=True)
            record = replace(record, page=_print_of(marks, record))
            self.records.write(record)
        return row_of(student, marks, note, record=record)


def _print_of(marks: Marks, record: Record) -> str:
    return f"{record.submission[:16]} {marks.digest}"
