"""Both tiers give PyTorch's answers: values, indices, gradients from its autograd.

`record_pytorch.py` wrote the file; see there how to renew it.
"""

import inspect
import json

import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnlab import functional
from tests.functional.record_pytorch import FILE

CASES = json.loads(FILE.read_text())["cases"]
NAMES = [f"{case['name']}-{i}" for i, case in enumerate(CASES)]
NOT_IN_PYTORCH = {
    "check_gradients",
    "conv2d_local",
    "conv2d_local_input",
    "conv2d_local_weight",
    "conv2d_matrix",
    "convolve2d",
    "correlate2d",
    "dropout",
    "dropout_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "numerical_gradient",
    "spatial_pyramid_pool2d",
    "spatial_pyramid_pool2d_backward",
}


def read(value):
    """Arrays as NumPy arrays, lists as tuples, the rest as it is."""
    if isinstance(value, dict):
        return np.array(value["array"], value["dtype"]).reshape(value["shape"])
    return tuple(value) if isinstance(value, list) else value


def test_every_function_that_pytorch_has_was_recorded():
    assert {case["name"] for case in CASES} == set(functional.__all__) - NOT_IN_PYTORCH


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_answers_are_those_of_pytorch(tier, case):
    args, kwargs = map(read, case["args"]), {k: read(v) for k, v in case["kwargs"].items()}
    bound = inspect.signature(getattr(tier, case["name"])).bind(*args, **kwargs)
    ours = getattr(tier, case["name"])(*bound.args, **bound.kwargs)
    ours = list(ours) if isinstance(ours, tuple) else [ours]
    if case["name"] == "batch_norm":  # the record is kept in place
        ours += [bound.arguments["running_mean"], bound.arguments["running_var"]]
    theirs = [read(answer) for answer in case["expected"]]
    for mine, answer in zip(ours, theirs, strict=True):
        assert np.shape(mine) == answer.shape
        assert_allclose(mine, answer, rtol=1e-11, atol=1e-12)


def halved(value):
    """float64 arrays as float32, the rest as it is."""
    single = isinstance(value, np.ndarray) and value.dtype == np.float64
    return value.astype(np.float32) if single else value


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_float32_stays_float32(case):
    args = [halved(read(arg)) for arg in case["args"]]
    kwargs = {key: halved(read(value)) for key, value in case["kwargs"].items()}
    ours = getattr(functional, case["name"])(*args, **kwargs)
    for mine, answer in zip(
        ours if isinstance(ours, tuple) else [ours], case["expected"], strict=False
    ):
        theirs = read(answer)
        assert mine.dtype == (np.float32 if theirs.dtype == np.float64 else theirs.dtype)
        assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5)
