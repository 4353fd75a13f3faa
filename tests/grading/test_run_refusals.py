"""What a run of the grader refuses, and the line that says why."""

import sqlite3
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import GradeCell
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from cnnlab.errors import EnvironmentProblem, NotebookError, UsageError
from cnnlab.grading.output import opened
from cnnlab.grading.run import grade_class
from tests.grading.conftest import job_of
from tests.grading.inline import Inline
from tests.grading.regrading import Counting, gradebook, of_class, regrade


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


def test_a_damaged_journal_is_told_and_everything_graded_again(graded):
    (graded / "out/journal.db").write_bytes(b"not a database, " * 100)
    executor, said = Counting(), []
    grade_class(job_of(graded), executor, pool=Inline, say=said.append)
    assert "it is kept as journal.db.damaged-1, and everything is graded again" in said[0]
    assert sorted(of_class(executor.executed)) == ["ada", "bob", "dan", "eve"]


def test_a_locked_gradebook_is_waited_for_and_then_named(graded, monkeypatch):
    monkeypatch.setattr("sqlite3.dbapi2.connect", _impatient(sqlite3.connect))
    other = sqlite3.connect(graded / "out/gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(EnvironmentProblem, match="database is locked. Close other programs"):
        regrade(graded, force=True)
    other.close()


def _impatient(connect):
    return lambda *args, **options: connect(*args, **{**options, "timeout": 0.2})


def test_a_full_disk_is_not_taken_for_a_broken_notebook(ungraded, monkeypatch, caplog):
    """nbgrader says InvalidEntry of every error of its database while it enters cells."""
    commit = Session.commit

    def full(session):
        if any(isinstance(new, GradeCell) for new in session.new):
            raise OperationalError("INSERT", {}, sqlite3.OperationalError("disk is full"))
        commit(session)

    monkeypatch.setattr(Session, "commit", full)
    with pytest.raises(EnvironmentProblem, match=r"gradebook.db cannot be used: disk is full"):
        regrade(ungraded)
    assert "Traceback" not in caplog.text


def test_two_graders_do_not_share_an_output(graded):
    job = job_of(graded)
    with (
        opened(job.output, job.submitted, job.source),
        pytest.raises(
            EnvironmentProblem, match=r"another `cnnlab grade` \(process \d+ on .*\) is writ"
        ),
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
