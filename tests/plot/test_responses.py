"""An image beside its feature maps: one scale, and the place of the largest response."""

import numpy as np
import pytest

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_responses


@pytest.fixture
def image():
    return np.arange(20).reshape(4, 5) * 10


def test_all_maps_share_one_scale_that_is_centred_at_zero(image):
    maps = np.array([[[0.0, 1.0]], [[-4.0, 0.0]]])
    figure = show_responses(image, maps)
    assert [ax.images[0].get_clim() for ax in figure.axes[1:3]] == [(-4, 4)] * 2


def test_without_a_kernel_size_nothing_is_marked(image):
    figure = show_responses(image, np.eye(3))
    assert [len(ax.lines) + len(ax.collections) for ax in figure.axes[:2]] == [0, 0]
    assert "ringed" not in alt_text(figure)


def test_the_largest_response_is_ringed_and_its_window_outlined(image):
    responses = np.zeros((2, 4))
    responses[1, 2] = 7
    responses[0, 0] = -9
    figure = show_responses(image, responses, kernel_size=(3, 2), titles=["image", "map"])
    ring = figure.axes[1].lines[0].get_xydata()
    assert ring.tolist() == [[2.0, 1.0]]
    edges = np.concatenate(figure.axes[0].collections[0].get_segments())
    assert edges.min(axis=0).tolist() == [1.5, 0.5]
    assert edges.max(axis=0).tolist() == [3.5, 3.5]
    assert alt_text(figure) == (
        "image. Grey image, 4 rows by 5 columns, values 0 to 190."
        " Row 1: 0, 10, 20, 30, 40. Row 2: 50, 60, 70, 80, 90. Row 3: 100, 110, 120, 130, 140."
        " Row 4: 150, 160, 170, 180, 190. Black is 0, white is 255."
        " map. Feature map, 2 rows by 4 columns, values -9 to 7; strongest, -9, at row 1, column 1."
        " The largest response, 7, is ringed."
        " Outlined: rows 2 to 4, columns 3 to 4 in the image."
    )


def test_several_windows_are_numbered(image):
    figure = show_responses(image, np.ones((2, 3, 4)), kernel_size=2)
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "2"]


def test_a_colour_image_and_many_maps_fit(image):
    figure = show_responses(np.zeros((6, 8, 3), np.uint8), np.zeros((5, 4, 6)), columns=2)
    assert len(figure.axes) == 7


@pytest.mark.parametrize("shape", [(2, 2), (4, 5), (3, 4, 5)])
def test_maps_of_another_size_than_the_kernel_makes_are_named(image, shape):
    with pytest.raises(ArgumentError, match="a 2 x 2 kernel makes maps of 3 x 4 from this image"):
        show_responses(image, np.zeros(shape), kernel_size=2)


def test_bad_input_is_named(image):
    with pytest.raises(ShapeError, match="expected a grey image"):
        show_responses([1, 2], np.eye(2))
    with pytest.raises(ShapeError, match="show_responses: expected feature maps"):
        show_responses(image, np.zeros((1, 1, 2, 2)))
    with pytest.raises(ArgumentError, match="expected 2 titles, got 1"):
        show_responses(image, np.eye(3), titles=["image"])
