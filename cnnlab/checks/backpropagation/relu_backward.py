"""The checks of `relu_backward`: the gate of ReLU."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close

GRAD = np.array([[10.0, -20, 30], [-40, 50, 60]])
INPUT = np.array([[2.0, -1, 0.5], [3, -4, 0]])


def _hidden(rng):
    def case(*shape: int) -> Case:
        name = f"arrays of {size(shape)}"
        return Case(name, (signed(rng, *shape), signed(rng, *shape)))

    with_zeros = signed(rng, 3, 4)
    with_zeros[[0, 2], [1, 3]] = 0
    return (
        Item("a matrix", (case(4, 3), case(3, 5))),
        Item("feature maps", (case(2, 3, 2, 4),)),
        Item("inputs that are zero", (Case("zeros", (signed(rng, 3, 4), with_zeros)),)),
        Item("the arguments are left as they were", (case(2, 5),), keeps_input=True),
    )


def _linear(arguments, answers):
    one, other, both = answers
    return bool(close(one + other, both).all())


def _in_place(g, x):
    g[x <= 0] = 0
    return g


LADDER = Ladder(
    task="relu_backward",
    arguments=("grad_output", "input"),
    reference=naive.relu_backward,
    cases=(
        Case("a row of three", (np.array([1.0, 10, 100]), np.array([2.0, -3, 4]))),
        Case("a 2 x 3 matrix with a zero", (GRAD, INPUT)),
        Case("an image with one channel", (GRAD[None, None], -INPUT[None, None])),
    ),
    hidden=_hidden,
    places=lambda grad_output, input: "The gradient has the shape of the input.",
    hint="Take one number of the input. Was the gate open there, and what does it let through?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", (GRAD, INPUT)),
                Case("another", (GRAD[::-1] / 4, INPUT)),
                Case("both together", (GRAD + GRAD[::-1] / 4, INPUT)),
            ),
            _linear,
            "Two gradients that come back together do not give the sum of their answers.",
            "Which of your steps depends on the size or the sign of the gradient itself?",
        ),
    ),
    mistakes=(
        Mistake(
            "only-the-gate",
            "You say where the gates are open. What should pass through them?",
            lambda g, x: (x > 0) * 1.0,
        ),
        Mistake(
            "open-at-zero",
            "Your gate is open where the input is exactly zero. Which slope does this course take "
            "there?",
            lambda g, x: g * (x >= 0),
        ),
        Mistake(
            "gate-of-the-gradient",
            "Your gate asks for the sign of the gradient. Which number did ReLU look at, going "
            "forward?",
            lambda g, x: g * (g > 0),
            lambda g, x: np.maximum(g, 0),
        ),
        Mistake(
            "two-gates",
            "Negative gradients never pass. Does a gate care which sign comes through?",
            lambda g, x: g * (x > 0) * (g > 0),
            lambda g, x: np.maximum(g * (x > 0), 0),
        ),
        Mistake(
            "upside-down-gate",
            "Your gates are open where they should be closed. For which inputs does ReLU let "
            "numbers pass?",
            lambda g, x: g * (x <= 0),
            lambda g, x: g * (x < 0),
        ),
        Mistake(
            "always-open",
            "Every gradient passes, as if there were no gates. Where does the input enter?",
            lambda g, x: np.array(g),
        ),
        Mistake(
            "times-input",
            "Open gates multiply your gradient by the input. What is the slope of ReLU there?",
            lambda g, x: g * np.maximum(x, 0),
            lambda g, x: g * x,
        ),
        Mistake(
            "forward-again",
            "This is the output of ReLU, not a gradient. Where does what comes back enter?",
            lambda g, x: np.maximum(x, 0),
        ),
        Mistake(
            "sign-instead-of-gate",
            "Where the gate is closed your gradient changes its sign. What should arrive there?",
            lambda g, x: g * np.sign(x),
        ),
        Mistake(
            "writes-into-gradient",
            "The gradient you were given now holds other numbers. Could you leave it as it is?",
            _in_place,
        ),
    ),
    accepted=(
        lambda g, x: g * (x > 0),
        lambda g, x: np.where(x > 0, g, 0),
        lambda g, x: np.where(x > 0, g, 0).astype(np.float32),
        lambda g, x: np.asfortranarray(g * (np.maximum(x, 0) > 0)),  # the gate of the output
        lambda g, x: g * np.heaviside(x, 0),
        lambda g, x: _by_loops(g, x),
    ),
)


def _by_loops(g, x):
    result = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if x[place] > 0:
            result[place] = g[place]
    return result
