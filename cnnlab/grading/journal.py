"""What was executed and what of it is in the gradebook: a SQLite file in the output folder.

The journal is written before the gradebook, and marked after it. Whatever stops the grader in
between, the next run enters the same outcome again and executes nothing twice.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading.model import Outcome
from cnnlab.grading.record import Key, Record, Refusal, digest_of, from_row, packed, unpacked

FILE = "journal.db"
WAIT_SECONDS = 10.0
FORM = 1
STUDENT = """(
    assignment TEXT, student TEXT,
    work TEXT NOT NULL, manifest TEXT NOT NULL, version TEXT NOT NULL, level TEXT NOT NULL,
    submission TEXT NOT NULL, notes TEXT NOT NULL, flags TEXT NOT NULL,
    at TEXT NOT NULL, entered INTEGER NOT NULL, page TEXT NOT NULL,
    PRIMARY KEY (assignment, student)
);"""
TABLES = f"""
CREATE TABLE outcome (
    work TEXT, manifest TEXT, version TEXT, level TEXT,
    summary TEXT NOT NULL, body BLOB NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (work, manifest, version, level)
);
CREATE TABLE student {STUDENT}
CREATE TABLE previous {STUDENT}
CREATE TABLE refusal (
    assignment TEXT, student TEXT, reason TEXT NOT NULL, submitted INTEGER NOT NULL,
    PRIMARY KEY (assignment, student)
);
CREATE TABLE ready (
    manifest TEXT, version TEXT, level TEXT, partial TEXT NOT NULL,
    PRIMARY KEY (manifest, version, level)
);
PRAGMA user_version = {FORM};
"""
SAME = "work = ? AND manifest = ? AND version = ? AND level = ?"


class Journal:
    """The journal of one output folder. Belongs to one thread.

    ``trouble`` says in one line what was wrong with an earlier journal; it is empty if nothing was.

    Raises
    ------
    EnvironmentProblem
        When the file cannot be opened, read or written; here and in every method.
    """

    def __init__(self, output: Path) -> None:
        self.path = output / FILE
        self.trouble = ""
        try:
            self._db = self._opened()
        except (sqlite3.DatabaseError, ValueError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise self._problem(error) from error
            self._set_aside(error)
            with self._told():
                self._db = self._opened()

    def close(self) -> None:
        with self._told():
            self._db.close()

    def keep(self, key: Key, outcome: Outcome) -> None:
        """Keep an outcome that no student's record names yet."""
        with self._transaction():
            self._put_outcome(key, outcome)

    def write_ahead(self, record: Record, outcome: Outcome) -> None:
        """Keep what a student's work has shown, before any of it reaches the gradebook."""
        with self._transaction() as db:
            self._put_outcome(record.key, outcome)
            db.execute(
                "INSERT OR REPLACE INTO previous SELECT * FROM student "
                "WHERE assignment = ? AND student = ? AND entered",
                (record.assignment, record.student),
            )
            self._put(record)

    def enter(self, record: Record) -> None:
        """Keep what is now known of a student whose outcome is here already."""
        with self._transaction():
            self._put(record)

    def outcome(self, key: Key) -> Outcome | None:
        """What the execution of this work has shown; None where that is not known for certain."""
        with self._told():
            row = self._db.execute(
                f"SELECT summary, body, digest FROM outcome WHERE {SAME}", key.values
            ).fetchone()
        if row is None or row[2] != digest_of(key, *row[:2]):
            return None
        with suppress(ValueError, TypeError, KeyError):
            return unpacked(row[0], row[1], key.level)
        return None

    def record(self, assignment: str, student: str) -> Record | None:
        """What is known of one student's work."""
        return next(self._records("student", assignment, student), None)

    def previous(self, assignment: str, student: str) -> Record | None:
        """What was known of it before the last change."""
        return next(self._records("previous", assignment, student), None)

    def records(self, assignment: str) -> Iterator[Record]:
        """What is known of every student's work, in the order of their names."""
        return self._records("student", assignment)

    def students(self, assignment: str, key: Key) -> set[str]:
        """Of whom something was executed under this key, whichever work it was."""
        query = (
            "SELECT student FROM student "
            "WHERE assignment = ? AND manifest = ? AND version = ? AND level = ?"
        )
        with self._told():
            rows = self._db.execute(query, (assignment, *key.values[1:])).fetchall()
        return {student for (student,) in rows}

    def assignments(self) -> list[str]:
        """The assignments of which something is known, in the order of their names."""
        union = "SELECT assignment FROM student UNION SELECT assignment FROM refusal ORDER BY 1"
        with self._told():
            return [name for (name,) in self._db.execute(union)]

    def refusals(self, assignment: str) -> dict[str, Refusal]:
        """Whose work could not be graded in the last complete run, and why."""
        query = "SELECT student, reason, submitted FROM refusal WHERE assignment = ?"
        with self._told():
            rows = self._db.execute(query, (assignment,)).fetchall()
        return {student: Refusal(reason, bool(submitted)) for student, reason, submitted in rows}

    def set_refusals(self, assignment: str, refusals: dict[str, Refusal]) -> None:
        """Remember whose work could not be graded in this run."""
        rows = [(assignment, name, r.reason, r.submitted) for name, r in refusals.items()]
        with self._transaction() as db:
            db.execute("DELETE FROM refusal WHERE assignment = ?", (assignment,))
            db.executemany("INSERT INTO refusal VALUES (?, ?, ?, ?)", rows)

    def ready(self, key: Key) -> list[str] | None:
        """The tests that give points by number, if the assignment has passed its checks."""
        query = "SELECT partial FROM ready WHERE manifest = ? AND version = ? AND level = ?"
        with self._told():
            row = self._db.execute(query, key.values[1:]).fetchone()
        return json.loads(row[0]) if row else None

    def set_ready(self, key: Key, partial: list[str]) -> None:
        """Remember that an assignment has passed its checks."""
        row = (*key.values[1:], json.dumps(partial))
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO ready VALUES (?, ?, ?, ?)", row)

    def forget_unused(self) -> None:
        """Drop outcomes that no student's record names, neither the last nor the one before."""
        key = "work, manifest, version, level"
        named = f"SELECT {key} FROM student UNION ALL SELECT {key} FROM previous"
        with self._transaction() as db:
            db.execute(f"DELETE FROM outcome WHERE ({key}) NOT IN ({named})")

    def _records(self, table: str, assignment: str, student: str | None = None) -> Iterator[Record]:
        one = "" if student is None else "AND student = ?"
        query = (
            f"SELECT {table}.*, outcome.summary FROM {table} "
            f"LEFT JOIN outcome USING (work, manifest, version, level) "
            f"WHERE assignment = ? {one} ORDER BY student"
        )
        with self._told():
            names = (assignment,) if student is None else (assignment, student)
            for row in self._db.execute(query, names):
                yield from_row(row)

    def _put(self, record: Record) -> None:
        row = record.row()
        marks = ", ".join("?" * len(row))
        self._db.execute(f"INSERT OR REPLACE INTO student VALUES ({marks})", row)

    def _put_outcome(self, key: Key, outcome: Outcome) -> None:
        summary, body = packed(outcome)
        row = (*key.values, summary, body, digest_of(key, summary, body))
        self._db.execute("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it on the disk, or none."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    def _opened(self) -> sqlite3.Connection:
        """The database, looked through where its last writer did not close it."""
        if not self.path.exists():
            self._create()
        unclosed = self.path.with_name(f"{FILE}-wal").exists()
        db = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            self._must_be_whole(db, unclosed)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
        except BaseException:
            db.close()
            raise
        return db

    def _create(self) -> None:
        """An empty journal, whole from the first moment. An old log must not meet it."""
        self._drop_log()
        part = self.path.with_name(f".{FILE}.part")
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part)) as db:
            db.executescript(f"BEGIN;{TABLES}COMMIT;")
        os.replace(part, self.path)

    def _must_be_whole(self, db: sqlite3.Connection, unclosed: bool) -> None:
        """Raise ValueError where pages are missing or do not fit together."""

        def ask(pragma: str) -> Any:
            return db.execute(f"PRAGMA {pragma}").fetchone()[0]

        if not unclosed and self.path.stat().st_size < ask("page_count") * ask("page_size"):
            raise ValueError("its end is missing")
        if unclosed and (told := ask("quick_check(1)")) != "ok":
            raise ValueError(told)
        if (form := ask("user_version")) != FORM:
            raise ValueError(f"it has form {form}, not {FORM}")

    def _drop_log(self) -> None:
        for end in ("-wal", "-shm"):
            self.path.with_name(FILE + end).unlink(missing_ok=True)

    def _set_aside(self, error: Exception) -> None:
        """Keep a damaged journal under another name, and say so."""
        names = (self.path.with_name(f"{FILE}.damaged-{k}") for k in range(1, 10_000))
        other = next(name for name in names if not name.exists())
        self.path.rename(other)
        self._drop_log()
        self.trouble = f"the journal {self.path} was damaged ({error}); it is kept as {other.name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in one line what a failing database means."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._problem(error) from error

    def _problem(self, error: sqlite3.Error) -> EnvironmentProblem:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            what, remedy = "is in use", "Close the program that uses it"
        elif name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
            what, remedy = "cannot be written", "Make room, or pass another --output"
        else:
            what, remedy = "is damaged", "Move it away; everything is then graded again"
        return EnvironmentProblem(
            f"the journal {self.path} {what} ({error}). {remedy}, then run the same command"
        )
