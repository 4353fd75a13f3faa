"""The small assignment's manifest, made by hand, and shared graded classes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cnnlab.grading.gradebook import Book
from cnnlab.grading.manifest import build
from cnnlab.grading.model import Manifest
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import Job, grade_class
from cnnlab.grading.sandbox import Bubblewrap
from tests.grading import small
from tests.grading.servers import throwaway_postgresql


@pytest.fixture(scope="session")
def manifest():
    """The small assignment as the grader sees it, built without nbgrader."""
    sources = {
        "imports": "import math",
        "total-check": small.TOTAL_CHECK,
        "mean-check": small.MEAN_CHECK,
        "open-check": small.OPEN_CHECK,
    }
    return build(small.NAME, small.NAME, small.released(), sources, "0" * 64)


@pytest.fixture(scope="module")
def learnt(manifest):
    """The manifest with what the solution's run teaches."""
    cells = (replace(cell, partial=cell.grade_id == "total-check") for cell in manifest.cells)
    return replace(manifest, cells=tuple(cells))


@pytest.fixture(scope="module")
def bare():
    """An assignment without cells of the teacher, to look at single cells."""
    return Manifest("bare", "bare", (), "0")


def make_class(folder):
    """A small class: its course, and submissions of five kinds."""
    small.write_course(folder)
    submitted = folder / "submitted"
    right = small.RIGHT
    small.hand_in(submitted, "ada", small.submission())
    small.hand_in(submitted, "bob", small.submission({}))
    small.hand_in(submitted, "cleo", b"{broken")
    half = {**right, "total": "def total(values):\n    return int(sum(values))"}
    small.hand_in(
        submitted, "dan", small.submission({**half, "mean": "def mean(v):\n    return 3"})
    )
    loud = "def total(values):\n    raise ValueError(f'got {values}')"
    small.hand_in(submitted, "eve", small.submission({**right, "total": loud}))
    (submitted / "fay").mkdir()
    return folder


def job_of(folder, **changes):
    fields = {
        "assignment": small.NAME,
        "submitted": folder / "submitted",
        "source": folder / "solutions" / small.NAME,
        "output": folder / "out",
        "workers": 2,
    }
    return Job(**{**fields, **changes})


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A small class with an empty gradebook; making one takes nbgrader some seconds."""
    folder = make_class(tmp_path_factory.mktemp("prepared") / "course")
    (folder / "out").mkdir()
    Book(folder / "out").close()
    return folder


@pytest.fixture(scope="session")
def pristine(prepared, tmp_path_factory):
    """The small class after its first grading; copy it before changing anything."""
    folder = copy_of(prepared, tmp_path_factory.mktemp("class") / "course")
    return folder, grade_class(job_of(folder), PlainProcess())


@pytest.fixture
def ungraded(prepared, tmp_path):
    """The small class before its first grading, to do anything with."""
    return copy_of(prepared, tmp_path / "course")


@pytest.fixture
def graded(pristine, tmp_path):
    """The small class after its first grading, to do anything with."""
    return copy_of(pristine[0], tmp_path / "course")


def copy_of(folder, to):
    return Path(shutil.copytree(folder, to))


@pytest.fixture(scope="module", params=["sandbox", "plain"])
def executor(request):
    """Both levels judge alike."""
    if request.param == "sandbox":
        request.getfixturevalue("bubblewrap")
    made = Bubblewrap() if request.param == "sandbox" else PlainProcess()
    yield made
    made.close()


@pytest.fixture(scope="session")
def server(postgresql_programs):
    """A running PostgreSQL server."""
    with throwaway_postgresql(postgresql_programs) as folder:
        yield folder
