"""Windows of pooling: where they lie, their maxima and sums, and the way back.

A window is never built. Each of its places is a strided slice of the input, so there are as many
comparisons as a window has places, however many windows there are.
"""

import numpy as np

from cnnlab.functional import _checks
from cnnlab.functional._lowering import Axis, array_like


def windows(function, sizes, kernel_size, stride, padding, dilation, ceil_mode):
    """One `Axis` for each size, checked."""
    count = len(sizes)
    kernel = _checks.whole(function, "kernel_size", kernel_size, count, 1)
    strides = kernel if stride is None else _checks.whole(function, "stride", stride, count, 1)
    borders = _checks.whole(function, "padding", padding, count, 0)
    dilations = _checks.whole(function, "dilation", dilation, count, 1)
    result = []
    for L, K, S, P, D in zip(sizes, kernel, strides, borders, dilations, strict=True):
        if K // 2 < P:
            problem = f"padding {borders} is more than half of the window {kernel}."
            shape = ("input", sizes, "size along each axis")
            raise _checks.misfit(function, problem, "use less padding or a larger window.", shape)
        room = L + 2 * P - D * (K - 1) - 1
        out = -(-room // S) + 1 if ceil_mode else room // S + 1
        out -= (out - 1) * S >= L + P  # a last window begins inside the input or its border
        axis = Axis(L, out, K, S, D, P)
        if L < 1 or out < 1 or (D > 1 and not _every_window_sees_a_pixel(axis)):
            problem = (
                f"a window of {kernel} with dilation {dilations} does not fit the padded input."
            )
            shape = ("input", sizes, "size along each axis")
            raise _checks.misfit(function, problem, "use a smaller window or dilation.", shape)
        result.append(axis)
    return result


def _every_window_sees_a_pixel(axis):
    seen = np.zeros(axis.out, bool)
    for u in range(axis.kernel):
        seen[axis.inside(u)[0]] = True
    return seen.all()


def places(rows, columns):
    """(q, windows, pixels) for each place q = u KW + v of the window."""
    for u in range(rows.kernel):
        for v in range(columns.kernel):
            (i, h), (j, w) = rows.inside(u), columns.inside(v)
            yield u * columns.kernel + v, (slice(None), slice(None), i, j), (..., h, w)


def largest(x, rows, columns):
    """Maxima (N, C, OH, OW) alone."""
    y = array_like(x, (*x.shape[:2], rows.out, columns.out))
    y[...] = -np.inf
    for _, at, pixels in places(rows, columns):
        np.maximum(y[at], x[pixels], out=y[at])
    return y


def largest_and_where(x, rows, columns):
    """Maxima (N, C, OH, OW), and the place in its window that each came from.

    The first of equal maxima wins: a later one must be larger, and its place has a larger number.
    """
    size, kind = (
        (*x.shape[:2], rows.out, columns.out),
        np.min_scalar_type(rows.kernel * columns.kernel),
    )
    y, which = array_like(x, size), array_like(x, size, dtype=kind)
    y[...] = -np.inf
    which[...] = _first_inside(rows)[:, None] * columns.kernel + _first_inside(columns)
    for q, at, pixels in places(rows, columns):
        larger = x[pixels] > y[at]
        np.maximum(which[at], larger * kind.type(q), out=which[at])
        np.maximum(y[at], x[pixels], out=y[at])
    return y, which


def _first_inside(axis):
    """The first place of every window that falls on the input."""
    start = np.arange(axis.out) * axis.stride - axis.before
    return np.maximum(0, -(start // axis.dilation))


def indices_of(which, rows, columns):
    """Places in windows as positions h W + w in the input."""
    steps = [axis.dilation * np.arange(axis.kernel) for axis in (rows, columns)]
    starts = [axis.stride * np.arange(axis.out) - axis.before for axis in (rows, columns)]
    (u, v), (i, j) = steps, starts
    table = (u[:, None] * columns.size + v).ravel()
    return table[which] + (i[:, None] * columns.size + j)


def to_maxima(g, which, rows, columns):
    """Gradient of `largest_and_where`: the place that won gets all of it."""
    dx = array_like(g, (*g.shape[:2], rows.size, columns.size), np.zeros)
    for q, at, pixels in places(rows, columns):
        dx[pixels] += g[at] * (which[at] == q)
    return dx


def sums(x, rows, columns):
    """Sums of all windows, first down, then across: KH + KW additions in place of KH KW."""
    down = array_like(x, (*x.shape[:2], rows.out, columns.size), np.zeros)
    for u in range(rows.kernel):
        at, pixels = rows.inside(u)
        down[:, :, at] += x[:, :, pixels]
    y = array_like(x, (*x.shape[:2], rows.out, columns.out), np.zeros)
    for v in range(columns.kernel):
        at, pixels = columns.inside(v)
        y[..., at] += down[..., pixels]
    return y


def spread_sums(g, rows, columns):
    """The transpose of `sums`: every pixel collects from the windows that hold it."""
    across = array_like(g, (*g.shape[:2], rows.out, columns.size), np.zeros)
    for v in range(columns.kernel):
        at, pixels = columns.inside(v)
        across[..., pixels] += g[..., at]
    dx = array_like(g, (*g.shape[:2], rows.size, columns.size), np.zeros)
    for u in range(rows.kernel):
        at, pixels = rows.inside(u)
        dx[:, :, pixels] += across[:, :, at]
    return dx


def members(axis, count_border):
    """How many places every window of an axis counts: in the border too, but not beyond it."""
    start = axis.stride * np.arange(axis.out) - axis.before
    stop = np.minimum(start + axis.kernel, axis.size + axis.before)
    if not count_border:
        start, stop = start.clip(0), stop.clip(max=axis.size)
    return stop - start
