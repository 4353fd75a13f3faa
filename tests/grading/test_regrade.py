"""A test was mended: what changes is shown first, is written only if wanted, and can be undone."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cnnlab.cli import main
from cnnlab.grading.regrade import Comparison
from cnnlab.grading.undo import undo
from tests.grading import small
from tests.grading.conftest import copy_of, job_of
from tests.grading.regrading import (
    Counting,
    again,
    auto,
    by_hand,
    marks,
    mend,
    of_class,
    regrade,
    rows_of,
)


@pytest.fixture
def fresh(graded):
    """After the first grading two tests were mended."""
    return mend(graded)


@pytest.fixture(scope="module")
def looked(pristine, tmp_path_factory):
    """So, and somebody has looked at what would change; that alone runs anything."""
    folder = mend(copy_of(pristine[0], tmp_path_factory.mktemp("looked") / "course"))
    again(folder, answer=False)
    return folder


@pytest.fixture
def mended(looked, tmp_path):
    """A class as in `looked`, to do anything with."""
    return copy_of(looked, tmp_path / "course")


def shown(comparison):
    return [(c.student, c.item, c.before, c.now) for c in comparison.changes]


DAN = [("dan", "open-check", 0, 1), ("dan", "total-check", 2, 1)]


def state(folder):
    """Every file of the output and its content, but for the journal, where a draft may wait."""
    out = folder / "out"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and not path.name.startswith(("journal.db", ".lock"))
    }


def test_the_difference_is_shown_before_anything_is_written(fresh):
    before, files = marks(fresh), state(fresh)
    comparison, graded = again(fresh, answer=False)
    assert graded is None
    assert shown(comparison) == DAN
    assert comparison.same == 3
    assert list(comparison.failed) == ["cleo"]
    assert marks(fresh) == before
    assert state(fresh) == files


def test_what_was_shown_is_what_happens_and_nothing_is_run_twice(fresh):
    before, executor = auto(fresh), Counting()
    comparison, graded = again(fresh, executor=executor)
    assert sorted(of_class(executor.executed)) == ["ada", "bob", "dan", "eve"]
    changed = {(c.student, c.item): c.now for c in comparison.changes}
    assert auto(fresh) == {**before, **changed}
    assert rows_of(fresh)["dan"]["points"] == "2"
    assert {row.student for row in graded.rows} == {"ada", "bob", "cleo", "dan", "eve", "fay"}
    page = (fresh / "out/feedback/dan/sums/sums.html").read_text()
    assert "1 of 1" in page
    executed, rows = regrade(fresh)  # and `cnnlab grade` finds nothing left to do
    assert (executed, rows["dan"].marks.points) == ([], 2)


def test_of_some_students_the_marks_change_and_of_no_others(mended):
    (mended / "submitted/hal").mkdir()
    shutil.copytree(mended / "submitted/dan/sums", mended / "submitted/hal/sums")
    before = auto(mended)
    comparison, _ = again(mended, only=frozenset({"ada", "dan"}))
    assert (shown(comparison), comparison.same, comparison.failed) == (DAN, 1, {})
    assert auto(mended) == {
        **before,
        ("dan", "open-check"): 1,
        ("dan", "total-check"): 1,
    }
    assert rows_of(mended)["hal"]["status"] == "not graded"


def test_of_some_items_the_points_change_and_of_no_others(mended):
    before = auto(mended)
    comparison, _ = again(mended, items=["open-check"])
    assert shown(comparison) == DAN[:1]
    assert auto(mended) == {**before, ("dan", "open-check"): 1}
    comparison, _ = again(mended)  # the rest is still to be done, and is done
    assert shown(comparison) == DAN[1:]
    assert auto(mended)["dan", "total-check"] == 1


def test_marks_by_hand_stay_and_are_put_up_for_another_look(mended):
    by_hand(mended, "dan", "total-check", 3)
    by_hand(mended, "ada", "why", 2)
    comparison, _ = again(mended)
    by = {c.item: (c.by_hand, c.counts) for c in comparison.changes}
    assert by == {"open-check": (None, 1), "total-check": (3, 0)}
    assert marks(mended)["dan", "total-check"] == (1, 3, True)
    assert marks(mended)["ada", "why"] == (None, 2, False)
    assert rows_of(mended)["dan"]["total-check"] == "3"


def test_a_regrade_that_was_stopped_in_the_middle_is_finished_or_undone(mended, monkeypatch):
    """The file of what was before is written first; what it names may not have happened yet."""
    before = marks(mended)

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cnnlab.grading.clerk.Clerk.enter", stop)
        with pytest.raises(KeyboardInterrupt):
            again(mended)
    other = copy_of(mended, mended.with_name("other"))
    assert marks(mended) == before
    undone = undo(job_of(mended))
    assert (undone.students, undone.left) == ([], {"dan": "it has those marks"})
    assert marks(mended) == before
    again(other)
    assert auto(other)["dan", "open-check"] == 1


def test_what_was_before_is_kept_in_a_file(mended):
    again(mended)
    (path,) = (mended / "out" / "regrades").iterdir()
    kept = json.loads(path.read_text())
    assert [(c["student"], c["item"], c["before"], c["now"]) for c in kept["changes"]] == DAN


def test_a_student_without_marks_so_far_is_new(mended):
    small.hand_in(mended / "submitted", "cleo", small.submission())
    comparison, graded = again(mended)
    assert (comparison.new, comparison.failed) == (["cleo"], {})
    assert auto(mended)["cleo", "total-check"] == 3


def test_without_a_change_there_is_nothing_to_run(graded):
    executor = Counting()
    comparison, _ = again(graded, answer=False, executor=executor)
    assert (of_class(executor.executed), comparison.changes, comparison.same) == ([], [], 4)


def test_up_and_down_are_counted_by_students():
    from cnnlab.grading.regrade import Change

    changes = [
        Change("ada", "a", 1, 2),
        Change("bob", "a", 1, 2),
        Change("bob", "b", 2, 1),
        Change("dan", "a", 3, 1),
        Change("eve", "a", 0, 4, by_hand=2),
    ]
    comparison = Comparison(changes)
    assert [comparison.students(sign) for sign in (1, -1, 0)] == [["ada"], ["dan"], ["bob", "eve"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--student", "dam"], "there is no student 'dam'; is it one of these? dan"),
        (["--item", "total"], "there is no item 'total'; is it one of these? total-check"),
        (["--undo", "--item", "a"], "leave the other words out"),
        (["--undo"], "there is no regrade of sums"),
    ],
)
def test_wrong_words_are_told(mended, words, told):
    before = marks(mended)
    result = command(mended, "--yes", *words)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert marks(mended) == before


def command(folder, *words, **more):
    place = ["--submitted", folder / "submitted", "--output", folder / "out"]
    place += ["--course", folder, "--unsafe-no-sandbox"]
    words = ["regrade", "sums", *map(str, [*place, *words])]
    return CliRunner().invoke(main, words, **more)


def test_the_command_shows_the_change_and_asks_nobody_where_nobody_is(mended):
    before = marks(mended)
    result = command(mended)
    assert result.exit_code == 2
    assert "nobody can be asked here; pass --dry-run to look, or --yes to agree" in result.stderr
    result = command(mended, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "dan  open-check   0 -> 1\n"
        "dan  total-check  2 -> 1\n"
        "0 up, 0 down, 4 with the same points\n"
        "not graded: cleo: sums.ipynb is not a notebook: broken JSON in line 1 "
        "(Expecting property name enclosed in double quotes); save it in JupyterLab and submit it "
        "again\n"
        "No mark was changed.\n"
    )
    assert marks(mended) == before
    result = command(mended, "--yes", "--item", "open-check")
    assert f"Changed. Marks: {Path(mended, 'out/sums.csv')}" in result.stdout
    assert "1 up, 0 down, 3 with the same points" in result.stdout
    result = command(mended, "--undo")
    assert result.stdout == "Marks that are back as they were: those of dan\n"
    assert marks(mended) == before
