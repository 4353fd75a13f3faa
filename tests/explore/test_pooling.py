"""The pooling explorer in Python: its settings, what it refuses, and NumPy's own judge."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from cnnlab import functional
from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore import Pooling
from tests.explore import cases

IMAGE = np.arange(42).reshape(6, 7)


def test_the_numbers_for_javascript_are_those_of_cnnlab_functional(rng):
    asked = 0
    for one in cases.pools(rng):
        settings, x = one["settings"], np.array(one["image"])[np.newaxis, np.newaxis]
        if one["output"] is None or settings["edges"] == "sliding":
            continue
        window = settings["kernel_size"], settings["stride"]
        places = None
        if settings["mode"] == "pyramid":
            y, places = functional.adaptive_max_pool2d(x, settings["bins"], return_indices=True)
        elif settings["mode"] == "max":
            y, places = functional.max_pool2d(x, *window, return_indices=True)
        else:
            y = functional.avg_pool2d(x, *window)
        assert_allclose(y[0, 0], one["output"], rtol=1e-12, err_msg=str(settings))
        if places is not None:
            assert_allclose(places[0, 0], one["places"], err_msg=str(settings))
        asked += 1
    assert asked > 100


def test_settings_are_read_and_set():
    pooling = Pooling(IMAGE, kernel_size=3, stride=2, selected=(1, 2))
    assert pooling.output_shape == (2, 3)
    assert repr(pooling) == "Pooling: 6 x 7 image, max of 3 x 3 windows, stride 2: output 2 x 3"
    pooling.stride = 3
    assert (pooling.output_shape, pooling.selected) == ((2, 2), (1, 1))
    pooling.mode = "pyramid"
    assert repr(pooling) == "Pooling: 6 x 7 image, max of 2 x 2 adaptive bins: output 2 x 2"


def test_the_stride_is_the_window_unless_it_is_given():
    assert Pooling(IMAGE, kernel_size=3).stride == 3


def test_what_the_page_sends_is_taken_over():
    pooling = Pooling(IMAGE)
    pooling.set_state({"mode": "average", "right": 2, "kernel_size": 8})
    assert (pooling.mode, pooling.right) == ("average", 2)
    assert repr(pooling).endswith("nothing fits")


WRONG = [
    ({"kernel_size": 7}, ShapeError, "does not fit"),
    ({"mode": "pyramid", "bins": 7}, ShapeError, "Fix: lower bins to 6."),
    ({"mode": "mean"}, ArgumentError, "mode='average' is the mean"),
    ({"kernel_size": 0}, ArgumentError, "kernel_size=2 pools blocks of 2 x 2"),
    ({"down": -1}, ArgumentError, "from 0 to 8, got -1"),
    ({"selected": (3, 0)}, ArgumentError, "a row up to 2 and a column up to 2"),
    ({"padding": 1}, ArgumentError, "no setting 'padding'"),
    ({"image": np.zeros((20, 2))}, ShapeError, "image[:16, :16]"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, error, words):
    with pytest.raises(error) as caught:
        Pooling(**({"image": IMAGE} | settings))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
