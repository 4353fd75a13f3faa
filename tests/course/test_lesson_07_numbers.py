"""Lesson 07: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here, one after the other. They use `cnnlab.naive` and
`cnnlab.functional`; nothing below does.
"""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

from cnnlab.shapes import Pool
from cnnlab.shapes.builders import INCEPTIONS, inception
from cnnlab.shapes.stacks import output_shape, parameters

LESSON = "07_one_by_one"


# --- 7.1 Channels are mixed, pixel by pixel

IMAGE = np.array([[[1, 2, 0], [3, 1, 2]], [[0, 1, 4], [2, 5, 1]], [[2, 3, 1], [0, 1, 6]]])
WEIGHT = np.array([[1, 2, -1], [3, 0, 1]])


def test_with_one_channel_it_only_scales(names):
    assert_array_equal(names["scaled"], [[3, 6, 0], [9, 3, 6]])


def test_the_outlined_pixel(names, said, prose):
    assert_array_equal(names["image"], IMAGE)
    assert names["pixel"].tolist() == [2, 1, 3]
    assert names["products"].tolist() == [2, 2, -3]
    assert "It makes 1 of it. You said 0." in said
    assert "2 + 2 − 3 = 1" in prose


def test_the_largest_number_of_the_first_map(names, prose):
    worked = [[1 + 0 - 2, 2 + 2 - 3, 0 + 8 - 1], [3 + 4 - 0, 1 + 10 - 1, 2 + 2 - 6]]
    assert_array_equal(names["first_map"], worked)
    assert np.unravel_index(names["first_map"].argmax(), (2, 3)) == (1, 1)
    assert "the pixel below the outlined one: 1 + 10 − 1 = 10" in prose


def test_the_maps_are_a_matrix_product(names, said):
    assert_array_equal(names["weight"], WEIGHT)
    for o in range(2):
        by_scipy = signal.correlate(IMAGE, WEIGHT[o][:, None, None], mode="valid")[0]
        assert_array_equal(names["maps"][o], by_scipy)
        assert_array_equal(names["product"][o], by_scipy.ravel())
    assert names["product"].shape == (2, 6)
    assert names["product"][0, 1] == 1
    assert "conv2d gives the same: True" in said


def test_a_dense_layer_at_every_pixel(names, said, prose):
    expected = np.einsum("oc,chw->ohw", WEIGHT, IMAGE) + np.array([1, -2])[:, None, None]
    assert_array_equal(names["conv"], expected)
    assert_array_equal(names["dense"], expected.reshape(2, 6).T)
    assert "dense layer (6, 2) convolution (2, 2, 3)" in " ".join(said.split())
    assert "the same numbers: True" in said
    assert "It has 2 × 3 weights and 2 biases" in prose


def test_shuffling_harms_a_large_kernel_only(names, said):
    assert "no harm at all: True" in said
    assert "no harm: False" in said
    assert_array_equal(np.sort(names["order"]), np.arange(64 * 64))
    red, _, blue = names["colours"]
    assert_allclose(names["restored"][0], red - blue)
    assert not np.array_equal(names["mixed"], names["restored"])


def test_the_bar_of_the_four_is_level_rather_than_upright(names):
    four = names["four"].astype(int)
    upright = np.array([[-1, 2, -1]] * 3)
    maps = [ndimage.correlate(four, k, mode="constant")[1:-1, 1:-1] for k in (upright, upright.T)]
    assert_array_equal(names["combined"], [maps[0] + maps[1], maps[0] - maps[1]])
    # The bar of the 4 is row 5 of the image, so row 4 of a map.
    assert np.unravel_index(names["combined"][1].argmin(), (6, 6))[0] == 4


def test_two_layers_in_a_row_are_one(names, said):
    assert "one layer does it: True" in said
    joined = [[2 + 3, 4 + 0, -2 + 1], [-1 + 12, -2 + 0, 1 + 4], [15, 0, 5]]
    assert_array_equal(names["joined"], joined)
    assert_array_equal(names["twice"], np.einsum("oc,chw->ohw", joined, IMAGE))


# --- 7.3 The bottleneck


def test_the_bottleneck_keeps_an_eighth(names, said, prose):
    assert "256 × 256 × 3 × 3 = 589,824 weights." in said
    assert "69,632 weights: 0.118 of them" in said
    assert 16_384 + 36_864 + 16_384 == names["narrow"] == 69_632
    assert round(69_632 / 589_824, 3) == 0.118
    assert 69_632 / 589_824 < 1 / 8
    assert "Less than an eighth." in prose
    assert names["middle"].size * 16 == names["plain"].size


def test_both_ways_have_one_shape_and_the_neck_holds_64_channels(said):
    assert "shapes: (1, 256, 6, 6) (1, 64, 6, 6) (1, 256, 6, 6)" in said
    assert "independent channels, down and up again: 64" in said


# --- 7.4 A small block


def test_the_small_block_piles_eight_maps(names, said):
    assert "[2, 2, 1, 3] maps, 8 in all." in said
    pile, colours = names["pile"][0], names["colours"]
    assert pile.shape == (8, 64, 64)
    red, green, blue = colours
    assert_allclose(pile[0], red - blue)
    assert_allclose(pile[1], 2 * green - red - blue)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    inside = np.s_[1:-1, 1:-1]
    assert_allclose(pile[2][inside], ndimage.sobel(grey, axis=1)[inside], atol=1e-12)
    assert_allclose(pile[3][inside], ndimage.sobel(grey, axis=0)[inside], atol=1e-12)
    soft = ndimage.gaussian_filter(grey, 1.5, mode="constant", radius=2)
    assert_allclose(pile[4], soft, atol=1e-12)
    for found, colour in zip(pile[5:], colours, strict=True):
        assert_array_equal(found, ndimage.maximum_filter(colour, 3, mode="constant", cval=-1))


def test_without_padding_the_maps_do_not_fit(said, prose):
    for line in ("1 × 1 (64, 64)", "3 × 3 (62, 62)", "5 × 5 (60, 60)", "pooling (62, 62)"):
        assert line in said
    assert [64 - side + 1 for side in (1, 3, 5)] == [64, 62, 60]
    assert Pool(3, stride=1).output_shape((3, 64, 64)) == (3, 62, 62)
    assert "64, 62, 60 and 62 pixels" in prose


# --- 7.2 Inception 3a


def test_the_block_without_reductions(names, said, prose):
    by_hand = [192 * 64, 9 * 192 * 128, 25 * 192 * 32]
    assert list(names["sizes"].values()) == by_hand == [12_288, 221_184, 153_600]
    assert sum(by_hand) == 387_072
    assert "387,072 weights. Depth 416." in said
    assert "64 + 128 + 32 + 192 = 416 channels" in prose
    assert f"one block of {'nine' if len(INCEPTIONS) == 9 else ''}" in prose


def test_the_block_with_reductions(names, said, prose):
    lean = names["lean"]
    assert lean == 12_288 + (18_432 + 110_592) + (3_072 + 12_800) == 157_184
    assert "157,184 of 387,072 weights: 0.41" in said
    assert round(lean / 387_072, 2) == 0.41
    assert lean / 387_072 > 1.2 / 3
    assert "1 × 1 to 32 after the pooling: 6,144 more, 0.42" in said
    assert "depth 256 in place of 416" in said
    assert "Its 6,144 weights" in prose
    assert "64 + 128 + 32 + 32 = 256 deep" in prose


def test_what_the_text_says_of_the_paths(names):
    _, three, five = names["reduced"].values()
    assert round(five / 153_600, 1) == 0.1
    assert three > 0.8 * names["lean"]


def test_the_counts_against_the_arithmetic_of_shapes(names):
    block = (inception("3a", INCEPTIONS["3a"]),)
    biases = 64 + 96 + 128 + 16 + 32 + 32
    assert parameters(block, (192, 28, 28)) == names["lean"] + names["pooled"] + biases
    assert output_shape(block, (192, 28, 28)) == (256, 28, 28)


def test_the_real_block_runs(said):
    assert "[64, 128, 32, 32] → (1, 256, 28, 28)" in said


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert "5 × 8 = 40 weights and 8 biases" in prose
    assert 5 * 8 == 40
    assert "14 × 14 × 100: 10 + 20 + 30 + 40 channels" in prose
    assert Pool(3, stride=1, padding=1).output_shape((40, 14, 14)) == (40, 14, 14)
    assert sum((10, 20, 30, 40)) == 100
