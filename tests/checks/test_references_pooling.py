"""What the checks of 06_pooling hold to be right: SciPy, the curriculum, sums by hand."""

from fractions import Fraction
from math import ceil, floor

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage

from cnnlab.checks import check
from tests.checks.references import case, hidden, right


def filtered(filter, input, kernel_size, stride):
    """SciPy's filter around every pixel; of its answers those whose windows begin at a stride."""
    middle = kernel_size // 2
    every = filter(input.astype(float), (1, 1, kernel_size, kernel_size), mode="constant")
    rows, columns = (n - kernel_size + 1 for n in input.shape[2:])
    inside = every[:, :, middle : middle + rows, middle : middle + columns]
    return inside[:, :, ::stride, ::stride]


def test_the_map_of_the_lesson_by_hand():
    assert right("max_pool2d")(*case("max_pool2d", "lesson 06")).tolist() == [[[[9, 2], [6, 3]]]]
    means = right("avg_pool2d")(*case("avg_pool2d", "lesson 06"))
    assert means.tolist() == [[[[15 / 4, 5 / 4], [15 / 4, 8 / 4]]]]
    whole = right("global_avg_pool2d")(*case("global_avg_pool2d", "lesson 06"))
    assert whole.tolist() == [[[[43 / 16]]]]
    pyramid = right("spatial_pyramid_pool2d")(*case("spatial_pyramid_pool2d", "lesson 06"))
    assert pyramid.tolist() == [[9, 9, 2, 6, 3]]


def test_windows_that_overlap_by_hand():
    got = right("max_pool2d")(*case("max_pool2d", "windows of 3, stride 1"))
    assert got.tolist() == [[[[9, 9], [9, 9]]]]


def test_numbers_below_zero_by_hand():
    got = right("max_pool2d")(*case("max_pool2d", "below zero"))
    assert got.tolist() == [[[[-2, -4]]]]


def test_depth_stays_and_sides_are_halved():
    """Row 6.1, with the accepted version that is fast enough for a real size."""
    fast = check.max_pool2d.ladder.accepted[2]
    assert fast(np.zeros((1, 8, 26, 26)), 2, 2).shape == (1, 8, 13, 13)


def test_twenty_by_twenty_by_windows_of_ten():
    fast = check.avg_pool2d.ladder.accepted[2]
    assert fast(np.zeros((1, 1, 20, 20)), 10, 10).shape == (1, 1, 2, 2)


@pytest.mark.parametrize(
    ("size", "bins", "edges"),
    [
        (5, 2, [(0, 3), (2, 5)]),
        (13, 3, [(0, 5), (4, 9), (8, 13)]),  # the paper's windows of 5 with stride 4
        (14, 4, [(0, 4), (3, 7), (7, 11), (10, 14)]),
        (4, 2, [(0, 2), (2, 4)]),
    ],
)
def test_bins_by_hand(size, bins, edges):
    assert right("bin_edges")(size, bins) == edges


def test_a_pyramid_of_21_bins_on_256_maps():
    fast = check.spatial_pyramid_pool2d.ladder.accepted[0]
    assert fast(np.zeros((1, 256, 13, 13)), (1, 2, 4)).shape == (1, 21 * 256)


@pytest.mark.parametrize("seed", range(5))
class TestAgainstScipy:
    """On the very cases that give points."""

    def test_max_pool2d(self, seed):
        for arguments in hidden("max_pool2d", seed):
            assert_array_equal(
                right("max_pool2d")(*arguments), filtered(ndimage.maximum_filter, *arguments)
            )

    def test_avg_pool2d(self, seed):
        for arguments in hidden("avg_pool2d", seed):
            assert_allclose(
                right("avg_pool2d")(*arguments),
                filtered(ndimage.uniform_filter, *arguments),
                atol=1e-9,
            )

    def test_global_avg_pool2d(self, seed):
        for (input,) in hidden("global_avg_pool2d", seed):
            labels = np.arange(input.shape[0] * input.shape[1]).repeat(input[0, 0].size)
            means = ndimage.mean(input.ravel(), labels, np.unique(labels))
            got = right("global_avg_pool2d")(input)
            assert got.shape == (*input.shape[:2], 1, 1)
            assert_allclose(got.ravel(), means)

    def test_bin_edges(self, seed):
        """Exact fractions, rounded."""
        for size, bins in hidden("bin_edges", seed):
            expected = [
                (floor(Fraction(i * size, bins)), ceil(Fraction((i + 1) * size, bins)))
                for i in range(bins)
            ]
            assert right("bin_edges")(size, bins) == expected

    def test_spatial_pyramid_pool2d(self, seed):
        """A pixel lies in a bin when their stretches of the axis overlap."""

        def inside(size, bins, i):
            return [
                p for p in range(size) if p * bins < (i + 1) * size and (p + 1) * bins > i * size
            ]

        for input, levels in hidden("spatial_pyramid_pool2d", seed):
            _, _, H, W = input.shape
            expected = [
                [
                    image[c][np.ix_(inside(H, n, i), inside(W, n, j))].max()
                    for c in range(input.shape[1])
                    for n in levels
                    for i in range(n)
                    for j in range(n)
                ]
                for image in input
            ]
            assert_array_equal(right("spatial_pyramid_pool2d")(input, levels), expected)

    def test_inputs_hide_nothing(self, seed):
        """No number twice; numbers below zero; windows that overlap, and pixels left over."""
        overlap = left_over = below = 0
        for input, kernel_size, stride in hidden("max_pool2d", seed):
            assert len(np.unique(input)) == input.size
            overlap += kernel_size > stride
            left_over += any((n - kernel_size) % stride for n in input.shape[2:])
            below += (input < 0).all()
        assert min(overlap, left_over, below) >= 2
