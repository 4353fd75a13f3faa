"""Bars, wires and the clock of uint8."""

import numpy as np
import pytest

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_bars, show_connections, show_wraparound


def test_bars_are_as_long_as_their_values_and_say_them():
    ax = show_bars([3, -1.5], ["cat", "dog"], title="Score", mark=0)
    assert [bar.get_width() for bar in ax.patches] == [3, -1.5]
    assert [text.get_text() for text in ax.texts] == ["3 ★", "\u22121.5"]
    assert alt_text(ax) == "Score. Bars: cat 3, dog -1.5."
    assert ax.patches[0].get_facecolor() != ax.patches[1].get_facecolor()


def test_large_counts_are_written_in_groups_of_three():
    ax = show_bars([10**12, 100], ["dense", "shared"], log=True)
    assert ax.get_xscale() == "log"
    assert alt_text(ax) == "Bars: dense 1,000,000,000,000, shared 100."


def test_bars_refuse_what_they_cannot_draw():
    with pytest.raises(ArgumentError, match="expected 2 labels, got 1"):
        show_bars([1, 2], ["a"])
    with pytest.raises(ArgumentError, match="log=True needs values above 0"):
        show_bars([1, 0], log=True)
    with pytest.raises(ShapeError, match=r"one row of values \(N,\)"):
        show_bars(np.zeros((2, 2)))


@pytest.mark.parametrize(
    ("settings", "wires", "weights"),
    [
        ({"units": 5}, 40, "40 different weights"),
        ({"window": 3}, 18, "18 different weights"),
        ({"window": 3, "shared": True}, 18, "3 different weights"),
        ({}, 64, "64 different weights"),
    ],
    ids=["dense", "local", "shared", "square"],
)
def test_wires_are_drawn_and_weights_counted(settings, wires, weights):
    ax = show_connections(8, **settings)
    assert len(ax.collections[0].get_segments()) == wires
    assert weights in alt_text(ax)


def test_shared_weights_look_alike_and_others_do_not():
    lines = show_connections(8, window=3, shared=True).collections[0]
    colours = [tuple(colour) for colour in lines.get_colors()]
    assert colours[0::3] == [colours[0]] * 6
    assert len(set(colours)) == 3
    assert len({str(style) for style in lines.get_linestyles()}) == 3


def test_a_window_wider_than_the_row_is_refused():
    with pytest.raises(ArgumentError, match="do not fit"):
        show_connections(4, window=5)


@pytest.mark.parametrize(
    ("start", "step", "words"),
    [
        (200, 100, "From 200, 100 steps on lead past 255 and round to 44."),
        (3, -5, "From 3, 5 steps back lead below 0 and round to 254."),
        (3, 5, "From 3, 5 steps on lead to 8."),
    ],
)
def test_the_clock_agrees_with_uint8(start, step, words):
    ax = show_wraparound(start, step)
    assert ax.texts[-1].get_text() == str(int((np.array([start]) + step).astype(np.uint8)[0]))
    assert alt_text(ax).endswith(words)


def test_the_clock_has_256_hours():
    with pytest.raises(ArgumentError, match="start must be 0 to 255"):
        show_wraparound(256, 1)


def test_bars_of_one_name_stay_apart():
    ax = show_bars([3, 1, 2], ["cat", "dog", "cat"])
    assert [bar.get_width() for bar in ax.patches] == [3, 1, 2]
    assert len({bar.get_y() for bar in ax.patches}) == 3
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cat", "dog", "cat"]
