"""The checks of `linear_backward`: the three gradients of a dense layer."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.values import ARRAY, Several, close

# The worked example of lesson 09.
GRAD = np.array([[1, 100], [10, 1], [100, 0]])
INPUT = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]])
WEIGHT = np.array([[1, 0, 2, 3], [0, 1, 1, 2]])

SQUARE = (
    np.array([[2.0, -1, 3], [-4, 5, 0.5]]),
    np.array([[1.0, -2, 6], [3, 0.25, -5]]),
    np.array([[7.0, -1, 2], [0.5, 3, -4], [-6, 8, 1]]),
)


def linear_backward(grad_output, input, weight):
    """(N, O), (N, C), (O, C) -> gradients of input, weight and bias"""
    return (
        naive.linear_input(input.shape, weight, grad_output),
        naive.linear_weight(input, weight.shape, grad_output),
        naive.linear_bias(grad_output),
    )


def _case(rng: np.random.Generator, n: int, o: int, c: int) -> Case:
    arrays = (signed(rng, n, o), signed(rng, n, c), signed(rng, o, c))
    return Case(f"{n} images, {c} inputs, {o} outputs", arrays)


def _hidden(rng):
    return (
        Item("one image", (_case(rng, 1, 2, 3),)),
        Item("a batch", (_case(rng, 4, 2, 3), _case(rng, 3, 5, 2))),
        Item("as many inputs as outputs", (_case(rng, 4, 3, 3), _case(rng, 3, 3, 3)), parts=2),
        Item("the arguments are left as they were", (_case(rng, 2, 4, 3),), keeps_input=True),
    )


def _linear(arguments, answers):
    one, other, both = answers
    return all(bool(close(a + b, c).all()) for a, b, c in zip(one, other, both, strict=True))


def _with(**parts):
    """The right answer with some of its three values made in another way."""
    names = ("grad_input", "grad_weight", "grad_bias")

    def version(g, x, w):
        right = dict(zip(names, linear_backward(g, x, w), strict=True))
        return tuple((right | {name: make(g, x, w) for name, make in parts.items()}).values())

    return version


MISTAKES = (
    Mistake(
        "bias-not-summed",
        "The gradient of the bias knows one image only. How many images used the bias?",
        _with(grad_bias=lambda g, x, w: g[0]),
        _with(grad_bias=lambda g, x, w: g[-1]),
    ),
    Mistake(
        "bias-for-each-image",
        "The bias has a gradient for each image. Of which shape is the bias itself?",
        _with(grad_bias=lambda g, x, w: np.array(g)),
    ),
    Mistake(
        "bias-averaged",
        "The gradient of the bias is a mean. What happens where several ways meet?",
        _with(grad_bias=lambda g, x, w: g.mean(axis=0)),
    ),
    Mistake(
        "bias-over-outputs",
        "The bias adds up along the wrong axis. Which axis counts the images?",
        _with(grad_bias=lambda g, x, w: g.sum(axis=1)),
    ),
    Mistake(
        "bias-is-one-number",
        "The gradient of the bias is a single number. How many numbers does the bias have?",
        _with(grad_bias=lambda g, x, w: g.sum()),
    ),
    Mistake(
        "bias-keeps-axis",
        "The gradient of the bias has an axis too many. Of which shape is the bias itself?",
        _with(grad_bias=lambda g, x, w: g.sum(axis=0, keepdims=True)),
    ),
    Mistake(
        "bias-of-ones",
        "The gradient of the bias takes no notice of what comes back. What is multiplied by its "
        "slope of one?",
        _with(grad_bias=lambda g, x, w: np.ones(len(w))),
    ),
    Mistake(
        "weight-turned-for-input",
        "Only square weights go through, and then the input's gradient is wrong. Which axis of the "
        "weight counts the outputs?",
        lambda g, x, w: (g @ w.T, g.T @ x, g.sum(axis=0)),
        _with(grad_input=lambda g, x, w: g @ w.T if len(w) == len(w.T) else np.zeros(x.shape)),
    ),
    Mistake(
        "weight-gradient-turned",
        "The gradient of the weight lies on its side. Which shape does the weight have?",
        _with(grad_weight=lambda g, x, w: x.T @ g),
    ),
    Mistake(
        "input-gradient-turned",
        "The gradient of the input lies on its side. Which shape does the input have?",
        _with(grad_input=lambda g, x, w: w.T @ g.T),
    ),
    Mistake(
        "weight-gradient-averaged",
        "The gradient of the weight is divided by the number of images. Where was that already "
        "done?",
        _with(grad_weight=lambda g, x, w: g.T @ x / len(x)),
    ),
    Mistake(
        "all-averaged",
        "All your gradients are divided by the number of images. Where was that already done?",
        lambda g, x, w: tuple(part / len(x) for part in linear_backward(g, x, w)),
        _with(
            grad_weight=lambda g, x, w: g.T @ x / len(x), grad_bias=lambda g, x, w: g.mean(axis=0)
        ),
    ),
    Mistake(
        "not-a-matrix-product",
        "Numbers were multiplied place by place, or all alike. Which operation adds up over the "
        "images?",
        _with(grad_weight=lambda g, x, w: np.full(w.shape, (x[:, :1] * g[:, :1]).sum())),
        lambda g, x, w: (g * w, g * x, g.sum(axis=0)),
        lambda g, x, w: (g * w, g.T * x, g.sum(axis=0)),
        lambda g, x, w: (g @ w, g * x, g.sum(axis=0)),
        lambda g, x, w: (g @ w, g.T * x, g.sum(axis=0)),
        lambda g, x, w: (g @ w, x * g, g.sum(axis=0)),
    ),
    Mistake(
        "last-image-only",
        "The gradient of the weight knows the last image only. What happens to the shares of the "
        "others?",
        _with(grad_weight=lambda g, x, w: np.outer(g[-1], x[-1])),
        _with(grad_weight=lambda g, x, w: np.outer(g[-1], x[-1]), grad_bias=lambda g, x, w: g[-1]),
    ),
    Mistake(
        "first-image-only",
        "The gradient of the weight knows the first image only. What happens to the shares of the "
        "others?",
        _with(grad_weight=lambda g, x, w: np.outer(g[0], x[0])),
    ),
    Mistake(
        "one-output-only",
        "Only one output sends its gradient back to the input. How many outputs used each input?",
        _with(grad_input=lambda g, x, w: g[:, :1] @ w[:1]),
        _with(grad_input=lambda g, x, w: g[:, -1:] @ w[-1:]),
    ),
    Mistake(
        "weight-used-for-weight",
        "The gradient of the weight is made of the weight itself. Which number is the other one in "
        "its product?",
        _with(grad_weight=lambda g, x, w: g.sum(axis=0)[:, None] * w),
    ),
    Mistake(
        "gradient-ignored",
        "What comes back leaves no trace. What does each slope get multiplied by?",
        lambda g, x, w: (
            np.tile(w.sum(axis=0), (len(x), 1)),
            np.tile(x.sum(axis=0), (len(w), 1)),
            np.full(len(w), float(len(x))),
        ),
    ),
    Mistake(
        "step-taken",
        "You hand back changed weights or steps, not gradients. In which phase are weights moved?",
        _with(grad_weight=lambda g, x, w: w - g.T @ x),
        _with(grad_weight=lambda g, x, w: w - 0.1 * (g.T @ x)),
        _with(grad_weight=lambda g, x, w: 0.1 * (g.T @ x)),
        _with(grad_weight=lambda g, x, w: 0.01 * (g.T @ x)),
    ),
)

LADDER = Ladder(
    task="linear_backward",
    arguments=("grad_output", "input", "weight"),
    reference=linear_backward,
    returns=Several(grad_input=ARRAY, grad_weight=ARRAY, grad_bias=ARRAY),
    cases=(
        Case("the three images of lesson 09", (GRAD, INPUT, WEIGHT)),
        Case("two images, three inputs, three outputs", SQUARE),
        Case("three of each", (np.vstack([SQUARE[0], [6, -8, 1]]), INPUT[:, :3], SQUARE[2])),
    ),
    hidden=_hidden,
    places=lambda grad_output, input, weight: (
        "Each gradient has the shape of what it belongs to: input, weight, bias."
    ),
    hint="Choose one wrong number. Which products of a gradient and the other number meet there?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", SQUARE),
                Case("another", (SQUARE[0][::-1] / 4, *SQUARE[1:])),
                Case("both together", (SQUARE[0] + SQUARE[0][::-1] / 4, *SQUARE[1:])),
            ),
            _linear,
            "Two gradients that come back together do not give the sum of their answers.",
            "Which of your values is not a sum of products with the gradient?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda g, x, w: (g @ w, g.T @ x, g.sum(axis=0)),
        lambda g, x, w: (np.dot(g, w), np.dot(x.T, g).T, np.ones(len(g)) @ g),
        lambda g, x, w: [a.astype(np.float32) for a in (g @ w, g.T @ x, g.sum(axis=0))],
        lambda g, x, w: tuple(map(np.asfortranarray, linear_backward(g, x, w))),
        lambda g, x, w: (
            np.einsum("no,oc->nc", g, w),
            np.einsum("no,nc->oc", g, x),
            np.einsum("no->o", g),
        ),
        lambda g, x, w: (
            np.array([row @ w for row in g]),
            sum(np.outer(a, b) for a, b in zip(g, x, strict=True)),
            sum(g),
        ),
    ),
)
