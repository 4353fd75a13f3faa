"""Plain ``nbgrader autograde`` with our execution switched on by its configuration."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.grading import small
from tests.grading.regrading import rows_of
from tests.grading.test_nbgrader import SECRETS, text_of

CONFIG = """\
c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.SandboxExecute.unsafe_no_sandbox = {unsafe}
c.SandboxExecute.cell_seconds = 20.0

from cnnlab.grading.autograde import preprocessors
c.Autograde.autograde_preprocessors = preprocessors()
"""
STUDENTS = ("ada", "bob", "dan", "eve", "forger")
FORGED = "def total(values):\n    import os\n    print('3.0')\n    os._exit(0)"


def nbgrader(folder, *words):
    environment = {**os.environ}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    command = [sys.executable, "-m", "nbgrader", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def course(pristine, folder, students, unsafe=True):
    """A plain course of nbgrader's, with these of the small class in it."""
    shutil.copytree(pristine / "solutions", folder / "solutions")
    for name in students:
        shutil.copytree(pristine / "submitted" / name, folder / "submitted" / name)
    (folder / "nbgrader_config.py").write_text(CONFIG.format(unsafe=unsafe))
    assert nbgrader(folder, "generate_assignment", "sums").returncode == 0
    return folder


@pytest.fixture(scope="module")
def autograded(pristine, tmp_path_factory):
    place = tmp_path_factory.mktemp("switched") / "course"
    folder = course(pristine[0], place, ("ada", "bob", "dan", "eve"))
    forged = small.submission({**small.RIGHT, "total": FORGED})
    forged["cells"].remove(small.cell_of(forged, "open-check"))
    small.hand_in(folder / "submitted", "forger", forged)
    done = nbgrader(folder, "autograde", "sums")
    assert done.returncode == 0, done.stderr
    return folder, done.stderr


def marks(folder):
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {
            entry.student.id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for grade in entry.notebooks[0].grades
            }
            for entry in book.assignment_submissions("sums")
        }


def test_the_marks_are_those_of_our_own_command(autograded, pristine):
    ours, theirs = rows_of(pristine[0]), marks(autograded[0])
    assert set(theirs) == set(STUDENTS)
    for student in ("ada", "bob", "dan", "eve"):
        for item, (points, by_hand) in theirs[student].items():
            told = ours[student][item]
            assert told == ("" if points is None else f"{points:g}")
            assert by_hand == (points is None)


def test_forged_output_earns_nothing(autograded):
    """The last word of a test is the judge's, whatever the student's process has printed."""
    folder, log = autograded
    assert marks(folder)["forger"]["total-check"] == (0.0, False)
    assert marks(folder)["forger"]["open-check"] == (1.0, False)
    assert "forger: deleted, and put back: open-check" in log


def test_the_copies_are_valid_and_hold_no_hidden_test(autograded):
    for student in STUDENTS:
        path = autograded[0] / f"autograded/{student}/sums/sums.ipynb"
        nbformat.validate(nbformat.read(path, as_version=4))
        text = path.read_text()
        assert not [secret for secret in SECRETS if secret in text]


def test_feedback_and_export_work_on_them(autograded):
    folder, _ = autograded
    assert nbgrader(folder, "generate_feedback", "sums").returncode == 0
    page = text_of((folder / "feedback/dan/sums/sums.html").read_text())
    assert "partly: 2 of 3 points" in page
    assert not [secret for secret in SECRETS if secret in page]
    assert nbgrader(folder, "export", "--to", "grades.csv").returncode == 0
    assert len((folder / "grades.csv").read_text().splitlines()) == 1 + len(STUDENTS)


def test_a_test_that_gives_nothing_leaves_the_student_without_marks(pristine, tmp_path):
    """nbgrader would give it all points. Here it says who and what, and goes on."""
    folder = course(pristine[0], tmp_path / "course", ("ada",))
    odd = {**small.RIGHT, "total": "def total(values):\n    return [] if not values else None"}
    small.hand_in(folder / "submitted", "bob", small.submission(odd))
    path = folder / "solutions/sums/sums.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = small.cell_of(notebook, "total-check")
    cell["source"] = "3.0 if total([1, 2]) == 3 else 'no'"
    nbformat.write(notebook, path)
    assert nbgrader(folder, "generate_assignment", "sums", "--force").returncode == 0
    done = nbgrader(folder, "autograde", "sums")
    assert "total-check could not be scored" in done.stderr
    found = marks(folder)
    assert found["ada"]["total-check"] == (3.0, False)
    assert found["bob"]["total-check"][0] is None


@pytest.mark.usefixtures("bubblewrap")
def test_the_sandbox_is_the_default(pristine, tmp_path):
    folder = course(pristine[0], tmp_path / "course", ("ada",), unsafe=False)
    spy = {**small.RIGHT, "mean": f"def mean(v):\n    return len(open({str(folder)!r}).read())"}
    small.hand_in(folder / "submitted", "dan", small.submission(spy))
    assert nbgrader(folder, "autograde", "sums").returncode == 0
    text = (folder / "autograded/dan/sums/sums.ipynb").read_text()
    assert "FileNotFoundError" in text
    assert marks(folder)["ada"]["total-check"] == (3.0, False)
