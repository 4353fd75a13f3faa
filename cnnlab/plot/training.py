"""Pictures of a training: curves of loss and accuracy, guesses, the sizes of gradients."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.plot import _alt
from cnnlab.plot._style import (
    BLUE,
    FRAME,
    GREEN,
    INK,
    ORANGE,
    grid_shape,
    new_axes,
    number_text,
    numbers,
    panels,
)
from cnnlab.plot.images import Range, show_image, titled

# Runs are told apart by colour and by marker.
LOOKS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (INK, "D"))


class History(Protocol):
    """What `cnnlab.nn.fit` returns: one number an epoch in each list."""

    loss: list[float]
    accuracy: list[float]
    validation_loss: list[float]
    validation_accuracy: list[float]


def show_history(
    history: History | Mapping[str, History], *, title: str = "", alt: str | None = None
) -> Figure:
    """Draw loss and accuracy, epoch by epoch. Returns the Figure.

    A full line is the training set, a dashed one the validation set, where there is one.

    Parameters
    ----------
    history
        What `cnnlab.nn.fit` returned; or several of them, by name, to compare runs.

    Raises
    ------
    ArgumentError
        No run, or a run that has not finished one epoch.

    >>> from types import SimpleNamespace
    >>> run = SimpleNamespace(loss=[2.3, 0.5], accuracy=[0.1, 0.9],
    ...                       validation_loss=[], validation_accuracy=[])
    >>> show_history(run).cnnlab_alt
    'Loss over 2 epochs: training from 2.3 to 0.5. Accuracy: training from 0.1 to 0.9.'
    """
    runs: Mapping[str, History] = history if isinstance(history, Mapping) else {"": history}
    if not runs or not all(run.loss for run in runs.values()):
        raise ArgumentError("show_history: there is no finished epoch to draw.")
    figure, axes = panels(1, 2, 4.6, 3.2)
    words = []
    for ax, kind in zip(axes, ("loss", "accuracy"), strict=True):
        curves = [
            (name, side, getattr(run, prefix + kind), look)
            for (name, run), look in zip(runs.items(), cycle(LOOKS))  # noqa: B905
            for side, prefix in (("training", ""), ("validation", "validation_"))
            if getattr(run, prefix + kind)
        ]
        for name, side, curve, (colour, marker) in curves:
            _draw_curve(ax, f"{name} {side}".strip(), curve, colour, marker, side)
        ax.set(title=kind, xlabel="epoch")
        ax.set_ylim(bottom=0) if kind == "loss" else ax.set_ylim(top=1)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(color=FRAME, alpha=0.25)
        words.append(_history_words(kind, curves))
    axes[0].legend(labelcolor=INK, facecolor="white", edgecolor=FRAME, fontsize=9)
    return titled(figure, title, alt or _alt.sentence(title, *words))


def _draw_curve(
    ax: Axes, label: str, curve: Sequence[float], colour: str, marker: str, side: str
) -> None:
    line, face = ("-", colour) if side == "training" else ("--", "white")
    epochs = range(1, len(curve) + 1)
    every = max(1, len(curve) // 12)
    ax.plot(epochs, curve, line, color=colour, marker=marker, markerfacecolor=face,
            markersize=5, markevery=every, label=label)  # fmt: skip


def _history_words(kind: str, curves: Sequence[tuple[str, str, list[float], Any]]) -> str:
    longest = max(len(curve) for _, _, curve, _ in curves)
    span = f" over {longest} epoch{'s' * (longest != 1)}" if kind == "loss" else ""
    best = min if kind == "loss" else max
    said = []
    for name, side, curve, _ in curves:
        text = f"{name} {side}".strip()
        text += f" from {number_text(curve[0], 3)} to {number_text(curve[-1], 3)}"
        peak = best(curve)
        if number_text(peak, 3) not in (number_text(curve[0], 3), number_text(curve[-1], 3)):
            extreme = "lowest" if kind == "loss" else "highest"
            text += f" ({extreme}, {number_text(peak, 3)}, in epoch {curve.index(peak) + 1})"
        said.append(text)
    return f"{kind.capitalize()}{span}: {'; '.join(said)}"


def show_predictions(
    images: Sequence[npt.ArrayLike] | npt.NDArray[Any],
    predicted: npt.ArrayLike,
    labels: npt.ArrayLike,
    *,
    classes: Sequence[str] | None = None,
    columns: int | None = None,
    title: str = "",
    value_range: Range | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw images with what a network took them for. Returns the Figure.

    A right guess has its class above it. A wrong one has a thick frame, a cross, and both classes.

    Shapes: images (N, H, W), or (N, H, W, 3); predicted and labels (N,), class numbers.

    Parameters
    ----------
    classes
        The name of each class; the numbers themselves if left out.

    Raises
    ------
    ShapeError
        Images, predicted and labels differ in number.
    ArgumentError
        Class numbers that are no whole numbers, or have no name in ``classes``.

    >>> figure = show_predictions([[[0, 1]], [[1, 0]]], [3, 5], [3, 8])
    >>> [ax.get_title() for ax in figure.axes]
    ['3', '✗ 5, is 8']
    """
    guesses = _class_numbers("predicted", predicted, len(images), classes)
    truths = _class_numbers("labels", labels, len(images), classes)
    rows, across = grid_shape(len(images), columns, most=8)
    tall = np.shape(images[0])[0] / np.shape(images[0])[1]
    figure, axes = panels(rows, across, 1.25, 1.25 * tall + 0.3)
    wrong = []
    for ax, image, guess, truth in zip(axes, images, guesses, truths, strict=False):
        right = guess == truth
        between = ", " if len(guess + truth) < 8 else "\n"
        name = guess if right else f"✗ {guess}{between}is {truth}"
        show_image(image, ax=ax, title=name, value_range=value_range, alt=name)
        ax.title.set_fontsize(9)
        if not right:
            ax.title.set_fontweight("bold")
            ax.spines[:].set(color=ORANGE, linewidth=3)
            wrong.append(f"number {axes.index(ax) + 1} is {truth}, taken for {guess}")
    for ax in axes[len(images) :]:
        ax.remove()
    count = f"{len(images)} images, {len(images) - len(wrong)} recognised"
    missed = f"Wrong: {'; '.join(wrong)}" if wrong else f"The classes: {', '.join(truths)}"
    return titled(figure, title, alt or _alt.sentence(title, count, missed))


def _class_numbers(
    name: str, values: npt.ArrayLike, count: int, classes: Sequence[str] | None
) -> list[str]:
    """The names of the classes, or an error that says which numbers do not fit."""
    array = numbers(f"show_predictions: {name}", values, (1,), "one class number an image (N,)")
    if len(array) != count:
        raise ShapeError(f"show_predictions: expected {count} {name}, got {len(array)}.")
    if array.dtype.kind not in "iu":
        raise ArgumentError(
            f"show_predictions: {name} must be whole numbers, got {array.dtype}. "
            "Scores become classes by scores.argmax(axis=1)."
        )
    if classes is None:
        return [str(value) for value in array]
    if array.min() < 0 or array.max() >= len(classes):
        raise ArgumentError(
            f"show_predictions: {name} run from {array.min()} to {array.max()}, but there are "
            f"{len(classes)} classes."
        )
    return [classes[value] for value in array]


def show_gradients(
    arrays: Mapping[str, npt.ArrayLike],
    *,
    ax: Axes | None = None,
    title: str = "",
    log: bool = True,
    alt: str | None = None,
) -> Axes:
    """Draw how large the numbers in each array are, one bar an array, the first on top.

    The size is the root of the mean square. An array of zeros has no bar.

    Parameters
    ----------
    arrays
        By name, in order: gradients, as in ``{name: gradient for name, _, gradient in
        network.learnt()}``, or weights, as in ``network.parameters()``.
    log
        Equal steps to the right multiply, so that a gradient that fades from layer to layer is
        seen. Without it the bars begin at zero, for sizes that are not far apart.

    >>> ax = show_gradients({"0.weight": [[3.0, 4.0]], "2.weight": [0.0]})
    >>> [text.get_text() for text in ax.texts]
    ['3.5', '0']
    """
    if not arrays:
        raise ArgumentError("show_gradients: there is no array to draw.")
    ranks = range(1, 6)
    found = {
        name: numbers(f"show_gradients: {name}", array, ranks, "an array of numbers").astype(float)
        for name, array in arrays.items()
    }
    sizes = np.array([np.sqrt(np.mean(array**2)) for array in found.values()])
    ax = ax or new_axes(6.4, 0.34 * len(sizes) + 0.9)
    left, right = _bar_range(sizes, log)
    bars = ax.barh(list(found), np.maximum(sizes, left) - left, left=left, color=BLUE, height=0.7)
    texts = [f"{size:.2g}" for size in sizes]
    ax.bar_label(bars, texts, padding=4, color=INK)
    ax.set(xscale="log" if log else "linear", xlim=(left, right), title=title)
    ax.invert_yaxis()
    ax.minorticks_off()
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelcolor=INK, color=FRAME)
    ax.tick_params(axis="y", length=0)
    said = [f"{name} {text}" for name, text in zip(found, texts, strict=True)]
    words = "Sizes, root mean square: " + ", ".join(said)
    return _alt.describe(ax, alt or _alt.sentence(title, words))


def _bar_range(sizes: npt.NDArray[Any], log: bool) -> Range:
    """Where the bars begin, and where the axis ends, with room for the numbers."""
    largest = sizes.max() or 1.0
    if not log:
        return 0.0, 1.18 * largest
    smallest = sizes[sizes > 0].min(initial=largest)
    left = float(10 ** np.floor(np.log10(smallest) - 0.5))
    return left, float(largest * (largest / left) ** 0.18)
