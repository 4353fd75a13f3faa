"""What the checks of assignment 12 share: worked images, and hints on kernels that lie wrongly."""

from collections.abc import Callable

import numpy as np

from cnnlab.checks.ladder import Mistake

# One digit a pixel, powers of ten as weights: the digits of an answer say which pixel met which.
DIGITS_IMAGE = np.array(
    [[1, 2, 8, 4, 3], [7, 5, 3, 9, 6], [2, 6, 1, 5, 8], [4, 9, 7, 2, 5]],
)
DIGITS_KERNEL = np.array([[1000, 100], [10, 1]])

# The picture of lesson 12: four pixels that stamp.
STAMPING_IMAGE = np.array([[1, 10], [100, 1000]])
STAMP = np.array([[1, 2, 3], [0, 1, 0], [2, 0, 4]])

# Negative and fractional weights, sides all different.
SIGNED_KERNEL = np.array([[1.0, -2, 0.5], [-3, 0.25, 2]])


def misplaced_kernels(right: Callable[..., np.ndarray]) -> tuple[Mistake, ...]:
    """The kernel, the second argument, used in another direction than it lies."""

    def with_kernel(change: Callable[[np.ndarray], np.ndarray]) -> Callable[..., np.ndarray]:
        return lambda image, kernel, *settings: right(image, change(kernel), *settings)

    return (
        Mistake(
            "flipped-kernel",
            "Your kernel lies upside-down and mirrored. Which weight is its first, top left?",
            with_kernel(lambda k: k[..., ::-1, ::-1]),
        ),
        Mistake(
            "upside-down-kernel",
            "The rows of your kernel stand in reverse order. Which one is on top?",
            with_kernel(lambda k: k[..., ::-1, :]),
        ),
        Mistake(
            "mirrored-kernel",
            "The columns of your kernel stand in reverse order. Which one is on the left?",
            with_kernel(lambda k: k[..., ::-1]),
        ),
        Mistake(
            "transposed-kernel",
            "The rows of your kernel became columns. Which index of a weight is its row?",
            with_kernel(lambda k: np.swapaxes(k, -1, -2)),
        ),
    )
