"""Folders made to mislead: nothing outside is read or written, and the line says what to do."""

import os
import stat
import time
from pathlib import Path

import pytest

from cnnlab.grading import folder as folders
from cnnlab.grading.folder import Folder
from cnnlab.grading.intake import Refused, folder_hash, read_submission
from cnnlab.grading.layout import Entry, find_class, is_student
from tests.grading.corpus import course
from tests.grading.corpus.places import PLACES, SECRET


@pytest.fixture
def other(tmp_path):
    """Somebody else's folder."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "victim.ipynb").write_bytes(SECRET)
    (folder / course.FILE).write_bytes(course.bytes_of(course.notebook()))
    return folder


@pytest.fixture
def sub(tmp_path):
    """Mallory's folder for the assignment, with a right notebook in it."""
    folder = tmp_path / "submitted" / "mallory" / course.ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / course.FILE).write_bytes(course.bytes_of(course.notebook()))
    return folder


def read(sub):
    return read_submission(sub, "mallory", course.manifest())


def everything(tmp_path):
    return {path for path in tmp_path.rglob("*") if not path.is_symlink()}


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_folder_made_to_mislead(sub, other, tmp_path, place):
    place.make(sub, other)
    before, started = everything(tmp_path), time.monotonic()
    if place.outcome == "refuse":
        with pytest.raises(Refused) as caught:
            read(sub)
        said = str(caught.value)
        assert place.words in said
        assert len(said) <= 200
    else:
        submission = read(sub)
        assert len(submission.cells) == len(course.notebook()["cells"])
        assert all(SECRET not in content for _, content in submission.files)
        remarks = submission.flags if place.outcome == "review" else submission.notes
        assert any(place.words in remark for remark in remarks) or not place.words
        assert bool(submission.flags) == (place.outcome == "review")
    assert time.monotonic() - started < 5
    assert everything(tmp_path) == before


def test_what_would_stand_in_for_a_module_is_not_among_the_files(sub, other):
    for place in PLACES:
        if place.outcome == "review" and "module" in place.words:
            place.make(sub, other)
    (sub / "helpers.py").write_text("")
    assert [name for name, _ in read(sub).files] == ["helpers.py"]


def test_files_come_along_with_their_folders_and_hidden_ones_do_not(sub):
    for name in ("data/cat.txt", ".hidden", ".git/config", "__pycache__/x.pyc", "venv/x.txt"):
        (sub / name).parent.mkdir(exist_ok=True)
        (sub / name).write_bytes(b"meow")
    (sub / "timestamp.txt").write_text("2026-11-21 10:00:00 UTC\n")
    submission = read(sub)
    assert submission.files == (("data/cat.txt", b"meow"),)
    assert submission.timestamp == "2026-11-21 10:00:00 UTC"


def test_too_many_or_too_large_files_are_left_out_with_a_note(sub):
    for number in range(201):
        (sub / f"{number:03}.txt").write_bytes(b"")
    submission = read(sub)
    assert len(submission.files) == 200
    assert submission.notes == ("files beyond 20 MB or 200 were left out",)
    for number in range(201):
        (sub / f"{number:03}.txt").unlink()
    with (sub / "large").open("wb") as file:
        file.truncate(20 * 2**20 + 1)
    assert read(sub).notes == ("files beyond 20 MB or 200 were left out",)


def test_a_device_is_not_opened(sub, monkeypatch):
    """Where a device cannot be made, one is pretended."""
    try:
        os.mknod(sub / "disk", 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        (sub / "disk").touch()
        device, ask = os.stat_result([stat.S_IFCHR, *[0] * 9]), folders._status
        monkeypatch.setattr(folders, "_status", lambda n, d: device if n == "disk" else ask(n, d))
    with pytest.raises(Refused, match="disk is not a plain file but a device; delete it"):
        read(sub)


def test_a_folder_that_becomes_a_link_leads_nowhere(sub, other):
    """Between looking at a folder and reading it, the student swaps it."""
    (sub / "data").mkdir()
    (sub / "data" / "victim.ipynb").write_text("mine")
    with Folder(sub) as opened:
        entries, _ = opened.entries()
        (sub / "data" / "victim.ipynb").unlink()
        (sub / "data").rmdir()
        (sub / "data").symlink_to(other)
        with pytest.raises(Refused, match="data cannot be read"):
            opened.read("data/victim.ipynb")
    assert "data/victim.ipynb" in [entry.path for entry in entries]


def test_a_file_that_becomes_a_pipe_is_not_waited_for(sub):
    with Folder(sub) as opened:
        opened.entries()
        (sub / course.FILE).unlink()
        os.mkfifo(sub / course.FILE)
        with pytest.raises(Refused, match="is not a plain file but a named pipe"):
            opened.read(course.FILE)


def test_folders_without_end_are_not_walked_to_the_end(sub, monkeypatch):
    """Empty folders are no files, and still take their time."""
    monkeypatch.setattr(folders, "ENTRIES", 5)
    for number in range(10):
        (sub / f"{number}").mkdir()
    assert read(sub).notes == ("files beyond 20 MB or 200 were left out",)


@pytest.mark.parametrize("change", ["grow", "shrink", "touch", "swap"])
def test_a_file_that_changes_while_it_is_read_is_refused(sub, monkeypatch, change):
    path = sub / course.FILE
    opened = folders._open

    def meddled(name, *rest):
        if name == course.FILE:
            if change == "grow":
                path.write_bytes(path.read_bytes() + b" ")
            elif change == "shrink":
                os.truncate(path, 10)
            elif change == "touch":
                os.utime(path, ns=(0, 0))
            else:
                path.rename(sub / "old")
                path.write_bytes((sub / "old").read_bytes())
        return opened(name, *rest)

    monkeypatch.setattr(folders, "_open", meddled)
    with pytest.raises(Refused, match="changed while it was read; grade again"):
        read(sub)


def test_a_file_nobody_may_read_is_named(sub, monkeypatch):
    """Root may read everything; so the refusal is the system's, played by us."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.os, "fdopen", refuse)
    monkeypatch.setattr(folders.os, "open", refuse)
    with pytest.raises(Refused, match="02_filters cannot be read: Permission denied"):
        read(sub)


def test_the_teachers_folder_is_read_whole(sub):
    """What the teacher puts beside the notebook is trusted, a module too."""
    before = folder_hash(sub)
    (sub / "conftest.py").write_text("")
    assert folder_hash(sub) != before


IDS = ["ada", "A.b_c@d-e", "x" * 64, "7", "...", "-n", "@"]
NO_IDS = [
    ".",
    "..",
    "",
    "x" * 65,
    "a b",
    "a/b",
    "a\\b",
    "<b>x</b>",
    "é",
    "a\n",
    "'; --",
    "=1+1",
    "a:b",
]


@pytest.mark.parametrize("name", IDS)
def test_a_students_id(name):
    assert is_student(name)


@pytest.mark.parametrize("name", NO_IDS)
def test_no_students_id(name):
    assert not is_student(name)


@pytest.mark.parametrize("name", ["<b>x</b>", "a b", "x" * 65, "$(id)", "g\udcff", "a\nb"])
def test_a_folder_of_another_name_gets_its_line_and_is_not_entered(sub, other, name):
    """Markup, shell words, bytes that are no text: shown on one line, called nothing."""
    source = _course(other)
    strange = sub.parent.parent / name / course.ASSIGNMENT
    strange.mkdir(parents=True)
    (strange / course.FILE).write_bytes(course.bytes_of(course.notebook()))
    known, odd = sorted(find_class(sub.parent.parent, source), key=lambda entry: not entry.named)
    assert known == Entry("mallory", sub)
    assert "cannot be a student's id; rename it: 1 to 64 of" in odd.reason
    assert odd.student.isprintable()
    assert len(odd.student) <= 60


@pytest.mark.parametrize("name", ["ada.zip", "ada.ipynb", "class.tar.gz"])
def test_work_beside_the_folders_is_not_passed_over(sub, other, name):
    (sub.parent.parent / name).write_bytes(b"PK")
    (sub.parent.parent / "README.txt").write_text("mine")
    loose = find_class(sub.parent.parent, _course(other))[-1]
    assert (loose.student, loose.named, loose.submitted) == (name, False, True)
    assert f"into <student>/{course.ASSIGNMENT}/" in loose.reason


def test_a_student_whose_folder_is_a_link_is_not_followed(sub, other):
    (sub.parent.parent / "eve").symlink_to(sub.parent)
    eve = find_class(sub.parent.parent, _course(other))[0]
    assert eve.reason == "the folder is a symbolic link; put the folder itself there"


def _course(other) -> Path:
    source = other / "solutions" / course.ASSIGNMENT
    source.mkdir(parents=True)
    (source / course.FILE).write_bytes(b"{}")
    return source
