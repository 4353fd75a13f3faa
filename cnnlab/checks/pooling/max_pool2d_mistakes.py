"""Known wrong versions of `max_pool2d`, each with the hint it earns."""

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
    with_gaps,
)

right = naive.max_pool2d


def _only(*chosen):
    """Everything but these places of the answer stays zero."""

    def version(*given):
        answer = right(*given)
        result = np.zeros_like(answer)
        result[chosen] = answer[chosen]
        return result

    return version


def _over_all_channels(x, k, s):
    return np.broadcast_to(right(x, k, s).max(axis=1, keepdims=True), right(x, k, s).shape)


def _over_everything(x, k, s):
    return np.broadcast_to(right(x, k, s).max(axis=(0, 1)), right(x, k, s).shape)


MISTAKES = (
    Mistake(
        "starts-at-zero",
        "A window of numbers below zero gave 0, which is not in it. From which number does your "
        "search start?",
        lambda x, k, s: np.maximum(right(x, k, s), 0),
    ),
    Mistake(
        "last-value",
        "Your answer is always the bottom-right pixel of the window. What is asked for?",
        pooled(lambda w: w[-1, -1]),
    ),
    Mistake(
        "first-value",
        "Your answer is always the top-left pixel of the window: you left pixels out. What is "
        "asked for?",
        pooled(lambda w: w[0, 0]),
        lambda x, k, s: np.asarray(x)[:, :, ::s, ::s],
    ),
    Mistake(
        "smallest",
        "Your answers are the smallest numbers. Which one of a window stays?",
        pooled(np.min),
    ),
    Mistake(
        "averaged",
        "You took a mean. Which pooling asks for the mean, and which for the largest number?",
        pooled(np.mean),
        pooled(np.median),
    ),
    Mistake(
        "summed",
        "You added the window up. Which of its numbers stays in max pooling?",
        pooled(np.sum),
    ),
    Mistake(
        "largest-size",
        "A large number below zero came back without its sign. Is minus nine larger than two?",
        pooled(lambda w: np.abs(w).max()),
        pooled(lambda w: w.ravel()[np.abs(w).argmax()]),
    ),
    Mistake(
        "positions",
        "You returned where the largest numbers lie. What are their values?",
        pooled(np.argmax),
    ),
    Mistake(
        "first-row-of-window",
        "Only the first row of each window counts. How many rows has a window?",
        pooled(lambda w: w[0].max()),
    ),
    Mistake(
        "last-row-of-window",
        "Only the last row of each window counts. Where does your search start again?",
        pooled(lambda w: w[-1].max()),
    ),
    Mistake(
        "stride-missing-in-window",
        "The size is right, and the windows move one pixel at a time. Where does a window start?",
        pooled(np.max, start=lambda i, j, s: (i, j)),
    ),
    Mistake(
        "stride-on-one-side-only",
        "The stride moves your windows in one direction only. How far do they move in the other?",
        pooled(np.max, start=lambda i, j, s: (i * s, j)),
        pooled(np.max, start=lambda i, j, s: (i, j * s)),
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
        "window-of-two",
        "It works for windows of two only. Which number stands where the size belongs?",
        pooled(np.max, span=lambda k, s: 2),
        lambda x, k, s: right(x, 2, s),
        lambda x, k, s: right(x, 2, 2),
    ),
    Mistake(
        "window-of-stride-size",
        "Your windows are as large as the stride. What decides the size of a window?",
        pooled(np.max, span=lambda k, s: s),
        lambda x, k, s: right(x, s, s),
    ),
    Mistake(
        "window-too-small",
        "The last row and column of each window were not looked at. Is the end of a slice "
        "included?",
        pooled(np.max, span=lambda k, s: k - 1),
    ),
    Mistake(
        "window-too-large",
        "Your windows reach one pixel too far. Is the end of a slice included?",
        pooled(np.max, span=lambda k, s: k + 1),
    ),
    Mistake(
        "rounded-up",
        "Your last windows stick out. Does a window count that only half fits?",
        partial_windows(np.max),
        beyond_the_edge(right, constant_values=0),
    ),
    Mistake(
        "blocks-by-shape-alone",
        "Your values come from the wrong windows. Does a new shape put the pixels of a block "
        "side by side?",
        reshaped(np.max),
    ),
    Mistake(
        "channels-mixed",
        "The channels ran into each other. Does pooling look at several maps at once?",
        _over_all_channels,
        _over_everything,
        lambda x, k, s: right(x, k, s).max(axis=1),
        lambda x, k, s: right(x, k, s).max(axis=1, keepdims=True),
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
        "first-window-only",
        "Only the first window was worked out. How deep inside the loops do you hand the answer "
        "back?",
        _only(slice(None), slice(None), slice(0, 1), slice(0, 1)),
    ),
    Mistake(
        "size-of-input",
        "Your maps are as large as before. How many windows fit, and where is a value written?",
        lambda x, k, s: one_size(x, right(x, k, s)),
        with_gaps(right),
        lambda x, k, s: np.kron(right(x, k, s), np.ones((s, s))),
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your maps have changed places. Which side counts the rows?",
        lambda x, k, s: right(x, k, s).transpose(0, 1, 3, 2),
        lambda x, k, s: np.zeros(right(x, k, s).transpose(0, 1, 3, 2).shape),
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
