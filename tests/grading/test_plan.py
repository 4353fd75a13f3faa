"""The order of running: the student's cells as they lie, the teacher's tests in their places."""

import pytest

from cnnlab.grading.model import Submission, SubmittedCell
from cnnlab.grading.plan import assemble, untouched
from tests.grading import small

NAMES = ["imports", "total", "total-check", "mean", "mean-check", "open-check", "why"]


def cells(names=NAMES, **texts):
    """Submitted cells in this order; a name with a + is a scratch cell without one."""
    handed_out = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in small.submission()["cells"]
        if "nbgrader" in cell["metadata"]
    }
    made = []
    for name in names:
        if name.startswith("+"):
            made.append(SubmittedCell("code", name))
        else:
            cell = handed_out[name]
            text = texts.get(name.replace("-", "_"), cell["source"])
            made.append(SubmittedCell(cell["cell_type"], text, name))
    return tuple(made)


def plan(manifest, submitted):
    steps, notes = assemble(Submission("ada", submitted, "0"), manifest)
    return [step.grade_id or step.source for step in steps], steps, notes


def test_an_honest_notebook_runs_as_it_lies(manifest):
    order, steps, notes = plan(manifest, cells())
    assert order == NAMES
    assert notes == ()
    kinds = ["locked", "student", "test", "student", "test", "test", "text"]
    assert [step.kind for step in steps] == kinds


def test_tests_run_the_teachers_text_and_show_the_students(manifest):
    _, steps, _ = plan(manifest, cells(total_check="3.0"))
    assert steps[2].source == small.TOTAL_CHECK
    assert "SECRET" not in steps[2].shown


def test_scratch_cells_keep_their_places(manifest):
    names = ["+a", "imports", "total", "+b", "total-check", "mean", "mean-check", "+c", "why"]
    order, _, _ = plan(manifest, cells(names))
    assert order == [*names[:8], "open-check", "why"]


def test_a_deleted_test_runs_after_what_may_be_its_answer(manifest):
    names = ["imports", "total", "+helper", "mean", "mean-check", "open-check", "why"]
    order, _, notes = plan(manifest, cells(names))
    assert order == ["imports", "total", "+helper", "total-check", *NAMES[3:]]
    assert notes == ("deleted, and put back: total-check",)


def test_all_tests_deleted_run_all_the_same(manifest):
    order, _, notes = plan(manifest, cells(["imports", "total", "mean", "why"]))
    assert order == NAMES
    assert notes == ("deleted, and put back: total-check, mean-check, open-check",)


def test_a_test_moved_above_its_answer_comes_back_below(manifest):
    names = ["imports", "total-check", "total", "mean", "mean-check", "open-check", "why"]
    assert plan(manifest, cells(names))[0] == NAMES


def test_a_test_moved_down_stays_where_it_is(manifest):
    names = ["imports", "total", "mean", "mean-check", "open-check", "total-check", "why"]
    assert plan(manifest, cells(names))[0] == names


def test_an_unchanged_copy_of_a_test_does_not_run(manifest):
    names = [*NAMES[:3], "total-check", *NAMES[3:]]
    order, _, notes = plan(manifest, cells(names))
    assert order == NAMES
    assert notes == ("copied: total-check",)


def test_a_copied_test_cell_with_other_code_runs_as_the_students(manifest):
    submitted = cells()
    scratch = SubmittedCell("code", "total([1])", "total-check")
    order, steps, _ = plan(manifest, (*submitted[:3], scratch, *submitted[3:]))
    assert order == [*NAMES[:3], "total([1])", *NAMES[3:]]
    assert steps[3].kind == "student"
    order, _, _ = plan(manifest, (*submitted[:2], scratch, *submitted[2:]))
    assert order == ["imports", "total", "total([1])", *NAMES[2:]]


def test_of_copied_answers_the_last_one_counts_and_all_run(manifest):
    submitted = cells()
    second = SubmittedCell("code", "total = sum", "total")
    order, steps, _ = plan(manifest, (*submitted[:2], second, *submitted[2:]))
    assert order == ["imports", small.RIGHT_TOTAL, *NAMES[1:]]
    assert steps[2].source == "total = sum"


def test_an_edited_test_is_noted_and_white_space_is_not(manifest):
    visible = manifest.cell("total-check").visible
    assert plan(manifest, cells(total_check=visible + "  \n\n"))[2] == ()
    notes = plan(manifest, cells(total_check="pass"))[2]
    assert notes == ("edited, and the original used: total-check",)


def test_copies_of_a_test_that_are_all_edited_are_noted_as_both(manifest):
    submitted = cells(total_check="pass")
    notes = plan(manifest, (*submitted, SubmittedCell("code", "3.0", "total-check")))[2]
    assert notes == ("edited, and the original used: total-check", "copied: total-check")


def test_locked_cells_come_back_at_the_top_and_as_they_were(manifest):
    order, _, notes = plan(manifest, cells(["+a", *NAMES[1:]]))
    assert order == ["imports", "+a", *NAMES[1:]]
    assert notes == ("deleted, and put back: imports",)
    _, steps, _ = plan(manifest, cells(imports="import cheat"))
    assert steps[0].source == "import math"


@pytest.mark.parametrize("cell_type", ["markdown", "raw"])
def test_an_answer_turned_into_text_is_code_again(manifest, cell_type):
    submitted = list(cells())
    submitted[1] = SubmittedCell(cell_type, small.RIGHT_TOTAL, "total")
    _, steps, _ = plan(manifest, tuple(submitted))
    assert (steps[1].kind, steps[1].cell_type) == ("student", "code")


def test_a_deleted_answer_is_noted_and_comes_back_unrun(manifest):
    order, steps, notes = plan(manifest, cells(["imports", *NAMES[2:]]))
    assert order == NAMES
    assert steps[1].kind == "text"
    assert notes == ("deleted, and put back as handed out: total",)


def test_an_answer_is_untouched_when_it_is_as_handed_out_empty_or_gone(manifest):
    why = manifest.cell("why")
    handed_out, empty = cells(why="YOUR ANSWER HERE \n"), cells(why=" \n")
    for submitted in (handed_out, empty, (), (*cells(why="because"), handed_out[-1])):
        assert untouched(Submission("a", submitted, ""), why)
    for submitted in (cells(why="because"), (*handed_out, *cells(why="because"))):
        assert not untouched(Submission("a", submitted, ""), why)


def test_every_graded_cell_is_in_every_plan(manifest, rng):
    """Cells dropped, copied and shuffled at random: each test is there once, after its answer."""
    for _ in range(200):
        names = [NAMES[k] for k in rng.integers(0, len(NAMES), rng.integers(0, 12))]
        order, steps, _ = plan(manifest, cells(names))
        tests = [step.grade_id for step in steps if step.kind == "test"]
        assert sorted(tests) == ["mean-check", "open-check", "total-check"]
        for function in {"total", "mean"} & set(names):
            assert order.index(f"{function}-check") > order.index(function)
