"""The backward explorer in Python: its settings, what it refuses; and the judge's own judge."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlab import functional
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore import Backward
from tests.explore import cases

X = np.arange(20.0).reshape(4, 5)


def test_the_numbers_for_javascript_are_those_of_cnnlab_functional(rng):
    for one in cases.backflows(rng):
        x, k, g = (np.array(one[n])[None, None] for n in ("input", "kernel", "grad_output"))
        stride, size = one["stride"], one["kernel_size"]
        if one["mode"] == "convolution":
            dx = functional.conv2d_input(x.shape, k, g, stride=stride)
            dw = functional.conv2d_weight(x, k.shape, g, stride=stride)
            assert_allclose(dw.ravel(), one["dw"], atol=1e-12)
        elif one["mode"] == "max":
            _, places = functional.max_pool2d(x, size, stride, return_indices=True)
            dx = functional.max_pool2d_backward(g, places, x.shape)
        else:
            dx = functional.avg_pool2d_backward(g, x.shape, size, stride)
        assert_allclose(dx[0, 0], one["dx"], atol=1e-12, err_msg=one["mode"])


def test_settings_are_read_and_set():
    backward = Backward(X, np.ones((2, 3)), stride=1, grad_output=np.ones((3, 3)))
    assert backward.output_shape == (3, 3)
    assert_array_equal(backward.grad_output, np.ones((3, 3)))
    assert repr(backward) == (
        "Backward: 4 x 5 input, convolution, 2 x 3 window, stride 1: output 3 x 3"
    )
    backward.mode = "max"
    assert repr(backward).endswith("max, 2 x 2 window, stride 1: output 3 x 4")
    backward.set_state({"grad_output": [[1.0]], "kernel_size": 8})
    assert repr(backward).endswith("the window does not fit")


WRONG = [
    ({"kernel": np.ones((4, 4)), "input": X[:3]}, ShapeError, "does not fit"),
    ({"grad_output": [[1, 2, 3]]}, ShapeError, "must have the output's shape (2, 2), got (1, 3)"),
    ({"mode": "mean"}, ArgumentError, "mode='average' is the mean"),
    ({"kernel": np.ones((5, 5))}, ShapeError, "choose a smaller kernel"),
    ({"stride": 0}, ArgumentError, "stride=1 moves the window by one pixel"),
    ({"dout": [[1]]}, ArgumentError, "no setting 'dout'"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, error, words):
    with pytest.raises(error) as caught:
        Backward(**({"input": X} | settings))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
