"""What honest students hand in for exercise 02. The marks stand beside it, from the statements."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.grading.corpus import course

BODY = """\
    H, W = image.shape
    KH, KW = kernel.shape
    output = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + KH, j : j + KW] * kernel).sum()
"""
DEF = "def correlate2d(image, kernel):\n"
PLAIN = DEF + BODY + "    return output"


@dataclass(frozen=True)
class Variant:
    """``points`` are those of the four functions."""

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    edit: Callable[[dict[str, Any]], Any] | None = None
    points: tuple[float, ...] = (4, 4, 4, 4)

    def notebook(self) -> dict[str, Any]:
        """The submission as JSON; own cells stand before the second answer."""
        made = course.notebook({**course.RIGHT, **self.answers})
        place = made["cells"].index(course.cell_of(made, "correlate2d"))
        made["cells"][place:place] = [
            {"cell_type": "code", "id": f"own-{k}", "metadata": {}, "source": source, "outputs": []}
            for k, source in enumerate(self.cells)
        ]
        return (self.edit(made) or made) if self.edit else made


def answer(name, source, *cells, **more):
    return Variant(name, {"correlate2d": source}, cells, **more)


def ends(name, result, before="", *cells, **more):
    """The plain loops, with another way to hand the result back."""
    return answer(name, before + DEF + BODY + f"    return {result}", *cells, **more)


def starts(name, *lines, before="", cells=(), **more):
    """The plain loops, with something else done first."""
    first = "".join(f"    {line}\n" for line in lines)
    return answer(name, before + DEF + first + BODY + "    return output", *cells, **more)


def cells(name, *sources, **more):
    """All answers right, and cells of the student's own."""
    return Variant(name, {}, sources, **more)


NOISE = [
    starts("a warning", "import warnings", "warnings.warn('as I thought')"),
    starts("a deprecation warning", "import warnings", "warnings.warn('old', DeprecationWarning)"),
    starts("NumPy's own warning", "np.log(np.zeros(1))"),
    starts(
        "warnings as errors elsewhere", cells=("import warnings\nwarnings.simplefilter('error')",)
    ),
    starts("words on stderr", "print('step', file=sys.stderr)", before="import sys\n"),
    starts("words on stdout", "print(image.shape, kernel)"),
    starts("many words", "for k in range(3000): print('row', k)"),
    starts("a logger", "logging.warning('here')", before="import logging\n"),
    starts("a bar by hand", "print('\\r50 %', end='', flush=True)"),
    starts(
        "writing to stdout itself",
        "sys.stdout.write('x\\n'); sys.stdout.flush()",
        before="import sys\n",
    ),
    starts("a text shown", "display('step')", before="from IPython.display import display\n"),
    starts("time taken", "began = time.perf_counter()", before="import time\n"),
    starts(
        "a figure in a function",
        "plt.figure(); plt.imshow(image)",
        before="import matplotlib.pyplot as plt\n",
    ),
]
RESULTS = [
    ends("float32", "output.astype(np.float32)"),
    ends("Fortran order", "np.asfortranarray(output)"),
    ends("a view", "output[::-1][::-1]"),
    ends("a transposed copy of a transpose", "np.ascontiguousarray(output.T).T"),
    ends("a view with negative steps", "output[::-1, ::-1].copy()[::-1, ::-1]"),
    ends("big-endian", "output.astype('>f8')"),
    ends("long double", "output.astype(np.longdouble)"),
    ends("a matrix's array", "np.asarray(np.asmatrix(output))"),
    ends("a masked array without a mask", "np.ma.masked_array(output).filled()"),
    ends("a record of memory", "np.frombuffer(output.tobytes()).reshape(output.shape)"),
    answer("read-only", DEF + BODY + "    output.flags.writeable = False\n    return output"),
    answer("a name bound on the way out", DEF + BODY + "    return (answer := output)"),
    Variant(
        "a number as array without axes",
        {
            "window_sum": course.RIGHT["window_sum"].replace(
                "return total", "return np.array(total)"
            )
        },
    ),
    Variant(
        "a NumPy number",
        {
            "window_sum": course.RIGHT["window_sum"].replace(
                "return total", "return np.float64(total)"
            )
        },
    ),
    Variant(
        "Python's own float",
        {"window_sum": course.RIGHT["window_sum"].replace("return total", "return float(total)")},
    ),
]
# The statement asks for an array: the notebook's own check says so, and gives nothing.
NO_ARRAYS = [
    ends("a list of lists", "output.tolist()", points=(4, 0, 4, 4)),
    ends("a tuple", "tuple(output.tolist())", points=(4, 0, 4, 4)),
    ends("a list of arrays", "list(output)", points=(4, 0, 4, 4)),
    ends("nothing", "None", points=(4, 0, 4, 4)),
]
