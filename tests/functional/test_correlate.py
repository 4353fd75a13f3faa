"""Correlation and convolution against SciPy and against the course's hand-worked figures."""

import numpy as np
import pytest
import scipy.signal
from numpy.testing import assert_allclose, assert_array_equal

BORDERS = [("fill", 0), ("fill", 2.5), ("wrap", 0), ("symm", 0)]

IMAGE = np.array(
    [
        [18, 54, 51, 239, 244, 188],
        [55, 121, 75, 78, 95, 88],
        [35, 24, 204, 113, 109, 221],
        [3, 154, 104, 235, 25, 130],
        [15, 253, 225, 159, 78, 233],
        [68, 85, 180, 214, 245, 0],
    ],
    dtype=np.uint8,
)
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=np.uint8)


def test_six_by_six_image_does_not_wrap_around_at_256(tier):
    expected = [[429, 505, 686, 856], [261, 792, 412, 640], [633, 653, 851, 751]]
    expected += [[608, 913, 713, 657]]
    assert_array_equal(tier.correlate2d(IMAGE, CROSS), expected)
    assert_array_equal(tier.correlate2d(IMAGE, CROSS)[::2, ::2], [[429, 686], [633, 851]])


def test_binary_image_counts_the_ones_under_the_cross(tier):
    rows = ["11100", "01110", "00111", "00110", "01100"]
    image = np.array([[int(pixel) for pixel in row] for row in rows])
    assert_array_equal(tier.correlate2d(image, CROSS), [[4, 3, 4], [2, 4, 3], [2, 3, 4]])


def test_convolution_turns_the_kernel(tier):
    image = np.arange(1, 10).reshape(3, 3)
    kernel = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    expected = np.array([[-13, -20, -17], [-18, -24, -18], [13, 20, 17]])
    assert_array_equal(tier.convolve2d(image, kernel, "same"), expected)
    assert_array_equal(tier.correlate2d(image, kernel, "same"), -expected)


@pytest.mark.parametrize("name", ["correlate2d", "convolve2d"])
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
@pytest.mark.parametrize(("boundary", "fillvalue"), BORDERS)
@pytest.mark.parametrize("kernel_shape", [(1, 1), (2, 2), (3, 2), (2, 5), (4, 3), (5, 7)])
def test_agrees_with_scipy(tier, name, mode, boundary, fillvalue, kernel_shape, rng):
    image, kernel = rng.normal(size=(5, 7)), rng.normal(size=kernel_shape)
    settings = {"mode": mode, "boundary": boundary, "fillvalue": fillvalue}
    expected = getattr(scipy.signal, name)(image, kernel, **settings)
    assert_allclose(
        getattr(tier, name)(image, kernel, **settings), expected, rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize("mode", ["same", "full"])
@pytest.mark.parametrize("boundary", ["fill", "wrap", "symm"])
def test_a_kernel_larger_than_the_image_sees_the_border_again_and_again(tier, mode, boundary, rng):
    image, kernel = rng.normal(size=(2, 3)), rng.normal(size=(7, 8))
    for name in ["correlate2d", "convolve2d"]:
        expected = getattr(scipy.signal, name)(image, kernel, mode, boundary)
        assert_allclose(getattr(tier, name)(image, kernel, mode, boundary), expected, rtol=1e-12)


def test_the_image_is_left_alone(tier):
    image, kernel = IMAGE.copy(), CROSS.copy()
    tier.correlate2d(image, kernel, "full")
    tier.convolve2d(image, kernel, "full", "symm")
    assert_array_equal(image, IMAGE)
    assert_array_equal(kernel, CROSS)
