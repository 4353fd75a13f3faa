"""Known wrong versions of `correlate2d_dilated`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.variants.common import misplaced_kernels
from cnnlab.checks.versions import clears


def right(image, kernel, dilation):
    return naive.conv2d(image[None, None], kernel[None, None], dilation=dilation)[0, 0]


def _slide(image, kernel, dilation, number=None, shape=None):
    """The loop over spread windows, with room for mistakes."""
    image = np.asarray(image, float)
    KH, KW = kernel.shape
    spread = (KH - 1) * dilation + 1, (KW - 1) * dilation + 1
    result = np.zeros(shape or tuple(n - k + 1 for n, k in zip(image.shape, spread, strict=True)))
    for i, j in np.ndindex(result.shape):
        window = image[i : i + spread[0] : dilation, j : j + spread[1] : dilation]
        result[i, j] = (window * kernel).sum() if number is None else number(window, kernel)
    return result


def _ordinary_shape(image, kernel):
    return tuple(n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))


def _zeros_beyond(image, kernel, dilation):
    result, answer = np.zeros(_ordinary_shape(image, kernel)), right(image, kernel, dilation)
    result[: answer.shape[0], : answer.shape[1]] = answer
    return result


def _cut_windows(image, kernel, dilation):
    """Windows that stick out are cut, and the weights with them."""

    def number(window, kernel):
        return (window * kernel[: window.shape[0], : window.shape[1]]).sum()

    return _slide(image, kernel, dilation, number, _ordinary_shape(image, kernel))


def _last_pixel_missing(image, kernel, dilation):
    KH, KW = kernel.shape
    H, W = image.shape
    result = np.zeros((H - (KH - 1) * dilation, W - (KW - 1) * dilation))
    for i, j in np.ndindex(result.shape):
        window = image[
            i : i + (KH - 1) * dilation : dilation, j : j + (KW - 1) * dilation : dilation
        ]
        result[i, j] = (window * kernel).sum()
    return result


def _wider_over_zeros(image, kernel, dilation):
    """DL1: one gap too many, and zeros where the kernel hangs over the edge."""
    rows, columns = right(image, kernel, dilation).shape
    around = [(0, k) for k in kernel.shape]
    return right(np.pad(image, around), kernel, dilation + 1)[:rows, :columns]


def _crowded(image, kernel, dilation):
    """The size is that of a spread kernel, the windows are not."""
    shape = right(image, kernel, dilation).shape
    return right(image, kernel, 1)[: shape[0], : shape[1]]


def _too_long(image, kernel, dilation):
    """A kernel as long as its sides times the dilation: the last gap is too much."""
    answer = right(image, kernel, dilation)
    rows, columns = (n - dilation + 1 for n in answer.shape)
    if rows < 0 or columns < 0:
        raise ValueError("the kernel does not fit")
    return answer[:rows, :columns]


def _same_size(image, kernel, dilation):
    spread = [(k - 1) * dilation for k in kernel.shape]
    around = [(n // 2, n - n // 2) for n in spread]
    return right(np.pad(np.asarray(image, float), around), kernel, dilation)


def _height_for_both(image, kernel, dilation):
    return right(image, kernel[:, : kernel.shape[0]], dilation)


def _cut_to_image_type(image, kernel, dilation):
    answer = right(image, kernel, dilation)
    if image.dtype.kind == "f":
        return answer
    return answer.astype(np.int64).astype(image.dtype)


def _first_row_only(image, kernel, dilation):
    answer = right(image, kernel, dilation)
    answer[1:] = 0
    return answer


def _first_only(image, kernel, dilation):
    answer = right(image, kernel, dilation)
    answer.flat[1:] = 0
    return answer


def _each(number):
    return lambda x, k, d: _slide(x, k, d, number)


MISTAKES = (
    *misplaced_kernels(right),
    Mistake(
        "one-gap-too-many",
        "Your weights lie one pixel too far apart. How many pixels lie between two weights when "
        "the dilation is one?",
        lambda x, k, d: right(x, k, d + 1),
        _wider_over_zeros,
    ),
    Mistake(
        "strided",
        "You skipped places, and the kernel stayed dense. What does the dilation spread?",
        lambda x, k, d: right(x, k, 1)[::d, ::d],
    ),
    Mistake(
        "places-skipped",
        "The kernel is spread, and places were skipped as well. How far does the window move "
        "each time?",
        lambda x, k, d: right(x, k, d)[::d, ::d],
        lambda x, k, d: right(x[::d, ::d], k, 1),
    ),
    Mistake(
        "not-dilated",
        "The dilation leaves no trace. Which pixels lie under the weights?",
        lambda x, k, d: right(x, k, 1),
        _crowded,
    ),
    Mistake(
        "one-direction-only",
        "The gaps are in one direction only. Between which weights should they be?",
        lambda x, k, d: right(x, k, (d, 1)),
        lambda x, k, d: right(x, k, (1, d)),
    ),
    Mistake(
        "size-without-gaps",
        "Your result has as many places as the dense kernel. How many pixels does the spread "
        "kernel cover?",
        _zeros_beyond,
        _cut_windows,
        lambda x, k, d: _slide(x, k, d, shape=_ordinary_shape(x, k)),
    ),
    Mistake(
        "gap-at-the-end",
        "Places are missing at the right and at the bottom. Is there a gap after the last weight?",
        _too_long,
    ),
    Mistake(
        "last-weight-without-pixel",
        "Your windows are too short by one pixel. How many gaps lie between the first weight and "
        "the last, and how many pixels is that in all?",
        _last_pixel_missing,
    ),
    Mistake(
        "size-of-image",
        "Your result has the size of the image. In how many places can the spread kernel lie?",
        _same_size,
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How wide is the kernel, and how high?",
        _height_for_both,
    ),
    Mistake(
        "transposed-image",
        "Your windows were read along the columns. Which index of a pixel is its row?",
        lambda x, k, d: right(x.T, k, d),
    ),
    Mistake(
        "last-product-only",
        "Only the last product of each window is left. What happens to the ones before it?",
        _each(lambda w, k: w[-1, -1] * k[-1, -1]),
    ),
    Mistake(
        "sum-not-reset",
        "Your numbers take those of earlier windows along. Where does each sum start from zero?",
        lambda x, k, d: np.cumsum(right(x, k, d)).reshape(right(x, k, d).shape),
    ),
    Mistake(
        "kernel-ignored",
        "The weights leave no trace. What does each pixel meet before you add up?",
        _each(lambda w, k: w.sum()),
    ),
    Mistake(
        "matrix-product",
        "You took a matrix product. Which operation lets each pixel meet only its own weight?",
        _each(lambda w, k: (w @ k).sum()),
    ),
    Mistake(
        "averaged",
        "You divided each sum. Does the formula ask for a mean?",
        lambda x, k, d: right(x, k, d) / k.size,
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, k, d: np.abs(right(x, k, d)),
        lambda x, k, d: np.maximum(right(x, k, d), 0),
    ),
    Mistake(
        "first-window-only",
        "Only the first window was worked out. How deep inside the loops do you hand the answer "
        "back?",
        _first_only,
    ),
    Mistake(
        "first-row-only",
        "Only the first row of places was worked out. How deep inside the loops do you hand the "
        "answer back?",
        _first_row_only,
    ),
    Mistake(
        "cut-to-image-type",
        "Your answers went into an array of the image's type, and what did not fit was cut or "
        "wrapped round. Which numbers should the answer be able to hold?",
        _cut_to_image_type,
    ),
    Mistake(
        "clears-image",
        "Your function changes the image that it was given. Whose array do you write into?",
        clears(right),
    ),
)
