"""Trait types of the explorers: each refuses what makes no sense and says what would.

They speak the protocol of ipywidgets: values travel to the page and back as JSON.
"""

import math
from collections.abc import Sequence
from difflib import get_close_matches
from numbers import Integral
from typing import Any

import numpy as np
import traitlets

from cnnlab.errors import ArgumentError, ShapeError


class Numbers(traitlets.TraitType[tuple, Any]):
    """A small array of finite numbers, kept as tuples inside tuples.

    Tuples, because changing one element of a list or an array would not be noticed by the page,
    and because traitlets' links compare values by ``!=``, which arrays answer element by element.

    ``expected`` says what it is and names its axes, ``largest`` how long each may be, ``reshape``
    and ``shrink`` what to do about another number of axes and about too many numbers.
    """

    def __init__(
        self,
        default: Any,
        *,
        expected: str,
        largest: tuple[int, ...],
        reshape: str = "reshape it; an axis of length 1 counts too",
        shrink: str = "take a part of it",
    ) -> None:
        self.expected, self.largest, self.reshape, self.shrink = expected, largest, reshape, shrink
        super().__init__(_nested(np.array(default, dtype=float)))
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> tuple:
        try:
            array = np.array(value, dtype=float)
        except (TypeError, ValueError):
            raise ShapeError(
                f"{self.name}: expected {self.expected}, got {_brief(value)}. "
                "Fix: give nested lists with rows of equal length that hold numbers only."
            ) from None
        if array.ndim != len(self.largest) or not array.size:
            raise ShapeError(
                f"{self.name}: expected {self.expected}, got the shape {array.shape}. "
                f"Fix: {self.reshape}."
            )
        if any(n > most for n, most in zip(array.shape, self.largest, strict=True)):
            raise ShapeError(
                f"{self.name}: at most {_times(self.largest)} can be shown with its numbers, "
                f"got {_times(array.shape)}. Fix: {self.shrink}."
            )
        if not np.isfinite(array).all():
            raise ArgumentError(
                f"{self.name}: has values that are NaN or infinite. "
                f"Fix: replace them, for example by np.nan_to_num({self.name})."
            )
        return _nested(array)


class Matrix(Numbers):
    """A 2-D array of finite numbers, at most ``largest`` x ``largest``."""

    def __init__(self, default: Any, *, largest: int, shrink: str) -> None:
        super().__init__(
            default,
            expected="a matrix of numbers (rows, columns)",
            largest=(largest, largest),
            reshape="choose one channel of an image, for example image[:, :, 0]",
            shrink=shrink,
        )


class Whole(traitlets.TraitType[int, Any]):
    """A whole number from ``low`` to ``high``; ``hint`` says what the smallest one means."""

    def __init__(self, default: int, *, low: int, high: int, hint: str) -> None:
        self.low, self.high, self.hint = low, high, hint
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> int:
        if not _is_whole(value) or not self.low <= value <= self.high:
            raise ArgumentError(
                f"{self.name}: expected a whole number from {self.low} to {self.high}, "
                f"got {value!r}. Fix: {self.hint}."
            )
        return int(value)


class Choice(traitlets.TraitType[str, Any]):
    """One of a few words; ``hints`` answer to words that are often tried."""

    def __init__(self, *words: str, hints: dict[str, str]) -> None:
        self.words, self.hints = words, hints
        super().__init__(words[0])
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> str:
        if isinstance(value, str) and value in self.words:
            return value
        near = get_close_matches(str(value), self.words, n=1)
        hint = self.hints.get(value) if isinstance(value, str) else None
        remedy = hint or (f"did you mean {near[0]!r}?" if near else "choose one of them.")
        raise ArgumentError(
            f"{self.name}: expected one of {', '.join(self.words)}, got {value!r}: {remedy}"
        )


class Pixel(traitlets.TraitType[tuple[int, int], Any]):
    """(row, column), counted from 0."""

    def __init__(self) -> None:
        super().__init__((0, 0))
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> tuple[int, int]:
        pair = isinstance(value, Sequence | np.ndarray) and len(value) == 2
        if not pair or not all(_is_whole(v) and v >= 0 for v in value):
            raise ArgumentError(
                f"{self.name}: expected a row and a column counted from 0, for example (0, 2), "
                f"got {value!r}."
            )
        return int(value[0]), int(value[1])


def _is_whole(value: Any) -> bool:
    """1 and 1.0 are whole (a slider's value may come as a float); True is not."""
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, Integral) or (
        isinstance(value, float) and math.isfinite(value) and value.is_integer()
    )


def _nested(array: np.ndarray) -> Any:
    return tuple(map(_nested, array)) if array.ndim else float(array)


def _times(sizes: tuple[int, ...]) -> str:
    return " x ".join(map(str, sizes))


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
