"""The student's folder: filled once, brought up to date, never overwritten."""

import errno
import json
import os
import shutil
import stat
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

import cnnlab
from cnnlab import workspace
from cnnlab.errors import CnnlabError, EnvironmentProblem, UsageError

LESSON = "notebooks/01_pixels.ipynb"
SECOND = "notebooks/02_filters.ipynb"
EXERCISE = "exercises/01_pixels/01_pixels.ipynb"


def make_course(root, **texts):
    """A small course; keyword ``lesson``, ``second``, ``exercise`` give the files' texts."""
    names = {"lesson": LESSON, "second": SECOND, "exercise": EXERCISE}
    for key, text in texts.items():
        path = root / names[key]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "release", lesson="one", second="two", exercise="ask")


@pytest.fixture
def newer(tmp_path):
    """The next release: the first lesson is better, and there is a third."""
    root = make_course(tmp_path / "next", lesson="one, better", second="two", exercise="ask")
    (root / "notebooks" / "03_edges.ipynb").write_text("three", encoding="utf-8")
    return root


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mine"


def snapshot(folder):
    return {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def read(folder, name):
    return (folder / name).read_text(encoding="utf-8")


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


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"release": 1, "files": {}}', "\x00\xff"])
def test_broken_record_is_made_anew_and_no_work_is_lost(course, newer, folder, broken):
    workspace.update(folder, course)
    (folder / SECOND).write_text("my work", encoding="utf-8")
    (folder / workspace.RECORD).write_text(broken, encoding="latin-1")
    done = workspace.update(folder, newer)
    assert done.record_lost
    # Without the record nobody can tell that the old lesson was untouched.
    assert done.kept == [LESSON, SECOND]
    assert (read(folder, LESSON), read(folder, SECOND)) == ("one", "my work")
    assert not workspace.update(folder, newer).record_lost


def test_folder_copied_without_its_record_is_known(course, folder):
    workspace.update(folder, course)
    (folder / LESSON).write_text("my work", encoding="utf-8")
    shutil.rmtree(folder / ".cnnlab")
    done = workspace.update(folder, course)
    assert (done.record_lost, done.added, done.kept) == (True, [], [LESSON])
    assert read(folder, LESSON) == "my work"


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


@pytest.fixture
def unprivileged():
    """Run as an ordinary user: root may write everywhere, so a read-only folder needs another."""
    place = Path(tempfile.mkdtemp(prefix="cnnlab-test-"))
    place.chmod(0o755)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.chown(place, 65534, 65534)
        os.seteuid(65534)
    yield place
    if root:
        os.seteuid(0)
    shutil.rmtree(place)


def test_read_only_folder_is_one_plain_line(unprivileged):
    course = make_course(unprivileged / "release", lesson="one")
    folder = unprivileged / "mine"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(EnvironmentProblem) as caught:
            workspace.update(folder, course)
    finally:
        folder.chmod(stat.S_IRWXU)
    assert "\n" not in str(caught.value)
    assert "may not be written; choose a folder of your own" in str(caught.value)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_failure_at_any_write_loses_nothing(course, newer, folder, monkeypatch, call, code, nth):
    """A full or failing disk at the first, second, third write; then the same start once more."""
    workspace.update(folder, course)
    (folder / SECOND).write_text("my work", encoding="utf-8")
    real, count = getattr(os, call), iter(range(1, 100))

    def fails(*arguments):
        if next(count) == nth:
            raise OSError(code, os.strerror(code), str(arguments[0]))
        return real(*arguments)

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(EnvironmentProblem) as caught:
        workspace.update(folder, newer)
    assert "nothing was lost" in str(caught.value)
    assert ("disk is full" in str(caught.value)) == (code == errno.ENOSPC)
    assert read(folder, SECOND) == "my work"
    assert read(folder, LESSON) in ("one", "one, better")
    assert not list(folder.rglob("*.part"))
    monkeypatch.undo()
    workspace.update(folder, newer)
    assert read(folder, LESSON) == "one, better"
    assert workspace.update(folder, newer) == workspace.Update(folder)


def test_crash_between_two_writes_of_the_first_start(course, folder, monkeypatch):
    """A power cut after the record: the next start knows the folder and finishes it."""
    real, count = os.replace, iter(range(100))

    def cut(*arguments):
        if next(count) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        workspace.update(folder, course)
    assert (folder / LESSON).exists()
    assert not (folder / SECOND).exists()
    monkeypatch.undo()
    assert workspace.update(folder, course).added == [SECOND, EXERCISE]


def test_delivered_files_have_the_users_ordinary_rights(course, folder):
    workspace.update(folder, course)
    probe = folder / "probe"
    probe.touch()
    assert (folder / LESSON).stat().st_mode == probe.stat().st_mode


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
