"""``cnnlab check`` and ``cnnlab progress``: what a student reads, and the exit status."""

import nbformat
import pytest
from click.testing import CliRunner

from cnnlab import workspace
from cnnlab.checks import progress
from cnnlab.checks.notebook import Found
from cnnlab.cli import main


def run(*words, **options):
    return CliRunner().invoke(main, list(words), **options)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A student's course folder, in which the student stands."""
    workspace.update(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


def answer(folder, task, source):
    path = folder / "exercises" / "01_pixels" / "01_pixels.ipynb"
    whole = nbformat.read(path, as_version=4)
    cell = next(c for c in whole.cells if f"def {task}(" in c.source)
    cell.source = source
    nbformat.write(whole, path)
    return path


def test_an_exercise_is_checked_by_name_and_its_progress_remembered(folder):
    answer(folder, "slide_pair", "def slide_pair(image, pair):\n    return image")
    path = answer(
        folder, "rgb_to_gray", "def rgb_to_gray(image):\n    return image @ [0.299, 0.587, 0.114]"
    )
    before = path.read_bytes()
    done = run("check", "01_pixels")
    assert done.exit_code == 1
    assert path.read_bytes() == before
    lines = done.output.splitlines()
    assert "rgb_to_gray: all checks passed" in lines
    assert "slide_pair: not yet" in lines
    assert "01_pixels: 1 of 4 functions pass." in lines
    total = sum(len(e.tasks) for e in progress.exercises())
    assert f"All exercises: 1 of {total} functions pass (cnnlab progress lists them)." in lines

    shown = run("progress")
    assert shown.exit_code == 0
    rows = shown.output.splitlines()
    assert rows[1].split()[:4] == ["01_pixels", "1", "of", "4"]
    assert "slide_pair" in rows[1] + rows[2]
    assert rows[-1].startswith(f"1 of {total} functions pass")
    assert "not begun" in next(row for row in rows if row.startswith("02_filters"))


def test_a_wrong_call_says_what_there_is(folder, tmp_path):
    done = run("check", "nothing.ipynb")
    assert done.exit_code == 2
    assert "there is no notebook nothing.ipynb here" in done.output
    assert "01_pixels, 02_filters" in done.output
    done = run("check", "exercises/01_pixels")
    assert done.exit_code == 2
    assert "is a folder; name a notebook; it holds 01_pixels.ipynb" in done.output


def test_a_notebook_without_checks_is_told_so(tmp_path):
    path = tmp_path / "empty.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    done = run("check", str(path))
    assert done.exit_code == 2
    assert "holds no check" in done.output


def test_a_broken_notebook_ends_in_one_line(tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_text("{", encoding="utf-8")
    done = run("check", str(path))
    assert done.exit_code == 3
    assert done.output.startswith(f"cnnlab: {path} is not a notebook")
    assert len(done.output.splitlines()) == 1


def test_forget_asks_before_it_deletes(folder):
    assert "nothing to forget" in run("progress", "--forget").output
    progress.keep(folder, [Found("slide_pair", True, "", "")])
    assert run("progress", "--forget", input="n\n").exit_code == 1
    assert (folder / progress.FILE).is_file()
    done = run("progress", "--forget", input="y\n")
    assert done.exit_code == 0
    assert not (folder / progress.FILE).exists()


def test_outside_of_a_course_folder_there_is_no_progress(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("progress")
    assert done.exit_code == 2
    assert "cnnlab lab makes one" in done.output


@pytest.mark.parametrize("command", ["check", "progress"])
def test_help_names_what_it_does(command):
    shown = run(command, "--help").output
    assert "Usage" in shown
    assert len(shown.splitlines()) > 8
