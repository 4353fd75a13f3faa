"""Bins along an axis, and the largest element of every pair of bins."""

import numpy as np


def adaptive(L, parts):
    """L places shared out to bins that leave none out; neighbours may share a place."""
    return [slice(i * L // parts, -(-(i + 1) * L // parts)) for i in range(parts)]


def sliding(L, parts):
    """Windows of ceil(L / parts) every floor(L / parts)."""
    width, step = -(-L // parts), L // parts
    return [slice(i * step, i * step + width) for i in range(parts)]


def largest(x, rows, columns):
    """Maxima (N, C, bins) over rows x columns of bins, and their positions h W + w."""
    N, C, H, W = x.shape
    pairs = [(row, column) for row in rows for column in columns]
    y, indices = np.empty((N, C, len(pairs)), x.dtype), np.empty((N, C, len(pairs)), np.intp)
    position = np.arange(H * W).reshape(H, W)
    for k, (row, column) in enumerate(pairs):
        bin = x[:, :, row, column]
        flat = bin.reshape(N, C, bin.shape[2] * bin.shape[3])
        first = flat.argmax(axis=2)
        y[:, :, k] = np.take_along_axis(flat, first[:, :, None], 2)[:, :, 0]
        indices[:, :, k] = position[row, column].ravel()[first]
    return y, indices
