"""The settings that the explorer offers by name: worked examples and the arithmetic pictures.

The twelve arithmetic pictures are the cases drawn by Dumoulin & Visin (2016), "A guide to
convolution arithmetic for deep learning", arXiv:1603.07285, chapters 2, 4 and 5: i is the size of
the image, k of the kernel, s the stride, p the padding, d the dilation. A transposed case takes
the output of its direct case as its input.
"""

from types import MappingProxyType
from typing import Any

Rows = list[list[int]]

EXAMPLE_IMAGE: Rows = [
    [18, 54, 51, 239, 244, 188],
    [55, 121, 75, 78, 95, 88],
    [35, 24, 204, 113, 109, 221],
    [3, 154, 104, 235, 25, 130],
    [15, 253, 225, 159, 78, 233],
    [68, 85, 180, 214, 245, 0],
]
EXAMPLE_KERNEL: Rows = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]

# The upper left 5 x 5 and the kernel are those of Figure 1.1 in the guide.
DIGITS: Rows = [
    [3, 3, 2, 1, 0, 2, 1],
    [0, 0, 1, 3, 1, 0, 2],
    [3, 1, 2, 2, 3, 1, 0],
    [2, 0, 0, 2, 2, 3, 1],
    [2, 0, 0, 0, 1, 2, 3],
    [1, 2, 3, 0, 2, 1, 0],
    [0, 3, 1, 2, 0, 1, 2],
]
WEIGHTS: Rows = [[0, 1, 2, 1], [2, 2, 0, 0], [0, 1, 2, 1], [1, 0, 1, 2]]

# What the explorer says of each operation, in the order of its buttons.
NOTES = [
    ["correlation", "Lay the kernel on the image, multiply, add up, move on."],
    ["convolution", "Turn the kernel by 180 degrees, then slide it."],
    ["dilated", "Pull the weights apart: between two of them, dilation − 1 pixels are skipped."],
    [
        "transposed",
        "Put stride − 1 zeros between pixels and a border around them, "
        "then slide the turned kernel.",
    ],
]


def _settings(image: Rows, kernel: Rows, s: int = 1, p: int = 0, d: int = 1) -> dict[str, Any]:
    return {
        "image": image,
        "kernel": kernel,
        "stride": s,
        "padding": p,
        "dilation": d,
        "mode": "correlation",
    }


def _picture(i: int, k: int, s: int = 1, p: int = 0, d: int = 1) -> dict[str, Any]:
    return _settings([row[:i] for row in DIGITS[:i]], [row[:k] for row in WEIGHTS[:k]], s, p, d)


def _transposed(i: int, k: int, p: int = 0) -> dict[str, Any]:
    return _picture(i, k, p=p) | {"mode": "transposed"}


GROUPS: dict[str, dict[str, dict[str, Any]]] = {
    "Worked examples": {
        "worked example": _settings(EXAMPLE_IMAGE, EXAMPLE_KERNEL),
        "worked example, stride 2": _settings(EXAMPLE_IMAGE, EXAMPLE_KERNEL, s=2),
        "binary image": _settings(
            [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
            EXAMPLE_KERNEL,
        ),
        "turned kernel": _settings(
            [[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], p=1
        )
        | {"mode": "convolution"},
    },
    "Padding, unit stride": {
        "no padding": _picture(4, 3),
        "arbitrary padding": _picture(5, 4, p=2),
        "half padding": _picture(5, 3, p=1),
        "full padding": _picture(5, 3, p=2),
    },
    "The same four transposed": {
        "no padding, transposed": _transposed(2, 3),
        "arbitrary padding, transposed": _transposed(6, 4, p=2),
        "half padding, transposed": _transposed(5, 3, p=1),
        "full padding, transposed": _transposed(7, 3, p=2),
    },
    "Strides and dilation": {
        "no padding, strides": _picture(5, 3, s=2),
        "padding, strides": _picture(5, 3, s=2, p=1),
        "padding, strides, odd": _picture(6, 3, s=2, p=1),
        "dilation": _picture(7, 3, d=2),
    },
}

# Every preset by its name: SlidingWindow(**PRESETS["half padding"]).
PRESETS = MappingProxyType({name: s for group in GROUPS.values() for name, s in group.items()})
