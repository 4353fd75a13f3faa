"""Answers that belong to no exercise, made from the right one: wrong ones, and its other forms."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnlab.checks.ladder import Function, Ladder
from cnnlab.checks.values import INTEGER, Several

Change = Callable[[np.ndarray], Any]

_rng = np.random.default_rng(20261121)


def _shuffled(right: np.ndarray) -> np.ndarray:
    values = right.ravel().copy()
    if not np.ptp(values):
        return right + 1
    while np.array_equal(values, right.ravel()):
        _rng.shuffle(values)
    return values.reshape(right.shape)


def _one_row_too_many(right: np.ndarray) -> Any:
    return np.concatenate([right, right[-1:]]) if right.ndim else [right]


GENERIC: dict[str, Change] = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "random": lambda right: _rng.normal(size=right.shape) + 300,
    "transposed": lambda right: right.T if right.ndim > 1 else right + 7,
    "negated": np.negative,
    "doubled": lambda right: 2 * right,
    "off by one": lambda right: right + 1,
    "one value off": lambda right: right + np.eye(1, right.size).reshape(right.shape),
    "shuffled": _shuffled,
    "rolled": lambda right: np.roll(right, 1) if right.ndim else right - 1,
    "the mean everywhere": lambda right: np.full_like(right, right.mean()) + 0.5,
    "rounded": lambda right: np.round(right / 10) * 10 + 1 / 3,
    "one row too many": _one_row_too_many,
    "an axis too many": lambda right: right[None],
    "flat": lambda right: right.ravel() if right.ndim != 1 else right[:, None],
    "a tenth of a percent off": lambda right: right * 1.001,
}
# The same numbers, and right wherever they are asked for.
FORMS: dict[str, Change] = {
    "in float32": lambda right: right.astype(np.float32),
    "in Fortran order": lambda right: np.array(right, order="F"),
    "as a view of a larger array": lambda right: np.repeat(right[..., None], 2, axis=-1)[..., 1],
}
IN_ONE_PART = ("zeros", "negated", "doubled", "off by one", "shuffled")


def everywhere(ladder: Ladder, change: Change) -> Function:
    """The reference with ``change`` made in the whole answer."""

    def wrong(*given: Any) -> Any:
        right = ladder.reference(*given)
        if isinstance(ladder.returns, Several):
            kinds = ladder.returns.kinds.values()
            return tuple(_changed(r, k, change) for r, k in zip(right, kinds, strict=True))
        return _changed(right, ladder.returns, change)

    return wrong


def in_form(ladder: Ladder, form: Change) -> Function:
    """The reference's answer in another form; counts stay as they are."""

    def another(*given: Any) -> Any:
        right = ladder.reference(*given)
        if not isinstance(ladder.returns, Several):
            return form(np.asarray(right))
        kinds = ladder.returns.kinds.values()
        pairs = zip(right, kinds, strict=True)
        return tuple(r if kind == INTEGER else form(np.asarray(r)) for r, kind in pairs)

    return another


def in_part(ladder: Ladder, name: str, change: Change) -> Function:
    """The reference with ``change`` made in one of its values."""
    assert isinstance(ladder.returns, Several)
    kinds = ladder.returns.kinds

    def wrong(*given: Any) -> Any:
        parts = zip(kinds, ladder.reference(*given), strict=True)
        return tuple(_changed(r, kinds[n], change) if n == name else r for n, r in parts)

    return wrong


def _changed(right: Any, kind: str, change: Change) -> Any:
    wrong = change(np.asarray(right, dtype=float))
    if kind != INTEGER or np.ndim(wrong):
        return wrong
    return int(wrong) if int(wrong) != right else int(right) + 1
