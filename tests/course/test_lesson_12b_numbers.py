"""Lesson 12b: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other. They use `cnnlab`; the oracles below do
not.
"""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

LESSON = "12b_fewer_weights"


# --- 12.6 Small kernels stacked


def test_the_light_of_one_pixel(names, prose):
    spot = np.zeros((9, 9))
    spot[4, 4] = 1
    once = signal.convolve2d(spot, np.ones((3, 3)), mode="same")
    twice = signal.convolve2d(once, np.ones((3, 3)), mode="same")
    assert_array_equal(names["once"][0, 0], once)
    assert_array_equal(names["twice"][0, 0], twice)
    rows, columns = np.nonzero(twice)
    assert np.ptp(rows) + 1 == np.ptp(columns) + 1 == 5
    assert len(rows) == 25
    assert "5 × 5 outputs." in prose


def test_what_stacks_of_three_by_three_save(said, prose):
    for count, side in [(2, 5), (3, 7)]:
        reach = 1
        for _ in range(count):
            reach += 2
        assert reach == side
        weights = 9 * count
        assert (
            f"{count} of 3 x 3 see {side} x {side} with {weights} weights; "
            f"one of {side} x {side} has {side * side}."
        ) in said
    assert "18 against 25, and 27 against 49" in prose


def test_two_kernels_in_a_row_are_their_convolution(names):
    bar, post, merged = names["bar"], names["post"], names["merged"]
    image = np.random.default_rng(0).normal(size=(9, 8))
    one_by_one = signal.correlate2d(signal.correlate2d(image, bar, "valid"), post, "valid")
    assert_allclose(signal.correlate2d(image, merged, "valid"), one_by_one)


def test_two_layers_have_two_biases_a_channel(names, prose):
    two = sum(64 * (64 * 9) + 64 for _ in range(2))
    one = 64 * (64 * 25) + 64
    assert (names["two"].parameters, names["one"].parameters) == (two, one) == (73_856, 102_464)
    assert "2 · (9 · 64 · 64 + 64) = 73,856, against 25 · 64 · 64 + 64 = 102,464" in prose
    assert two - 2 * 9 * 64 * 64 == 2 * 64


def test_convolution_pooling_convolution_see_eight(names, said, prose):
    assert_array_equal(names["felt"], np.pad(np.ones((8, 8)), (0, 2)))
    for title, sees in [("conv 3×3, 1", "3×3"), ("max pool 2×2", "4×4"), ("conv 3×3, 1", "8×8")]:
        assert any(row.startswith(title) and row.endswith(sees) for row in said.splitlines())
    assert "Then the last kernel adds 2 steps of 2 pixels: 8." in prose


# --- 12.4 Depthwise separable

PLANES = np.array([[[1, 2, 3], [4, 5, 6]], [[100, 700, 200], [500, 300, 800]]])


def test_the_two_steps_by_hand(names, prose):
    assert_array_equal(names["planes"], PLANES)
    maps = [PLANES[0][:, :2] + 2 * PLANES[0][:, 1:], 3 * PLANES[1][:, 1:]]
    assert_array_equal(names["maps"], maps)
    assert_array_equal(names["mixed"], [maps[0] + maps[1], maps[0], 2 * maps[1]])
    assert "1 · 1 + 2 · 2 = 5." in prose
    assert names["mixed"][0, 0, 0] == 5 + 2100 == 2105
    assert "5 + 2100 = 2105" in prose


def test_weights_of_the_separable_pair(names, said, prose):
    assert names["weights"] == [3 * 256 * 9, 3 * 9, 3 * 9 + 3 * 256] == [6912, 27, 795]
    assert "ordinary 6,912; depthwise 27, with pointwise 795" in said
    assert "3 · 256 · 9 = 6,912 against 3 · 9 + 3 · 256 = 27 + 768 = 795" in prose


# --- 12.5 Groups and unshared weights


def test_weights_with_groups(names, said):
    for groups, weights in [(1, 288), (2, 144), (4, 72)]:
        seen = names["sees"][groups]
        assert weights == seen.sum() * 9
        assert f"groups = {groups}: {weights} weights" in said
        for filter, row in enumerate(seen):
            block = filter // (8 // groups)
            channels = range(block * (4 // groups), (block + 1) * (4 // groups))
            assert set(np.flatnonzero(row)) == set(channels)


def test_two_groups_are_two_layers(names, said):
    assert "Two groups are two layers: True" in said
    x, w = names["x"][0], names["w"]
    for filter in range(8):
        first = 0 if filter < 4 else 2
        expected = sum(
            signal.correlate2d(x[first + c], w[filter, c], mode="valid") for c in range(2)
        )
        assert_allclose(names["grouped"][0, filter], expected, atol=1e-12)


FACES = [  # (filters, places, numbers read by one output)
    11_648,  # 32 filters of 11 x 11 x 3, with a bias each
    41_488,  # 16 filters of 9 x 9 x 32
    55 * 55 * 16 * (9 * 9 * 16 + 1),
    25 * 25 * 16 * (7 * 7 * 16 + 1),
    21 * 21 * 16 * (5 * 5 * 16 + 1),
    21 * 21 * 16 * 4096 + 4096,
    4096 * 4030 + 4030,
]


def test_the_face_network_layer_by_layer(names, said, prose):
    assert FACES[0] == 32 * (11 * 11 * 3 + 1)
    assert FACES[1] == 16 * (9 * 9 * 32 + 1)
    assert [row.parameters for row in names["learned"]] == FACES
    assert names["faces"].parameters == sum(FACES)
    assert "convolution 9 x 9: 41,488; local 9 x 9: 62,774,800" in said
    assert f"{sum(FACES[2:]) / sum(FACES):.2%}" == "99.96%"
    assert "local and dense layers: 99.96%" in said
    assert FACES[2] == 62_774_800
    assert "62,774,800 numbers: 3,025 places" in prose
    assert FACES[0] + FACES[1] == 53_136
    assert "have 53,136 together" in prose
    assert max(FACES) == FACES[2]


# --- 12.7 Words


def test_one_hot_words(names, said):
    words = ["man", "dog", "bites", "a", "not", "good", "very"]
    assert names["vocabulary"] == words
    matrix = names["one_hot"]("dog bites man")
    assert matrix.shape == (7, 3)
    assert [words[row] for row in matrix.argmax(axis=0)] == ["dog", "bites", "man"]
    assert matrix.sum() == 3
    assert "dog bites man: counts [1 1 1], 'dog bites' found [2. 0.]" in said
    assert "man bites dog: counts [1 1 1], 'dog bites' found [1. 0.]" in said


def test_the_order_of_the_list_means_nothing(names):
    """Sum of equal words, counted as words: shuffled rows cannot change it."""
    order = np.random.default_rng(5).permutation(7)
    x, w = names["one_hot"]("a not good dog"), names["denial"][0]
    assert_array_equal(
        signal.correlate(x[order], w[order], "valid"), signal.correlate(x, w, "valid")
    )


def test_a_denial_at_two_distances(said):
    assert "a not good dog: best mark 2 with dilation 1, 1 with dilation 2" in said
    assert "a not very good dog: best mark 1 with dilation 1, 2 with dilation 2" in said


def test_the_judge(names, said):
    def by_words(text):
        words = text.split()
        pairs = set(zip(words, words[1:], strict=False))
        votes = {("good", "dog"): 1, ("very", "good"): 1, ("not", "good"): -3}
        return sum(vote for pair, vote in votes.items() if pair in pairs)

    texts = ["a good dog", "a very good man", "not good", "a not good dog"]
    texts.append("good dog not very good")
    for text in texts:
        assert names["judge"](text) == by_words(text)
        assert f"{by_words(text):+d}  {text}" in said
    assert by_words(texts[-1]) > 0  # the one that is judged wrongly
    assert [by_words(text) > 0 for text in texts[:-1]] == [True, True, False, False]


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert 5 + 2 * 2 + 2 * 2 == 13
    assert "9, then again: 13." in prose
    assert 64 * 9 + 64 * 128 == 8_768
    assert 64 * 128 * 9 == 73_728
    assert "576 + 8,192 = 8,768. The ordinary layer has 73,728." in prose
