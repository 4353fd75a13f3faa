r"""Convolution with the batch last: the products behind `Conv2d` and `ConvTranspose2d`.

Arrays here have the shape (C, H, W, N) and lie in memory in that order, so a step along any axis
of the picture moves a whole row of N numbers. Only the KW shifts along the width are copied::

    columns[y, c, v, x, n] = image[c, y, x * stride + v, n]       H C KW OW N

In these columns the KH rows under a kernel lie one after the other, so a view that steps one row
and spans KH of them is the matrix of the convolution, without KH * KW copies of the image::

    output[:, y] = W  @ columns[y * stride : y * stride + KH]        O OW*N = O K @ K OW*N
    dW.T         = sum over y of  columns[...] @ doutput[:, y].T       K O = K OW*N @ OW*N O
    dcolumns[y]  = sum over u of  W[u].T @ doutput[:, (y - u) / stride]     C*KW OW*N

Reference for im2col: Chellapilla, Puri and Simard (2006), "High performance convolutional neural
networks for document processing". Why this form, and what it costs: docs/decisions.
"""

from collections.abc import Iterator

import numpy as np

Pair = tuple[int, int]
Borders = tuple[Pair, Pair]

BLOCK_BYTES = 3 << 20  # columns made at a time; fewer bytes copy more rows twice


def memory(images: np.ndarray, dtype: np.dtype | None = None) -> np.ndarray:
    """(N, C, H, W) in any order -> (C, H, W, N) in this order; copies only if it must."""
    return np.ascontiguousarray(images.transpose(1, 2, 3, 0), dtype=dtype)


def images(memory: np.ndarray) -> np.ndarray:
    """(C, H, W, N) -> the same numbers seen as (N, C, H, W)."""
    return memory.transpose(3, 0, 1, 2)


def correlate(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    borders: Borders,
    stride: Pair,
    dilation: Pair,
) -> np.ndarray:
    """x (C, H, W, N), weight (O, C, KH, KW), bias (O,) -> (O, OH, OW, N)."""
    weight = _stretched(weight, dilation[0])
    O, _, KH, KW = weight.shape
    OH, OW = _places(x.shape, (KH, KW), borders, stride, dilation[1])
    y = np.empty((O, OH, OW, x.shape[3]), x.dtype)
    rows = _by_row(y)
    matrix = weight.transpose(0, 2, 1, 3).reshape(O, -1)
    for block, windows in _windows(x, (KH, KW), borders, stride, dilation[1]):
        np.matmul(matrix, windows, out=rows[block])
        if bias is not None:
            rows[block] += bias[:, None]
    return y


def weight_gradient(
    x: np.ndarray,
    grad: np.ndarray,
    kernel: Pair,
    borders: Borders,
    stride: Pair,
    dilation: Pair,
) -> np.ndarray:
    """x (C, H, W, N), grad (O, OH, OW, N) -> (O, C, KH, KW)."""
    C, O, KW = x.shape[0], grad.shape[0], kernel[1]
    KH = dilation[0] * (kernel[0] - 1) + 1
    total = np.zeros((KH * C * KW, O), grad.dtype)  # the long side first: a faster product
    rows = _by_row(grad)
    for block, windows in _windows(x, (KH, KW), borders, stride, dilation[1], total.nbytes):
        total += np.matmul(windows, rows[block].transpose(0, 2, 1)).sum(axis=0)
    return total.reshape(KH, C, KW, O)[:: dilation[0]].transpose(3, 1, 0, 2)


def input_gradient(
    grad: np.ndarray,
    weight: np.ndarray,
    size: Pair,
    borders: Borders,
    stride: Pair,
    dilation: Pair,
) -> np.ndarray:
    """grad (O, OH, OW, N), weight (O, C, KH, KW) -> (C, H, W, N) with (H, W) = size.

    Row r + i * stride of the padded image meets the kernel rows r, r + stride, ... only, and output
    rows that lie one after the other: one product. Its columns are added where they came from.
    """
    weight = _stretched(weight, dilation[0])
    (O, OH, OW, N), (_, C, KH, KW), (SH, SW) = grad.shape, weight.shape, stride
    (above, _), (left, _) = borders
    x = np.zeros((C, *size, N), grad.dtype)
    outputs = np.ascontiguousarray(_by_row(grad)).reshape(OH * O, OW * N)
    for r in range(min(SH, KH)):
        start = (r - above) % SH  # the first image row of this kind, and its i
        first_i = (start + above - r) // SH
        rows = x[:, start::SH].transpose(1, 0, 2, 3)
        kernel = weight[:, :, r::SH][:, :, ::-1]
        taps = kernel.shape[2]
        matrix = kernel.transpose(1, 3, 2, 0).reshape(C * KW, taps * O)
        for block in _blocks(len(rows), C * KW * OW * N * grad.itemsize):
            columns = np.zeros((block.stop - block.start, C * KW, OW * N), grad.dtype)
            for place, i in enumerate(range(block.start + first_i, block.stop + first_i)):
                first, last = max(0, i - taps + 1), min(i, OH - 1)
                if first <= last:
                    used = matrix[:, (first - i + taps - 1) * O : (last - i + taps) * O]
                    np.matmul(used, outputs[first * O : (last + 1) * O], out=columns[place])
            columns = columns.reshape(-1, C, KW, OW, N)
            for v in range(KW):
                places, pixels = _shift(v * dilation[1] - left, SW, OW, size[1])
                rows[block][:, :, pixels] += columns[:, :, v, places]
    return x


def _windows(
    x: np.ndarray, kernel: Pair, borders: Borders, stride: Pair, gap: int, extra: int = 0
) -> Iterator[tuple[slice, np.ndarray]]:
    """Blocks of output rows, each with its columns seen as one matrix a row (rows, K, OW * N).

    The columns of a block are gone when the next one is made.
    """
    (C, H, W, N), (KH, KW), (SH, SW) = x.shape, kernel, stride
    (above, _), (left, right) = borders
    OH, OW = _places(x.shape, kernel, borders, stride, gap)
    blocks = list(_blocks(OH, SH * C * KW * OW * N * x.itemsize + extra))
    most = (blocks[0].stop - 1) * SH + KH
    buffer = (np.zeros if left or right else np.empty)((most, C, KW, OW, N), x.dtype)
    for block in blocks:
        top = block.start * SH - above  # the image row under the first kernel row
        columns = buffer[: (block.stop - block.start - 1) * SH + KH]
        first = max(0, top)
        last = max(first, min(H, top + len(columns)))
        columns[: first - top] = 0
        columns[last - top :] = 0
        image = x[:, first:last].transpose(1, 0, 2, 3)
        for v in range(KW):
            places, pixels = _shift(v * gap - left, SW, OW, W)
            columns[first - top : last - top, :, v, places] = image[:, :, pixels]
        yield block, _spans(columns.reshape(len(columns), C * KW, OW * N), KH, SH)


def _shift(offset: int, stride: int, places: int, width: int) -> tuple[slice, slice]:
    """Which places look at a pixel when place 0 looks at ``offset``, and at which pixels."""
    first = max(0, -(offset // stride))
    last = min(places - 1, (width - 1 - offset) // stride)
    if last < first:
        return slice(0, 0), slice(0, 0)
    seen = slice(first * stride + offset, last * stride + offset + 1, stride)
    return slice(first, last + 1), seen


def _stretched(weight: np.ndarray, gap: int) -> np.ndarray:
    """Zero rows between the kernel rows: a dilated kernel is a plain one that is mostly empty."""
    if gap == 1:
        return weight
    O, C, KH, KW = weight.shape
    stretched = np.zeros((O, C, gap * (KH - 1) + 1, KW), weight.dtype)
    stretched[:, :, ::gap] = weight
    return stretched


def _spans(rows: np.ndarray, span: int, step: int) -> np.ndarray:
    """View (R, K, M) as overlapping matrices of ``span`` rows each, ``step`` rows apart."""
    R, K, M = rows.shape
    row, line, item = rows.strides
    shape, strides = ((R - span) // step + 1, span * K, M), (step * row, line, item)
    # What as_strided makes, at a tenth of its price: small networks call this often.
    return np.ndarray(shape, rows.dtype, rows, 0, strides)


def _by_row(x: np.ndarray) -> np.ndarray:
    """(O, OH, OW, N) -> a view (OH, O, OW * N): one matrix for each row of the picture."""
    O, OH, OW, N = x.shape
    return x.reshape(O, OH, OW * N).transpose(1, 0, 2)


def _places(shape: tuple[int, ...], kernel: Pair, borders: Borders, stride: Pair, gap: int) -> Pair:
    """How often the kernel fits, with ``gap`` pixels from one of its columns to the next."""
    (above, below), (left, right) = borders
    height = above + shape[1] + below - kernel[0]
    width = left + shape[2] + right - gap * (kernel[1] - 1) - 1
    return height // stride[0] + 1, width // stride[1] + 1


def _blocks(rows: int, bytes_per_row: int) -> Iterator[slice]:
    """Cut the rows so that a block fills `BLOCK_BYTES`, and holds one row at least."""
    step = max(1, BLOCK_BYTES // max(1, bytes_per_row))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))
