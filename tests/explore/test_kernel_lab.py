"""The kernel lab in Python: its settings, what it refuses, what it sends."""

import numpy as np
import pytest
import traitlets
from numpy.testing import assert_array_equal

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore import KernelLab

IMAGE = np.arange(20, dtype=np.uint8).reshape(4, 5)
KERNEL = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0], [0.5, 0.0, 0.0]])


@pytest.fixture
def lab():
    return KernelLab(IMAGE, KERNEL)


def test_it_begins_with_a_photograph_and_sobel():
    lab = KernelLab()
    assert lab.image.shape == (192, 256)
    assert len(np.unique(lab.image)) > 100
    assert_array_equal(lab.kernel, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert repr(lab) == "KernelLab: 192 x 256 image, 3 x 3 kernel sobel_x, response"


def test_settings_are_read_set_and_linked(lab):
    assert_array_equal(lab.image, IMAGE)
    assert_array_equal(lab.kernel, KERNEL)
    other = KernelLab(IMAGE)
    traitlets.link((lab, "kernel"), (other, "kernel"))
    lab.kernel = -KERNEL
    assert_array_equal(other.kernel, -KERNEL)
    lab.image = IMAGE[:, :2] / 2
    assert_array_equal(lab.image, IMAGE[:, :2] // 2)


def test_the_picture_travels_as_bytes(lab):
    state = lab.get_state(["_pixels", "_size"])
    assert bytes(state["_pixels"]) == IMAGE.tobytes()
    assert state["_size"] == [4, 5]


def test_what_the_page_sends_is_taken_over(lab):
    lab.set_state({"kernel": [[1.0]], "view": "magnitude", "selected": [3, 4]})
    assert (lab.kernel, lab.view, lab.selected) == (((1.0,),), "magnitude", (3, 4))


def test_every_kernel_of_the_zoo_is_offered():
    from cnnlab.kernels import KERNELS

    assert KernelLab(IMAGE)._kernels == {name: k.tolist() for name, k in KERNELS.items()}


WRONG = [
    ({"kernel": np.ones((2, 3))}, ShapeError, "its sides must be 1, 3 or 5, got (2, 3)"),
    ({"kernel": np.ones((7, 7))}, ShapeError, "choose a smaller kernel"),
    ({"kernel": "sobell"}, ArgumentError, "No kernel is called 'sobell'"),
    ({"image": np.zeros((4, 4, 3))}, ShapeError, "data.photograph(..., gray=True)"),
    ({"image": np.zeros((4, 0))}, ShapeError, "(4, 0)"),
    ({"image": np.zeros((600, 8))}, ShapeError, "image[::2, ::2]"),
    ({"image": IMAGE - 10.0}, ArgumentError, "from -10 to 9. Fix: scale them"),
    ({"image": IMAGE / 19}, ArgumentError, "float64 from 0 to 1. Fix: scale them"),
    ({"view": "angle"}, ArgumentError, "one of response, magnitude, direction, got 'angle'"),
    ({"viev": "magnitude"}, ArgumentError, "did you mean 'view'?"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, error, words):
    with pytest.raises(error) as caught:
        KernelLab(**({"image": IMAGE} | settings))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
