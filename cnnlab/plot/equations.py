"""Equations made of matrices."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError
from cnnlab.plot import _alt
from cnnlab.plot._cells import CELL
from cnnlab.plot._style import INK, add_axes, blank, headline
from cnnlab.plot.images import Range, as_titles
from cnnlab.plot.matrices import as_matrix, show_kernel, show_matrix


def show_equation(
    *parts: Any,
    kernels: Sequence[int] = (),
    titles: Sequence[str] | None = None,
    highlight: Sequence[Any] | None = None,
    value_range: Range | None = None,
    title: str = "",
    decimals: int = 2,
    alt: str | None = None,
) -> Figure:
    """Draw matrices with the signs between them: ``show_equation(a, "+", b, "=", a + b)``.

    Returns the Figure.

    Parameters
    ----------
    parts
        Matrices (H, W), rows (W,) and numbers; strings are the signs between them.
    kernels
        Which of the matrices are weights, to be drawn as by `show_kernel`: 0 is the first one.
    titles, highlight
        One for each matrix, signs not counted; None highlights nothing.
    value_range
        The numbers to draw black and white in all matrices that are not kernels, so that a pixel
        keeps its shade from one to the next. Each has its own scale otherwise.

    >>> alt_text = show_equation([[1, 2]], "+", [[3, 4]], "=", [[4, 6]]).cnnlab_alt
    >>> print(alt_text[:76])
    Matrix, 1 row by 2 columns. The numbers: 1, 2. + Matrix, 1 row by 2 columns.
    """
    cells = [part if isinstance(part, str) else _boxed(part) for part in parts]
    matrices = [n for n, part in enumerate(cells) if not isinstance(part, str)]
    names = dict(zip(matrices, as_titles("show_equation", titles, len(matrices)), strict=True))
    marks = dict(zip(matrices, _marks(highlight, len(matrices)), strict=True))
    weights = {matrices[n] for n in kernels}
    figure, axes = _row_of_axes(cells, title, bool(titles))
    for n, (ax, part) in enumerate(zip(axes, cells, strict=True)):
        if isinstance(part, str):
            _sign(ax, part)
        elif n in weights:
            show_kernel(part, ax=ax, title=names[n], decimals=decimals)
        else:
            look: dict[str, Any] = {"value_range": value_range, "decimals": decimals}
            show_matrix(part, ax=ax, title=names[n], highlight=marks[n], **look)
    headline(figure, title)
    words = " ".join(_alt.alt_text(ax) for ax in axes)
    return _alt.describe(figure, alt or _alt.sentence(title, words))


def _marks(highlight: Sequence[Any] | None, count: int) -> Sequence[Any]:
    """One highlight for each matrix."""
    if highlight is not None and len(highlight) != count:
        raise ArgumentError(f"highlight: expected {count} entries, got {len(highlight)}.")
    return highlight or [None] * count


def _boxed(part: npt.ArrayLike) -> npt.NDArray[Any]:
    return as_matrix("show_equation", np.atleast_1d(part))


def _row_of_axes(cells: Sequence[Any], title: str, titles: bool) -> tuple[Figure, list[Axes]]:
    """Axes in one row, all cells of one size in inches, whatever the matrices' shapes."""
    shapes = [(1, _letters(part)) if isinstance(part, str) else part.shape for part in cells]
    room = [
        columns if isinstance(p, str) else max(columns, 1.6)
        for p, (_, columns) in zip(cells, shapes, strict=True)
    ]
    cell = min(CELL, 9.5 / sum(room))
    tallest = max(rows for rows, _ in shapes)
    width = sum(room) * cell + 0.2
    height = tallest * cell + 0.2 + 0.3 * titles + 0.3 * bool(title)
    figure = blank(width, height)
    axes = []
    for n, (rows, columns) in enumerate(shapes):
        left = 0.1 + (sum(room[:n]) + (room[n] - columns) / 2) * cell
        bottom = 0.1 + (tallest - rows) / 2 * cell
        box = (left / width, bottom / height, columns * cell / width, rows * cell / height)
        axes.append(add_axes(figure, box))
    return figure, axes


def _letters(sign: str) -> float:
    """The width of a sign, in cells: ``and`` needs more room than ``+``."""
    return max(1.0, 0.6 + 0.3 * len(sign))


def _sign(ax: Axes, sign: str) -> None:
    ax.set_axis_off()
    place: dict[str, Any] = {"ha": "center", "va": "center", "transform": ax.transAxes}
    cell = ax.get_window_extent().width / ax.figure.dpi / _letters(sign)
    ax.text(0.5, 0.5, sign, fontsize=18 * cell / CELL, color=INK, **place)
    _alt.describe(ax, sign)
