"""Known wrong versions of `correlate2d`, each with the hint it earns.

Several versions of one mistake differ in how the loops around it are written.
"""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters.common import padded, slide, to_type_of
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.versions import clears

right = naive.correlate2d


def _same_size(image, kernel):
    result = np.zeros(np.shape(image))
    answer = right(image, kernel)
    result[: answer.shape[0], : answer.shape[1]] = answer
    return result


def _short(image, kernel):
    H, W = (max(n - k, 1) for n, k in zip(image.shape, kernel.shape, strict=True))
    return right(image, kernel)[:H, :W]


def _swapped_sides(image, kernel):
    """Rows counted by the width: windows that stick out give 0."""
    answer = right(image, kernel)
    rows, columns = answer.shape
    result = np.zeros((columns, rows))
    m = min(rows, columns)
    result[:m, :m] = answer[:m, :m]
    return result


def _one_place_late(image, kernel):
    bigger = np.pad(np.asarray(image, float), ((0, 1), (0, 1)))
    return right(bigger, kernel)[1:, 1:]


def _height_for_both(image, kernel):
    KH = kernel.shape[0]
    result = np.zeros_like(right(image, kernel))
    for i, j in np.ndindex(result.shape):
        window = np.asarray(image, float)[i : i + KH, j : j + KH]
        result[i, j] = (window * kernel[:, :KH]).sum()
    return result


def _running(image, kernel):
    answer = right(image, kernel)
    return np.cumsum(answer).reshape(answer.shape)


def _only(rows, columns):
    """Everything but these places of the answer stays zero."""

    def version(image, kernel):
        answer = right(image, kernel)
        result = np.zeros_like(answer)
        result[rows, columns] = answer[rows, columns]
        return result

    return version


def _cut_to_image_type(image, kernel):
    return to_type_of(image, right(image, kernel))


def _clears_float_image(image, kernel):
    return clears(right)(image, kernel) if image.dtype.kind == "f" else right(image, kernel)


MISTAKES = (
    Mistake(
        "flipped-kernel",
        "Your kernel lies upside-down and mirrored: that is convolution. Which weight belongs on "
        "the window's top-left pixel here?",
        lambda x, k: right(x, k[::-1, ::-1]),
    ),
    Mistake(
        "upside-down-kernel",
        "The rows of your kernel stand in reverse order. Which one meets the window's top row?",
        lambda x, k: right(x, k[::-1]),
    ),
    Mistake(
        "mirrored-kernel",
        "The columns of your kernel stand in reverse order. Which one meets the left edge?",
        lambda x, k: right(x, k[:, ::-1]),
    ),
    Mistake(
        "transposed-kernel",
        "The rows of your kernel became columns. Which index of a weight is its row?",
        lambda x, k: right(x, k.T),
        lambda x, k: slide(x, k, lambda w, k: (w * k.T).sum()),
    ),
    Mistake(
        "one-place-short",
        "The last row and column of places are missing. How many places has a kernel of three in "
        "a row of four?",
        _short,
        lambda x, k: right(x, k)[:-1, :-1],
    ),
    Mistake(
        "last-places-empty",
        "The size is right, and the last row and column stayed zero. Where do your loops stop?",
        _only(slice(0, -1), slice(0, -1)),
    ),
    Mistake(
        "size-of-image",
        "Your result has the size of the image. At how many places can the kernel really lie?",
        _same_size,
    ),
    Mistake(
        "zeros-around-image",
        "You laid zeros around the image. Does this function let the kernel stick out?",
        lambda x, k: naive.correlate2d(x, k, "same"),
        lambda x, k: naive.correlate2d(x, k, "full"),
        lambda x, k: right(padded(x, k), k),
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your result have changed places. Which side of the image counts rows?",
        _swapped_sides,
        lambda x, k: np.zeros(right(x, k).shape[::-1]),
    ),
    Mistake(
        "transposed-image",
        "Your windows were read along the columns. Which index of a pixel is its row?",
        lambda x, k: right(x.T, k),
    ),
    Mistake(
        "last-product-only",
        "Only the last product of each window is left. What happens to the ones before it?",
        lambda x, k: slide(x, k, lambda w, k: w[-1, -1] * k[-1, -1]),
    ),
    Mistake(
        "first-product-only",
        "Only the first product of each window counts. Where does your sum stop?",
        lambda x, k: slide(x, k, lambda w, k: w[0, 0] * k[0, 0]),
    ),
    Mistake(
        "last-row-of-window-only",
        "Only the last row of each window counts. Where does your sum start again from zero?",
        lambda x, k: slide(x, k, lambda w, k: (w * k)[-1].sum()),
    ),
    Mistake(
        "sum-not-reset",
        "Your numbers take those of earlier windows along. Where does each sum start from zero?",
        _running,
        lambda x, k: np.cumsum(right(x, k), axis=1),
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How wide is the kernel, and how high?",
        _height_for_both,
        lambda x, k: right(x, k[:, : k.shape[0]]),
    ),
    Mistake(
        "step-of-kernel-size",
        "You jumped over places. How far does the window move each time?",
        lambda x, k: right(x, k)[:: k.shape[0], :: k.shape[1]],
        lambda x, k: right(x, k)[:: k.shape[0], :: k.shape[0]],
    ),
    Mistake(
        "step-of-two",
        "You left out every second place. How far does the window move each time?",
        lambda x, k: right(x, k)[::2, ::2],
    ),
    Mistake(
        "one-place-late",
        "Every value belongs to the next window. From which number does Python count?",
        _one_place_late,
        lambda x, k: np.pad(right(x, k)[1:, 1:], ((0, 1), (0, 1))),
    ),
    Mistake(
        "first-window-only",
        "Only the first window was worked out. How deep inside the loops do you hand the answer "
        "back?",
        _only(slice(0, 1), slice(0, 1)),
        lambda x, k: np.full_like(right(x, k), right(x, k)[0, 0]),
    ),
    Mistake(
        "first-row-only",
        "Only the first row of places was worked out. How deep inside the loops do you hand the "
        "answer back?",
        _only(slice(0, 1), slice(None)),
    ),
    Mistake(
        "first-column-only",
        "Only the first column of places was worked out. Does your inner loop run to its end?",
        _only(slice(None), slice(0, 1)),
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        lambda x, k: np.zeros_like(right(x, k)),
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, k: np.abs(right(x, k)),
        lambda x, k: np.maximum(right(x, k), 0),
        lambda x, k: np.clip(right(x, k), 0, 255),
        lambda x, k: slide(x, k, lambda w, k: np.abs(w * k).sum()),
    ),
    Mistake(
        "added-not-multiplied",
        "Pixels and weights were added to each other. What does a weight do to its pixel?",
        lambda x, k: slide(x, k, lambda w, k: (w + k).sum()),
    ),
    Mistake(
        "kernel-ignored",
        "The weights leave no trace. What does each pixel meet before you add up?",
        lambda x, k: slide(x, k, lambda w, k: w.sum()),
    ),
    Mistake(
        "matrix-product",
        "You took a matrix product. Which operation lets each pixel meet only its own weight?",
        lambda x, k: slide(x, k, lambda w, k: (w @ k).sum()),
    ),
    Mistake(
        "averaged",
        "You divided each sum. Does the formula ask for a mean?",
        lambda x, k: right(x, k) / k.size,
        lambda x, k: right(x, k) / k.sum(),
        lambda x, k: right(x, k) / np.abs(k).sum(),
    ),
    Mistake(
        "largest-product",
        "You kept the largest product of each window. What happens to the others in the formula?",
        lambda x, k: slide(x, k, lambda w, k: (w * k).max()),
    ),
    Mistake(
        "cut-to-image-type",
        "Your answers went into an array of the image's type, and what did not fit was cut or "
        "wrapped around. Which type can hold them?",
        _cut_to_image_type,
        lambda x, k: _cut_to_image_type(x, k) if x.dtype == np.uint8 else right(x, k),
        lambda x, k: _cut_to_image_type(x, k) if x.dtype != np.uint8 else right(x, k),
    ),
    Mistake(
        "cut-to-whole-numbers",
        "Your answers were cut to whole numbers. Which type does the array that holds them have?",
        lambda x, k: np.trunc(right(x, k)),
        lambda x, k: right(x, k.astype(int)),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(right),
        _clears_float_image,
    ),
)
