"""Lesson 09b: its numbers against work by hand, SciPy, and layers as matrices."""

import re

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

LESSON = "09b_layer_gradients"

X = np.array([[1, 3, 2, 1], [4, 2, 0, 5], [6, 1, 7, 7], [0, 2, 7, 3]])
KERNEL = np.array([[1, 2], [3, 4]])
POWERS = np.array([[1, 10], [100, 1000]])


def matrix(words, *rows):
    """Is a matrix of these rows read out?"""
    return (
        " ".join(f"Row {n}: {', '.join(map(str, row))}." for n, row in enumerate(rows, 1)) in words
    )


def shown(lesson, *rows):
    return [words for words in lesson["words"] if matrix(words, *rows)]


# --- 9.3 Pooling


def test_the_mean_gives_each_pixel_a_quarter(lesson):
    by_hand = [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]
    assert_array_equal(lesson["spread"], by_hand)
    for nudged in np.ndindex(4, 4):
        moved = X.astype(float)
        moved[nudged] += 4  # a mean is linear, so a nudge may be large
        means = ndimage.uniform_filter(moved - X, 2, origin=-1, mode="constant")[::2, ::2]
        assert_allclose((means * [[4, 8], [12, 16]]).sum() / 4, by_hand[nudged[0]][nudged[1]])


def test_blocks_are_a_kronecker_product(lesson):
    assert len(shown(lesson, [1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4])) == 2
    assert "The same? True\n" in lesson["printed"]


def test_the_winners_take_everything_and_the_first_of_three_sevens_the_16(lesson, prose):
    assert shown(lesson, [0, 0, 0, 0], [4, 0, 0, 8], [12, 0, 16, 0], [0, 0, 0, 0])
    assert_array_equal(lesson["X"], X)
    assert sorted(X[2:, 2:].ravel()) == [3, 7, 7, 7]
    assert "to send 16 to each of the three would be wrong" in prose.lower()


def test_at_a_tie_central_differences_take_the_middle(lesson):
    # Half a unit up raises 16 max(7.5, 7, 7) by 8; half a unit down leaves it.
    assert "up: +8   down: +0\n" in lesson["printed"]
    assert "central difference: 8\n" in lesson["printed"]


def test_the_nine_wins_four_times(lesson):
    spot = lesson["spot"]
    maxima = ndimage.maximum_filter(spot, size=2, origin=-1)[:2, :2]
    assert_array_equal(maxima, np.full((2, 2), 9))
    assert shown(lesson, [0, 0, 0], [0, 1111, 0], [0, 0, 0])


def test_sixteen_of_64_pixels_of_a_digit_learn(lesson):
    digit, reached = lesson["digit"], lesson["reached"]
    assert "16 of 64 pixels." in lesson["printed"]
    for i in range(4):
        for j in range(4):
            block = np.s_[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
            assert reached[block].sum() == 1
            assert digit[block][reached[block] == 1] == digit[block].max()


# --- 9.4 Convolution


def test_the_stamps_of_the_worked_example(lesson, prose):
    by_hand = np.zeros((3, 3), int)
    for i, j in np.ndindex(2, 2):
        by_hand[i : i + 2, j : j + 2] += POWERS[i, j] * KERNEL
    assert by_hand[1, 1] == 1234
    assert_array_equal(signal.convolve2d(POWERS, KERNEL, mode="full"), by_hand)
    assert len(shown(lesson, *by_hand)) == 2
    assert "A full convolution? True\n" in lesson["printed"]
    assert shown(lesson, [1, 12, 20], [3, 34, 40], [0, 0, 0])
    assert "2 from the first stamp and 10 from the second make 12." in prose


def test_the_gradient_of_the_kernel(lesson, prose):
    image = np.arange(1, 10).reshape(3, 3)
    expected = signal.correlate2d(image, POWERS, mode="valid")
    assert shown(lesson, *expected)
    assert expected[0, 0] == 5421 == 1 * 1 + 2 * 10 + 4 * 100 + 5 * 1000
    assert "1 · 1 + 2 · 10 + 4 · 100 + 5 · 1000 = 5421" in prose
    assert POWERS.sum() == 1111
    assert "here 1111" in prose


def layer_matrix(size, kernel, stride=1, padding=0):
    """The layer as a matrix: one column a pixel, by SciPy's correlation of single bright pixels."""
    columns = []
    for n in range(size * size):
        pixel = np.zeros(size * size)
        pixel[n] = 1
        bordered = np.pad(pixel.reshape(size, size), padding)
        answer = signal.correlate2d(bordered, kernel, mode="valid")[::stride, ::stride]
        columns.append(answer.ravel())
    return np.array(columns).T


def test_stride_two_sets_the_stamps_side_by_side(lesson):
    back = layer_matrix(5, KERNEL, stride=2).T @ POWERS.ravel()
    assert_array_equal(lesson["strided"][0, 0], back.reshape(5, 5))
    assert shown(lesson, *back.reshape(5, 5).astype(int))
    assert not back.reshape(5, 5)[4].any()
    assert not back.reshape(5, 5)[:, 4].any()
    assert "Kronecker? True\n" in lesson["printed"]


def test_padding_leaves_ten_for_each_pixel(lesson):
    back = layer_matrix(2, KERNEL, padding=1).T @ np.ones(9)
    assert_array_equal(lesson["padded"][0, 0].ravel(), back)
    assert_array_equal(back, 10)
    with_border = layer_matrix(4, KERNEL).T @ np.ones(9)
    assert_array_equal(lesson["bordered"], with_border.reshape(4, 4))


def test_the_relative_errors_are_below_1e_7(lesson):
    errors = re.findall(r"stride (\d), padding (\d): +dX (\S+) +dW (\S+)\n", lesson["printed"])
    settings = [(int(s), int(p)) for s, p, *_ in errors]
    assert settings == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 2)]
    assert all(float(e) < 1e-7 for *_, dx, dw in errors for e in (dx, dw))


def test_no_two_sizes_of_the_check_are_alike(lesson):
    (n, c, h, w), (o, _, kh, kw) = lesson["x"].shape, lesson["w"].shape
    assert len({n, c, o}) == 3
    assert h != w
    assert kh != kw


# --- 9.5 One by one


def test_one_by_one_gives_the_numbers_of_the_dense_layer(lesson):
    pixels, mix, back = lesson["pixels"], lesson["mix"], lesson["back"]
    assert_array_equal(lesson["to_maps"], back @ mix)
    assert_array_equal(lesson["to_mix"], back.T @ pixels)
    # As lesson 09 has them.
    assert_array_equal(back @ mix, [[1, 100, 102, 203], [10, 1, 21, 32], [100, 0, 200, 300]])
    assert_array_equal(back.T @ pixels, [[951, 862, 773, 684], [105, 206, 307, 408]])


# --- What a check proves


def test_both_networks_learn_and_only_one_gradient_is_right(lesson):
    turned, right = lesson["curves"]["A"], lesson["curves"]["B"]
    assert turned[-1] < 0.25 * turned[0]
    assert right[-1] < turned[-1]
    errors = dict(re.findall(r"([AB]): relative error (\S+)\n", lesson["printed"]))
    assert float(errors["B"]) < 1e-7
    assert float(errors["A"]) > 0.1


def test_wrong_layers_pass_their_check(lesson):
    assert "empty layer:   0.0\n" in lesson["printed"]
    assert "doubled layer: True\n" in lesson["printed"]


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert (7 - 3) // 3 + 1 == 2
    assert 7 - ((2 - 1) * 3 + 3) == 1  # the row that is left over
    assert "2 × 2 windows fit, so at most 4 pixels do." in prose
    reads = signal.correlate2d(np.ones((7, 7)), np.ones((3, 3)), mode="full")
    assert (reads[4, 4], reads[0, 0]) == (9, 1)
    assert "Nine in the middle, one in the corner" in prose
