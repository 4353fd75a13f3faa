"""What the checks of assignment 03 share: worked images, and what a 3 x 3 window is tried on."""

import numpy as np

from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item
from cnnlab.checks.sentences import size

# Curriculum 3.1: the image that lesson 03 works through.
WORKED_IMAGE = np.array(
    [
        [3, 0, 1, 2, 7, 4],
        [1, 5, 8, 9, 3, 1],
        [2, 7, 2, 5, 1, 3],
        [0, 1, 3, 1, 7, 8],
        [4, 2, 1, 6, 2, 8],
        [2, 4, 5, 2, 3, 9],
    ]
)

# Powers of ten: an answer reads as the pixels that it is made of.
DIGITS_IMAGE = np.array([[100, 7, 400, 2], [10, 5, 60, 9], [1, 3, 8, 50]])

# Both signs, fractions, sides that differ.
SIGNED_IMAGE = np.array(
    [[2.0, -3, 0.5, 5, 1], [4, 1.25, -6, 2, -1], [-2, 7, 3, -4, 6], [1, -5.5, 8, 0, 2.75]]
)

# Bytes whose differences and sums leave the byte at both ends.
BYTE_IMAGE = np.array([[10, 200, 30, 90], [250, 5, 60, 120], [7, 80, 9, 255]], np.uint8)


def hidden_images(rng):
    def case(image: np.ndarray) -> Case:
        return Case(f"a {size(image.shape)} image", (image,))

    return (
        Item("a square image", (case(signed(rng, 5, 5)),)),
        Item("sides that differ", (case(signed(rng, 4, 7)), case(signed(rng, 6, 3)))),
        Item("bytes and whole numbers", (case(photo(rng, 4, 5)), case(whole_signed(rng, 3, 5)))),
        Item("the image is left as it was", (case(signed(rng, 4, 5)),), keeps_input=True),
    )


def places_of_three(image):
    """How many windows of 3 x 3 fit, in words."""
    return (
        f"A window of 3 x 3 fits on a {size(image.shape)} image at {image.shape[0] - 2} places "
        f"down and {image.shape[1] - 2} across."
    )
