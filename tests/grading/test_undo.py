"""What the last regrade changed is put back, as it was, for all for whom that can be."""

import json
from contextlib import closing

import pytest

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.grading.journal import Journal
from cnnlab.grading.model import Limits
from cnnlab.grading.record import version_with
from cnnlab.grading.undo import undo
from tests.grading import small
from tests.grading.conftest import copy_of, job_of
from tests.grading.regrading import again, auto, marks, mend, regrade, rows_of


@pytest.fixture(scope="module")
def once(pristine, tmp_path_factory):
    """A class whose test was mended and that was regraded."""
    folder = mend(copy_of(pristine[0], tmp_path_factory.mktemp("once") / "course"))
    again(folder)
    return folder


@pytest.fixture
def regraded(once, tmp_path):
    """A class as in `once`, to do anything with."""
    return copy_of(once, tmp_path / "course")


@pytest.fixture(scope="module")
def before(pristine):
    """The marks before the regrade."""
    return marks(pristine[0])


def test_undo_puts_the_marks_back_and_only_once(regraded, before, pristine):
    table = rows_of(pristine[0])
    assert marks(regraded) != before
    undone = undo(job_of(regraded))
    assert (undone.students, undone.left) == (["dan"], {})
    assert marks(regraded) == before
    for student, row in rows_of(regraded).items():
        for column in ("points", "total-check", "open-check", "status"):
            assert row[column] == table[student][column], student
    with pytest.raises(UsageError, match="there is no regrade of sums in"):
        undo(job_of(regraded))


def test_marks_that_could_not_be_put_back_are_named_and_another_undo_does_it(
    regraded, before, monkeypatch
):
    def fails(*_):
        raise KeyError("oops")

    with monkeypatch.context() as patch:
        patch.setattr("cnnlab.grading.gradebook.Book.save", fails)
        undone = undo(job_of(regraded))
    assert undone.students == []
    assert "oops" in undone.left["dan"]
    undone = undo(job_of(regraded))
    assert (undone.students, undone.left) == (["dan"], {})
    assert marks(regraded) == before


def test_marks_are_back_also_where_an_item_had_none(ungraded):
    """The old test gives dan neither points nor a failure: his row says `check`."""
    path = ungraded / "solutions" / "sums" / "sums.ipynb"
    right = path.read_text()
    last = "for values, expected in SECRET_CASES))"
    path.write_text(right.replace(last, f"{last} if total([0.5]) == 0.5 else None"))
    _, rows = regrade(ungraded)
    before = marks(ungraded)
    assert (rows["dan"].status, before["dan", "total-check"][2]) == ("check", True)
    path.write_text(right)
    again(ungraded)
    assert marks(ungraded) != before
    undone = undo(job_of(ungraded))
    assert (undone.students, undone.left) == (["dan"], {})
    assert marks(ungraded) == before


def test_what_is_put_back_keeps_the_limits_it_was_made_with(ungraded):
    """Undo is given other limits; nothing may take the old outcomes for theirs."""
    limits = Limits(cell_seconds=60)
    path = ungraded / "solutions" / "sums" / "sums.ipynb"
    old = path.read_text()
    regrade(ungraded, limits=limits)
    mend(ungraded)
    again(ungraded, limits=limits)
    assert undo(job_of(ungraded)).students == ["dan"]
    stamp = json.loads((ungraded / "out/autograded/dan/sums/.cnnlab").read_text())
    with closing(Journal(ungraded / "out")) as journal:
        key = journal.record("sums", "dan").key
    assert list(key.values) == stamp
    assert key.version == version_with(limits)
    path.write_text(old)
    executed, _ = regrade(ungraded)
    assert "dan" in executed


def test_undo_leaves_those_who_handed_in_again(regraded):
    small.hand_in(regraded / "submitted", "dan", small.submission())
    undone = undo(job_of(regraded))
    assert undone.left == {"dan": "other work was handed in since then"}
    assert auto(regraded)["dan", "open-check"] == 1


def test_undo_leaves_those_who_were_graded_again(regraded):
    small.hand_in(regraded / "submitted", "dan", small.submission())
    regrade(regraded)
    undone = undo(job_of(regraded))
    assert undone.left == {"dan": "graded again since then"}
    assert auto(regraded)["dan", "total-check"] == 3


def test_after_a_damaged_journal_the_other_way_back_is_told(regraded):
    (regraded / "out/journal.db").write_bytes(b"not a database, " * 100)
    with pytest.raises(EnvironmentProblem) as problem:
        undo(job_of(regraded))
    assert "put the old test back and run `cnnlab grade`" in str(problem.value)
    assert "everything is graded again" not in str(problem.value)
