"""What the translators of ONNX nodes share: borders, and a word for what is missing."""

import math

from cnnlab import functional as F


class Inexpressible(Exception):
    """Our functions have no word for this node."""


def borders(settings, size, kernel, strides, dilations):
    """(before, after) of every spatial axis, from pads or auto_pad."""
    auto = settings.get("auto_pad", "NOTSET")
    if auto in ("NOTSET", "VALID"):
        pads = settings.get("pads", [0] * (2 * len(kernel)))
        return list(zip(pads[: len(kernel)], pads[len(kernel) :], strict=True))
    found = []
    for n, k, s, d in zip(size, kernel, strides, dilations, strict=True):
        total = max(0, (math.ceil(n / s) - 1) * s + d * (k - 1) + 1 - n)
        small, large = total // 2, total - total // 2
        found.append((small, large) if auto == "SAME_UPPER" else (large, small))
    return found


def padded(x, sides, value=0):
    return F.pad(x, [n for side in reversed(sides) for n in side], value=value)
