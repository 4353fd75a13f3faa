"""Known mistakes that `max_pool2d` and `avg_pool2d` share: what a window is, and where it stands.

``right`` is the right function, ``number`` what it makes of a window.
"""

import numpy as np

from cnnlab.checks.ladder import Mistake
from cnnlab.checks.pooling.common import one_size, pooled, reshaped, with_gaps
from cnnlab.checks.versions import clears


def window_mistakes(right, number):
    return (
        *_steps(right, number),
        *_sizes(right, number),
        *_maps(right, number),
        *_places(right),
        *_answers(right),
    )


def _steps(right, number):
    return (
        Mistake(
            "stride-missing-in-window",
            "The size is right, and the windows move one pixel at a time. Where does a window "
            "start?",
            pooled(number, start=lambda i, j, s: (i, j)),
        ),
        Mistake(
            "stride-on-one-side-only",
            "The stride moves your windows in one direction only. How far do they move in the "
            "other?",
            pooled(number, start=lambda i, j, s: (i * s, j)),
            pooled(number, start=lambda i, j, s: (i, j * s)),
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
    )


def _sizes(right, number):
    return (
        Mistake(
            "window-of-two",
            "It works for windows of two only. Which number stands where the size belongs?",
            pooled(number, span=lambda k, s: 2),
            lambda x, k, s: right(x, 2, s),
            lambda x, k, s: right(x, 2, 2),
        ),
        Mistake(
            "window-of-stride-size",
            "Your windows are as large as the stride. What decides the size of a window?",
            pooled(number, span=lambda k, s: s),
            lambda x, k, s: right(x, s, s),
        ),
        Mistake(
            "blocks-by-shape-alone",
            "Your values come from the wrong windows. Does a new shape put the pixels of a block "
            "side by side?",
            reshaped(number),
        ),
    )


def _maps(right, number):
    def over(axis):
        return lambda *given: np.broadcast_to(
            number(right(*given), axis=axis, keepdims=True), right(*given).shape
        )

    return (
        Mistake(
            "channels-mixed",
            "The channels ran into each other. Does pooling look at several maps at once?",
            over(1),
            over((0, 1)),
            lambda *given: number(right(*given), axis=1),
            lambda *given: number(right(*given), axis=1, keepdims=True),
        ),
        Mistake(
            "first-image-only",
            "All images of the batch have the maps of the first. Which index names the image?",
            lambda x, k, s: np.repeat(right(x[:1], k, s), len(x), axis=0),
            _only(right, slice(0, 1)),
            lambda x, k, s: right(x, k, s)[0],
        ),
        Mistake(
            "first-map-only",
            "Only the first channel was pooled. What happens to the others?",
            lambda x, k, s: np.repeat(right(x[:, :1], k, s), x.shape[1], axis=1),
            _only(right, slice(None), slice(0, 1)),
            lambda x, k, s: right(x[:, :1], k, s),
        ),
    )


def _places(right):
    return (
        Mistake(
            "one-place-short",
            "The last row and column of places are missing. How many steps fit, and how many "
            "places are that?",
            lambda x, k, s: right(x, k, s)[:, :, :-1, :-1],
        ),
        Mistake(
            "last-places-empty",
            "The size is right, and the last row and column stayed zero. Where do your loops stop?",
            _only(right, slice(None), slice(None), slice(0, -1), slice(0, -1)),
        ),
        Mistake(
            "first-window-only",
            "Only the first window was worked out. How deep inside the loops do you hand the "
            "answer back?",
            _only(right, slice(None), slice(None), slice(0, 1), slice(0, 1)),
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
    )


def _answers(right):
    return (
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


def _only(right, *chosen):
    """Everything but these places of the answer stays zero."""

    def version(*given):
        answer = right(*given)
        result = np.zeros_like(answer)
        result[chosen] = answer[chosen]
        return result

    return version
