"""How the formula tier reads stride, padding and dilation."""

import numpy as np


def tuple_of(value, axes):
    """One number stands for every axis."""
    return tuple(value) if np.ndim(value) else (value,) * axes


def borders(padding, kernel, dilation):
    """Zeros (before, after) on each axis; none for "valid", balanced for "same"."""
    if padding == "same":
        totals = [D * (K - 1) for K, D in zip(kernel, dilation, strict=True)]
        return [(total // 2, total - total // 2) for total in totals]
    numbers = tuple_of(0 if padding == "valid" else padding, len(kernel))
    return [(P, P) for P in numbers]


def zero_padded(x, sides):
    """``x`` as float64 with zeros around its last axes, ``sides`` as `borders` gives them."""
    rest = [(0, 0)] * (np.ndim(x) - len(sides))
    return np.pad(np.asarray(x, float), [*rest, *sides])


def cropped(x, sides):
    """``x`` without its borders: the opposite of `zero_padded`."""
    sizes = x.shape[x.ndim - len(sides) :]
    kept = [slice(before, n - after) for n, (before, after) in zip(sizes, sides, strict=True)]
    return x[(..., *kept)]


def windows(L, K, S, P, D, ceil_mode):
    """How many windows an axis has; with ``ceil_mode`` the last may reach beyond the border."""
    room = L + 2 * P - D * (K - 1) - 1
    count = -(-room // S) + 1 if ceil_mode else room // S + 1
    return count - 1 if (count - 1) * S >= L + P else count
