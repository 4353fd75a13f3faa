"""Results by other roads: SciPy, zero insertion, slicing. Nothing here uses cnnlab's operations."""

from itertools import product

import numpy as np
import scipy.signal
from numpy.testing import assert_allclose


def conv_by_scipy(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    """A convolution layer with any number of spatial axes: dilate, correlate, slice.

    ``padding`` holds one number, or (before, after) for every axis.
    """
    x, w, axes = np.asarray(x, float), np.asarray(w, float), x.ndim - 2
    stride, dilation = (np.broadcast_to(value, axes) for value in (stride, dilation))
    borders = np.broadcast_to(padding, (axes, 2))
    x = np.pad(x, [(0, 0), (0, 0), *borders])
    w = zeros_between(w, dilation)
    filters, depth = len(w) // groups, w.shape[1]
    rows = []
    for n, o in product(range(len(x)), range(len(w))):
        first = o // filters * depth
        parts = [scipy.signal.correlate(x[n, first + c], w[o, c], "valid") for c in range(depth)]
        rows.append(sum(parts)[tuple(slice(None, None, step) for step in stride)])
    y = np.array(rows).reshape(len(x), len(w), *rows[0].shape)
    return y if b is None else y + b.reshape(-1, *[1] * axes)


def conv_transpose_by_scipy(x, w, b=None, stride=1, padding=0, extra=0, groups=1, dilation=1):
    """A transposed convolution: insert zeros into the input, full convolution, crop."""
    x, w, axes = np.asarray(x, float), np.asarray(w, float), x.ndim - 2
    x = zeros_between(x, np.broadcast_to(stride, axes))
    w = zeros_between(w, np.broadcast_to(dilation, axes))
    channels, filters = len(w) // groups, w.shape[1]
    y = []
    for n, o in product(range(len(x)), range(filters * groups)):
        first = o // filters * channels
        own = range(first, first + channels)
        y.append(sum(scipy.signal.convolve(x[n, c], w[c, o % filters], "full") for c in own))
    y = np.array(y).reshape(len(x), filters * groups, *y[0].shape)
    y = np.pad(y, [(0, 0), (0, 0), *[(0, e) for e in np.broadcast_to(extra, axes)]])
    for axis, p in enumerate(np.broadcast_to(padding, axes)):
        y = np.take(y, range(p, y.shape[axis + 2] - p), axis + 2)
    return y if b is None else y + b.reshape(-1, *[1] * axes)


def zeros_between(x, steps):
    """The last axes pulled apart, ``steps`` from one element to the next."""
    shape = [(n - 1) * step + 1 for n, step in zip(x.shape[2:], steps, strict=True)]
    y = np.zeros((*x.shape[:2], *shape), x.dtype)
    y[(..., *[slice(None, None, step) for step in steps])] = x
    return y


def windows_of(x, kernel, stride, padding, dilation, fill):
    """Every window written out: (N, C, OH, OW, KH KW), places beyond the border hold ``fill``."""
    x = np.pad(x, [(0, 0), (0, 0), *[(p, p) for p in padding]], constant_values=fill)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    every = np.lib.stride_tricks.sliding_window_view(x, spans, axis=(2, 3))
    picked = every[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return picked.reshape(*picked.shape[:4], -1)


def assert_vjp(f, x, vjp, rng, eps=1e-6):
    """<v, J u> by central differences equals <vjp(v), u>, for random u and v."""
    u, v = rng.normal(size=x.shape), rng.normal(size=np.shape(f(x)))
    numeric = np.vdot(v, (f(x + eps * u) - f(x - eps * u)) / (2 * eps))
    assert_allclose(np.vdot(vjp(v), u), numeric, rtol=1e-6)
