"""Text alternatives: what a drawing says to a reader who does not see it, from its data."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.plot._style import number_text

# Up to this many numbers are read out one by one; beyond, a summary serves better.
SPELL_OUT = 64

Drawing = TypeVar("Drawing", Axes, Figure)


def describe(drawing: Drawing, alt: str) -> Drawing:
    """Give an Axes or a Figure its text alternative, and return it.

    Use it for drawings made with matplotlib itself, so that they too reach the page with words.

    >>> from matplotlib.figure import Figure
    >>> alt_text(describe(Figure(), "A falling line."))
    'A falling line.'
    """
    drawing.cnnlab_alt = alt  # type: ignore[attr-defined]
    return drawing


def alt_text(drawing: Axes | Figure) -> str:
    """The text alternative of a drawing; of a figure without one, that of its panels.

    Empty when nothing in it was described.
    """
    own = getattr(drawing, "cnnlab_alt", "")
    if own or isinstance(drawing, Axes):
        return own
    parts = [text for ax in drawing.axes if (text := alt_text(ax))]
    if len(parts) < 2:
        return "".join(parts)
    return " ".join(f"Panel {n} of {len(parts)}: {text}" for n, text in enumerate(parts, 1))


def sentence(*parts: str) -> str:
    """Join the parts that say something, each closed by a full stop."""
    return " ".join(part if part[-1] in ".?!:" else part + "." for part in parts if part)


def size(array: npt.NDArray[Any]) -> str:
    """``3 rows by 1 column``."""
    rows, columns = array.shape[:2]
    return f"{rows} row{'s' * (rows != 1)} by {columns} column{'s' * (columns != 1)}"


def span(array: npt.NDArray[Any]) -> str:
    """``values 0 to 255``, or ``all values 3``."""
    low, high = number_text(array.min()), number_text(array.max())
    return f"values {low} to {high}" if low != high else f"all values {low}"


def spelled(array: npt.NDArray[Any], decimals: int = 2) -> str:
    """The numbers, row by row, where they are few; nothing where they are many."""
    if array.size > SPELL_OUT:
        return ""
    rows = [", ".join(number_text(value, decimals) for value in row) for row in array]
    if len(rows) == 1:
        return f"The numbers: {rows[0]}."
    return " ".join(f"Row {n}: {row}." for n, row in enumerate(rows, 1))


def where(array: npt.NDArray[Any]) -> str:
    """In which ninth of the picture it is brightest and darkest: ``brightest at the top left``."""
    if min(array.shape) < 3 or array.min() == array.max():
        return ""
    thirds = [np.array_split(band, 3, axis=1) for band in np.array_split(array, 3, axis=0)]
    means = np.array([[block.mean() for block in band] for band in thirds])
    across = ("left", "middle", "right")
    names = [f"{row} {column}" for row in ("top", "middle", "bottom") for column in across]
    names[4] = "centre"
    bright, dark = names[means.argmax()], names[means.argmin()]
    return f"Brightest at the {bright}, darkest at the {dark}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
