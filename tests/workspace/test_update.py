"""The student's folder: filled once, brought up to date, never overwritten."""

import json
import shutil
from hashlib import sha256

import pytest

import cnnlab
from cnnlab import workspace
from cnnlab.errors import UsageError
from tests.workspace.small import EXERCISE, LESSON, SECOND, make_course, read, snapshot


def test_first_start_delivers_every_file_and_records_its_hash(course, folder):
    done = workspace.update(folder, course)
    assert done.added == [LESSON, SECOND, EXERCISE]
    assert (read(folder, LESSON), read(folder, EXERCISE)) == ("one", "ask")
    record = json.loads(read(folder, workspace.RECORD))
    assert record["files"][LESSON] == sha256(b"one").hexdigest()
    assert record["release"] == cnnlab.__version__


def test_what_is_hidden_or_not_the_courses_stays_behind(course, folder):
    make_course(course / "solutions" / "x", lesson="the answer")
    for extra in [".ipynb_checkpoints/a.ipynb", "__pycache__/a.pyc", ".hidden"]:
        path = course / "notebooks" / extra
        path.parent.mkdir(exist_ok=True)
        path.write_text("litter", encoding="utf-8")
    workspace.update(folder, course)
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert names == {LESSON, SECOND, EXERCISE, workspace.RECORD.as_posix()}


def test_second_start_changes_nothing(course, folder):
    workspace.update(folder, course)
    (folder / LESSON).write_text("my work", encoding="utf-8")
    before = snapshot(folder)
    done = workspace.update(folder, course)
    assert snapshot(folder) == before
    assert done == workspace.Update(folder)


def test_newer_release_adds_renews_and_leaves_alone(course, newer, folder):
    workspace.update(folder, course)
    (folder / SECOND).write_text("my second", encoding="utf-8")
    done = workspace.update(folder, newer)
    assert done.added == ["notebooks/03_edges.ipynb"]
    assert done.renewed == [LESSON]
    assert done.kept == []  # the second lesson is the student's, and there is no newer one
    assert read(folder, LESSON) == "one, better"
    assert read(folder, SECOND) == "my second"


def test_changed_file_is_left_alone_and_named_at_each_start(course, newer, folder):
    workspace.update(folder, course)
    (folder / LESSON).write_text("my work", encoding="utf-8")
    for _ in range(2):
        done = workspace.update(folder, newer)
        assert done.kept == [LESSON]
        assert done.renewed == []
        assert read(folder, LESSON) == "my work"


def test_deleted_file_comes_back(course, folder):
    workspace.update(folder, course)
    (folder / LESSON).unlink()
    shutil.rmtree(folder / "exercises")
    done = workspace.update(folder, course)
    assert (done.restored, done.added) == ([LESSON, EXERCISE], [])
    assert read(folder, LESSON) == "one"


def test_file_that_a_release_dropped_stays(course, folder):
    workspace.update(folder, course)
    (course / SECOND).unlink()
    assert workspace.update(folder, course) == workspace.Update(folder)
    assert read(folder, SECOND) == "two"


def test_own_files_beside_the_courses_are_never_touched(course, newer, folder):
    workspace.update(folder, course)
    own = folder / "notebooks" / "03_edges.ipynb"
    own.write_text("mine, by that very name", encoding="utf-8")
    done = workspace.update(folder, newer)
    assert done.kept == ["notebooks/03_edges.ipynb"]
    assert own.read_text(encoding="utf-8") == "mine, by that very name"


def test_folder_or_dangling_link_in_a_files_place_is_left_alone(course, folder):
    (folder / LESSON).mkdir(parents=True)
    (folder / ".cnnlab").mkdir()
    (folder / workspace.RECORD).write_text('{"release": "0", "files": {}}', encoding="utf-8")
    (folder / SECOND).symlink_to(folder / "nowhere")
    done = workspace.update(folder, course)
    assert done.kept == [LESSON, SECOND]
    assert (folder / LESSON).is_dir()
    assert (folder / SECOND).is_symlink()


def test_older_release_takes_nothing_back(course, newer, folder, monkeypatch):
    monkeypatch.setattr(cnnlab, "__version__", "0.10.0")
    workspace.update(folder, newer)
    monkeypatch.setattr(cnnlab, "__version__", "0.9.1")  # as text it would be the larger
    before = snapshot(folder)
    done = workspace.update(folder, course)
    assert done.newer == "0.10.0"
    assert snapshot(folder) == before


@pytest.mark.parametrize("name", [".git/config", ".DS_Store", "Thumbs.db"])
def test_litter_does_not_make_a_folder_foreign(course, folder, name):
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("x", encoding="utf-8")
    assert workspace.update(folder, course).added


@pytest.mark.parametrize("name", ["thesis.tex", "notebooks/own.ipynb", "a/b/c/d"])
def test_folder_with_other_things_is_refused_and_untouched(course, folder, name):
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("mine", encoding="utf-8")
    before = snapshot(folder)
    with pytest.raises(UsageError) as caught:
        workspace.update(folder, course)
    assert snapshot(folder) == before
    assert name.split("/")[0] in str(caught.value)
    assert f"cnnlab lab {folder / 'cnnlab-course'}" in str(caught.value)


def test_clone_of_the_course_is_refused(course, folder):
    """It has the course's files at their places, but a clone is no folder to work in."""
    make_course(folder, lesson="one", exercise="ask")
    (folder / "pyproject.toml").touch()
    with pytest.raises(UsageError, match=r"holds other things \(exercises, notebooks, pyproject"):
        workspace.update(folder, course)
    assert not (folder / ".cnnlab").exists()


def test_course_itself_is_refused(course):
    before = snapshot(course)
    with pytest.raises(UsageError, match="the course itself"):
        workspace.update(course, course)
    assert snapshot(course) == before


@pytest.mark.parametrize("below", ["", "deeper/down"])
def test_folder_that_is_a_file_is_refused(course, folder, below):
    folder.write_text("a letter", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine is a file; name a folder"):
        workspace.update(folder / below, course)
    assert folder.read_text(encoding="utf-8") == "a letter"


def test_delivered_files_have_the_users_ordinary_rights(course, folder):
    workspace.update(folder, course)
    probe = folder / "probe"
    probe.touch()
    assert (folder / LESSON).stat().st_mode == probe.stat().st_mode
