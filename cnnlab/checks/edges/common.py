"""What the checks of assignment 03 share: worked images."""

import numpy as np

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
