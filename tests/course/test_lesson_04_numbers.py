"""Lesson 04: what its cells compute and what its prose says, against SciPy and counting.

The lesson's own cells are run here. They use `cnnlab.naive`, `functional` and `shapes`; the oracles
below walk along a row and count, or are SciPy's.
"""

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import ndimage, signal

from cnnlab.explore import PRESETS

LESSON = "04_padding_and_stride"

IMAGE = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
)
KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])


def stops(i, k, s=1, p=0):
    """Where a kernel may begin: walk along the padded row until it would stick out."""
    found, start = [], -p
    while start + k <= i + p:
        found.append(start)
        start += s
    return found


# --- 4.1 Padding


def test_layers_of_5_by_5_use_32_pixels_up(after, said, prose):
    sizes = [32]
    while stops(sizes[-1], 5):
        sizes.append(len(stops(sizes[-1], 5)))
    assert after("my_layers")["sizes"] == sizes == [32, 28, 24, 20, 16, 12, 8, 4]
    assert "one layer of 3 x 3: 30" in said
    assert "7 layers." in said
    assert "Each takes 4 rows and 4 columns away. After seven layers 4 × 4" in prose


def test_the_worked_example_with_a_padding_of_1(after, said, prose):
    names = after("my_first")
    assert_array_equal(names["image"], IMAGE)
    assert_array_equal(names["kernel"], KERNEL)
    assert_array_equal(names["output"], signal.correlate2d(IMAGE, KERNEL, mode="same"))
    assert names["output"][0, 0] == 2 * 3 + 0 * 3 + 1 * 0 + 2 * 0 == 6
    assert "2 · 3 + 0 · 3 + 1 · 0 + 2 · 0 = 6" in prose
    assert "(5, 5), first 6." in said


def test_half_padding_keeps_the_size_for_odd_kernels_only(said):
    for k in range(1, 8):
        size = len(stops(10, k, p=k // 2))
        assert size == (10 if k % 2 else 11)
        assert f"kernel {k}: padding {k // 2}, size {size}" in said


def test_full_padding_and_more_than_that(said):
    assert signal.correlate2d(IMAGE, KERNEL, mode="full").shape == (7, 7)
    first = signal.correlate2d(IMAGE, KERNEL, mode="full")[0]
    assert first.tolist() == [6, 9, 7, 4, 1, 0, 0]
    assert "padding 2: 7 x 7, first row [6. 9. 7. 4. 1. 0. 0.]" in said
    assert "padding 3: 9 x 9, first row [0. 0. 0. 0. 0. 0. 0. 0. 0.]" in said


def test_valid_same_and_full(said):
    row, nine = np.ones((1, 100)), np.ones((1, 9))
    sizes = [
        signal.correlate2d(row, nine, mode=mode).shape[1] for mode in ("valid", "same", "full")
    ]
    assert sizes == [100 - 9 + 1, 100, 100 + 9 - 1] == [92, 100, 108]
    assert "[92, 100, 108]." in said


# --- 4.5 The border


def test_nine_of_25_windows_hold_real_pixels_only(after, said, prose):
    real = after("real = ")["real"]
    assert_array_equal(real, signal.correlate2d(np.ones((5, 5)), np.ones((3, 3)), mode="same"))
    assert "9 of 25." in said
    assert real[0, 0] == 9 - 5
    assert "Nine. In the corners, five of the nine pixels are made up." in prose


@pytest.mark.parametrize("p", [0, 1, 2])
def test_how_often_a_pixel_is_used(after, p):
    """Along one axis: in how many windows does each of five pixels lie?"""
    line = [sum(start <= x < start + 3 for start in stops(5, 3, p=p)) for x in range(5)]
    assert_array_equal(after("def uses")["uses"](p), np.outer(line, line))


def test_once_against_nine_times_four_and_nine(after, prose):
    uses = after("def uses")["uses"]
    assert (uses(0)[0, 0], uses(0)[2, 2], uses(1)[0, 0], uses(2)[0, 0]) == (1, 9, 4, 9)
    assert "With half padding the corner counts 4 times, with full padding each pixel counts 9" in (
        prose
    )


def test_a_white_image_grows_dark_and_gets_edges(after, prose):
    white = after("white = np.pad")["white"]
    blurred = ndimage.uniform_filter(white.astype(float), 3)[1:-1, 1:-1]
    assert_allclose([blurred[0, 0], blurred[0, 1], blurred[1, 0]], [4, 6, 6])
    assert "6 at the side, 4 in the corner, where 5 of 9 pixels are black" in prose
    slope = ndimage.sobel(white.astype(float), axis=1)[1:-1, 1:-1]
    assert slope[:, 0].min() > 0 > slope[:, -1].max()
    assert not slope[:, 1:-1].any()


def test_other_frames(after, said, prose):
    for mode, row in {
        "constant": "[0. 0. 1. 2. 3. 4. 0. 0.]",
        "edge": "[1. 1. 1. 2. 3. 4. 4. 4.]",
        "reflect": "[3. 2. 1. 2. 3. 4. 3. 2.]",
        "circular": "[3. 4. 1. 2. 3. 4. 1. 2.]",
    }.items():
        assert f"{mode:>8}: {row}" in said
        numpys = np.pad([1, 2, 3, 4], 2, mode={"circular": "wrap"}.get(mode, mode))
        assert row == str(numpys.astype(float))
    assert "3, 2, **1, 2, 3, 4**, 3, 2" in prose


def test_only_zeros_darken_the_rim(after, prose):
    names = after("blur = kernels.box")
    photo = names["photo"].astype(float)
    modes = {"constant": "constant", "edge": "nearest", "reflect": "mirror", "circular": "wrap"}
    for mode, blurred in zip(modes, names["blurred"], strict=True):
        assert_allclose(blurred, ndimage.uniform_filter(photo, 15, mode=modes[mode]), atol=1e-9)
    tops = dict(zip(modes, names["tops"], strict=True))
    assert 0.4 < tops["constant"] / tops["reflect"] < 0.6
    assert "a bright sky has lost half of its light" in prose
    assert tops["constant"] < min(tops["edge"], tops["reflect"], tops["circular"])


# --- 4.3 Stride


def test_seven_by_three_at_stride_two(said, prose):
    assert stops(7, 3, 2) == [0, 2, 4]
    assert "9 places." in said
    assert "the kernel begins in columns 0, 2 and 4" in prose


def test_eight_pixels_leave_one_over(said):
    assert stops(8, 3, 2) == [0, 2, 4]
    assert "The kernel begins at [0, 2, 4]: 3 places." in said
    assert "never seen: [7]" in said


def test_five_and_six_pixels_give_the_same_size(said, prose):
    assert len(stops(5, 3, 2, 1)) == len(stops(6, 3, 2, 1)) == 3
    assert "[3, 3]." in said
    # The padded row ends at 6; the last window of three begins at 3.
    assert stops(6, 3, 2, 1)[-1] + 2 == 5
    assert "The last pixel of the frame on the right is left over" in prose


# --- 4.2 The formula

SETTINGS = [
    (i, k, s, p)
    for i, k, s, p in product(range(1, 10), range(1, 7), range(1, 5), range(4))
    if stops(i, k, s, p)
]


def test_the_formula_counts_the_stops():
    for i, k, s, p in SETTINGS:
        assert len(stops(i, k, s, p)) == np.floor((i + 2 * p - k) / s) + 1


def test_the_cell_tries_all_small_settings(said):
    assert f"wrong in 0 of {len(SETTINGS)} cases" in said


@pytest.mark.parametrize(
    ("applies", "size"),
    [
        (lambda i, k, s, p: s == 1 and p == 0, lambda i, k, s, p: i - k + 1),
        (lambda i, k, s, p: s == 1, lambda i, k, s, p: i - k + 2 * p + 1),
        (lambda i, k, s, p: s == 1 and k % 2 and p == k // 2, lambda i, k, s, p: i),
        (lambda i, k, s, p: s == 1 and p == k - 1, lambda i, k, s, p: i + k - 1),
        (lambda i, k, s, p: p == 0, lambda i, k, s, p: np.floor((i - k) / s) + 1),
    ],
    ids=["no padding", "any padding", "half", "full", "no padding, any stride"],
)
def test_a_special_case_counts_the_stops(applies, size):
    fitting = [setting for setting in SETTINGS if applies(*setting)]
    assert len(fitting) > 20
    for setting in fitting:
        assert len(stops(*setting)) == size(*setting)


def test_the_six_examples(after, said):
    for name, setting in after("examples = {")["examples"].items():
        i, k, s, p = setting
        assert f"{name:>23}: i={i} k={k} s={s} p={p} → {len(stops(i, k, s, p))}" in said


def test_ten_filters_make_30_by_30_by_10(after, said):
    names = after("ten = ")
    whole = signal.correlate(names["colour"][0], names["ten"][7], mode="valid")
    assert_allclose(names["answer"][7], whole[0], atol=1e-9)
    assert names["colour"].shape[1:] == (3, 32, 32)
    assert "30 x 30 x 10." in said


def test_a_longer_stride_makes_no_new_number(after, said):
    names = after("numbers:")
    every = ndimage.sobel(names["photo"].astype(float), axis=0)[1:-1, 1:-1]
    for step, found in zip((1, 2, 4), names["maps"], strict=True):
        assert_array_equal(found, every[::step, ::step])
    assert "stride 2 from stride 1: True" in said
    assert "stride 4 from stride 1: True" in said
    assert names["maps"][1].size == pytest.approx(names["maps"][0].size / 4, rel=0.02)


# --- 4.4 The twelve pictures

TWELVE = [
    *("no padding", "arbitrary padding", "half padding", "full padding"),
    *("no padding, strides", "padding, strides", "padding, strides, odd", "dilation"),
    *(
        f"{name}, transposed"
        for name in ("no padding", "arbitrary padding", "half padding", "full padding")
    ),
]


def test_all_twelve_are_drawn_in_order(run):
    drawn = [ax.get_title().split("\n")[0] for figure in run.figures for ax in figure.axes]
    assert [name for name in drawn if name in PRESETS] == TWELVE


@pytest.mark.parametrize("name", TWELVE)
def test_a_picture_is_what_scipy_makes(after, name):
    settings = PRESETS[name]
    x, k = np.array(settings["image"]), np.array(settings["kernel"])
    s, p, d = (settings[word] for word in ("stride", "padding", "dilation"))
    seen, frame, window, output = after("def arithmetic")["arithmetic"](settings)
    spread = np.zeros(np.subtract(np.multiply(k.shape, d), d - 1))
    spread[::d, ::d] = k
    if settings["mode"] == "transposed":
        whole = signal.convolve2d(x, k, mode="full")
        expected = whole[p : len(whole) - p, p : len(whole) - p]
        laid = k[::-1, ::-1]  # a transposed convolution lays the turned kernel
    else:
        expected = signal.correlate2d(np.pad(x, p), spread, mode="valid")[::s, ::s]
        laid = k
    assert_array_equal(output, expected)
    assert_array_equal(seen[frame : frame + len(x), frame : frame + len(x)], x)
    assert (seen[window].reshape(laid.shape) * laid).sum() == output[0, 0]


def test_the_sizes_that_the_text_names(after, prose):
    arithmetic = after("def arithmetic")["arithmetic"]
    sizes = {
        name: (len(PRESETS[name]["image"]), len(arithmetic(PRESETS[name])[3])) for name in TWELVE
    }
    assert [sizes[name] for name in TWELVE[:4]] == [(4, 2), (5, 6), (5, 5), (5, 7)]
    assert [sizes[name] for name in TWELVE[8:]] == [(2, 4), (6, 5), (5, 5), (7, 5)]
    assert "4 to 2 and 2 to 4, 5 to 6 and 6 to 5, 5 to 5, 5 to 7 and 7 to 5" in prose
    assert [name for name in TWELVE[4:] if sizes[name][1] > sizes[name][0]] == [TWELVE[8]]
    assert sizes["padding, strides, odd"][1] == sizes["padding, strides"][1]


# --- The three checks at the end


def test_the_answers_to_the_three_checks(prose):
    assert len(stops(224, 7, 2, 3)) == 112
    assert 224 + 6 - 7 == 223
    assert "112 × 112: the room is 224 + 6 − 7 = 223" in prose
    assert len(stops(100, 9, 1, 4)) == 100
    assert "4, half of the kernel." in prose
    assert len(stops(8, 3, 2)) == 3
