"""ONNX's pooling operators, told in our functions."""

import math

import numpy as np

from cnnlab import functional as F
from tests.functional.onnx_words import borders, padded


def windows(x, settings):
    """Kernel, strides, dilations, borders; ceil_mode as more border after."""
    kernel = settings["kernel_shape"]
    strides, dilations = (settings.get(key, [1] * len(kernel)) for key in ("strides", "dilations"))
    sides = borders(settings, x.shape[2:], kernel, strides, dilations)
    if settings.get("ceil_mode", 0):
        for i, (n, k, s, d) in enumerate(zip(x.shape[2:], kernel, strides, dilations, strict=True)):
            before, after = sides[i]
            out = math.ceil((n + before + after - d * (k - 1) - 1) / s) + 1
            out -= (out - 1) * s >= n + before
            sides[i] = before, max(after, (out - 1) * s + d * (k - 1) + 1 - n - before)
    return kernel, strides, dilations, sides


def own_padding(settings):
    """The border, if ours can add it: alike on both sides, at most half the window."""
    kernel, auto = settings["kernel_shape"], settings.get("auto_pad", "NOTSET")
    pads = settings.get("pads", [0] * (2 * len(kernel)))
    before, after = pads[: len(kernel)], pads[len(kernel) :]
    narrow = all(p <= k // 2 for p, k in zip(before, kernel, strict=True))
    return before if auto == "NOTSET" and before == after and narrow and len(kernel) < 3 else None


def max_pool(inputs, settings, outputs):
    (x,) = inputs
    kernel, strides, dilations, sides = windows(x, settings)
    if outputs == 2:
        return max_pool_with_indices(x, settings, kernel, strides, dilations, sides)
    dtype, padding, ceil_mode = x.dtype, own_padding(settings), settings.get("ceil_mode", 0)
    if len(kernel) == 3:
        return max_pool3d(padded(x, sides, -np.inf), kernel, strides, dilations)
    function = {1: F.max_pool1d, 2: F.max_pool2d}[len(kernel)]
    if padding is None:
        x, padding, ceil_mode = padded(x.astype(float), sides, -np.inf), 0, False
    return function(x, kernel, strides, padding, dilations, bool(ceil_mode)).astype(dtype)


def max_pool3d(x, kernel, strides, dilations):
    """A maximum over a box is one over its face, then over its depth."""
    N, C, T = x.shape[:3]
    y = F.max_pool2d(x.reshape(N, C * T, *x.shape[3:]), kernel[1:], strides[1:], 0, dilations[1:])
    y = np.moveaxis(y.reshape(N * C, T, -1), 1, 2)
    y = F.max_pool1d(y, kernel[:1], strides[:1], 0, dilations[:1])
    size = [
        (n - d * (k - 1) - 1) // s + 1
        for n, k, s, d in zip(x.shape[2:], kernel, strides, dilations, strict=True)
    ]
    return np.moveaxis(y, 2, 1).reshape(N, C, *size)


def max_pool_with_indices(x, settings, kernel, strides, dilations, sides):
    """ONNX counts through the whole tensor, in columns first if storage_order is 1."""
    columns_first = settings.get("storage_order", 0)
    padding = [before for before, _ in sides]
    if columns_first:
        x, kernel, strides = x.swapaxes(2, 3), kernel[::-1], strides[::-1]
    y, indices = F.max_pool2d(x, kernel, strides, padding, dilations, return_indices=True)
    planes = np.arange(x.shape[0] * x.shape[1]).reshape(*x.shape[:2], 1, 1)
    indices = indices + planes * x.shape[2] * x.shape[3]
    return (y.swapaxes(2, 3), indices.swapaxes(2, 3)) if columns_first else (y, indices)


def window_sums(x, kernel, strides, dilations, sides):
    """Sums over windows: a convolution of every channel with ones."""
    axes, C = len(kernel), x.shape[1]
    ones = np.ones((C, 1, *kernel), x.dtype)
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    return function(padded(x, sides), ones, None, strides, 0, dilations, C)


def average_pool(inputs, settings, _):
    (x,) = inputs
    kernel, strides, dilations, sides = windows(x, settings)
    padding, included = own_padding(settings), bool(settings.get("count_include_pad", 0))
    if padding is not None and max(dilations) == 1:
        function = {1: F.avg_pool1d, 2: F.avg_pool2d}[len(kernel)]
        return function(x, kernel, strides, padding, bool(settings.get("ceil_mode", 0)), included)
    ones, rest = np.ones_like(x), sides
    if included:  # the given border counts, what ceil_mode adds does not
        given = borders(settings, x.shape[2:], kernel, strides, dilations)
        ones = padded(ones, given, 1)
        rest = [(0, whole[1] - part[1]) for whole, part in zip(sides, given, strict=True)]
    counts = window_sums(ones, kernel, strides, dilations, rest)
    return window_sums(x, kernel, strides, dilations, sides) / counts


def lp_pool(inputs, settings, _):
    (x,) = inputs
    p = settings.get("p", 2)
    return window_sums(np.abs(x) ** p, *windows(x, settings)) ** (1 / p)
