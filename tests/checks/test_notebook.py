"""A whole notebook is checked in a kernel of its own, and stays as it is."""

import nbformat
import pytest

from cnnlab.checks.notebook import read_notebook, run, saved, tasks_of
from cnnlab.errors import NotebookError

RIGHT = "def slide_pair(image, pair):\n    return pair[0] * image[:, :-1] + pair[1] * image[:, 1:]"
WRONG = "def rgb_to_gray(image):\n    return image.mean(axis=2)"
SETUP = "from cnnlab.checks import check\nprint(open('beside.txt').read())"


@pytest.fixture
def notebook(tmp_path):
    """A function that makes a notebook of code cells, in a folder with a file beside it."""
    (tmp_path / "beside.txt").write_text("here", encoding="utf-8")

    def make(*cells):
        whole = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        path = tmp_path / "mine.ipynb"
        nbformat.write(whole, path)
        return path

    return make


def test_the_checks_of_a_notebook_are_collected_and_the_file_stays(notebook):
    path = notebook(SETUP, RIGHT, "check.slide_pair()", WRONG, "check.rgb_to_gray()", "1 / 0")
    before = path.read_bytes()
    done = run(path, ["slide_pair", "scale_centered"])
    assert path.read_bytes() == before
    assert [p.name for p in sorted(path.parent.iterdir())] == ["beside.txt", "mine.ipynb"]
    said = {task: (one.passed, one.mistake) for task, one in done.found.items()}
    assert said == {
        "slide_pair": (True, ""),
        "rgb_to_gray": (False, "rgb_to_gray.plain-mean"),
        "scale_centered": (False, "scale_centered.defined"),
    }
    assert done.found["rgb_to_gray"].text.startswith("rgb_to_gray: not yet\n")
    (trouble,) = done.troubles
    assert (trouble.number, trouble.line) == (6, "1 / 0")
    assert trouble.why == "stopped with ZeroDivisionError: division by zero"


def test_a_cell_that_does_not_end_is_stopped_and_the_rest_is_checked(notebook):
    path = notebook(SETUP, RIGHT, "while True: pass", "check.slide_pair()")
    done = run(path, seconds=3)
    assert done.found["slide_pair"].passed
    (trouble,) = done.troubles
    assert (trouble.number, trouble.why) == (3, "did not finish within 3 seconds")


STUBBORN = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""


def test_a_cell_that_cannot_be_stopped_ends_the_run(notebook, monkeypatch):
    monkeypatch.setattr("cnnlab.checks.notebook.GRACE", 1.0)
    done = run(notebook(SETUP, RIGHT, "check.slide_pair()", STUBBORN, "1 / 0"), seconds=2)
    assert done.found["slide_pair"].passed
    (trouble,) = done.troubles
    assert trouble.number == 4
    assert "could not be stopped" in trouble.why


def test_a_cell_that_ends_python_is_told(notebook):
    path = notebook(
        SETUP, RIGHT, "check.slide_pair()", "import os; os._exit(1)", "check.rgb_to_gray()"
    )
    done = run(path)
    assert list(done.found) == ["slide_pair"]
    assert "ended Python itself" in done.troubles[-1].why


def test_a_question_to_the_keyboard_does_not_hang(notebook):
    done = run(notebook("answer = input()"))
    assert "stopped with" in done.troubles[0].why


def test_tasks_are_the_calls_in_the_cells(notebook):
    path = notebook("check.b()\n# check.c()\ncheck.a(a)", 'text = "check.d()"', "check.b.points(b)")
    assert tasks_of(read_notebook(path)) == ["b", "a"]


def test_saved_outputs_tell_what_was_said(notebook):
    whole = read_notebook(notebook("check.a()", "other"))
    assert saved(whole) == {}
    said = {"task": "a", "passed": False, "mistake": "a.shape", "rung": "shape"}
    data = {"application/vnd.cnnlab.check+json": said, "text/plain": "a: not yet"}
    whole.cells[0].outputs = [nbformat.v4.new_output("display_data", data)]
    assert saved(whole)["a"].mistake == "a.shape"
    whole.cells[0].outputs[0].data["application/vnd.cnnlab.check+json"] = "nonsense"
    assert saved(whole) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty. Save the notebook"),
        (b"   \n", "is empty. Save the notebook"),
        (b"{", "is not a notebook"),
        (b"[1, 2]", "is not a notebook"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence(tmp_path, content, words):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=words) as caught:
        read_notebook(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told_in_a_sentence(tmp_path):
    with pytest.raises(NotebookError, match="No such file"):
        read_notebook(tmp_path / "none.ipynb")
