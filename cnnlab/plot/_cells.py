"""The cells of a drawn matrix: colours, numbers, edges, and the outline of a highlight."""

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cnnlab.errors import ArgumentError
from cnnlab.plot import _alt
from cnnlab.plot._style import BLUE, FRAME, new_axes, number_text, text_colour

CELL = 0.5


def draw_cells(
    cells: npt.NDArray[Any], ax: Axes | None, cmap: Any, low: float, high: float, decimals: int
) -> Axes:
    """The coloured cells and the numbers in them."""
    height, width = cells.shape
    cell = min(CELL, 9.5 / width)
    ax = ax or new_axes(max(width * cell, 1.4) + 0.2, max(height * cell, 0.4) + 0.4)
    shown = ax.imshow(cells.astype(float), cmap=cmap, vmin=low, vmax=high, interpolation="nearest")
    texts = [
        [number_text(value, decimals).replace("-", "\u2212") for value in row] for row in cells
    ]
    size = _font_size(ax, cells.shape, max(len(text) for row in texts for text in row))
    tones = shown.to_rgba(cells)
    for i, j in np.ndindex(height, width):
        colour = text_colour(tones[i, j])
        ax.text(j, i, texts[i][j], ha="center", va="center", fontsize=size, color=colour)
    lines = [[(j - 0.5, -0.5), (j - 0.5, height - 0.5)] for j in range(1, width)]
    lines += [[(-0.5, i - 0.5), (width - 0.5, i - 0.5)] for i in range(1, height)]
    ax.add_collection(LineCollection(lines, colors=FRAME, linewidths=0.6), autolim=False)
    return ax


def _font_size(ax: Axes, shape: tuple[int, ...], longest: int) -> float:
    """The largest size, in points, at which the longest number fits its cell."""
    box = ax.get_window_extent()
    points = 72 / ax.figure.dpi
    cell = min(box.width / shape[1], box.height / shape[0]) * points
    return float(np.clip(0.9 * cell / (0.6 * max(longest, 2)), 4, 13))


def number_edges(ax: Axes, shape: tuple[int, ...]) -> None:
    ax.set(xticks=range(shape[1]), yticks=range(shape[0]))
    ax.tick_params(length=0, labelsize=10, labelcolor=BLUE, top=True, bottom=False)
    ax.tick_params(labeltop=True, labelbottom=False)


def outline(ax: Axes, shape: tuple[int, ...], highlight: Any) -> str:
    """A thick line around the highlighted cells. Returns the words for it."""
    if highlight is None:
        return ""
    mask = np.zeros(shape, dtype=bool)
    try:
        mask[highlight] = True
    except (IndexError, TypeError, ValueError) as error:
        raise ArgumentError(
            f"highlight: {highlight!r} is no index of a {shape[0]} x {shape[1]} matrix."
            " Fix: write it as np.s_[0:2, 1:3]."
        ) from error
    for colour, width in (("white", 6.0), (BLUE, 3.5)):
        lines = LineCollection(_borders(mask), colors=colour, linewidths=width)
        lines.set(capstyle="projecting", clip_on=False)
        ax.add_collection(lines, autolim=False)
    return _marked_words(mask)


def _borders(mask: npt.NDArray[np.bool_]) -> list[list[tuple[float, float]]]:
    """The cell edges between a marked cell and one that is not."""
    padded = np.pad(mask, 1)
    lines = []
    for i, j in np.argwhere(padded[1:, :] != padded[:-1, :]):
        lines.append([(j - 1.5, i - 0.5), (j - 0.5, i - 0.5)])
    for i, j in np.argwhere(padded[:, 1:] != padded[:, :-1]):
        lines.append([(j - 0.5, i - 1.5), (j - 0.5, i - 0.5)])
    return lines


def _marked_words(mask: npt.NDArray[np.bool_]) -> str:
    if not mask.any():
        return ""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) + 1 for axis in (1, 0))
    if mask.sum() == len(rows) * len(columns):
        return f"Outlined: {_run('row', rows)}, {_run('column', columns)}"
    cells = [f"row {i + 1} column {j + 1}" for i, j in np.argwhere(mask)]
    return f"Outlined: {_alt.listed(cells)}"


def _run(word: str, places: npt.NDArray[np.intp]) -> str:
    first, last = places[0], places[-1]
    if len(places) == 1:
        return f"{word} {first}"
    if last - first + 1 == len(places):
        return f"{word}s {first} to {last}"
    return f"{word}s {_alt.listed([str(place) for place in places])}"
