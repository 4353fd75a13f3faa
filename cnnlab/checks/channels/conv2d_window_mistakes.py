"""Known wrong versions of `conv2d` about stride, padding and windows, each with its hint."""

import numpy as np

from cnnlab.checks.channels.common import to_type_of
from cnnlab.checks.channels.conv2d_versions import answer_only, changed, loops_with, padded, right
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.versions import clears


def _sum(window, weight, bias, o):
    """The right number, cut to what there is of the window."""
    C, KH, KW = window.shape
    return (window * weight[o, :C, :KH, :KW]).sum() + bias[o]


def _larger(x, w, s, p):
    """The input with as many zeros below and to the right as a rounded-up size would need."""
    rest = [(-(n + 2 * p - k)) % s for n, k in zip(x.shape[2:], w.shape[2:], strict=True)]
    return np.pad(padded(x, p), ((0, 0), (0, 0), (0, rest[0]), (0, rest[1])))


def _pad_everything(x, w, b, s, p):
    """np.pad with a single number also pads batch and channels."""
    bigger = np.pad(np.asarray(x, float), p)
    return right(bigger, w, b, s, 0)  # p > 0: channels no longer fit


def _pad_images_too(x, w, b, s, p):
    return right(np.pad(np.asarray(x, float), ((p, p), (0, 0), (p, p), (p, p))), w, b, s, 0)


WINDOWS = (
    Mistake(
        "stride-missing-in-window",
        "Your windows move one pixel at a time, although the size fits the stride. Where does a "
        "window start?",
        loops_with(_sum, lambda i, j, s: (i, j)),
    ),
    Mistake(
        "stride-on-rows-only",
        "The stride moves your windows in one direction only. How far do they move in the other?",
        loops_with(_sum, lambda i, j, s: (i * s, j)),
        loops_with(_sum, lambda i, j, s: (i, j * s)),
    ),
    Mistake(
        "stride-ignored",
        "With a longer stride your maps are too large. Where does the stride enter?",
        lambda x, w, b, s, p: right(x, w, b, 1, p),
    ),
    Mistake(
        "input-thinned-out",
        "You left out pixels before you laid the filter on them. What does the stride move?",
        lambda x, w, b, s, p: right(padded(x, p)[:, :, ::s, ::s], w, b, 1, 0),
    ),
    Mistake(
        "rounded-up",
        "Your last window sticks out. Does a place count that only half fits?",
        lambda x, w, b, s, p: right(_larger(x, w, s, p), w, b, s, 0),
    ),
    Mistake(
        "padding-ignored",
        "Your maps are too small as soon as there is padding. Where does it enter?",
        lambda x, w, b, s, p: right(x, w, b, s, 0),
    ),
    Mistake(
        "padding-around-answer",
        "The border of your maps is zero. Should the zeros lie around the input, or around the "
        "answer?",
        lambda x, w, b, s, p: padded(right(x, w, b, s, 0), p),
    ),
    Mistake(
        "padding-on-one-side",
        "All zeros lie on one side. On how many sides of an image do they belong?",
        loops_with(
            _sum, pad=lambda x, p: np.pad(padded(x, 0), ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)))
        ),
        loops_with(
            _sum, pad=lambda x, p: np.pad(padded(x, 0), ((0, 0), (0, 0), (2 * p, 0), (2 * p, 0)))
        ),
    ),
    Mistake(
        "padding-counted-once",
        "There is one row of places too few. On how many sides do the zeros lie?",
        lambda x, w, b, s, p: right(
            padded(x, p)[:, :, : x.shape[2] + p, : x.shape[3] + p], w, b, s
        ),
    ),
    Mistake(
        "padding-in-all-axes",
        "Your zeros made more images or more channels. Which axes have a border?",
        _pad_everything,
        _pad_images_too,
    ),
    Mistake(
        "no-zeros-in-border",
        "The inside is right and the border is not. Which number lies around an image?",
        loops_with(_sum, pad=lambda x, p: padded(x, p, mode="edge")),
        loops_with(_sum, pad=lambda x, p: padded(x, p, constant_values=p)),
        loops_with(_sum, pad=lambda x, p: padded(x, p, constant_values=1)),
    ),
    Mistake(
        "flipped-filters",
        "Your kernels lie upside-down and mirrored: that is convolution in the strict sense. What "
        "does the layer of a network do?",
        lambda x, w, b, s, p: right(x, w[:, :, ::-1, ::-1], b, s, p),
        lambda x, w, b, s, p: right(x, w[:, ::-1, ::-1, ::-1], b, s, p),
    ),
    Mistake(
        "transposed-kernels",
        "The rows of your kernels became columns. Which index of a weight is its row?",
        lambda x, w, b, s, p: right(x, w.transpose(0, 1, 3, 2), b, s, p),
        loops_with(lambda v, w, b, o: (v * w[o].transpose(0, 2, 1)).sum() + b[o]),
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How wide is a kernel, and how high?",
        lambda x, w, b, s, p: right(x, w[:, :, :, : w.shape[2]], b, s, p),
        lambda x, w, b, s, p: right(x, w[:, :, : w.shape[3], : w.shape[3]], b, s, p),
    ),
    Mistake(
        "one-place-short",
        "The last places are missing. How many steps fit, and how many places are that?",
        changed(lambda y: y[:, :, :-1, :-1]),
    ),
    Mistake(
        "last-places-empty",
        "The size is right, and the last row and column stayed zero. Where do your loops stop?",
        answer_only(slice(None), slice(None), slice(0, -1), slice(0, -1)),
    ),
    Mistake(
        "filters-ignored",
        "The weights leave no trace. What does each pixel meet before you add up?",
        lambda x, w, b, s, p: right(x, np.ones_like(w), b, s, p),
    ),
    Mistake(
        "no-negatives",
        "Your maps are never negative. Which step comes after the layer, and not inside it?",
        changed(lambda y: np.maximum(y, 0)),
        changed(np.abs),
        changed(lambda y: np.clip(y, 0, 255)),
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        changed(np.zeros_like),
    ),
    Mistake(
        "cut-to-input-type",
        "Your answers went into an array of the input's type, and what did not fit was cut or "
        "wrapped around. Which type can hold them?",
        lambda x, w, b, s, p: to_type_of(x, right(x, w, b, s, p)),
        lambda x, w, b, s, p: (
            to_type_of(x, right(x, w, b, s, p))
            if np.asarray(x).dtype == np.uint8
            else right(x, w, b, s, p)
        ),
    ),
    Mistake(
        "clears-input",
        "The input you were given now holds other numbers. Could you leave it as it is?",
        clears(right),
    ),
)
