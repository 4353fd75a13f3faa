"""Known wrong versions of `filter_response`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.channels.common import slide_filter, to_type_of
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.versions import clears


def filter_response(image, filter, bias):
    """(C, H, W), (C, KH, KW), a number -> (H - KH + 1, W - KW + 1)"""
    return naive.conv2d(image[None], filter[None], np.array([bias]))[0, 0]


right = filter_response


def _with(number):
    """A wrong version that makes each value by ``number(window, filter, bias)``."""
    return lambda x, f, b: slide_filter(x, f, lambda w, f: number(w, f, b))


def _each_channel(image, filter):
    return np.stack([naive.correlate2d(x, k) for x, k in zip(image, filter, strict=True)])


def _same_size(image, filter, bias):
    result = np.zeros(image.shape[1:])
    answer = filter_response(image, filter, bias)
    result[: answer.shape[0], : answer.shape[1]] = answer
    return result


def _only(rows, columns):
    """Everything but these places of the answer stays zero."""

    def version(image, filter, bias):
        answer = filter_response(image, filter, bias)
        result = np.zeros_like(answer)
        result[rows, columns] = answer[rows, columns]
        return result

    return version


def _one_place_late(image, filter, bias):
    bigger = np.pad(np.asarray(image, float), ((0, 0), (0, 1), (0, 1)))
    return filter_response(bigger, filter, bias)[1:, 1:]


def _bias_at_first(image, filter, bias):
    answer = filter_response(image, filter, 0)
    answer[0, 0] += bias
    return answer


MISTAKES = (
    Mistake(
        "first-channel-only",
        "Only the first channel counts. What happens to the products of the others?",
        lambda x, f, b: right(x[:1], f[:1], b),
    ),
    Mistake(
        "last-channel-only",
        "Only the last channel counts. Where does your sum start again from zero?",
        lambda x, f, b: right(x[-1:], f[-1:], b),
    ),
    Mistake(
        "one-map-per-channel",
        "One map for each channel came back. How many maps does one filter make?",
        lambda x, f, b: _each_channel(x, f) + b,
        lambda x, f, b: _each_channel(x, f),
    ),
    Mistake(
        "image-axes-swapped",
        "Your answer has a side too many or too few. Which axis of the image holds its channels?",
        lambda x, f, b: np.zeros((x.shape[0] - f.shape[0] + 1, x.shape[1] - f.shape[1] + 1)),
        lambda x, f, b: np.zeros([n - k + 1 for n, k in zip(x.shape, f.shape, strict=True)]),
        lambda x, f, b: right(x, f, b)[None],
        lambda x, f, b: right(x, f, b)[..., None],
    ),
    Mistake(
        "bias-forgotten",
        "The bias leaves no trace. When is it added?",
        lambda x, f, b: right(x, f, 0),
    ),
    Mistake(
        "bias-per-weight",
        "The bias came in once for each weight. How often does a filter add it to one sum?",
        _with(lambda w, f, b: (w * f + b).sum()),
    ),
    Mistake(
        "bias-per-channel",
        "The bias came in once for each channel. How often does a filter add it to one sum?",
        lambda x, f, b: right(x, f, len(x) * b),
    ),
    Mistake(
        "bias-in-first-place-only",
        "The bias is in one place of the map only. To which sums is it added?",
        _bias_at_first,
    ),
    Mistake(
        "bias-grows",
        "The bias came in once more with each place. How often is it added to one sum?",
        lambda x, f, b: (
            right(x, f, 0) + b * (1 + np.arange(right(x, f, 0).size).reshape(right(x, f, 0).shape))
        ),
    ),
    Mistake(
        "sum-not-reset",
        "Your numbers take those of earlier windows along. Where does each sum start from zero?",
        lambda x, f, b: np.cumsum(right(x, f, b)).reshape(right(x, f, b).shape),
        lambda x, f, b: np.cumsum(right(x, f, 0)).reshape(right(x, f, 0).shape) + b,
        lambda x, f, b: np.cumsum(right(x, f, b), axis=1),
        lambda x, f, b: np.cumsum(right(x, f, 0), axis=1) + b,
    ),
    Mistake(
        "flipped-filter",
        "Each kernel lies upside-down and mirrored: that is convolution. Which weight belongs on "
        "the window's top-left pixel?",
        lambda x, f, b: right(x, f[:, ::-1, ::-1], b),
        lambda x, f, b: right(x, f[::-1, ::-1, ::-1], b),
    ),
    Mistake(
        "channels-in-reverse",
        "The channels of the filter stand in reverse order. Which one meets the first plane?",
        lambda x, f, b: right(x, f[::-1], b),
    ),
    Mistake(
        "transposed-kernels",
        "The rows of your kernels became columns. Which index of a weight is its row?",
        lambda x, f, b: right(x, f.transpose(0, 2, 1), b),
        _with(lambda w, f, b: (w * f.transpose(0, 2, 1)).sum() + b),
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How wide is a kernel, and how high?",
        lambda x, f, b: right(x, f[:, :, : f.shape[1]], b)[:, : x.shape[2] - f.shape[2] + 1],
        lambda x, f, b: right(x, f[:, :, : f.shape[1]], b),
        lambda x, f, b: right(x, f[:, : f.shape[2], : f.shape[2]], b),
    ),
    Mistake(
        "one-place-short",
        "The last row and column of places are missing. How many places has a kernel of two in a "
        "row of five?",
        lambda x, f, b: right(x, f, b)[:-1, :-1],
    ),
    Mistake(
        "last-places-empty",
        "The size is right, and the last row and column stayed zero. Where do your loops stop?",
        _only(slice(0, -1), slice(0, -1)),
    ),
    Mistake(
        "size-of-image",
        "Your map has the size of the image. At how many places can the filter really lie?",
        _same_size,
    ),
    Mistake(
        "zeros-around-image",
        "You laid zeros around the image. Does this function let the filter stick out?",
        lambda x, f, b: naive.conv2d(x[None], f[None], np.array([b]), padding=1)[0, 0],
        lambda x, f, b: naive.conv2d(x[None], f[None], np.array([b]), padding="same")[0, 0],
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your map have changed places. Which side of the image counts rows?",
        lambda x, f, b: np.zeros(right(x, f, b).shape[::-1]),
        lambda x, f, b: right(x.transpose(0, 2, 1), f.transpose(0, 2, 1), b),
    ),
    Mistake(
        "one-place-late",
        "Every value belongs to the next window. From which number does Python count?",
        _one_place_late,
    ),
    Mistake(
        "step-of-kernel-size",
        "You jumped over places. How far does the window move each time?",
        lambda x, f, b: right(x, f, b)[:: f.shape[1], :: f.shape[2]],
    ),
    Mistake(
        "first-window-only",
        "Only the first window was worked out. How deep inside the loops do you hand the answer "
        "back?",
        _only(slice(0, 1), slice(0, 1)),
        lambda x, f, b: np.full_like(right(x, f, b), right(x, f, b)[0, 0]),
    ),
    Mistake(
        "first-row-only",
        "Only the first row of places was worked out. How deep inside the loops do you hand the "
        "answer back?",
        _only(slice(0, 1), slice(None)),
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        lambda x, f, b: np.zeros_like(right(x, f, b)),
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, f, b: np.maximum(right(x, f, b), 0),
        lambda x, f, b: np.abs(right(x, f, b)),
    ),
    Mistake(
        "averaged",
        "You took a mean. Does a filter divide its sum?",
        _with(lambda w, f, b: (w * f).mean() + b),
        _with(lambda w, f, b: (w * f).sum() / len(f) + b),
    ),
    Mistake(
        "filter-ignored",
        "The weights leave no trace. What does each pixel meet before you add up?",
        _with(lambda w, f, b: w.sum() + b),
    ),
    Mistake(
        "added-not-multiplied",
        "Pixels and weights were added to each other. What does a weight do to its pixel?",
        _with(lambda w, f, b: (w + f).sum() + b),
    ),
    Mistake(
        "cut-to-image-type",
        "Your answers went into an array of the image's type, and what did not fit was cut or "
        "wrapped around. Which type can hold them?",
        lambda x, f, b: to_type_of(x, right(x, f, b)),
        lambda x, f, b: to_type_of(x, right(x, f, b)) if x.dtype == np.uint8 else right(x, f, b),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(filter_response),
    ),
)
