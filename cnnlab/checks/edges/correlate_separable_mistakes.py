"""Known wrong versions of `correlate_separable`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters.common import to_type_of
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.versions import clears


def down(image, column):
    return naive.correlate2d(image, np.asarray(column)[:, None])


def across(image, row):
    return naive.correlate2d(image, np.asarray(row)[None, :])


def right(image, column, row):
    """(H, W), (KH,), (KW,) -> (H - KH + 1, W - KW + 1)"""
    return across(down(image, column), row)


def passes(one, mode="valid"):
    """Both passes by `numpy.convolve` or `numpy.correlate`, column by column and row by row."""

    def version(image, column, row):
        x = np.asarray(image, float)
        once = np.stack([one(x[:, j], column, mode) for j in range(x.shape[1])], axis=1)
        return np.stack([one(line, row, mode) for line in once])

    return version


def _both(image, column, row):
    """What each pass alone makes of the image, cut to a common size."""
    first, second = down(image, column), across(image, row)
    H, W = right(image, column, row).shape
    return first[:H, :W], second[:H, :W]


def _rounded_between(image, column, row):
    """The first answer is kept in an array of the image's type."""
    return across(to_type_of(image, down(image, column)), row)


def _rounded_between_across(image, column, row):
    return down(to_type_of(image, across(image, row)), column)


def _turned_sides(image, column, row):
    """The row is laid downwards and the column across."""
    return down(across(image, column), row)


def _one_weight_kernel(weight):
    """A kernel built wrongly from the two factors."""
    return lambda x, c, r: naive.correlate2d(x, weight(np.asarray(c), np.asarray(r)))


MISTAKES = (
    Mistake(
        "row-ignored",
        "You made one pass, with the column. What does the row do?",
        lambda x, c, r: down(x, c),
        lambda x, c, r: _both(x, c, r)[0],
        lambda x, c, r: down(down(x, c), c),
    ),
    Mistake(
        "column-ignored",
        "You made one pass, with the row. What does the column do?",
        lambda x, c, r: across(x, r),
        lambda x, c, r: _both(x, c, r)[1],
        lambda x, c, r: across(across(x, r), r),
    ),
    Mistake(
        "directions-exchanged",
        "The column lies across and the row stands upright. Which of the two runs down?",
        _turned_sides,
        _one_weight_kernel(lambda c, r: np.outer(r, c)),
    ),
    Mistake(
        "passes-added",
        "Both passes begin with the image, and their answers are added. What does the second pass "
        "begin with?",
        lambda x, c, r: np.add(*_both(x, c, r)),
        _one_weight_kernel(lambda c, r: c[:, None] + r),
        lambda x, c, r: np.add(*_both(x, c, r)) / 2,
    ),
    Mistake(
        "passes-multiplied",
        "Both passes begin with the image, and their answers are multiplied. What does the second "
        "pass begin with?",
        lambda x, c, r: np.multiply(*_both(x, c, r)),
    ),
    Mistake(
        "magnitude",
        "You joined the two passes as two slopes. What does the second pass begin with?",
        lambda x, c, r: np.hypot(*_both(x, c, r)),
    ),
    Mistake(
        "both-turned",
        "Column and row were read from their ends: that is convolution. Which weight meets the "
        "first pixel?",
        lambda x, c, r: right(x, c[::-1], r[::-1]),
    ),
    Mistake(
        "column-turned",
        "The column was read from its end. Which weight meets the upper pixel?",
        lambda x, c, r: right(x, c[::-1], r),
    ),
    Mistake(
        "row-turned",
        "The row was read from its end. Which weight meets the left pixel?",
        lambda x, c, r: right(x, c, r[::-1]),
    ),
    Mistake(
        "zeros-around",
        "Your answer is larger than it should be: pixels beyond the border were made up. At how "
        "many places does the kernel fit?",
        passes(np.correlate, "same"),
        passes(np.convolve, "same"),
        passes(np.correlate, "full"),
        passes(np.convolve, "full"),
        lambda x, c, r: naive.correlate2d(x, np.outer(c, r), "same"),
    ),
    Mistake(
        "first-weights-only",
        "Only the first weight of the column or of the row counts. How many are there?",
        lambda x, c, r: right(x, c * (np.arange(len(c)) == 0), r),
        lambda x, c, r: right(x, c, r * (np.arange(len(r)) == 0)),
        lambda x, c, r: right(x, c * (np.arange(len(c)) == 0), r * (np.arange(len(r)) == 0)),
    ),
    Mistake(
        "last-weights-only",
        "Only the last weight of the column or of the row counts. What happens to the sum before "
        "it?",
        lambda x, c, r: right(x, c * (np.arange(len(c)) == len(c) - 1), r),
        lambda x, c, r: right(x, c, r * (np.arange(len(r)) == len(r) - 1)),
        lambda x, c, r: right(
            x, c * (np.arange(len(c)) == len(c) - 1), r * (np.arange(len(r)) == len(r) - 1)
        ),
    ),
    Mistake(
        "diagonal-only",
        "Only weights of equal number meet. Does each weight of the column meet each of the row?",
        _one_weight_kernel(lambda c, r: np.outer(c, r) * np.eye(len(c), len(r))),
    ),
    Mistake(
        "one-length-for-both",
        "It works when column and row are equally long. Which of the two lengths belongs to which "
        "side?",
        lambda x, c, r: right(x, c, r[: len(c)]),
        lambda x, c, r: right(x, c[: len(r)], r),
    ),
    Mistake(
        "one-place-short",
        "The last places are missing. How many steps fit, and how many places are that?",
        lambda x, c, r: right(x, c, r)[:-1, :-1],
        lambda x, c, r: right(x, c, r)[:, :-1],
        lambda x, c, r: right(x, c, r)[:-1],
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, c, r: np.abs(right(x, c, r)),
        lambda x, c, r: np.maximum(right(x, c, r), 0),
        lambda x, c, r: across(np.maximum(down(x, c), 0), r),
        lambda x, c, r: across(np.abs(down(x, c)), r),
    ),
    Mistake(
        "averaged",
        "You divided the sums. Does the formula ask for a mean?",
        lambda x, c, r: right(x, c, r) / (len(c) * len(r)),
        lambda x, c, r: right(x, c, r) / len(c),
        lambda x, c, r: right(x, c, r) / len(r),
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        lambda x, c, r: np.zeros(right(x, c, r).shape),
    ),
    Mistake(
        "cut-to-image-type",
        "An array of the image's type held your sums, and what did not fit was cut or wrapped "
        "around. Which type can hold them, also between the passes?",
        lambda x, c, r: to_type_of(x, right(x, c, r)),
        _rounded_between,
        _rounded_between_across,
        lambda x, c, r: to_type_of(x, _rounded_between(x, c, r)),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(right),
    ),
)
