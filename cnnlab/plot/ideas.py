"""Pictures of ideas: bars with numbers, the wires of a layer, the clock of an integer type."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyArrowPatch

from cnnlab.errors import ArgumentError
from cnnlab.plot import _alt
from cnnlab.plot._style import BLUE, FRAME, GREEN, INK, ORANGE, new_axes, number_text, numbers

# The weights of one window keep their colour and their line style wherever they are used again.
WIRES = ((BLUE, "-"), (ORANGE, "--"), (GREEN, ":"))


def show_bars(
    values: npt.ArrayLike,
    labels: Sequence[str] | None = None,
    *,
    ax: Axes | None = None,
    title: str = "",
    log: bool = False,
    mark: int | None = None,
    decimals: int = 2,
    alt: str | None = None,
) -> Axes:
    """Draw one horizontal bar a value, the number beside it, the first value on top.

    Shapes: values (N,).

    Parameters
    ----------
    log
        Equal steps multiply: for numbers of very different size, all above zero.
    mark
        The bar to draw in another colour and with a star, counted from 0.

    >>> len(show_bars([3, 1], ["cat", "dog"]).patches)
    2
    """
    lengths = numbers("show_bars", values, (1,), "one row of values (N,)")
    names = list(labels) if labels is not None else [str(n) for n in range(len(lengths))]
    if len(names) != len(lengths):
        raise ArgumentError(f"show_bars: expected {len(lengths)} labels, got {len(names)}.")
    if log and lengths.min() <= 0:
        raise ArgumentError("show_bars: log=True needs values above 0.")
    ax = ax or new_axes(6.4, 0.34 * len(lengths) + 0.7)
    colours = [ORANGE if n == mark else BLUE for n in range(len(lengths))]
    bars = ax.barh(range(len(lengths)), lengths, color=colours, height=0.7, tick_label=names)
    texts = [
        f"{value:,.0f}" if abs(value) >= 1e4 else number_text(value, decimals) for value in lengths
    ]
    shown = [text.replace("-", "\u2212") for text in texts]
    if mark is not None:
        shown[mark] += " ★"
    ax.bar_label(bars, shown, padding=4, color=INK)
    ax.margins(x=0.18)
    ax.invert_yaxis()
    if log:
        ax.set_xscale("log")
    else:
        ax.axvline(0, color=FRAME, linewidth=0.8)
    ax.set(title=title, xticks=[])
    ax.minorticks_off()
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelcolor=INK)
    said = [f"{name} {text}" for name, text in zip(names, texts, strict=True)]
    return _alt.describe(ax, alt or _alt.sentence(title, "Bars: " + ", ".join(said)))


def show_connections(
    pixels: int,
    units: int | None = None,
    *,
    window: int | None = None,
    shared: bool = False,
    ax: Axes | None = None,
    title: str = "",
    alt: str | None = None,
) -> Axes:
    """Draw the wires of a layer on one row of pixels.

    Without ``window`` every unit sees every pixel. With it, unit n sees the pixels from n on, and
    there are pixels - window + 1 units. ``shared`` draws equal weights alike: one colour and line
    style for each place in the window.

    >>> ax = show_connections(8, window=3, shared=True)
    >>> len(ax.collections[0].get_segments())           # 6 units with 3 wires each
    18
    """
    if pixels < 1 or (units or 1) < 1 or not 1 <= (window or 1) <= pixels:
        raise ArgumentError(
            f"show_connections: {pixels} pixels, {units} units and a window of {window} do not fit."
        )
    if window is not None:
        units = pixels - window + 1
    units = pixels if units is None else units
    reach = pixels if window is None else window
    wires = [(unit, place) for unit in range(units) for place in range(reach)]
    ax = ax or new_axes(3.2, 2.4)
    shift = (pixels - units) / 2
    offset = [unit if window is not None else 0 for unit, _ in wires]
    lines = [
        [(unit + shift, 1.0), (start + place, 0.0)]
        for (unit, place), start in zip(wires, offset, strict=True)
    ]
    looks = [WIRES[place % 3] if shared else (FRAME, "-") for _, place in wires]
    colours, styles = zip(*looks, strict=True)
    ax.add_collection(LineCollection(lines, colors=colours, linestyles=styles, linewidths=1.4))
    ax.plot(np.arange(pixels), np.zeros(pixels), "s", color=INK, markersize=11)
    ax.plot(np.arange(units) + shift, np.ones(units), "o", color=BLUE, markersize=11)
    ax.set(xlim=(-0.6, pixels - 0.4), ylim=(-0.2, 1.2), title=title)
    ax.set_axis_off()
    weights = reach if shared else units * reach
    wired = f"each wired to {'all of them' if window is None else f'{reach} neighbours'}"
    words = f"{pixels} pixels below, {units} units above, {wired}; {weights} different weights"
    return _alt.describe(ax, alt or _alt.sentence(title, words))


def show_wraparound(
    start: int, step: int, *, ax: Axes | None = None, title: str = "", alt: str | None = None
) -> Axes:
    """Draw uint8 arithmetic as a clock with 256 hours: from ``start`` go ``step`` on.

    >>> ax = show_wraparound(200, 100)
    >>> ax.texts[-1].get_text()
    '44'
    """
    if not (0 <= start <= 255 and -255 <= step <= 255):
        raise ArgumentError("show_wraparound: start must be 0 to 255 and step -255 to 255.")
    end = (start + step) % 256
    ax = ax or new_axes(3.6, 3.6)
    circle = _on_clock(np.linspace(0, 256, 257))
    ax.plot(*circle.T, color=FRAME, linewidth=1.5)
    for hour in range(0, 256, 32):
        ax.plot(*_on_clock(hour), "o", color=FRAME, markersize=4)
        _write(ax, str(hour), _on_clock(hour, 0.8), color="#555555")
    path = _on_clock(np.linspace(start, start + step, 100), 1.1)
    ax.plot(*path.T, color=ORANGE, linewidth=3)
    head = FancyArrowPatch(path[-6], path[-1], arrowstyle="-|>", mutation_scale=22, color=ORANGE)
    ax.add_patch(head)
    for value, colour in ((start, INK), (end, ORANGE)):
        ax.plot(*_on_clock(value), "o", color=colour, markersize=9)
        _write(ax, str(value), _on_clock(value, 1.28), weight="bold")
    ax.set(xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), aspect="equal", title=title)
    ax.set_axis_off()
    wraps = "past 255 and round to" if start + step > 255 else "below 0 and round to"
    crossing = "to" if 0 <= start + step <= 255 else wraps
    words = f"A clock face with the numbers 0 to 255. From {start}, {abs(step)} steps"
    words += f" {'on' if step >= 0 else 'back'} lead {crossing} {end}"
    return _alt.describe(ax, alt or _alt.sentence(title, words))


def _on_clock(value: npt.ArrayLike, radius: float = 1.0) -> npt.NDArray[np.float64]:
    """Where a number stands on the face, (x, y): 0 on top, then clockwise."""
    angle = np.asarray(value) / 256 * 2 * np.pi
    return radius * np.stack([np.sin(angle), np.cos(angle)], axis=-1)


def _write(ax: Axes, text: str, place: npt.NDArray[np.float64], **style: Any) -> None:
    x, y = place
    ax.text(x, y, text, ha="center", va="center", **{"color": INK, **style})
