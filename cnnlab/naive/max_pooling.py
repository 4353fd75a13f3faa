"""Max pooling: every window becomes its largest element. And the way back."""

import numpy as np

from cnnlab.naive._arguments import tuple_of, windows


def max_pool1d(
    input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False
):
    r"""Keep the largest element of every window of a signal.

    .. math:: y[n, c, i] = \max_u x[n, c, i S + u D - P]

    Only elements inside the input count; among equal ones the first is remembered.

    Shapes:
        input (N, C, L) -> (N, C, OL), where
        OL = floor((L + 2 padding - dilation (K - 1) - 1) / stride) + 1.

    Parameters:
        input: a batch of signals.
        kernel_size: K, elements of a window.
        stride: S, steps between two windows; None stands for kernel_size.
        padding: P, places beyond each end, minus infinity in effect; at most K / 2.
        dilation: D, steps between two elements of a window.
        ceil_mode: round the size up, so that a last, incomplete window counts.
        return_indices: return the positions of the maxima, too.

    Raises:
        ValueError: a window is empty. `cnnlab.functional.max_pool1d` checks everything.

    References:
        Ranzato et al. (2007), "Unsupervised learning of invariant feature hierarchies"; names as in
        `torch.nn.functional.max_pool1d`.

    >>> max_pool1d(np.array([[[3, 1, 4, 1, 5, 9]]]), 2)
    array([[[3., 4., 9.]]])
    """
    (K,), (D,), (P,) = tuple_of(kernel_size, 1), tuple_of(dilation, 1), tuple_of(padding, 1)
    (S,) = tuple_of(K if stride is None else stride, 1)
    N, C, L = input.shape
    y = np.zeros((N, C, windows(L, K, S, P, D, ceil_mode)))
    indices = np.zeros(y.shape, int)
    for n, c, i in np.ndindex(y.shape):
        inside = [l for l in (i * S + u * D - P for u in range(K)) if 0 <= l < L]
        indices[n, c, i] = inside[np.argmax([input[n, c, l] for l in inside])]
        y[n, c, i] = input[n, c, indices[n, c, i]]
    return (y, indices) if return_indices else y


def max_pool2d(
    input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False
):
    r"""Keep the largest pixel of every window.

    .. math:: y[n, c, i, j] = \max_{u, v} x[n, c, i S + u D - P, j S + v D - P]

    Only pixels inside the input count; among equal ones the first, row by row, is remembered.

    Shapes:
        input (N, C, H, W) -> (N, C, OH, OW), where
        OH = floor((H + 2 padding - dilation (KH - 1) - 1) / stride) + 1; OW likewise.

    Parameters:
        input: a batch of images or feature maps.
        kernel_size: height and width of the window, or one number for both.
        stride: S, pixels between two windows; None stands for kernel_size.
        padding: P, pixels beyond each side, minus infinity in effect; at most half the window.
        dilation: D, pixels between two elements of a window.
        ceil_mode: round the sizes up, so that last, incomplete windows count.
        return_indices: return the positions of the maxima, h W + w, too.

    Raises:
        ValueError: a window is empty. `cnnlab.functional.max_pool2d` checks everything.

    References:
        Ranzato et al. (2007); overlapping windows: Krizhevsky et al. (2012), section 3.4. Names as
        in `torch.nn.functional.max_pool2d`.

    >>> image = np.array([[[[1, 2, 5, 6], [3, 4, 7, 8], [9, 9, 0, 0], [9, 9, 0, 0]]]])
    >>> max_pool2d(image, 2, return_indices=True)
    (array([[[[4., 8.],
             [9., 0.]]]]), array([[[[ 5,  7],
             [ 8, 10]]]]))
    """
    (KH, KW), (DH, DW) = tuple_of(kernel_size, 2), tuple_of(dilation, 2)
    (SH, SW), (PH, PW) = (
        tuple_of(kernel_size if stride is None else stride, 2),
        tuple_of(padding, 2),
    )
    N, C, H, W = input.shape
    OH, OW = windows(H, KH, SH, PH, DH, ceil_mode), windows(W, KW, SW, PW, DW, ceil_mode)
    y, indices = np.zeros((N, C, OH, OW)), np.zeros((N, C, OH, OW), int)
    for n, c, i, j in np.ndindex(y.shape):
        rows = [h for h in (i * SH + u * DH - PH for u in range(KH)) if 0 <= h < H]
        columns = [w for w in (j * SW + v * DW - PW for v in range(KW)) if 0 <= w < W]
        inside = [h * W + w for h in rows for w in columns]
        plane = input[n, c].ravel()
        indices[n, c, i, j] = inside[np.argmax([plane[place] for place in inside])]
        y[n, c, i, j] = plane[indices[n, c, i, j]]
    return (y, indices) if return_indices else y


def max_pool1d_backward(grad_output, indices, input_size):
    r"""Gradient of `max_pool1d`: all of it goes to the remembered maximum.

    .. math:: dx[n, c, \mathrm{indices}[n, c, i]] \mathrel{+}= g[n, c, i]

    Shapes:
        grad_output (N, C, OL), indices (N, C, OL) -> input_size (N, C, L)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        indices: the positions that `max_pool1d` returned.
        input_size: the shape of the input.

    Raises:
        IndexError: an index lies outside. `cnnlab.functional.max_pool1d_backward` checks them.

    References:
        Ranzato et al. (2007).

    >>> max_pool1d_backward(np.array([[[5, 7]]]), np.array([[[1, 1]]]), (1, 1, 3))
    array([[[ 0., 12.,  0.]]])
    """
    dx = np.zeros(input_size)
    for n, c, i in np.ndindex(grad_output.shape):
        dx[n, c, indices[n, c, i]] += grad_output[n, c, i]
    return dx


def max_pool2d_backward(grad_output, indices, input_size):
    r"""Gradient of `max_pool2d`: all of it goes to the remembered maximum.

    .. math:: dx[n, c, \mathrm{indices}[n, c, i, j]] \mathrel{+}= g[n, c, i, j]

    Here a plane of dx is counted row by row. Works for `adaptive_max_pool2d` as well.

    Shapes:
        grad_output (N, C, OH, OW), indices (N, C, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        indices: the positions that `max_pool2d` returned.
        input_size: the shape of the input.

    Raises:
        IndexError: an index lies outside. `cnnlab.functional.max_pool2d_backward` checks them.

    References:
        Ranzato et al. (2007).

    >>> max_pool2d_backward(np.array([[[[5, 7]]]]), np.array([[[[3, 2]]]]), (1, 1, 2, 2))
    array([[[[0., 0.],
             [7., 5.]]]])
    """
    N, C, H, W = input_size
    dx = np.zeros((N, C, H * W))
    for n, c, i, j in np.ndindex(grad_output.shape):
        dx[n, c, indices[n, c, i, j]] += grad_output[n, c, i, j]
    return dx.reshape(input_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    r"""Put every maximum back where it came from; zeros elsewhere.

    .. math:: y[n, c, \mathrm{indices}[n, c, i, j]] = x[n, c, i, j]

    Here a plane of y is counted row by row. It is a partial inverse of `max_pool2d`.

    Shapes:
        input (N, C, OH, OW), indices (N, C, OH, OW) -> (N, C, H, W), where
        H = (OH - 1) stride - 2 padding + KH unless output_size says otherwise; W likewise.

    Parameters:
        input: the maxima.
        indices: the positions that `max_pool2d` returned.
        kernel_size, stride, padding: as in `max_pool2d`.
        output_size: (H, W) of the result, where the sizes alone leave it open.

    Raises:
        IndexError: an index lies outside. `cnnlab.functional.max_unpool2d` checks them.

    References:
        Zeiler & Fergus (2014), arXiv:1311.2901, section 2.1; names as in
        `torch.nn.functional.max_unpool2d`.

    >>> max_unpool2d(np.array([[[[9]]]]), np.array([[[[2]]]]), 2)
    array([[[[0., 0.],
             [9., 0.]]]])
    """
    (KH, KW), (PH, PW) = tuple_of(kernel_size, 2), tuple_of(padding, 2)
    SH, SW = tuple_of(kernel_size if stride is None else stride, 2)
    N, C, OH, OW = input.shape
    H, W = output_size or ((OH - 1) * SH - 2 * PH + KH, (OW - 1) * SW - 2 * PW + KW)
    y = np.zeros((N, C, H * W))
    for n, c, i, j in np.ndindex(input.shape):
        y[n, c, indices[n, c, i, j]] = input[n, c, i, j]
    return y.reshape(N, C, H, W)


def max_unpool2d_backward(grad_output, indices):
    r"""Gradient of `max_unpool2d`: read at the remembered positions.

    .. math:: dx[n, c, i, j] = g[n, c, \mathrm{indices}[n, c, i, j]]

    Shapes:
        grad_output (N, C, H, W), indices (N, C, OH, OW) -> (N, C, OH, OW)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        indices: the positions that were given to `max_unpool2d`, all different in a plane.

    Raises:
        IndexError: an index lies outside. `cnnlab.functional.max_unpool2d_backward` checks them.

    References:
        Zeiler & Fergus (2014), arXiv:1311.2901, section 2.1.

    >>> max_unpool2d_backward(np.array([[[[1, 2], [3, 4]]]]), np.array([[[[2]]]]))
    array([[[[3.]]]])
    """
    dx = np.zeros(indices.shape)
    for n, c, i, j in np.ndindex(indices.shape):
        dx[n, c, i, j] = grad_output[n, c].ravel()[indices[n, c, i, j]]
    return dx
