"""What all drawings share: colours, scales, new figures, and the test of what may be drawn."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError


def _signed() -> LinearSegmentedColormap:
    """Orange for minus, purple for plus (PuOr), with its pale middle made exactly white."""
    tones = colormaps["PuOr"](np.linspace(0, 1, 11))
    tones[5] = (1, 1, 1, 1)
    return LinearSegmentedColormap.from_list("signed", tones, N=257)


SIGNED = _signed()
INK = "#1a1a1a"
FRAME = "#8a8a8a"
# Okabe and Ito's palette, which colour-blind readers can tell apart.
BLUE, ORANGE, GREEN, YELLOW = "#0072b2", "#d55e00", "#009e73", "#f0e442"

# White paper and dark ink, whatever theme the page or the reader's rcParams have.
PAPER: dict[Any, Any] = {
    "axes.facecolor": "white",
    "axes.edgecolor": FRAME,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "font.size": 11,
    "axes.titlesize": 12,
}


def new_axes(width: float, height: float) -> Axes:
    """One Axes on white paper, size in inches."""
    return panels(1, 1, width, height)[1][0]


def panels(rows: int, columns: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    """A figure of rows x columns Axes, each about width x height inches, row by row."""
    figure = blank(columns * width, rows * height)
    figure.set_layout_engine("compressed")
    with plt.rc_context(PAPER):
        grid = figure.subplots(rows, columns, squeeze=False)
    return figure, list(grid.flat)


def blank(width: float, height: float) -> Figure:
    """White paper, size in inches.

    Made outside the rc context: the first figure of a session loads pyplot's backend, which sets
    rcParams that must stay.
    """
    return plt.figure(figsize=(width, height), facecolor="white")


def add_axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """An Axes at (left, bottom, width, height), as parts of the figure."""
    with plt.rc_context(PAPER):
        return figure.add_axes(box)


def headline(figure: Figure, title: str) -> None:
    """A title over all panels."""
    if title:
        figure.suptitle(title, color=INK, fontsize=13)


def grid_shape(count: int, columns: int | None, most: int = 6) -> tuple[int, int]:
    """Rows and columns for ``count`` panels."""
    if columns is not None and columns < 1:
        raise ArgumentError(f"columns must be 1 or more, got {columns}.")
    across = min(columns or most, count)
    return -(-count // across), across


def numbers(name: str, value: Any, ranks: Sequence[int], wanted: str) -> npt.NDArray[Any]:
    """``value`` as an array of finite numbers with one of the ``ranks``, or a clear error."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ShapeError(f"{name}: expected {wanted}, got rows of different lengths.") from error
    if array.dtype.kind not in "biuf":
        raise ArgumentError(f"{name}: expected numbers, got dtype {array.dtype}.")
    if array.ndim not in ranks or array.size == 0:
        raise ShapeError(f"{name}: expected {wanted}, got shape {array.shape}.{_remedy(array)}")
    if not np.isfinite(array).all():
        bad = int((~np.isfinite(array)).sum())
        raise ArgumentError(f"{name}: {bad} of {array.size} values are NaN or infinite.")
    return array


def _remedy(array: npt.NDArray[Any]) -> str:
    return " Fix: choose one of them first, for example array[0]." if array.ndim > 2 else ""


def signed_limit(array: npt.NDArray[Any]) -> float:
    """The end of a scale that is centred at zero."""
    return float(np.abs(array.astype(float)).max()) or 1.0


def number_text(value: float, decimals: int = 2) -> str:
    """At most ``decimals`` places, no trailing zeros: 3, 0.25, -1.5."""
    text = f"{float(value):.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_colour(rgba: npt.NDArray[Any]) -> str:
    """Black on a light cell, white on a dark one (relative luminance of WCAG 2)."""
    rgb = rgba[:3]
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return "black" if linear @ (0.2126, 0.7152, 0.0722) > 0.179 else "white"


def bare(ax: Axes, title: str = "") -> None:
    """No ticks, a thin frame, the title."""
    ax.set(xticks=[], yticks=[], title=title)
    for spine in ax.spines.values():
        spine.set(color=FRAME, linewidth=0.8)
