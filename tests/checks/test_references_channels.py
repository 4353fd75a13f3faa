"""What the checks of 05_channels hold to be right: SciPy, the curriculum, sums by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import signal

from cnnlab.checks import check
from tests.checks.references import case, hidden, right


def by_scipy(input, weight, bias, stride, padding):
    """Three-dimensional correlations; stride by leaving answers out, padding by a larger array."""
    N, C, H, W = input.shape
    x = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    x[:, :, padding : padding + H, padding : padding + W] = input
    maps = [[signal.correlate(image, filter, mode="valid")[0] for filter in weight] for image in x]
    return np.array(maps)[:, :, ::stride, ::stride] + bias.reshape(1, -1, 1, 1)


def test_the_first_window_by_hand():
    assert right("filter_sum")(*case("filter_sum", "lesson 05")) == 2 - 1 - 2 + 3


def test_digits_spell_the_window_and_the_bias():
    got = right("conv2d")(*case("conv2d", "digits"))
    assert got[0, 0, 0, 0] == 15312  # bias 1, channel 1: 5 and 3, channel 0: 1 and 2
    assert got[0, 1, 1, 1] == 20000 + 3 * 100 + 7 * 1000 + 2 * 1 + 1 * 10


def test_the_worked_example():
    got = right("conv2d")(*case("conv2d", "lesson 05"))
    assert got.tolist() == [[[[2, 13, 3], [7, 6, 12]], [[1, 1, 0], [5, 2, 3]]]]
    one = right("filter_response")(*case("filter_response", "lesson 05"))
    assert one.tolist() == [[2, 13, 3], [7, 6, 12]]


def test_stride_and_padding_on_the_worked_example():
    """Around the corner only one pixel of each plane is left, under the last weight."""
    got = right("conv2d")(*case("conv2d", "stride 2 and padding 1"))
    assert got.shape == (1, 2, 2, 3)
    assert got[0, 0, 0, 0] == 1 * 1 + 0 * 0 - 1 * 1 + 3
    assert_allclose(got, by_scipy(*case("conv2d", "stride 2 and padding 1")))


@pytest.mark.parametrize(
    ("layer", "count"),
    [
        ((3, 10, 3, True), 280),  # Tiny VGG: 10 filters of 27 weights and a bias
        ((3, 96, 11, False), 34_848),  # curriculum 5.2
        ((3, 96, 11, True), 34_944),
        ((1, 1, 1, True), 2),
    ],
)
def test_counts_of_the_curriculum(layer, count):
    assert right("conv2d_parameters")(*layer) == count


@pytest.mark.parametrize(
    ("filters", "shape"), [(10, (10, 28, 28)), (2, (2, 28, 28)), (5, (5, 28, 28))]
)
def test_shapes_of_the_curriculum(filters, shape):
    """Row 5.1, with the accepted version that is fast enough for a real size."""
    fast = check.conv2d.ladder.accepted[0]
    made = fast(np.zeros((1, 3, 32, 32)), np.zeros((filters, 3, 5, 5)), np.zeros(filters), 1, 0)
    assert made.shape[1:] == (filters, 28, 28)


@pytest.mark.parametrize("seed", range(5))
class TestAgainstScipy:
    """On the very cases that give points."""

    def test_filter_sum(self, seed):
        for window, filter, bias in hidden("filter_sum", seed):
            expected = signal.correlate(window.astype(float), filter, mode="valid").item() + bias
            assert_allclose(right("filter_sum")(window, filter, bias), expected, atol=1e-9)

    def test_filter_response(self, seed):
        for image, filter, bias in hidden("filter_response", seed):
            expected = signal.correlate(image.astype(float), filter, mode="valid")[0] + bias
            assert_allclose(right("filter_response")(image, filter, bias), expected, atol=1e-9)

    def test_conv2d(self, seed):
        for arguments in hidden("conv2d", seed):
            assert_allclose(right("conv2d")(*arguments), by_scipy(*arguments), atol=1e-9)

    def test_conv2d_parameters(self, seed):
        """A layer holds as many numbers as its arrays have elements."""
        for channels, filters, size, bias in hidden("conv2d_parameters", seed):
            weight = np.zeros((filters, channels, size, size))
            biases = np.zeros(filters if bias else 0)
            counted = right("conv2d_parameters")(channels, filters, size, bias)
            assert counted == weight.size + biases.size

    def test_inputs_hide_nothing(self, seed):
        """Images, channels and filters differ in number; biases differ and none is zero."""
        batches = 0
        for input, weight, bias, _, _ in hidden("conv2d", seed):
            assert len(set(bias)) == len(bias)
            assert (bias != 0).all()
            batches += len(input) > 1
            assert input.shape[1] > 1
            assert len(weight) > 1
            for array in (input, weight):
                assert len(np.unique(array)) == array.size
            assert not np.array_equal(weight, weight[:, :, ::-1, ::-1])
        assert batches >= 3
