"""Ladders for functions that no exercise has, to test what the engine can do."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import ARRAY, INTEGER, NUMBER, Several

X = np.array([[1.0, -2, 3], [0.5, 4, -1]])
G = np.array([[2.0, -1], [3, 5]])
W = np.array([[1.0, 2], [-3, 4], [5, -6]])


def dense_backward(x, weight, grad_output):
    return grad_output @ weight.T, x.T @ grad_output, grad_output.sum()


DENSE = Ladder(
    task="dense_backward",
    arguments=("x", "weight", "grad_output"),
    reference=dense_backward,
    cases=(
        Case("two rows", (X, W, G)),
        Case("one row", (X[:1], W, G[:1])),
    ),
    hidden=lambda rng: (
        Item("random", (Case("", (rng.normal(size=(4, 3)), W, rng.normal(size=(4, 2)))),)),
    ),
    mistakes=(
        Mistake(
            "bias-not-summed",
            "The bias has one gradient. Over what does it add up?",
            lambda x, w, g: (g @ w.T, x.T @ g, g[0, 0]),
        ),
    ),
    accepted=(lambda x, w, g: list(dense_backward(x, w, g)),),
    hint="Which of the three do you trust?",
    places=lambda x, w, g: "Each gradient has the shape of what it belongs to.",
    returns=Several(grad_x=ARRAY, grad_weight=ARRAY, total=NUMBER),
)


def places(length, kernel):
    return length - kernel + 1


PLACES = Ladder(
    task="places",
    arguments=("length", "kernel"),
    reference=places,
    cases=(Case("a row of 5, a kernel of 3", (5, 3)), Case("a row of 9, a kernel of 4", (9, 4))),
    hidden=lambda rng: (Item("random", (Case("", (int(rng.integers(20, 30)), 3)),)),),
    mistakes=(
        Mistake("one-short", "One place is missing. Where does the last one begin?", np.subtract),
    ),
    accepted=(lambda n, k: np.int64(n - k + 1), lambda n, k: np.array(n - k + 1)),
    hint="Count the places by hand for a short row. How many are there?",
    places=lambda length, kernel: "A count is one number.",
    returns=INTEGER,
)
