"""Matrices show their numbers, kernels their signs."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import (
    SIGNED,
    alt_text,
    show_equation,
    show_kernel,
    show_kernels,
    show_matrix,
)

MATRIX = np.array([[1, 20, 300], [4, 0, 6]])


def printed(ax):
    return [text.get_text() for text in ax.texts]


def segments(ax):
    """The outline: the border pieces in the last collection drawn."""
    return {tuple(map(tuple, piece)) for piece in ax.collections[-1].get_segments()}


def test_every_number_stands_in_its_cell():
    ax = show_matrix(MATRIX)
    cells = {(int(text.get_position()[1]), int(text.get_position()[0])): text for text in ax.texts}
    assert {place: int(text.get_text()) for place, text in cells.items()} == {
        (i, j): value for (i, j), value in np.ndenumerate(MATRIX)
    }


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(3.0, 2, "3"), (0.3, 2, "0.3"), (-0.001, 2, "0"), (-1.5, 2, "\u22121.5"), (2.345, 1, "2.3")],
)
def test_numbers_are_short(value, decimals, text):
    assert printed(show_matrix([[value]], decimals=decimals)) == [text]


def test_numbers_can_be_read_on_every_tone():
    """Contrast of at least 4.5 to 1, as WCAG 2 asks."""

    def luminance(colour):
        rgb = np.array(plt.matplotlib.colors.to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    for values in (np.arange(30), np.arange(30) - 15):
        ax = show_matrix(values)
        tones = ax.images[0].to_rgba(values)
        for tone, text in zip(tones, ax.texts, strict=True):
            light, dark = sorted([luminance(tone[:3]), luminance(text.get_color())], reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_pixels_are_grey_from_zero_and_signed_values_are_centred_on_white():
    assert show_matrix([[2, 4]]).images[0].get_clim() == (0, 4)
    assert show_matrix([[2, 4]], value_range=(0, 16)).images[0].get_clim() == (0, 16)
    signed = show_matrix([[-3, 0, 1]]).images[0]
    assert signed.get_clim() == (-3, 3)
    assert to_hex(signed.to_rgba(0.0)) == "#ffffff"


def test_minus_is_orange_and_plus_is_purple():
    minus, plus = np.array(SIGNED(0.15)), np.array(SIGNED(0.85))
    assert minus[0] > minus[1] > minus[2]
    assert plus[2] > plus[0] > plus[1]


def test_a_window_is_outlined_at_its_edges():
    ax = show_matrix(MATRIX, highlight=np.s_[0:1, 1:3])
    left, right, top, bottom = 0.5, 2.5, -0.5, 0.5
    assert segments(ax) == {
        ((0.5, top), (1.5, top)),
        ((1.5, top), (2.5, top)),
        ((0.5, bottom), (1.5, bottom)),
        ((1.5, bottom), (2.5, bottom)),
        ((left, -0.5), (left, 0.5)),
        ((right, -0.5), (right, 0.5)),
    }
    assert alt_text(ax).endswith("Outlined: row 1, columns 2 to 3.")


def test_single_cells_are_outlined_by_a_mask():
    ax = show_matrix(MATRIX, highlight=MATRIX % 10 == 0)
    assert alt_text(ax).endswith("Outlined: row 1 column 2, row 1 column 3 and row 2 column 2.")


@pytest.mark.parametrize("highlight", [np.s_[5, 0], "top", np.ones((3, 2), bool)])
def test_a_highlight_that_is_no_index_is_named(highlight):
    with pytest.raises(ArgumentError, match=r"is no index of a 2 x 3 matrix. Fix: write it as"):
        show_matrix(MATRIX, highlight=highlight)


def test_indices_count_from_zero():
    ax = show_matrix(MATRIX, indices=True)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "1", "2"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0", "1"]


def test_the_alternative_text_reads_the_rows():
    assert alt_text(show_matrix(MATRIX, title="M")) == (
        "M. Matrix, 2 rows by 3 columns. Row 1: 1, 20, 300. Row 2: 4, 0, 6."
    )
    assert alt_text(show_matrix([1, 0.5])) == "Matrix, 1 row by 2 columns. The numbers: 1, 0.5."
    assert alt_text(show_matrix(np.eye(9))) == "Matrix, 9 rows by 9 columns. Values 0 to 1."


@pytest.mark.parametrize("function", [show_matrix, show_kernel])
def test_what_is_no_matrix_is_named(function):
    with pytest.raises(ShapeError, match=r"expected a matrix \(H, W\) or a row \(W,\), got shape"):
        function(np.zeros((2, 3, 3)))
    with pytest.raises(ShapeError, match="at most 32 columns"):
        function(np.zeros((2, 33)))
    assert not plt.get_fignums()


def test_a_kernel_is_centred_at_zero_even_when_it_is_all_plus():
    ax = show_kernel([[1, 0.3], [0.1, 5]])
    assert ax.images[0].get_clim() == (-5, 5)
    assert printed(ax) == ["1", "0.3", "0.1", "5"]
    assert alt_text(ax) == "Kernel, 2 rows by 2 columns. Row 1: 1, 0.3. Row 2: 0.1, 5."


def test_a_kernel_of_zeros_is_white():
    shown = show_kernel(np.zeros((2, 2))).images[0]
    assert to_hex(shown.to_rgba(0.0)) == "#ffffff"


def test_a_limit_must_be_above_zero():
    with pytest.raises(ArgumentError, match="limit must be above 0"):
        show_kernel([[1]], limit=0)


def test_kernels_share_one_scale_and_may_have_names():
    figure = show_kernels({"thin": [[1, -2]], "tall": [[4], [0], [1]]})
    assert [ax.get_title() for ax in figure.axes] == ["thin", "tall"]
    assert [ax.images[0].get_clim() for ax in figure.axes] == [(-4, 4), (-4, 4)]
    assert len(show_kernels(np.ones((5, 3, 3)), columns=2).axes) == 5


def test_an_equation_reads_from_left_to_right():
    figure = show_equation(
        [[10, 0]], "×", [[1, 0.3]], "=", [[10, 0]], kernels=[1], highlight=[np.s_[0, 0], None, None]
    )
    assert alt_text(figure) == (
        "Matrix, 1 row by 2 columns. The numbers: 10, 0. Outlined: row 1, column 1."
        " × Kernel, 1 row by 2 columns. The numbers: 1, 0.3."
        " = Matrix, 1 row by 2 columns. The numbers: 10, 0."
    )
    assert figure.axes[2].images[0].get_clim() == (-1, 1)
    assert show_equation([[1]], "+", 2, "=", 3).axes[4].texts[0].get_text() == "3"


def test_an_equation_counts_its_titles_and_highlights():
    with pytest.raises(ArgumentError, match="expected 2 titles, got 1"):
        show_equation([[1]], "+", [[1]], titles=["a"])
    with pytest.raises(ArgumentError, match="highlight: expected 2 entries, got 1"):
        show_equation([[1]], "+", [[1]], highlight=[None])
    with pytest.raises(ShapeError, match="at least one array"):
        show_equation("=")


def test_a_shared_range_keeps_the_shade_of_a_pixel_through_an_equation():
    image, window, kernel = np.array([[0, 100, 200]]), np.array([[0, 100]]), np.array([[1, -1]])
    figure = show_equation(image, window, kernel, kernels=[2], value_range=(0, 255))
    assert [ax.images[0].get_clim() for ax in figure.axes] == [(0, 255), (0, 255), (-1, 1)]
    figure = show_equation(image, window)
    assert [ax.images[0].get_clim() for ax in figure.axes] == [(0, 200), (0, 100)]


@pytest.mark.parametrize("matrix", [np.ones((2, 2)), np.ones((5, 18))], ids=["small", "wide"])
def test_a_word_between_matrices_has_room(matrix):
    figure = show_equation(matrix, "and", matrix, "→", matrix)
    figure.canvas.draw()
    for n in (1, 3):
        word = figure.axes[n].texts[0].get_window_extent()
        assert figure.axes[n - 1].get_window_extent().x1 < word.x0
        assert word.x1 < figure.axes[n + 1].get_window_extent().x0
