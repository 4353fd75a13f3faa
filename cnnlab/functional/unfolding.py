"""Windows as columns, columns as windows, and a convolution as one matrix."""

import numpy as np

from cnnlab.functional import _checks, _geometry


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    r"""Write every window of every image as one column: im2col.

    .. math:: y[n, (c, u, v), (i, j)] = x[n, c, i S + u D, j S + v D]

    Here x is the input with zeros around it. A convolution is then one product of matrices.

    Shapes:
        input (N, C, H, W) -> (N, C KH KW, OH OW), sizes as in `conv2d`

    Parameters:
        input: a batch of images.
        kernel_size: the height and width of the window, or one number for both.
        dilation: D, pixels between two elements of a window, 1 or more.
        padding: pixels of zeros on each side.
        stride: S, pixels between two windows, 1 or more.

    Raises:
        ShapeError: the axes or sizes do not fit.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for
        document processing"; order of the arguments as in `torch.nn.functional.unfold`.

    >>> unfold(np.arange(9).reshape(1, 1, 3, 3), 2)
    array([[[0., 1., 3., 4.],
            [1., 2., 4., 5.],
            [3., 4., 6., 7.],
            [4., 5., 7., 8.]]])
    """
    (x,) = _checks.arrays("unfold", input=input)
    _checks.axes("unfold", "input", x, "(N, C, H, W)")
    axes = _axes("unfold", x.shape[2:], kernel_size, dilation, padding, stride)
    rows, columns = axes
    N, C = x.shape[:2]
    y = np.zeros((N, C, rows.kernel, columns.kernel, rows.out, columns.out), x.dtype)
    for u, v, at, pixels in _offsets(rows, columns):
        y[:, :, u, v][at] = x[pixels]
    return y.reshape(N, C * rows.kernel * columns.kernel, rows.out * columns.out)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    r"""Add every column back to the window it came from: col2im, the gradient of `unfold`.

    .. math:: y[n, c, i S + u D, j S + v D] \mathrel{+}= x[n, (c, u, v), (i, j)]

    `unfold` is in turn the gradient of ``fold``.

    Shapes:
        input (N, C KH KW, OH OW) -> (N, C, H, W), where output_size is (H, W)

    Parameters:
        input: columns as `unfold` makes them.
        output_size: the height and width of the images.
        kernel_size, dilation, padding, stride: as in `unfold`.

    Raises:
        ShapeError: the axes or sizes do not fit.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Order of the arguments as in `torch.nn.functional.fold`.

    >>> fold(np.ones((1, 4, 4)), 3, 2)
    array([[[[1., 2., 1.],
             [2., 4., 2.],
             [1., 2., 1.]]]])
    """
    (x,) = _checks.arrays("fold", input=input)
    _checks.axes("fold", "input", x, "(N, C KH KW, OH OW)")
    H, W = _checks.whole("fold", "output_size", output_size, 2, 1)
    rows, columns = _axes("fold", (H, W), kernel_size, dilation, padding, stride)
    area, places = rows.kernel * columns.kernel, rows.out * columns.out
    if x.shape[1] % area or x.shape[2] != places:
        problem = (
            f"a {rows.kernel} x {columns.kernel} kernel on {H} x {W} pixels needs a multiple of "
            f"{area} rows and {places} columns."
        )
        fix = "pass the sizes that unfold was called with."
        raise _checks.misfit("fold", problem, fix, ("input", x.shape, "(N, C KH KW, OH OW)"))
    C = x.shape[1] // area
    x = x.reshape(len(x), C, rows.kernel, columns.kernel, rows.out, columns.out)
    y = np.zeros((*x.shape[:2], H, W), x.dtype)
    for u, v, at, pixels in _offsets(rows, columns):
        y[pixels] += x[:, :, u, v][at]
    return y


def conv2d_matrix(input_size, weight, stride=1, padding=0, dilation=1, groups=1):
    r"""The matrix A with A x = y for a convolution from images x to feature maps y.

    .. math:: A[(o, i, j), (c, i S + u D, j S + v D)] = w[o, c, u, v]

    Its transpose is the transposed convolution, which is also the gradient for the input.

    Shapes:
        input_size (C, H, W), weight (O, C/groups, KH, KW) -> (O OH OW, C H W)

    Parameters:
        input_size: channels, height and width of one image.
        weight: the weight of `conv2d`.
        stride, padding, dilation, groups: as in `conv2d`.

    Raises:
        ShapeError: channels or weight do not fit, or the kernel is larger than the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.1.

    >>> conv2d_matrix((1, 1, 4), np.array([[[[-1, 1]]]]))
    array([[-1.,  1.,  0.,  0.],
           [ 0., -1.,  1.,  0.],
           [ 0.,  0., -1.,  1.]])
    """
    name = "conv2d_matrix"
    (weight,) = _checks.arrays(name, weight=weight)
    input_size = _checks.size(name, "input_size", input_size, "(C, H, W)")
    _checks.axes(name, "weight", weight, _geometry.WEIGHTS[2])
    groups = _geometry.channels(name, (1, *input_size), weight.shape, groups)
    kernel = weight.shape[2:]
    rows, columns = _geometry.sliding(name, input_size[1:], kernel, stride, padding, dilation)
    O, C = weight.shape[:2]
    A = np.zeros((groups, O // groups, rows.out, columns.out, *input_size), weight.dtype)
    grouped = weight.reshape(groups, O // groups, C, *kernel)
    for u, v, at, pixels in _offsets(rows, columns):
        i, j = (
            np.arange(axis.out)[part] for axis, part in zip((rows, columns), at[2:], strict=True)
        )
        h, w = (np.arange(n)[part] for n, part in zip(input_size[1:], pixels[2:], strict=True))
        for g in range(groups):
            own = slice(g * C, (g + 1) * C)
            A[g, :, i[:, None], j, own, h[:, None], w] = grouped[g, :, :, u, v]
    return A.reshape(O * rows.out * columns.out, -1)


def _axes(function, sizes, kernel_size, dilation, padding, stride):
    kernel = _checks.whole(function, "kernel_size", kernel_size, 2, 1)
    padding = _checks.whole(function, "padding", padding, 2, 0)
    return _geometry.sliding(function, sizes, kernel, stride, padding, dilation)


def _offsets(rows, columns):
    """For every place (u, v) of the kernel: the windows it serves and the pixels it sees."""
    for u in range(rows.kernel):
        for v in range(columns.kernel):
            (i, h), (j, w) = rows.inside(u), columns.inside(v)
            yield u, v, (slice(None), slice(None), i, j), (slice(None), slice(None), h, w)
