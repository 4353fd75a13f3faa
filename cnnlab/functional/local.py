"""Locally connected layers: windows as in a convolution, but every place has weights of its own."""

import numpy as np

from cnnlab.functional import _checks, _geometry

LETTERS = "(OH, OW, C_out, C_in, KH, KW)"


def conv2d_local(input, weight, bias=None, stride=1, padding=0, dilation=1):
    r"""Slide a window over the image and use other weights at every place.

    .. math::
        y[n, o, i, j] = b[o, i, j]
            + \sum_{c, u, v} x[n, c, i S + u D, j S + v D]\; w[i, j, o, c, u, v]

    Here x is the input with zeros around it. With equal weights at all places it is `conv2d`.

    Shapes:
        input (N, C, H, W), weight (OH, OW, O, C, KH, KW), bias (O, OH, OW) -> (N, O, OH, OW),
        sizes as in `conv2d`

    Parameters:
        input: a batch of images.
        weight: ``weight[i, j]`` is the weight of a convolution, used at place (i, j) alone.
        bias: one number for each output; None stands for zeros.
        stride, padding, dilation: as in `conv2d`.

    Raises:
        ShapeError: axes, channels, places or bias do not fit.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2, layers L4 to L6.

    >>> weight = np.array([1, 10, 100]).reshape(1, 3, 1, 1, 1, 1)
    >>> conv2d_local(np.array([[[[1, 2, 3]]]]), weight)
    array([[[[  1.,  20., 300.]]]])
    """
    name = "conv2d_local"
    x, weight, bias = _checks.arrays(name, input=input, weight=weight, bias=bias)
    _checks.axes(name, "input", x, "(N, C, H, W)")
    axes = _axes(name, x.shape, weight.shape, stride, padding, dilation)
    expected = (weight.shape[2], *weight.shape[:2])
    if bias is not None and bias.shape != expected:
        problem = f"bias has shape {bias.shape}, expected one number for each output of an image."
        shapes = [("bias", bias.shape, "what came"), ("outputs", expected, "(C_out, OH, OW)")]
        raise _checks.misfit(name, problem, "reshape bias to (C_out, OH, OW).", *shapes)
    columns = _columns(x, axes)  # OH OW CKHKW N
    y = np.matmul(weight.reshape(*weight.shape[:3], -1), columns).transpose(3, 2, 0, 1)
    return np.ascontiguousarray(y) if bias is None else y + bias


def conv2d_local_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1):
    r"""Gradient of `conv2d_local` with respect to its input.

    .. math:: dx[n, c, i S + u D, j S + v D] \mathrel{+}= g[n, o, i, j]\; w[i, j, o, c, u, v]

    Shapes:
        weight (OH, OW, O, C, KH, KW), grad_output (N, O, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation: as in `conv2d_local`.

    Raises:
        ShapeError: the sizes and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2.

    >>> weight = np.array([1, 10, 100]).reshape(1, 3, 1, 1, 1, 1)
    >>> conv2d_local_input((1, 1, 1, 3), weight, np.array([[[[3, 2, 1]]]]))
    array([[[[  3.,  20., 100.]]]])
    """
    name = "conv2d_local_input"
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, H, W)")
    axes = _axes(name, size, weight.shape, stride, padding, dilation)
    _geometry.output_fits(name, g, (size[0], weight.shape[2], *weight.shape[:2]))
    turned = weight.reshape(*weight.shape[:3], -1).swapaxes(2, 3)
    columns = turned @ g.transpose(2, 3, 1, 0)  # OH OW CKHKW N
    columns = columns.reshape(*weight.shape[:2], *weight.shape[3:], size[0])
    dx = np.zeros(size, columns.dtype)
    for u, v, (i, j), pixels in _offsets(*axes):
        dx[pixels] += columns[i, j, :, u, v].transpose(3, 2, 0, 1)
    return dx


def conv2d_local_weight(input, weight_size, grad_output, stride=1, padding=0, dilation=1):
    r"""Gradient of `conv2d_local` with respect to its weight.

    .. math:: dw[i, j, o, c, u, v] = \sum_n g[n, o, i, j]\; x[n, c, i S + u D, j S + v D]

    The gradient with respect to the bias is the sum of g over n.

    Shapes:
        input (N, C, H, W), grad_output (N, O, OH, OW) -> weight_size (OH, OW, O, C, KH, KW)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation: as in `conv2d_local`.

    Raises:
        ShapeError: the sizes and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2.

    >>> g = np.array([[[[3, 2, 1]]]])
    >>> conv2d_local_weight(np.array([[[[1, 10, 100]]]]), (1, 3, 1, 1, 1, 1), g).ravel()
    array([  3.,  20., 100.])
    """
    name = "conv2d_local_weight"
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    _checks.axes(name, "input", x, "(N, C, H, W)")
    size = _checks.size(name, "weight_size", weight_size, LETTERS)
    axes = _axes(name, x.shape, size, stride, padding, dilation)
    _geometry.output_fits(name, g, (len(x), size[2], *size[:2]))
    return (g.transpose(2, 3, 1, 0) @ _columns(x, axes).swapaxes(2, 3)).reshape(size)


def _axes(function, input_size, weight_size, stride, padding, dilation):
    shapes = [("input", input_size, "(N, C, H, W)"), ("weight", weight_size, LETTERS)]
    if len(weight_size) != 6 or 0 in weight_size:
        problem = f"weight has {len(weight_size)} axes or an empty one, expected 6."
        raise _checks.misfit(function, problem, f"reshape weight to {LETTERS}.", *shapes)
    if input_size[1] != weight_size[3]:
        problem = f"input has {input_size[1]} channels, weight expects {weight_size[3]}."
        raise _checks.misfit(
            function, problem, "make weight.shape[3] equal input.shape[1].", *shapes
        )
    axes = _geometry.sliding(function, input_size[2:], weight_size[4:], stride, padding, dilation)
    outs = tuple(axis.out for axis in axes)
    if outs != tuple(weight_size[:2]):
        problem = f"the windows fit in {outs} places, weight has {tuple(weight_size[:2])}."
        raise _checks.misfit(function, problem, f"make weight.shape[:2] equal {outs}.", *shapes)
    return axes


def _columns(x, axes):
    """Every place's window as a column for each image: (OH, OW, C KH KW, N)."""
    rows, columns = axes
    y = np.zeros((rows.out, columns.out, x.shape[1], rows.kernel, columns.kernel, len(x)), x.dtype)
    for u, v, (i, j), pixels in _offsets(rows, columns):
        y[i, j, :, u, v] = x[pixels].transpose(2, 3, 1, 0)
    return y.reshape(rows.out, columns.out, x.shape[1] * rows.kernel * columns.kernel, len(x))


def _offsets(rows, columns):
    for u in range(rows.kernel):
        for v in range(columns.kernel):
            (i, h), (j, w) = rows.inside(u), columns.inside(v)
            yield u, v, (i, j), (slice(None), slice(None), h, w)
