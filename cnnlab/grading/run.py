"""Grade a class: many executions side by side, one writer, one line for each student.

Nothing here loads nbgrader before worker processes that are needed have been started: both take a
second.
"""

import gc
import signal
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnlab.files import drop_parts, write_text
from cnnlab.grading.intake import Refused, folder_hash, read_submission
from cnnlab.grading.job import Done, Job, Say, Watch, our_fault
from cnnlab.grading.journal import Journal
from cnnlab.grading.layout import Entry, find_class
from cnnlab.grading.model import ExecutionProblem, Executor, Manifest, Outcome, Submission
from cnnlab.grading.output import opened
from cnnlab.grading.pool import GraderFault, LocalPool, MakePool, Pool
from cnnlab.grading.preflight import checked
from cnnlab.grading.record import Key, version_with, work_hash

if TYPE_CHECKING:
    from cnnlab.grading.clerk import Clerk
    from cnnlab.grading.report import Row


@dataclass(frozen=True)
class Graded:
    """What a run has left behind."""

    rows: "list[Row]"
    csv: Path
    manifest: Manifest


def grade_class(
    job: Job,
    executor: Executor,
    watch: Watch | None = None,
    pool: MakePool = LocalPool,
    say: Say | None = None,
) -> Graded:
    """Grade every submission of the class; a bad one gets its reason and stops nobody else.

    ``watch(done, total)`` is called at the start and after each student, ``say`` with a line that
    the teacher should read at once. ``pool(executor, job.workers)`` is where executions run.
    Whatever was graded when the run is interrupted is kept, and the next run goes on from there.
    """
    with session(job, executor, pool, say) as now:
        from cnnlab.grading.report import write_csv

        rows = now.grade(watch or (lambda done, total: None))
        path = job.output / f"{job.assignment}.csv"
        drop_parts(job.output)
        write_text(path, write_csv(rows, now.manifest, executor.level))
    return Graded(rows, path, now.manifest)


@contextmanager
def session(
    job: Job, executor: Executor, pool: MakePool = LocalPool, say: Say | None = None
) -> "Iterator[Session]":
    """Everything that grading needs, ready and checked; the output folder is held meanwhile."""
    say = say or (lambda line: None)
    entries = find_class(job.submitted, job.source)
    with ExitStack() as stack:
        stack.enter_context(_terminable())
        stack.enter_context(
            opened(
                job.output,
                job.submitted,
                job.source,
                say if job.wait else None,
                job.gradebook,
            )
        )
        journal = stack.enter_context(closing(Journal(job.output)))
        if journal.trouble:
            say(f"{journal.trouble}, and everything is graded again")
        workers = stack.enter_context(_ended(pool(executor, job.workers)))
        workers.start(_to_run(job, entries, journal, executor.level))
        from cnnlab.grading.clerk import Clerk
        from cnnlab.grading.gradebook import Book

        book = stack.enter_context(closing(Book(job.output, job.gradebook)))
        manifest, solution = book.register(job.assignment, job.source)
        key = Key("", manifest.sha256, version_with(job.limits), executor.level)
        manifest = checked(journal, key, workers, manifest, solution, job.limits)
        clerk = Clerk(job, book, journal, manifest)
        gc.freeze()  # modules stay: no collection need look at them
        yield Session(job, entries, key, manifest, workers, journal, clerk)


def _to_run(job: Job, entries: list[Entry], journal: Journal, level: str) -> int:
    """Of how many students nothing is known; new work of the others shows when it is read."""
    try:
        key = Key("", folder_hash(job.source), version_with(job.limits), level)
    except Refused:
        return 0  # the gradebook refuses it as well, with its reason
    names = {entry.student for entry in entries if job.wants(entry) and not entry.reason}
    if job.force:
        return len(names)
    return len(
        names - journal.students(job.assignment, key) - journal.refusals(job.assignment).keys()
    )


@dataclass
class Session:
    """One run over a class. ``key`` is that of every work, the work itself left out."""

    job: Job
    entries: list[Entry]
    key: Key
    manifest: Manifest
    pool: Pool
    journal: Journal
    clerk: "Clerk"

    def grade(self, watch: Watch) -> "list[Row]":
        """Grade all, write all; the rows in the order of the students' names."""
        total = sum(map(self.job.wants, self.entries))
        watch(0, total)
        rows: list[Row] = []
        for done in self.executed():
            rows.append(self.clerk.enter(done).brief)
            watch(len(rows), total)
        others = [entry for entry in self.entries if not self.job.wants(entry)]
        rows += [self.clerk.as_before(entry) for entry in others]
        rows += self.clerk.others({row.student for row in rows})
        self.clerk.finish()
        return sorted(rows, key=lambda row: row.student)

    def executed(self) -> Generator[Done]:
        """Each student's work as it is done. Few wait at any time, however large the class is.

        Nothing is written here. What the journal knows already is not executed again.
        """
        todo = filter(self.job.wants, self.entries)
        running: dict[Key, tuple[Future[Outcome], list[Done]]] = {}
        fresh: set[Key] = set()
        while True:
            while sum(len(works) for _, works in running.values()) < self.pool.slots:
                if (entry := next(todo, None)) is None:
                    break
                done = self._read(entry)
                if done.submission is None:
                    yield done
                    continue
                key = self.key_of(done.submission)
                if key in running:
                    running[key][1].append(done)
                elif (known := self._known(done, key, key in fresh)) is not None:
                    yield known
                else:
                    running[key] = self._submit(done.submission), [done]
            if not running:
                return
            self.clerk.prepare()
            wait([future for future, _ in running.values()], return_when=FIRST_COMPLETED)
            for key in [key for key, (future, _) in running.items() if future.done()]:
                future, works = running.pop(key)
                fresh.add(key)
                for done in works:
                    yield _with_outcome(done, future)

    def key_of(self, submission: Submission) -> Key:
        return replace(self.key, work=work_hash(submission))

    def _read(self, entry: Entry) -> Done:
        """One student's work as it was handed in, or why it cannot be read."""
        if entry.reason:
            return Done(entry, reason=entry.reason)
        try:
            return Done(entry, read_submission(entry.folder, entry.student, self.manifest))
        except Refused as refusal:
            return Done(entry, reason=str(refusal))
        except Exception as error:
            return Done(entry, reason=our_fault(error))

    def _known(self, done: Done, key: Key, fresh: bool) -> Done | None:
        """What need not be executed, because it was: in this run, or in an earlier one."""
        assert done.submission is not None
        if self.job.force and not fresh:
            return None
        if not self.job.force and self.clerk.up_to_date(done.submission, key):
            return done
        outcome = self.journal.outcome(key)
        return replace(done, outcome=outcome) if outcome is not None else None

    def _submit(self, submission: Submission) -> Future[Outcome]:
        # Only what belongs to the work may show in its outcome: others may have handed in the same.
        bare = replace(submission, notes=(), flags=())
        return self.pool.submit(bare, self.manifest, self.job.limits)


def _with_outcome(done: Done, future: Future[Outcome]) -> Done:
    try:
        return replace(done, outcome=future.result())
    except ExecutionProblem as error:
        reason = f"infrastructure: this machine failed again and again: {error}; grade again"
    except GraderFault as fault:
        reason = our_fault(str(fault))
    except Exception as error:
        reason = our_fault(error)
    return Done(done.entry, reason=reason)


@contextmanager
def _ended(pool: Pool) -> Iterator[Pool]:
    """Let the pool end by itself after the last submission, and at once on an error or Ctrl-C."""
    try:
        yield pool
    except BaseException:
        pool.stop()
        raise
    pool.close()


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM do what Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
