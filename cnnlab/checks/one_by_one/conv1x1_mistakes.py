"""Known wrong versions of `conv1x1`, with their hints."""

import numpy as np

from cnnlab.checks.ladder import Mistake
from cnnlab.checks.one_by_one.common import to_type_of
from cnnlab.checks.versions import clears


def _sums(x, w):
    return np.einsum("nchw,oc->nohw", np.asarray(x, float), w)


def _along_filters(b):
    return b[None, :, None, None]


def _right(x, w, b):
    return _sums(x, w) + _along_filters(b)


def _own_channel(x, w, b):
    count = min(w.shape)
    scaled = np.asarray(x, float)[:, :count] * np.diagonal(w)[None, :, None, None]
    return scaled + _along_filters(b[:count])


def _apart(x, w, b):
    """A map for each filter and each channel."""
    N, _, H, W = x.shape
    products = np.asarray(x, float)[:, None] * w[None, :, :, None, None]
    return products.reshape(N, -1, H, W)


def _sides_mixed(x, w, b):
    """Rows and columns exchanged by `reshape`, so that pixels lose their places."""
    return _right(x.transpose(0, 1, 3, 2).reshape(x.shape), w, b)


def _channels_mixed(x, w, b):
    """The pixels as a table (pixels, channels), by `reshape` instead of `transpose`."""
    N, C, H, W = x.shape
    return (
        (np.asarray(x, float).reshape(-1, C) @ w.T + b).reshape(N, H, W, -1).transpose(0, 3, 1, 2)
    )


def _filters_mixed(x, w, b):
    """Right sums in a table (pixels, filters), laid out as if it were maps."""
    N, _, H, W = x.shape
    return np.moveaxis(_right(x, w, b), 1, -1).reshape(N, len(w), H, W)


def _swapped_sides(x, w, b):
    """An output of (N, O, W, H), filled where its indices fit."""
    right = _right(x, w, b)
    *maps, H, W = right.shape
    answer = np.zeros((*maps, W, H))
    least = min(H, W)
    answer[:, :, :least, :least] = right[:, :, :least, :least]
    return answer


MISTAKES = (
    Mistake(  # OO1
        "own-channel-only",
        "Each filter scaled the channel of its own number. Over what does a filter add up?",
        _own_channel,
        lambda x, w, b: np.stack(
            [x[:, o % x.shape[1]] * w[o, o % x.shape[1]] + b[o] for o in range(len(w))],
            axis=1,
        ),
    ),
    Mistake(
        "channels-kept-apart",
        "You have a map for each channel and filter. How many maps does a filter make?",
        _apart,
        lambda x, w, b: np.asarray(x, float)[:, None] * w[None, :, :, None, None],
    ),
    Mistake(  # OO2
        "transposed-weight",
        "The rows and columns of your weights have changed places. Does a row belong to a filter "
        "or to a channel?",
        lambda x, w, b: np.einsum("nchw,co->nohw", x, w) + _along_filters(b),
        lambda x, w, b: _right(x, w.reshape(w.shape[::-1]).T, b),
    ),
    Mistake(  # OO3
        "pixels-misplaced",
        "Your values come from other pixels. What does a reshape do to the order of rows and "
        "columns?",
        _sides_mixed,
        lambda x, w, b: _right(x, w, b).transpose(0, 1, 3, 2).reshape(_right(x, w, b).shape),
    ),
    Mistake(
        "channels-misplaced",
        "The channels of different pixels were mixed. Which numbers of the array belong to one "
        "pixel, and which axis holds them?",
        _channels_mixed,
    ),
    Mistake(
        "maps-misplaced",
        "The numbers are right and lie in wrong maps. Does a reshape move an axis?",
        _filters_mixed,
    ),
    Mistake(
        "filters-last",
        "The filters stand on the last axis of your answer. Which place has the course for them?",
        lambda x, w, b: np.moveaxis(_right(x, w, b), 1, -1),
    ),
    Mistake(
        "filters-first",
        "The filters stand on the first axis of your answer. What does the course put there?",
        lambda x, w, b: np.tensordot(w, np.asarray(x, float), axes=(1, 1)) + b[:, None, None, None],
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your answer have changed places. Which of them counts rows?",
        _swapped_sides,
        lambda x, w, b: _right(x, w, b).transpose(0, 1, 3, 2),
    ),
    Mistake(
        "pixels-in-a-row",
        "Your maps are rows of pixels. Which shape should a map have again?",
        lambda x, w, b: _right(x, w, b).reshape(x.shape[0], len(w), -1),
    ),
    Mistake(
        "batch-lost",
        "The axis of the images is gone. How many images go in, and how many come out?",
        lambda x, w, b: _right(x, w, b)[0],
        lambda x, w, b: _right(x, w, b)[-1],
    ),
    Mistake(
        "one-image-for-all",
        "Every image of the batch got the answer of one of them. Where does your loop name the "
        "image?",
        lambda x, w, b: np.repeat(_right(x[:1], w, b), len(x), axis=0),
        lambda x, w, b: np.repeat(_right(x[-1:], w, b), len(x), axis=0),
    ),
    Mistake(
        "first-image-only",
        "Only one image of the batch has values. Where does your loop stop?",
        lambda x, w, b: np.concatenate([_right(x[:1], w, b), 0 * _right(x[1:], w, b)]),
    ),
    Mistake(
        "images-summed",
        "The images of the batch were added up. Which axis should a filter add up?",
        lambda x, w, b: np.repeat(
            _sums(x, w).sum(axis=0, keepdims=True) + _along_filters(b), len(x), axis=0
        ),
        lambda x, w, b: _sums(x, w).sum(axis=0) + b[:, None, None],
    ),
    Mistake(
        "one-pixel-for-all",
        "Every pixel got the answer of one of them. Where does your loop name the pixel?",
        lambda x, w, b: 0 * _right(x, w, b) + _right(x, w, b)[:, :, :1, :1],
        lambda x, w, b: 0 * _right(x, w, b) + _right(x, w, b)[:, :, -1:, -1:],
    ),
    Mistake(
        "pixels-summed",
        "The pixels of an image were added up. Which axis should a filter add up?",
        lambda x, w, b: np.asarray(x, float).sum(axis=(2, 3)) @ w.T + b,
        lambda x, w, b: (
            0 * _sums(x, w) + (np.asarray(x, float).sum(axis=(2, 3)) @ w.T + b)[:, :, None, None]
        ),
    ),
    Mistake(
        "first-channel-only",
        "Only the first channel counts. What happens to the products of the others?",
        lambda x, w, b: _right(x[:, :1], w[:, :1], b),
    ),
    Mistake(
        "last-channel-only",
        "Only the last channel counts. Where does your sum start again from zero?",
        lambda x, w, b: _right(x[:, -1:], w[:, -1:], b),
    ),
    Mistake(
        "one-filter-for-all",
        "All your maps look the same. Which number shows the filter in your loop?",
        lambda x, w, b: np.repeat(_right(x, w, b)[:, -1:], len(w), axis=1),
        lambda x, w, b: np.repeat(_right(x, w, b)[:, :1], len(w), axis=1),
        lambda x, w, b: np.repeat(_sums(x, w)[:, :1], len(w), axis=1) + _along_filters(b),
    ),
    Mistake(  # OO4
        "bias-forgotten",
        "The biases leave no trace. When are they added?",
        lambda x, w, b: _sums(x, w),
    ),
    Mistake(  # OO5
        "bias-along-width",
        "The biases change from column to column, or do not fit. To which axis does a bias belong?",
        lambda x, w, b: _sums(x, w) + b,
        lambda x, w, b: _sums(x, w) + np.resize(b, x.shape[3]),
    ),
    Mistake(
        "bias-along-height",
        "The biases change from row to row. To which axis does a bias belong?",
        lambda x, w, b: _sums(x, w) + np.resize(b, x.shape[2])[:, None],
        lambda x, w, b: _sums(x, w) + b[:, None],
    ),
    Mistake(
        "bias-of-one-filter",
        "Every map got the same bias. Which one belongs to which filter?",
        lambda x, w, b: _sums(x, w) + b[0],
        lambda x, w, b: _sums(x, w) + b[-1],
        lambda x, w, b: _sums(x, w) + b.sum(),
    ),
    Mistake(
        "bias-per-channel",
        "The bias came in once for each channel. How often does a filter add it?",
        lambda x, w, b: _sums(x, w) + x.shape[1] * _along_filters(b),
    ),
    Mistake(
        "bias-subtracted",
        "The bias was taken away. Which sign has it in the formula?",
        lambda x, w, b: _sums(x, w) - _along_filters(b),
    ),
    Mistake(
        "averaged",
        "You took a mean over the channels. Does a filter divide its sum?",
        lambda x, w, b: _sums(x, w) / x.shape[1] + _along_filters(b),
    ),
    Mistake(
        "channels-in-reverse",
        "The channels stand in reverse order. Which one meets the first weight?",
        lambda x, w, b: _right(x[:, ::-1], w, b),
    ),
    Mistake(
        "added-not-multiplied",
        "Pixels and weights were added to each other. What does a weight do to its channel?",
        lambda x, w, b: (
            np.asarray(x, float).sum(axis=1)[:, None] + _along_filters(w.sum(axis=1) + b)
        ),
    ),
    Mistake(
        "no-negatives",
        "Your values are never negative. Where do they lose their sign?",
        lambda x, w, b: np.maximum(_right(x, w, b), 0),
        lambda x, w, b: np.abs(_right(x, w, b)),
    ),
    Mistake(
        "cut-to-input-type",
        "With whole numbers your sums are cut, or leave the byte. What type is your answer?",
        lambda x, w, b: to_type_of(x, _right(x, w, b)),
    ),
    Mistake(
        "changes-input",
        "The input you were given now holds other numbers. Could you leave it as it is?",
        clears(_right),
    ),
)
