"""A fresh copy stands beside the student's file; folder, first lesson and course are found."""

import shutil

import pytest

import cnnlab
from cnnlab import workspace
from cnnlab.errors import CnnlabError, EnvironmentProblem, UsageError
from tests.workspace.small import EXERCISE, LESSON, SECOND, make_course, read, snapshot


def test_fresh_copy_stands_beside_the_students(course, newer, folder):
    workspace.update(folder, course)
    (folder / LESSON).write_text("my work", encoding="utf-8")
    assert workspace.update(folder, newer).kept == [LESSON]
    first = workspace.fresh_copy(folder, LESSON, newer)
    second = workspace.fresh_copy(folder, LESSON, newer)
    assert [p.name for p in (first, second)] == [
        "01_pixels-fresh.ipynb",
        "01_pixels-fresh-2.ipynb",
    ]
    assert first.parent == (folder / LESSON).parent
    assert first.read_text(encoding="utf-8") == "one, better"
    assert read(folder, LESSON) == "my work"
    assert workspace.update(folder, newer).kept == []  # the reminder has done its work


def test_fresh_copy_leaves_an_untouched_file_renewable(course, newer, folder):
    workspace.update(folder, course)
    workspace.fresh_copy(folder, LESSON, newer)
    assert workspace.update(folder, newer).renewed == [LESSON]


def test_fresh_copy_of_a_deleted_file_takes_its_own_name(course, folder):
    workspace.update(folder, course)
    (folder / LESSON).unlink()
    assert workspace.fresh_copy(folder, LESSON, course) == folder / LESSON


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("02_filters", SECOND),
        ("02_filters.ipynb", SECOND),
        (EXERCISE, EXERCISE),
        (EXERCISE.replace("/", "\\"), EXERCISE),
    ],
)
def test_fresh_copy_finds_a_file_by_what_a_student_types(course, folder, name, found):
    workspace.update(folder, course)
    made = workspace.fresh_copy(folder, name, course)
    assert made.relative_to(folder).as_posix() == found.replace(".ipynb", "-fresh.ipynb")


def test_fresh_copy_of_an_unclear_or_unknown_name_says_what_there_is(course, folder):
    workspace.update(folder, course)
    before = snapshot(folder)
    with pytest.raises(UsageError, match=f"names 2 files; say which: {LESSON}, {EXERCISE}"):
        workspace.fresh_copy(folder, "01_pixels", course)
    with pytest.raises(UsageError, match="no file '99'; it has 01_pixels, 02_filters"):
        workspace.fresh_copy(folder, "99", course)
    with pytest.raises(UsageError, match="not a course folder"):
        workspace.fresh_copy(folder.parent, "02_filters", course)
    assert snapshot(folder) == before


def test_folder_is_found_from_anywhere_inside_it(course, folder):
    assert workspace.find_folder(folder) == folder / "cnnlab-course"
    workspace.update(folder, course)
    assert workspace.find_folder(folder) == folder
    assert workspace.find_folder(folder / "exercises" / "01_pixels") == folder


def test_first_lesson_is_the_first_by_name_and_its_absence_is_said(course, folder):
    workspace.update(folder, course)
    assert workspace.first_lesson(folder) == LESSON
    shutil.rmtree(folder / "notebooks")
    with pytest.raises(EnvironmentProblem, match="holds no notebook"):
        workspace.first_lesson(folder)


def test_missing_course_is_said(tmp_path, monkeypatch):
    package = tmp_path / "site" / "cnnlab"
    monkeypatch.setattr(cnnlab, "__file__", str(package / "__init__.py"))
    with pytest.raises(CnnlabError, match="notebooks are missing.*; install cnnlab again"):
        workspace.course_root()
    make_course(package.parent, lesson="a clone")
    assert workspace.course_root() == package.parent
    make_course(package / "_course", lesson="a wheel")
    assert workspace.course_root() == package / "_course"
