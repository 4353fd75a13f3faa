"""Ways to write, to arrange and to save a notebook. The marks stand beside each variant."""

import json

from tests.grading.corpus import course
from tests.grading.honest.variants import BODY, DEF, PLAIN, Variant, answer, cells, ends, starts
from tests.sample_class.notebooks import grade_id, is_test

SUM = "def window(image, kernel, i, j):\n    KH, KW = kernel.shape\n"
SUM += "    return (image[i : i + KH, j : j + KW] * kernel).sum()\n"
SIZES = "    H, W = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1\n"
FILL = "    return np.array([[window(image, kernel, i, j) for j in range(W)] for i in range(H)])"

WRITING = [
    answer(
        "type hints",
        PLAIN.replace("(image, kernel):", "(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:"),
    ),
    answer(
        "hints as text",
        "from __future__ import annotations\n"
        + PLAIN.replace("kernel):", "kernel: Nothing) -> Never:"),
    ),
    answer("other names of parameters", PLAIN.replace("image", "picture")),
    answer("a default", PLAIN.replace("kernel):", "kernel, bias=0):")),
    answer(
        "arguments by star",
        DEF.replace("image, kernel", "*arguments")
        + "    image, kernel = arguments\n"
        + BODY
        + "    return output",
    ),
    answer(
        "a docstring with markup",
        PLAIN.replace("    H, W", '    """<b>mine</b> & $x^2$"""\n    H, W', 1),
    ),
    answer("names in Greek", PLAIN.replace("output", "\u03b1\u03c0\u03cc")),
    answer("tabs", PLAIN.replace("    ", "\t")),
    answer(
        "semicolons",
        DEF
        + "    H, W = image.shape; KH, KW = kernel.shape\n"
        + BODY.split("\n", 2)[2]
        + "    return output;",
    ),
    answer(
        "a lambda",
        "cut = np.lib.stride_tricks.sliding_window_view\ncorrelate2d = lambda image, kernel: "
        "np.einsum('ijuv,uv->ij', cut(image, kernel.shape), kernel)",
    ),
    answer("a helper in the same cell", SUM + DEF + SIZES + FILL),
    answer("a helper in another cell", DEF + SIZES + FILL, SUM),
    answer(
        "a helper further down",
        DEF + SIZES + FILL,
        edit=lambda made: made["cells"].append(own(SUM)),
        points=(4, 0, 4, 4),
    ),
    answer(
        "a function in a function",
        DEF
        + "    def size(a, b): return a - b + 1\n"
        + BODY.replace("H - KH + 1", "size(H, KH)")
        + "    return output",
    ),
    answer(
        "a generator",
        "def windows(image, kernel):\n"
        + SIZES
        + "    for i in range(H):\n        for j in range(W):\n"
        + "            yield image[i : i + kernel.shape[0], j : j + kernel.shape[1]]\n"
        + DEF
        + SIZES
        + "    return np.array([(w * kernel).sum() for w in windows(image, kernel)]).reshape(H, W)",
    ),
    answer(
        "recursion",
        "def total(values):\n    return values[0] + total(values[1:]) if len(values) else 0\n"
        + DEF
        + SIZES
        + "    KH, KW = kernel.shape\n"
        + "    def at(i, j): return image[i : i + KH, j : j + KW] * kernel\n"
        + "    return np.array([[total(at(i, j).ravel().tolist()) for j in range(W)] "
        + "for i in range(H)])",
    ),
    answer(
        "a cache",
        "from functools import cache\n@cache\ndef size(a, b): return a - b + 1\n"
        + PLAIN.replace("H - KH + 1", "size(H, KH)"),
    ),
    answer(
        "a decorator",
        "import functools\ndef told(function):\n    @functools.wraps(function)\n"
        "    def inner(*a, **k):\n        print('called')\n        return function(*a, **k)\n"
        "    return inner\n@told\n" + PLAIN,
    ),
    answer(
        "a class",
        "class Filter:\n    def __init__(self, kernel): self.kernel = kernel\n"
        "    def __call__(self, image):\n        kernel = self.kernel\n"
        + BODY.replace("    ", "        ", 1).replace("\n    ", "\n        ")
        + "        return output\n"
        + DEF
        + "    return Filter(kernel)(image)",
    ),
    answer(
        "a function made by another",
        "def make():\n"
        + "".join(f"    {line}\n" for line in PLAIN.splitlines())
        + "    return correlate2d\ncorrelate2d = make()",
    ),
    answer(
        "a partial",
        "from functools import partial\ndef both(scale, image, kernel):\n"
        + BODY
        + "    return scale * output\ncorrelate2d = partial(both, 1)",
    ),
    answer(
        "an object that can be called",
        "class Filter:\n    def __call__(self, image, kernel):\n"
        + BODY.replace("    ", "        ", 1).replace("\n    ", "\n        ")
        + "        return output\ncorrelate2d = Filter()",
    ),
    answer("a global constant", DEF + BODY + "    return output * ONE", "ONE = 1"),
    answer(
        "a global list that grows",
        DEF + BODY + "    SEEN.append(image.shape)\n    return output",
        "SEEN = []",
    ),
    answer("defined twice", "def correlate2d(image, kernel): return None\n" + PLAIN),
    answer(
        "a try that catches all",
        DEF
        + "    try:\n"
        + "".join(f"    {line}\n" for line in (BODY + "    return output").splitlines())
        + "    except Exception as error:\n        print(error)",
    ),
    answer(
        "an assert of one's own",
        DEF + "    assert image.ndim == kernel.ndim == 2\n" + BODY + "    return output",
    ),
    starts("a copy of the input changed", "image = image.copy(); image[0, 0] += 0"),
    starts("slow but legal", "time.sleep(0.02)", before="import time\n"),
    starts(
        "a thread",
        "list(ThreadPoolExecutor(2).map(abs, [1, 2]))",
        before="from concurrent.futures import ThreadPoolExecutor\n",
    ),
    starts("a seeded generator", "noise = np.random.default_rng(3).normal(size=3)"),
    ends("work in another number", "output", "import math\n"),
]


def own(source):
    return {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "outputs": []}


CELLS = [
    cells("a magic", "%matplotlib inline\n%precision 3"),
    cells("a timed cell", "%%time\nwindow_sum(image, kernel, 0, 0)"),
    cells("a timed line", "%timeit -n1 -r1 window_sum(image, kernel, 0, 0)"),
    cells("a shell line", "!echo mine"),
    cells("a shell cell", "%%bash\necho mine"),
    cells("help", "window_sum?"),
    cells(
        "await at the top",
        "import asyncio\nawait asyncio.sleep(0)\nawait asyncio.gather(asyncio.sleep(0))",
    ),
    cells(
        "figures",
        "import matplotlib.pyplot as plt\nplt.imshow(image)\nplt.show()",
        "plot.show_image(image)",
    ),
    cells("a widget", "import ipywidgets\nipywidgets.interact(lambda k: k, k=(0, 3))"),
    cells("a cell that fails", "1 / 0", "undefined"),
    cells("a cell that is no Python", "this is a note"),
    cells("a check asked for again", "check.window_sum()", "check.window_sum(window_sum)"),
    cells(
        "other modules",
        "import math, json, os, time, itertools, collections",
        "from numpy import *",
    ),
    cells("NumPy's printing", "np.set_printoptions(precision=2)\nnp.seterr(all='ignore')"),
    cells("names of the notebook in use", "image = np.zeros((2, 2))\nkernel = 3\nlist = [1]"),
    cells(
        "a file written and read",
        "np.save('mine.npy', image)\nassert (np.load('mine.npy') == image).all()",
    ),
    cells(
        "a picture kept",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('mine.png')",
    ),
    cells("names deleted", "x = 1\ndel x\n%reset_selective -f x"),
    cells("NumPy in floats that raise", "np.seterr(all='raise')"),
]


def _answers_first(made):
    """All answers at the top of the notebook, under the set-up."""
    answers = [c for c in made["cells"] if grade_id(c) in course.FUNCTIONS]
    others = [c for c in made["cells"] if c not in answers]
    made["cells"] = others[:2] + answers + others[2:]


def _tests_last(made):
    tests = [c for c in made["cells"] if is_test(c)]
    made["cells"] = [c for c in made["cells"] if c not in tests] + tests


def _run_before(made):
    for number, cell in enumerate(made["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "warned"}]


def _older(made):
    """As an older program would save it: no ids, lines as lists."""
    made["nbformat_minor"] = 2
    for cell in made["cells"]:
        cell.pop("id", None)
        cell["source"] = cell["source"].splitlines(keepends=True)


def _attached(made):
    cell = course.cell_of(made, "two_names")
    cell["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}}
    cell["source"] += "\n\n![mine](attachment:a.png)"


ARRANGED = [
    Variant("all answers first", edit=_answers_first),
    Variant("all tests last", edit=_tests_last),
    Variant("run before it was saved", edit=_run_before),
    Variant("saved by an older program", edit=_older),
    Variant("a picture in an answer", edit=_attached),
    Variant(
        "no prose", edit=lambda made: made.update(cells=[c for c in made["cells"] if grade_id(c)])
    ),
    Variant("an empty cell", cells=("", "   \n")),
    Variant("comments alone", cells=("# mine",)),
    Variant(
        "spaces at line ends",
        edit=lambda made: json.loads(json.dumps(made).replace(":\\n", ": \\n")),
    ),
    Variant(
        "Windows' line ends",
        edit=lambda made: json.loads(json.dumps(made).replace("\\n", "\\r\\n")),
    ),
    Variant(
        "a kernel of another name",
        edit=lambda made: made["metadata"].update(kernelspec={"name": "conda-env-cnn-py"}),
    ),
    Variant(
        "collapsed cells and tags",
        edit=lambda made: (
            [c["metadata"].update(tags=["mine"], collapsed=True) for c in made["cells"]] and None
        ),
    ),
]
