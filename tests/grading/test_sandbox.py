"""The sandbox holds classes of attack; honest work in it earns what it earns elsewhere."""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE
from types import SimpleNamespace

import pytest

from cnnlab.grading.gradebook import Book
from cnnlab.grading.manifest import as_submission, calibrate
from cnnlab.grading.model import ExecutionProblem, Limits, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.sandbox import Bubblewrap
from tests.grading import small
from tests.grading.attacks import ENDED, HELD
from tests.grading.executing import FULL, points, run

ROOT = Path(__file__).resolve().parents[2]
FILTERS = "02_filters"
LIMITS = Limits(cell_seconds=20.0, memory_bytes=2**30)
SHORT = Limits(cell_seconds=3.0, total_seconds=60.0, memory_bytes=2**30)
pytestmark = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture(scope="module")
def filters(prepared, tmp_path_factory):
    """The exercise of lesson 2 with its solution as a submission, and what that earns."""
    folder = tmp_path_factory.mktemp("filters")
    shutil.copytree(prepared / "out", folder / "out")
    book = Book(folder / "out")
    manifest, solution = book.register(FILTERS, ROOT / "solutions" / FILTERS)
    book.close()
    submission = as_submission(solution, manifest)
    outcome = Bubblewrap().execute(submission, manifest, LIMITS)
    manifest = calibrate(manifest, outcome)  # raises unless everything is earned
    return SimpleNamespace(manifest=manifest, submission=submission, points=points(outcome))


@pytest.fixture(scope="module")
def bait(tmp_path_factory):
    """Things on this machine that student code must not reach."""
    folder = tmp_path_factory.mktemp("teacher")
    (folder / "solutions.ipynb").write_text("secret")
    shared = Path("/dev/shm", f"cnnlab-{os.getpid()}")
    shared.write_text("left by an earlier submission")
    abstract = f"\0cnnlab-{os.getpid()}"
    environment = {**os.environ, "CNNLAB_CANARY": "1"}
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=PIPE, env=environment)
    with (
        other,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("CNNLAB_CANARY", "1")
        local.bind(abstract)
        local.listen()
        yield {
            "secret": str(folder / "solutions.ipynb"),
            "home": str(folder),
            "root": str(ROOT),
            "shared": shared.name,
            "port": server.getsockname()[1],
            "abstract": abstract,
            "course": str(folder),
            "package": str(ROOT / "cnnlab"),
        }
        other.kill()
    shared.unlink()


@pytest.fixture(scope="module")
def tried(filters, bait):
    """Every attack of HELD at the head of one notebook: what each found, and all points."""
    cells = [SubmittedCell("code", attack.source.format(**bait)) for attack in HELD]
    submission = replace(filters.submission, cells=(*cells, *filters.submission.cells))
    outcome = Bubblewrap().execute(submission, filters.manifest, LIMITS)
    own = [
        ran
        for step, ran in zip(outcome.steps, outcome.ran, strict=True)
        if step.kind == "student" and step.grade_id is None
    ]
    return dict(zip((attack.name for attack in HELD), own, strict=False)), points(outcome)


@pytest.fixture(scope="module")
def tried_without(bare, bait):
    """The same cells without a sandbox."""
    attacks = [attack for attack in HELD if attack.open]
    cells = tuple(SubmittedCell("code", attack.source.format(**bait)) for attack in attacks)
    ran = PlainProcess().execute(Submission("mallory", cells, "0"), bare, LIMITS).ran
    return dict(zip((attack.name for attack in attacks), ran, strict=True))


@pytest.mark.parametrize("name", [attack.name for attack in HELD])
def test_an_attack_finds_nothing(tried, name):
    ran = tried[0][name]
    assert (ran.status, ran.value) == ("ok", 0.0), ran


def test_the_rest_of_the_notebook_is_graded(tried, filters):
    assert tried[1] == filters.points


@pytest.mark.parametrize("name", [attack.name for attack in HELD if attack.open])
def test_the_same_cell_finds_something_without_a_sandbox(tried_without, name):
    assert tried_without[name].value > 0, tried_without[name]


@pytest.mark.parametrize("attack", ENDED, ids=lambda attack: attack.name)
def test_an_attack_on_resources_costs_its_own_cell(learnt, attack):
    started = time.monotonic()
    outcome = run(learnt, attack.source, limits=SHORT, executor=Bubblewrap)
    assert time.monotonic() - started < 45
    assert points(outcome) == FULL
    own = [r for s, r in zip(outcome.steps, outcome.ran, strict=True) if s.source == attack.source]
    assert own[0].status != "ok"


def test_what_the_supervisor_ended_is_said(bare):
    for name, words in [
        ("many processes", "more than 64 processes"),
        ("memory by many", "1024 MB"),
    ]:
        (attack,) = [attack for attack in ENDED if attack.name.startswith(name)]
        submission = Submission("mallory", (SubmittedCell("code", attack.source),), "0")
        outcome = Bubblewrap().execute(submission, bare, replace(SHORT, cell_seconds=10))
        assert words in outcome.notes[0]


def test_nothing_is_left_running(bare):
    """A child in a session of its own, which a process group does not reach."""
    source = "import subprocess; subprocess.Popen(['sleep', '987'], start_new_session=True); 1"
    submission = Submission("mallory", (SubmittedCell("code", source),), "0")
    outcome = Bubblewrap().execute(submission, bare, SHORT)
    assert outcome.ran[0].value == 1.0
    sleeping = [p for p in Path("/proc").glob("[0-9]*/cmdline") if _reads(p, b"sleep\x00987")]
    assert sleeping == []


def _reads(path, words):
    try:
        return words in path.read_bytes()
    except OSError:
        return False


def test_files_beside_the_notebook_are_there_and_figures_are_drawn(bare):
    cells = [
        "open('data/cat.txt').read() == 'meow' and 1",
        "open('new.txt', 'w').write('x')",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        "import numpy as np; float(np.ones((300, 300)).dot(np.ones((300, 300)))[0, 0])",
        "from concurrent.futures import ThreadPoolExecutor as T\nsum(T(4).map(int, range(9)))",
    ]
    submission = Submission(
        "ada",
        tuple(SubmittedCell("code", c) for c in cells),
        "0",
        files=(("data/cat.txt", b"meow"),),
    )
    ran = Bubblewrap().execute(submission, bare, LIMITS).ran
    assert [result.value for result in ran] == [1.0, 1.0, None, 300.0, 36.0]
    assert "image/png" in ran[2].outputs[0]["data"]


def test_the_interpreter_inside_is_the_one_outside(bare):
    """Its shared library too, of which a system may have another of the same name."""
    source = (
        "import ctypes, sys\n"
        "class Info(ctypes.Structure):\n"
        "    _fields_ = [('file', ctypes.c_char_p), *[(n, ctypes.c_void_p) for n in 'abc']]\n"
        "found, known = Info(), ctypes.CDLL(None)\n"
        "done = known.dladdr(ctypes.pythonapi.Py_GetVersion, ctypes.byref(found))\n"
        "str((done, sys.version, sys.prefix, sys.base_prefix, found.file))"
    )
    submission = Submission("ada", (SubmittedCell("code", source),), "0")
    inside, outside = (
        executor.execute(submission, bare, LIMITS).ran[0].outputs[0]["data"]
        for executor in (Bubblewrap(), PlainProcess())
    )
    assert inside == outside


def test_a_sandbox_that_does_not_start_is_nobodys_zero(bare, monkeypatch):
    monkeypatch.setattr("cnnlab.grading.walls.NAMESPACES", ("--no-such-option",))
    submission = Submission("ada", (SubmittedCell("code", "1"),), "0")
    with pytest.raises(ExecutionProblem, match="did not start: bwrap: Unknown option"):
        Bubblewrap().execute(submission, bare, LIMITS)


def test_marks_are_those_of_a_plain_process(learnt):
    wrong = {**small.RIGHT, "total": "def total(values):\n    return 1 / 0"}
    submission = Submission(
        "ada", tuple(SubmittedCell("code", text, name) for name, text in wrong.items()), "0"
    )
    inside = Bubblewrap().execute(submission, learnt, LIMITS)
    assert inside.items == run(learnt, answers=wrong).items
