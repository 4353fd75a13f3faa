"""A class is graded, graded again, resumed; marks by hand stay; one bad submission stops nobody."""

import csv
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from cnnlab.errors import EnvironmentProblem, NotebookError, UsageError
from cnnlab.grading.feedback import Pages
from cnnlab.grading.gradebook import Book
from cnnlab.grading.model import ExecutionProblem
from cnnlab.grading.output import opened
from cnnlab.grading.plain import LEVEL, PlainProcess
from cnnlab.grading.run import grade_class
from cnnlab.grading.scoring import score
from tests.grading import small
from tests.grading.conftest import job_of


class Counting(PlainProcess):
    """Remembers whose work was executed."""

    def __init__(self):
        super().__init__()
        self.executed = []

    def execute(self, submission, manifest, limits):
        self.executed.append(submission.student)
        return super().execute(submission, manifest, limits)


def regrade(folder, executor=None, **changes):
    """Grade again; returns who was executed, and the rows by student."""
    executor = executor or Counting()
    rows = grade_class(job_of(folder, **changes), executor).rows
    return getattr(executor, "executed", []), {row.student: row for row in rows}


def gradebook(folder):
    return Gradebook(f"sqlite:///{folder / 'out' / 'gradebook.db'}")


def rows_of(folder):
    with (folder / "out" / "sums.csv").open() as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_each_student_has_a_line_with_points_or_the_reason(pristine):
    table = {row.student: row for row in pristine[1].rows}
    assert {name: row.status for name, row in table.items()} == {
        "ada": "by hand",
        "bob": "graded",
        "cleo": "not graded",
        "dan": "by hand",
        "eve": "by hand",
        "fay": "no submission",
    }
    points = {name: row.marks and row.marks.points for name, row in table.items()}
    assert points == {"ada": 6, "bob": 0, "cleo": None, "dan": 2, "eve": 3, "fay": None}
    assert "broken JSON" in table["cleo"].note
    assert table["eve"].note.startswith("total-check 0/3: ValueError was raised in total, line 2")
    assert [row.student for row in pristine[1].rows if not row.fine] == ["cleo"]


def test_the_csv_says_the_same_item_by_item(pristine):
    folder, graded = pristine
    rows = rows_of(folder)
    assert [rows["dan"][k] for k in ("total-check", "mean-check", "open-check", "why")] == [
        "2",
        "0",
        "0",
        "",
    ]
    for row in graded.rows:
        assert rows[row.student]["note"] == row.note
        assert rows[row.student]["points"] == (f"{row.marks.points:g}" if row.marks else "")
    assert rows["ada"]["execution"] == LEVEL
    assert len(rows["ada"]["submission_sha256"]) == 64


def test_a_second_run_executes_nothing_and_says_the_same(graded):
    before = (graded / "out" / "sums.csv").read_bytes()
    page = (graded / "out/feedback/ada/sums/sums.html").stat().st_mtime_ns
    executed, _ = regrade(graded)
    assert executed == []
    assert (graded / "out" / "sums.csv").read_bytes() == before
    assert (graded / "out/feedback/ada/sums/sums.html").stat().st_mtime_ns == page


def test_only_what_changed_is_executed_again(graded):
    small.hand_in(graded / "submitted", "bob", small.submission())
    small.hand_in(graded / "submitted", "cleo", small.submission())
    executed, table = regrade(graded)
    assert sorted(executed) == ["bob", "cleo"]
    assert table["bob"].marks.points == table["cleo"].marks.points == 6


def test_force_executes_everything(graded):
    executed, _ = regrade(graded, force=True)
    assert sorted(executed) == ["ada", "bob", "dan", "eve"]


def test_a_changed_assignment_grades_everybody_again(graded):
    path = graded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("SECRET 4", "SECRET 5"))
    executed, _ = regrade(graded)
    assert sorted(executed) == ["ada", "bob", "dan", "eve", "solution"]


def test_a_broken_resubmission_keeps_the_earlier_marks(graded):
    small.hand_in(graded / "submitted", "ada", b"")
    _, table = regrade(graded)
    assert table["ada"].marks.points == 6
    assert table["ada"].status == "check"
    assert "sums.ipynb is empty" in table["ada"].note
    assert "(the marks of an earlier version stand)" in table["ada"].note


def test_a_student_who_is_gone_keeps_the_line(graded):
    (graded / "submitted/ada/sums/sums.ipynb").unlink()
    (graded / "submitted/ada/sums").rmdir()
    (graded / "submitted/ada").rmdir()
    _, table = regrade(graded)
    assert table["ada"].marks.points == 6
    assert "not among the submissions now" in table["ada"].note


def by_hand(folder, student, item, points):
    """What formgrader does when a teacher enters points."""
    with gradebook(folder) as book:
        grade = book.find_grade(item, "sums", "sums", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def test_marks_by_hand_count_and_survive_everything(graded):
    by_hand(graded, "ada", "why", 1.5)
    by_hand(graded, "dan", "mean-check", 2)
    executed, table = regrade(graded)
    assert executed == []
    assert (table["ada"].marks.points, table["ada"].status) == (7.5, "graded")
    assert table["dan"].marks.points == 4
    _, table = regrade(graded, force=True)
    assert (table["ada"].marks.points, table["ada"].status) == (7.5, "graded")
    assert table["dan"].marks.points == 4


def test_a_resubmission_puts_marks_by_hand_up_for_another_look(graded):
    by_hand(graded, "ada", "why", 1.5)
    small.hand_in(graded / "submitted", "ada", small.submission({**small.RIGHT, "why": "Else."}))
    _, table = regrade(graded)
    assert table["ada"].marks.points == 7.5
    assert table["ada"].marks.to_do == ("why",)


def test_the_page_follows_the_gradebook(graded):
    by_hand(graded, "ada", "why", 1.5)
    with gradebook(graded) as book:
        book.find_comment("why", "sums", "sums", "ada").manual_comment = "Well seen."
        book.db.commit()
    page = graded / "out/feedback/ada/sums/sums.html"
    assert "Well seen." not in page.read_text()
    regrade(graded)
    assert "Well seen." in page.read_text()
    assert "7.5 / 8" in page.read_text()


class Silent(PlainProcess):
    """An executor in which ada's test of total gives another value than a number of points."""

    def __init__(self, value):
        super().__init__()
        self.value = value

    def execute(self, submission, manifest, limits):
        outcome = super().execute(submission, manifest, limits)
        if submission.student != "ada":
            return outcome
        steps = zip(outcome.steps, outcome.ran, strict=True)
        ran = tuple(
            replace(r, value=self.value) if s.grade_id == "total-check" else r for s, r in steps
        )
        return replace(outcome, ran=ran, items=score(manifest, submission, outcome.steps, ran))


@pytest.mark.parametrize("value", [None, 99.0])
def test_a_test_that_gives_no_points_is_reported_until_someone_decides(graded, value):
    _, table = regrade(graded, Silent(value), force=True)
    assert (table["ada"].status, table["ada"].marks.points) == ("check", 3)
    assert not table["ada"].fine
    assert table["ada"].note.startswith("total-check: its test gave")
    assert rows_of(graded)["ada"]["total-check"] == ""
    by_hand(graded, "ada", "total-check", 3)
    _, table = regrade(graded)
    assert (table["ada"].status, table["ada"].marks.points) == ("by hand", 6)


class Failing(PlainProcess):
    """An executor that fails for one student in its own way."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def execute(self, submission, manifest, limits):
        if submission.student == "dan":
            raise self.error
        return super().execute(submission, manifest, limits)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (ExecutionProblem("no process"), "this machine could not run it: no process; grade again"),
        (KeyError("oops"), "the grader failed on it (KeyError: 'oops')"),
    ],
)
def test_a_fault_of_the_grader_is_nobodys_zero(ungraded, error, part):
    _, table = regrade(ungraded, Failing(error))
    assert (table["dan"].status, table["dan"].marks) == ("not graded", None)
    assert part in table["dan"].note
    assert table["ada"].marks.points == 6
    executed, table = regrade(ungraded)
    assert executed == ["dan"]
    assert table["dan"].marks.points == 2


def test_a_page_that_cannot_be_made_costs_no_marks(ungraded, monkeypatch):
    def fail(pages, student, manifest):
        raise ValueError("odd notebook")

    with monkeypatch.context() as patch:
        patch.setattr(Pages, "write", fail)
        _, table = regrade(ungraded)
    assert (table["ada"].status, table["ada"].marks.points) == ("check", 6)
    assert "no feedback page: the grader failed on it (ValueError: odd" in table["ada"].note
    executed, table = regrade(ungraded)
    assert (executed, table["ada"].status) == ([], "by hand")
    assert (ungraded / "out/feedback/ada/sums/sums.html").is_file()


def test_an_interrupted_run_goes_on_where_it_stopped(ungraded, pristine):
    """Ctrl-C after the second student: what is entered stays, the rest follows, all as if whole."""

    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_class(job_of(ungraded, workers=1), PlainProcess(), stop)
    with gradebook(ungraded) as book:
        entered = {entry.student.id for entry in book.assignment_submissions("sums")}
    assert entered
    executed, table = regrade(ungraded)
    assert set(executed) == {"ada", "bob", "dan", "eve"} - entered
    whole = {row.student: row for row in pristine[1].rows}
    assert {n: (r.status, r.note) for n, r in table.items()} == {
        n: (r.status, r.note) for n, r in whole.items()
    }
    assert rows_of(ungraded) == rows_of(pristine[0])


class Crash(BaseException):
    """Nothing catches it, as nothing catches a power cut."""


@pytest.mark.parametrize("where", ["save", "page"])
def test_a_crash_between_two_writes_is_repaired_by_the_next_run(ungraded, monkeypatch, where):
    """The process dies after the gradebook or before the page: nothing is lost, nothing double."""
    victim, method = (Book, "_penalise") if where == "save" else (Pages, "write")
    with monkeypatch.context() as patch:
        patch.setattr(victim, method, lambda *a: (_ for _ in ()).throw(Crash()))
        with pytest.raises(Crash):
            grade_class(job_of(ungraded), PlainProcess())
    _, table = regrade(ungraded)
    assert {name: row.marks and row.marks.points for name, row in table.items()} == {
        **{"ada": 6, "bob": 0, "cleo": None, "dan": 2, "eve": 3, "fay": None}
    }
    with gradebook(ungraded) as book:
        assert len(book.assignment_submissions("sums")) == 4
        assert len(book.students) == 5
    assert (ungraded / "out/feedback/ada/sums/sums.html").is_file()


def test_another_programs_autograded_copy_is_not_replaced_unasked(ungraded):
    copy = ungraded / "out/autograded/ada/sums/sums.ipynb"
    copy.parent.mkdir(parents=True)
    copy.write_text("mine")
    _, table = regrade(ungraded)
    assert "made by another program; --force replaces it" in table["ada"].note
    assert copy.read_text() == "mine"
    _, table = regrade(ungraded, force=True)
    assert table["ada"].marks.points == 6


def test_a_broken_solution_stops_before_any_mark(ungraded):
    path = ungraded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("result += value", "result -= value"))
    with pytest.raises(NotebookError, match="own solution, test cell total-check gives 1 of 3"):
        regrade(ungraded)
    with gradebook(ungraded) as book:
        assert book.assignment_submissions("sums") == []


def test_new_cells_after_the_first_marks_need_a_new_output(graded):
    path = graded / "solutions/sums/sums.ipynb"
    notebook = nbformat.read(path, as_version=4)
    del notebook["cells"][6]
    nbformat.write(notebook, path)
    with pytest.raises(NotebookError, match="into another --output"):
        regrade(graded)


def test_a_renamed_source_is_told_by_the_gradebook(graded):
    path = graded / "solutions/sums/sums.ipynb"
    path.rename(path.with_name("additions.ipynb"))
    with pytest.raises(NotebookError, match="knows this assignment as sums.ipynb"):
        regrade(graded)


def test_an_assignment_is_one_notebook(ungraded):
    path = ungraded / "solutions/sums/sums.ipynb"
    path.with_name("more.ipynb").write_text("{}")
    with pytest.raises(NotebookError, match="holds 2 notebooks; an assignment is one"):
        regrade(ungraded)


def test_what_lies_beside_the_source_is_there_and_counts(ungraded):
    """Data of the assignment is in the folder where student work runs, and in the hash."""
    reader = {
        **small.RIGHT,
        "total": "def total(v):\n    return sum(v) + int(open('zero.txt').read())",
    }
    small.hand_in(ungraded / "submitted", "ada", small.submission(reader))
    (ungraded / "solutions/sums/zero.txt").write_text("0")
    (ungraded / "submitted/ada/sums/zero.txt").write_text("7")  # the teacher's file wins
    assert regrade(ungraded)[1]["ada"].marks.points == 6
    (ungraded / "solutions/sums/zero.txt").write_text("1")
    assert regrade(ungraded)[1]["ada"].marks.points == 3
    with (ungraded / "solutions/sums/huge").open("wb") as file:
        file.truncate(21 * 2**20)
    with pytest.raises(NotebookError, match="files beyond 20 MB or 200 were left out; make it"):
        regrade(ungraded)


def test_a_source_that_nbgrader_refuses_is_named(ungraded):
    path = ungraded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("### END SOLUTION", "", 1))
    with pytest.raises(NotebookError, match="sums.ipynb: nbgrader cannot use this notebook"):
        regrade(ungraded)
    path.write_text("{")
    with pytest.raises(NotebookError, match="cannot be read as a notebook"):
        regrade(ungraded)


def test_a_damaged_gradebook_is_named_and_kept(graded):
    (graded / "out/gradebook.db").write_bytes(b"not a database, " * 100)
    with pytest.raises(EnvironmentProblem, match="gradebook.db cannot be used: file is not a data"):
        regrade(graded)
    assert (graded / "out/gradebook.db").read_bytes().startswith(b"not a database")


def test_a_locked_gradebook_is_waited_for_and_then_named(graded, monkeypatch):
    monkeypatch.setattr("sqlite3.dbapi2.connect", _impatient(sqlite3.connect))
    other = sqlite3.connect(graded / "out/gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(EnvironmentProblem, match="database is locked. Close other programs"):
        regrade(graded, force=True)
    other.close()


def _impatient(connect):
    return lambda *args, **options: connect(*args, **{**options, "timeout": 0.2})


def test_two_graders_do_not_share_an_output(graded):
    job = job_of(graded)
    with (
        opened(job.output, job.submitted, job.source),
        pytest.raises(EnvironmentProblem, match="another `cnnlab grade` is writing"),
    ):
        regrade(graded)


@pytest.mark.parametrize("place", ["submitted", "submitted/out", "submitted/ada"])
def test_the_output_must_lie_outside_the_submissions(ungraded, place):
    with pytest.raises(UsageError, match="choose a folder outside"):
        regrade(ungraded, output=ungraded / place)


@pytest.mark.parametrize("place", ["/proc/cnnlab", "/dev/null/x"])
def test_an_output_that_cannot_be_written_is_named(ungraded, place):
    with pytest.raises(EnvironmentProblem, match="cannot write to .*; choose another --output"):
        regrade(ungraded, output=Path(place))


def test_a_full_disk_stops_with_one_line(graded, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cnnlab.grading.gradebook.write_text", full)
    with pytest.raises(EnvironmentProblem, match="No space left on device"):
        regrade(graded, force=True)


def test_records_are_readable_and_say_at_which_level_they_were_made(pristine):
    record = json.loads((pristine[0] / "out/records/sums/dan.json").read_text())
    assert record["level"] == LEVEL
    assert [item["points"] for item in record["items"]] == [2.0, 0.0, 0.0, None]
