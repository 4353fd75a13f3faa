"""What the checks of 07_one_by_one hold to be right: the curriculum's figures and plain NumPy."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import signal

from cnnlab.checks import check
from cnnlab.shapes.builders import INCEPTIONS, inception
from cnnlab.shapes.stacks import output_shape, parameters
from tests.checks.references import case, hidden, right


class TestCurriculum:
    """Rows 7.1, 7.2 and 7.3."""

    def test_the_outlined_pixel_of_the_lesson(self):
        pixel, weight, bias = case("mix_channels", "lesson 07")
        assert pixel.tolist() == [2, 1, 3]
        assert right("mix_channels")(pixel, weight, bias).tolist() == [2, 7]
        assert [2 + 2 - 3 + 1, 6 + 0 + 3 - 2] == [2, 7]

    def test_the_image_of_the_lesson(self):
        got = right("conv1x1")(*case("conv1x1", "lesson 07"))
        assert got.tolist() == [
            [[[0, 2, 8], [8, 11, -1]], [[3, 7, -1], [7, 2, 10]]],
        ]

    def test_digits_spell_the_pixel(self):
        got = right("mix_channels")(*case("mix_channels", "digits"))
        assert got.tolist() == [1000 + 872, 2000 + 287]

    def test_a_bottleneck(self):
        assert right("path_weights")(256, [(256, 3)]) == 589_824 == 256 * 256 * 9
        narrow = [(64, 1), (64, 3), (256, 1)]
        assert right("path_weights")(256, narrow) == 69_632
        assert 256 * 64 + 64 * 64 * 9 + 64 * 256 == 69_632
        assert [(c.arguments) for c in check.path_weights.ladder.cases if c.arguments[1] == narrow]

    def test_inception_3a(self):
        plain = [[(64, 1)], [(128, 3)], [(32, 5)], []]
        assert right("block_size")(192, plain) == (387_072, 416)
        reduced = [[(64, 1)], [(96, 1), (128, 3)], [(16, 1), (32, 5)]]
        assert right("block_size")(192, reduced) == (157_184, 224)
        assert right("block_size")(192, [*reduced, [(32, 1)]]) == (157_184 + 192 * 32, 256)


@pytest.mark.parametrize("name", INCEPTIONS)
def test_every_inception_block_against_the_arithmetic_of_shapes(name):
    one, reduce3, three, reduce5, five, pooled = INCEPTIONS[name]
    paths = [[(one, 1)], [(reduce3, 1), (three, 3)], [(reduce5, 1), (five, 5)], [(pooled, 1)]]
    block = (inception(name, INCEPTIONS[name]),)
    biases = one + reduce3 + three + reduce5 + five + pooled
    weights, depth = right("block_size")(192, paths)
    assert weights + biases == parameters(block, (192, 28, 28))
    assert (depth, 28, 28) == output_shape(block, (192, 28, 28))


@pytest.mark.parametrize("seed", range(5))
class TestOnTheCasesThatGivePoints:
    def test_mix_channels(self, seed):
        for pixel, weight, bias in hidden("mix_channels", seed):
            expected = np.einsum("oc,c->o", weight, pixel.astype(float)) + bias
            assert_allclose(right("mix_channels")(pixel, weight, bias), expected, atol=1e-9)

    def test_conv1x1(self, seed):
        for input, weight, bias in hidden("conv1x1", seed):
            got = right("conv1x1")(input, weight, bias)
            for n, o in np.ndindex(got.shape[:2]):
                block = weight[o][:, None, None].astype(float)
                one = signal.correlate(input[n].astype(float), block, mode="valid")[0]
                assert_allclose(got[n, o], one + bias[o], atol=1e-6)

    def test_counts_against_arrays_that_are_made(self, seed):
        for channels, paths in hidden("block_size", seed):
            size = depth = 0
            for path in paths:
                made = np.empty((channels, 0))
                for filters, side in path:
                    made = np.empty((filters, len(made), side, side))
                    size += made.size
                depth += len(made)
            assert right("block_size")(channels, paths) == (size, depth)
        for channels, path in hidden("path_weights", seed):
            assert right("path_weights")(channels, path) == right("block_size")(channels, [path])[0]

    def test_inputs_hide_nothing(self, seed):
        """No number twice, both signs, and sides, channels and filters that differ."""
        for input, weight, bias in hidden("conv1x1", seed):
            for array in (input, weight, bias):
                assert len(np.unique(array)) == array.size
            assert weight.min() < 0 < weight.max()
            assert input.shape[1] != len(weight)
            assert input.shape[2] != input.shape[3]
