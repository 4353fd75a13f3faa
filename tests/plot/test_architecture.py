"""Networks as rows of blocks."""

import numpy as np
import pytest

from cnnlab import nn
from cnnlab.errors import ArgumentError
from cnnlab.plot import alt_text, show_architecture
from cnnlab.shapes import ARCHITECTURES, Conv, Flatten, Linear, Pointwise, Pool, table

STACK = [Conv(8, 3), Pointwise("relu"), Pool(2), Flatten(), Linear(10)]
TABLE = table(STACK, (1, 28, 28))


def words(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def faces(ax):
    """The three faces of each block, as arrays of corners."""
    corners = [patch.get_xy()[:-1] for patch in ax.patches if hasattr(patch, "get_xy")]
    return [corners[n : n + 3] for n in range(0, len(corners), 3)]


def test_each_block_has_its_layers_its_shape_and_its_parameters():
    assert words(show_architecture(TABLE)) == [
        "input\n1×28×28",
        "conv 3×3, 8\nthen relu\n8×26×26\n80 parameters",
        "max pool 2×2\n8×13×13",
        "flatten\n1,352 numbers",
        "linear, 10\n10 numbers\n13,530 parameters",
    ]


def test_a_network_is_read_out_layer_by_layer():
    assert alt_text(show_architecture(TABLE, title="Eight filters")) == (
        "Eight filters. Network, left to right: input: 1×28×28. conv 3×3, 8, then relu: 8×26×26, "
        "80 parameters. max pool 2×2: 8×13×13. flatten: 1,352 numbers. linear, 10: 10 numbers, "
        "13,530 parameters. Together 13,610 parameters."
    )


def test_the_summary_of_a_network_is_drawn_like_the_table_of_its_layers():
    network = nn.Sequential(
        nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1352, 10)
    )
    summary = network.summary((1, 28, 28))
    assert words(show_architecture(summary)) == words(show_architecture(TABLE))


def test_blocks_shrink_with_the_maps_and_deepen_with_the_channels():
    image, maps, pooled, *_ = faces(show_architecture(TABLE))
    sides = [np.ptp(front, axis=0) for front, _, _ in (image, maps, pooled)]
    assert [np.ptp(side) for side in sides] == pytest.approx([0, 0, 0])  # square maps
    assert sides[0][0] > sides[1][0] > sides[2][0]
    depths = [np.ptp(right[:, 0]) for _, _, right in (image, maps, pooled)]
    assert depths[0] < depths[1] == pytest.approx(depths[2])


def test_a_wide_map_is_drawn_wide_and_a_long_vector_tall():
    (wide, *_), _ = faces(show_architecture(table([Flatten()], (1, 10, 40))))
    width, height = np.ptp(wide, axis=0)
    assert width == pytest.approx(2 * height)  # roots of 40 and of 10
    *_, long, short = faces(show_architecture(TABLE))
    assert np.ptp(long[0][:, 1]) > 2 * np.ptp(short[0][:, 1])


def test_blocks_that_learn_are_tinted():
    ax = show_architecture(TABLE)
    tints = [patch.get_facecolor() for patch in ax.patches if hasattr(patch, "get_xy")][::3]
    assert tints[1] == tints[4] != tints[0] == tints[2] == tints[3] == (1, 1, 1, 1)


def test_a_long_network_goes_on_below():
    ax = show_architecture(ARCHITECTURES["VGG-16"].table(), columns=5)
    heights = [text.get_position()[1] for text in ax.texts if text.get_text()]
    columns = [text.get_position()[0] for text in ax.texts if text.get_text()]
    assert len(heights) == 1 + 13 + 5 + 1 + 3  # input, convolutions, pools, flatten, dense
    assert len(set(heights)) == 5
    assert len(set(columns)) == 5
    assert heights == sorted(heights)
    assert alt_text(ax).endswith("Together 138,357,544 parameters.")


def test_a_row_has_one_column_at_least():
    with pytest.raises(ArgumentError, match="columns must be 1 or more, got 0"):
        show_architecture(TABLE, columns=0)
