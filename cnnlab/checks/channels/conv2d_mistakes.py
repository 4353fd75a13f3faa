"""Known wrong versions of `conv2d`, each with the hint it earns: channels, biases, batch.

Several versions of one mistake differ in how the loops around it are written.
"""

import numpy as np

from cnnlab.checks.channels.conv2d_versions import answer_only, changed, loops_with, right
from cnnlab.checks.channels.conv2d_window_mistakes import WINDOWS
from cnnlab.checks.ladder import Mistake


def _channels_apart(x, w, b, s, p):
    maps = [right(x[:, c : c + 1], w[:, c : c + 1], b, s, p) for c in range(x.shape[1])]
    return np.concatenate(maps, axis=1)


def _channel_pairs(window, weight, bias, o):
    return (window[o % len(window)] * weight[o, o % len(window)]).sum() + bias[o]


def _channel_pairs_last_kernel(window, weight, bias, o):
    return (window[o % len(window)] * weight[o, -1]).sum() + bias[o]


CHANNELS_AND_BIAS = (
    Mistake(
        "first-channel-only",
        "Only the first channel counts: the other planes could be anything. Which axis is missing "
        "in your sum?",
        lambda x, w, b, s, p: right(x[:, :1], w[:, :1], b, s, p),
    ),
    Mistake(
        "last-channel-only",
        "Only the last channel counts. Where does your sum start again from zero?",
        lambda x, w, b, s, p: right(x[:, -1:], w[:, -1:], b, s, p),
        lambda x, w, b, s, p: right(x[:, -1:], w[:, -1:], 0 * b, s, p),
    ),
    Mistake(
        "filter-paired-with-channel",
        "Each filter looks at a single channel, the one of its own number. How many channels does "
        "a filter see?",
        loops_with(_channel_pairs),
        loops_with(_channel_pairs_last_kernel),
    ),
    Mistake(
        "channels-apart",
        "Your answer has more maps than there are filters. What happens to the channels of one "
        "filter?",
        _channels_apart,
        lambda x, w, b, s, p: np.stack(
            [right(x[:, [c]], w[:, [c]], b, s, p) for c in range(x.shape[1])], axis=2
        ),
    ),
    Mistake(
        "channels-averaged",
        "You took a mean. Does a filter divide its sum?",
        lambda x, w, b, s, p: right(x, w / w.shape[1], b, s, p),
        lambda x, w, b, s, p: right(x, w / w[0].size, b, s, p),
    ),
    Mistake(
        "channels-in-reverse",
        "The channels of each filter stand in reverse order. Which kernel meets the first plane?",
        lambda x, w, b, s, p: right(x, w[:, ::-1], b, s, p),
    ),
    Mistake(
        "filters-and-channels-swapped",
        "You took the second axis of the weights for the filters. Which axis counts them?",
        lambda x, w, b, s, p: right(x, w.transpose(1, 0, 2, 3), b, s, p),
    ),
    Mistake(
        "bias-forgotten",
        "The biases leave no trace. When are they added?",
        lambda x, w, b, s, p: right(x, w, None, s, p),
    ),
    Mistake(
        "bias-per-weight",
        "A bias came in once for each weight. How often does a filter add it to one sum?",
        lambda x, w, b, s, p: right(x, w, b * w[0].size, s, p),
    ),
    Mistake(
        "bias-per-channel",
        "A bias came in once for each channel. How often does a filter add it to one sum?",
        lambda x, w, b, s, p: right(x, w, b * w.shape[1], s, p),
    ),
    Mistake(
        "one-bias-for-all",
        "All filters add the same bias. How many biases came in?",
        lambda x, w, b, s, p: right(x, w, 0 * b + b[0], s, p),
        lambda x, w, b, s, p: right(x, w, 0 * b + b[-1], s, p),
        lambda x, w, b, s, p: right(x, w, 0 * b + b.sum(), s, p),
        lambda x, w, b, s, p: right(x, w, 0 * b + b.mean(), s, p),
    ),
    Mistake(
        "bias-along-another-axis",
        "The biases met another axis than that of the filters. Which axis of your answer counts "
        "the maps?",
        lambda x, w, b, s, p: right(x, w, None, s, p) + b,
        lambda x, w, b, s, p: right(x, w, None, s, p) + b[:, None],
        lambda x, w, b, s, p: right(x, w, None, s, p) + b[:, None, None, None],
    ),
    Mistake(
        "bias-subtracted",
        "The biases were taken away. Which sign have they in the formula?",
        lambda x, w, b, s, p: right(x, w, -b, s, p),
    ),
)

BATCH_AND_MAPS = (
    Mistake(
        "first-image-only",
        "All images of the batch have the maps of the first. Which index names the image?",
        lambda x, w, b, s, p: np.repeat(right(x[:1], w, b, s, p), len(x), axis=0),
        answer_only(slice(0, 1)),
        lambda x, w, b, s, p: right(x[:1], w, b, s, p),
        lambda x, w, b, s, p: right(x[:1], w, b, s, p)[0],
    ),
    Mistake(
        "last-image-only",
        "All images of the batch have the maps of the last. When is an image's answer written?",
        lambda x, w, b, s, p: np.repeat(right(x[-1:], w, b, s, p), len(x), axis=0),
        lambda x, w, b, s, p: right(x[-1:], w, b, s, p)[0],
    ),
    Mistake(
        "images-added",
        "The images of the batch ran into each other. What do two images have to do with one map?",
        lambda x, w, b, s, p: right(x, w, b, s, p).sum(axis=0),
        lambda x, w, b, s, p: right(x, w, b, s, p).mean(axis=0),
        changed(lambda y: np.broadcast_to(y.sum(axis=0), y.shape)),
    ),
    Mistake(
        "last-filter-only",
        "All your maps look the same: those of the last filter. Where is each map written?",
        lambda x, w, b, s, p: np.repeat(right(x, w, b, s, p)[:, -1:], len(w), axis=1),
        answer_only(slice(None), slice(-1, None)),
    ),
    Mistake(
        "first-filter-only",
        "Only the first filter made a map. Over what does your loop of filters run?",
        lambda x, w, b, s, p: right(x, w[:1], b[:1], s, p),
        lambda x, w, b, s, p: right(x, w[:1], b[:1], s, p)[:, 0],
        lambda x, w, b, s, p: np.repeat(right(x, w, b, s, p)[:, :1], len(w), axis=1),
        answer_only(slice(None), slice(0, 1)),
    ),
    Mistake(
        "filters-added",
        "The maps of all filters were added up. How many maps does a layer have?",
        lambda x, w, b, s, p: right(x, w, b, s, p).sum(axis=1),
        lambda x, w, b, s, p: right(x, w, b, s, p).sum(axis=1, keepdims=True),
        changed(lambda y: np.broadcast_to(y.sum(axis=1, keepdims=True), y.shape)),
    ),
    Mistake(
        "axes-in-another-order",
        "The numbers are there, in another order of axes. Which axis comes second?",
        changed(lambda y: y.transpose(0, 2, 3, 1)),
        changed(lambda y: y.transpose(1, 0, 2, 3)),
        changed(lambda y: y.transpose(0, 1, 3, 2)),
    ),
    Mistake(
        "reshaped-not-moved",
        "The numbers are right and stand in the wrong places. Does a new shape move an axis?",
        changed(lambda y: y.transpose(0, 2, 3, 1).reshape(y.shape)),
        changed(lambda y: y.transpose(1, 0, 2, 3).reshape(y.shape)),
    ),
    Mistake(
        "sum-not-reset",
        "Your numbers take those of earlier windows along. Where does each sum start from zero?",
        changed(lambda y: np.cumsum(y).reshape(y.shape)),
        changed(lambda y: np.cumsum(y, axis=3)),
    ),
    Mistake(
        "first-window-only",
        "Only the first window was worked out. How deep inside the loops do you hand the answer "
        "back?",
        answer_only(slice(0, 1), slice(0, 1), slice(0, 1), slice(0, 1)),
        answer_only(slice(None), slice(None), slice(0, 1), slice(0, 1)),
    ),
)

MISTAKES = CHANNELS_AND_BIAS + BATCH_AND_MAPS + WINDOWS
