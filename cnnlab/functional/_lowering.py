"""Convolution as products of matrices, in blocks that stay in the processor's cache.

Shapes stand behind the lines: G groups, C channels and O filters of one group, K kernel, P columns,
which are the places along one output row for all images of a block.

- Windows are copied along the width only: KW times the input in place of KH KW times. Rows of
  windows then overlap in memory, and the product over KH of them needs no further copy.
- The input gradient is the transpose of that: a product over rows, then KW slice additions.
- The batch may lie innermost in memory (an array made as (C, H, W, N), seen as (N, C, H, W)). Every
  function here accepts that and returns its like: the columns are longer and nothing is turned.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np

BLOCK = 2**21  # bytes of windows at a time: more would leave the cache, less would copy rows twice
COLUMNS = (
    384  # columns of a product, where the images can be shared out: small enough for the cache
)

Store = dict[tuple[int, ...], np.ndarray]  # the memory of one block, by its shape


class Axis(NamedTuple):
    """One spatial axis of a convolution; sizes in pixels."""

    size: int
    out: int
    kernel: int
    stride: int
    dilation: int
    before: int

    @property
    def reach(self) -> int:
        """Pixels from the first to the last weight of the kernel."""
        return self.dilation * (self.kernel - 1) + 1

    def inside(self, v):
        """The outputs whose weight v falls inside the input, and the pixels it falls on."""
        offset = v * self.dilation - self.before
        first = max(0, -(offset // self.stride))
        last = max(first, min(self.out, (self.size - 1 - offset) // self.stride + 1))
        start = first * self.stride + offset
        return slice(first, last), slice(start, start + (last - first) * self.stride, self.stride)


def batch_last(x):
    """Whether neighbours in memory are the same pixel of neighbouring images."""
    return x.shape[0] > 1 and x.strides[0] == x.itemsize


def array_like(x, shape, make=np.empty, dtype=None):
    """A new (N, C, H, W) array with the memory order of ``x``, and its type unless told."""
    if batch_last(x):
        return np.moveaxis(make((*shape[1:], shape[0]), dtype or x.dtype), -1, 0)
    return make(shape, dtype or x.dtype)


def plain(size):
    """An axis along which nothing slides."""
    return Axis(size, size, kernel=1, stride=1, dilation=1, before=0)


def correlate(x, weight, bias, rows, columns, groups):
    """The forward pass: (N, GC, H, W), (GO, C, KH, KW) -> (N, GO, OH, OW)."""
    GO, C, _, KW = weight.shape
    y = array_like(x, (len(x), GO, rows.out, columns.out))
    if _is_pointwise(rows, columns):
        return _pointwise(x, weight.reshape(groups, -1, C), bias, y)
    w = weight.swapaxes(1, 2).reshape(groups, 1, GO // groups, -1)  # G 1 O KHCKW
    b = None if bias is None else bias.reshape(groups, 1, -1, 1)
    last, depth, store = batch_last(x), max(C * KW, w.shape[2]), Store()
    for g, down, r, part, out in _blocks(x, y, rows, columns, groups, depth):
        direct = last or part.shape[3] == 1  # then the places of a row are neighbours in memory
        into = out.reshape(*out.shape[:3], -1) if direct else None
        windows = _windows(part, down, columns, r, last, store)  # G OH KHCKW P
        product = np.matmul(w[g], windows, out=into)  # G OH O P
        if b is not None:
            product += b[g]
        if not direct:
            out[...] = product.reshape(out.shape)
        del product  # its memory serves the next block
    return y


def spread(g, weight, rows, columns, groups):
    """The input gradient, transpose of `correlate`: (N, GO, OH, OW) -> (N, GC, H, W)."""
    GO, C, KH, KW = weight.shape
    size = (len(g), groups * C, rows.size, columns.size)
    if _is_pointwise(rows, columns):
        turned = weight.reshape(groups, -1, C).swapaxes(1, 2)
        return _pointwise(g, turned, None, array_like(g, size))
    dx = array_like(g, size, np.zeros)
    w = weight.reshape(groups, -1, C, KH, KW).transpose(0, 2, 4, 3, 1)  # G C KW KH O
    last, across, store = batch_last(g), plain(columns.out), Store()
    depth = max(C * KW, GO // groups)
    for kernel_rows, along, places in _phases(rows):
        turned = w[:, :, :, kernel_rows].reshape(groups, 1, C * KW, -1)  # G 1 CKW KHO
        for e, down, r, part, into in _blocks(g, dx[:, :, places], along, across, groups, depth):
            product = turned[e] @ _windows(part, down, across, r, last, store)  # G H CKW P
            _lift(product, into, columns, last)
    return dx


def weigh(x, g, rows, columns, groups):
    """The weight gradient: (N, GC, H, W), (N, GO, OH, OW) -> (GO, C, KH, KW)."""
    C, O, KH, KW = x.shape[1] // groups, g.shape[1] // groups, rows.kernel, columns.kernel
    if _is_pointwise(rows, columns):
        return _weigh_pointwise(x, g, groups).reshape(groups * O, C, 1, 1)
    dw, last, store = np.zeros((groups, KH * C * KW, O), x.dtype), batch_last(x), Store()
    for e, down, r, part, grads in _blocks(x, g, rows, columns, groups, C * KW, dw[0].size):
        windows = _windows(part, down, columns, r, last, store)  # G OH KHCKW P
        grads = grads.reshape(*grads.shape[:3], -1).swapaxes(2, 3)  # G OH P O
        dw[e] += (windows @ grads).sum(1)
    return dw.reshape(groups, KH, C, KW, O).transpose(0, 4, 2, 1, 3).reshape(groups * O, C, KH, KW)


def _is_pointwise(rows, columns):
    return rows == plain(rows.size) and columns == plain(columns.size)


def _pointwise(x, weight, bias, y):
    """A 1 x 1 kernel needs no windows: every pixel's channels meet the same matrix (G, O, C)."""
    G, O, C = weight.shape
    N, _, H, W = x.shape
    if batch_last(x):
        x, into = x.transpose(1, 2, 3, 0), y.transpose(1, 2, 3, 0)
        np.matmul(weight, x.reshape(G, C, H * W * N), out=into.reshape(G, O, H * W * N))
    else:
        np.matmul(weight, x.reshape(N, G, C, H * W), out=y.reshape(N, G, O, H * W))
    if bias is not None:
        y += bias[:, None, None]
    return y


def _weigh_pointwise(x, g, groups):
    """The weight gradient of a 1 x 1 kernel, (G, O, C): pixels times pixels, image by image."""
    N = len(x)
    if batch_last(x):  # all images are one long row
        x, g, N = x.transpose(1, 2, 3, 0)[None], g.transpose(1, 2, 3, 0)[None], 1
    x, g = (a.reshape(N, groups, a.shape[1] // groups, math.prod(a.shape[2:])) for a in (x, g))
    dw = np.zeros((groups, x.shape[2], g.shape[2]), x.dtype)
    for n in range(N):
        dw += x[n] @ g[n].swapaxes(1, 2)
    return dw.swapaxes(1, 2)


def _blocks(x, y, rows, columns, groups, depth, result=0):
    """Take input and output apart, so that the windows of a part fill one block of the cache.

    Yields the groups, the axis that the kernel slides along, its output rows, the part of x as
    (G, C, H, N, W), and the part of y as (G, OH, O, N, OW), or (G, OH, O, OW, N) where the batch is
    last. An output row of a group needs ``depth`` numbers for every place, and at least ``result``.
    """
    last, N = batch_last(x), len(x)
    if not N:
        return  # an empty batch has no parts
    source, target = _planes(x, groups), _planes(y, groups)
    images = N if last else _share(N, COLUMNS // columns.out)
    row = max(depth * columns.out * images, result) * x.itemsize
    for outs, ins, down in _neighbours(rows):
        height = _share(down.out, (BLOCK // row - down.reach) // down.stride + 1)
        together = _share(groups, BLOCK // (row * down.out)) if height == down.out else 1
        for g, n, r in itertools.product(
            _slices(groups, together), _slices(N, images), _slices(down.out, height)
        ):
            part = target[g, :, outs, n][:, :, r]
            part = part.transpose(0, 2, 1, 4, 3) if last else part.swapaxes(1, 2)
            yield g, down, r, source[g, :, ins, n], part


def _planes(x, groups):
    """(N, GC, H, W) seen as (G, C, H, N, W)."""
    N, GC, H, W = x.shape
    return x.reshape(N, groups, GC // groups, H, W).transpose(1, 2, 3, 0, 4)


def _share(total, most):
    """The size of the fewest equal parts of at most ``most``, or of one."""
    return -(-total // -(-total // max(most, 1)))


def _slices(total, size):
    return [slice(start, min(start + size, total)) for start in range(0, total, size)]


def _neighbours(rows):
    """Take a dilated axis apart: rows of the input that the kernel sees together, as neighbours."""
    step = rows.dilation // math.gcd(rows.stride, rows.dilation)
    for begin in range(min(step, rows.out)):
        place = begin * rows.stride - rows.before
        first = place % rows.dilation
        outs, ins = slice(begin, rows.out, step), slice(first, rows.size, rows.dilation)
        size, out = len(range(rows.size)[ins]), len(range(rows.out)[outs])
        stride, before = rows.stride * step // rows.dilation, (first - place) // rows.dilation
        yield outs, ins, Axis(size, out, rows.kernel, stride, 1, before)


def _phases(rows):
    """Take the transpose of a strided axis apart: kernel rows, their axis, the rows they reach."""
    for phase in range(rows.stride):
        kernel_rows = [u for u in range(rows.kernel) if u * rows.dilation % rows.stride == phase]
        first = (phase - rows.before) % rows.stride
        places = slice(first, rows.size, rows.stride)
        count = len(range(rows.size)[places])
        if kernel_rows and count:
            start = (first + rows.before - kernel_rows[-1] * rows.dilation) // rows.stride
            step = rows.dilation // math.gcd(rows.stride, rows.dilation)
            along = Axis(rows.out, count, len(kernel_rows), 1, step, -start)
            yield kernel_rows[::-1], along, places


def _windows(x, rows, columns, r, last, store):
    """Windows of output rows ``r``: (G, C, H, N, W) -> (G, OH, KHCKW, P).

    ``store`` keeps the memory from one block to the next; what lies beyond the columns stays zero.
    """
    G, C, _, N, _ = x.shape
    count = r.stop - r.start
    first, height = r.start * rows.stride - rows.before, (count - 1) * rows.stride + rows.reach
    top, bottom = (min(max(row, 0), rows.size) for row in (first, first + height))
    shape = (G, height, C, columns.kernel, *((columns.out, N) if last else (N, columns.out)))
    if shape not in store:
        store.clear()
        store[shape] = np.zeros(shape, x.dtype)
    lowered = store[shape]
    lowered[:, : top - first] = lowered[:, bottom - first :] = 0
    view = lowered.swapaxes(4, 5) if last else lowered  # G H C KW N OW
    view = view[:, top - first : bottom - first]
    for v in range(columns.kernel):
        out, pixels = columns.inside(v)
        view[:, :, :, v, :, out] = x[:, :, top:bottom, :, pixels].swapaxes(1, 2)
    # The KH rows of a window follow each other, so they are one long axis: a view, no copy.
    group, row, line = lowered.strides[0], lowered.strides[1], columns.out * N * x.itemsize
    overlapping = (G, count, rows.kernel * C * columns.kernel, columns.out * N)
    strides = (group, row * rows.stride, line, x.itemsize)
    return np.ndarray(overlapping, x.dtype, lowered, 0, strides)  # as_strided checks more


def _lift(product, into, columns, last):
    """Add (G, H, CKW, P) into (G, H, C, N, W), each weight's part to the pixels it came from."""
    G, H, C = into.shape[:3]
    into = into.swapaxes(3, 4) if last else into
    order = (columns.out, into.shape[3]) if last else (into.shape[3], columns.out)
    product = product.reshape(G, H, C, columns.kernel, *order)
    product = product.swapaxes(4, 5) if last else product  # G H C KW N OW
    for v in range(columns.kernel):
        out, pixels = columns.inside(v)
        into[..., pixels] += product[:, :, :, v, :, out]
