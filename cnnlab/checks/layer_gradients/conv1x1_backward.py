"""The checks of `conv1x1_backward`: a dense layer at every pixel."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.layer_gradients.common import sum_holds
from cnnlab.checks.values import ARRAY, Several

# The worked example of lesson 09b: three pixels in a row, four channels, two filters.
PIXELS = (
    np.array([[1.0, 100], [10, 1], [100, 0]]).T[None, :, None],
    np.array([[1.0, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]]).T[None, :, None],
    np.array([[1.0, 0, 2, 3], [0, 1, 1, 2]])[:, :, None, None],
)
BATCH = (
    np.array([[[[1.0, -2, 3]], [[0.5, 4, -6]]], [[[7, 2, -1]], [[-3, 8, 5]]]]),
    np.array(
        [[[[2.0, 1, -4]], [[3, -5, 6]], [[0.5, 7, -1]]], [[[8, -2, 9]], [[-6, 4, 3]], [[5, 1, -7]]]]
    ),
    np.array([[2.0, -3, 1], [5, 0.25, -4]])[:, :, None, None],
)
# As many filters as channels: a turned weight goes through here.
SQUARE = (BATCH[0], BATCH[1][:, 1:], BATCH[2][:, 1:])


def conv1x1_backward(grad_output, input, weight):
    """(N, O, H, W), (N, C, H, W), (O, C, 1, 1) -> gradients of input, weight and bias"""
    return (
        naive.conv2d_input(input.shape, weight, grad_output),
        naive.conv2d_weight(input, weight.shape, grad_output),
        naive.conv_bias(grad_output),
    )


def _case(rng: np.random.Generator, n: int, c: int, o: int, h: int, w: int) -> Case:
    name = f"{n} images of {c} channels, {o} filters, {h} x {w} pixels"
    return Case(name, (signed(rng, n, o, h, w), signed(rng, n, c, h, w), signed(rng, o, c, 1, 1)))


def _hidden(rng):
    return (
        Item("one image", (_case(rng, 1, 3, 2, 2, 4),)),
        Item("a batch", (_case(rng, 2, 4, 3, 3, 2), _case(rng, 3, 2, 5, 2, 1)), parts=2),
        Item("as many filters as channels", (_case(rng, 2, 3, 3, 2, 4),)),
        Item("the arguments are left as they were", (_case(rng, 2, 3, 2, 1, 4),), keeps_input=True),
    )


def _parts(g, x, w):
    """The three gradients by matrix products, for versions that change one of them."""
    return {
        "grad_input": np.einsum("nohw,oc->nchw", g, w[:, :, 0, 0]),
        "grad_weight": np.einsum("nohw,nchw->oc", g, x)[:, :, None, None],
        "grad_bias": g.sum(axis=(0, 2, 3)),
    }


def _with(**changed):
    """The right answer with some of its three values made in another way."""

    def version(g, x, w):
        right = _parts(g, x, w)
        return tuple((right | {name: make(g, x, w) for name, make in changed.items()}).values())

    return version


def _changes_gradient(g, x, w):
    right = tuple(_parts(g, x, w).values())
    g *= 0
    return right


def _diagonal(g, x, w):
    """Each channel scaled, none mixed."""
    result = np.zeros(x.shape)
    for c in range(min(len(w), x.shape[1])):
        result[:, c] = g[:, c] * w[c, c, 0, 0]
    return result


MISTAKES = (
    Mistake(
        "weight-gradient-without-kernel",
        "The gradient of the weight has lost its two last axes. Which shape does the weight have?",
        _with(grad_weight=lambda g, x, w: np.einsum("nohw,nchw->oc", g, x)),
    ),
    Mistake(
        "weight-gradient-turned",
        "The gradient of the weight has filters and channels the other way round. Which of them "
        "comes first in the weight?",
        _with(grad_weight=lambda g, x, w: np.einsum("nohw,nchw->co", g, x)[:, :, None, None]),
    ),
    Mistake(
        "weight-turned-for-input",
        "The weight was turned on the way back to the input. Over which of its axes do you add up?",
        lambda g, x, w: (
            np.einsum("nohw,co->nchw", g, w[:, :, 0, 0]),
            *list(_parts(g, x, w).values())[1:],
        ),
    ),
    Mistake(
        "channels-only-scaled",
        "Each channel got the gradient of one filter only. How many filters read a channel?",
        _with(grad_input=_diagonal),
        _with(grad_input=lambda g, x, w: np.einsum("nhw,c->nchw", g[:, 0], w[0, :, 0, 0])),
        _with(grad_input=lambda g, x, w: np.einsum("nhw,c->nchw", g[:, -1], w[-1, :, 0, 0])),
    ),
    Mistake(
        "bias-not-over-images",
        "The gradient of the bias knows one image only, or each by itself. Over what does it add "
        "up?",
        _with(grad_bias=lambda g, x, w: g[0].sum(axis=(1, 2))),
        _with(grad_bias=lambda g, x, w: g.sum(axis=(2, 3))),
        _with(grad_bias=lambda g, x, w: g[-1].sum(axis=(1, 2))),
    ),
    Mistake(
        "bias-not-over-places",
        "The gradient of the bias still has places. Where was the bias added, going forward?",
        _with(grad_bias=lambda g, x, w: g.sum(axis=0)),
        _with(grad_bias=lambda g, x, w: g.sum(axis=(0, 2))),
        _with(grad_bias=lambda g, x, w: g.sum(axis=(0, 3))),
    ),
    Mistake(
        "bias-is-one-number",
        "The gradient of the bias is a single number. How many filters have a bias?",
        _with(grad_bias=lambda g, x, w: g.sum()),
    ),
    Mistake(
        "bias-keeps-axes",
        "The gradient of the bias has axes too many. Which shape has a bias?",
        _with(grad_bias=lambda g, x, w: g.sum(axis=(0, 2, 3), keepdims=True)),
    ),
    Mistake(
        "bias-averaged",
        "The gradient of the bias is a mean. What happens where ways meet?",
        _with(grad_bias=lambda g, x, w: g.mean(axis=(0, 2, 3))),
        _with(grad_bias=lambda g, x, w: g.mean(axis=0).sum(axis=(1, 2))),
        _with(grad_bias=lambda g, x, w: g.mean(axis=(2, 3)).sum(axis=0)),
    ),
    Mistake(
        "weight-gradient-averaged",
        "The gradient of the weight is divided by the number of images or of pixels. Where was the "
        "mean already taken?",
        _with(grad_weight=lambda g, x, w: _parts(g, x, w)["grad_weight"] / len(x)),
        _with(grad_weight=lambda g, x, w: _parts(g, x, w)["grad_weight"] / x[0, 0].size),
        _with(grad_weight=lambda g, x, w: _parts(g, x, w)["grad_weight"] / x[:, 0].size),
    ),
    Mistake(
        "all-averaged",
        "The gradients of weight and bias are divided by the number of images. Where was that done "
        "already?",
        lambda g, x, w: tuple(p / len(x) for p in _parts(g, x, w).values()),
        lambda g, x, w: tuple(
            p / (len(x) if n else 1) for n, p in enumerate(_parts(g, x, w).values())
        ),
    ),
    Mistake(
        "one-image-only",
        "The gradient of the weight knows one image only. What becomes of the others?",
        _with(grad_weight=lambda g, x, w: _parts(g[-1:], x[-1:], w)["grad_weight"]),
        _with(grad_weight=lambda g, x, w: _parts(g[:1], x[:1], w)["grad_weight"]),
    ),
    Mistake(
        "one-pixel-only",
        "The gradient of the weight knows one pixel only. What becomes of the others?",
        _with(
            grad_weight=lambda g, x, w: _parts(g[:, :, -1:, -1:], x[:, :, -1:, -1:], w)[
                "grad_weight"
            ]
        ),
        _with(
            grad_weight=lambda g, x, w: _parts(g[:, :, :1, :1], x[:, :, :1, :1], w)["grad_weight"]
        ),
        _with(
            grad_weight=lambda g, x, w: _parts(g[-1:, :, -1:, -1:], x[-1:, :, -1:, -1:], w)[
                "grad_weight"
            ]
        ),
    ),
    Mistake(
        "sums-multiplied",
        "You added up first and multiplied then. Which pixel does the gradient of a pixel meet?",
        _with(grad_weight=lambda g, x, w: np.einsum("nohw,ncij->oc", g, x)[:, :, None, None]),
        _with(grad_weight=lambda g, x, w: np.einsum("nohw,mchw->oc", g, x)[:, :, None, None]),
        _with(grad_weight=lambda g, x, w: np.einsum("nohw,mcij->oc", g, x)[:, :, None, None]),
    ),
    Mistake(
        "input-gradient-added-up",
        "All pixels of the input got the same gradient. Do the positions mix in this layer?",
        _with(
            grad_input=lambda g, x, w: np.broadcast_to(
                np.einsum("nohw,oc->nc", g, w[:, :, 0, 0])[:, :, None, None], x.shape
            )
        ),
    ),
    Mistake(
        "changes-gradient",
        "The gradient you were given now holds other numbers. Could you leave it as it is?",
        _changes_gradient,
    ),
)

LADDER = Ladder(
    task="conv1x1_backward",
    arguments=("grad_output", "input", "weight"),
    reference=conv1x1_backward,
    returns=Several(grad_input=ARRAY, grad_weight=ARRAY, grad_bias=ARRAY),
    cases=(
        Case("the three pixels of lesson 09b", PIXELS),
        Case("two images of three channels, two filters", BATCH),
        Case("two images of two channels, two filters", SQUARE),
    ),
    hidden=_hidden,
    places=lambda grad_output, input, weight: (
        "Each gradient has the shape of what it belongs to; the bias has one number a filter."
    ),
    hint="Choose one wrong number. Which images, pixels, filters or channels add up to it?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", BATCH),
                Case("another", (BATCH[0][::-1] / 4, *BATCH[1:])),
                Case("both together", (BATCH[0] + BATCH[0][::-1] / 4, *BATCH[1:])),
            ),
            sum_holds,
            "Two gradients that come back together do not give the sum of their answers.",
            "Which of your values is not a sum of products with the gradient?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda g, x, w: tuple(_parts(g, x, w).values()),
        lambda g, x, w: [p.astype(np.float32) for p in _parts(g, x, w).values()],
        lambda g, x, w: tuple(map(np.asfortranarray, conv1x1_backward(g, x, w))),
        lambda g, x, w: _as_a_dense_layer(g, x, w),
        lambda g, x, w: _pixel_by_pixel(g, x, w),
    ),
)


def _as_a_dense_layer(g, x, w):
    """Pixels as rows, two matrix products, and back."""
    rows_g = np.moveaxis(g, 1, -1).reshape(-1, g.shape[1])
    rows_x = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    N, C, H, W = x.shape
    back = (rows_g @ w[:, :, 0, 0]).reshape(N, H, W, C)
    return np.moveaxis(back, -1, 1), (rows_g.T @ rows_x).reshape(w.shape), rows_g.sum(axis=0)


def _pixel_by_pixel(g, x, w):
    grad_input, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(w.shape), np.zeros(len(w))
    for n in range(len(x)):
        for i, j in np.ndindex(*x.shape[2:]):
            grad_input[n, :, i, j] = w[:, :, 0, 0].T @ g[n, :, i, j]
            grad_weight[:, :, 0, 0] += np.outer(g[n, :, i, j], x[n, :, i, j])
            grad_bias += g[n, :, i, j]
    return grad_input, grad_weight, grad_bias
