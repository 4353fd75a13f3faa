"""Every number of lesson 01, against values worked out by hand or another way."""

import re

import numpy as np
import scipy.signal
from numpy.testing import assert_allclose, assert_array_equal

LESSON = "01_pixels"


# --- 1.1 a picture is a table of numbers


def test_a_jpeg_of_480_by_480_opens_as_691200_bytes(lesson, prose):
    opened = lesson["opened"]
    assert opened.shape == (480, 480, 3)
    assert opened.dtype == np.uint8
    assert (opened.min(), opened.max()) == (0, 255)
    assert "480 × 480 × 3 = 691,200" in prose
    assert "numbers 691200\n" in lesson["printed"]


def test_the_file_is_much_smaller_than_the_picture(lesson):
    file = lesson["file"].getvalue()
    assert file.startswith(b"\xff\xd8\xff")
    assert len(file) < 691200 / 5


def test_in_the_window_the_sky_is_about_200_and_the_edge_moves_right(lesson):
    window = lesson["window"].astype(int)
    assert window.shape == (8, 10)
    assert 185 <= window[:, :4].mean() <= 205
    assert window[:, 7:].max() < window[:, :4].min()
    edges = (window < 120).argmax(axis=1)
    assert (np.diff(edges) >= 0).all()
    assert edges[0] < edges[-1]


def test_grey_is_three_planes_added_with_weights(lesson, prose):
    pixel = lesson["photo"][240, 130].astype(float)
    expected = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
    assert_allclose(lesson["gray"][240, 130], expected)
    assert "0.299 · 255 = 76.245" in prose
    assert round(0.299 * 255, 6) == 76.245
    assert round(0.299 + 0.587 + 0.114, 12) == 1


def test_the_wall_is_red_and_the_sky_nearly_white(lesson, prose):
    assert "a piece of wall [105.  66.  61.]\n" in lesson["printed"]
    assert "a piece of sky  [225. 240. 254.]\n" in lesson["printed"]
    assert "105 parts of red, but only 66 of green and 61 of blue" in prose


def test_dealing_the_pixels_out_again_keeps_the_numbers_and_loses_the_4(lesson):
    four, dealt = lesson["four"], lesson["dealt"]
    assert lesson["labels"][194] == 4
    assert four[5].tolist() == [0, 6, 16, 16, 16, 11, 4, 0]  # the bar, as the data set has it
    assert four[:, 4].tolist() == [11, 16, 16, 16, 15, 16, 14, 12]  # the stem
    assert sorted(four.ravel().tolist()) == sorted(dealt.ravel().tolist())
    assert (four != dealt).sum() > 32


# --- 1.2 scaling, and the traps of whole numbers


def test_51_lands_at_a_fifth(lesson):
    assert_allclose(lesson["unit"], [0, 0.2, 0.4, 1])
    assert_allclose(lesson["centered"], [-0.5, -0.3, -0.1, 0.5])
    assert lesson["unit"].dtype == np.float64


def test_bytes_wrap_around_and_numbers_that_are_no_bytes_are_refused(lesson):
    assert "[100 200 250] + 100 = [200  44  94]\n" in lesson["printed"]
    assert lesson["printed"].count("refused: ") == 2
    assert "grays // 255 [0 0 0 1]\n" in lesson["printed"]


def test_the_sky_goes_dark_when_bytes_wrap_and_white_when_they_do_not(lesson):
    sky = np.s_[10:30, 150:200]
    dim, wrapped = lesson["dim"].astype(int), lesson["wrapped"].astype(int)
    assert_array_equal(wrapped, (dim + 100) % 256)
    assert wrapped[sky].mean() < 100 < 200 < dim[sky].mean()
    assert_array_equal(lesson["brighter"], np.minimum(dim + 100, 255))
    assert lesson["brighter"][sky].min() == 255


def test_the_second_self_check_wraps_to_228(prose):
    assert "100 − 128 wraps around to 228" in prose
    assert (np.array([100], dtype=np.uint8) - 128).tolist() == [228]


# --- 1.3 flattening


def test_neighbours_stand_8_places_apart(lesson, prose):
    assert_array_equal(lesson["strips"][0][0], lesson["four"].ravel())
    place = np.arange(64).reshape(8, 8)
    assert place[5, 4] - place[4, 4] == 8
    assert (place[4, 4], place[5, 4]) == (36, 44)
    assert "pixel [4, 4] stands at place 36\n" in lesson["printed"]
    assert "just below it, at place 44\n" in lesson["printed"]
    assert "1,440 with three colours" in prose
    assert 480 * 3 == 1440


# --- 1.4 five steps from weights to a filter

FOUR = np.array([[1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 1]])


def test_step_1_the_score_falls_from_10_to_minus_1(lesson):
    assert_array_equal(lesson["small"], FOUR)
    # The stem is now in column 2, where the 4 has ink in one row of five: 3 hits, 4 misses.
    assert_array_equal(lesson["nudged"], np.pad(FOUR, ((0, 0), (0, 1)))[:, 1:])
    assert "score of the 4: 10\n" in lesson["printed"]
    assert "score of the 4, one pixel further left: -1\n" in lesson["printed"]
    assert lesson["weights"].size == 20


def test_step_2_one_pair_makes_three_columns_of_four(lesson):
    by_hand = [[1, 0, 0.3], [1, 0, 0.3], [1.3, 1.3, 1.3], [0, 0, 0.3], [0, 0, 0.3]]
    assert_allclose(lesson["one_pair"], by_hand)
    answers = re.findall(r"place (\d) answer ([\d.]+)", lesson["printed"])
    assert answers == [("0", "1.0"), ("1", "0.0"), ("2", "0.3")]


def test_step_3_zeros_let_every_column_count_twice(lesson):
    by_hand = [
        [0.3, 1, 0, 0.3, 1],
        [0.3, 1, 0, 0.3, 1],
        [0.3, 1.3, 1.3, 1.3, 1],
        [0, 0, 0, 0.3, 1],
        [0, 0, 0, 0.3, 1],
    ]
    assert_allclose(lesson["wider"], by_hand)
    assert "[1 2 2 1] with zeros beside [2 2 2 2]\n" in lesson["printed"]


def test_step_4_the_sum_of_two_pairs_is_one_pair(lesson, prose):
    other = [[0.1, 0, 5], [0.1, 0, 5], [5.1, 5.1, 5.1], [0, 0, 5], [0, 0, 5]]
    total = [[1.1, 0, 5.3], [1.1, 0, 5.3], [6.4, 6.4, 6.4], [0, 0, 5.3], [0, 0, 5.3]]
    assert_allclose(lesson["other_pair"], other)
    assert_allclose(lesson["both"], total)
    assert "the single pair [1.1 5.3] gives the same sum: True\n" in lesson["printed"]
    assert "(1.1, 5.3)" in prose


def test_step_5_a_square_of_weights_loses_a_row_and_a_column(lesson, prose):
    by_hand = [[1.1, 0, 5.3], [6.1, 5.1, 5.4], [1.3, 1.3, 6.3], [0, 0, 5.3]]
    assert_allclose(lesson["answer"], by_hand, atol=1e-12)
    assert lesson["marks"] == [np.s_[2:4, 2:4], None, np.s_[2, 2]]
    assert "1·1 + 1·0.3 + 0·0.1 + 1·5 = 6.3" in prose
    assert_allclose(lesson["answer"][2, 2], 6.3)


def test_step_5_no_two_patterns_of_ink_give_the_same_answer(lesson):
    patterns = np.array(np.meshgrid([0, 1], [0, 1], [0, 1], [0, 1])).reshape(4, 16).T
    answers = (patterns @ lesson["kernel"].ravel()).round(6)
    assert len(set(answers.tolist())) == 16


def test_two_weights_over_two_find_the_lower_edge_of_the_bar(lesson, prose):
    answer = scipy.signal.correlate2d(FOUR, [[1, 1], [-1, -1]], mode="valid")
    assert answer.max() == 2
    assert np.argwhere(answer == 2).tolist() == [[2, 0], [2, 1]]
    assert "Under the bar, with 2" in prose


# --- 1.5 and 1.6 the bill of a dense layer, and how to save


def test_the_dense_layer_has_154_million_weights(lesson, prose):
    assert lesson["inputs"] == 150528
    assert lesson["dense_weights"] == 154140672
    assert re.search(r"weights +154,140,672\n", lesson["printed"])
    assert re.search(r"memory +617 million bytes", lesson["printed"])
    assert "150,528 × 1,024 is 154 million" in prose
    assert "1.5 billion" in prose
    assert 9.5 < 1.5e9 / 154140672 < 10


def test_sharing_saves_from_a_million_million_to_ten_thousand(lesson):
    assert lesson["counts"] == [10**12, 10**8, 100, 10**4]
    assert lesson["dense"] // lesson["many_filters"] == 10**8


def test_the_wiring_picture_counts_its_weights(lesson):
    (wires,) = [words for words in lesson["words"] if "different weights" in words]
    assert re.findall(r"(\d+)\. 8 pixels .*?; (\d+) different weights", wires) == [
        ("48", "48"),
        ("18", "18"),
        ("3", "3"),
    ]


# --- 1.7 an answer to one orientation


def test_the_filter_answers_less_the_more_the_line_turns(lesson):
    responses = dict(zip(lesson["angles"], lesson["responses"], strict=True))
    assert_allclose(lesson["cell"].sum(), 0, atol=1e-12)
    assert_allclose(responses[0], 1)
    assert 0 < responses[30] < 0.5
    assert responses[90] < responses[60] < 0
    assert_allclose([responses[120], responses[150]], [responses[60], responses[30]])


# --- 1.8 the same thing somewhere else


def test_ten_averages_are_right_nine_times_in_ten_and_then_blind(lesson):
    """Nearest average by correlation coefficient, worked out with np.corrcoef."""
    images, labels = lesson["images"] / 16, lesson["labels"]
    wide = np.pad(images, ((0, 0), (0, 0), (2, 2))).reshape(-1, 96)
    averages = np.stack([wide[labels == digit].mean(axis=0) for digit in range(10)])
    rates = []
    for step in (0, 1, 2):
        moved = np.pad(images, ((0, 0), (0, 0), (2 + step, 2 - step))).reshape(-1, 96)
        scores = np.corrcoef(averages, moved)[:10, 10:]
        rates.append(f"{(scores.argmax(axis=0) == labels).mean():.0%}")
    assert rates == ["91%", "30%", "8%"]
    assert re.findall(r"moved by \d: right (\d+%)", lesson["printed"]) == rates


def test_our_4_becomes_a_7(lesson):
    scores = lesson["scores"]
    assert scores(lesson["wide"][194]).argmax() == 4
    assert scores(lesson["moved"][194]).argmax() == 7


def test_every_dense_score_changes_and_the_feature_map_only_moves(lesson):
    still, moved = lesson["wide"][194], lesson["moved"][194]
    change = np.abs(lesson["scores"](still) - lesson["scores"](moved))
    assert change.min() > 0.5
    before = scipy.signal.correlate2d(still, [[-1, 1]], mode="valid")
    assert_allclose(lesson["before"], before)
    assert_allclose(lesson["after"][:, 2:], before[:, :-2])
    assert_array_equal(lesson["after"][:, :2], 0)
    assert "moved by 2, else the same: True\n" in lesson["printed"]


def test_the_self_checks_are_right(prose):
    assert "300 · 200 · 3 = 180,000 numbers" in prose
    assert np.zeros((300, 200, 3)).size == 180_000
    assert "4 × 3. Three neighbours fit into 6 rows in 4 places" in prose
    assert scipy.signal.correlate2d(np.zeros((6, 5)), np.zeros((3, 3)), "valid").shape == (4, 3)
