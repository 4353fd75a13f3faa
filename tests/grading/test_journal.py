"""The journal keeps what it was given, or says what is lost; it never gives back anything else."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading import journal
from cnnlab.grading.journal import Journal
from cnnlab.grading.model import Item, Outcome, Ran, Step, Submission, SubmittedCell
from cnnlab.grading.record import Key, Record, Refusal, work_hash

KEY = Key("w", "m", "1", "A: sandbox")
SHOWN = {"output_type": "stream", "name": "stdout", "text": "ü\ud800" + "x" * 3000}
OUTCOME = Outcome(
    (Step("student", "code", "x = 1", "x = 1"), Step("test", "code", "t", "", "t")),
    (Ran("ok", (SHOWN,)), Ran("error", value=0.5, error="E", place="f, line 1")),
    (Item("t", 2.0, None, "unscored", "m", "f.turned", "turn it", (("a", "b"),)),),
    ("a note",),
    KEY.level,
    ("a flag",),
)


def record(student="ada", key=KEY, **fields):
    return Record("sums", student, key, "s" * 8, ("own note",), ("own flag",), **fields)


@pytest.fixture
def book(tmp_path):
    with closing(Journal(tmp_path)) as book:
        yield book


def reopened(folder):
    return closing(Journal(folder))


def test_what_was_written_comes_back_whole(book, tmp_path):
    book.write_ahead(record(at="2026-11-21T12:00:00+00:00"), OUTCOME)
    with reopened(tmp_path) as other:
        assert other.trouble == ""
        assert other.outcome(KEY) == OUTCOME
        back = other.record("sums", "ada")
    assert (back.key, back.entered, back.level) == (KEY, False, "A: sandbox")
    assert (back.notes, back.flags) == (["own note", "a note"], ["own flag", "a flag"])
    assert back.items[0]["hint"] == "turn it"
    assert back.row() == record(at="2026-11-21T12:00:00+00:00").row()


@pytest.mark.parametrize("part", ["work", "manifest", "version", "level"])
def test_every_part_of_the_key_counts(book, part):
    book.write_ahead(record(), OUTCOME)
    assert book.outcome(replace(KEY, **{part: "other"})) is None


def test_the_record_before_the_last_is_kept_once_it_was_entered(book):
    book.write_ahead(record(), OUTCOME)
    assert book.previous("sums", "ada") is None
    book.enter(record(entered=True, page="p"))
    second = replace(KEY, work="w2")
    book.write_ahead(record(key=second), replace(OUTCOME, items=()))
    assert book.previous("sums", "ada").key == KEY
    book.write_ahead(record(key=replace(KEY, work="w3")), OUTCOME)
    assert book.previous("sums", "ada").key == KEY  # the second never reached the gradebook
    book.forget_unused()
    assert book.outcome(KEY) == OUTCOME
    assert book.outcome(second) is None


def test_an_outcome_can_wait_without_a_student(book):
    book.keep(KEY, OUTCOME)
    assert book.outcome(KEY) == OUTCOME
    assert book.assignments() == []
    book.forget_unused()
    assert book.outcome(KEY) is None


def test_students_and_refusals_are_listed_by_assignment(book):
    for name in ("bob", "ada"):
        book.write_ahead(record(name), OUTCOME)
    book.set_refusals("sums", {"cleo": Refusal("broken", True)})
    book.set_refusals("sums", {"dan": Refusal("nothing", False)})
    book.set_refusals("more", {"eve": Refusal("broken", True)})
    assert [one.student for one in book.records("sums")] == ["ada", "bob"]
    assert list(book.records("more")) == []
    assert book.refusals("sums") == {"dan": Refusal("nothing", False)}
    assert book.assignments() == ["more", "sums"]


def test_passed_checks_are_remembered_by_manifest_version_and_level(book):
    book.set_ready(KEY, ["t"])
    assert book.ready(replace(KEY, work="any")) == ["t"]
    assert book.ready(replace(KEY, level="C")) is None


def test_a_changed_byte_of_an_outcome_is_seen(book, tmp_path):
    book.write_ahead(record(), OUTCOME)
    for column in ("summary", "body"):
        with closing(sqlite3.connect(tmp_path / journal.FILE)) as other, other:
            (old,) = other.execute(f"SELECT {column} FROM outcome").fetchone()
            half = old[: len(old) // 2]
            other.execute(f"UPDATE outcome SET {column} = ?", (half,))
            other.commit()
            assert book.outcome(KEY) is None
            other.execute(f"UPDATE outcome SET {column} = ?", (old,))
    assert book.outcome(KEY) == OUTCOME


WRITER = """
import os, sys
from pathlib import Path
from tests.grading.test_journal import Journal, OUTCOME, KEY, record, replace
book = Journal(Path(sys.argv[1]))
for k in range(30):
    key = replace(KEY, work=f"w{k}")
    book.write_ahead(record(f"s{k:02}", key), replace(OUTCOME, notes=(f"of {k}",)))
    if k == 15:
        book._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
if sys.argv[2] == "killed":
    os._exit(9)
book.close()
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The journal of thirty students: closed, and as a killed writer leaves it."""
    folders = {}
    for how in ("closed", "killed"):
        folders[how] = tmp_path_factory.mktemp(how)
        call = [sys.executable, "-c", WRITER, str(folders[how]), how]
        subprocess.run(call, cwd=Path(__file__).parents[2])
        names = {path.name for path in folders[how].iterdir()}
        assert (f"{journal.FILE}-wal" in names) == (how == "killed")
    return folders


def copied(folder, to):
    for path in folder.iterdir():
        if not path.name.endswith("-shm"):  # it lives in memory; no crash leaves it
            (to / path.name).write_bytes(path.read_bytes())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    ("how", "torn"), [("closed", ""), ("killed", "-wal"), ("killed", "")], ids=str
)
def test_a_journal_cut_off_anywhere_gives_back_nothing_wrong(written, tmp_path, how, torn, seed):
    copied(written[how], tmp_path)
    path = tmp_path / (journal.FILE + torn)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(random.Random(seed).randrange(size))
    with reopened(tmp_path) as book:
        found = {one.student: one for one in book.records("sums")}
        for k in range(len(found)):
            one = found[f"s{k:02}"]  # a torn log loses its end alone
            assert book.outcome(one.key).notes == (f"of {k}",)
        assert len(found) < 30 or (how == "killed" and not torn)  # the log may mend the rest
        book.write_ahead(record("new"), OUTCOME)
        told = book.trouble
    if told:
        assert "was damaged" in told
        assert told.endswith("it is kept as journal.db.damaged-1")
        assert (tmp_path / f"{journal.FILE}.damaged-1").exists()
        assert not found
    with reopened(tmp_path) as book:
        assert book.trouble == ""
        assert book.outcome(KEY) == OUTCOME


def test_a_killed_writer_loses_nothing_that_it_wrote(written, tmp_path):
    copied(written["killed"], tmp_path)
    with reopened(tmp_path) as book:
        assert book.trouble == ""
        assert len(list(book.records("sums"))) == 30


@pytest.mark.parametrize("content", [b"not a database, " * 100, b"", b"\0" * 5000])
def test_another_file_in_its_place_is_kept_under_another_name(tmp_path, content):
    (tmp_path / journal.FILE).write_bytes(content)
    with reopened(tmp_path) as book:
        assert "was damaged" in book.trouble
        book.write_ahead(record(), OUTCOME)
    assert (tmp_path / f"{journal.FILE}.damaged-1").read_bytes() == content


def test_the_log_of_a_deleted_journal_does_not_come_back(written, tmp_path):
    copied(written["killed"], tmp_path)
    (tmp_path / journal.FILE).unlink()
    with reopened(tmp_path) as book:
        assert (list(book.records("sums")), book.trouble) == ([], "")


def test_a_journal_of_a_later_version_is_not_misread(tmp_path):
    Journal(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / journal.FILE)) as other:
        other.execute("PRAGMA user_version = 99")
    with reopened(tmp_path) as book:
        assert "it has form 99, not 1" in book.trouble


def test_a_locked_journal_is_waited_for_and_then_named(book, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "WAIT_SECONDS", 0.2)
    with closing(sqlite3.connect(tmp_path / journal.FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(Journal(tmp_path)) as second,
            pytest.raises(EnvironmentProblem, match=r"journal.db is in use .*Close the program"),
        ):
            second.write_ahead(record(), OUTCOME)
        other.execute("ROLLBACK")
    book.write_ahead(record(), OUTCOME)


def test_a_full_disk_is_named_and_loses_no_earlier_work(book, tmp_path):
    book.write_ahead(record(), OUTCOME)
    (pages,) = book._db.execute("PRAGMA page_count").fetchone()
    book._db.execute(f"PRAGMA max_page_count = {pages}")
    large = replace(OUTCOME, notes=("x" * 100_000,))
    with pytest.raises(EnvironmentProblem, match="cannot be written .*Make room"):
        book.write_ahead(record("bob", replace(KEY, work="w2")), large)
    assert book.record("sums", "bob") is None
    assert book.outcome(KEY) == OUTCOME
    book._db.execute("PRAGMA max_page_count = 100000")
    book.write_ahead(record("bob", replace(KEY, work="w2")), large)


def test_work_is_what_is_executed_and_nothing_else():
    cells = (SubmittedCell("code", "x = 1", "a"), SubmittedCell("markdown", "text"))
    one = Submission("ada", cells, "raw", files=(("d.txt", b"1"),))
    same = Submission("bob", cells, "other", ("note",), one.files, "2026-01-01", ("flag",))
    assert work_hash(one) == work_hash(same)
    others = [
        replace(one, cells=cells[::-1]),
        replace(one, cells=cells[:1]),
        replace(one, cells=(replace(cells[0], grade_id="b"), cells[1])),
        replace(one, cells=(replace(cells[0], source="x = 2"), cells[1])),
        replace(one, cells=(cells[0], replace(cells[1], cell_type="raw"))),
        replace(one, files=()),
        replace(one, files=(("d.txt", b"2"),)),
        replace(one, files=(("e.txt", b"1"),)),
        replace(one, files=(("d.tx", b"t1"),)),
    ]
    assert len({work_hash(other) for other in [one, *others]}) == 1 + len(others)
