"""Lesson 06: what its cells compute and what its prose says, against SciPy and work by hand.

The lesson's own cells are run here. They use `cnnlab.functional` and `shapes`; nothing below does.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage

LESSON = "06_pooling"
MAP = np.array([[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]])


@pytest.fixture(scope="module")
def said(said):
    """All that was printed, with single spaces."""
    return " ".join(said.split())


def blocks(image, n, reduce):
    """Pooling by windows side by side: each block as two axes."""
    rows, columns = (size // n for size in image.shape)
    return reduce(image.reshape(rows, n, columns, n), axis=(1, 3))


# --- 6.1 Max pooling


def test_the_worked_example(after, prose):
    names = after("winners = ")
    assert_array_equal(names["feature_map"], MAP)
    assert_array_equal(names["largest"], blocks(MAP, 2, np.max))
    assert names["largest"].tolist() == [[9, 2], [6, 3]]
    assert MAP[names["winners"]].tolist() == [2, 9, 3, 6]
    assert "9, 2, 6 and 3." in prose
    assert np.argwhere(names["winners"])[:2].tolist() == [[0, 2], [1, 1]]
    assert "The 9 lay at the bottom right of its window, the 2 at the top left." in prose


def test_the_explorer_begins_with_the_same_map(after):
    assert_array_equal(after("Pooling()")["Pooling"]().image, MAP)


def test_three_quarters_are_gone(said, prose):
    assert "(1, 8, 26, 26) → (1, 8, 13, 13)" in said
    assert 8 * 26 * 26 == 5408
    assert 8 * 13 * 13 == 1352
    assert "5,408 numbers → 1,352; gone: 75%" in said
    assert "26 × 26 × 8 becomes 13 × 13 × 8" in prose


def test_the_photograph_gets_brighter(after):
    names = after("steps = ")
    photo = names["photo"]
    for n, pooled in zip((2, 4, 8), names["steps"][1:], strict=True):
        assert_array_equal(pooled, blocks(photo, n, np.max))
    means = [x.mean() for x in names["steps"]]
    assert means == sorted(means)
    assert means[-1] > means[0] + 30


def test_white_grows_and_black_goes(after, prose):
    shares = [x.mean() for x in after("stripes = ")["stripes"]]
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert "from 25 % to 50 %" in prose


# --- 6.2 Average pooling


def test_means(after, said, prose):
    names = after("means = ")
    assert names["means"].tolist() == [[3.75, 1.25], [3.75, 2]]
    assert (1 + 3 + 2 + 9) / 4 == (1 + 3 + 5 + 6) / 4 == 3.75
    assert "Both means are 3.75." in prose
    assert "(20, 20) → (2, 2) mean before and after: 199.5 199.5" in said
    assert_allclose(names["small"], blocks(np.arange(400).reshape(20, 20), 10, np.mean))


def test_pooling_has_no_parameters(said):
    assert "0 parameters. You said 0." in said


# --- 6.3 Overlap


def test_alexnets_pooling(after, said, prose):
    assert (55 - 3) // 2 + 1 == 27
    assert "AlexNet: (96, 27, 27)" in said
    assert "27 × 27, from (55 − 3) / 2 + 1" in prose
    assert (55 - 2) // 2 + 1 == 27  # windows of 2 leave maps of the same size
    once_a_row = [1, 1, 2, 1, 2, 1, 1]
    assert_array_equal(after("uses = ")["uses"], np.outer(once_a_row, once_a_row))
    assert "0.4 % lower (top 1) and 0.3 % lower (top 5)" in prose


# --- 6.5 Shifts


def test_a_four_that_moves(after):
    names = after("changed = ")
    pooled = [blocks(x, 4, np.max) for x in names["moved"]]
    assert_array_equal(names["pooled"], pooled)
    assert names["changed"] == [0, 3, 6, 12]
    assert_array_equal(pooled[3], np.roll(pooled[0], 1, axis=1))  # one whole window


def test_the_table_of_shifts(after, said, prose):
    digits = after("digits.reshape")["digits"][:, 0]
    assert digits.shape == (800, 16, 16)
    for name, n in [("no pooling", 1), ("2 x 2", 2), ("4 x 4", 4), ("whole map", 16)]:
        before = ndimage.maximum_filter(digits, (1, n, n), origin=(0, *(-(n // 2),) * 2))
        line = []
        for by in (1, 2, 3, 4):
            moved = ndimage.shift(digits, (0, 0, by), order=0)
            after_it = ndimage.maximum_filter(moved, (1, n, n), origin=(0, *(-(n // 2),) * 2))
            a, b = before[:, ::n, ::n], after_it[:, ::n, ::n]
            line.append(np.sqrt(((a - b) ** 2).sum()) / np.sqrt((a**2).sum()))
        assert f"{name} {' '.join(f'{c:.0%}' for c in line)}" in said
        if n == 4:
            assert line[1] > 0.5
            assert "changes the map by more than half of its strength" in prose
        if n == 16:
            assert max(line) == 0
    assert round(100 * 2**0.5) == 141
    assert "141 % apart" in prose


def test_shuffled_windows_pool_alike(after, run):
    names = after("mixed = np")
    photo, mixed = names["photo"], names["mixed"]
    assert (photo != mixed).mean() > 0.3
    assert_array_equal(blocks(photo, 2, np.max), blocks(mixed, 2, np.max))
    assert_array_equal(blocks(photo, 2, np.mean), blocks(mixed, 2, np.mean))
    assert "True\nTrue\n" in run.said


# --- 6.6 Side by side


def test_the_table_of_layers(said):
    learnt = 24 * (16 * 9 + 1)
    assert learnt == 3480
    for line in (
        "convolution, 3 × 3 30×30 24 3,480",
        "with padding 1 32×32 24 3,480",
        "and with stride 2 16×16 24 3,480",
        "max, 2 × 2 16×16 16 0",
        "max, 3 × 3, stride 2 15×15 16 0",
        "average, 2 × 2 16×16 16 0",
    ):
        assert line in said


# --- 6.4 The pyramid


def test_a_pyramid_has_one_length(said, prose):
    assert (1 + 4 + 16) * 256 == 5376
    assert "bins: 21" in said
    for size in ("13 × 13", "10 × 7", "24 × 18"):
        assert f"256 maps of {size} → 5,376 numbers" in said
    assert "1 + 4 + 16 = 21 bins, times 256 maps, is 5,376" in prose


def test_windows_of_the_paper(said):
    for line in (
        "13 × 13, 3 × 3 bins: window 5, stride 4",
        "13 × 13, 2 × 2 bins: window 7, stride 6",
        "13 × 13, 1 × 1 bins: window 13, stride 13",
    ):
        assert line in said


def overlaps(bins):
    """Column p lies in bin i when [p, p + 1] and [14 i / n, 14 (i + 1) / n] share a stretch."""
    return [
        [p * bins < 14 * (i + 1) and (p + 1) * bins > 14 * i for p in range(14)]
        for i in range(bins)
    ]


def test_the_trap_at_fourteen(after, said):
    answers = after("corner = ")["answers"]
    slid = answers("sliding")
    assert_array_equal(slid, [[3 * i <= p < 3 * i + 4 for p in range(14)] for i in range(4)])
    assert slid[:, 13].sum() == 0
    assert_array_equal(answers("adaptive"), overlaps(4))
    assert "sliding largest number in the vector: 0" in said
    assert "adaptive largest number in the vector: 9" in said


def test_on_thirteen_both_ways_agree():
    for bins, window, stride in [(3, 5, 4), (2, 7, 6), (1, 13, 13)]:
        for i in range(bins):
            assert (i * 13) // bins == i * stride
            assert -(-(i + 1) * 13 // bins) == i * stride + window


# --- 6.7 Smaller and larger


def test_ones_and_slicing(after, said):
    names = after("every_second = ")
    sums = ndimage.correlate(MAP, np.ones((2, 2), dtype=int), origin=-1, mode="constant")[:3, :3]
    assert_array_equal(names["sums"], sums)
    assert_array_equal(names["every_second"] / 4, blocks(MAP, 2, np.mean))
    assert said.count("equal: True") == 2


def test_the_kronecker_product(after):
    names = after("blown_up = ")
    by_hand = [[9, 9, 2, 2], [9, 9, 2, 2], [6, 6, 3, 3], [6, 6, 3, 3]]
    assert_array_equal(names["blown_up"], by_hand)
    assert_array_equal(names["repeated"], by_hand)


# --- 6.8 Unpooling


def test_the_round_trip_keeps_the_maxima(after, said):
    names = after("again = ")
    back = [[0, 0, 2, 0], [0, 9, 0, 0], [0, 0, 0, 3], [0, 6, 0, 0]]
    assert_array_equal(names["back"][0, 0], back)
    assert_array_equal(blocks(np.array(back), 2, np.max), [[9, 2], [6, 3]])
    assert "the same maxima: True" in said


def test_the_photograph_unpooled(after):
    names = after("spots = ")
    photo, spots = names["photo"], names["spots"]
    lit = spots > 0
    assert lit.sum() == 24 * 24
    assert_array_equal(spots[lit], photo[lit])
    assert_array_equal(names["copies"], blocks(photo, 4, np.max).repeat(4, 0).repeat(4, 1))


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert (7 - 3) // 2 + 1 == 3
    assert "3 × 3, because (7 − 3) / 2 + 1 = 3." in prose
    assert (1 + 4 + 9) * 10 == 140
    assert "140: there are 1 + 4 + 9 = 14 bins" in prose
