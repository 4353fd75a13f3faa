"""Recognise a known mistake by its numbers.

The known wrong versions run on the cases that the student's function ran on. If exactly one
mistake gives the student's answers on all of them, that is the one. A few mistakes belong to every
exercise (`common`); they are asked only when none of the exercise's own fits.
"""

from collections.abc import Iterator
from functools import partial
from itertools import combinations, permutations

import numpy as np

from cnnlab.checks.attempts import Attempt
from cnnlab.checks.calls import Call, call
from cnnlab.checks.ladder import Function, Ladder, Mistake
from cnnlab.checks.values import Asked, Reading, Several, close, names_of, read

# How a misfit shows depends on how the loops are written, so either stands for both.
MISFITS = {"IndexError", "ValueError"}


def recognise(ladder: Ladder, attempts: list[Attempt]) -> tuple[str, str] | None:
    """Name and hint of the one known mistake that explains every attempt, or None."""
    if all(a.is_right and not a.call.changed for a in attempts):
        return None  # only a property broke, and its cases are not tried here
    for family in (ladder.mistakes, common(ladder)):
        fitting = [m for m in family if any(_explains(ladder, v, attempts) for v in m.versions)]
        if len(fitting) == 1:
            return fitting[0].name, fitting[0].hint
        if fitting:
            return None
    return None


# What becomes of the right answer, by mistakes that are thinkable for every exercise. Where it has
# no such axis, the change stops with an error, and fits no answer.
CHANGES: tuple[tuple[str, str, Function], ...] = (
    (
        "zeros",
        "Every value is zero. Which line writes a result into your answer?",
        np.zeros_like,
    ),
    (
        "negated",
        "Every value has the opposite sign. Where did a minus come in, or a difference the "
        "other way round?",
        np.negative,
    ),
    (
        "transposed",
        "Rows and columns of your result have changed places. Which index is the row?",
        lambda right: np.swapaxes(right, -1, -2),
    ),
    (
        "upside-down",
        "The rows of your result stand in reverse order. Which row is row zero?",
        lambda right: np.flip(right, -2),
    ),
    (
        "mirrored",
        "The columns of your result stand in reverse order. Which column is column zero?",
        lambda right: np.flip(right, -1),
    ),
    (
        "doubled",
        "Every value is twice what it should be. What is counted two times?",
        lambda right: 2 * right,
    ),
    (
        "one-too-many",
        "Every value is too large by one. Where does a sum start, and from which number?",
        lambda right: right + 1,
    ),
    (
        "one-too-few",
        "Every value is too small by one. Where does a sum start, and from which number?",
        lambda right: right - 1,
    ),
    (
        "whole-numbers",
        "Your values are right up to the point, and then cut. Which type do your numbers have?",
        np.trunc,
    ),
)


def common(ladder: Ladder) -> tuple[Mistake, ...]:
    """Wrong answers that are thinkable for every exercise.

    Of an answer of several values, a mistake may be in all of them or in one.
    """
    found = [Mistake(name, hint, *_versions(ladder, change)) for name, hint, change in CHANGES]
    if isinstance(ladder.returns, Several):
        hint = (
            "Your values are right and came back in another order. Which one does the exercise "
            "name first?"
        )
        orders = _orders(ladder.returns)
        found.append(
            Mistake("swapped-order", hint, *(_reordered(ladder.reference, o) for o in orders))
        )
    else:
        hint = "You handed back the input as it came. Where does your work go?"
        found.append(Mistake("input-returned", hint, lambda *given: np.asarray(given[0])))
    return tuple(found)


def _versions(ladder: Ladder, change: Function) -> Iterator[Function]:
    if isinstance(ladder.returns, Several):
        for only in (None, *range(len(names_of(ladder.returns)))):
            yield _in_parts(ladder.reference, change, only)
    else:
        yield lambda *given: change(_array(ladder.reference(*given)))


def _array(value: object) -> np.ndarray:
    return np.asarray(value)


def _in_parts(reference: Function, change: Function, only: int | None) -> Function:
    """The reference with ``change`` made in all parts of its answer, or in one."""

    def version(*given: object) -> tuple[object, ...]:
        parts = enumerate(map(_array, reference(*given)))
        return tuple(change(part) if only in (None, n) else part for n, part in parts)

    return version


def _orders(asked: Asked) -> list[tuple[int, ...]]:
    """Every order of an answer's values but the right one; of many, each exchange of two."""
    count = len(names_of(asked))
    right = tuple(range(count))
    orders = permutations(right) if count <= 3 else _exchanges(right)
    return [order for order in orders if order != right]


def _exchanges(right: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for a, b in combinations(right, 2):
        order = list(right)
        order[a], order[b] = b, a
        yield tuple(order)


def _reordered(reference: Function, order: tuple[int, ...]) -> Function:
    def version(*given: object) -> tuple[object, ...]:
        parts = reference(*given)
        return tuple(parts[n] for n in order)

    return version


def _explains(ladder: Ladder, version: Function, attempts: list[Attempt]) -> bool:
    """Does this wrong version give the student's answers, at least one of them a value?"""
    reader = partial(read, asked=ladder.returns)
    values = 0
    for a in attempts:
        arguments = dict(zip(ladder.arguments, a.case.arguments, strict=True))
        if not _alike(call(version, arguments, reader, ladder.seconds), a.call):
            return False
        values += a.got is not None
    return values > 0


def _alike(one: Call, other: Call) -> bool:
    if one.ended != other.ended or one.changed != other.changed:
        return False
    if one.failure and other.failure:
        kinds = {one.failure.family, other.failure.family}
        return len(kinds) == 1 or kinds <= MISFITS
    if one.reading is None or other.reading is None:
        return one.reading is other.reading
    return _same_reading(one.reading, other.reading)


def _same_reading(one: Reading, other: Reading) -> bool:
    if (one.problem, one.shape, len(one.parts)) != (other.problem, other.shape, len(other.parts)):
        return False
    if one.parts:
        return all(map(_same_reading, one.parts, other.parts))
    if one.array is None or other.array is None:
        return one.array is other.array
    return _same_numbers(one.array, other.array, one.exact)


def _same_numbers(one: np.ndarray, other: np.ndarray, exact: bool) -> bool:
    finite = np.isfinite(one) & np.isfinite(other)
    if not np.array_equal(one[~finite], other[~finite], equal_nan=True):
        return False
    return bool(close(one[finite], other[finite], exact).all())
