"""The channels explorer in Python: its settings and what it refuses."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore import Channels
from cnnlab.explore.channels import BIAS, INPUT, WEIGHT

X = np.arange(24.0).reshape(2, 3, 4)
W = np.arange(12.0).reshape(3, 2, 1, 2)


def test_it_begins_with_three_channels_and_two_filters():
    channels = Channels()
    assert_array_equal(channels.input, INPUT)
    assert_array_equal(channels.weight, WEIGHT)
    assert channels.bias == tuple(BIAS)
    kernels = np.array(WEIGHT).reshape(-1, 9)
    assert len(np.unique(kernels, axis=0)) == len(kernels)


def test_settings_are_read_and_set():
    channels = Channels(X, W, selected=(2, 2))
    assert channels.output_shape == (3, 3, 3)
    assert repr(channels) == (
        "Channels: input 2 x 3 x 4, 3 filters of 2 x 1 x 2, padding 0: output 3 x 3 x 3, "
        "15 parameters"
    )
    assert channels.bias == (0, 0, 0)
    channels.weight = np.ones((3, 2, 3, 3))
    assert (channels.output_shape, channels.selected) == ((3, 1, 2), (0, 1))
    channels.set_state({"padding": 1, "filter": 2})
    assert channels.output_shape == (3, 3, 4)


WRONG = [
    ({"weight": W[:, :1]}, ShapeError, "one kernel for each channel"),
    ({"bias": [1, 2]}, ShapeError, "len(bias) equal weight.shape[0]"),
    ({"input": X[0]}, ShapeError, "expected numbers (C, H, W), got the shape (3, 4)"),
    ({"input": np.zeros((5, 3, 3))}, ShapeError, "at most 4 x 12 x 12"),
    ({"input": X * np.nan}, ArgumentError, "np.nan_to_num(input)"),
    ({"input": "abc"}, ShapeError, "expected numbers (C, H, W), got 'abc'"),
    ({"filter": 3}, ArgumentError, "there are 3, got 3"),
    ({"weight": np.ones((1, 2, 5, 5))}, ShapeError, "does not fit"),
    ({"strides": 2}, ArgumentError, "no setting 'strides'"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, error, words):
    with pytest.raises(error) as caught:
        Channels(**({"input": X, "weight": W} | settings))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
