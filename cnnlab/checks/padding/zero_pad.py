"""The checks of `zero_pad`: a frame of zeros around an image."""

import numpy as np

from cnnlab.checks.filters.common import BYTE_IMAGE
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.versions import clears


def zero_pad(image, padding):
    """(H, W), P -> (H + 2 P, W + 2 P)"""
    return np.pad(image, padding)


def _case(image, padding):
    return Case(f"a {size(image.shape)} image with a padding of {padding}", (image, padding))


def _hidden(rng):
    return (
        Item("one pixel", (_case(signed(rng, 3, 5), 1),)),
        Item("several pixels", (_case(signed(rng, 4, 2), 3), _case(signed(rng, 2, 5), 2))),
        Item("no padding", (_case(signed(rng, 3, 4), 0), _case(signed(rng, 3, 2), 2))),
        Item(
            "bytes and whole numbers, and the image is left as it was",
            (_case(photo(rng, 3, 4), 2), _case(whole_signed(rng, 4, 3), 1)),
            keeps_input=True,
        ),
    )


def _frame(rows, columns=None, **how):
    """`numpy.pad` with other numbers of pixels (before, after), or other pixels."""

    def version(image, p):
        sides = rows(p), (columns or rows)(p)
        return np.pad(image, sides, **{k: v(p) for k, v in how.items()})

    return version


def _kinds(mode):
    """Another kind of border; NumPy refuses to mirror an image of one row."""
    return lambda image, p: np.pad(image, p, mode=mode)


def _lost_without_padding(image, p):
    """``out[p:-p, p:-p] = image``: an empty slice for p = 0."""
    return zero_pad(image, p) if p else np.zeros(image.shape)


def _stopped_without_padding(image, p):
    """The same, and NumPy says so: nothing fits into an empty slice."""
    out = np.zeros_like(zero_pad(image, p))
    out[p:-p, p:-p] = image
    return out


def _at(row, column):
    """A frame of the right size, the image laid at another place."""

    def version(image, p):
        out = np.zeros_like(zero_pad(image, p))
        top, left = row * p, column * p
        out[top : top + image.shape[0], left : left + image.shape[1]] = image
        return out

    return version


def _square(side):
    """Height and width of the frame both from one side of the image."""

    def version(image, p):
        largest = side(image.shape) + 2 * p
        out = np.zeros((max(largest, image.shape[0] + p), max(largest, image.shape[1] + p)))
        out[p : p + image.shape[0], p : p + image.shape[1]] = image
        return out[:largest, :largest]

    return version


LADDER = Ladder(
    task="zero_pad",
    arguments=("image", "padding"),
    reference=zero_pad,
    cases=(
        _case(np.array([[1, 2, 3], [4, 5, 6]]), 1),
        _case(np.array([[7.5, -2, 4]]), 2),
        _case(np.array([[1, -2], [3, 4], [5, 9]]), 0),
        _case(np.array([[5, 8], [2, 3], [9, 4]]), 3),
        Case("bytes with a padding of 2", (BYTE_IMAGE, 2)),
    ),
    hidden=_hidden,
    places=lambda image, padding: (
        f"There are {padding} more pixels on each of the four sides of a {size(image.shape)} image."
    ),
    hint="Draw the frame on paper and write the image into its middle. On which row and column "
    "does the first pixel stand?",
    mistakes=(
        Mistake(
            "after-only",
            "All the zeros went to the bottom and to the right. On how many sides do they belong?",
            _frame(lambda p: (0, 2 * p)),
            _frame(lambda p: (0, p)),
        ),
        Mistake(
            "before-only",
            "All the zeros went to the top and to the left. On how many sides do they belong?",
            _frame(lambda p: (2 * p, 0)),
            _frame(lambda p: (p, 0)),
        ),
        Mistake(
            "columns-only",
            "The height did not change. Where are the zeros above and below?",
            _frame(lambda p: (0, 0), lambda p: (p, p)),
        ),
        Mistake(
            "rows-only",
            "The width did not change. Where are the zeros on the left and on the right?",
            _frame(lambda p: (p, p), lambda p: (0, 0)),
        ),
        Mistake(
            "padding-as-value",
            "Your border holds the padding itself. Does that number say how wide, or how bright?",
            _frame(lambda p: (p, p), constant_values=lambda p: p),
        ),
        Mistake(
            "ones",
            "Your border holds ones. Which number leaves a sum as it is?",
            _frame(lambda p: (p, p), constant_values=lambda p: 1),
        ),
        Mistake(
            "edge-repeated",
            "Your border repeats pixels of the image. What does the exercise ask for?",
            _kinds("edge"),
            _kinds("wrap"),
            _kinds("symmetric"),
            _kinds("reflect"),
        ),
        Mistake(
            "lost-without-padding",
            "With a padding of 0 the image finds no place. What does a slice hold that ends at "
            "minus zero?",
            _lost_without_padding,
            _stopped_without_padding,
        ),
        Mistake(
            "image-at-side",
            "The image lies in the middle one way only. Where does the padding enter for the rows, "
            "and where for the columns?",
            _at(0, 1),
            _at(1, 0),
        ),
        Mistake(
            "always-one",
            "It works for a padding of one only. Which number stands where the padding belongs?",
            _frame(lambda p: (1, 1)),
        ),
        Mistake(
            "twice-as-wide",
            "Your border is twice as wide as asked. Does the padding count both sides, or one?",
            _frame(lambda p: (2 * p, 2 * p)),
        ),
        Mistake(
            "half-as-wide",
            "Your border is half as wide as asked. Does the padding count both sides, or one?",
            _frame(lambda p: (p // 2, p - p // 2)),
            _frame(lambda p: (p // 2, p // 2)),
        ),
        Mistake(
            "one-side-for-both",
            "It works for square images only. Which side of the image gives the height?",
            _square(lambda shape: shape[0]),
            _square(lambda shape: shape[1]),
            _square(max),
            lambda x, p: np.pad(x, ((p, p + max(0, x.shape[1] - x.shape[0])), (p, p))),
        ),
        Mistake(
            "exchanged-sides",
            "Height and width have changed places. Which comes first in a shape?",
            lambda x, p: np.zeros((x.shape[1] + 2 * p, x.shape[0] + 2 * p)),
        ),
        Mistake(
            "cropped",
            "Your answer is smaller than the image. Do pixels come off, or are there new ones?",
            lambda x, p: x[p : x.shape[0] - p, p : x.shape[1] - p],
        ),
        Mistake(
            "empty-frame",
            "The frame is there, and nothing is in it. Which line writes the image into it?",
            lambda x, p: np.zeros_like(zero_pad(x, p)),
        ),
        Mistake(
            "cut-to-whole-numbers",
            "Fractions are gone. Which type does your frame have?",
            lambda x, p: np.trunc(zero_pad(x, p)),
        ),
        Mistake(
            "clears-image",
            "The image you were given now holds other numbers. Could you leave it as it is?",
            clears(zero_pad),
        ),
    ),
    accepted=(
        lambda x, p: _written_in(x, p),
        lambda x, p: np.asfortranarray(_written_in(x, p)),
        lambda x, p: np.pad(x.astype(np.float32), ((p, p), (p, p)), constant_values=0),
        lambda x, p: _stacked(x, p),
        lambda x, p: np.array(
            [
                [
                    x[i - p, j - p] if p <= i < p + len(x) and p <= j < p + x.shape[1] else 0
                    for j in range(x.shape[1] + 2 * p)
                ]
                for i in range(len(x) + 2 * p)
            ]
        ),
    ),
)


def _written_in(image, p):
    H, W = image.shape
    out = np.zeros((H + 2 * p, W + 2 * p))
    out[p : p + H, p : p + W] = image
    return out


def _stacked(image, p):
    beside = np.zeros((image.shape[0], p))
    wide = np.hstack([beside, image, beside])
    above = np.zeros((p, wide.shape[1]))
    return np.vstack([above, wide, above])
