"""3-D convolution: a deep kernel is a stack of flat ones, each sliding over its own slices."""

import numpy as np

from cnnlab.functional import _lowering


def correlate(x, weight, bias, deep, rows, columns, groups):
    """(N, C, T, H, W), (O, C/groups, KT, KH, KW) -> (N, O, OT, OH, OW)."""
    y = np.zeros((len(x), len(weight), deep.out, rows.out, columns.out), x.dtype)
    for t in range(deep.kernel):
        out, slices = deep.inside(t)
        flat = _lowering.correlate(
            _flat(x[:, :, slices]), weight[:, :, t], None, rows, columns, groups
        )
        y[:, :, out] += _deep(flat, y[:, :, out].shape)
    return y if bias is None else y + bias[:, None, None, None]


def spread(g, weight, deep, rows, columns, groups):
    """The transpose of `correlate`."""
    size = (len(g), weight.shape[1] * groups, deep.size, rows.size, columns.size)
    dx = np.zeros(size, g.dtype)
    for t in range(deep.kernel):
        out, slices = deep.inside(t)
        flat = _lowering.spread(_flat(g[:, :, out]), weight[:, :, t], rows, columns, groups)
        dx[:, :, slices] += _deep(flat, dx[:, :, slices].shape)
    return dx


def weigh(x, g, deep, rows, columns, groups):
    """The weight gradient of `correlate`."""
    parts = []
    for t in range(deep.kernel):
        out, slices = deep.inside(t)
        flat = _flat(x[:, :, slices]), _flat(g[:, :, out])
        parts.append(_lowering.weigh(*flat, rows, columns, groups))
    return np.stack(parts, axis=2)


def _flat(x):
    """Every slice of every volume as an image: (N, C, T, H, W) -> (NT, C, H, W)."""
    return x.swapaxes(1, 2).reshape(-1, x.shape[1], *x.shape[3:])


def _deep(x, shape):
    """The way back: (NT, C, H, W) -> (N, C, T, H, W), the shape."""
    return x.reshape(shape[0], shape[2], *x.shape[1:]).swapaxes(1, 2)
