"""The checks of `vertical_edges`: three rows of left minus right."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.edges.common import (
    BYTE_IMAGE,
    DIGITS_IMAGE,
    SIGNED_IMAGE,
    WORKED_IMAGE,
    hidden_images,
    places_of_three,
)
from cnnlab.checks.filters.common import to_type_of
from cnnlab.checks.ladder import Case, Ladder, Mistake, Property
from cnnlab.checks.values import close
from cnnlab.checks.versions import clears

KERNEL = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])


def vertical_edges(image):
    """(H, W) -> (H - 2, W - 2)"""
    return naive.correlate2d(image, KERNEL)


def _weighted(*rows):
    """The same loop with other weights."""
    kernel = np.array(rows)
    return lambda image: naive.correlate2d(image, kernel)


def _difference_first(image):
    """Each difference is taken in the image's own type, then added up."""
    differences = to_type_of(image, image[:, :-2].astype(float) - image[:, 2:])
    return naive.correlate2d(differences, np.ones((3, 1)))


def _unsigned_sums(image):
    """NumPy adds bytes up as uint64, where nothing lies below zero."""
    if image.dtype.kind != "u":
        return vertical_edges(image)
    sums = naive.correlate2d(image, np.ones((3, 1))).astype(np.uint64)
    return (sums[:, :-2] - sums[:, 2:]).astype(float)


def _exchanged_sides(image):
    """An answer of (W - 2, H - 2), filled as far as the windows reach."""
    right = vertical_edges(image)
    result = np.zeros(right.shape[::-1])
    rows, columns = np.minimum(right.shape, result.shape)
    result[:rows, :columns] = right[:rows, :columns]
    return result


def _flat_is_zero(arguments, answers):
    return bool(close(answers[0], np.zeros_like(answers[0])).all())


LADDER = Ladder(
    task="vertical_edges",
    arguments=("image",),
    reference=vertical_edges,
    cases=(
        Case("a 3 x 4 image", (DIGITS_IMAGE,)),
        Case("the 6 x 6 image of lesson 03", (WORKED_IMAGE,)),
        Case("a 4 x 5 image with negative numbers", (SIGNED_IMAGE,)),
        Case("bytes", (BYTE_IMAGE,)),
        Case("a 5 x 4 image", (np.array(WORKED_IMAGE[1:, 2:] * 3 - 7),)),
    ),
    hidden=hidden_images,
    places=places_of_three,
    hint="Choose one wrong value and put a pencil on its window. Which three pixels do you add, "
    "and which three do you take away?",
    properties=(
        Property(
            "rows that stay even",
            # Not equal columns: a blur of them would be mistaken for an edge.
            (Case("rows of one brightness each", (np.array([[7.0] * 5, [2] * 5, [5] * 5]),)),),
            _flat_is_zero,
            "Where nothing changes from left to right, you find an edge.",
            "Which pixels do you compare: those beside each other, or those below each other?",
        ),
    ),
    mistakes=(
        Mistake(
            "right-minus-left",
            "Every value has the opposite sign. Which side is taken away from which, and does your "
            "kernel lie as it is printed?",
            _weighted([-1, 0, 1], [-1, 0, 1], [-1, 0, 1]),
        ),
        Mistake(
            "upper-minus-lower",
            "You compare pixels above and below each other. In which direction does brightness "
            "change across a vertical edge?",
            _weighted([1, 1, 1], [0, 0, 0], [-1, -1, -1]),
            _weighted([-1, -1, -1], [0, 0, 0], [1, 1, 1]),
            lambda x: np.asarray(x, float)[:-2, 1:-1] - np.asarray(x, float)[2:, 1:-1],
        ),
        Mistake(
            "one-row-only",
            "Only one row of each window counts. How many rows does the window have?",
            _weighted([1, 0, -1], [0, 0, 0], [0, 0, 0]),
            _weighted([0, 0, 0], [1, 0, -1], [0, 0, 0]),
            _weighted([0, 0, 0], [0, 0, 0], [1, 0, -1]),
            lambda x: naive.correlate2d(x, KERNEL[:1]),
        ),
        Mistake(
            "two-rows-only",
            "Only two rows of each window count. Is the end of a slice included?",
            _weighted([1, 0, -1], [1, 0, -1], [0, 0, 0]),
            _weighted([0, 0, 0], [1, 0, -1], [1, 0, -1]),
            lambda x: naive.correlate2d(x, KERNEL[:2]),
        ),
        Mistake(
            "direct-neighbours",
            "You compare columns that lie side by side. Which weight stands between the two?",
            _weighted([1, -1, 0], [1, -1, 0], [1, -1, 0]),
            _weighted([0, 1, -1], [0, 1, -1], [0, 1, -1]),
            lambda x: naive.correlate2d(x, KERNEL[:, 1:]),
        ),
        Mistake(
            "nothing-taken-away",
            "Left and right are added up. Where is the minus sign of the kernel?",
            _weighted([1, 0, 1], [1, 0, 1], [1, 0, 1]),
            _weighted([1, 1, 1], [1, 1, 1], [1, 1, 1]),
        ),
        Mistake(
            "one-side-only",
            "Only one side of the window counts. What happens to the other side?",
            _weighted([1, 0, 0], [1, 0, 0], [1, 0, 0]),
            _weighted([0, 0, -1], [0, 0, -1], [0, 0, -1]),
        ),
        Mistake(
            "middle-row-doubled",
            "The middle row counts twice, as with Sobel. Which weights does this kernel have?",
            _weighted([1, 0, -1], [2, 0, -2], [1, 0, -1]),
            _weighted([-1, 0, 1], [-2, 0, 2], [-1, 0, 1]),
        ),
        Mistake(
            "averaged",
            "You divided each value. Does the exercise ask for a mean?",
            lambda x: vertical_edges(x) / 3,
            lambda x: vertical_edges(x) / 9,
            lambda x: vertical_edges(x) / 6,
        ),
        Mistake(
            "no-negatives",
            "Your answers are never negative. What would a dark place on the left tell you?",
            lambda x: np.abs(vertical_edges(x)),
            lambda x: np.maximum(vertical_edges(x), 0),
        ),
        Mistake(
            "size-of-image",
            "Your answer is as large as the image. At how many places does the window fit?",
            lambda x: naive.correlate2d(x, KERNEL, "same"),
            lambda x: np.pad(vertical_edges(x), 1),
            lambda x: np.pad(vertical_edges(x), ((0, 2), (0, 2))),
        ),
        Mistake(
            "one-place-short",
            "The last places are missing. Which is the last column the window can begin at?",
            lambda x: vertical_edges(x)[:-1, :-1],
        ),
        Mistake(
            "last-places-empty",
            "The size is right, and the last row and column stayed zero. Where do your loops stop?",
            lambda x: np.pad(vertical_edges(x)[:-1, :-1], ((0, 1), (0, 1))),
        ),
        Mistake(
            "exchanged-sides",
            "Height and width of your answer have changed places. Which comes first in a shape?",
            _exchanged_sides,
        ),
        Mistake(
            "sum-not-reset",
            "Each value holds the ones before it as well. Where does your sum start again?",
            lambda x: np.cumsum(vertical_edges(x)).reshape(vertical_edges(x).shape),
            lambda x: np.cumsum(vertical_edges(x), axis=1),
        ),
        Mistake(
            "nothing-written",
            "Every value is zero. Which line writes a number into your answer?",
            lambda x: np.zeros(vertical_edges(x).shape),
        ),
        Mistake(
            "bytes-wrapped",
            "With bytes the values are wrong: a byte has nothing below zero. Which type has?",
            _difference_first,
            _unsigned_sums,
            lambda x: to_type_of(x, vertical_edges(x)),
        ),
        Mistake(
            "clears-image",
            "The image you were given now holds other numbers. Could you leave it as it is?",
            clears(vertical_edges),
        ),
    ),
    accepted=(
        lambda x: vertical_edges(x).astype(np.float32),
        lambda x: np.asfortranarray(vertical_edges(x)),
        lambda x: naive.correlate2d(x[:, :-2].astype(float) - x[:, 2:], np.ones((3, 1))),
        lambda x: -naive.convolve2d(x, -KERNEL[:, ::-1]),
        lambda x: np.array(
            [
                [
                    x[i : i + 3, j].sum(dtype=float) - x[i : i + 3, j + 2].sum(dtype=float)
                    for j in range(x.shape[1] - 2)
                ]
                for i in range(x.shape[0] - 2)
            ]
        ),
        lambda x: np.einsum(
            "ijuv,uv->ij", np.lib.stride_tricks.sliding_window_view(x, (3, 3)), KERNEL
        ),
    ),
)
