"""The checks of `correlate_separable`: one pass down, one pass across."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.edges.common import BYTE_IMAGE, SIGNED_IMAGE, WORKED_IMAGE
from cnnlab.checks.filters.common import to_type_of
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size

# Weights 1000, 100, 10, 1 when multiplied: the digits of an answer say which pixel met which.
DIGITS_IMAGE = np.array([[1, 2, 8, 4, 3], [7, 5, 3, 9, 6], [2, 6, 1, 5, 8]])


def _down(image, column):
    return naive.correlate2d(image, np.asarray(column)[:, None])


def _across(image, row):
    return naive.correlate2d(image, np.asarray(row)[None, :])


def correlate_separable(image, column, row):
    """(H, W), (KH,), (KW,) -> (H - KH + 1, W - KW + 1)"""
    return _across(_down(image, column), row)


def _hidden(rng):
    def case(image: np.ndarray, column: np.ndarray, row: np.ndarray) -> Case:
        name = f"a {size(image.shape)} image, a column of {column.size}, a row of {row.size}"
        return Case(name, (image, column, row))

    return (
        Item(
            "column and row of one length",
            (
                case(signed(rng, 5, 7), signed(rng, 3), signed(rng, 3)),
                case(signed(rng, 5, 4), signed(rng, 2), signed(rng, 2)),
            ),
        ),
        Item(
            "lengths that differ",
            (
                case(signed(rng, 5, 6), signed(rng, 2), signed(rng, 4)),
                case(signed(rng, 6, 5), signed(rng, 4), signed(rng, 3)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photo(rng, 4, 5), whole_signed(rng, 2), whole_signed(rng, 3)),
                case(whole_signed(rng, 4, 6), signed(rng, 3), signed(rng, 2)),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 5, 6), signed(rng, 3), signed(rng, 2)),),
            keeps_input=True,
        ),
    )


def _both(image, column, row):
    """What each pass alone makes of the image, cut to a common size."""
    down, across = _down(image, column), _across(image, row)
    H, W = across.shape[0] - len(column) + 1, down.shape[1] - len(row) + 1
    return down[:H, :W], across[:H, :W]


def _rounded_between(image, column, row):
    """The first answer is kept in an array of the image's type."""
    return _across(to_type_of(image, _down(image, column)), row)


def _rounded_between_across(image, column, row):
    return _down(to_type_of(image, _across(image, row)), column)


def _turned_sides(image, column, row):
    """The row is laid downwards and the column across."""
    return _down(_across(image, column), row)


def _one_weight_kernel(weight):
    """A kernel built wrongly from the two factors."""
    return lambda x, c, r: naive.correlate2d(x, weight(np.asarray(c), np.asarray(r)))


def _clears_image(image, column, row):
    answer = correlate_separable(image, column, row)
    image[...] = 0
    return answer


def _passes(**how):
    """Both passes by `numpy.convolve` or `numpy.correlate`, row by row and column by column."""
    down, across = how["down"], how["across"]
    mode = how.get("mode", "valid")

    def version(image, column, row):
        x = np.asarray(image, float)
        once = np.stack([down(x[:, j], column, mode) for j in range(x.shape[1])], axis=1)
        return np.stack([across(line, row, mode) for line in once])

    return version


MISTAKES = (
    Mistake(
        "row-ignored",
        "You made one pass, with the column. What does the row do?",
        lambda x, c, r: _down(x, c),
        lambda x, c, r: _both(x, c, r)[0],
        lambda x, c, r: _down(_down(x, c), c),
    ),
    Mistake(
        "column-ignored",
        "You made one pass, with the row. What does the column do?",
        lambda x, c, r: _across(x, r),
        lambda x, c, r: _both(x, c, r)[1],
        lambda x, c, r: _across(_across(x, r), r),
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
        lambda x, c, r: correlate_separable(x, c[::-1], r[::-1]),
    ),
    Mistake(
        "column-turned",
        "The column was read from its end. Which weight meets the upper pixel?",
        lambda x, c, r: correlate_separable(x, c[::-1], r),
    ),
    Mistake(
        "row-turned",
        "The row was read from its end. Which weight meets the left pixel?",
        lambda x, c, r: correlate_separable(x, c, r[::-1]),
    ),
    Mistake(
        "zeros-around",
        "Your answer is larger than it should be: pixels beyond the border were made up. At how "
        "many places does the kernel fit?",
        _passes(down=np.correlate, across=np.correlate, mode="same"),
        _passes(down=np.convolve, across=np.convolve, mode="same"),
        _passes(down=np.correlate, across=np.correlate, mode="full"),
        _passes(down=np.convolve, across=np.convolve, mode="full"),
        lambda x, c, r: naive.correlate2d(x, np.outer(c, r), "same"),
    ),
    Mistake(
        "first-weights-only",
        "Only the first weight of the column or of the row counts. How many are there?",
        lambda x, c, r: correlate_separable(x, c * (np.arange(len(c)) == 0), r),
        lambda x, c, r: correlate_separable(x, c, r * (np.arange(len(r)) == 0)),
        lambda x, c, r: correlate_separable(
            x, c * (np.arange(len(c)) == 0), r * (np.arange(len(r)) == 0)
        ),
    ),
    Mistake(
        "last-weights-only",
        "Only the last weight of the column or of the row counts. What happens to the sum before "
        "it?",
        lambda x, c, r: correlate_separable(x, c * (np.arange(len(c)) == len(c) - 1), r),
        lambda x, c, r: correlate_separable(x, c, r * (np.arange(len(r)) == len(r) - 1)),
        lambda x, c, r: correlate_separable(
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
        lambda x, c, r: correlate_separable(x, c, r[: len(c)]),
        lambda x, c, r: correlate_separable(x, c[: len(r)], r),
    ),
    Mistake(
        "one-place-short",
        "The last places are missing. How many steps fit, and how many places are that?",
        lambda x, c, r: correlate_separable(x, c, r)[:-1, :-1],
        lambda x, c, r: correlate_separable(x, c, r)[:, :-1],
        lambda x, c, r: correlate_separable(x, c, r)[:-1],
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, c, r: np.abs(correlate_separable(x, c, r)),
        lambda x, c, r: np.maximum(correlate_separable(x, c, r), 0),
        lambda x, c, r: _across(np.maximum(_down(x, c), 0), r),
        lambda x, c, r: _across(np.abs(_down(x, c)), r),
    ),
    Mistake(
        "averaged",
        "You divided the sums. Does the formula ask for a mean?",
        lambda x, c, r: correlate_separable(x, c, r) / (len(c) * len(r)),
        lambda x, c, r: correlate_separable(x, c, r) / len(c),
        lambda x, c, r: correlate_separable(x, c, r) / len(r),
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        lambda x, c, r: np.zeros(correlate_separable(x, c, r).shape),
    ),
    Mistake(
        "cut-to-image-type",
        "An array of the image's type held your sums, and what did not fit was cut or wrapped "
        "around. Which type can hold them, also between the passes?",
        lambda x, c, r: to_type_of(x, correlate_separable(x, c, r)),
        _rounded_between,
        _rounded_between_across,
        lambda x, c, r: to_type_of(x, _rounded_between(x, c, r)),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        _clears_image,
    ),
)

LADDER = Ladder(
    task="correlate_separable",
    arguments=("image", "column", "row"),
    reference=correlate_separable,
    cases=(
        Case("a 3 x 5 image of digits", (DIGITS_IMAGE, np.array([100, 1]), np.array([10, 1]))),
        Case(
            "the 6 x 6 image of lesson 03 and the factors of Sobel",
            (WORKED_IMAGE, np.array([1, 2, 1]), np.array([-1, 0, 1])),
        ),
        Case(
            "a column of 2 and a row of 3",
            (SIGNED_IMAGE, np.array([1.0, -2]), np.array([0.5, 3, -1])),
        ),
        Case("bytes", (BYTE_IMAGE, np.array([2, -1]), np.array([3, 1, -2]))),
        Case(
            "whole numbers, fractional weights, a column of 3 and a row of 2",
            (WORKED_IMAGE, np.array([0.5, -1.25, 2]), np.array([1.5, -0.75])),
        ),
    ),
    hidden=_hidden,
    places=lambda image, column, row: (
        f"A kernel of {len(column)} rows and {len(row)} columns fits on a {size(image.shape)} "
        f"image at {image.shape[0] - len(column) + 1} places down and "
        f"{image.shape[1] - len(row) + 1} across."
    ),
    hint="Do the first pass alone, on paper, for a few pixels. Which numbers does the second pass "
    "multiply?",
    mistakes=MISTAKES,
    accepted=(
        lambda x, c, r: _down(_across(x, r), c),
        lambda x, c, r: correlate_separable(x, c, r).astype(np.float32),
        lambda x, c, r: np.asfortranarray(naive.correlate2d(x, np.outer(c, r))),
        _passes(down=np.correlate, across=np.correlate),
        lambda x, c, r: _passes(down=np.convolve, across=np.convolve)(x, c[::-1], r[::-1]),
        lambda x, c, r: np.einsum(
            "ijuv,u,v->ij",
            np.lib.stride_tricks.sliding_window_view(x.astype(float), (len(c), len(r))),
            c,
            r,
        ),
        lambda x, c, r: _loops(x, c, r),
    ),
)


def _loops(image, column, row):
    (H, W), KH, KW = image.shape, len(column), len(row)
    between = np.array(
        [
            [sum(float(image[i + u, j]) * column[u] for u in range(KH)) for j in range(W)]
            for i in range(H - KH + 1)
        ]
    )
    return np.array([[line[j : j + KW] @ row for j in range(W - KW + 1)] for line in between])
