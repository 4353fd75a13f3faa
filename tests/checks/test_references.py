"""What the checks hold to be right: the curriculum's figures, SciPy, and sums worked by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import signal

from cnnlab.checks.inputs import signed, whole_signed
from tests.checks.references import case, hidden, right

WHOLE = [[429, 505, 686, 856], [261, 792, 412, 640], [633, 653, 851, 751], [608, 913, 713, 657]]


class TestCurriculum:
    """Rows 1.1, 1.2, 1.4, 2.1, 2.2 and 2.4, on the images that students see in the checks."""

    def test_first_window(self):
        assert right("window_sum")(*case("window_sum", "lesson 02")) == 429
        assert 18 + 51 + 121 + 35 + 204 == 429

    def test_whole_output(self):
        assert right("correlate2d")(*case("correlate2d", "6 x 6")).tolist() == WHOLE

    def test_binary_image(self):
        got = right("correlate2d")(*case("correlate2d", "5 x 5 image"))
        assert got.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]

    def test_stride_two(self):
        got = right("correlate2d_strided")(*case("correlate2d_strided", "lesson 02"))
        assert got.tolist() == [[429, 686], [633, 851]]

    def test_true_convolution(self):
        image, kernel = case("convolve2d", "lesson 02")
        got = right("convolve2d")(image, kernel)
        assert got.tolist() == [[-13, -20, -17], [-18, -24, -18], [13, 20, 17]]
        as_it_lies = signal.correlate2d(image, kernel, mode="same")
        assert as_it_lies[0, 0] == 13

    def test_the_turn_changes_every_sign_of_that_kernel(self):
        _, kernel = case("convolve2d", "lesson 02")
        assert (kernel[::-1, ::-1] == -kernel).all()

    def test_the_x_looks_the_same_after_the_turn(self):
        _, cross = case("correlate2d", "6 x 6")
        assert (cross[::-1, ::-1] == cross).all()

    def test_the_pair_of_lesson_01_on_a_four(self):
        image, pair = case("slide_pair", "digit 4")
        assert pair.tolist() == [1, 0.3]
        got = right("slide_pair")(image, pair)
        assert got.shape == (5, 3)
        assert got[0].tolist() == [1, 0, 0.3]

    def test_black_grey_and_white(self):
        assert right("pixels_to_array")([[0, 51, 255]]).tolist() == [[0, 0.2, 1]]
        assert_allclose(right("scale_centered")(np.array([[0, 127.5, 255]])), [[-0.5, 0, 0.5]])

    def test_pure_colours(self):
        colours = np.diag([255, 255, 255])[None].astype(np.uint8)
        assert_allclose(right("rgb_to_gray")(colours), [[76.245, 149.685, 29.07]])


def test_digits_spell_the_window():
    """Weights 1000, 100, 10, 1: an answer reads as the four pixels of its window."""
    image, kernel = case("correlate2d", "digits")
    got = right("correlate2d")(image, kernel)
    assert got[0, 0] == 1275
    assert image[:2, :2].ravel().tolist() == [1, 2, 7, 5]


@pytest.mark.parametrize("seed", range(5))
class TestAgainstScipy:
    """On the very cases that give points."""

    def test_correlate2d(self, seed):
        for image, kernel in hidden("correlate2d", seed):
            expected = signal.correlate2d(image.astype(float), kernel, mode="valid")
            assert_allclose(right("correlate2d")(image, kernel), expected, atol=1e-9)

    def test_correlate2d_strided(self, seed):
        for image, kernel, stride in hidden("correlate2d_strided", seed):
            every = signal.correlate2d(image.astype(float), kernel, mode="valid")
            got = right("correlate2d_strided")(image, kernel, stride)
            assert_allclose(got, every[::stride, ::stride], atol=1e-9)

    def test_convolve2d(self, seed):
        for image, kernel in hidden("convolve2d", seed):
            expected = signal.convolve2d(image.astype(float), kernel, mode="same")
            assert_allclose(right("convolve2d")(image, kernel), expected, atol=1e-9)

    def test_window_sum(self, seed):
        for image, kernel, row, column in hidden("window_sum", seed):
            every = signal.correlate2d(image.astype(float), kernel, mode="valid")
            got = right("window_sum")(image, kernel, row, column)
            assert_allclose(got, every[row, column], atol=1e-9)

    def test_slide_pair(self, seed):
        for image, pair in hidden("slide_pair", seed):
            expected = signal.correlate2d(image.astype(float), pair[None], mode="valid")
            assert_allclose(right("slide_pair")(image, pair), expected, atol=1e-9)

    def test_inputs_hide_nothing(self, seed):
        """No number twice, no symmetric kernel, both signs: symmetry hides mistakes."""
        for task in ("correlate2d", "correlate2d_strided", "convolve2d"):
            for image, kernel, *_ in hidden(task, seed):
                for array in (image, kernel):
                    assert len(np.unique(array)) == array.size
                if kernel.size > 1:
                    assert kernel.min() < 0 < kernel.max()
                    assert not np.array_equal(kernel, kernel[::-1, ::-1])


@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4, 5), (7,), ()])
@pytest.mark.parametrize("kind", [signed, whole_signed])
def test_signed_inputs_of_any_shape_repeat_no_number(shape, kind):
    array = kind(np.random.default_rng(3), *shape)
    assert array.shape == shape
    assert len(np.unique(np.abs(array))) == array.size
    assert np.all(array != 0)
    if array.size > 1:
        assert array.min() < 0 < array.max()
