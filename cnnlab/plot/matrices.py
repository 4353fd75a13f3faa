"""Matrices with their numbers: pixels and weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import _alt
from cnnlab.plot._cells import CELL, draw_cells, number_edges, outline
from cnnlab.plot._style import (
    SIGNED,
    bare,
    grid_shape,
    numbers,
    panels,
    signed_limit,
)
from cnnlab.plot.images import Range, as_titles, scale, titled

WANTED = "a matrix (H, W) or a row (W,)"
# Beyond this a printed number is too small to read.
MOST_COLUMNS = 32


def show_matrix(
    matrix: npt.ArrayLike,
    *,
    ax: Axes | None = None,
    title: str = "",
    highlight: Any = None,
    value_range: Range | None = None,
    indices: bool = False,
    decimals: int = 2,
    alt: str | None = None,
) -> Axes:
    """Draw a matrix with its numbers in the cells.

    Values that are never negative are shades of grey from 0, black, to the largest, white. Where
    there are negative ones, zero is white, minus is orange and plus is purple.

    Shapes: matrix (H, W), or (W,), which is drawn as one row.

    Parameters
    ----------
    highlight
        What to outline, written as an index: ``np.s_[0:2, 1:3]`` is a window of 2 x 2, a matrix of
        bools outlines its true cells.
    value_range
        The numbers to draw black and white instead, for pixels of a known scale.
    indices
        Write the row and column numbers at the edges, counted from 0 as in Python.
    decimals
        How many places to print, 0 or more.
    alt
        A text alternative instead of the one made from the data.

    Raises
    ------
    ShapeError
        Not a matrix, or one with more than 32 columns.
    ArgumentError
        NaN or infinite values, or a ``highlight`` that is no index of the matrix.

    >>> ax = show_matrix([[1, 2, 3], [4, 5, 6]], highlight=np.s_[0:2, 1:3])
    >>> [text.get_text() for text in ax.texts]
    ['1', '2', '3', '4', '5', '6']
    """
    cells = as_matrix("show_matrix", matrix)
    signed = value_range is None and cells.min() < 0
    if signed:
        limit = signed_limit(cells)
        low, high = -limit, limit
    else:
        low, high = _grey_limits(cells, value_range)
    ax = draw_cells(cells, ax, SIGNED if signed else "gray", low, high, decimals)
    bare(ax, title)
    if indices:
        number_edges(ax, cells.shape)
    marked = outline(ax, cells.shape, highlight)
    body = _alt.spelled(cells, decimals) or _alt.span(cells).capitalize()
    words = _alt.sentence(title, f"Matrix, {_alt.size(cells)}", body, marked)
    return _alt.describe(ax, alt or words)


def show_kernel(
    kernel: npt.ArrayLike,
    *,
    ax: Axes | None = None,
    title: str = "",
    limit: float | None = None,
    decimals: int = 2,
    alt: str | None = None,
) -> Axes:
    """Draw a kernel with its numbers; zero is white, minus is orange, plus is purple.

    Shapes: kernel (KH, KW), or (KW,), which is drawn as one row.

    Parameters
    ----------
    limit
        The weight with the deepest colour; the largest absolute weight unless given. Give the
        same one to kernels that shall be compared.
    alt
        A text alternative instead of the one made from the data.

    >>> show_kernel([[-1, 0, 1]]).images[0].get_clim()
    (-1.0, 1.0)
    """
    weights = as_matrix("show_kernel", kernel)
    end = signed_limit(weights) if limit is None else float(limit)
    if not end > 0:
        raise ArgumentError(f"show_kernel: limit must be above 0, got {limit}.")
    ax = draw_cells(weights, ax, SIGNED, -end, end, decimals)
    bare(ax, title)
    body = _alt.spelled(weights, decimals) or _alt.span(weights).capitalize()
    words = _alt.sentence(title, f"Kernel, {_alt.size(weights)}", body)
    return _alt.describe(ax, alt or words)


def show_kernels(
    kernels: Mapping[str, npt.ArrayLike] | Sequence[npt.ArrayLike] | npt.NDArray[Any],
    *,
    titles: Sequence[str] | None = None,
    title: str = "",
    columns: int | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw several kernels side by side, all on one colour scale. Returns the Figure.

    Shapes: kernels (N, KH, KW), or a list or a dict by name of kernels (KH, KW).

    >>> len(show_kernels({"left": [[1, 0]], "right": [[0, 1]]}).axes)
    2
    """
    if isinstance(kernels, Mapping):
        titles, kernels = titles or list(kernels), list(kernels.values())
    weights = [as_matrix("show_kernels", kernel) for kernel in kernels]
    names = as_titles("show_kernels", titles, len(weights))
    limit = max(signed_limit(kernel) if kernel.any() else 0.0 for kernel in weights) or 1.0
    rows, across = grid_shape(len(weights), columns, most=4)
    height, width = np.max([kernel.shape for kernel in weights], axis=0) * CELL
    figure, axes = panels(rows, across, max(width, 1.4) + 0.3, height + 0.6)
    for ax, kernel, name in zip(axes, weights, names, strict=False):
        show_kernel(kernel, ax=ax, title=name, limit=limit)
    for ax in axes[len(weights) :]:
        ax.remove()
    return titled(figure, title, alt)


def as_matrix(name: str, matrix: npt.ArrayLike) -> npt.NDArray[Any]:
    """A matrix (H, W) with room for its numbers; a row (W,) becomes (1, W)."""
    cells = np.atleast_2d(numbers(name, matrix, (1, 2), WANTED))
    if cells.shape[1] > MOST_COLUMNS:
        raise ShapeError(
            f"{name}: expected at most {MOST_COLUMNS} columns, so that the numbers can be read,"
            f" got {cells.shape[1]}. Fix: cut a part out, or use show_image."
        )
    return cells


def _grey_limits(cells: npt.NDArray[Any], value_range: Range | None) -> Range:
    if value_range is not None:
        return scale(cells, value_range)[:2]
    return 0.0, float(cells.max()) or 1.0
