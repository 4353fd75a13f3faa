"""Lesson 02: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other. They use `cnnlab.naive` and
`cnnlab.functional`; nothing below does.
"""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

LESSON = "02_filters"
X = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])


# --- 2.1 The worked example

IMAGE = np.array(
    [
        [18, 54, 51, 239, 244, 188],
        [55, 121, 75, 78, 95, 88],
        [35, 24, 204, 113, 109, 221],
        [3, 154, 104, 235, 25, 130],
        [15, 253, 225, 159, 78, 233],
        [68, 85, 180, 214, 245, 0],
    ]
)
OUTPUT = np.array(
    [[429, 505, 686, 856], [261, 792, 412, 640], [633, 653, 851, 751], [608, 913, 713, 657]]
)


def test_the_worked_example_is_that_of_the_curriculum(names):
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["kernel"], X)
    assert_array_equal(names["output"], OUTPUT)
    assert_array_equal(signal.correlate2d(IMAGE, X, mode="valid"), OUTPUT)


def test_the_first_two_sums(said, prose):
    assert OUTPUT[0, 0] == 18 + 51 + 121 + 35 + 204
    assert f"18 + 51 + 121 + 35 + 204 = {OUTPUT[0, 0]}" in prose
    assert "The sum is 429. You said 0." in said
    assert OUTPUT[0, 1] == 54 + 239 + 75 + 24 + 113
    assert "The sum is 505." in said


def test_the_kernel_fits_in_sixteen_places(said, prose):
    assert sum(1 for i in range(6) for j in range(6) if i + 3 <= 6 and j + 3 <= 6) == 16
    assert "The kernel fits in 16 places." in said
    assert "4 × 4 = 16 places" in prose


def test_the_largest_sum_and_its_window(said, prose):
    assert OUTPUT.max() == OUTPUT[3, 1] == 913 == 154 + 235 + 225 + 85 + 214
    assert "largest of the sums is 913" in prose
    assert "output[3, 1]: its window begins at image[3, 1]." in said


def test_stride_two_keeps_every_second_sum(names):
    every_second = [[(IMAGE[r : r + 3, c : c + 3] * X).sum() for c in (0, 2)] for r in (0, 2)]
    assert every_second == [[429, 686], [633, 851]]
    assert_array_equal(names["output"][names["kept"]], np.ravel(every_second))


# --- 2.2 Black and white


def test_the_hits_on_the_binary_image(names):
    pixels = np.array([list(row) for row in ("11100", "01110", "00111", "00110", "01100")]) == "1"
    assert_array_equal(names["binary"], pixels)
    assert_array_equal(names["hits"], [[4, 3, 4], [2, 4, 3], [2, 3, 4]])
    corner_hits = [
        [(pixels[i : i + 3, j : j + 3] & (X == 1)).sum() for j in range(3)] for i in range(3)
    ]
    assert_array_equal(names["hits"], corner_hits)


# --- 2.5 The curve


def test_the_curve_answers_6600_in_its_place_and_nowhere_more(names, said, prose):
    found = names["found"]
    assert_array_equal(found, signal.correlate2d(names["drawing"], names["curve"], mode="valid"))
    assert found[1, 2] == found.max() == 4 * 50 * 30 + 20 * 30 == 6600
    assert (found == 6600).sum() == 1
    assert "4 × (50 × 30) + 20 × 30 = 6600" in prose
    assert "The sum is 6600." in said


def test_the_products_are_those_that_the_text_counts(names):
    products = names["stroke"] * names["curve"]
    assert sorted(products[products > 0]) == [600, 1500, 1500, 1500, 1500]
    assert (names["curve"] > 0).sum() == 6


def test_two_columns_to_the_left_the_answer_is_nought_in_spite_of_the_ink(names, said):
    assert names["found"][1, 0] == 0
    ink, window = names["stroke"].sum(), names["drawing"][1:8, 0:7]
    assert window.sum() > ink / 2
    assert f"Of the ink, {window.sum()} of {ink} is in the window." in said
    assert "The sum of the products is 0." in said


def test_the_curve_in_the_mirror_gets_a_lower_mark(names):
    right = names["found"][:, 6:]
    assert 0 < right.max() < 6600


def test_the_strokes_of_the_four(names):
    upright = np.array([[-1, 2, -1]] * 3)
    for pattern in (upright, upright.T):
        assert pattern.sum() == 0
    four = names["four"].astype(int)
    expected = [
        ndimage.correlate(four, kernel, mode="constant")[1:-1, 1:-1]
        for kernel in (upright, upright.T)
    ]
    assert_array_equal(names["strokes"], expected)
    # The legs of the 4 stand in columns 2 and 5 of the image, the bar in row 5.
    assert set(np.argsort(expected[0].sum(axis=0))[-2:] + 1) == {2, 5}
    assert np.argmax(expected[1].sum(axis=1)) + 1 == 5


# --- 2.3 Colour


def test_seventy_five_products_make_one_of_28_by_28_numbers(names, said, prose):
    assert 5 * 5 * 3 == 75
    assert "75 products, one sum." in said
    assert "32 − 5 + 1 = 28" in prose
    assert 32 - 5 + 1 == 28
    planes, orange = names["planes"], names["orange"]
    whole = signal.correlate(planes, orange, mode="valid")
    assert whole.shape == (1, 28, 28)
    assert_allclose(names["likeness"], whole[0], atol=1e-12)


def test_the_flower_is_found_where_it_is(names):
    likeness = names["likeness"]
    assert likeness[14, 14] > 0.8 * likeness.max()
    for corner in (likeness[0, 0], likeness[0, -1], likeness[-1, 0]):
        assert corner < 0


# --- 2.6 A hundred filters


def test_a_hundred_patterns_in_89_by_89_places(names, said):
    assert "One pattern: 89 x 89 = 7,921 places." in said
    assert "100 patterns: 792,100 numbers, maps of (89, 89)." in said
    assert 100 * (96 - 8 + 1) ** 2 == 792_100
    assert names["maps"].shape == (100, 89, 89)
    for n in (0, 41, 99):
        expected = signal.correlate2d(names["photo"], names["patterns"][n], mode="valid")
        assert_allclose(names["maps"][n], expected, atol=1e-10)


def test_the_patterns_have_no_mean_and_equal_strength(names):
    assert_allclose(names["patterns"].mean(axis=(1, 2)), 0, atol=1e-12)
    assert_allclose((names["patterns"] ** 2).sum(axis=(1, 2)), 1)


# --- 2.7 Coverage, narrow and wide


def test_how_many_windows_use_each_pixel(names, prose):
    once_a_row = [1, 2, 3, 3, 2, 1]
    assert_array_equal(names["uses"], np.outer(once_a_row, once_a_row))
    assert "Nine times in the middle, once in the corner, twice beside it." in prose


def test_narrow_same_and_wide(names, prose):
    for output, mode in zip(names["outputs"], ("valid", "same", "full"), strict=True):
        assert_array_equal(output, signal.correlate2d(IMAGE, X, mode=mode))
    assert [len(output) for output in names["outputs"]] == [4, 6, 8]
    assert "6 − 3 + 1 = 4 rows, the wide one 6 + 3 − 1 = 8" in prose
    narrow, same, wide = names["outputs"]
    assert_array_equal(same[1:5, 1:5], narrow)
    assert_array_equal(wide[2:6, 2:6], narrow)


def test_the_wide_custom_uses_every_pixel_nine_times():
    """A wide correlation with ones spreads each pixel over nine outputs, so one pixel sums to 9."""
    for i, j in [(0, 0), (0, 1), (3, 2), (5, 5)]:
        pixel = np.zeros((6, 6))
        pixel[i, j] = 1
        assert signal.correlate2d(pixel, np.ones((3, 3)), mode="full").sum() == 9


# --- 2.4 Correlation and convolution


def test_convolution_of_the_numbers_one_to_nine(names):
    convolved = [[-13, -20, -17], [-18, -24, -18], [13, 20, 17]]
    assert_array_equal(names["convolved"], convolved)
    assert_array_equal(names["correlated"], np.negative(convolved))
    numbers = np.arange(1, 10).reshape(3, 3)
    slope = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    assert_array_equal(signal.convolve2d(numbers, slope, mode="same"), convolved)
    assert_array_equal(signal.correlate2d(numbers, slope, mode="same"), names["correlated"])


def test_the_x_does_not_change_when_it_is_turned():
    assert_array_equal(X[::-1, ::-1], X)


def test_the_library_correlates(said):
    assert "Does conv2d correlate? True" in said
    assert "Does conv2d convolve?  False" in said


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert signal.correlate2d(np.ones((10, 12)), np.ones((3, 5)), mode="valid").shape == (8, 8)
    assert "8 × 8: there are 10 − 3 + 1 rows and 12 − 5 + 1 columns." in prose
    blurred = signal.correlate2d(IMAGE, np.full((3, 3), 1 / 9), mode="valid")
    assert_allclose(blurred[0, 0], IMAGE[:3, :3].mean())
    assert (blurred.max() - blurred.min()) < (IMAGE.max() - IMAGE.min())
