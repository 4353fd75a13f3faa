"""A lost record, a folder that may not be written, a full disk or a crash loses no work."""

import errno
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from cnnlab import workspace
from cnnlab.errors import EnvironmentProblem
from tests.workspace.small import EXERCISE, LESSON, SECOND, make_course, read


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
