"""What the checks of assignment 02 share: worked images, and a loop to build wrong versions."""

from collections.abc import Callable

import numpy as np

# Curriculum 2.1 and 2.2: the images worked through in lesson 02, and their kernel.
WORKED_IMAGE = np.array(
    [
        [18, 54, 51, 239, 244, 188],
        [55, 121, 75, 78, 95, 88],
        [35, 24, 204, 113, 109, 221],
        [3, 154, 104, 235, 25, 130],
        [15, 253, 225, 159, 78, 233],
        [68, 85, 180, 214, 245, 0],
    ]
)
BINARY_IMAGE = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])

# One digit a pixel, powers of ten as weights: the digits of an answer say which pixel met which.
DIGITS_IMAGE = np.array([[1, 2, 8, 4, 3], [7, 5, 3, 9, 6], [2, 6, 1, 5, 8]])
DIGITS_KERNEL = np.array([[1000, 100], [10, 1]])

# Negative and fractional weights, sides all different.
SIGNED_IMAGE = np.array(
    [[2.0, -3, 0, 5, 1], [4, 1, -6, 2, -1], [-2, 7, 3, -4, 6], [1, -5, 8, 0, 2]]
)
SIGNED_KERNEL = np.array([[1.0, -2, 0.5], [-3, 0.25, 2]])

# Bytes whose sums leave the byte at both ends.
BYTE_IMAGE = np.array([[10, 200, 30, 90], [250, 5, 60, 120], [7, 80, 9, 255]], np.uint8)
BYTE_KERNEL = np.array([[1, -1], [-2, 3]])


def slide(
    image: np.ndarray,
    kernel: np.ndarray,
    number: Callable[[np.ndarray, np.ndarray], float],
    step: int = 1,
    start: Callable[[int, int], tuple[int, int]] | None = None,
) -> np.ndarray:
    """The loop over windows, with room for mistakes: ``number`` makes one value of a window."""
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    (H, W), (KH, KW) = image.shape, kernel.shape
    result = np.zeros(((H - KH) // step + 1, (W - KW) // step + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            row, column = start(i, j) if start else (i * step, j * step)
            result[i, j] = number(image[row : row + KH, column : column + KW], kernel)
    return result


def product_sum(window: np.ndarray, kernel: np.ndarray) -> float:
    """The right number, cut to what there is of the window."""
    KH, KW = window.shape
    return (window * kernel[:KH, :KW]).sum()


def padded(image: np.ndarray, kernel: np.ndarray, **how: object) -> np.ndarray:
    """The image with half a kernel of zeros (or what ``how`` tells `np.pad`) on each side."""
    KH, KW = np.shape(kernel)
    rows, columns = (KH // 2, KH // 2), (KW // 2, KW // 2)
    return np.pad(np.asarray(image, float), (rows, columns), **how)  # type: ignore[call-overload]


def to_type_of(image: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """What becomes of an answer that is written into an array of the image's type."""
    if image.dtype.kind == "f":
        return answer
    return answer.astype(np.int64).astype(image.dtype)
