"""A fault of the grader, an interruption or a crash costs nobody a mark."""

from dataclasses import replace

import pytest

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading.entries import Entries
from cnnlab.grading.feedback import Pages
from cnnlab.grading.model import ExecutionProblem
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
from cnnlab.grading.scoring import score
from tests.grading.conftest import job_of
from tests.grading.inline import Inline
from tests.grading.regrading import by_hand, gradebook, regrade, rows_of


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
        (
            ExecutionProblem("no process"),
            "infrastructure: this machine failed again and again: no process; grade again",
        ),
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


def test_of_an_entry_that_fails_nothing_stays(ungraded, monkeypatch):
    whole = Entries.save

    def fails(self, submission, *rest):
        marks = whole(self, submission, *rest)
        if submission.student == "ada":
            raise KeyError("oops")
        return marks

    with monkeypatch.context() as patch:
        patch.setattr(Entries, "save", fails)
        _, table = regrade(ungraded)
    assert "the grader failed on it (KeyError: 'oops')" in table["ada"].note
    with gradebook(ungraded) as book:
        assert "ada" not in {student.id for student in book.students}
    _, table = regrade(ungraded)
    assert table["ada"].marks.points == 6


def test_a_fault_while_the_solution_runs_is_told_in_a_line(ungraded):
    class Faulty(PlainProcess):
        def execute(self, *_):
            raise KeyError("oops")

    with pytest.raises(EnvironmentProblem, match="could not be tried out: .*oops"):
        grade_class(job_of(ungraded), Faulty(), pool=Inline)


def test_half_a_file_of_a_killed_run_is_gone_after_the_next(graded):
    places = ("out", "out/autograded/ada/sums", "out/feedback/ada/sums")
    left = [graded / place / ".some.file.0123abcd.part" for place in places]
    for path in left:
        path.write_text("half")
    regrade(graded, force=True)
    assert [path for path in left if path.exists()] == []


def test_a_page_that_cannot_be_made_costs_no_marks(ungraded, monkeypatch):
    def fail(*_):
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
    victim, method = (Entries, "_penalise") if where == "save" else (Pages, "write")
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
