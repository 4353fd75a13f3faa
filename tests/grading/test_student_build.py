"""Inside the sandbox cnnlab has all its names, and no code that would do an exercise's work."""

import ast
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy.signal import correlate2d

import cnnlab
from cnnlab.checks import check
from cnnlab.errors import NotebookError
from cnnlab.grading.closed import CLOSED, closed
from cnnlab.grading.model import Cell
from cnnlab.grading.student_build import HOLLOW, PACKAGE, WHOLE, build, handed_out

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = sorted(ROOT.glob("exercises/*/*.ipynb"))
REFUSING = [part for part, stand_in in HOLLOW.items() if stand_in == "refuse"]

USE_ALL = """
import importlib, json, sys
from cnnlab.errors import Unavailable
for module, name in json.load(open(sys.argv[1])):
    found = getattr(importlib.import_module(module), name)
    try:
        found(1)
    except Unavailable as error:
        assert f"`{name}` is not available while grading" in str(error), error
    else:
        print(module, name)
"""


def locked(source):
    return Cell("setup", "locked", "code", source, source)


@pytest.fixture(scope="module")
def bare_build(tmp_path_factory):
    """The build for an assignment whose locked cells use nothing."""
    return build(tmp_path_factory.mktemp("build"))


def run(folder, source, *arguments):
    """Run Python with this build in the place of the package; returns what it prints."""
    ran = subprocess.run(
        [sys.executable, "-P", "-c", source, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(folder), "MPLBACKEND": "agg"},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def run_closed(folder, source):
    """The same with the closed packages closed, as the sandbox does it."""
    line = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for over, path in [*closed(folder), (folder / "cnnlab", PACKAGE)]:
        line += ["--ro-bind", str(over), str(path)]
    line += ["--tmpfs", "/var/tmp", "--", sys.executable, "-P", "-c", source]
    places = {"TMPDIR": "/var/tmp", "MPLCONFIGDIR": "/var/tmp", "MPLBACKEND": "agg"}
    ran = subprocess.run(
        line, env={**os.environ, **places}, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def public_names():
    """Every public name of the refused parts, as the real package shows them when imported."""
    for part in REFUSING:
        package = importlib.import_module(f"cnnlab.{part}")
        yield from ((package.__name__, name) for name in package.__all__)
        for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if not name.startswith("_") and getattr(value, "__module__", "") == info.name:
                    yield (info.name, name)


def test_every_public_name_is_there_and_refuses(bare_build, tmp_path):
    names = [pair for pair in public_names() if not is_module(*pair)]
    assert len(names) > 300
    (tmp_path / "names.json").write_text(json.dumps(names))
    assert run(bare_build, USE_ALL, tmp_path / "names.json") == ""


def is_module(module, name):
    return isinstance(getattr(importlib.import_module(module), name), type(cnnlab))


def test_what_is_hollow_holds_no_code_and_no_ladder(bare_build):
    code = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.BinOp)
    for part in HOLLOW:
        for path in (bare_build / "cnnlab" / part).rglob("*"):
            assert path.suffix == ".py", path
            found = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, code)]
            assert found == [], path
    assert [p for p in (bare_build / "cnnlab" / "checks").iterdir() if p.is_dir()] == []


def test_what_is_whole_has_no_function_that_an_exercise_asks_for(bare_build):
    asked = {*dir(check), *cnnlab.naive.__all__, *cnnlab.functional.__all__, "factors"}
    for part in {*WHOLE, "grading"}:
        paths = [*bare_build.glob(f"cnnlab/{part}.py"), *bare_build.glob(f"cnnlab/{part}/**/*.py")]
        assert paths
        for path in paths:
            body = ast.parse(path.read_text()).body
            assert asked.isdisjoint(n.name for n in body if isinstance(n, ast.FunctionDef)), path


def test_nothing_else_of_the_package_is_inside(bare_build):
    inside = {path.stem for path in (bare_build / "cnnlab").iterdir()}
    assert inside == {"__init__", *WHOLE, *HOLLOW, "grading"}
    grading = {path.stem for path in (bare_build / "cnnlab" / "grading").iterdir()}
    assert {"__init__", "worker", "unavailable"} <= grading
    assert not {"gradebook", "manifest", "student_build", "judge", "run"} & grading


def test_a_check_in_a_students_own_cell_says_one_line(bare_build):
    source = (
        "from cnnlab.checks import check\n"
        "check.correlate2d(len); check.correlate2d.points(len, of=4, seed=1)\n"
        "check.no_such_check()"
    )
    assert run(bare_build, source).splitlines() == [
        "`check.correlate2d` is not available while grading.",
        "`check.correlate2d.points` is not available while grading.",
        "`check.no_such_check` is not available while grading.",
    ]


def test_explorers_are_inert(bare_build):
    source = (
        "from cnnlab import explore\n"
        "explorer = explore.SlidingWindow(stride=2)\n"
        "explorer.stride = 3\n"
        "explorer.observe(print, 'stride'); print(explorer)"
    )
    assert run(bare_build, source).splitlines() == [
        "`SlidingWindow` is not available while grading.",
        "`SlidingWindow.observe` is not available while grading.",
        "<SlidingWindow: not available while grading>",
    ]


def test_a_student_may_name_what_is_refused_as_a_base(bare_build):
    source = "from cnnlab import nn\nclass Mine(nn.Layer):\n    pass\nprint(Mine)"
    assert "not available while grading" in run(bare_build, source)


def test_a_locked_cell_that_is_no_python_is_named(tmp_path):
    cell = Cell("setup", "locked", "code", "x = 1\ny = (", "")
    with pytest.raises(NotebookError, match="locked cell setup, line 2: .*Mend it"):
        build(tmp_path, [cell])


def test_what_a_locked_cell_uses_is_handed_out_alone(tmp_path):
    cells = [locked("from cnnlab.naive import correlate2d as slide\n%matplotlib inline")]
    assert handed_out(cells) == ["cnnlab.naive.correlate2d"]
    folder = build(tmp_path, cells)
    image, kernel = np.arange(20.0).reshape(4, 5) ** 2, np.array([[1, 2], [0, -1]])
    source = (
        "import json, numpy as np\n"
        "from cnnlab.naive import correlate2d\n"
        f"print(correlate2d(np.array({image.tolist()}), np.array({kernel.tolist()})).tolist())"
    )
    assert_array_equal(json.loads(run(folder, source)), correlate2d(image, kernel, "valid"))
    assert "def convolve2d" not in (folder / "cnnlab/naive/correlate.py").read_text()
    assert "refuse" in run(folder, "from cnnlab.naive import convolve2d; print('refuse')")


@pytest.mark.parametrize(
    "setup",
    [
        "from cnnlab import functional\nfunctional.conv_transpose2d",
        "import cnnlab\ncnnlab.functional.spatial_pyramid_pool2d",
        "import cnnlab.naive as loops\nloops.batch_norm",
        "from cnnlab.nn.conv import Conv2d",
        "from cnnlab.nn import MaxPool2d",
        "from cnnlab.shapes import ARCHITECTURES",
        "from cnnlab.kernels import factors",
    ],
)
def test_what_is_handed_out_works_as_it_does_outside(setup, tmp_path):
    """Its own doctests pass inside."""
    (name,) = handed_out([locked(setup)])
    module, _, attribute = name.rpartition(".")
    folder = build(tmp_path, [locked(setup)])
    source = (
        "import doctest, importlib, sys\n"
        f"module = importlib.import_module({module!r})\n"
        f"found = getattr(module, {attribute!r})\n"
        "if hasattr(found, '__module__'): module = sys.modules[found.__module__]\n"
        "names = {**vars(module), 'np': importlib.import_module('numpy')}\n"
        "tests = doctest.DocTestFinder().find(found, 'it', globs=names)\n"
        "runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)\n"
        "print(sum(runner.run(test).failed for test in tests), type(found).__name__)"
    )
    failed, kind = run(folder, source).split()[-2:]
    assert failed == "0"
    assert kind != "_Refusing"


def cells_of(path):
    for cell in json.loads(path.read_text())["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("locked") and not about.get("grade") and cell["cell_type"] == "code":
            yield locked("".join(cell["source"]))


@pytest.mark.usefixtures("bubblewrap")
def test_the_locked_cells_of_every_exercise_run(tmp_path):
    groups = {}
    for path in EXERCISES:
        cells = list(cells_of(path))
        groups.setdefault(tuple(handed_out(cells)), []).extend(cells)
    assert set(groups) == {
        (),
        ("cnnlab.naive.correlate2d",),
    }  # exercise 3 alone hands something out
    for number, cells in enumerate(groups.values()):
        folder = build(tmp_path / str(number), cells)
        sources = [cell.source for cell in cells]
        ran = run_closed(folder, f"for s in {sources!r}: exec(s, {{}}); print('ran')")
        assert ran.count("ran") == len(sources)


@pytest.mark.usefixtures("bubblewrap")
def test_packages_that_would_do_the_work_are_closed(bare_build):
    found = [name for name in CLOSED if installed(name)]
    assert {"scipy.signal", "sklearn.neural_network", "PIL.ImageFilter"} <= set(found)
    tries = (
        "import importlib\n"
        f"for name in {found!r}:\n"
        "    try: importlib.import_module(name)\n"
        "    except ImportError as error: print(error)\n"
        "try: from scipy.ndimage import correlate\n"
        "except ImportError as error: print(error)"
    )
    said = run_closed(bare_build, tries).splitlines()
    assert said == [f"{n} is not available while grading" for n in [*found, "scipy.ndimage"]]


@pytest.mark.usefixtures("bubblewrap")
def test_data_pictures_and_the_rest_of_scipy_still_work(bare_build):
    source = (
        "import scipy.linalg, scipy.special, scipy.stats, sklearn.datasets\n"
        "from matplotlib import pyplot as plt\n"
        "from cnnlab import data, kernels, plot\n"
        "plot.show_matrix(kernels.SOBEL_X); plt.savefig('/var/tmp/x.png')\n"
        "print(len(sklearn.datasets.load_digits().data), len(data.load('digits').images),\n"
        "      data.photograph('flower', size=8).shape)"
    )
    assert run_closed(bare_build, source).split() == ["1797", "1797", "(8,", "8,", "3)"]


def installed(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
