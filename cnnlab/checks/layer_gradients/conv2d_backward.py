"""The checks of `conv2d_backward`: stamps, correlations and sums."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.layer_gradients.common import POWERS, sum_holds
from cnnlab.checks.layer_gradients.conv2d_mistakes import MISTAKES
from cnnlab.checks.layer_gradients.conv2d_versions import stamped
from cnnlab.checks.values import ARRAY, Several

DIGITS = np.arange(1.0, 10).reshape(1, 1, 3, 3)
KERNEL = np.array([[[[1.0, 2], [3, 4]]]])

# Two images of three channels and two filters, 5 x 6 pixels; with stride 2 and padding 1 and a
# 2 x 3 kernel the last row of the bordered image is left over.
_rng = np.random.default_rng(92)
BATCH_INPUT = signed(_rng, 2, 3, 5, 6)
BATCH_WEIGHT = signed(_rng, 2, 3, 2, 3)
BATCH_GRAD = signed(_rng, 2, 2, 3, 3)
VALID_GRAD = signed(_rng, 2, 2, 4, 4)
SQUARE_GRAD = signed(_rng, 1, 2, 5, 5)
SQUARE_INPUT = signed(_rng, 1, 2, 5, 5)
SQUARE_WEIGHT = signed(_rng, 2, 2, 3, 3)


def conv2d_backward(grad_output, input, weight, stride, padding):
    """(N, O, OH, OW), (N, C, H, W), (O, C, KH, KW), step, border -> three gradients"""
    how = {"stride": stride, "padding": padding}
    return (
        naive.conv2d_input(input.shape, weight, grad_output, **how),
        naive.conv2d_weight(input, weight.shape, grad_output, **how),
        naive.conv_bias(grad_output),
    )


def _case(rng: np.random.Generator, input: tuple, weight: tuple, stride: int, padding: int) -> Case:
    size, kernel = input[2:], weight[2:]
    OH, OW = ((n + 2 * padding - k) // stride + 1 for n, k in zip(size, kernel, strict=True))
    arrays = (signed(rng, input[0], weight[0], OH, OW), signed(rng, *input), signed(rng, *weight))
    return Case(f"stride {stride}, padding {padding}", (*arrays, stride, padding))


def _hidden(rng):
    return (
        Item("one image, one filter", (_case(rng, (1, 1, 4, 5), (1, 1, 2, 3), 1, 0),)),
        Item(
            "channels, filters, images",
            (_case(rng, (2, 3, 4, 5), (4, 3, 3, 2), 1, 0),),
            parts=2,
        ),
        Item("padding", (_case(rng, (2, 1, 4, 3), (2, 1, 3, 2), 1, 1),)),
        Item(
            "stride, and pixels left over",
            (
                _case(rng, (2, 2, 6, 5), (3, 2, 3, 2), 2, 0),
                _case(rng, (1, 2, 5, 7), (2, 2, 2, 2), 3, 0),
            ),
        ),
        Item("stride and padding", (_case(rng, (2, 3, 5, 6), (2, 3, 2, 3), 2, 1),)),
        Item(
            "the arguments are left as they were",
            (_case(rng, (1, 2, 4, 5), (3, 2, 2, 3), 1, 1),),
            keeps_input=True,
        ),
    )


LADDER = Ladder(
    task="conv2d_backward",
    arguments=("grad_output", "input", "weight", "stride", "padding"),
    reference=conv2d_backward,
    returns=Several(grad_input=ARRAY, grad_weight=ARRAY, grad_bias=ARRAY),
    cases=(
        Case("the 3 x 3 image of lesson 09b", (POWERS, DIGITS, KERNEL, 1, 0)),
        Case(
            "two images, three channels, two filters", (VALID_GRAD, BATCH_INPUT, BATCH_WEIGHT, 1, 0)
        ),
        Case("padding 1", (SQUARE_GRAD, SQUARE_INPUT, SQUARE_WEIGHT, 1, 1)),
        Case("stride 2 and padding 1", (BATCH_GRAD, BATCH_INPUT, BATCH_WEIGHT, 2, 1)),
        Case(
            "stride 2 without padding", (BATCH_GRAD[:, :, :2, :2], BATCH_INPUT, BATCH_WEIGHT, 2, 0)
        ),
    ),
    hidden=_hidden,
    places=lambda grad_output, input, weight, stride, padding: (
        "Each gradient has the shape of what it belongs to; the bias has one number a filter."
    ),
    hint="Choose one wrong number and follow one window: where does it begin, and what does it "
    "send to that number?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", (VALID_GRAD, BATCH_INPUT, BATCH_WEIGHT, 1, 0)),
                Case("another", (VALID_GRAD[::-1] / 4, BATCH_INPUT, BATCH_WEIGHT, 1, 0)),
                Case(
                    "both together",
                    (VALID_GRAD + VALID_GRAD[::-1] / 4, BATCH_INPUT, BATCH_WEIGHT, 1, 0),
                ),
            ),
            sum_holds,
            "Two gradients that come back together do not give the sum of their answers.",
            "Which of your values is not a sum of products with the gradient?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        stamped,
        lambda g, x, w, s, p: [part.astype(np.float32) for part in stamped(g, x, w, s, p)],
        lambda g, x, w, s, p: tuple(map(np.asfortranarray, stamped(g, x, w, s, p))),
        lambda g, x, w, s, p: _by_convolutions(g, x, w, s, p),
        lambda g, x, w, s, p: _weight_by_weight(g, x, w, s, p),
    ),
)


def _by_convolutions(g, x, w, s, p):
    """As lesson 09b says it: spread with zeros, a full convolution, and a correlation."""
    (H, W), (KH, KW) = x.shape[2:], w.shape[2:]
    spread = np.zeros((*g.shape[:2], H + 2 * p - KH + 1, W + 2 * p - KW + 1))
    spread[:, :, ::s, ::s][:, :, : g.shape[2], : g.shape[3]] = g
    wide = np.pad(spread, ((0, 0), (0, 0), (KH - 1, KH - 1), (KW - 1, KW - 1)))
    view = np.lib.stride_tricks.sliding_window_view
    back = np.einsum("nohwuv,ocuv->nchw", view(wide, (KH, KW), axis=(2, 3)), w[:, :, ::-1, ::-1])
    bordered = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    patches = view(bordered, spread.shape[2:], axis=(2, 3))
    grad_weight = np.einsum("nohw,ncuvhw->ocuv", spread, patches)
    return back[:, :, p : p + H, p : p + W], grad_weight, g.sum(axis=(0, 2, 3))


def _weight_by_weight(g, x, w, s, p):
    """The kernel's places outside, whole pictures inside."""
    bordered = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_bordered, grad_weight = np.zeros(bordered.shape), np.zeros(w.shape)
    OH, OW = g.shape[2:]
    for v in range(w.shape[3]):
        for u in range(w.shape[2]):
            place = np.s_[:, :, u : u + OH * s : s, v : v + OW * s : s]
            part = bordered[place][:, :, :OH, :OW]
            grad_weight[:, :, u, v] = np.tensordot(g, part, axes=((0, 2, 3), (0, 2, 3)))
            grad_bordered[place][:, :, :OH, :OW] += np.einsum("nohw,oc->nchw", g, w[:, :, u, v])
    H, W = x.shape[2:]
    return grad_bordered[:, :, p : p + H, p : p + W], grad_weight, g.sum(axis=(3, 2, 0))
