"""The checks of `max_pool2d_backward`: the winner takes it all."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.layer_gradients.common import POWERS, first_maximum, input_places, sum_holds
from cnnlab.checks.layer_gradients.max_pool2d_mistakes import MISTAKES, by_windows
from cnnlab.checks.values import close

# Every window is won at another place; one has only negative numbers.
BLOCKS = np.array([[[[1.0, 3, 8, 2], [4, -2, 0, 5], [-6, -1, 7, -3], [-4, -2, 2, 9]]]])
TIES = np.array([[[[1.0, 4, 2, 2], [4, 3, 2, 1], [6, 1, 7, 7], [0, 6, 7, 3]]]])
SPOT = np.array([[[[2.0, 1, 3], [4, 9, 5], [0, 6, 7]]]])
BATCH = np.array(
    [
        [
            [[3.0, -1, 4, 1, -5], [9, 2, 6, -5, 3], [5, 8, -9, 7, 9.5]],
            [[-3, 2, 3, 8, 4], [6, -2, 6.5, 4, 3], [3, -8, 3.5, 2, 7]],
        ],
        [
            [[2, 7, 1, 8, -2], [8.5, 1.5, 8.25, 2.5, 8], [-4, 5, 9, 0.5, 4.5]],
            [[-1, -6, -1.5, -8, -0.5], [-3, -9, -8.5, -7, -4], [-9.5, -5, -2, -6.5, -7.5]],
        ],
    ]
)
COMING_BACK = np.array([[[[1.0, 10]], [[100, -1000]]], [[[20, 2]], [[-3, 300]]]])


def max_pool2d_backward(grad_output, input, kernel_size, stride):
    """(N, C, OH, OW), (N, C, H, W), window, step -> (N, C, H, W)"""
    _, indices = naive.max_pool2d(input, kernel_size, stride, return_indices=True)
    return naive.max_pool2d_backward(grad_output, indices, input.shape)


def _case(rng: np.random.Generator, input: np.ndarray, kernel_size: int, stride: int) -> Case:
    N, C, H, W = input.shape
    OH, OW = ((n - kernel_size) // stride + 1 for n in (H, W))
    name = f"{H} x {W} images, windows of {kernel_size}, step {stride}"
    return Case(name, (signed(rng, N, C, OH, OW), input, kernel_size, stride))


def _hidden(rng):
    ties = rng.integers(-2, 2, size=(2, 2, 6, 4)).astype(float)
    ties[0, 0, :2, :2] = [[1, 3], [3, 0]]  # at least one window is a tie
    peak = signed(rng, 1, 2, 4, 5)
    peak[:, :, 1:3, 2] = [[90, 80], [70, 85]]  # wins several windows
    return (
        Item("windows side by side", (_case(rng, signed(rng, 2, 3, 4, 6), 2, 2),)),
        Item(
            "overlaps", (_case(rng, peak, 2, 1), _case(rng, signed(rng, 2, 1, 7, 5), 3, 2)), parts=2
        ),
        Item("ties", (_case(rng, ties, 2, 2),)),
        Item(
            "negative numbers and pixels left over",
            (
                _case(rng, -np.abs(signed(rng, 1, 2, 5, 7)), 2, 2),
                _case(rng, signed(rng, 2, 1, 8, 5), 2, 3),
            ),
        ),
        Item(
            "the arguments are left as they were",
            (_case(rng, signed(rng, 1, 2, 4, 6), 2, 2),),
            keeps_input=True,
        ),
    )


def _any_maximum(got, want, grad_output, input, kernel_size, stride):
    """The reference, and at a tie also another maximum or shares among them.

    Where windows overlap, a pixel's shares cannot be told apart: there the reference alone counts.
    """
    verdict = close(got, want)
    if stride < kernel_size:
        return verdict
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows = slice(i * stride, i * stride + kernel_size)
        columns = slice(j * stride, j * stride + kernel_size)
        window = input[n, c, rows, columns]
        if (window == window.max()).sum() > 1:
            share, arrives = got[n, c, rows, columns], grad_output[n, c, i, j]
            on_maxima = not share[window < window.max()].any()
            one_sign = (share * np.sign(arrives) >= 0).all()
            verdict[n, c, rows, columns] = (
                on_maxima and one_sign and bool(close(share.sum(), arrives))
            )
    return verdict


LADDER = Ladder(
    task="max_pool2d_backward",
    arguments=("grad_output", "input", "kernel_size", "stride"),
    reference=max_pool2d_backward,
    cases=(
        Case("a 4 x 4 image", (POWERS, BLOCKS, 2, 2)),
        Case("a pixel that wins four windows", (POWERS, SPOT, 2, 1)),
        Case("windows with ties", (POWERS, TIES, 2, 2)),
        Case("two images of two channels, with pixels left over", (COMING_BACK, BATCH, 2, 2)),
        Case("windows of 3 at step 2", (COMING_BACK, BATCH, 3, 2)),
    ),
    hidden=_hidden,
    places=input_places,
    right=_any_maximum,
    hint="Choose one wrong pixel. Which windows contain it, and in which of them does it win?",
    properties=(
        Property(
            "linear in the gradient",
            (
                Case("one gradient", (POWERS, SPOT, 2, 1)),
                Case("another", (POWERS[:, :, ::-1] / 8, SPOT, 2, 1)),
                Case("both together", (POWERS + POWERS[:, :, ::-1] / 8, SPOT, 2, 1)),
            ),
            sum_holds,
            "Two gradients that come back together do not give the sum of their answers.",
            "Which of your steps depends on the size of what comes back?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        by_windows(lambda window, gradient: first_maximum(window) * gradient),
        by_windows(lambda window, gradient: _last_maximum(window) * gradient),
        by_windows(lambda window, gradient: first_maximum(window.T).T * gradient),
        by_windows(lambda window, gradient: _shared(window) * gradient),
        lambda g, x, k, s: max_pool2d_backward(g, x, k, s).astype(np.float32),
        lambda g, x, k, s: np.asfortranarray(max_pool2d_backward(g, x, k, s)),
        lambda g, x, k, s: _all_windows_at_once(g, x, k, s),
        lambda g, x, k, s: _search(g, x, k, s),
    ),
)


def _last_maximum(window):
    return first_maximum(window[::-1, ::-1])[::-1, ::-1]


def _shared(window):
    """Equal shares for all maxima."""
    return (window == window.max()) / (window == window.max()).sum()


def _all_windows_at_once(g, x, k, s):
    """Flat places of all maxima, then one unbuffered addition."""
    N, C, H, W = x.shape
    OH, OW = g.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    u, v = np.divmod(view[:, :, :OH, :OW].reshape(N, C, OH, OW, k * k).argmax(axis=-1), k)
    n, c, i, j = np.indices(g.shape)
    result = np.zeros(x.shape)
    np.add.at(result, (n, c, i * s + u, j * s + v), g)
    return result


def _search(g, x, k, s):
    """The maximum found by comparing, pixel by pixel."""
    result = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(g.shape):
        best = (i * s, j * s)
        for r in range(i * s, i * s + k):
            for q in range(j * s, j * s + k):
                if x[n, c, r, q] > x[(n, c, *best)]:
                    best = (r, q)
        result[(n, c, *best)] += g[n, c, i, j]
    return result
