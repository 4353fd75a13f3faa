"""The failing case as tables: arrays of any rank, cut into planes of rows and columns.

Of an answer with many planes the one is shown that holds the first wrong value, and of inputs the
planes that belong to the same image.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnlab.checks.arguments import describe_argument
from cnnlab.checks.ladder import Result

AXES = {
    0: (),
    1: ("place",),
    2: ("row", "column"),
    3: ("channel", "row", "column"),
    4: ("image", "channel", "row", "column"),
}
OF_WEIGHTS = {**AXES, 4: ("filter", "channel", "row", "column")}
COLOURS = ("red", "green", "blue")
WHOLE_AT_MOST = 10**9
PLANES_AT_MOST = 6  # of one array; more help nobody

Axes = Mapping[str, tuple[str, ...]]
Index = tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Something to show under a caption: a matrix, or words where there is no matrix."""

    caption: str
    matrix: np.ndarray | None = None
    words: str = ""
    weights: bool = False


def axes_of(name: str, array: np.ndarray, given: Axes) -> tuple[str, ...]:
    """The names of an array's axes: those a ladder gives, else the usual ones for its rank."""
    if len(given.get(name, ())) == array.ndim > 0:
        return given[name]
    if name == "image" and array.ndim == 3 and array.shape[2] == 3:
        return ("row", "column", "colour")
    usual = OF_WEIGHTS if is_weights(name) else AXES
    return usual.get(array.ndim) or tuple(f"axis {n}" for n in range(array.ndim))


def is_weights(name: str) -> bool:
    return any(word in name for word in ("kernel", "weight", "filter", "pair"))


def first_wrong(result: Result) -> Index:
    """Where the first wrong value stands; () where that is not known."""
    if result.right is None or result.right.all():
        return ()
    return tuple(int(n) for n in np.argwhere(~result.right)[0])


def place_in_words(result: Result) -> str:
    """For example "image 1, channel 0, row 2, column 3"."""
    if result.right is None:
        return ""
    names = axes_of(result.part, result.right, result.axes)
    return ", ".join(f"{name} {n}" for name, n in zip(names, first_wrong(result), strict=True))


def inputs(result: Result) -> Iterator[Table]:
    """What the function was given."""
    if result.case is None:
        return
    fixed = _image_of(result)
    for name, value in zip(result.arguments, result.case.arguments, strict=True):
        yield from _argument(name, value, result.axes, fixed)


def answers(result: Result) -> Iterator[Table]:
    """What came back, and which of its values are right."""
    if result.got is None:
        return
    name = f"your {result.part}" if result.part else "yours"
    if not result.got.ndim:
        words = number(result.got[()])
        if result.pointed and words.lstrip("-").isdigit():
            words += ".0"  # the point is what is wrong
        yield Table(name, words=words)
        return
    place = first_wrong(result)
    axes = axes_of(result.part, result.got, result.axes)
    fixed = {axes[n]: place[n] for n in _leading(axes)} if place else {}
    weights = is_weights(result.part)
    yield from _planes(name, result.got, axes, fixed, weights)
    if result.right is not None:
        yield from _planes("right or wrong", result.right, axes, fixed, False)


def _image_of(result: Result) -> dict[str, int]:
    """The image of the first wrong value: only its planes of an input are of interest."""
    place = first_wrong(result)
    if not place or result.right is None:
        return {}
    axes = axes_of(result.part, result.right, result.axes)
    return {name: n for name, n in zip(axes, place, strict=True) if name == "image"}


def _argument(name: str, value: Any, given: Axes, fixed: dict[str, int]) -> Iterator[Table]:
    words = describe_argument(value)
    if words:
        yield Table(name, words=words)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _argument(f"{name}, {key}", item, given, fixed)
    elif isinstance(value, (list, tuple)) and not _is_matrix(value):
        for n, item in enumerate(value):
            yield from _argument(f"{name}, item {n}", item, given, fixed)
    else:
        array = np.asarray(value)
        if not array.ndim:
            yield Table(name, words=number(array[()]))
        else:
            axes = axes_of(name.split(",")[0], array, given)
            yield from _planes(name, array, axes, fixed, is_weights(name))


def _is_matrix(rows: Any) -> bool:
    """A list of equal rows of numbers, and not a list of arrays."""
    if any(isinstance(row, np.ndarray) for row in rows):
        return False
    try:
        return np.asarray(rows).dtype.kind in "biuf"
    except ValueError:
        return False


def _leading(axes: tuple[str, ...]) -> list[int]:
    """The axes that number the planes: all but rows and columns."""
    if "colour" in axes:
        return [axes.index("colour")]
    return list(range(max(len(axes) - 2, 0)))


def _planes(
    name: str, array: np.ndarray, axes: tuple[str, ...], fixed: dict[str, int], weights: bool
) -> Iterator[Table]:
    if not array.size:
        return
    leading = _leading(axes)
    shown = 0
    moved = np.moveaxis(array, leading, range(len(leading)))
    for index in np.ndindex(*moved.shape[: len(leading)]):
        where = dict(zip((axes[n] for n in leading), index, strict=True))
        if any(fixed.get(axis, n) != n for axis, n in where.items()):
            continue
        if shown == PLANES_AT_MOST:
            yield Table(f"{name}, the rest", words="is not shown here.")
            return
        shown += 1
        labels = [COLOURS[n] if axis == "colour" else f"{axis} {n}" for axis, n in where.items()]
        yield Table(", ".join([name, *labels]), np.atleast_2d(moved[index]), weights=weights)


def number(value: Any) -> str:
    """A number as people write it. Whole ones in full: their digits often tell what met what."""
    if isinstance(value, (bool, np.bool_)):
        return str(value)
    if abs(value) < WHOLE_AT_MOST and value == int(value):
        return str(int(value))
    return f"{value:.4g}"
