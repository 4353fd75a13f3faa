"""Whatever an argument is replaced with, no error of NumPy's or Python's own comes back."""

import inspect

import numpy as np
import pytest

from cnnlab import functional
from cnnlab.errors import CnnlabError
from tests.functional.test_pytorch import CASES, read

CALLS = {case["name"]: case for case in CASES}
SWITCHES = {"rng", "training", "ceil_mode", "count_include_pad", "align_corners", "return_indices"}
WRONG = [
    None,
    0,
    -1,
    1.5,
    True,
    "x",
    (),
    (1,),
    (1, 2, 3),
    (0, 0),
    [1, [2, 3]],
    np.nan,
    np.array(0.0),
    np.zeros(0),
    np.zeros((2, 2)),
    np.zeros((1, 1, 1, 1)),
    np.zeros((2, 2, 3, 3)),
    np.zeros((2, 2, 3, 3), complex),
    np.zeros((2, 0, 3, 3)),
    np.zeros((0, 2, 3, 3)),
    np.zeros((2, 2, 5), int),
    np.array("a"),
    {},
    object(),
    (-1, 2, 3, 3),
    (2, 2, 3, 3),
]


@pytest.mark.parametrize("name", CALLS)
def test_one_wrong_argument_is_answered_or_refused(name):
    function, case = getattr(functional, name), CALLS[name]
    kwargs = {key: read(value) for key, value in case["kwargs"].items()}
    call = inspect.signature(function).bind(*map(read, case["args"]), **kwargs)
    call.apply_defaults()
    for parameter in set(call.arguments) - SWITCHES:
        for value in WRONG:
            arguments = {
                key: np.copy(v) if isinstance(v, np.ndarray) else v
                for key, v in call.arguments.items()
            }
            try:
                with np.errstate(all="ignore"):
                    function(**arguments | {parameter: value})
            except CnnlabError:
                pass
            except Exception as escaped:
                pytest.fail(
                    f"{name}({parameter}={value!r}) raised {type(escaped).__name__}: {escaped}"
                )
