"""What the checks of assignment 05 share: worked arrays, and a loop to build wrong versions."""

from collections.abc import Callable

import numpy as np

# The image with three planes and the two filters that lesson 05 works through.
WORKED_IMAGE = np.array(
    [
        [[1, 2, 0, 1], [0, 1, 3, 2], [2, 0, 1, 1]],
        [[0, 1, 1, 0], [2, 0, 1, 3], [1, 1, 0, 2]],
        [[1, 0, 2, 1], [0, 2, 0, 1], [3, 1, 1, 0]],
    ]
)
WORKED_FILTERS = np.array(
    [
        [[[1, 0], [0, 1]], [[0, 1], [-1, 0]], [[0, 0], [2, -1]]],
        [[[0, 2], [1, 0]], [[1, 0], [0, -1]], [[-1, 1], [0, 0]]],
    ]
)
WORKED_BIAS = np.array([3, -2])

# Digits as pixels, powers of ten as weights: an answer reads as the pixels that it is made of,
# and its first digit as the bias.
DIGITS_IMAGE = np.array([[[1, 2, 8], [4, 3, 7]], [[5, 3, 9], [6, 2, 1]]])
DIGITS_FILTERS = np.array([[[[10, 1]], [[1000, 100]]], [[[100, 1000]], [[1, 10]]]])
DIGITS_BIAS = np.array([10000, 20000])

# Bytes whose sums leave the byte at both ends.
BYTE_IMAGE = np.array(
    [[[10, 200, 30, 90], [250, 5, 60, 120]], [[7, 80, 9, 255], [33, 144, 201, 2]]], np.uint8
)
BYTE_FILTER = np.array([[[1, -2, 3]], [[-3, 2, 1]]])


def photos(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Bytes, all different."""
    count = int(np.prod(shape))
    return rng.choice(256, size=count, replace=False).reshape(shape).astype(np.uint8)


def slide_filter(
    image: np.ndarray,
    filter: np.ndarray,
    number: Callable[[np.ndarray, np.ndarray], float],
    step: int = 1,
    start: Callable[[int, int], tuple[int, int]] | None = None,
) -> np.ndarray:
    """One filter over one image, with room for mistakes: ``number`` makes a value of a window."""
    image, filter = np.asarray(image, float), np.asarray(filter, float)
    (_, H, W), (_, KH, KW) = image.shape, filter.shape
    result = np.zeros(((H - KH) // step + 1, (W - KW) // step + 1))
    for i, j in np.ndindex(result.shape):
        row, column = start(i, j) if start else (i * step, j * step)
        result[i, j] = number(image[:, row : row + KH, column : column + KW], filter)
    return result


def product_sum(window: np.ndarray, filter: np.ndarray) -> float:
    """The right number without its bias, cut to what there is of the window."""
    C, KH, KW = window.shape
    return (window * filter[:C, :KH, :KW]).sum()


def to_type_of(image: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """What becomes of an answer that is written into an array of the image's type."""
    if image.dtype.kind == "f":
        return answer
    return np.asarray(answer).astype(np.int64).astype(image.dtype)
