"""What the checks of 04_padding_and_stride hold to be right: SciPy, counting, work by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

from tests.checks.references import hidden, in_sight, right


def places(size, kernel_size, stride, padding):
    """Walk along the padded row and count the stops from which the kernel does not stick out."""
    stops, start = 0, -padding
    while start + kernel_size <= size + padding:
        stops, start = stops + 1, start + stride
    return stops


def test_a_frame_by_hand():
    framed = [[0, 0, 0, 0, 0], [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0, 0, 0, 0, 0]]
    assert_array_equal(right("zero_pad")(np.array([[1, 2, 3], [4, 5, 6]]), 1), framed)


@pytest.mark.parametrize(
    ("numbers", "size"),
    [
        ((32, 3, 1, 0), 30),  # curriculum 4.2
        ((7, 3, 2, 0), 3),  # 4.3
        ((6, 3, 2, 1), 3),
        ((5, 3, 2, 1), 3),
        ((8, 3, 2, 0), 3),
        ((2, 5, 1, 0), 0),
    ],
)
def test_sizes_of_the_curriculum(numbers, size):
    assert right("output_size")(*numbers) == size == places(*numbers)


def test_digits_spell_the_first_and_the_last_window():
    got = right("correlate2d_padded")(*in_sight("correlate2d_padded")[0])
    assert got.shape == (4, 5)
    assert got[0, 0] == 1  # only the last weight meets a pixel, which is 1
    assert got[1, 1] == 1275
    assert got[-1, -1] == 5000


def test_the_worked_example_at_stride_2_and_padding_1():
    """Output of the guide's figure for padding and strides: nine windows of the padded image."""
    got = right("correlate2d_padded")(*in_sight("correlate2d_padded")[2])
    assert_array_equal(got, [[6, 17, 3], [8, 17, 13], [6, 4, 4]])


@pytest.mark.parametrize("kernel_size", range(1, 9))
@pytest.mark.parametrize(("mode", "size"), [("valid", -1), ("same", 0), ("full", 1)])
def test_the_amounts_make_the_sizes_that_scipy_makes(kernel_size, mode, size):
    before, after = right("padding_for")(kernel_size, mode)
    row = np.arange(1.0, 13)
    kernel = np.arange(2.0, 2 + kernel_size)
    mine = np.correlate(np.pad(row, (before, after)), kernel, "valid")
    assert len(mine) == 12 + size * (kernel_size - 1)
    if mode != "same" or kernel_size % 2:  # for an even kernel SciPy puts the odd pixel before
        assert_allclose(mine, signal.correlate(row, kernel, mode))
    else:
        assert after == before + 1


@pytest.mark.parametrize("seed", range(5))
class TestAgainstOthers:
    """On the very cases that give points."""

    def test_zero_pad(self, seed):
        """A wide correlation with a single 1 lays zeros around an image."""
        for image, padding in hidden("zero_pad", seed):
            spot = np.zeros((2 * padding + 1, 2 * padding + 1))
            spot[padding, padding] = 1
            expected = signal.correlate2d(image.astype(float), spot, mode="full")
            assert_allclose(right("zero_pad")(image, padding), expected, atol=1e-12)

    def test_output_size(self, seed):
        for numbers in hidden("output_size", seed):
            assert right("output_size")(*numbers) == places(*numbers)

    def test_correlate2d_padded(self, seed):
        for image, kernel, stride, padding in hidden("correlate2d_padded", seed):
            wide = signal.correlate2d(image.astype(float), kernel, mode="full")
            rows, columns = (n - 1 - padding for n in kernel.shape)
            padded = np.zeros(np.add(wide.shape, 2 * padding))
            padded[padding : padding + wide.shape[0], padding : padding + wide.shape[1]] = wide
            kept = padded[rows + padding :, columns + padding :]
            shape = [
                places(n, k, stride, padding)
                for n, k in zip(image.shape, kernel.shape, strict=True)
            ]
            expected = kept[::stride, ::stride][: shape[0], : shape[1]]
            got = right("correlate2d_padded")(image, kernel, stride, padding)
            assert_allclose(got, expected, atol=1e-9)

    def test_inputs_hide_nothing(self, seed):
        """Padding and no padding, strides that leave pixels over, nothing symmetric."""
        left_over = 0
        for image, kernel, stride, padding in hidden("correlate2d_padded", seed):
            assert image.shape[0] != image.shape[1]
            assert kernel.shape[0] != kernel.shape[1]
            assert len(np.unique(image)) == image.size
            rooms = [n + 2 * padding - k for n, k in zip(image.shape, kernel.shape, strict=True)]
            left_over += any(room % stride for room in rooms)
        assert left_over >= 2
