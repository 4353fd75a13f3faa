"""Feature maps on one signed scale; the windows of a kernel."""

import numpy as np
import pytest

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_feature_maps, show_windows


def test_feature_maps_share_one_scale_that_is_centred_at_zero():
    maps = np.array([[[0.0, 1.0]], [[-4.0, 0.0]], [[2.0, 2.0]]])
    figure = show_feature_maps(maps, titles=["a", "b", "c"])
    assert [ax.images[0].get_clim() for ax in figure.axes[:3]] == [(-4, 4)] * 3
    assert alt_text(figure) == (
        "Panel 1 of 3: a. Feature map, 1 row by 2 columns, values 0 to 1; strongest, 1, at row 1,"
        " column 2."
        " Panel 2 of 3: b. Feature map, 1 row by 2 columns, values -4 to 0; strongest, -4, at row"
        " 1, column 1."
        " Panel 3 of 3: c. Feature map, 1 row by 2 columns, all values 2; strongest, 2, at row 1,"
        " column 1."
    )


def test_one_map_and_a_map_of_zeros_are_drawn():
    figure = show_feature_maps(np.zeros((2, 3)))
    assert alt_text(figure) == "Feature map, 2 rows by 3 columns, all values 0."


def test_a_batch_of_maps_is_refused_with_a_remedy():
    with pytest.raises(
        ShapeError, match=r"got shape \(8, 2, 4, 4\). Fix: choose one of them first"
    ):
        show_feature_maps(np.zeros((8, 2, 4, 4)))


@pytest.mark.parametrize(
    ("shape", "kernel_size", "stride", "panels"),
    [((5, 4), 2, 1, 12), ((5, 4), (1, 2), 1, 15), ((5, 4), 2, 2, 4), ((5, 6), (3, 2), (2, 3), 4)],
)
def test_there_is_a_panel_for_every_window(shape, kernel_size, stride, panels):
    figure = show_windows(np.zeros(shape), kernel_size, stride=stride)
    assert len(figure.axes) == panels


def test_the_last_panel_outlines_the_last_window():
    figure = show_windows(np.arange(20).reshape(5, 4), 2, stride=2)
    assert alt_text(figure.axes[-1]).endswith("Outlined: rows 3 to 4, columns 3 to 4.")
    assert alt_text(figure).startswith(
        "4 windows of 2 by 2, in 2 rows and 2 columns, on one image. Each panel outlines one"
    )


def test_windows_that_do_not_fit_or_are_too_many_are_named():
    with pytest.raises(ShapeError, match="a 3 x 3 kernel does not fit into a 2 x 4 image"):
        show_windows(np.zeros((2, 4)), 3)
    with pytest.raises(ShapeError, match="7 x 7 windows are too many to draw"):
        show_windows(np.zeros((8, 8)), 2)
    with pytest.raises(ArgumentError, match="stride must be 1 or more, got 0"):
        show_windows(np.zeros((4, 4)), 2, stride=0)
