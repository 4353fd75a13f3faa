"""Grade again after a test was mended: first what would change, then, if wanted, the change.

The class is executed against a gradebook that is thrown away. Only when the differences have been
accepted does anything reach the real one; what was executed waits in the journal until then. What
was replaced is kept there, and `undo` puts it back.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from cnnlab.errors import UsageError
from cnnlab.files import write_text
from cnnlab.grading.clerk import Clerk
from cnnlab.grading.gradebook import Book
from cnnlab.grading.job import Done, Job, Say, Watch
from cnnlab.grading.journal import Journal
from cnnlab.grading.model import Executor, Item, Manifest
from cnnlab.grading.pool import LocalPool, MakePool
from cnnlab.grading.readings import all_marks
from cnnlab.grading.report import Row, write_csv
from cnnlab.grading.run import Graded, Session, session

FOLDER = "regrades"


@dataclass(frozen=True)
class Change:
    """One item of one student. None stands for points that a person has to give.

    ``by_hand`` are the points that a person has given; they stay.
    """

    student: str
    item: str
    before: float | None
    now: float | None
    by_hand: float | None = None

    @property
    def counts(self) -> float:
        """By how much the student's points change."""
        return 0.0 if self.by_hand is not None else (self.now or 0.0) - (self.before or 0.0)


@dataclass
class Comparison:
    """What grading again would change. ``same`` counts students, ``failed`` has reasons."""

    changes: list[Change] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    same: int = 0
    failed: dict[str, str] = field(default_factory=dict)

    def students(self, sign: int) -> list[str]:
        """Whose points go up (1), down (-1), or stay although an item changes (0)."""
        sums: dict[str, float] = {}
        for change in self.changes:
            sums[change.student] = sums.get(change.student, 0.0) + change.counts
        return [who for who, by in sums.items() if (by > 1e-9) - (by < -1e-9) == sign]


Decide = Callable[[Comparison], bool]


def regrade(
    job: Job,
    executor: Executor,
    items: Sequence[str],
    decide: Decide,
    watch: Watch,
    pool: MakePool = LocalPool,
    say: Say | None = None,
) -> Graded | None:
    """Grade again; None where ``decide`` was shown the differences and said no.

    Of ``items`` alone the points change, if there are any; what else a student has stays. Items of
    a student who had no points yet are all entered.

    Raises
    ------
    UsageError
        When a student or an item is not known; the nearest are named.
    """
    with tempfile.TemporaryDirectory(prefix="cnnlab-") as folder:
        draft = replace(job, gradebook=f"sqlite:///{folder}/gradebook.db")
        with session(draft, executor, pool, say) as now:
            _must_be_known("student", job.only or (), [entry.student for entry in now.entries])
            names = [cell.grade_id for cell in now.manifest.graded]
            _must_be_known("item", items, names)
            with closing(Book(job.output, job.gradebook)) as book:
                comparison = _compared(now, book, frozenset(items), watch)
                if not decide(comparison):
                    return None
                return _entered(now, job, book, frozenset(items), comparison)


def _must_be_known(what: str, wanted: Sequence[str] | frozenset[str], known: list[str]) -> None:
    for name in sorted(wanted):
        if name not in known:
            near = ", ".join(get_close_matches(name, known, 3, 0.5) or known[:10])
            raise UsageError(f"there is no {what} {name!r}; is it one of these? {near}")


def _compared(now: Session, book: Book, items: frozenset[str], watch: Watch) -> Comparison:
    """Execute what is to be graded again, and compare; no mark is touched."""
    marks = all_marks(book, now.job.assignment)
    total = len(now.job.only or now.entries)
    found = Comparison()
    watch(0, total)
    for count, done in enumerate(now.executed(), 1):
        student = done.entry.student
        if done.submission is None:
            if done.entry.submitted:
                found.failed[student] = done.reason
        elif done.outcome is not None:
            now.journal.keep(now.key_of(done.submission), done.outcome)
            before = _items(now.journal, now.job.assignment, student)
            if student not in marks or not before:
                found.new.append(student)
            else:
                chosen = [
                    item for item in done.outcome.items if not items or item.grade_id in items
                ]
                changes = _changes(student, before, chosen, marks[student].by_item)
                found.changes += changes
                found.same += not changes
        watch(count, total)
    found.changes.sort(key=lambda change: (change.student, change.item))
    return found


def _items(journal: Journal, assignment: str, student: str) -> dict[str, dict[str, Any]]:
    """The results that the student's marks come from."""
    record = journal.record(assignment, student)
    return {item["grade_id"]: item for item in record.items} if record else {}


def _changes(
    student: str,
    before: Mapping[str, Mapping[str, Any]],
    items: Sequence[Item],
    marks: Mapping[str, float | None],
) -> list[Change]:
    """The items that do not have the points they had."""
    found = []
    for item in items:
        old = before[item.grade_id]["points"] if item.grade_id in before else None
        if old != item.points:
            given = marks.get(item.grade_id)
            by_hand = given if given != old else None
            found.append(Change(student, item.grade_id, old, item.points, by_hand))
    return found


def _entered(
    now: Session, job: Job, book: Book, items: frozenset[str], comparison: Comparison
) -> Graded:
    """Write what was accepted, and how it was before. Nothing is executed again."""
    book.register(job.assignment, job.source)
    clerk = _ItemsClerk(job, book, now.journal, now.manifest, items)
    before = {record.student: record.key.values for record in now.journal.records(job.assignment)}
    changed = {change.student for change in comparison.changes}
    _keep(job, comparison, {who: before[who] for who in sorted(changed)})
    rows = replace(now, job=job, clerk=clerk).grade(lambda done, total: None)
    return _with_table(job, rows, now.manifest, now.key.level)


def _with_table(job: Job, rows: list[Row], manifest: Manifest, level: str) -> Graded:
    path = job.output / f"{job.assignment}.csv"
    write_text(path, write_csv(rows, manifest, level))
    return Graded(rows, path, manifest)


class _ItemsClerk(Clerk):
    """Enters only some items of what is done; the others keep what they had."""

    def __init__(
        self, job: Job, book: Book, journal: Journal, manifest: Manifest, items: frozenset[str]
    ) -> None:
        super().__init__(job, book, journal, manifest)
        self.items = items

    def enter(self, done: Done) -> Row:
        student = done.entry.student
        record = self.journal.record(self.job.assignment, student)
        if done.outcome is None or not self.items or record is None or not record.items:
            return super().enter(done)
        before = {item["grade_id"]: item for item in record.items}
        merged = tuple(
            _as_item(before[item.grade_id])
            if item.grade_id in before and item.grade_id not in self.items
            else item
            for item in done.outcome.items
        )
        # Marks of two versions of the assignment: under a name of their own, so that nothing takes
        # them for the marks of either.
        whole = self.manifest
        both = "\0".join((whole.sha256, record.manifest, *sorted(self.items)))
        self.manifest = replace(whole, sha256=hashlib.sha256(both.encode()).hexdigest())
        try:
            return super().enter(replace(done, outcome=replace(done.outcome, items=merged)))
        finally:
            self.manifest = whole


def _as_item(values: Mapping[str, Any]) -> Item:
    says = tuple((label, words) for label, words in values.get("says", ()))
    return Item(**{**values, "says": says})


def _keep(job: Job, comparison: Comparison, before: Mapping[str, Sequence[str]]) -> None:
    """A file of what changes, for people, and for `undo`."""
    at = datetime.now(UTC)
    kept = {
        "assignment": job.assignment,
        "at": at.isoformat(timespec="seconds"),
        "before": before,
        "changes": [asdict(change) for change in comparison.changes],
    }
    path = job.output / FOLDER / f"{job.assignment}-{at:%Y%m%d-%H%M%S-%f}.json"
    write_text(path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
