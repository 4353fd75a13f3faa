"""Lesson 12: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other. They use `cnnlab`; the oracles below do
not.
"""

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

LESSON = "12_variants"
DIGITS = np.array(
    [
        [3, 3, 2, 1, 0, 2, 1],
        [0, 0, 1, 3, 1, 0, 2],
        [3, 1, 2, 2, 3, 1, 0],
        [2, 0, 0, 2, 2, 3, 1],
        [2, 0, 0, 0, 1, 2, 3],
        [1, 2, 3, 0, 2, 1, 0],
        [0, 3, 1, 2, 0, 1, 2],
    ]
)
IMAGE, KERNEL = np.array([[1, 10], [100, 1000]]), np.array([[1, 2, 3], [0, 1, 0], [2, 0, 4]])
STAMPED = [
    [1, 2, 13, 20, 30],
    [0, 1, 0, 10, 0],
    [102, 200, 1324, 2000, 3040],
    [0, 100, 0, 1000, 0],
    [200, 0, 2400, 0, 4000],
]


def spread(array, step):
    """Zeros between the values, one value at a time."""
    wide = np.zeros([(n - 1) * step + 1 for n in array.shape])
    for place in np.ndindex(array.shape):
        wide[tuple(step * n for n in place)] = array[place]
    return wide


def stamp_counts(n, side, stride):
    """How many stamps reach each place of a row, counted one by one."""
    row = np.zeros((n - 1) * stride + side, dtype=int)
    for first in range(0, n * stride, stride):
        for place in range(first, first + side):
            row[place] += 1
    return row


# --- 12.1 Dilation


def test_the_worked_image_is_that_of_the_explorer(names):
    assert_array_equal(names["digits"], DIGITS)
    assert_array_equal(names["weights"], [[0, 1, 2], [2, 2, 0], [0, 1, 2]])


def test_nine_weights_at_dilation_2_cover_5_by_5(names, said, prose):
    wide = spread(np.ones((3, 3)), 2)
    assert wide.shape == (5, 5)
    assert wide.sum() == names["under"].sum() == 9
    assert_array_equal(names["under"][:5, :5], wide)
    assert "9 weights cover 5 x 5. You said 0." in said
    assert "5 × 5, with nine weights." in prose


def test_sizes_at_dilation_1_2_and_3(said):
    for rate in (1, 2, 3):
        wide = spread(np.ones((3, 3)), rate)
        shape = signal.correlate2d(DIGITS, wide, mode="valid").shape
        side = len(wide)
        assert f"dilation {rate}: covers {side} x {side}, answer {shape}" in said


def test_three_dilated_layers_see_fifteen(said, prose):
    seen = np.ones(1)
    for rate in (1, 2, 4):
        seen = np.convolve(seen, spread(np.ones(3), rate))
    assert len(seen) == np.count_nonzero(seen) == 15 == 1 + 2 + 4 + 8
    assert "They see 15 x 15 pixels with 27 weights." in said
    assert "One dense kernel of that size has 225 weights." in said
    assert "1 + 2 + 4 + 8 = 15" in prose


def test_both_looks_at_the_photograph(names):
    for answer, rate in ((names["near"], 1), (names["far"], 8)):
        wide = spread(names["fall"], rate)
        every = ndimage.correlate(names["photo"], wide, mode="constant")
        assert_allclose(answer, every[8:-8, 8:-8], atol=1e-12)
    assert 2 * 8 + 1 == 17


# --- 12.2 The transposed convolution


def test_four_pixels_stamp(names, prose):
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["kernel"], KERNEL)
    assert_array_equal(names["stamped"], STAMPED)
    assert_array_equal(signal.convolve2d(spread(IMAGE, 2), KERNEL), STAMPED)
    assert STAMPED[2][2] == 4 * 1 + 2 * 10 + 3 * 100 + 1 * 1000
    assert "4 · 1 + 2 · 10 + 3 · 100 + 1 · 1000 = 1324" in prose
    assert STAMPED[0][2] == 10 + 3 == 13


def test_the_exercise_shows_the_same_stamps(root):
    """Typed in there: a locked cell that called the function would hand it out."""
    text = (root / "exercises" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    setup = next(cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    names = {}
    exec("".join(setup["source"]), names)
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["kernel"], KERNEL)
    assert_array_equal(names["stamped"], STAMPED)


def test_the_stamps_one_by_one(names, said):
    for stamp, (i, j) in zip(names["stamps"], np.ndindex(2, 2), strict=True):
        expected = np.zeros((5, 5))
        expected[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] = IMAGE[i, j] * KERNEL
        assert_array_equal(stamp, expected)
    assert "Is their sum the answer? True" in said


def test_two_by_two_with_a_kernel_of_four_at_stride_three(names, said, prose):
    row = stamp_counts(2, 4, 3)
    assert_array_equal(names["large"][0, 0], np.outer(row, row))
    assert len(row) == 7
    assert "7 x 7. You said 0." in said
    assert "(2 − 1) · 3 + 4 = 7" in prose
    assert list(row).count(2) == 1


def test_zeros_between_give_the_same(names, said):
    assert names["spread"].shape == (7, 7)
    assert np.count_nonzero(names["spread"]) == 4
    assert_array_equal(names["slid"], STAMPED)
    assert "The same numbers? True" in said
    assert "(7, 7) -> (5, 5), equal: True" in said
    whole = signal.convolve2d(spread(np.arange(1, 10).reshape(3, 3), 2), KERNEL)
    assert_array_equal(names["by_stamps"], whole[1:-1, 1:-1])


def test_the_matrix_and_its_transpose(names, said):
    rows = []
    for i, j in np.ndindex(2, 2):
        plane = np.zeros((5, 5))
        plane[2 * i : 2 * i + 3, 2 * j : 2 * j + 3] = KERNEL
        rows.append(plane.ravel())
    assert_array_equal(names["matrix"], rows)
    assert "(4, 25), 24 weights that are not 0" in said
    assert 4 * np.count_nonzero(KERNEL) == 24
    assert_array_equal(np.transpose(rows) @ IMAGE.ravel(), np.ravel(STAMPED))
    assert said.count("stamps = ") == 2
    assert "stamps = zeros between: True" in said
    assert "stamps = matrix:        True" in said


def test_there_and_back_is_not_the_same(names, prose):
    picture = DIGITS[:5, :5]
    down = signal.correlate2d(picture, KERNEL, mode="valid")[::2, ::2]
    assert down.shape == (2, 2)
    assert_array_equal(names["down"][0, 0], down)
    back = signal.convolve2d(spread(down, 2), KERNEL)
    assert_array_equal(names["back"][0, 0], back)
    assert back.shape == picture.shape
    assert not np.any(np.isclose(back, picture) & (picture != 0))
    assert "25 numbers went through a gap of 4" in prose


def test_two_images_with_the_same_answers(names, said):
    other = DIGITS[:5, :5].copy()
    other[0, :2] = 5, 2
    assert_array_equal(names["other"], other)
    down = signal.correlate2d(other, KERNEL, mode="valid")[::2, ::2]
    assert_array_equal(down, names["down"][0, 0])
    assert "Same answers? True" in said


# --- 12.3 Checkerboards


@pytest.mark.parametrize(("side", "levels"), [(3, {1, 2, 4}), (4, {4}), (5, {4, 6, 9})])
def test_overlap_counts(names, side, levels):
    row = stamp_counts(5, side, 2)[4:9]
    assert_array_equal(names["counts"][side], np.outer(row, row))
    assert set(np.outer(row, row).ravel().tolist()) == levels


def test_the_prose_names_these_counts(prose):
    assert "each place is reached equally often: 4 times" in prose
    assert "With 3 it is 1, 2 or 4 times, with 5 it is 4, 6 or 9." in prose


def test_the_enlarged_fours(names):
    for board, side in zip(names["boards"][1:], (3, 4, 5), strict=True):
        soft = np.full((side, side), 4 / side**2)
        assert_allclose(board, signal.convolve2d(spread(names["four"], 2), soft), atol=1e-12)


def test_four_maps_are_dealt_out(names):
    assert_array_equal(names["dealt"], [[1, 2, 1, 2], [3, 4, 3, 4]] * 2)


def test_resizing_as_matrices(names, said):
    nearest, bilinear = names["shares"]["nearest"], names["shares"]["bilinear"]
    assert_array_equal(nearest, np.repeat(np.eye(3), 2, axis=0))
    quarters = [[4, 0, 0], [3, 1, 0], [1, 3, 0], [0, 3, 1], [0, 1, 3], [0, 0, 4]]
    assert_allclose(bilinear, np.divide(quarters, 4))
    assert "A x A^T is what the library does: True" in said
    four = names["four"]
    middle = ndimage.zoom(four, 2, order=1, mode="nearest", grid_mode=True)
    assert_allclose(names["by_hand"], middle, atol=1e-12)
    assert_array_equal(names["repeated"], np.kron(four, np.ones((2, 2))))


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert len(spread(np.ones(4), 3)) == 10
    assert "3 · (4 − 1) + 1 = 10 pixels each way, with 16 weights." in prose
    assert len(stamp_counts(7, 4, 2)) == 16
    assert "(7 − 1) · 2 + 4 = 16" in prose
    assert "14 × 14" in prose
    assert set(stamp_counts(9, 6, 2)[5:-5].tolist()) == {3}
    assert "nine on each place in the middle" in prose
