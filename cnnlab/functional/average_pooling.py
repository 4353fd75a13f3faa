"""Average pooling: every window becomes its mean. And the way back."""

import numpy as np

from cnnlab.functional import _checks, _geometry, _pooling
from cnnlab.functional._lowering import plain


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
        ShapeError: the axes do not fit, or a window is larger than the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989); names as in `torch.nn.functional.avg_pool1d`.

    >>> avg_pool1d(np.array([[[3, 1, 4, 1, 5, 9]]]), 2)
    array([[[2. , 2.5, 7. ]]])
    """
    (x,) = _checks.arrays("avg_pool1d", input=input)
    _checks.axes("avg_pool1d", "input", x, "(N, C, L)")
    (axis,) = _pooling.windows(
        "avg_pool1d", x.shape[2:], kernel_size, stride, padding, 1, ceil_mode
    )
    axes = plain(1), axis
    y = _pooling.sums(x[:, :, None], *axes)
    return _divided(y, axes, count_include_pad, None)[:, :, 0]


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
        ShapeError: the axes do not fit, or a window is larger than the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989); names as in `torch.nn.functional.avg_pool2d`.

    >>> avg_pool2d(np.array([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2)
    array([[[[2.5, 6.5]]]])
    """
    (x,) = _checks.arrays("avg_pool2d", input=input)
    _checks.axes("avg_pool2d", "input", x, "(N, C, H, W)")
    _divisor("avg_pool2d", divisor_override)
    axes = _pooling.windows("avg_pool2d", x.shape[2:], kernel_size, stride, padding, 1, ceil_mode)
    return _divided(_pooling.sums(x, *axes), axes, count_include_pad, divisor_override)


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
        ShapeError: the sizes and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989).

    >>> avg_pool1d_backward(np.array([[[6, 8]]]), (1, 1, 5), 2)
    array([[[3., 3., 4., 4., 0.]]])
    """
    name = "avg_pool1d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, L)")
    (axis,) = _pooling.windows(name, size[2:], kernel_size, stride, padding, 1, ceil_mode)
    _geometry.output_fits(name, g, (*size[:2], axis.out))
    axes = plain(1), axis
    shares = _divided(g[:, :, None].copy(), axes, count_include_pad, None)
    return _pooling.spread_sums(shares, *axes)[:, :, 0]


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
        ShapeError: the sizes and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989).

    >>> avg_pool2d_backward(np.array([[[[4, 8]]]]), (1, 1, 2, 4), 2)
    array([[[[1., 1., 2., 2.],
             [1., 1., 2., 2.]]]])
    """
    name = "avg_pool2d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, H, W)")
    _divisor(name, divisor_override)
    axes = _pooling.windows(name, size[2:], kernel_size, stride, padding, 1, ceil_mode)
    _geometry.output_fits(name, g, (*size[:2], *(axis.out for axis in axes)))
    shares = _divided(g.copy(order="K"), axes, count_include_pad, divisor_override)
    return _pooling.spread_sums(shares, *axes)


def _divided(y, axes, count_include_pad, divisor_override):
    """``y`` over the number of places in each window, in place."""
    if divisor_override is not None:
        y /= divisor_override
        return y
    down, across = (_pooling.members(axis, count_include_pad) for axis in axes)
    y /= np.outer(down, across).astype(y.dtype)
    return y


def _divisor(function, divisor_override):
    if divisor_override is not None:
        _checks.whole(function, "divisor_override", divisor_override, 1, 1)
