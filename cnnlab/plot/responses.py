"""An image beside what kernels found in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError
from cnnlab.plot import _alt
from cnnlab.plot._cells import outline
from cnnlab.plot._style import (
    BLUE,
    INK,
    PAPER,
    SIGNED,
    bare,
    grid_shape,
    headline,
    number_text,
    numbers,
    signed_limit,
)
from cnnlab.plot.images import Range, as_image, as_titles, show_image
from cnnlab.plot.maps import as_pair, map_words

INCHES = 9.4  # the width of the whole figure
TALLEST = 4.2


def show_responses(
    image: npt.ArrayLike,
    maps: Sequence[npt.ArrayLike] | npt.NDArray[Any],
    *,
    kernel_size: int | tuple[int, int] | None = None,
    titles: Sequence[str] | None = None,
    title: str = "",
    columns: int | None = None,
    value_range: Range | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw an image and, beside it, its feature maps on one scale: white is zero.

    Shapes: image (H, W) or (H, W, 3); maps (C, OH, OW), or (OH, OW) for one map. Returns the
    Figure.

    Parameters
    ----------
    kernel_size
        The kernel's height and width, or one number for both. Given, the largest response of each
        map is marked, and its window is outlined in the image (stride 1, no padding). Several
        windows are numbered.
    titles
        One for the image and one for each map.
    value_range
        The numbers to draw black and white in the image, as in `show_image`.

    Raises
    ------
    ArgumentError
        Maps that are not of the size that ``kernel_size`` gives.

    >>> figure = show_responses(np.eye(4), np.eye(3), kernel_size=2, titles=["image", "found"])
    >>> len(figure.axes)                                # the image, one map, the colour scale
    3
    """
    planes = numbers("show_responses", maps, (2, 3), "feature maps (C, OH, OW)")
    planes = planes[np.newaxis] if planes.ndim == 2 else planes
    pixels = as_image("show_responses", image)
    names = as_titles("show_responses", titles, len(planes) + 1)
    span = None if kernel_size is None else _span(pixels.shape, planes.shape, kernel_size)
    figure, first, others = _axes(pixels.shape, planes.shape, columns)
    show_image(pixels, ax=first, title=names[0], value_range=value_range)
    words = [_alt.alt_text(first)]
    limit = signed_limit(planes)
    for n, (ax, plane) in enumerate(zip(others, planes, strict=True)):
        shown = ax.imshow(plane, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="nearest")
        bare(ax, names[n + 1])
        words.append(_alt.sentence(names[n + 1], map_words(plane)))
        if span is not None:
            label = str(n + 1) if len(planes) > 1 else ""
            words[-1] += " " + _mark(first, ax, pixels.shape, plane, span, label)
    bar = figure.colorbar(shown, ax=others, shrink=0.8, aspect=16)
    bar.ax.tick_params(labelcolor=INK, color=INK)
    headline(figure, title)
    return _alt.describe(figure, alt or _alt.sentence(title, " ".join(words)))


def _axes(
    image: tuple[int, ...], maps: tuple[int, ...], columns: int | None
) -> tuple[Figure, Axes, list[Axes]]:
    """The image's Axes on the left, as tall as the grid of the maps' Axes on the right."""
    rows, across = grid_shape(maps[0], columns, most=3)
    grid_width = across * maps[2] / (rows * maps[1])  # for a height of 1
    image_width = image[1] / image[0]
    height = min(TALLEST, (INCHES - 1.2) / (grid_width + image_width))
    width = height * (grid_width + image_width) + 1.2
    figure = plt.figure(figsize=(width, height + 0.6), facecolor="white", layout="compressed")
    with plt.rc_context(PAPER):
        ratios = [image_width * across / grid_width, *[1.0] * across]
        grid = figure.add_gridspec(rows, across + 1, width_ratios=ratios)
        first = figure.add_subplot(grid[:, 0])
        others = [figure.add_subplot(grid[n // across, n % across + 1]) for n in range(maps[0])]
    return figure, first, others


def _span(
    image: tuple[int, ...], maps: tuple[int, ...], kernel_size: int | tuple[int, int]
) -> tuple[int, int]:
    """The kernel's height and width, if the maps are what it makes of the image."""
    kh, kw = as_pair("kernel_size", kernel_size)
    wanted = (image[0] - kh + 1, image[1] - kw + 1)
    if maps[1:] != wanted:
        raise ArgumentError(
            f"show_responses: a {kh} x {kw} kernel makes maps of {wanted[0]} x {wanted[1]} from"
            f" this image, got {maps[1]} x {maps[2]}. Fix: leave kernel_size out, or give the"
            " one that made the maps."
        )
    return kh, kw


def _mark(
    first: Axes,
    ax: Axes,
    image: tuple[int, ...],
    plane: npt.NDArray[Any],
    span: tuple[int, int],
    label: str,
) -> str:
    """Ring the largest response, outline its window in the image. Returns the words for it."""
    i, j = np.unravel_index(plane.argmax(), plane.shape)
    for colour, edge in (("white", 5.0), (BLUE, 2.5)):
        ax.plot(j, i, "o", markersize=14, fillstyle="none", color=colour, markeredgewidth=edge)
    window = np.s_[i : i + span[0], j : j + span[1]]
    said = outline(first, image[:2], window)
    if label:
        box = {"boxstyle": "circle,pad=0.15", "facecolor": BLUE, "edgecolor": "white"}
        first.text(j - 0.5, i - 0.5, label, color="white", ha="center", va="center", bbox=box)
    best = number_text(plane[i, j])
    return f"The largest response, {best}, is ringed. {said} in the image."
