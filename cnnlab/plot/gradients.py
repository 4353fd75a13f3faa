"""Pictures of learning: a graph of small calculations, and paths down a loss surface."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import _alt
from cnnlab.plot._style import (
    BLUE,
    FRAME,
    INK,
    ORANGE,
    grid_shape,
    new_axes,
    number_text,
    numbers,
    panels,
)
from cnnlab.plot.images import Range, titled

Graph = Mapping[str, Sequence[str]]


def show_graph(
    graph: Graph,
    values: Mapping[str, float] | None = None,
    gradients: Mapping[str, float] | None = None,
    *,
    ax: Axes | None = None,
    title: str = "",
    decimals: int = 3,
    alt: str | None = None,
) -> Axes:
    """Draw a calculation as a graph: what goes in on the left, the result on the right.

    Parameters
    ----------
    graph
        The nodes and what each is made of, in order; what goes in is made of nothing: ``()``.
    values
        The numbers of the forward pass, written inside the nodes they are given for.
    gradients
        Those of the backward pass, written below the nodes, with an arrow that points back.

    >>> ax = show_graph({"x": (), "w": (), "x·w": ("x", "w")}, {"x": 2, "w": 3, "x·w": 6})
    >>> [text.get_text() for text in ax.texts]
    ['x\\n2', 'w\\n3', 'x·w\\n6']
    """
    places = _places(graph)
    values, gradients = values or {}, gradients or {}
    unknown = (set(values) | set(gradients)) - set(graph)
    if unknown:
        raise ArgumentError(f"show_graph: {sorted(unknown)} are no nodes; there are {list(graph)}.")
    across, down = np.max(list(places.values()), axis=0) + 1
    ax = ax or new_axes(1.35 * across + 0.2, 0.78 * down + 0.4 * bool(title))
    for name, parts in graph.items():
        for part in parts:
            ax.plot(*zip(places[part], places[name], strict=True), color=FRAME, zorder=0)
    box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": INK}
    for name, (x, y) in places.items():
        number = f"\n{_number(values[name], decimals)}" if name in values else ""
        middle: dict[str, Any] = {"ha": "center", "va": "center", "color": INK}
        ax.text(x, y, name + number, bbox=box, linespacing=1.35, **middle)
        if name in gradients:
            slope = f"◀ {_number(gradients[name], decimals)}"
            ax.text(x, y + 0.42, slope, ha="center", va="top", color=BLUE, weight="bold")
    ax.set(xlim=(-0.5, across - 0.5), ylim=(down - 0.25, -0.5), title=title)
    ax.set_axis_off()
    return _alt.describe(ax, alt or _graph_words(graph, values, gradients, title, decimals))


def _places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Each node one column right of the last of its parts, at the mean of their heights."""
    found: dict[str, tuple[float, float]] = {}
    for name, parts in graph.items():
        missing = [part for part in parts if part not in found]
        if missing:
            raise ArgumentError(f"show_graph: {name!r} is made of {missing}, which come later.")
        if parts:
            columns, rows = zip(*(found[part] for part in parts), strict=True)
            found[name] = (max(columns) + 1, float(np.mean(rows)))
        else:
            found[name] = (0, sum(1 for x, _ in found.values() if x == 0))
    return found


def _number(value: float, decimals: int) -> str:
    return number_text(value, decimals).replace("-", "\u2212")


def _graph_words(
    graph: Graph,
    values: Mapping[str, float],
    gradients: Mapping[str, float],
    title: str,
    decimals: int,
) -> str:
    nodes = []
    for name, parts in graph.items():
        words = [f"{name} from {_alt.listed(list(parts))}" if parts else name]
        for kind, found in (("value", values), ("gradient", gradients)):
            if name in found:
                words.append(f"{kind} {number_text(found[name], decimals)}")
        nodes.append(", ".join(words))
    return _alt.sentence(title, "Graph, left to right: " + "; ".join(nodes))


def show_paths(
    loss: Callable[..., Any],
    paths: Mapping[str, npt.ArrayLike],
    *,
    x_range: Range,
    y_range: Range,
    columns: int | None = None,
    title: str = "",
    alt: str | None = None,
) -> Figure:
    """Draw ways of two weights over a map of the loss, one panel a path. Returns the Figure.

    Lines join places of equal loss. A path begins at its square; a cross marks the lowest place
    of the map. Steps that leave the map are not drawn.

    Shapes: each path (T, 2).

    Parameters
    ----------
    loss
        A function of two arrays, the weights, that works number by number.
    x_range, y_range
        The first and the last value of each weight.

    >>> bowl = show_paths(lambda a, b: a**2 + b**2, {"down": [[2, 2], [1, 1]]},
    ...                   x_range=(-3, 3), y_range=(-3, 3))
    >>> bowl.cnnlab_alt
    'down: 1 step from (2, 2) to (1, 1), loss from 8 to 2.'
    """
    a, b = np.meshgrid(np.linspace(*x_range, 121), np.linspace(*y_range, 121))
    heights = numbers("show_paths", loss(a, b), (2,), "a loss for each pair of weights")
    levels = np.quantile(heights, np.linspace(0, 1, 12) ** 2)[1:-1]
    lowest = np.unravel_index(heights.argmin(), heights.shape)
    rows, across = grid_shape(len(paths), columns, most=3)
    figure, axes = panels(rows, across, 3.2, 3.0)
    words = []
    for ax, (name, path) in zip(axes, paths.items(), strict=False):
        steps = numbers("show_paths", path, (2,), "a path (T, 2)")
        if steps.shape[1] != 2:
            raise ShapeError(f"show_paths: expected a path (T, 2), got shape {steps.shape}.")
        ax.contour(a, b, heights, levels=np.unique(levels), colors=FRAME, linewidths=0.7)
        ax.plot(a[lowest], b[lowest], "x", color=INK, markersize=9, markeredgewidth=2)
        ax.plot(*steps.T, "o-", color=BLUE, markersize=3.5, linewidth=1.2)
        ax.plot(*steps[0], "s", color=ORANGE, markersize=8)
        ax.set(xlim=x_range, ylim=y_range, title=name)
        words.append(_path_words(name, steps, np.asarray(loss(*steps.T)), x_range, y_range))
    for ax in axes[len(paths) :]:
        ax.remove()
    return titled(figure, title, alt or _alt.sentence(title, *words))


def _path_words(
    name: str,
    path: npt.NDArray[Any],
    loss: npt.NDArray[Any],
    x_range: Range,
    y_range: Range,
) -> str:
    low, high = np.array([x_range, y_range]).T
    steps = f"{len(path) - 1} step{'s' * (len(path) != 2)}"
    start, end = (f"({number_text(x)}, {number_text(y)})" for x, y in (path[0], path[-1]))
    leaves = "" if ((path >= low) & (path <= high)).all() else ", leaving the map"
    change = f"loss from {number_text(loss[0])} to {number_text(loss[-1])}"
    return f"{name}: {steps} from {start} to {end}{leaves}, {change}"
