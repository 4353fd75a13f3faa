"""The checks of `avg_pool2d_backward`: equal shares, added up."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.layer_gradients.common import POWERS, input_places, pooled_back, sum_holds

BLOCKS = (np.array([[[[4.0, 8], [12, 16]]]]), (1, 1, 4, 4), 2, 2)
OVERLAP = (4 * POWERS, (1, 1, 3, 3), 2, 1)
LEFT_OVER = (
    np.array([[[[9.0, -18, 27]], [[36, 45, -54]]], [[[-9, 90, 63]], [[72, -81, 99]]]]),
    (2, 2, 4, 8),
    3,
    2,
)
GAPS = (np.array([[[[4.0, -8], [12, 20]]]]), (1, 1, 6, 5), 2, 3)


def avg_pool2d_backward(grad_output, input_size, kernel_size, stride):
    """(N, C, OH, OW), (N, C, H, W), window, step -> (N, C, H, W)"""
    return naive.avg_pool2d_backward(grad_output, input_size, kernel_size, stride)


def _case(rng: np.random.Generator, shape: tuple, kernel_size: int, stride: int) -> Case:
    N, C, H, W = shape
    OH, OW = ((n - kernel_size) // stride + 1 for n in (H, W))
    name = f"{H} x {W} images, windows of {kernel_size}, step {stride}"
    return Case(name, (signed(rng, N, C, OH, OW), shape, kernel_size, stride))


def _hidden(rng):
    return (
        Item("windows side by side", (_case(rng, (2, 3, 4, 6), 2, 2),)),
        Item("overlaps", (_case(rng, (2, 1, 5, 6), 3, 1), _case(rng, (1, 2, 7, 5), 3, 2)), parts=2),
        Item("pixels left over", (_case(rng, (1, 2, 5, 7), 2, 2), _case(rng, (2, 1, 8, 5), 2, 3))),
        Item("the gradient is left as it was", (_case(rng, (1, 2, 4, 6), 2, 2),), keeps_input=True),
    )


def _spread(g, shape, k, s, share, **how):
    return pooled_back(g, np.zeros(shape), k, s, share, **how)


def _even(window, gradient):
    return np.full(window.shape, gradient / window.size)


def _placed(array, shape):
    """In the upper left corner of zeros of that shape, cut where it sticks out."""
    result = np.zeros(shape)
    rows, columns = (min(a, b) for a, b in zip(array.shape[2:], shape[2:], strict=True))
    result[:, :, :rows, :columns] = array[:, :, :rows, :columns]
    return result


def _blocks(g, shape, k, s):
    """The Kronecker product, whatever the stride."""
    return _placed(np.kron(g, np.full((1, 1, k, k), 1 / k**2)), shape)


def _one_pixel(row, column):
    def share(window, gradient):
        result = np.zeros(window.shape)
        result[row, column] = gradient
        return result

    return lambda g, shape, k, s: _spread(g, shape, k, s, share)


def _changes_gradient(g, shape, k, s):
    g /= k * k
    return k * k * avg_pool2d_backward(g, shape, k, s)


MISTAKES = (
    Mistake(
        "not-divided",
        "Every pixel got all that came back. How many pixels share it?",
        lambda g, shape, k, s: k * k * avg_pool2d_backward(g, shape, k, s),
    ),
    Mistake(
        "divided-by-side",
        "You divide by the side of the window. How many pixels has the window?",
        lambda g, shape, k, s: k * avg_pool2d_backward(g, shape, k, s),
    ),
    Mistake(
        "divided-by-stride",
        "You divide by the area of a step. How many pixels share the gradient of a window?",
        lambda g, shape, k, s: k * k / (s * s) * avg_pool2d_backward(g, shape, k, s),
    ),
    Mistake(
        "divided-by-image",
        "You divide by all the pixels of the image. How many had a say in one mean?",
        lambda g, shape, k, s: k * k / (shape[2] * shape[3]) * avg_pool2d_backward(g, shape, k, s),
    ),
    Mistake(
        "divided-by-windows",
        "You divide by the number of windows. How many pixels share one gradient?",
        lambda g, shape, k, s: (
            k * k / (g.shape[2] * g.shape[3]) * avg_pool2d_backward(g, shape, k, s)
        ),
    ),
    Mistake(
        "overwritten",
        "Where windows overlap only one share is left. What happens where ways meet?",
        lambda g, shape, k, s: _spread(g, shape, k, s, _even, adds=False),
    ),
    Mistake(
        "blocks-side-by-side",
        "Your blocks lie side by side whatever the stride is. Where does a window begin?",
        _blocks,
        lambda g, shape, k, s: np.kron(g, np.full((1, 1, k, k), 1 / k**2)),
        lambda g, shape, k, s: _spread(g, shape, k, s, _even, step=k),
    ),
    Mistake(
        "blocks-of-the-step",
        "Your blocks are as large as a step. How large is a window?",
        lambda g, shape, k, s: _placed(np.kron(g, np.full((1, 1, s, s), 1 / k**2)), shape),
        lambda g, shape, k, s: _placed(np.kron(g, np.full((1, 1, s, s), 1 / s**2)), shape),
    ),
    Mistake(
        "stride-missing",
        "All windows stand one pixel apart. Where does the step enter?",
        lambda g, shape, k, s: _spread(g, shape, k, s, _even, step=1),
    ),
    Mistake(
        "one-pixel-only",
        "One pixel of each window got everything. Which pixels had a say in the mean?",
        _one_pixel(0, 0),
        _one_pixel(-1, -1),
        _one_pixel(0, -1),
        lambda g, shape, k, s: _spread(
            g,
            shape,
            k,
            s,
            lambda w, d: np.where(np.arange(w.size).reshape(w.shape) == 0, d, 0) / k**2,
        ),
    ),
    Mistake(
        "cut-off",
        "The pixels that no window reached are missing. Which shape has the gradient of an image?",
        lambda g, shape, k, s: avg_pool2d_backward(g, shape, k, s)[
            :, :, : (g.shape[2] - 1) * s + k, : (g.shape[3] - 1) * s + k
        ],
    ),
    Mistake(
        "first-window-only",
        "Only the first window sent something back. When does your function return?",
        lambda g, shape, k, s: _spread(g[:, :, :1, :1], shape, k, s, _even),
    ),
    Mistake(
        "first-channel-only",
        "Only the first channel or image got a gradient. Which loops are still missing?",
        lambda g, shape, k, s: _only(g, np.s_[:1, :1], shape, k, s),
        lambda g, shape, k, s: _only(g, np.s_[:, :1], shape, k, s),
        lambda g, shape, k, s: _only(g, np.s_[:1], shape, k, s),
    ),
    Mistake(
        "averaged-over-batch",
        "Your gradient is divided by the number of images. Where was that already done?",
        lambda g, shape, k, s: avg_pool2d_backward(g, shape, k, s) / len(g),
    ),
    Mistake(
        "row-and-column-swapped",
        "Rows and columns of what comes back changed places. Which index counts downwards?",
        lambda g, shape, k, s: _swapped(g, shape, k, s),
    ),
    Mistake(
        "changes-gradient",
        "The gradient you were given now holds other numbers. Could you leave it as it is?",
        _changes_gradient,
    ),
)


def _only(g, part, shape, k, s):
    chosen = np.zeros(g.shape)
    chosen[part] = g[part]
    return avg_pool2d_backward(chosen, shape, k, s)


def _swapped(g, shape, k, s):
    """i moves the window across and j down."""
    result = np.zeros(shape)
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            window = result[:, :, j * s : j * s + k, i * s : i * s + k]
            window += g[:, :, i, j][:, :, None, None] / k**2
    return result


LADDER = Ladder(
    task="avg_pool2d_backward",
    arguments=("grad_output", "input_size", "kernel_size", "stride"),
    reference=avg_pool2d_backward,
    cases=(
        Case("the 4 x 4 image of lesson 09b", BLOCKS),
        Case("windows of 2 that overlap", OVERLAP),
        Case("two images of two channels, windows of 3 at step 2", LEFT_OVER),
        Case("windows of 2 at step 3", GAPS),
    ),
    hidden=_hidden,
    places=input_places,
    hint="Choose one wrong pixel. Which windows contain it, and what share does each of them send?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", OVERLAP),
                Case("another", (OVERLAP[0][:, :, ::-1] / 4, *OVERLAP[1:])),
                Case("both together", (OVERLAP[0] + OVERLAP[0][:, :, ::-1] / 4, *OVERLAP[1:])),
            ),
            sum_holds,
            "Two gradients that come back together do not give the sum of their answers.",
            "What happens in yours where two windows meet?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda g, shape, k, s: _spread(g, shape, k, s, _even),
        lambda g, shape, k, s: _spread(g, shape, k, s, _even).astype(np.float32),
        lambda g, shape, k, s: np.asfortranarray(_spread(g, shape, k, s, _even)),
        lambda g, shape, k, s: _all_channels_at_once(g, shape, k, s),
        lambda g, shape, k, s: _offset_by_offset(g, shape, k, s),
    ),
)


def _all_channels_at_once(g, shape, k, s):
    result = np.zeros(shape)
    for j in reversed(range(g.shape[3])):
        for i in range(g.shape[2]):
            result[:, :, i * s : i * s + k, j * s : j * s + k] += (
                g[:, :, i : i + 1, j : j + 1] / k**2
            )
    return result


def _offset_by_offset(g, shape, k, s):
    """One strided addition for each place in the window."""
    result = np.zeros(shape)
    OH, OW = g.shape[2:]
    for u in range(k):
        for v in range(k):
            result[:, :, u : u + OH * s : s, v : v + OW * s : s][:, :, :OH, :OW] += g / k**2
    return result
