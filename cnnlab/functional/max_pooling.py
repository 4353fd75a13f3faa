"""Max pooling: every window becomes its largest element. And the way back."""

from cnnlab.functional import _checks, _pooling
from cnnlab.functional._indices import add_at, checked, read_at, write_at
from cnnlab.functional._lowering import plain


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
        ShapeError: the axes do not fit, or a window is larger than the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Ranzato et al. (2007), "Unsupervised learning of invariant feature hierarchies"; names as in
        `torch.nn.functional.max_pool1d`.

    >>> max_pool1d(np.array([[[3, 1, 4, 1, 5, 9]]]), 2)
    array([[[3., 4., 9.]]])
    """
    (x,) = _checks.arrays("max_pool1d", input=input)
    _checks.axes("max_pool1d", "input", x, "(N, C, L)")
    settings = (kernel_size, stride, padding, dilation, ceil_mode)
    axes = plain(1), *_pooling.windows("max_pool1d", x.shape[2:], *settings)
    y = _maxima(x[:, :, None], axes, return_indices)
    return tuple(part[:, :, 0] for part in y) if return_indices else y[:, :, 0]


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
        ShapeError: the axes do not fit, or a window is larger than the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Ranzato et al. (2007); overlapping windows: Krizhevsky et al. (2012), section 3.4. Names as
        in `torch.nn.functional.max_pool2d`.

    >>> image = np.array([[[[1, 2, 5, 6], [3, 4, 7, 8], [9, 9, 0, 0], [9, 9, 0, 0]]]])
    >>> max_pool2d(image, 2, return_indices=True)
    (array([[[[4., 8.],
             [9., 0.]]]]), array([[[[ 5,  7],
             [ 8, 10]]]]))
    """
    (x,) = _checks.arrays("max_pool2d", input=input)
    _checks.axes("max_pool2d", "input", x, "(N, C, H, W)")
    settings = (kernel_size, stride, padding, dilation, ceil_mode)
    axes = _pooling.windows("max_pool2d", x.shape[2:], *settings)
    return _maxima(x, axes, return_indices)


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
        ShapeError: the sizes do not belong together.
        ArgumentError: an index lies outside, or an array does not hold numbers.

    References:
        Ranzato et al. (2007).

    >>> max_pool1d_backward(np.array([[[5, 7]]]), np.array([[[1, 1]]]), (1, 1, 3))
    array([[[ 0., 12.,  0.]]])
    """
    name = "max_pool1d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, L)")
    indices = checked(name, g, indices, size)
    return add_at(g, indices, size)


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
        ShapeError: the sizes do not belong together.
        ArgumentError: an index lies outside, or an array does not hold numbers.

    References:
        Ranzato et al. (2007).

    >>> max_pool2d_backward(np.array([[[[5, 7]]]]), np.array([[[[3, 2]]]]), (1, 1, 2, 2))
    array([[[[0., 0.],
             [7., 5.]]]])
    """
    name = "max_pool2d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, H, W)")
    indices = checked(name, g, indices, size)
    return add_at(g, indices, size)


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
        ShapeError: the sizes do not belong together.
        ArgumentError: an index lies outside, or an array does not hold numbers.

    References:
        Zeiler & Fergus (2014), arXiv:1311.2901, section 2.1; names as in
        `torch.nn.functional.max_unpool2d`.

    >>> max_unpool2d(np.array([[[[9]]]]), np.array([[[[2]]]]), 2)
    array([[[[0., 0.],
             [9., 0.]]]])
    """
    name = "max_unpool2d"
    (x,) = _checks.arrays(name, input=input)
    _checks.axes(name, "input", x, "(N, C, OH, OW)")
    kernel = _checks.whole(name, "kernel_size", kernel_size, 2, 1)
    strides = kernel if stride is None else _checks.whole(name, "stride", stride, 2, 1)
    borders = _checks.whole(name, "padding", padding, 2, 0)
    if output_size is None:
        axes = zip(x.shape[2:], kernel, strides, borders, strict=True)
        output_size = [(n - 1) * S - 2 * P + K for n, K, S, P in axes]
    size = (*x.shape[:2], *_checks.whole(name, "output_size", output_size, 2, 1))
    return write_at(x, checked(name, x, indices, size), size)


def max_unpool2d_backward(grad_output, indices):
    r"""Gradient of `max_unpool2d`: read at the remembered positions.

    .. math:: dx[n, c, i, j] = g[n, c, \mathrm{indices}[n, c, i, j]]

    Shapes:
        grad_output (N, C, H, W), indices (N, C, OH, OW) -> (N, C, OH, OW)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        indices: the positions that were given to `max_unpool2d`, all different in a plane.

    Raises:
        ShapeError: the sizes do not belong together.
        ArgumentError: an index lies outside, or an array does not hold numbers.

    References:
        Zeiler & Fergus (2014), arXiv:1311.2901, section 2.1.

    >>> max_unpool2d_backward(np.array([[[[1, 2], [3, 4]]]]), np.array([[[[2]]]]))
    array([[[[3.]]]])
    """
    name = "max_unpool2d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    _checks.axes(name, "grad_output", g, "(N, C, H, W)")
    return read_at(g, checked(name, None, indices, g.shape))


def _maxima(x, axes, return_indices):
    if not return_indices:
        return _pooling.largest(x, *axes)
    y, which = _pooling.largest_and_where(x, *axes)
    return y, _pooling.indices_of(which, *axes)
