"""A folder of prints against its manuscripts: nothing stale stays, nobody's work is lost."""

import json

import pytest

from cnnlab.errors import NotebookError, UsageError
from cnnlab.printing import Course
from cnnlab.printing.course import State

LESSON = "notebooks/01_sums.ipynb"
SOLUTION = "solutions/01_add/01_add.ipynb"
EXERCISE = "exercises/01_add/01_add.ipynb"


def states(findings):
    return {str(finding.path): finding.state for finding in findings}


def edit(path, part, new):
    text = path.read_text(encoding="utf-8")
    assert part in text
    path.write_text(text.replace(part, new), encoding="utf-8")


@pytest.fixture
def built(course):
    course.build()
    return course


def test_build_makes_every_print(course):
    missing = dict.fromkeys([LESSON, SOLUTION, EXERCISE], State.MISSING)
    assert states(course.compare()) == missing
    assert states(course.build()) == missing
    assert states(course.compare()) == dict.fromkeys([LESSON, SOLUTION, EXERCISE], State.FRESH)


def test_a_second_build_touches_no_file(built):
    times = {path: (built.root / path).stat().st_mtime_ns for path in (LESSON, SOLUTION, EXERCISE)}
    built.build()
    assert times == {path: (built.root / path).stat().st_mtime_ns for path in times}


def test_no_draft_is_left_behind(built):
    assert sorted(path.name for path in built.root.rglob("*.part")) == []


def test_a_changed_manuscript_makes_its_print_old(built, lesson_file):
    edit(lesson_file, "What is 1 + 2?", "What is one and two?")
    assert states(built.compare())[LESSON] is State.OLD
    built.build()
    assert "one and two" in (built.root / LESSON).read_text(encoding="utf-8")


def test_a_change_in_the_exercise_reaches_both_prints(built, exercise_file):
    edit(exercise_file, "Write `add(a, b)`.", "Write the sum.")
    found = states(built.compare())
    assert (found[SOLUTION], found[EXERCISE]) == (State.OLD, State.OLD)
    built.build()
    for path in (SOLUTION, EXERCISE):
        assert "Write the sum." in (built.root / path).read_text(encoding="utf-8")


def test_a_new_solution_leaves_the_students_version_alone(built, exercise_file):
    edit(exercise_file, "return a + b", "return b + a")
    found = states(built.compare())
    assert (found[SOLUTION], found[EXERCISE]) == (State.OLD, State.FRESH)


def test_only_the_named_ones_are_printed(course):
    assert list(states(course.build(["01_add"]))) == [SOLUTION, EXERCISE]
    assert not (course.root / LESSON).exists()


def test_an_unknown_name_is_refused_with_the_nearest(course):
    with pytest.raises(UsageError, match=r"called '01_sum'. Did you mean 01_sums\?"):
        course.build(["01_sum"])


def test_one_broken_manuscript_changes_nothing(built, lesson_file, exercise_file):
    edit(lesson_file, "What is 1 + 2?", "What is one and two?")
    edit(exercise_file, " points: 2,", "")
    before = (built.root / LESSON).read_bytes()
    with pytest.raises(NotebookError, match=r"01_add\.md"):
        built.build()
    assert (built.root / LESSON).read_bytes() == before


class TestWorkOfOthers:
    @pytest.fixture(params=[LESSON, SOLUTION, EXERCISE])
    def print_file(self, request, built):
        return built.root / request.param

    def test_an_edited_print_is_not_overwritten(self, built, print_file):
        edit(print_file, "# ", "# My ")
        mine = print_file.read_bytes()
        path = str(print_file.relative_to(built.root))
        assert states(built.build())[path] is State.EDITED
        assert print_file.read_bytes() == mine

    def test_unless_that_is_wished(self, built, print_file):
        before = print_file.read_bytes()
        edit(print_file, "# ", "# My ")
        built.build(discard=True)
        assert print_file.read_bytes() == before

    def test_a_print_that_was_only_run_is_replaced(self, built, print_file):
        before = print_file.read_bytes()
        notebook = json.loads(before)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["execution_count"] = 1
        print_file.write_text(json.dumps(notebook), encoding="utf-8")
        built.build()
        assert print_file.read_bytes() == before

    def test_a_print_that_cannot_be_read_is_not_overwritten(self, built, print_file):
        print_file.write_text("<<<<<<< ours", encoding="utf-8")
        built.build()
        assert print_file.read_text(encoding="utf-8") == "<<<<<<< ours"

    def test_an_edit_that_the_manuscript_has_too_is_no_loss(self, built, lesson_file):
        for path in (lesson_file, built.root / LESSON):
            edit(path, "What is 1 + 2?", "What is one and two?")
        assert states(built.build())[LESSON] is State.OLD
        assert states(built.compare())[LESSON] is State.FRESH


class TestManuscriptGone:
    def test_its_untouched_prints_go_too(self, built, exercise_file):
        exercise_file.unlink()
        found = states(built.build())
        assert (found[SOLUTION], found[EXERCISE]) == (State.LEFT_OVER, State.LEFT_OVER)
        assert not (built.root / SOLUTION).parent.exists()
        assert not (built.root / EXERCISE).parent.exists()
        assert (built.root / LESSON).exists()

    def test_a_file_beside_them_stays(self, built, exercise_file):
        exercise_file.unlink()
        note = (built.root / SOLUTION).with_name("marks.txt")
        note.write_text("mine", encoding="utf-8")
        built.build()
        assert not (built.root / SOLUTION).exists()
        assert note.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("change", ["edited", "run", "foreign", "broken"])
    def test_whatever_we_did_not_print_stays(self, built, lesson_file, change):
        path = built.root / LESSON
        lesson_file.unlink()
        if change == "edited":
            edit(path, "# Sums", "# My sums")
        elif change == "run":
            edit(path, '"execution_count": null', '"execution_count": 1')
        elif change == "foreign":
            path.write_text('{"cells": [], "metadata": {}, "nbformat": 4}', encoding="utf-8")
        else:
            path.write_text("not JSON", encoding="utf-8")
        mine = path.read_bytes()
        assert states(built.build())[LESSON] is State.FOREIGN
        assert path.read_bytes() == mine


def test_checkpoints_are_not_prints(built):
    checkpoint = built.root / "solutions" / ".ipynb_checkpoints" / "01_add-checkpoint.ipynb"
    checkpoint.parent.mkdir()
    checkpoint.write_text("{}", encoding="utf-8")
    assert len(built.compare()) == 3


def test_a_readme_is_no_manuscript(built, lesson_file):
    lesson_file.with_name("README.md").write_text("About.", encoding="utf-8")
    assert len(built.compare()) == 3


def test_the_course_is_found_from_a_folder_inside(built):
    inside = built.root / "course" / "lessons"
    assert Course.around(inside).root == built.root


def test_a_folder_without_a_course_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no course/ folder here.*--root"):
        Course.around(tmp_path / "nowhere")
