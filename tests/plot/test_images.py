"""Images are drawn on a scale that the reader can trust."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import alt_text, show_image, show_images

GREY = np.array([[0, 51, 102], [153, 204, 255]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("image", "limits"),
    [
        (GREY, (0, 255)),
        (GREY // 100, (0, 255)),
        (GREY.astype(int), (0, 255)),
        (GREY / 255, (0, 1)),
        (GREY / 1000, (0, 1)),
        (GREY / 510 - 0.25, (-0.5, 0.5)),
        (GREY.astype(float), (0, 255)),
        (GREY > 100, (0, 1)),
        (GREY * 2.0, (0, 510)),
        (GREY.astype(int) - 300, (-300, -45)),
    ],
    ids=[
        "uint8",
        "dark uint8",
        "int",
        "unit",
        "dark unit",
        "centred",
        "float",
        "bool",
        "2x",
        "neg",
    ],
)
def test_black_and_white_follow_the_type_not_the_brightest_pixel(image, limits):
    assert show_image(image).images[0].get_clim() == limits


def test_a_stretched_scale_is_said_under_the_image_and_in_words():
    ax = show_image(GREY.astype(int) - 300)
    assert ax.get_xlabel() == "black is -300, white is -45"
    assert alt_text(ax).endswith("Black is -300, white is -45.")
    assert show_image(GREY).get_xlabel() == ""


def test_a_given_range_wins():
    assert show_image(GREY // 16, value_range=(0, 16)).images[0].get_clim() == (0, 16)


def test_an_image_of_one_value_outside_every_scale_is_drawn():
    low, high = show_image([[300, 300]]).images[0].get_clim()
    assert low == 300 < high


def test_grey_pixels_are_drawn_as_they_are():
    shown = show_image(GREY).images[0]
    assert shown.get_cmap().name == "gray"
    assert shown.get_interpolation() == "nearest"
    np.testing.assert_array_equal(shown.get_array(), GREY)


def test_colours_reach_the_screen_unchanged(rng):
    image = rng.integers(0, 256, size=(4, 5, 3), dtype=np.uint8)
    np.testing.assert_allclose(show_image(image).images[0].get_array() * 255, image)


def test_it_draws_into_the_axes_it_is_given():
    _, ax = plt.subplots()
    assert show_image(GREY, ax=ax, title="two rows") is ax
    assert ax.get_title() == "two rows"
    assert isinstance(show_image(GREY), Axes)


def test_the_alternative_text_spells_out_a_small_image():
    assert alt_text(show_image(GREY, title="A ramp")) == (
        "A ramp. Grey image, 2 rows by 3 columns, values 0 to 255."
        " Row 1: 0, 51, 102. Row 2: 153, 204, 255. Black is 0, white is 255."
    )


def test_the_alternative_text_sums_up_a_large_image():
    image = np.full((9, 12, 3), 90, dtype=np.uint8)
    image[:3, -4:] = 210
    image[-3:, :4] = 0
    # 12 of 108 pixels at 210, 12 at 0, 84 at 90: (2520 + 7560) / 108 = 93.33
    assert alt_text(show_image(image)) == (
        "Colour image, 9 rows by 12 columns, values 0 to 210. Average 93.33."
        " Brightest at the top right, darkest at the bottom left. Black is 0, white is 255."
    )


def test_an_author_may_write_the_alternative_text():
    assert alt_text(show_image(GREY, alt="A pagoda by a lake.")) == "A pagoda by a lake."


@pytest.mark.parametrize(
    ("image", "error", "words"),
    [
        (np.zeros(5), ShapeError, "expected a grey image (H, W) or a colour image (H, W, 3)"),
        (np.zeros((2, 1, 4, 4)), ShapeError, "got shape (2, 1, 4, 4). Fix: choose one of them"),
        (np.zeros((3, 4, 5)), ShapeError, "np.moveaxis(image, 0, -1)"),
        (np.zeros((4, 5, 2)), ShapeError, "got shape (4, 5, 2)"),
        (np.zeros((0, 4)), ShapeError, "got shape (0, 4)"),
        ([[1, 2], [3]], ShapeError, "rows of different lengths"),
        ([["a", "b"]], ArgumentError, "expected numbers"),
        ([[1.0, np.nan], [np.inf, 0.0]], ArgumentError, "2 of 4 values are NaN or infinite"),
    ],
    ids=["1-D", "4-D", "channels first", "two channels", "empty", "ragged", "words", "nan"],
)
def test_what_is_no_image_is_named(image, error, words):
    with pytest.raises(error) as caught:
        show_image(image)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not plt.get_fignums()


def test_an_empty_range_is_refused():
    with pytest.raises(ArgumentError, match=r"expected \(black, white\)"):
        show_image(GREY, value_range=(1, 1))


def test_images_side_by_side_share_a_figure_and_its_words():
    figure = show_images([GREY, GREY.T], titles=["flat", "tall"], title="Turned")
    assert isinstance(figure, Figure)
    assert [ax.get_title() for ax in figure.axes] == ["flat", "tall"]
    words = alt_text(figure)
    assert words.startswith("Turned. Panel 1 of 2: flat. Grey image, 2 rows by 3 columns")
    assert "Panel 2 of 2: tall. Grey image, 3 rows by 2 columns" in words


def test_many_small_images_are_summed_up_not_spelled_out():
    words = alt_text(show_images([np.eye(8)] * 3))
    assert "Row 1:" not in words
    assert "Panel 3 of 3: Grey image, 8 rows by 8 columns, values 0 to 1." in words


def test_the_last_row_of_panels_may_be_short():
    assert len(show_images([GREY] * 5, columns=3).axes) == 5


def test_wrong_titles_and_empty_lists_are_named():
    with pytest.raises(ArgumentError, match="expected 2 titles, got 1"):
        show_images([GREY, GREY], titles=["one"])
    with pytest.raises(ShapeError, match="at least one array"):
        show_images([])
    with pytest.raises(ArgumentError, match="columns must be 1 or more"):
        show_images([GREY], columns=0)
