"""Known wrong versions of `avg_pool2d`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.pooling.common import (
    beyond_the_edge,
    partial_windows,
    pooled,
)
from cnnlab.checks.pooling.window_mistakes import window_mistakes

right = naive.avg_pool2d


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
    *window_mistakes(right, np.mean),
)
