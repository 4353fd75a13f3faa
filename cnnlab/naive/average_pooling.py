"""Average pooling: every window becomes its mean. And the way back."""

import numpy as np

from cnnlab.naive._arguments import tuple_of, windows


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    r"""Average every window of a signal.

    .. math:: y[n, c, i] = \frac{1}{R} \sum_u x[n, c, i S + u - P]

    R counts the elements of the window: those of the zero border too, unless told otherwise.

    Shapes:
        input (N, C, L) -> (N, C, OL), where OL = floor((L + 2 padding - K) / stride) + 1.

    Parameters:
        input: a batch of signals.
        kernel_size: K, elements of a window.
        stride: S, steps between two windows; None stands for kernel_size.
        padding: P, zeros at each end; at most K / 2.
        ceil_mode: round the size up, so that a last, incomplete window counts.
        count_include_pad: whether R counts the zeros of the border.

    Raises:
        ValueError: the window does not fit. `cnnlab.functional.avg_pool1d` checks everything.

    References:
        LeCun et al. (1989); names as in `torch.nn.functional.avg_pool1d`.

    >>> avg_pool1d(np.array([[[3, 1, 4, 1, 5, 9]]]), 2)
    array([[[2. , 2.5, 7. ]]])
    """
    (K,), (P,) = tuple_of(kernel_size, 1), tuple_of(padding, 1)
    (S,) = tuple_of(K if stride is None else stride, 1)
    N, C, L = input.shape
    y = np.zeros((N, C, windows(L, K, S, P, 1, ceil_mode)))
    for n, c, i in np.ndindex(y.shape):
        inside, R = _window(i, K, S, P, L, count_include_pad)
        for l in inside:
            y[n, c, i] += input[n, c, l] / R
    return y


def avg_pool2d(
    input,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    r"""Average every window of a feature map.

    .. math:: y[n, c, i, j] = \frac{1}{R} \sum_{u, v} x[n, c, i S + u - P, j S + v - P]

    R counts the pixels of the window: those of the zero border too, unless told otherwise.

    Shapes:
        input (N, C, H, W) -> (N, C, OH, OW), where
        OH = floor((H + 2 padding - KH) / stride) + 1; OW likewise.

    Parameters:
        input: a batch of images or feature maps.
        kernel_size: height and width of the window, or one number for both.
        stride: S, pixels between two windows; None stands for kernel_size.
        padding: P, pixels of zeros on each side; at most half the window.
        ceil_mode: round the sizes up, so that last, incomplete windows count.
        count_include_pad: whether R counts the zeros of the border.
        divisor_override: a number to take for R.

    Raises:
        ValueError: the window does not fit. `cnnlab.functional.avg_pool2d` checks everything.

    References:
        LeCun et al. (1989); names as in `torch.nn.functional.avg_pool2d`.

    >>> avg_pool2d(np.array([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2)
    array([[[[2.5, 6.5]]]])
    """
    (KH, KW), (PH, PW) = tuple_of(kernel_size, 2), tuple_of(padding, 2)
    SH, SW = tuple_of(kernel_size if stride is None else stride, 2)
    N, C, H, W = input.shape
    OH, OW = windows(H, KH, SH, PH, 1, ceil_mode), windows(W, KW, SW, PW, 1, ceil_mode)
    y = np.zeros((N, C, OH, OW))
    for n, c, i, j in np.ndindex(y.shape):
        rows, RH = _window(i, KH, SH, PH, H, count_include_pad)
        columns, RW = _window(j, KW, SW, PW, W, count_include_pad)
        for h in rows:
            for w in columns:
                y[n, c, i, j] += input[n, c, h, w] / (divisor_override or RH * RW)
    return y


def avg_pool1d_backward(
    grad_output,
    input_size,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
):
    r"""Gradient of `avg_pool1d`: every element of a window gets an equal share.

    .. math:: dx[n, c, i S + u - P] \mathrel{+}= g[n, c, i] / R

    Shapes:
        grad_output (N, C, OL) -> input_size (N, C, L)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.
        kernel_size, stride, padding, ceil_mode, count_include_pad: as in `avg_pool1d`.

    Raises:
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        LeCun et al. (1989).

    >>> avg_pool1d_backward(np.array([[[6, 8]]]), (1, 1, 5), 2)
    array([[[3., 3., 4., 4., 0.]]])
    """
    (K,), (P,) = tuple_of(kernel_size, 1), tuple_of(padding, 1)
    (S,) = tuple_of(K if stride is None else stride, 1)
    dx = np.zeros(input_size)
    for n, c, i in np.ndindex(grad_output.shape):
        inside, R = _window(i, K, S, P, input_size[2], count_include_pad)
        for l in inside:
            dx[n, c, l] += grad_output[n, c, i] / R
    return dx


def avg_pool2d_backward(
    grad_output,
    input_size,
    kernel_size,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
):
    r"""Gradient of `avg_pool2d`: every pixel of a window gets an equal share.

    .. math:: dx[n, c, i S + u - P, j S + v - P] \mathrel{+}= g[n, c, i, j] / R

    Without overlap and border it is the Kronecker product of g with ones, divided by R.

    Shapes:
        grad_output (N, C, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.
        kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override: as in
            `avg_pool2d`.

    Raises:
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        LeCun et al. (1989).

    >>> avg_pool2d_backward(np.array([[[[4, 8]]]]), (1, 1, 2, 4), 2)
    array([[[[1., 1., 2., 2.],
             [1., 1., 2., 2.]]]])
    """
    (KH, KW), (PH, PW) = tuple_of(kernel_size, 2), tuple_of(padding, 2)
    SH, SW = tuple_of(kernel_size if stride is None else stride, 2)
    dx = np.zeros(input_size)
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows, RH = _window(i, KH, SH, PH, input_size[2], count_include_pad)
        columns, RW = _window(j, KW, SW, PW, input_size[3], count_include_pad)
        for h in rows:
            for w in columns:
                dx[n, c, h, w] += grad_output[n, c, i, j] / (divisor_override or RH * RW)
    return dx


def _window(i, K, S, P, L, count_include_pad):
    """The places of window i that lie inside, and how many places it counts along this axis."""
    places = range(i * S - P, min(i * S - P + K, L + P))
    inside = [l for l in places if 0 <= l < L]
    return inside, len(places if count_include_pad else inside)
