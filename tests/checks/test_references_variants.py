"""The references of 12_variants: the curriculum's figures, SciPy, and sums worked by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

from tests.checks.references import hidden, in_sight, right


def spread(array, step):
    """Zeros between the values, by counting."""
    wide = np.zeros([(n - 1) * step + 1 for n in array.shape])
    for place in np.ndindex(array.shape):
        wide[tuple(step * n for n in place)] = array[place]
    return wide


class TestCurriculum:
    """Rows 12.1, 12.2, 12.4 and 12.6."""

    def test_a_3_by_3_kernel_at_rate_2_sees_5_by_5(self):
        kernel = np.arange(1.0, 10).reshape(3, 3)
        image = np.zeros((5, 5))
        for place in np.ndindex(5, 5):
            image[...] = 0
            image[place] = 1
            seen = right("correlate2d_dilated")(image, kernel, 2)
            assert seen.shape == (1, 1)
            u, v = place
            assert seen[0, 0] == (0 if u % 2 or v % 2 else kernel[u // 2, v // 2])

    def test_two_by_two_stamps_of_four_at_stride_three(self):
        assert right("correlate2d_transposed")(np.ones((2, 2)), np.ones((4, 4)), 3, 0).shape == (
            7,
            7,
        )

    def test_stamps_of_a_single_pixel_are_the_kernel(self):
        kernel = np.array([[1.0, -2, 0.5], [-3, 0.25, 2]])
        got = right("correlate2d_transposed")(np.array([[0, 10.0], [0, 0]]), kernel, 2, 0)
        assert_array_equal(got[0:2, 2:5], 10 * kernel)
        assert np.count_nonzero(got) == 6

    def test_the_digits_of_four_stamps(self):
        """1, 10, 100, 1000 stamp: each digit in the middle names the pixel it came from."""
        image, kernel, stride, padding = in_sight("correlate2d_transposed")[1]
        assert (stride, padding) == (2, 0)
        assert right("correlate2d_transposed")(image, kernel, stride, padding).tolist() == [
            [1, 2, 13, 20, 30],
            [0, 1, 0, 10, 0],
            [102, 200, 1324, 2000, 3040],
            [0, 100, 0, 1000, 0],
            [200, 0, 2400, 0, 4000],
        ]

    def test_convolution_pooling_convolution_see_eight(self):
        assert right("receptive_field")([(3, 1), (2, 2), (3, 1)]) == 8

    def test_two_of_three_see_as_far_as_one_of_five(self):
        assert right("receptive_field")([(3, 1), (3, 1)]) == right("receptive_field")([(5, 1)]) == 5


@pytest.mark.parametrize("seed", range(4))
class TestOnTheCasesThatGivePoints:
    def test_receptive_field_by_pixels(self, seed):
        """Backwards through the stack: the pixels of a row that one output is made of."""
        for (layers,) in hidden("receptive_field", seed):
            reach = np.ones(1)
            for size, stride in reversed(layers):
                reach = np.convolve(spread(reach, stride), np.ones(size))
            assert right("receptive_field")(layers) == len(reach)

    def test_dilated_is_a_correlation_with_a_spread_kernel(self, seed):
        for image, kernel, dilation in hidden("correlate2d_dilated", seed):
            expected = signal.correlate2d(image.astype(float), spread(kernel, dilation), "valid")
            got = right("correlate2d_dilated")(image, kernel, dilation)
            assert_allclose(got, expected, atol=1e-9)

    def test_transposed_is_a_wide_convolution_of_the_spread_image(self, seed):
        for image, kernel, stride, padding in hidden("correlate2d_transposed", seed):
            wide = signal.convolve2d(spread(image, stride), kernel, "full")
            rows, columns = wide.shape
            expected = wide[padding : rows - padding, padding : columns - padding]
            got = right("correlate2d_transposed")(image, kernel, stride, padding)
            assert_allclose(got, expected, atol=1e-9)

    def test_depthwise_separable_is_a_correlation_a_channel_and_a_matrix(self, seed):
        for image, depthwise, pointwise in hidden("depthwise_separable", seed):
            maps = [
                signal.correlate2d(x.astype(float), k, "valid")
                for x, k in zip(image, depthwise, strict=True)
            ]
            flat = pointwise @ np.reshape(maps, (len(maps), -1))
            got = right("depthwise_separable")(image, depthwise, pointwise)
            assert_allclose(got, flat.reshape(len(pointwise), *maps[0].shape), atol=1e-9)

    def test_inputs_hide_nothing(self, seed):
        for task in ("correlate2d_dilated", "correlate2d_transposed", "depthwise_separable"):
            for given in hidden(task, seed):
                for array in (a for a in given if isinstance(a, np.ndarray)):
                    assert len(np.unique(array)) == array.size
                    if array.size > 1 and array.dtype != np.uint8:
                        assert array.min() < 0 < array.max()


def test_dilated_as_ndimage_has_it():
    """An oracle with its own loops: ndimage, cut to where the spread kernel lies inside."""
    for image, kernel, dilation in in_sight("correlate2d_dilated"):
        wide = spread(kernel, dilation)
        every = ndimage.correlate(image.astype(float), wide, mode="constant", origin=0)
        top, left = (k // 2 for k in wide.shape)
        shape = [n - k + 1 for n, k in zip(image.shape, wide.shape, strict=True)]
        expected = every[top : top + shape[0], left : left + shape[1]]
        assert_allclose(right("correlate2d_dilated")(image, kernel, dilation), expected)
