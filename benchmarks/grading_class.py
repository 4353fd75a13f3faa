"""A made-up class of any size with marks known beforehand, and what a grading of it has left."""

import csv
import hashlib
import itertools
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.sample_class import answers
from tests.sample_class.notebooks import ASSIGNMENT, answered, raw, write

ROOT = Path(__file__).resolve().parents[1]
RIGHT = answers.FILTERS
# For each function the answers that students might write, with the points that they earn by hand.
CHOICES = {
    "window_sum": [(RIGHT["window_sum"], 4), (answers.LEAVES_A_MARK, 3), (None, 0)],
    "correlate2d": [
        (RIGHT["correlate2d"], 4),
        (answers.TURNED, 0),
        (answers.WARNS, 4),
        (answers.SQUARE_ONLY, 1),
        (None, 0),
    ],
    "correlate2d_strided": [(RIGHT["correlate2d_strided"], 4), (None, 0)],
    "convolve2d": [(RIGHT["convolve2d"], 4), (answers.LEAVES_THE_IMAGE, 0), (None, 0)],
}
KINDS = list(itertools.product(*CHOICES.values()))
ANSWER = "They differ by a turned kernel, says number {number}."

Points = dict[str, dict[str, float]]


def make(folder: Path, students: int) -> Points:
    """Write the class into ``folder``, no two alike; the points that it must get, item by item."""
    expected = {}
    for number in range(students):
        kind = dict(zip(CHOICES, KINDS[number * 7 % len(KINDS)], strict=True))
        texts = {name: text for name, (text, _) in kind.items() if text is not None}
        notebook = answered({**texts, "two_names": ANSWER.format(number=number)})
        student = f"s{number:05}"
        write(folder / student / ASSIGNMENT, {f"{ASSIGNMENT}.ipynb": raw(notebook)})
        expected[student] = {f"{name}-check": float(points) for name, (_, points) in kind.items()}
    return expected


def start(submitted: Path, output: Path, *more: str) -> subprocess.Popen[str]:
    """``cnnlab grade`` on this class, as the leader of a session of its own."""
    words = ["--submitted", str(submitted), "--output", str(output), "--course", str(ROOT), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "cnnlab", "grade", ASSIGNMENT, *words],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wrong_marks(output: Path, expected: Points) -> list[str]:
    """The students whose points in the CSV file are not the ones expected."""
    with (output / f"{ASSIGNMENT}.csv").open(newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    return [
        student
        for student, points in expected.items()
        if {name: float(rows.get(student, {}).get(name) or -1) for name in points} != points
    ]


QUERY = """
SELECT student.id, assignment.name, notebook.name, base_cell.name, base_cell.type, {columns}
FROM {table}
JOIN base_cell ON base_cell.id = {table}.cell_id
JOIN submitted_notebook ON submitted_notebook.id = {table}.notebook_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
JOIN student ON student.id = submitted_assignment.student_id
ORDER BY 1, 2, 3, 4, 5
"""
COLUMNS = {
    "grade": "auto_score, manual_score, extra_credit, needs_manual_grade, late_submission_penalty",
    "comment": "auto_comment, manual_comment",
}


def state(output: Path) -> dict[str, str]:
    """A digest of everything that a grading leaves: the gradebook's rows, copies, pages, CSV.

    The gradebook is read with SQL, past all code of ours and of nbgrader.
    """
    found = {"csv": _digest((output / f"{ASSIGNMENT}.csv").read_bytes())}
    with closing(sqlite3.connect(output / "gradebook.db")) as db:
        for table, columns in COLUMNS.items():
            rows = db.execute(QUERY.format(table=table, columns=columns)).fetchall()
            found[table] = f"{len(rows)} rows {_digest(repr(rows).encode())}"
        for name in ("student", "submitted_assignment", "submitted_notebook"):
            found[name] = str(db.execute(f"SELECT count(*) FROM {name}").fetchone())
    for folder in ("autograded", "feedback"):
        files = sorted(path for path in (output / folder).rglob("*") if path.is_file())
        names = [path.relative_to(output).as_posix() for path in files]
        found[folder] = _digest(
            repr(list(zip(names, [_digest(p.read_bytes()) for p in files], strict=True))).encode()
        )
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Which parts of two states are not the same."""
    return [name for name in one if one[name] != other.get(name)]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def workers_of(pid: int) -> list[int]:
    """The worker processes of a grader."""
    return [child for child in children(pid) if b"spawn_main" in _command(child)]


def children(pid: int) -> Iterator[int]:
    """The processes that this one has started, as far as they live."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, path.read_text().split())
        except OSError:
            continue


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
