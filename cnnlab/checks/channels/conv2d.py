"""The checks of `conv2d`: a whole layer, with batch, filters, biases, stride and padding."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.channels.common import (
    DIGITS_BIAS,
    DIGITS_FILTERS,
    DIGITS_IMAGE,
    WORKED_BIAS,
    WORKED_FILTERS,
    WORKED_IMAGE,
    photos,
)
from cnnlab.checks.channels.conv2d_mistakes import MISTAKES
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close

conv2d = naive.conv2d


def _layer(rng, input_shape, weight_shape, stride, padding):
    """A case whose numbers hide nothing; stride and padding leave pixels over where they can."""
    arguments = (
        signed(rng, *input_shape),
        signed(rng, *weight_shape),
        signed(rng, weight_shape[0]) * 10,
        stride,
        padding,
    )
    return Case(
        f"{size(input_shape)} by {size(weight_shape)}, stride {stride}, padding {padding}",
        arguments,
    )


def _bytes(rng):
    weight = whole_signed(rng, 2, 2, 2, 3)
    return Case("bytes", (photos(rng, 1, 2, 4, 5), weight, np.array([9, -14]), 1, 1))


def _whole(rng):
    input = whole_signed(rng, 2, 2, 4, 3)
    return Case("whole numbers", (input, signed(rng, 3, 2, 1, 2), np.array([0.5, -1.25, 2]), 1, 0))


def _hidden(rng):
    return (
        Item(
            "stride 1, no padding",
            (
                _layer(rng, (2, 3, 4, 5), (4, 3, 2, 3), 1, 0),
                _layer(rng, (3, 2, 5, 4), (2, 2, 3, 1), 1, 0),
            ),
        ),
        Item(
            "stride and padding",
            (
                _layer(rng, (2, 3, 6, 5), (4, 3, 3, 2), 2, 1),
                _layer(rng, (2, 2, 7, 9), (3, 2, 2, 2), 3, 0),
                _layer(rng, (1, 3, 3, 4), (2, 3, 2, 3), 1, 2),
            ),
            parts=2,
        ),
        Item("bytes and whole numbers", (_bytes(rng), _whole(rng))),
        Item(
            "the arrays are left as they were",
            (_layer(rng, (2, 2, 4, 5), (3, 2, 3, 3), 1, 1),),
            keeps_input=True,
        ),
    )


def _places(input, weight, bias, stride, padding):
    rows, columns = (
        (n + 2 * padding - k) // stride + 1
        for n, k in zip(input.shape[2:], weight.shape[2:], strict=True)
    )
    return (
        f"Each of the {weight.shape[0]} filters makes one map for each of the {input.shape[0]} "
        f"images, and finds {rows} rows and {columns} columns of places."
    )


def _images_apart(arguments, answers):
    """An image has the same maps alone and in a batch."""
    return bool(close(answers[0][1:], answers[1]).all())


_random = np.random.default_rng(52)
LAYER = _layer(_random, (2, 3, 6, 5), (4, 3, 3, 2), 2, 1)
ROWS_OVER = _layer(_random, (3, 2, 4, 6), (3, 2, 2, 3), 1, 0)
WIDE = _layer(_random, (2, 2, 3, 4), (2, 2, 3, 2), 1, 2)
BYTES = Case(
    "bytes",
    (
        np.array([[[[10, 200, 30], [250, 5, 60]], [[7, 80, 9], [33, 144, 201]]]], np.uint8),
        np.array([[[[1, -2]], [[-3, 2]]], [[[2, 3]], [[1, -1]]]]),
        np.array([4, -6]),
        1,
        0,
    ),
)
FRACTIONS = Case(
    "whole numbers, fractional weights",
    (
        WORKED_IMAGE[None, :2],
        np.array([[[[0.5, 2]], [[-1.25, 3]]], [[[0.75, -1]], [[2.5, 0.25]]]]),
        np.array([0.5, -1.5]),
        2,
        0,
    ),
)

LADDER = Ladder(
    task="conv2d",
    arguments=("input", "weight", "bias", "stride", "padding"),
    reference=conv2d,
    cases=(
        Case(
            "one image of digits, two filters",
            (DIGITS_IMAGE[None], DIGITS_FILTERS, DIGITS_BIAS, 1, 0),
        ),
        Case(
            "the image of lesson 05, two filters",
            (WORKED_IMAGE[None], WORKED_FILTERS, WORKED_BIAS, 1, 0),
        ),
        Case(
            "the same image, stride 2 and padding 1",
            (WORKED_IMAGE[None], WORKED_FILTERS, WORKED_BIAS, 2, 1),
        ),
        ROWS_OVER,
        LAYER,
        WIDE,
        BYTES,
        FRACTIONS,
    ),
    hidden=_hidden,
    places=_places,
    hint="Choose one wrong value. Its first two indices name an image and a filter. Which window "
    "of that image belongs to it?",
    properties=(
        Property(
            "images apart",
            (
                LAYER,
                Case("its second image alone", (LAYER.arguments[0][1:], *LAYER.arguments[1:])),
            ),
            _images_apart,
            "An image gets other maps alone than beside another image.",
            "What does one image of yours take from the other?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda x, w, b, s, p: _by_windows(x, w, b, s, p),
        lambda x, w, b, s, p: _by_windows(x, w, b, s, p).astype(np.float32),
        lambda x, w, b, s, p: np.asfortranarray(_by_rows(x, w, b, s, p)),
        lambda x, w, b, s, p: _by_rows(x, w, b, s, p),
        lambda x, w, b, s, p: _by_scipy(x, w, b, s, p),
    ),
)


def _by_windows(x, w, b, s, p):
    """Vectorised: all windows at once."""
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::s, ::s]
    return np.einsum("ncijuv,ocuv->noij", windows, w) + np.reshape(b, (-1, 1, 1))


def _by_rows(x, w, b, s, p):
    """Each window as a row, each filter as a column, one matrix product."""
    (N, C, H, W), (F, _, KH, KW) = x.shape, w.shape
    padded = np.zeros((N, C, H + 2 * p, W + 2 * p))
    padded[:, :, p : p + H, p : p + W] = x
    rows, columns = (H + 2 * p - KH) // s + 1, (W + 2 * p - KW) // s + 1
    patches = np.array(
        [
            padded[n, :, i * s : i * s + KH, j * s : j * s + KW].ravel()
            for n in range(N)
            for i in range(rows)
            for j in range(columns)
        ]
    )
    answer = patches @ w.reshape(F, -1).T + b
    return answer.reshape(N, rows, columns, F).transpose(0, 3, 1, 2)


def _by_scipy(x, w, b, s, p):
    from scipy import signal

    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    maps = [[signal.correlate(image, filter, mode="valid")[0] for filter in w] for image in x]
    return np.array(maps)[:, :, ::s, ::s] + b[:, None, None]
