"""Recognise a known mistake by its numbers.

The known wrong versions run on the cases that the student's function ran on. If exactly one
mistake gives the student's answers on all of them, that is the one. A few mistakes belong to every
exercise (`common`); they are asked only when none of the exercise's own fits.
"""

from functools import partial

import numpy as np

from cnnlab.checks.attempts import SECONDS, Attempt
from cnnlab.checks.calls import Call, call
from cnnlab.checks.ladder import Function, Ladder, Mistake
from cnnlab.checks.values import close, read

# How a misfit shows depends on how the loops are written, so either stands for both.
MISFITS = {"IndexError", "ValueError"}


def recognise(ladder: Ladder, attempts: list[Attempt]) -> tuple[str, str] | None:
    """Name and hint of the one known mistake that explains every attempt, or None."""
    for family in (ladder.mistakes, common(ladder)):
        fitting = [m for m in family if any(_explains(ladder, v, attempts) for v in m.versions)]
        if len(fitting) == 1:
            return fitting[0].name, fitting[0].hint
        if fitting:
            return None
    return None


def common(ladder: Ladder) -> tuple[Mistake, ...]:
    """Wrong answers that are thinkable for every exercise."""

    def from_right(change: Function) -> Function:
        return lambda *arguments: change(np.asarray(ladder.reference(*arguments)))

    return (
        Mistake(
            "zeros",
            "Every value is zero. Which line writes a result into your answer?",
            from_right(np.zeros_like),
        ),
        Mistake(
            "input-returned",
            "You handed back the input as it came. Where does your work go?",
            lambda *arguments: np.asarray(arguments[0]),
        ),
        Mistake(
            "negated",
            "Every value has the opposite sign. Where did a minus come in, or a difference the "
            "other way round?",
            from_right(np.negative),
        ),
        Mistake(
            "transposed",
            "Rows and columns of your result have changed places. Which index is the row?",
            from_right(np.transpose),
        ),
        Mistake(
            "upside-down",
            "The rows of your result stand in reverse order. Which row is row zero?",
            from_right(lambda right: right[::-1]),
        ),
        Mistake(
            "mirrored",
            "The columns of your result stand in reverse order. Which column is column zero?",
            from_right(lambda right: right[..., ::-1]),
        ),
        Mistake(
            "doubled",
            "Every value is twice what it should be. What is counted two times?",
            from_right(lambda right: 2 * right),
        ),
        Mistake(
            "one-too-many",
            "Every value is too large by one. Where does a sum start, and from which number?",
            from_right(lambda right: right + 1),
        ),
        Mistake(
            "one-too-few",
            "Every value is too small by one. Where does a sum start, and from which number?",
            from_right(lambda right: right - 1),
        ),
        Mistake(
            "whole-numbers",
            "Your values are right up to the point, and then cut. Which type do your numbers have?",
            from_right(np.trunc),
        ),
    )


def _explains(ladder: Ladder, version: Function, attempts: list[Attempt]) -> bool:
    """Does this wrong version give the student's answers, at least one of them a value?"""
    reader = partial(read, asked=ladder.returns)
    values = 0
    for a in attempts:
        arguments = dict(zip(ladder.arguments, a.case.arguments, strict=True))
        if not _alike(call(version, arguments, reader, SECONDS), a.call):
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
    if (one.reading.problem, one.reading.shape) != (other.reading.problem, other.reading.shape):
        return False
    if one.reading.array is None or other.reading.array is None:
        return one.reading.array is other.reading.array
    return _same_numbers(one.reading.array, other.reading.array)


def _same_numbers(one: np.ndarray, other: np.ndarray) -> bool:
    both_nan = np.isnan(one) & np.isnan(other)
    both_infinite = np.isinf(one) & (one == other)
    alike = both_nan | both_infinite
    return bool(close(np.where(alike, 0, one), np.where(alike, 0, other)).all())
