"""Feature maps on one signed scale, and the windows of a kernel on an image."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import _alt
from cnnlab.plot._style import (
    INK,
    SIGNED,
    bare,
    grid_shape,
    headline,
    number_text,
    numbers,
    panels,
    signed_limit,
)
from cnnlab.plot.images import as_titles, titled
from cnnlab.plot.matrices import as_matrix, show_matrix

MOST_WINDOWS = 36


def show_feature_maps(
    maps: Sequence[npt.ArrayLike] | npt.NDArray[Any],
    *,
    titles: Sequence[str] | None = None,
    title: str = "",
    columns: int | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw feature maps side by side on one scale: white is zero, purple plus, orange minus.

    Shapes: maps (C, H, W), one sample of a layer's output, or (H, W), one map. Returns the Figure.

    >>> figure = show_feature_maps(np.zeros((3, 4, 5)))
    >>> len(figure.axes)                                # three maps and the colour scale
    4
    """
    planes = numbers("show_feature_maps", maps, (2, 3), "feature maps (C, H, W)")
    planes = planes[np.newaxis] if planes.ndim == 2 else planes
    names = as_titles("show_feature_maps", titles, len(planes))
    limit = signed_limit(planes)
    rows, across = grid_shape(len(planes), columns)
    width = min(2.6, 9 / across)
    height = width * planes.shape[1] / planes.shape[2] + 0.35 * bool(titles)
    figure, axes = panels(rows, across, width, max(height, 0.8))
    for n, (ax, plane) in enumerate(zip(axes, planes, strict=False)):
        shown = ax.imshow(plane, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")
        bare(ax, names[n])
        _alt.describe(ax, _alt.sentence(names[n], map_words(plane)))
    for ax in axes[len(planes) :]:
        ax.remove()
    bar = figure.colorbar(shown, ax=axes[: len(planes)], shrink=0.8, aspect=16)
    bar.ax.tick_params(labelcolor=INK, color=INK)
    return titled(figure, title, alt)


def show_windows(
    image: npt.ArrayLike,
    kernel_size: int | tuple[int, int],
    *,
    stride: int | tuple[int, int] = 1,
    title: str = "",
    value_range: tuple[float, float] | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw every window that a kernel sees: one panel for each number of the output, in its place.

    Shapes: image (H, W) gives floor((H - KH)/stride) + 1 rows of panels, likewise for the columns.
    Returns the Figure.

    Raises
    ------
    ShapeError
        The kernel is larger than the image, or there are more than 36 windows to draw.

    >>> len(show_windows(np.arange(12).reshape(3, 4), 2).axes)
    6
    """
    cells = as_matrix("show_windows", image)
    kh, kw = as_pair("kernel_size", kernel_size)
    sh, sw = as_pair("stride", stride)
    rows, columns = (cells.shape[0] - kh) // sh + 1, (cells.shape[1] - kw) // sw + 1
    if rows < 1 or columns < 1:
        raise ShapeError(
            f"show_windows: a {kh} x {kw} kernel does not fit into a"
            f" {cells.shape[0]} x {cells.shape[1]} image."
        )
    if rows * columns > MOST_WINDOWS:
        raise ShapeError(
            f"show_windows: {rows} x {columns} windows are too many to draw, at most {MOST_WINDOWS}"
            " fit. Fix: use a smaller image or a larger stride."
        )
    width = min(0.32 * cells.shape[1], 9.5 / columns)
    figure, axes = panels(rows, columns, width, width * cells.shape[0] / cells.shape[1])
    for ax, (i, j) in zip(axes, np.ndindex(rows, columns), strict=True):
        window = np.s_[i * sh : i * sh + kh, j * sw : j * sw + kw]
        show_matrix(cells, ax=ax, highlight=window, value_range=value_range)
    words = _alt.sentence(
        title,
        f"{rows * columns} windows of {kh} by {kw}, in {rows} rows and {columns} columns, on one"
        f" image. Each panel outlines one window",
        f"The image: matrix, {_alt.size(cells)}",
        _alt.spelled(cells) or _alt.span(cells).capitalize(),
    )
    headline(figure, title)
    return _alt.describe(figure, alt or words)


def as_pair(name: str, value: int | tuple[int, int]) -> tuple[int, int]:
    """One number for both axes, or one for each; 1 or more."""
    first, second = (value, value) if isinstance(value, (int, np.integer)) else value
    if first < 1 or second < 1:
        raise ArgumentError(f"{name} must be 1 or more, got {value}.")
    return int(first), int(second)


def map_words(plane: npt.NDArray[Any]) -> str:
    """Size, span and strongest place of a feature map."""
    first = f"Feature map, {_alt.size(plane)}, {_alt.span(plane)}"
    if not plane.any():
        return first
    i, j = np.argwhere(np.abs(plane) == np.abs(plane).max())[0]
    return f"{first}; strongest, {number_text(plane[i, j])}, at row {i + 1}, column {j + 1}"
