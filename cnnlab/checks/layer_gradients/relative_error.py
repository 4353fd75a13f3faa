"""The checks of `relative_error`: how far two gradients are apart."""

import numpy as np

from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import NUMBER

MATRIX = np.array([[2.0, -1, 0.5], [3, -4, 1]])
OTHER = np.array([[1.0, -2, 0.25], [5, 4, 3]])


def relative_error(gradient, numerical):
    """two arrays of one shape -> |d - n| / (|d| + |n|), or 0 if both are zero"""
    length = np.sqrt((gradient**2).sum()) + np.sqrt((numerical**2).sum())
    return float(np.sqrt(((gradient - numerical) ** 2).sum()) / length) if length else 0.0


def _hidden(rng):
    def pair(name: str, one: np.ndarray, other: np.ndarray) -> Case:
        return Case(name, (one, other))

    one, other = signed(rng, 5), signed(rng, 5)
    maps = signed(rng, 2, 3, 2, 2)
    near = maps * (1 + 1e-3 * signed(rng, *maps.shape) / 15)
    zeros = np.zeros((2, rng.integers(3, 100)))
    return (
        Item("rows", (pair("rows", one, other), pair("rows", other[:3], one[:3]))),
        Item("filters", (pair("gradients of filters", maps, maps[::-1]),)),
        Item(
            "close together",
            (pair("gradients close together", maps, near), pair("the same", near / 64, maps / 64)),
        ),
        Item(
            "zeros",
            (
                pair("zeros and zeros", zeros, zeros.copy()),
                pair("zeros and others", np.zeros((2, 3)), signed(rng, 2, 3)),
                pair("tiny gradients", 1e-9 * one, 1e-9 * other),
                pair("no zeros", one, -other),
            ),
        ),
    )


def _norm(array):
    return np.sqrt((array**2).sum())


def _guarded(make):
    """Zero if both are zero, else what ``make`` makes."""
    return lambda d, n: make(d, n) if d.any() or n.any() else 0.0


def _each(d, n):
    return np.nan_to_num(_share(np.abs(d - n), np.abs(d) + np.abs(n)))


def _share(part, whole):
    with np.errstate(all="ignore"):
        return part / whole


LADDER = Ladder(
    task="relative_error",
    arguments=("gradient", "numerical"),
    reference=relative_error,
    returns=NUMBER,
    cases=(
        Case("3, 0 and 0, 4", (np.array([3.0, 0]), np.array([0.0, 4]))),
        Case("a matrix and its opposite", (MATRIX, -MATRIX)),
        Case("two matrices", (MATRIX, OTHER)),
        Case("tiny gradients", (1e-9 * OTHER, 1e-9 * MATRIX)),
        Case("zeros", (np.zeros(3), np.zeros(3))),
    ),
    hidden=_hidden,
    places=lambda gradient, numerical: "Two gradients have one distance.",
    hint="Work it out for 3, 0 and 0, 4 with a pencil: the distance, and the two lengths. Which "
    "differs?",
    mistakes=(
        Mistake(
            "not-relative",
            "You give the distance itself. Beside what is it large or small?",
            lambda d, n: _norm(d - n),
            lambda d, n: np.abs(d - n).max(),
            lambda d, n: np.abs(d - n).sum(),
            lambda d, n: np.abs(d - n).mean(),
        ),
        Mistake(
            "signs-cancel",
            "Differences of opposite sign cancel, or count as small. What does a length do with a "
            "sign?",
            _guarded(lambda d, n: abs((d - n).sum()) / (_norm(d) + _norm(n))),
            _guarded(lambda d, n: (d - n).sum() / (_norm(d) + _norm(n))),
            _guarded(lambda d, n: (d - n).max() / (_norm(d) + _norm(n))),
            lambda d, n: np.max((d - n) / np.maximum(1e-8, np.abs(d) + np.abs(n))),
        ),
        Mistake(
            "zero-by-zero",
            "Two gradients of zeros give no number. How far are they apart?",
            lambda d, n: _norm(d - n) / (_norm(d) + _norm(n)),
            lambda d, n: np.max(np.abs(d - n) / (np.abs(d) + np.abs(n))),
        ),
        Mistake(
            "divided-by-one",
            "You divide by the length of one gradient. Which other length belongs below the line?",
            _guarded(lambda d, n: _norm(d - n) / (_norm(d) or 1)),
            _guarded(lambda d, n: _norm(d - n) / (_norm(n) or 1)),
            _guarded(lambda d, n: _norm(d - n) / max(_norm(d), _norm(n))),
        ),
        Mistake(
            "length-of-the-sum",
            "Below the line stands the length of the sum. Is that the sum of the lengths?",
            _guarded(lambda d, n: _share(_norm(d - n), _norm(d + n))),
        ),
        Mistake(
            "missing-brackets",
            "Python divides before it adds. What is your distance divided by?",
            _guarded(lambda d, n: _norm(d - n) / (_norm(d) or 1) + _norm(n)),
        ),
        Mistake(
            "no-root",
            "Your lengths are still squares. Which step makes a length of a sum of squares?",
            _guarded(lambda d, n: ((d - n) ** 2).sum() / ((d**2).sum() + (n**2).sum())),
        ),
        Mistake(
            "root-of-the-whole",
            "The squares of both gradients lie under one root. How many lengths are there?",
            _guarded(lambda d, n: _norm(d - n) / np.sqrt((d**2).sum() + (n**2).sum())),
        ),
        Mistake(
            "sums-of-sizes",
            "You add up sizes without squares. How long is an arrow of 3 and 4?",
            _guarded(lambda d, n: np.abs(d - n).sum() / (np.abs(d).sum() + np.abs(n).sum())),
        ),
        Mistake(
            "number-by-number",
            "You divide number by number. Where are the lengths of whole gradients?",
            lambda d, n: np.max(_each(d, n)),
            lambda d, n: np.mean(_each(d, n)),
            lambda d, n: np.max(np.abs(d - n) / np.maximum(1e-8, np.abs(d) + np.abs(n))),
        ),
        Mistake(
            "one-for-each-number",
            "There is a number for each place. What makes one length of them?",
            _each,
        ),
        Mistake(
            "added-not-subtracted",
            "You measure how large both are together. What is the distance of two arrows?",
            _guarded(lambda d, n: _norm(d + n) / (_norm(d) + _norm(n))),
        ),
        Mistake(
            "twice-too-large",
            "Opposite gradients should give exactly one. Which factor came in?",
            _guarded(lambda d, n: 2 * relative_error(d, n)),
        ),
        Mistake(
            "lengths-of-sizes",
            "You compare the two lengths only. Can two arrows of one length point elsewhere?",
            _guarded(lambda d, n: abs(_norm(d) - _norm(n)) / (_norm(d) + _norm(n))),
        ),
        Mistake(
            "true-or-false",
            "You say whether they are close. How close are they?",
            lambda d, n: relative_error(d, n) < 1e-7,
        ),
        Mistake(
            "guard-too-large",
            "Tiny gradients look equal. How large is the number that you added below the line?",
            lambda d, n: _norm(d - n) / (_norm(d) + _norm(n) + 1e-8),
            lambda d, n: _norm(d - n) / (_norm(d) + _norm(n) + 1e-6),
            lambda d, n: _norm(d - n) / max(_norm(d) + _norm(n), 1e-7),
        ),
    ),
    accepted=(
        _guarded(lambda d, n: np.linalg.norm(d - n) / (np.linalg.norm(d) + np.linalg.norm(n))),
        _guarded(lambda d, n: np.float32(relative_error(d, n))),
        lambda d, n: _norm(d - n) / (_norm(d) + _norm(n) + 1e-30),
        lambda d, n: _norm(d - n) / max(_norm(d) + _norm(n), 1e-15),
        lambda d, n: np.array(relative_error(d, n)),
        lambda d, n: float(np.nan_to_num(_share(_norm(d - n), _norm(d) + _norm(n)))),
    ),
)
