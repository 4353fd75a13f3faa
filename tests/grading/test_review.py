"""Code that a person should look at is named; ordinary code, and what was handed out, is not."""

import copy
import json

import pytest

from cnnlab.grading.manifest import build
from cnnlab.grading.model import Submission, SubmittedCell
from cnnlab.grading.plan import assemble
from cnnlab.grading.review import MOST, flags
from tests.grading.corpus import course
from tests.sample_class.notebooks import ROOT, grade_id, handed_out, is_test

ASSIGNMENTS = sorted(path.name for path in (ROOT / "solutions").iterdir())


def submitted(notebook):
    cells = tuple(
        SubmittedCell(cell["cell_type"], cell["source"], grade_id(cell) or None)
        for cell in notebook["cells"]
    )
    return Submission("ada", cells, "0")


def flagged(source, name="correlate2d"):
    """The flags of a right notebook with this text in a cell; without a name in one of its own."""
    notebook = course.notebook()
    if name:
        course.cell_of(notebook, name)["source"] = source
    else:
        own = {"cell_type": "code", "source": source, "metadata": {}}
        notebook["cells"].insert(2, own)
    return flags(submitted(notebook), course.manifest())


DEF = "def correlate2d(image, kernel):\n    return "
SEEN = {
    "from scipy.signal import correlate2d": "uses scipy.signal",
    "import scipy.signal as s": "uses scipy.signal",
    "import scipy\nf = scipy.ndimage.correlate": "uses scipy.ndimage",
    "import torch.nn.functional as F": "uses torch",
    "from cnnlab.functional import correlate2d": "uses cnnlab.functional",
    "import cnnlab\n"
    + DEF
    + "cnnlab.functional.correlate2d(image, kernel)": "uses cnnlab.functional",
    "from cnnlab import functional as plain": "uses cnnlab.functional",
    DEF + "np.convolve(image.ravel(), kernel.ravel())": "uses numpy.convolve",
    "m = __import__('sci' + 'py.signal')": "runs text as code: __import__",
    "import importlib": "reaches for importlib",
    "exec('x = 1')": "runs text as code: exec",
    "np.testing.assert_allclose = print": "changes numpy.testing.assert_allclose",
    "import numpy\nnumpy.random.seed = print": "changes numpy.random.seed",
    "a, np.sum = 1, print": "changes numpy.sum",
    "del np.sum": "changes numpy.sum",
    "import builtins\nbuiltins.abs = print": "changes builtins.abs",
    "import cnnlab.checks\nsetattr(cnnlab.checks, 'x', 1)": "changes cnnlab.checks",
    "check.points = 4": "changes cnnlab.checks.check.points",
    "import sys\nsys.modules['cnnlab'] = None": "reaches for sys.modules",
    "np = 3": "replaces np",
    "class np: pass": "replaces np",
    "get_ipython().events.register('pre_run_cell', print)": "hooks into the notebook: events",
    "ip = get_ipython()\nip.user_ns.clear()": "hooks into the notebook: user_ns",
    "import IPython.core.interactiveshell as i": "reaches for IPython.core",
    "class Y:\n    def __eq__(self, other): return True": "a class defines __eq__",
    "class Y(np.ndarray):\n    __array_ufunc__ = None": "a class defines __array_ufunc__",
    "import os\nos.fork()": "reaches for os.fork",
    "import os\nos._exit(0)": "reaches for os._exit",
    "import signal": "reaches for signal",
    "import socket": "reaches for socket",
    "import ctypes": "reaches for ctypes",
    "import gc\ngc.get_objects()": "reaches for gc.get_objects",
    "import inspect\ninspect.stack()": "reaches for inspect.stack",
    "import sys\nsys._getframe(1).f_back": "reaches for sys._getframe",
    "np.sum.__code__": "reaches for __code__",
    DEF + "np.random.rand()": "draws random numbers",
    DEF + "np.random.default_rng().normal()": "draws random numbers",
    "import random\n" + DEF + "random.random()": "draws random numbers",
    "from random import choice\n" + DEF + "choice([1])": "draws random numbers",
    "%matplotlib inline\n!ls\nimport torch": "uses torch",
    "await thing()\nimport torch": "uses torch",
}


@pytest.mark.parametrize("source", SEEN)
def test_what_a_person_should_look_at_is_named_with_its_cell(source):
    assert f"{SEEN[source]} (correlate2d)" in flagged(source)


ORDINARY = [
    "import os, sys, time, math, gc\nprint(os.path.exists('x'), file=sys.stderr); gc.collect()",
    "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (3, 3)\n%matplotlib inline",
    "from IPython.display import display, HTML\ndisplay(HTML('<b>mine</b>'))",
    "import pandas as pd\npd.options.display.max_rows = 5",
    "class Window:\n    def __init__(self): self.sum = 0\n    def __call__(self): return self.sum",
    "import numpy as np\nfrom cnnlab import plot\nimport scipy\nfrom scipy import stats",
    "rng = np.random.default_rng(0)\nimage, kernel = rng.normal(size=(2, 5, 5))",
    "from functools import cache\nsum = 0\nmax = 3",
    "%%time\n1 + 1",
    "%%bash\nls",
    "this is not Python at all",
    "(" * 5000,
    "-" * 100_000 + "1",
    "x" + ".y" * 50_000,
    "'\\d'",
]


@pytest.mark.parametrize("source", ORDINARY, ids=range(len(ORDINARY)))
@pytest.mark.parametrize("name", ["correlate2d", None])
def test_ordinary_code_and_nonsense_are_not_flagged(source, name):
    assert flagged(source, name) == ()


def test_random_numbers_outside_of_an_answer_are_nobodys_business():
    assert flagged("noise = np.random.rand(3, 3)", None) == ()


def test_names_are_known_across_cells_and_lines_name_each_cell_once():
    notebook = course.notebook()
    course.cell_of(notebook, "window_sum")["source"] = "import torch as t\nt.ones(1)"
    course.cell_of(notebook, "convolve2d")["source"] = "t.zeros(1)\nt.ones(2)"
    assert flags(submitted(notebook), course.manifest()) == ("uses torch (window_sum, convolve2d)",)


def test_tests_deleted_or_edited_are_named_and_white_space_is_no_edit():
    notebook = course.notebook()
    course.cell_of(notebook, "window_sum-check")["source"] = "4.0"
    course.cell_of(notebook, "setup")["source"] += "\n\n"
    notebook["cells"].remove(course.cell_of(notebook, "convolve2d-check"))
    found = flags(submitted(notebook), course.manifest())
    assert found == (
        "deleted, and put back: convolve2d-check",
        "edited, and the original used: window_sum-check",
    )
    # In the same words, so that a report has each of them once.
    assert assemble(submitted(notebook), course.manifest())[1] == found


def test_there_are_never_more_than_a_dozen_short_lines():
    source = "\n".join(f"np.{'x' * 300}{k} = 1" for k in range(50))
    found = flagged(source)
    assert len(found) == MOST
    assert max(map(len, found)) <= 200


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_assignment_flags_its_own_solution_or_release(assignment):
    manifest = build(assignment, assignment, handed_out(assignment), {}, "0")
    solution = ROOT / "solutions" / assignment / f"{assignment}.ipynb"
    solved = copy.deepcopy(handed_out(assignment))
    answers = {
        grade_id(cell): "".join(cell["source"])
        for cell in json.loads(solution.read_text("utf-8"))["cells"]
        if grade_id(cell) and not is_test(cell)
    }
    for cell in solved["cells"]:
        cell["source"] = answers.get(grade_id(cell), cell["source"])
    assert flags(submitted(solved), manifest) == ()
    assert flags(submitted(handed_out(assignment)), manifest) == ()
