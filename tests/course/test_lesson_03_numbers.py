"""Lesson 03: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here. Where they use `cnnlab` the oracle is SciPy or a sum by hand;
where they use SciPy it is a sum over shifted images.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

LESSON = "03_edges"

VERTICAL = np.array([[1, 0, -1]] * 3)
SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
SOBEL_UPWARDS = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])  # as the curriculum prints it


def shifted_sum(image, kernel):
    """A correlation as a sum of shifted images: no window is ever cut out."""
    KH, KW = kernel.shape
    H, W = image.shape[0] - KH + 1, image.shape[1] - KW + 1
    parts = [
        kernel[u, v] * image[u : u + H, v : v + W].astype(float) for u, v in np.ndindex(KH, KW)
    ]
    return np.sum(parts, axis=0)


# --- 3.2 A step


def test_the_differences_along_a_line(said):
    assert [10 - 10, 10 - 0, 10 - 0, 0 - 0] == [0, 10, 10, 0]
    assert "left minus right: [ 0 10 10  0]." in said


def test_a_step_answers_0_30_30_0(after, prose):
    names = after('"bright, then dark"')
    assert_array_equal(names["step"], [[10, 10, 10, 0, 0, 0]] * 6)
    assert_array_equal(names["found"], [[0, 30, 30, 0]] * 4)
    assert_array_equal(names["found"], signal.correlate2d(names["step"], VERTICAL, mode="valid"))
    assert "0, 30, 30, 0 in every row: 3 × 10" in prose


def test_the_line_stays_two_columns_wide(after, said):
    names = after("np.repeat")
    assert names["large"].shape == (1000, 1000)
    assert "2 of 998 columns." in said
    expected = signal.correlate(names["large"][:5].astype(float), VERTICAL, mode="valid")
    assert_allclose(names["answer"][:3], expected, atol=1e-9)
    assert set(np.flatnonzero(names["answer"][500])) == {498, 499}


def test_the_mirrored_step_has_the_other_sign(after):
    assert_array_equal(after("step[:, ::-1]")["answer"], [[0, -30, -30, 0]] * 4)


def test_the_horizontal_kernel_is_the_same_turned_by_90_degrees(after):
    names = after("level = vertical.T")
    level, step = names["level"], names["step"]
    assert_array_equal(np.rot90(VERTICAL, -1), level)
    assert_array_equal(signal.correlate2d(step, level, mode="valid"), np.zeros((4, 4)))
    expected = [[0] * 4, [30] * 4, [30] * 4, [0] * 4]
    assert_array_equal(signal.correlate2d(step.T, level, mode="valid"), expected)


# --- 3.1 The worked example

IMAGE = np.array(
    [
        [3, 0, 1, 2, 7, 4],
        [1, 5, 8, 9, 3, 1],
        [2, 7, 2, 5, 1, 3],
        [0, 1, 3, 1, 7, 8],
        [4, 2, 1, 6, 2, 8],
        [2, 4, 5, 2, 3, 9],
    ]
)
OUTPUT = [[-5, -4, 0, 8], [-10, -2, 2, 3], [0, -2, -4, -7], [-3, -2, -3, -16]]


def test_the_worked_example_is_that_of_the_curriculum(after, said, prose):
    names = after("The first number is")
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["vertical"], VERTICAL)
    assert_array_equal(names["output"], OUTPUT)
    assert_array_equal(signal.correlate2d(IMAGE, VERTICAL, mode="valid"), OUTPUT)
    assert (3 + 1 + 2) - (1 + 8 + 2) == 6 - 11 == -5
    assert "(3 + 1 + 2) − (1 + 8 + 2) = 6 − 11 = −5" in prose
    assert "The first number is -5." in said


def test_the_strongest_answer_and_its_window(prose):
    assert np.abs(OUTPUT).max() == 16
    assert OUTPUT[3][3] == -16
    assert IMAGE[3:6, 3].tolist() == [1, 6, 2]
    assert IMAGE[3:6, 5].tolist() == [8, 8, 9]
    assert "1, 6 and 2 on the left, 8, 8 and 9 on the right" in prose


def test_row_1_column_3_and_its_neighbours(said, prose):
    assert (IMAGE[1][3], IMAGE[1][2], IMAGE[1][4]) == (9, 8, 3)
    assert "image[1, 3] = 9" in said
    assert "left and right of it: 8 3" in said
    assert "above and below it:   2 5" in said
    assert "Row 1, column 3 holds 9. Its left and right neighbours, 8 and 3," in prose


# --- 3.3 Sobel


def test_sobel_on_the_small_image(after, said, prose):
    names = after("The sum is")
    small, gx, gy = names["small"], names["gx"], names["gy"]
    assert small[:3, :3].tolist() == [[0, 50, 0], [0, 80, 31], [33, 90, 0]]
    assert gx[0, 0] == 2 * 31 - 33 == 62 - 33 == 29
    assert "2 × 31 − 1 × 33 = 62 − 33 = 29" in prose
    assert "The sum is 29." in said
    assert_array_equal(gx, signal.correlate2d(small, SOBEL_X, mode="valid"))
    assert_array_equal(gy, -signal.correlate2d(small, SOBEL_UPWARDS, mode="valid"))


def test_the_slopes_of_the_photograph(after):
    names = after("slopes = [")
    assert_array_equal(names["slopes"][0], shifted_sum(names["photo"], SOBEL_X))
    assert_array_equal(names["slopes"][1], -shifted_sum(names["photo"], SOBEL_UPWARDS))


def test_about_half_of_the_clear_answers_are_negative(after):
    assert 0.45 < after("lost = np.mean")["lost"] < 0.55


def test_scipys_sobel_along_axis_1_is_sobel_x(after, said):
    assert "axis 0 SOBEL_X: False  SOBEL_Y: True" in said
    assert "axis 1 SOBEL_X: True  SOBEL_Y: False" in said
    assert "with bytes, the smallest answer is 0" in said
    assert shifted_sum(after("my_axis")["photo"], SOBEL_X).min() < 0


def test_the_magnitude_is_that_of_pythagoras(after, said):
    names = after("29² + 113²")
    small, photo = names["small"], names["photo"]
    assert shifted_sum(small, SOBEL_UPWARDS)[0, 0] == -113
    assert 29**2 + 113**2 == 13610
    assert "SciPy's magnitude: 116.66, its square: 13610" in said
    assert "29² + 113² = 13610" in said
    squares = shifted_sum(photo, SOBEL_X) ** 2 + shifted_sum(photo, SOBEL_UPWARDS) ** 2
    assert_allclose(names["strength"][1:-1, 1:-1] ** 2, squares, rtol=1e-12)


def test_the_four_directions(after, said):
    names = after("np.arctan2")
    gx, gy = names["slopes"]
    clear, views = names["clear"], names["views"]
    assert_array_equal(sum(v.astype(int) for v in views), clear)
    right, down, left, up = views
    for view, mine, other in (
        (right, gx, gy),
        (left, -gx, gy),
        (down, gy, gx),
        (up, -gy, gx),
    ):
        assert not (clear & (mine > np.abs(other)) & ~view).any()
        assert not (view & (mine < np.abs(other))).any()
    assert f"up: {up.sum():,} of {clear.sum():,} pixels" in said


def test_above_the_top_roof_it_grows_brighter_upwards(after):
    """The pixels around the upper edge of the highest roof."""
    names = after("np.arctan2")
    up, down = names["views"][3], names["views"][1]
    roof = np.s_[25:50, 60:110]
    assert up[roof].sum() > down[roof].sum()


# --- 3.4 Separable kernels


def test_sobel_is_a_column_times_a_row(after):
    names = after("product = np.outer")
    assert_array_equal(names["product"], SOBEL_X)
    by_hand = [[c * r for r in (-1, 0, 1)] for c in (1, 2, 1)]
    assert_array_equal(names["product"], by_hand)


def test_two_passes_equal_one_for_6_products_instead_of_9(after, said, prose):
    names = after("in_two_passes")
    inner = names["in_two_passes"][1:-1, 1:-1]
    assert_array_equal(inner, shifted_sum(names["photo"], SOBEL_X))
    assert "equal: True" in said
    assert (3 * 3, 3 + 3, 15 * 15, 15 + 15) == (9, 6, 225, 30)
    assert "3 x 3: 9 products at once, 6 in two passes" in said
    assert "15 x 15: 225 products at once, 30 in two passes" in said
    assert "6 products a pixel instead of 9" in prose


def test_the_rank_of_the_kernels(said):
    """By determinants of 2 x 2 pieces: all are zero exactly when the rank is 1."""

    def separable(kernel):
        a = np.array(kernel)
        return not any(
            a[i, j] * a[k, m] - a[i, m] * a[k, j]
            for i in range(3)
            for k in range(3)
            for j in range(3)
            for m in range(3)
        )

    assert separable(SOBEL_X)
    assert separable([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    assert not separable([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    assert not separable([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    weights = {
        line.split(":")[0].strip(): line.split("[")[1].rstrip("]").split()
        for line in said.splitlines()
        if ": [" in line and "minus" not in line
    }
    assert {name: sum(float(w) > 0 for w in found) for name, found in weights.items()} == {
        "sobel_x": 1,
        "gaussian": 1,
        "laplacian_4": 2,
        "sharpen": 2,
    }
    # The only weight of Sobel is the root of the sum of its squares.
    assert float(weights["sobel_x"][0]) == pytest.approx(np.sqrt(4 * 1 + 2 * 4), abs=5e-4)


# --- 3.5 The zoo


def test_sums_of_one_keep_brightness_and_sums_of_zero_find_change(after, said):
    pictures = {"identity", "box", "gaussian", "sharpen", "emboss"}
    for name in after("flat = ")["kernels"].KERNELS:
        expected = "sum 1, answer 200" if name in pictures else "sum 0, answer 0"
        assert f"{name:>11}: {expected}" in said


@pytest.mark.parametrize("words", ["pictures = [", "maps = [m / "])
def test_the_gallery_is_what_the_kernels_make(after, words):
    names = after(words)
    shown = names["pictures"] if "pictures" in words else names["maps"]
    for name, answer in zip(names["named"], shown, strict=True):
        expected = shifted_sum(names["detail"], names["kernels"].KERNELS[name])
        if "maps" in words:
            expected = expected / np.abs(expected).max()
        assert_allclose(answer, expected, atol=1e-9)


def test_blurs_soften_and_sharpen_sharpens(after):
    names = after("pictures = [")

    def roughness(picture):
        return np.abs(np.diff(picture)).mean()

    found = {n: roughness(p) for n, p in zip(names["named"], names["pictures"], strict=True)}
    assert found["box"] < found["gaussian"] < found["identity"] < found["sharpen"]


def test_a_laplacian_answers_minus_on_the_bright_side():
    line = np.array([[10, 10, 10, 0, 0, 0]] * 3)
    laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    assert shifted_sum(line, laplacian).tolist() == [[0, -10, 10, 0]]


def test_the_directional_maps_look_alike(after):
    prewitt, sobel, scharr = (m.ravel() for m in after("maps = [m / ")["maps"][:3])
    assert np.corrcoef(prewitt, sobel)[0, 1] > 0.95
    assert np.corrcoef(sobel, scharr)[0, 1] > 0.95


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    brighter_below = np.array([[0] * 3, [0] * 3, [9] * 3])
    assert shifted_sum(brighter_below, np.array([[1] * 3, [0] * 3, [-1] * 3]))[0, 0] < 0
    assert 30**2 + 40**2 == 50**2
    assert "50, since 30² + 40² = 50²" in prose
    assert (7 * 7, 7 + 7) == (49, 14)
    assert "49 in one pass, 7 + 7 = 14 in two." in prose
