"""What the checks of 03_edges hold to be right: SciPy, the curriculum, sums by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import ndimage, signal

from tests.checks.references import case, hidden, right

LEFT_MINUS_RIGHT = np.array([[1, 0, -1]] * 3)


def test_the_worked_example_of_the_curriculum():
    got = right("vertical_edges")(*case("vertical_edges", "lesson 03"))
    assert got.tolist() == [[-5, -4, 0, 8], [-10, -2, 2, 3], [0, -2, -4, -7], [-3, -2, -3, -16]]


def test_digits_spell_left_minus_right():
    got = right("vertical_edges")(*case("vertical_edges", "3 x 4"))
    assert got.tolist() == [[111 - 468, 15 - 61]]


def test_slopes_of_24_and_32_give_40():
    """3 a pixel to the right times 8, 4 a pixel upwards times 8."""
    got = right("gradient_magnitude")(*case("gradient_magnitude", "even slope"))
    assert got.tolist() == [[40, 40]]


def test_digits_spell_both_passes():
    got = right("correlate_separable")(*case("correlate_separable", "digits"))
    assert got[0, 0] == 1000 * 1 + 100 * 2 + 10 * 7 + 5
    assert got[1, 3] == 1000 * 9 + 100 * 6 + 10 * 5 + 8


def test_sobel_is_taken_apart():
    column, row = right("separate")(*case("separate", "Sobel"))
    assert column.tolist() == [1, 2, 1]
    assert row.tolist() == [-1, 0, 1]


@pytest.mark.parametrize("seed", range(5))
class TestAgainstScipy:
    """On the very cases that give points."""

    def test_vertical_edges(self, seed):
        for (image,) in hidden("vertical_edges", seed):
            expected = signal.correlate2d(image.astype(float), LEFT_MINUS_RIGHT, mode="valid")
            assert_allclose(right("vertical_edges")(image), expected, atol=1e-9)

    def test_gradient_magnitude(self, seed):
        for (image,) in hidden("gradient_magnitude", seed):
            whole = ndimage.generic_gradient_magnitude(image.astype(float), ndimage.sobel)
            assert_allclose(right("gradient_magnitude")(image), whole[1:-1, 1:-1], atol=1e-9)

    def test_correlate_separable(self, seed):
        for image, column, row in hidden("correlate_separable", seed):
            expected = signal.correlate2d(image.astype(float), np.outer(column, row), mode="valid")
            got = right("correlate_separable")(image, column, row)
            assert_allclose(got, expected, rtol=1e-9, atol=1e-9)

    def test_separate(self, seed):
        for (kernel,) in hidden("separate", seed):
            column, row = right("separate")(kernel)
            assert column[0] == 1
            assert_allclose(np.outer(column, row), kernel, rtol=1e-12, atol=1e-12)

    def test_inputs_hide_nothing(self, seed):
        """No pixel twice; both signs; no factor that reads the same from its end."""
        for task in ("vertical_edges", "gradient_magnitude"):
            for (image,) in hidden(task, seed):
                assert len(np.unique(image)) == image.size
        for _, *factors in hidden("correlate_separable", seed):
            for factor in factors:
                assert factor.min() < 0 < factor.max()
                assert not np.array_equal(factor, factor[::-1])


def test_among_the_hidden_kernels_are_rows_without_a_corner_and_without_a_sum():
    rows = [kernel[0] for (kernel,) in hidden("separate", 7)]
    assert any(row[0] == 0 for row in rows)
    assert any(row.sum() == 0 for row in rows)
    assert any(row[0] != 0 for row in rows)
