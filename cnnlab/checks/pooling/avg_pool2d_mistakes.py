"""Known wrong versions of `avg_pool2d`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.pooling.common import (
    beyond_the_edge,
    clears,
    one_size,
    partial_windows,
    pooled,
    reshaped,
)

right = naive.avg_pool2d


def _only(*chosen):
    """Everything but these places of the answer stays zero."""

    def version(*given):
        answer = right(*given)
        result = np.zeros_like(answer)
        result[chosen] = answer[chosen]
        return result

    return version


def _exact(x, k, s):
    """The right answer, whole where it should be: the formula's loops leave 2.9999999 behind."""
    return right(x, k, s).round(9)


def _cut(x, k, s):
    answer = _exact(x, k, s)
    return answer if np.asarray(x).dtype.kind == "f" else np.trunc(answer)


def _whole_division(x, k, s):
    answer = _exact(x, k, s)
    return answer if np.asarray(x).dtype.kind == "f" else np.floor(answer)


def _byte_sums(x, k, s):
    """Sums that leave the byte wrap around."""
    if x.dtype != np.uint8:
        return right(x, k, s)
    return pooled(lambda w: w.sum() % 256)(x, k, s) / k**2


MISTAKES = (
    Mistake(
        "summed",
        "You added each window up. How many numbers share the sum?",
        pooled(np.sum),
    ),
    Mistake(
        "divided-by-side",
        "You divided by the side of the window. How many numbers does a window hold?",
        lambda x, k, s: right(x, k, s) * k,
        lambda x, k, s: right(x, k, s) * k / 2,
    ),
    Mistake(
        "divided-by-stride",
        "The stride is in your divisor. What does the number of pixels in a window depend on?",
        lambda x, k, s: right(x, k, s) * k**2 / s**2,
        lambda x, k, s: right(x, k, s) * k**2 / (k * s),
    ),
    Mistake(
        "always-four",
        "You always divide by four. How many numbers does a window of three by three hold?",
        lambda x, k, s: right(x, k, s) * k**2 / 4,
    ),
    Mistake(
        "window-of-two",
        "It works for windows of two only. Which number stands where the size belongs?",
        pooled(np.mean, span=lambda k, s: 2),
        lambda x, k, s: right(x, 2, s),
        lambda x, k, s: right(x, 2, 2),
    ),
    Mistake(
        "window-of-stride-size",
        "Your windows are as large as the stride. What decides the size of a window?",
        pooled(np.mean, span=lambda k, s: s),
        lambda x, k, s: right(x, s, s),
    ),
    Mistake(
        "largest",
        "Your answers are the largest numbers. Which pooling asks for the mean?",
        pooled(np.max),
    ),
    Mistake(
        "median",
        "You took the number in the middle. What do all numbers of a window add up to?",
        pooled(np.median),
    ),
    Mistake(
        "first-value",
        "Your answer is always the top-left pixel of the window. What happens to the others?",
        pooled(lambda w: w[0, 0]),
        lambda x, k, s: np.asarray(x)[:, :, ::s, ::s],
    ),
    Mistake(
        "stride-missing-in-window",
        "The size is right, and the windows move one pixel at a time. Where does a window start?",
        pooled(np.mean, start=lambda i, j, s: (i, j)),
    ),
    Mistake(
        "stride-on-one-side-only",
        "The stride moves your windows in one direction only. How far do they move in the other?",
        pooled(np.mean, start=lambda i, j, s: (i * s, j)),
        pooled(np.mean, start=lambda i, j, s: (i, j * s)),
    ),
    Mistake(
        "steps-of-window-size",
        "Your windows step by their own size. Which number says how far they step?",
        lambda x, k, s: right(x, k, k),
    ),
    Mistake(
        "stride-ignored",
        "Your windows stand on every pixel. Where does the stride enter?",
        lambda x, k, s: right(x, k, 1),
    ),
    Mistake(
        "window-too-small",
        "The last row and column of each window were not counted. Is the end of a slice included?",
        pooled(np.mean, span=lambda k, s: k - 1),
        lambda x, k, s: pooled(np.sum, span=lambda k, s: k - 1)(x, k, s) / k**2,
    ),
    Mistake(
        "window-too-large",
        "Your windows reach one pixel too far. Is the end of a slice included?",
        pooled(np.mean, span=lambda k, s: k + 1),
        lambda x, k, s: pooled(np.sum, span=lambda k, s: k + 1)(x, k, s) / k**2,
    ),
    Mistake(
        "rounded-up",
        "Your last windows stick out. Does a window count that only half fits?",
        partial_windows(np.mean),
        lambda x, k, s: partial_windows(np.sum)(x, k, s) / k**2,
        beyond_the_edge(right, mode="edge"),
    ),
    Mistake(
        "blocks-by-shape-alone",
        "Your values come from the wrong windows. Does a new shape put the pixels of a block "
        "side by side?",
        reshaped(np.mean),
    ),
    Mistake(
        "channels-mixed",
        "The channels ran into each other. Does pooling look at several maps at once?",
        lambda x, k, s: np.broadcast_to(
            right(x, k, s).mean(axis=1, keepdims=True), right(x, k, s).shape
        ),
        lambda x, k, s: np.broadcast_to(right(x, k, s).mean(axis=(0, 1)), right(x, k, s).shape),
        lambda x, k, s: right(x, k, s).mean(axis=1),
        lambda x, k, s: right(x, k, s).mean(axis=1, keepdims=True),
    ),
    Mistake(
        "first-image-only",
        "All images of the batch have the maps of the first. Which index names the image?",
        lambda x, k, s: np.repeat(right(x[:1], k, s), len(x), axis=0),
        _only(slice(0, 1)),
        lambda x, k, s: right(x, k, s)[0],
    ),
    Mistake(
        "first-map-only",
        "Only the first channel was pooled. What happens to the others?",
        lambda x, k, s: np.repeat(right(x[:, :1], k, s), x.shape[1], axis=1),
        _only(slice(None), slice(0, 1)),
        lambda x, k, s: right(x[:, :1], k, s),
    ),
    Mistake(
        "one-place-short",
        "The last row and column of places are missing. How many steps fit, and how many places "
        "are that?",
        lambda x, k, s: right(x, k, s)[:, :, :-1, :-1],
    ),
    Mistake(
        "last-places-empty",
        "The size is right, and the last row and column stayed zero. Where do your loops stop?",
        _only(slice(None), slice(None), slice(0, -1), slice(0, -1)),
    ),
    Mistake(
        "size-of-input",
        "Your maps are as large as before. How many windows fit, and where is a value written?",
        lambda x, k, s: one_size(x, right(x, k, s)),
        lambda x, k, s: np.kron(right(x, k, s), np.ones((s, s))),
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your maps have changed places. Which side counts the rows?",
        lambda x, k, s: right(x, k, s).transpose(0, 1, 3, 2),
        lambda x, k, s: np.zeros(right(x, k, s).transpose(0, 1, 3, 2).shape),
    ),
    Mistake(
        "sum-not-reset",
        "Your numbers take those of earlier windows along. Where does each sum start from zero?",
        lambda x, k, s: np.cumsum(right(x, k, s)).reshape(right(x, k, s).shape),
    ),
    Mistake(
        "cut-to-whole-numbers",
        "What stands behind the point is gone. Which type does the array that holds your answers "
        "have?",
        _cut,
        _whole_division,
        lambda x, k, s: np.trunc(_exact(x, k, s)),
        lambda x, k, s: np.floor(_exact(x, k, s)),
        lambda x, k, s: np.round(_exact(x, k, s)),
    ),
    Mistake(
        "bytes-wrapped",
        "With bytes your means are far too small. Can a byte hold the sum of four bytes?",
        _byte_sums,
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a number into your answer?",
        lambda x, k, s: np.zeros_like(right(x, k, s)),
    ),
    Mistake(
        "clears-input",
        "The input you were given now holds other numbers. Could you leave it as it is?",
        clears(right),
    ),
)
