"""The checks of `scale_centered`: grey values from 0 to 255 come to lie around zero."""

import numpy as np

from cnnlab.checks.inputs import grays, photo
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake


def scale_centered(image):
    """(H, W), 0 to 255 -> (H, W), -0.5 to 0.5"""
    return np.asarray(image, dtype=float) / 255 - 0.5


def _centered_hidden(rng):
    return (
        Item("bytes as a camera gives them", (Case("bytes", (photo(rng, 4, 7),)),)),
        Item(
            "whole numbers, and numbers with a point",
            (
                Case("whole numbers", (grays(rng, 3, 5, 10, 200),)),
                Case("numbers with a point", (grays(rng, 5, 2, 10, 200) + 0.25,)),
            ),
        ),
        Item(
            "the image is left as it was",
            (Case("numbers with a point", (grays(rng, 3, 4).astype(float),)),),
            keeps_input=True,
        ),
    )


LADDER = Ladder(
    task="scale_centered",
    arguments=("image",),
    reference=scale_centered,
    cases=(
        Case("bytes: black, grey and white", (np.array([[0, 51, 255], [102, 204, 3]], np.uint8),)),
        Case("a dim picture", (np.array([[10.0, 20.0], [40.0, 5.0], [25.0, 30.0]]),)),
    ),
    hidden=_centered_hidden,
    places=lambda image: "The picture keeps its rows and columns.",
    hint="Follow one grey pixel on paper: where is it after the first step, and after the second?",
    mistakes=(
        Mistake(
            "not-centred",
            "Black came out as 0. What is still to be taken away so that grey lies in the middle?",
            lambda image: np.asarray(image, float) / 255,
        ),
        Mistake(
            "only-shifted",
            "Your values still run over hundreds. Which step brings them near zero?",
            lambda image: np.asarray(image, float) - 127.5,
            lambda image: np.asarray(image, float) - 128,
            lambda image: np.asarray(image, float) - 0.5,
        ),
        Mistake(
            "twice-as-wide",
            "Your values run from minus one to one. How wide is the range you are asked for?",
            lambda image: np.asarray(image, float) / 127.5 - 1,
        ),
        Mistake(
            "divided-by-256",
            "Your white stays just below the upper end. Which number is white in what came in?",
            lambda image: np.asarray(image, float) / 256 - 0.5,
        ),
        Mistake(
            "centred-on-128",
            "Black and white do not lie equally far from zero. What is exactly half of white?",
            lambda image: (np.asarray(image, float) - 128) / 255,
        ),
        Mistake(
            "half-before-dividing",
            "Hardly anything was taken away. Which of your two steps comes first?",
            lambda image: (np.asarray(image, float) - 0.5) / 255,
            lambda image: np.asarray(image, float) - 0.5 / 255,
        ),
        Mistake(
            "bytes-wrapped",
            "Dark pixels came out bright: a byte has no numbers below zero. Which type subtracts?",
            lambda image: (image - _same_type(image, 128)) / 255,
            lambda image: (image - _same_type(image, 127)) / 255,
            lambda image: (image - _same_type(image, 128)) / 256,
        ),
        Mistake(
            "whole-number-division",
            "Every grey came out at the lower end. Where does the part after the point get lost?",
            lambda image: np.asarray(image) // 255 - 0.5,
        ),
        Mistake(
            "cut-to-whole-numbers",
            "Nearly all values became zero. Which type does your result have?",
            lambda image: np.trunc(scale_centered(image)),
            lambda image: np.round(scale_centered(image)),
        ),
        Mistake(
            "own-mean",
            "You took away the picture's own mean. Should a pixel's value depend on the others?",
            lambda image: image / 255 - np.mean(image) / 255,
        ),
        Mistake(
            "stretched",
            "A dim picture came out with full black and full white. Should the scale depend on "
            "the picture?",
            lambda image: (image - np.min(image)) / np.ptp(image.astype(float)) - 0.5,
            lambda image: np.asarray(image, float) / np.max(image) - 0.5,
        ),
        Mistake(
            "inverted",
            "Black came out above white. Which is taken away from which?",
            lambda image: 0.5 - np.asarray(image, float) / 255,
        ),
        Mistake(
            "half-added",
            "Black came out above zero. In which direction do the values have to move?",
            lambda image: np.asarray(image, float) / 255 + 0.5,
        ),
        Mistake(
            "changes-image",
            "The image you were given now holds other numbers. Could you leave it, and make a new "
            "one?",
            lambda image: _centre_in_place(image),
        ),
    ),
    accepted=(
        lambda image: image / 255 - 0.5,
        lambda image: (image - 127.5) / 255,
        lambda image: (image.astype(float) - 127.5) / 255,
        lambda image: (image / 255.0).astype(np.float32) - np.float32(0.5),
        lambda image: np.interp(image, [0, 255], [-0.5, 0.5]),
        lambda image: np.asfortranarray(image) / 255 - 1 / 2,
        lambda image: np.array([[v / 255 - 0.5 for v in row] for row in image.tolist()]),
        lambda image: np.array(image, dtype=float) * (1 / 255) - 0.5,
    ),
)


def _same_type(image, number):
    return np.asarray(number).astype(image.dtype)


def _centre_in_place(image):
    if image.dtype.kind != "f":
        return scale_centered(image)
    image /= 255
    image -= 0.5
    return image
