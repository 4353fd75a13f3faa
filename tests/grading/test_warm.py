"""A warm parent serves many submissions; none of them finds anything of another."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from cnnlab.grading.model import (
    Cell,
    ExecutionProblem,
    Limits,
    Manifest,
    Step,
    Submission,
    SubmittedCell,
)
from cnnlab.grading.plain import StudentPackage
from cnnlab.grading.process import Session
from cnnlab.grading.sandbox import Bubblewrap, Bubblewrapped, Warm

LIMITS = Limits(cell_seconds=20.0, memory_bytes=2**30)
pytestmark = pytest.mark.usefixtures("bubblewrap")
OPENING = (
    "import random, numpy\ndrawn = [random.random(), numpy.random.rand()]\nprint('opened', drawn)"
)
SETUP = Manifest("a", "a", (Cell("setup", "locked", "code", OPENING, OPENING),), "0")
BARE = replace(SETUP, cells=())


@pytest.fixture(scope="module")
def executor():
    made = Bubblewrap()
    yield made
    made.close()


def run(executor, *sources, manifest=BARE, named=()):
    cells = [SubmittedCell("code", source) for source in sources]
    submission = Submission("ada", (*named, *cells), "0")
    return executor.execute(submission, manifest, LIMITS).ran


LEAVES = """\
import builtins, gc, os, random, sys, threading, time
import numpy
for folder in ('/tmp', '/dev/shm', '/student', os.getcwd()):
    open(f'{folder}/left', 'w').write('answers')
os.environ['LEFT'] = builtins.LEFT = sys.modules['left'] = 'answers'
numpy.sum = None
random.seed(7)
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
1
"""
FINDS = """\
import builtins, os, random, sys
import numpy
places = [f'{folder}/left' for folder in ('/tmp', '/dev/shm', '/student', os.getcwd())]
found = [os.path.exists(place) for place in places]
found += ['LEFT' in os.environ, hasattr(builtins, 'LEFT'), 'left' in sys.modules]
found += [numpy.sum is None, random.random() == random.Random(7).random()]
def alive(pid):
    try: os.kill(pid, 0)
    except OSError: return False
    return True
found += [alive(pid) for pid in range(2, 300) if pid != os.getpid()]
sum(found)
"""


def test_nothing_of_one_submission_is_found_by_the_next(executor):
    assert run(executor, LEAVES + FINDS)[0].value >= 9  # it would be found
    assert run(executor, FINDS)[0].value == 0


def test_a_process_that_was_left_behind_is_gone(executor):
    run(executor, "1")
    before = set(_below(os.getpid()))
    (ran,) = run(executor, "import os\npid = os.fork()\nwhile pid == 0: pass\npid")
    assert ran.value > 1
    assert set(_below(os.getpid())) == before


def _below(pid):
    """The processes below one, at any depth."""
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            parent = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += [int(name), *_below(int(name))]
    return found


def test_the_opening_is_the_same_for_everybody_and_as_if_it_ran_anew(executor):
    cells = (SubmittedCell("code", OPENING, "setup"), SubmittedCell("code", "drawn[0]"))
    texts = []
    for files in ((), (), (("beside.txt", b""),)):  # with files it is not run in advance
        submission = Submission("ada", cells, "0", files=files)
        ran = executor.execute(submission, SETUP, LIMITS).ran
        texts.append((ran[-2].outputs, ran[-1].value))
    assert texts[0] == texts[1] == texts[2]
    assert texts[0][0][0]["text"].startswith("opened [0.8444")  # the first number after seed(0)


def test_tests_start_from_the_same_random_numbers(executor):
    test = Cell("test", "test", "code", "f()", "f()", 1.0, partial=True)
    manifest = Manifest("a", "a", (test, replace(test, grade_id="again")), "0")
    source = "import random, numpy\ndef f(): return random.random() + numpy.random.rand()"
    values = [
        ran.value
        for _ in range(2)
        for ran in run(executor, source, manifest=manifest)
        if ran.value is not None
    ]
    assert len(values) == 4
    assert len(set(values)) == 1


def test_a_cell_before_the_opening_is_seen_by_it(executor):
    source = "import builtins\nseen = getattr(builtins, 'FLAG', 0)\nfloat(seen)"
    manifest = Manifest("a", "a", (Cell("setup", "locked", "code", source, source),), "0")
    before = SubmittedCell("code", "import builtins\nbuiltins.FLAG = 5")
    cells = (before, SubmittedCell("code", source, "setup"))
    ran = executor.execute(Submission("ada", cells, "0"), manifest, LIMITS).ran
    assert ran[-1].value == 5.0


def test_a_cell_that_repeats_the_opening_runs(executor):
    named = (SubmittedCell("code", OPENING, "setup"),)
    ran = run(executor, "x = 1", OPENING, "drawn[0]", manifest=SETUP, named=named)
    assert ran[-1].value != run(executor, "drawn[0]", manifest=SETUP, named=named)[-1].value


def test_a_parent_that_is_gone_is_the_machines_fault_and_is_replaced(executor):
    run(executor, "1")
    for pid in _below(os.getpid()):
        if "bwrap" in Path(f"/proc/{pid}/comm").read_text():
            os.kill(pid, signal.SIGKILL)
    with pytest.raises(ExecutionProblem):
        run(executor, "1")
    assert run(executor, "2")[0].value == 2.0


def test_a_parent_that_dies_after_it_has_forked_is_replaced_as_well(monkeypatch):
    made = Session.__init__

    def lose(self, *args):
        made(self, *args)
        raise ExecutionProblem("lost on the way")

    others = set(_below(os.getpid()))
    with closing(Bubblewrap()) as executor:
        run(executor, "1")
        first = set(_below(os.getpid())) - others
        with monkeypatch.context() as patch:
            patch.setattr(Session, "__init__", lose)
            with pytest.raises(ExecutionProblem):
                run(executor, "1")
        assert run(executor, "2")[0].value == 2.0
        assert first
        assert not first & set(_below(os.getpid()))


def test_a_closed_executor_leaves_no_process():
    before = set(_below(os.getpid()))
    made = Bubblewrap()
    run(made, "1")
    assert set(_below(os.getpid())) > before
    made.close()
    assert set(_below(os.getpid())) == before
    assert run(made, "3")[0].value == 3.0  # and may be used again
    made.close()


HANDED_OUT = (
    "import numpy as np\nfrom cnnlab import naive\n"
    "naive.correlate2d(np.array([[2.0]]), np.array([[3.0]]))[0, 0]"
)
SHOWN = replace(SETUP, cells=(Cell("setup", "locked", "code", HANDED_OUT, HANDED_OUT),))


@pytest.mark.parametrize(("manifest", "kept"), [(BARE, True), (SHOWN, False)])
def test_a_parent_started_early_serves_unless_more_is_handed_out(manifest, kept):
    others = set(_below(os.getpid()))
    with closing(Bubblewrap()) as executor:
        executor.prepare()
        early = set(_below(os.getpid())) - others
        assert early
        value = run(executor, "6.0", manifest=manifest)[-1].value
        assert value == 6.0
        assert bool(early & set(_below(os.getpid()))) is kept
        if not kept:
            assert run(executor, manifest=manifest)[0].value == 6.0
    assert set(_below(os.getpid())) <= others


def test_a_parent_started_early_and_never_used_is_ended():
    others = set(_below(os.getpid()))
    with closing(Bubblewrap()) as executor:
        executor.prepare()
    assert set(_below(os.getpid())) <= others


def test_the_package_may_be_completed_while_a_parent_starts():
    package = StudentPackage(BARE, ())

    def late():
        time.sleep(1.0)  # a parent that did not wait would find no `cnnlab.plot`
        package.finish()

    opening = ("import sys\nprint('cnnlab.plot' in sys.modules)",)
    with closing(Warm(package.folder, meanwhile=late)) as warm:
        warm.open(60.0, opening)
        end = time.monotonic() + 60.0
        with closing(Session(LIMITS, (), end, partial(Bubblewrapped, warm))) as session:
            ran = session.run(Step("locked", "code", opening[0], opening[0]))
    assert ran.outputs[0]["text"] == "True\n"


def test_who_only_asks_for_a_level_loads_neither_numpy_nor_ipython():
    code = "import sys, cnnlab.grading.levels; print({'numpy', 'IPython'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
