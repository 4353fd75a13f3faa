"""Lesson 05: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here. They use `cnnlab.naive`, `functional` and `shapes`; nothing
below does.
"""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

LESSON = "05_channels"


# --- 5.1 The worked example

IMAGE = np.array(
    [
        [[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 1]],
        [[0, 1, 1, 0], [2, 0, 1, 3], [1, 1, 0, 2]],
        [[1, 0, 2, 1], [0, 2, 0, 1], [3, 1, 1, 0]],
    ]
)
FILTERS = np.array(
    [
        [[[1, 0], [0, 1]], [[0, 1], [-1, 0]], [[0, 0], [2, -1]]],
        [[[0, 2], [1, 0]], [[1, 0], [0, -1]], [[-1, 1], [0, 0]]],
    ]
)
MAPS = np.array([[[2, 13, 3], [7, 6, 12]], [[1, 1, 0], [5, 2, 3]]])


def test_the_worked_example_by_hand_and_by_scipy(after):
    names = after("second = ")
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["weight"], FILTERS)
    assert_array_equal(names["output"], MAPS)
    for filter, bias, expected in zip(FILTERS, (3, -2), MAPS, strict=True):
        assert_array_equal(signal.correlate(IMAGE, filter, mode="valid")[0] + bias, expected)


def test_the_first_number(said, prose):
    channels = [1 * 1 + 1 * 1, 1 * 1 + 2 * -1, 2 * -1]
    assert channels == [2, -1, -2]
    assert "sums of the channels: [ 2 -1 -2]" in said
    assert sum(channels) + 3 == 2
    assert "With the bias: 2. You said 0." in said
    assert "2 − 1 − 2 + 3 = 2" in prose
    assert "There are 12 products." in prose
    assert 3 * 2 * 2 == 12


def test_scipy_makes_one_map_as_well(said):
    assert "SciPy's shape: (1, 2, 3)\nequal: True" in said


def test_the_bias_inside_the_sum(said, prose):
    assert "Too large by [6.]." in said
    assert "so it is 2 × 3 = 6 too much" in prose
    assert (3 - 1) * 3 == 6


def test_a_batch(after, said):
    names = after("batch = ")
    assert "(5, 3, 3, 4) → (5, 2, 2, 3)" in said
    assert "image 0 alone gives the same: True" in said
    assert "a black image: [3.] [-2.]" in said
    for image, maps in zip(names["batch"], names["maps"], strict=True):
        expected = [
            signal.correlate(image, filter, mode="valid")[0] + bias
            for filter, bias in zip(FILTERS, (3, -2), strict=True)
        ]
        assert_allclose(maps, expected)


def test_shapes_of_ten_two_and_five_filters(said, prose):
    for filters in (10, 2, 5):
        assert f"{filters:2} filters: 28 × 28 × {filters}" in said
    assert signal.correlate(np.ones((3, 32, 32)), np.ones((3, 5, 5)), "valid").shape == (1, 28, 28)
    assert "32 − 5 + 1 = 28" in prose


def test_the_three_questions_are_answered_where_the_text_says(after):
    names = after("questions = ")
    orange, green, right = names["answers"]
    photo = np.moveaxis(names["photo"], -1, 0) / 255
    expected = signal.correlate(photo, names["questions"][0], mode="valid")[0]
    assert_allclose(orange, expected, atol=1e-12)
    inside, outside = np.s_[40:60, 40:60], np.s_[0:15, 0:15]
    assert orange[inside].mean() > 0.3 > 0 > orange[outside].mean()
    assert green[inside].mean() < 0 < green[outside].mean()
    assert_allclose(right[inside].mean(), 0, atol=0.03)  # rises and falls cancel
    row = right[49]
    assert row[:35].max() == row.max() > 0.3  # dark to bright on the left rim,
    assert row[60:].min() == row.min() < -0.3  # bright to dark on the right


def test_one_output_depends_on_75_of_3072_numbers(after, said, prose):
    moved = after("nudged")["moved"][0]
    expected = np.zeros((3, 32, 32))
    expected[:, 14:19, 14:19] = 1
    assert_array_equal(moved, expected)
    assert 5 * 5 * 3 == expected.sum() == 75
    assert "It depends on 75 of 3,072 numbers." in said
    assert "32 × 32 × 3 = 3,072" in prose
    assert 32 * 32 * 3 == 3072


# --- 5.2 Parameters


def test_three_to_ten_channels(said, prose):
    assert "10 filters, 30 kernels\n270 weights + 10 biases = 280" in said
    assert 10 * (3 * 3 * 3 + 1) == 280
    assert "3 × 3 × 3 = 27 weights and one bias, so 28 numbers" in prose


def test_alexnets_first_layer(said, prose):
    assert 55 * 55 * 96 == 290_400
    assert 290_400 * 364 == 105_705_600
    assert 96 * 363 == 34_848
    assert 96 * 364 == 34_944
    assert "290,400 units × (363 + 1) = 105,705,600 numbers" in said
    assert "shared: 34,848 weights + 96 biases = 34,944 numbers" in said
    assert "363 + 1 = 364" in prose
    assert "against 34,944" in prose


def test_the_shape_arithmetic_agrees(said):
    assert (227 - 11) // 4 + 1 == 55
    assert "local 11×11, 96: (96, 55, 55), 105,705,600 numbers" in said
    assert "conv 11×11, 96: (96, 55, 55), 34,944 numbers" in said


# --- 5.5 Tiny VGG


def test_three_small_maps_and_a_bias_make_one_of_ten(after, said, prose):
    names = after("small = ")
    assert "small maps (10, 3, 62, 62) output (10, 62, 62)" in " ".join(said.split())
    assert 3 * 10 == 30
    assert "That makes 30 kernels." in prose
    for o in (0, 9):
        whole = signal.correlate(names["photo"], names["weight"][o], mode="valid")[0]
        assert_allclose(names["output"][o], whole + names["biases"][o], atol=1e-10)
        assert_allclose(names["small"][o].sum(axis=0), whole, atol=1e-10)


# --- 5.3 One, two and three directions


def test_the_words(after, said):
    names = after("denied_praise = ")
    assert_array_equal(names["found"], [0, 0, 0, 2, 0, 0])
    assert "not good   2" in said
    assert "as SciPy: True\n" in said
    by_hand = [
        (one == "not") + (two == "good")
        for one, two in zip(names["words"], names["words"][1:], strict=False)
    ]
    assert_array_equal(names["found"], by_hand)


def test_the_film(after, said):
    names = after("film = ")
    film = names["film"]
    assert film.sum() == 4
    assert_array_equal(np.argwhere(film), [[t, 2, t + 1] for t in range(4)])
    assert "2-D, pictures as channels: (4, 5, 6) → (1, 3, 4)" in said
    assert "3-D, pictures as time:     (4, 5, 6) → (3, 3, 4)" in said
    assert "as SciPy: True True" in said
    assert names["flat"][0, 0, 0] == film[:, 0:3, 0:3].sum() == 2
    assert names["block"][0, 2, 0, 3] == film[2:4, 0:3, 3:6].sum() == 2


# --- 5.4 The small network


def test_the_walk(after, prose):
    rows = after("walk = ")["walk"].rows
    assert [row.output_shape for row in rows] == [
        (12, 32, 32),
        (12, 32, 32),
        (12, 16, 16),
        (12 * 16 * 16,),
        (10,),
    ]
    counts = [12 * (3 * 3 * 3 + 1), 0, 0, 0, 12 * 16 * 16 * 10 + 10]
    assert [row.parameters for row in rows] == counts
    assert f"12 × (27 + 1) = {counts[0]}" in prose
    assert f"3,072 × 10 + 10 = {counts[-1]:,}" in prose


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert 16 * 32 == 512
    assert 512 * 5 * 5 == 12_800
    assert "16 × 32 = 512 kernels, 512 × 25 = 12,800 weights, and 32 biases" in prose
