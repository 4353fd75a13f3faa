"""Inputs that hide no mistake: nothing square unless meant, no two numbers alike, signs mixed.

A symmetric kernel hides a flip, equal values hide a swap, a square image hides exchanged sides.
So every generator here draws without repetition.
"""

import math

import numpy as np


def grays(
    rng: np.random.Generator, height: int, width: int, low: int = 0, high: int = 255
) -> np.ndarray:
    """Whole numbers from ``low`` to ``high``, all different: (H, W), int64."""
    return rng.choice(np.arange(low, high + 1), size=(height, width), replace=False)


def photo(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Bytes as a camera gives them, all different: (H, W), uint8."""
    return grays(rng, height, width).astype(np.uint8)


def signed(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Multiples of a quarter on both sides of zero, all different, none zero, of any shape."""
    count = math.prod(shape)
    sizes = rng.choice(np.arange(1, max(60, 2 * count)), size=count, replace=False) / 4
    signs = rng.permutation(np.resize([-1.0, 1.0], count))
    return (sizes * signs).reshape(shape)


def whole_signed(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Whole numbers on both sides of zero, all different, none zero, of any shape: int64."""
    return (4 * signed(rng, *shape)).astype(np.int64)
