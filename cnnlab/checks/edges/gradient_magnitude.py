"""The checks of `gradient_magnitude`: how fast brightness changes, whatever the direction."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.edges.common import (
    BYTE_IMAGE,
    SIGNED_IMAGE,
    WORKED_IMAGE,
    hidden_images,
    places_of_three,
)
from cnnlab.checks.ladder import Case, Ladder, Mistake
from cnnlab.checks.versions import clears
from cnnlab.kernels import PREWITT_X, SCHARR_X, SOBEL_X, SOBEL_Y


def gradient_magnitude(image):
    """(H, W) -> (H - 2, W - 2)"""
    return np.hypot(*_slopes(image))


def _slopes(image, x=SOBEL_X, y=SOBEL_Y, mode="valid"):
    return naive.correlate2d(image, x, mode), naive.correlate2d(image, y, mode)


# Slopes of 3 and -4 eighths along the axes: the answer is the 5 of a right-angled triangle.
TRIANGLE = np.array([[8.0, 11, 14, 17], [4, 7, 10, 13], [0, 3, 6, 9]])


def _joined(how, x=SOBEL_X, y=SOBEL_Y, mode="valid"):
    """The right slopes, or those of other kernels, put together in another way."""

    def version(image):
        with np.errstate(invalid="ignore"):
            return how(*_slopes(image, x, y, mode))

    return version


def _bytes_wrapped(image):
    def cut(slope):
        return slope.astype(np.int64).astype(image.dtype).astype(float)

    slopes = _slopes(image)
    return np.hypot(*(map(cut, slopes) if image.dtype.kind == "u" else slopes))


def _bytes_clipped(image):
    slopes = _slopes(image)
    return np.hypot(*(np.clip(slopes, 0, 255) if image.dtype.kind == "u" else slopes))


MISTAKES = (
    Mistake(
        "slopes-added",
        "Slopes of opposite sign cancel each other. How do you combine them so that both count?",
        _joined(np.add),
        _joined(lambda gx, gy: np.abs(gx + gy)),
        _joined(np.subtract),
        _joined(lambda gx, gy: np.abs(gx - gy)),
    ),
    Mistake(
        "one-direction-only",
        "Edges of one direction have vanished. Which of the two slopes is not in your answer?",
        _joined(lambda gx, gy: np.abs(gx)),
        _joined(lambda gx, gy: np.abs(gy)),
        _joined(lambda gx, gy: gx),
        _joined(lambda gx, gy: gy),
    ),
    Mistake(
        "not-squared",
        "Where the slopes add up to less than zero there is no number at all. What makes each of "
        "them positive before the root is taken?",
        _joined(lambda gx, gy: np.sqrt(gx + gy)),
        _joined(lambda gx, gy: np.sqrt(np.abs(gx + gy))),
        _joined(lambda gx, gy: np.sqrt(np.abs(gx) + np.abs(gy))),
    ),
    Mistake(
        "no-root",
        "You have the square of the length. What is the length?",
        _joined(lambda gx, gy: gx**2 + gy**2),
    ),
    Mistake(
        "squares-subtracted",
        "One square is taken away from the other. What does Pythagoras do with them?",
        _joined(lambda gx, gy: np.sqrt(gx**2 - gy**2)),
        _joined(lambda gx, gy: np.sqrt(np.abs(gx**2 - gy**2))),
    ),
    Mistake(
        "along-two-sides",
        "You add the two slopes without their signs: that is the way along two sides of a "
        "triangle. How long is the third?",
        _joined(lambda gx, gy: np.abs(gx) + np.abs(gy)),
    ),
    Mistake(
        "averaged",
        "You took a mean of the two slopes. Is the long side of a triangle the mean of the others?",
        _joined(lambda gx, gy: (np.abs(gx) + np.abs(gy)) / 2),
        _joined(lambda gx, gy: np.hypot(gx, gy) / 2),
        _joined(lambda gx, gy: np.sqrt((gx**2 + gy**2) / 2)),
        _joined(lambda gx, gy: (gx + gy) / 2),
    ),
    Mistake(
        "larger-slope",
        "You kept the larger slope and dropped the other. Do both count in a length?",
        _joined(lambda gx, gy: np.maximum(np.abs(gx), np.abs(gy))),
        _joined(np.maximum),
    ),
    Mistake(
        "multiplied",
        "You multiplied the two slopes, so an edge along either axis vanishes. What stands between "
        "the two squares of Pythagoras?",
        _joined(np.multiply),
        _joined(lambda gx, gy: np.sqrt(np.abs(gx * gy))),
        _joined(lambda gx, gy: np.abs(gx * gy)),
    ),
    Mistake(
        "same-kernel-twice",
        "Edges of one direction are missing, those of the other are too strong. Which two kernels "
        "did you use?",
        _joined(np.hypot, SOBEL_X, SOBEL_X),
        _joined(np.hypot, SOBEL_Y, SOBEL_Y),
        _joined(np.hypot, SOBEL_X, SOBEL_X[::-1, ::-1]),
        _joined(lambda gx, gy: gx + gy, SOBEL_X, SOBEL_X),
    ),
    Mistake(
        "prewitt",
        "All rows of your kernels weigh the same. What does the middle row of Sobel weigh?",
        _joined(np.hypot, PREWITT_X, PREWITT_X.T),
        _joined(np.hypot, SOBEL_X, PREWITT_X.T),
        _joined(np.hypot, PREWITT_X, SOBEL_Y),
    ),
    Mistake(
        "scharr",
        "Your kernels weigh 3 and 10, which are Scharr's. What are Sobel's weights?",
        _joined(np.hypot, SCHARR_X, SCHARR_X.T),
    ),
    Mistake(
        "signs-lost-in-kernel",
        "One of your kernels has no minus sign. What does an edge kernel answer where all pixels "
        "are equal?",
        _joined(np.hypot, SOBEL_X, np.abs(SOBEL_Y)),
        _joined(np.hypot, np.abs(SOBEL_X), np.abs(SOBEL_Y)),
    ),
    Mistake(
        "image-squared",
        "You squared the pixels, not the slopes. What comes first, the kernels or the squares?",
        lambda x: np.hypot(*_slopes(np.asarray(x, float) ** 2)),
        lambda x: np.sqrt(np.abs(naive.correlate2d(np.asarray(x, float) ** 2, SOBEL_X**2))),
        lambda x: np.sqrt(np.abs(np.add(*_slopes(np.asarray(x, float) ** 2)))),
        lambda x: np.sqrt(np.add(*_slopes(np.asarray(x, float) ** 2, SOBEL_X**2, SOBEL_Y**2))),
    ),
    Mistake(
        "negatives-cut",
        "Edges from bright to dark are gone. Are they no edges?",
        _joined(lambda gx, gy: np.hypot(np.maximum(gx, 0), np.maximum(gy, 0))),
        _joined(lambda gx, gy: np.hypot(np.maximum(gx, 0), gy)),
        _joined(lambda gx, gy: np.hypot(gx, np.maximum(gy, 0))),
    ),
    Mistake(
        "rescaled",
        "You stretched your answer to a fixed range. Does a faint edge stay faint then?",
        lambda x: gradient_magnitude(x) * 255 / gradient_magnitude(x).max(),
        lambda x: gradient_magnitude(x) / gradient_magnitude(x).max(),
        lambda x: np.minimum(gradient_magnitude(x), 255),
    ),
    Mistake(
        "divided",
        "You divided by the sum of the weights. Does the exercise ask for that?",
        lambda x: gradient_magnitude(x) / 8,
        lambda x: gradient_magnitude(x) / 4,
        lambda x: gradient_magnitude(x) / 9,
    ),
    Mistake(
        "size-of-image",
        "Your answer is as large as the image. At how many places does the window fit?",
        _joined(np.hypot, mode="same"),
        lambda x: np.pad(gradient_magnitude(x), 1),
        lambda x: np.hypot(*_slopes(np.pad(np.asarray(x, float), 1, mode="edge"))),
        lambda x: np.hypot(*_slopes(np.pad(np.asarray(x, float), 1, mode="symmetric"))),
    ),
    Mistake(
        "direction",
        "You found an angle. Does the exercise ask where brightness grows, or how fast?",
        _joined(lambda gx, gy: np.arctan2(gy, gx)),
        _joined(lambda gx, gy: np.degrees(np.arctan2(gy, gx))),
    ),
    Mistake(
        "bytes-wrapped",
        "With bytes the values are wrong: a byte ends at 255 and has nothing below zero. Which "
        "type can hold a slope?",
        _bytes_wrapped,
        _bytes_clipped,
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(gradient_magnitude),
    ),
)

LADDER = Ladder(
    task="gradient_magnitude",
    arguments=("image",),
    reference=gradient_magnitude,
    cases=(
        Case("an even slope, 3 to the right and 4 upwards", (TRIANGLE,)),
        Case("the 6 x 6 image of lesson 03", (WORKED_IMAGE,)),
        Case("a 4 x 5 image with negative numbers", (SIGNED_IMAGE,)),
        Case("bytes", (BYTE_IMAGE,)),
    ),
    hidden=hidden_images,
    places=places_of_three,
    hint="Choose one wrong value and work out both slopes by hand. They are two sides of a "
    "right-angled triangle. How long is the third?",
    mistakes=MISTAKES,
    accepted=(
        _joined(lambda gx, gy: np.sqrt(gx**2 + gy**2)),
        _joined(lambda gx, gy: (gx * gx + gy * gy) ** 0.5),
        _joined(lambda gx, gy: np.linalg.norm([gx, gy], axis=0)),
        _joined(lambda gx, gy: np.abs(gx + 1j * gy).astype(np.float32)),
        _joined(lambda gx, gy: np.asfortranarray(np.hypot(gx, gy)), -SOBEL_X, -SOBEL_Y),
        # The curriculum's horizontal kernel points upwards.
        _joined(np.hypot, SOBEL_X, np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])),
        lambda x: np.hypot(naive.convolve2d(x, SOBEL_X), naive.convolve2d(x, SOBEL_Y)),
        lambda x: np.hypot(*_by_scipy(x.astype(float)))[1:-1, 1:-1],
    ),
)


def _by_scipy(image):
    from scipy import ndimage  # over half a second, so only when it is asked for

    return ndimage.sobel(image, axis=1), ndimage.sobel(image, axis=0)
