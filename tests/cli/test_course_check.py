"""``cnnlab course check``: what a teacher who writes an exercise is told."""

import json

import pytest
from click.testing import CliRunner

from cnnlab.cli import main


def run(root, *names):
    return CliRunner().invoke(main, ["course", "check", "--root", str(root), *names])


@pytest.fixture
def broken(tmp_path, root):
    """A course whose exercise 01 asks for a function without checks, and answers another badly."""
    source = root / "solutions" / "01_pixels" / "01_pixels.ipynb"
    whole = json.loads(source.read_text(encoding="utf-8"))
    text = json.dumps(whole).replace("slide_pair", "slide_three").replace("0.587", "0.5")
    folder = tmp_path / "solutions" / "01_pixels"
    folder.mkdir(parents=True)
    (tmp_path / "course").mkdir()
    (folder / "01_pixels.ipynb").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_exercise_of_the_course_misses_nothing(root):
    done = run(root, "01_pixels")
    assert done.exit_code == 0, done.output
    heading, *rows, last = done.output.splitlines()
    assert heading.split()[0] == "function"
    assert [row.split()[0] for row in rows] == [
        "pixels_to_array",
        "rgb_to_gray",
        "scale_centered",
        "slide_pair",
    ]
    assert last == "Nothing is missing."


def test_what_is_missing_is_said(broken):
    done = run(broken, "01_pixels")
    assert done.exit_code == 1
    assert "slide_three: checks: there is no check named slide_three" in done.output
    assert "rgb_to_gray: changes of the model answer: the model answer does not" in done.output
    assert done.output.splitlines()[-1] == "Missing: 2."


def test_an_unknown_exercise_names_those_there_are(root):
    done = run(root, "77_waves")
    assert done.exit_code == 2
    assert "no exercise '77_waves'" in done.output
    assert "02_filters" in done.output
    assert "cnnlab course build 77_waves" in done.output
