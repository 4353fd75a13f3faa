"""How far a student has come: from saved notebooks and from `cnnlab check`, the newer counts."""

import os
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from cnnlab import workspace
from cnnlab.checks import check, progress
from cnnlab.checks.notebook import Found
from cnnlab.checks.report import MIME


@pytest.fixture
def folder(tmp_path):
    """A student's course folder."""
    workspace.update(tmp_path / "mine")
    return tmp_path / "mine"


def save(folder, task, passed, hours_ago=0.0):
    """What JupyterLab saves after a check, some time ago."""
    path = folder / "exercises" / "01_pixels" / "01_pixels.ipynb"
    whole = nbformat.read(path, as_version=4)
    cell = next(c for c in whole.cells if f"check.{task}(" in c.source)
    said = {"task": task, "passed": passed, "rung": "", "mistake": "" if passed else f"{task}.x"}
    cell.outputs = [nbformat.v4.new_output("display_data", {MIME: said, "text/plain": "text"})]
    nbformat.write(whole, path)
    then = datetime.now(UTC) - timedelta(hours=hours_ago)
    os.utime(path, (then.timestamp(), then.timestamp()))


def test_the_exercises_are_those_of_the_release(folder):
    found = progress.exercises()
    tasks = [task for e in found for task in e.tasks]
    assert set(tasks) <= set(dir(check))
    assert found[0] == progress.Exercise(
        "01_pixels", ("pixels_to_array", "rgb_to_gray", "scale_centered", "slide_pair")
    )


def test_a_fresh_folder_knows_nothing(folder):
    assert progress.states(folder) == {}


def test_saved_outputs_count(folder):
    save(folder, "slide_pair", True)
    save(folder, "rgb_to_gray", False)
    states = progress.states(folder)
    assert states["slide_pair"].passed
    assert (states["rgb_to_gray"].passed, states["rgb_to_gray"].mistake) == (False, "rgb_to_gray.x")


def test_the_newer_of_file_and_outputs_counts(folder):
    save(folder, "slide_pair", False, hours_ago=1)
    progress.keep(folder, [Found("slide_pair", True, "", "")])
    assert progress.states(folder)["slide_pair"].passed
    save(folder, "slide_pair", False, hours_ago=-1)
    assert not progress.states(folder)["slide_pair"].passed


def test_what_is_kept_is_little_and_merges(folder):
    progress.keep(folder, [Found("a", True, "", "def secret(): pass")])
    progress.keep(folder, [Found("b", False, "b.shape", "")])
    assert {task: s.passed for task, s in progress.states(folder).items()} == {
        "a": True,
        "b": False,
    }
    assert "secret" not in (folder / progress.FILE).read_text(encoding="utf-8")


def test_forget_deletes_the_file_alone(folder):
    assert not progress.forget(folder)
    progress.keep(folder, [Found("a", True, "", "")])
    assert progress.forget(folder)
    assert progress.states(folder) == {}
    assert (folder / workspace.RECORD).is_file()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"functions": {"a": {}}}', '{"functions": 3}'])
def test_a_broken_file_is_as_if_there_were_none(folder, content):
    (folder / progress.FILE).write_text(content, encoding="utf-8")
    assert progress.states(folder) == {}
    progress.keep(folder, [Found("a", True, "", "")])
    assert progress.states(folder)["a"].passed


def test_a_broken_notebook_is_passed_over(folder):
    save(folder, "slide_pair", True)
    (folder / "exercises" / "02_filters" / "02_filters.ipynb").write_text("{", encoding="utf-8")
    assert list(progress.states(folder)) == ["slide_pair"]


@pytest.mark.parametrize("name", ["02_filters.ipynb", "02_filters-fresh.ipynb"])
def test_a_notebook_is_known_by_its_name(folder, name):
    assert progress.exercise_of(folder / name).name == "02_filters"
    assert progress.exercise_of(folder / "Untitled.ipynb") is None


def test_a_folder_is_found_from_inside_and_from_nowhere_else(folder, tmp_path):
    assert progress.folder_of(folder / "exercises" / "01_pixels") == folder.resolve()
    assert progress.folder_of(tmp_path) is None
