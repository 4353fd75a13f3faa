"""What the checks of assignment 07 share: worked arrays, and the types of answers."""

import numpy as np

# The image, the weights and the biases that lesson 07 works through.
WORKED_IMAGE = np.array(
    [[[1, 2, 0], [3, 1, 2]], [[0, 1, 4], [2, 5, 1]], [[2, 3, 1], [0, 1, 6]]],
)
WORKED_WEIGHT = np.array([[1, 2, -1], [3, 0, 1]])
WORKED_BIAS = np.array([1, -2])

# Digits as pixels, powers of ten as weights: an answer reads as its bias and its three channels.
DIGITS_IMAGE = np.array([[[1, 2, 8, 4]], [[5, 3, 7, 9]], [[6, 4, 2, 1]]])
DIGITS_WEIGHT = np.array([[100, 10, 1], [10, 1, 100]])
DIGITS_BIAS = np.array([1000, 2000])

# As many filters as channels: whoever takes the one for the other meets no error here.
SQUARE_WEIGHT = np.array([[1.0, -2, 4], [3, 0.5, -1], [-5, 2, 6]])
SQUARE_BIAS = np.array([7.0, -11, 13])

# Bytes whose sums leave the byte at both ends.
BYTE_IMAGE = np.array([[[10, 200, 30], [250, 5, 60]], [[7, 80, 9], [33, 144, 201]]], np.uint8)
BYTE_WEIGHT = np.array([[2, -3], [-1, 4], [3, 1], [-2, -4]])
BYTE_BIAS = np.array([5, -6, 8, 9])


def to_type_of(given: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """What becomes of an answer that is written into an array of the input's type."""
    if given.dtype.kind == "f":
        return answer
    return np.asarray(answer).astype(np.int64).astype(given.dtype)


def layers(path: list[tuple[int, int]]) -> str:
    """A path in words: "1 x 1 to 64, 3 x 3 to 96"."""
    if not path:
        return "no layer"
    return ", ".join(f"{side} x {side} to {filters}" for filters, side in path)
