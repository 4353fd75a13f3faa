"""Transposed convolution: every input pixel stamps the kernel onto the output."""

from cnnlab.functional import _checks, _geometry, _lowering


def conv_transpose1d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Stamp the kernel once for every sample of the input, S steps apart, and add up.

    .. math:: y[n, o, i S + u D] \mathrel{+}= x[n, c, i]\; w[c, o, u]

    ``padding`` then cuts the ends off. It restores the shape of a convolution, not its values.

    Shapes:
        input (N, C, L), weight (C, O/groups, K), bias (O,) -> (N, O, OL), where
        OL = (L - 1) stride - 2 padding + dilation (K - 1) + output_padding + 1.

    Parameters:
        input: a batch of signals.
        weight: one filter for each input channel, as in the convolution it turns round.
        bias: one number for each output channel; None stands for zeros.
        stride: S, steps between two stamps, 1 or more.
        padding: steps cut off at each end.
        output_padding: steps added at the far end, fewer than stride or dilation.
        groups: channels and filters fall into so many groups that do not see each other.
        dilation: D, steps between two weights of the kernel, 1 or more.

    Raises:
        ShapeError: axes, channels or bias do not fit, or padding leaves nothing.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; names as in
        `torch.nn.functional.conv_transpose1d`.

    >>> conv_transpose1d(np.array([[[1, 10, 100]]]), np.array([[[1, 2, 3]]]), stride=2)
    array([[[  1.,   2.,  13.,  20., 130., 200., 300.]]])
    """
    name, settings = "conv_transpose1d", (stride, padding, output_padding, groups, dilation)
    x, weight, bias = _checks.arrays(name, input=input, weight=weight, bias=bias)
    (columns,), groups = _forward(name, 1, x, weight, bias, settings)
    rows = _lowering.plain(1)
    y = _lowering.spread(x[:, :, None], weight[:, :, None], rows, columns, groups)[:, :, 0]
    return y if bias is None else y + bias[:, None]


def conv_transpose2d(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Stamp the kernel once for every pixel of the input, S pixels apart, and add up.

    .. math:: y[n, o, i S + u D, j S + v D] \mathrel{+}= x[n, c, i, j]\; w[c, o, u, v]

    ``padding`` then cuts the border off. It restores the shape of a convolution, not its values.

    Shapes:
        input (N, C, H, W), weight (C, O/groups, KH, KW), bias (O,) -> (N, O, OH, OW), where
        OH = (H - 1) stride - 2 padding + dilation (KH - 1) + output_padding + 1; OW likewise.

    Parameters:
        input: a batch of images.
        weight: one filter for each input channel, as in the convolution it turns round.
        bias: one number for each output channel; None stands for zeros.
        stride: S, pixels between two stamps, 1 or more.
        padding: pixels cut off on each side.
        output_padding: pixels added at the bottom and right, fewer than stride or dilation.
        groups: channels and filters fall into so many groups that do not see each other.
        dilation: D, pixels between two weights of the kernel, 1 or more.

    Raises:
        ShapeError: axes, channels or bias do not fit, or padding leaves nothing.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; Zeiler et al. (2010),
        "Deconvolutional networks"; names as in `torch.nn.functional.conv_transpose2d`.

    >>> image = np.array([[[[1, 10], [100, 1000]]]])
    >>> conv_transpose2d(image, np.array([[[[1, 2]]]]))
    array([[[[1.0e+00, 1.2e+01, 2.0e+01],
             [1.0e+02, 1.2e+03, 2.0e+03]]]])
    """
    name, settings = "conv_transpose2d", (stride, padding, output_padding, groups, dilation)
    x, weight, bias = _checks.arrays(name, input=input, weight=weight, bias=bias)
    (rows, columns), groups = _forward(name, 2, x, weight, bias, settings)
    y = _lowering.spread(x, weight, rows, columns, groups)
    return y if bias is None else y + bias[:, None, None]


def conv_transpose1d_input(
    input_size, weight, grad_output, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Gradient of `conv_transpose1d` with respect to its input: a convolution of g.

    .. math:: dx[n, c, i] = \sum_{o, u} g[n, o, i S + u D]\; w[c, o, u]

    Shapes:
        weight (C, O/groups, K), grad_output (N, O, OL) -> input_size (N, C, L)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, output_padding, groups, dilation: as in `conv_transpose1d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[1, 2, 3, 4, 5]]])
    >>> conv_transpose1d_input((1, 1, 2), np.array([[[1, 10, 100]]]), g, stride=2)
    array([[[321., 543.]]])
    """
    name = "conv_transpose1d_input"
    settings = (stride, padding, output_padding, groups, dilation)
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    (columns,), groups = _backward(name, 1, input_size, weight.shape, g, settings)
    rows = _lowering.plain(1)
    pair = g[:, :, None], weight[:, :, None]
    return _lowering.correlate(*pair, None, rows, columns, groups)[:, :, 0]


def conv_transpose1d_weight(
    input, weight_size, grad_output, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Gradient of `conv_transpose1d` with respect to its weight.

    .. math:: dw[c, o, u] = \sum_{n, i} x[n, c, i]\; g[n, o, i S + u D]

    Shapes:
        input (N, C, L), grad_output (N, O, OL) -> weight_size (C, O/groups, K)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, output_padding, groups, dilation: as in `conv_transpose1d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[1, 2, 3, 4, 5]]])
    >>> conv_transpose1d_weight(np.array([[[1, 10]]]), (1, 1, 3), g, stride=2)
    array([[[31., 42., 53.]]])
    """
    name = "conv_transpose1d_weight"
    settings = (stride, padding, output_padding, groups, dilation)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    (columns,), groups = _backward(name, 1, x.shape, weight_size, g, settings)
    rows = _lowering.plain(1)
    return _lowering.weigh(g[:, :, None], x[:, :, None], rows, columns, groups)[:, :, 0]


def conv_transpose2d_input(
    input_size, weight, grad_output, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Gradient of `conv_transpose2d` with respect to its input: a convolution of g.

    .. math:: dx[n, c, i, j] = \sum_{o, u, v} g[n, o, i S + u D, j S + v D]\; w[c, o, u, v]

    Shapes:
        weight (C, O/groups, KH, KW), grad_output (N, O, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, output_padding, groups, dilation: as in `conv_transpose2d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> weight = np.array([[[[1, 10], [100, 1000]]]])
    >>> conv_transpose2d_input((1, 1, 1, 2), weight, np.array([[[[1, 2, 3], [4, 5, 6]]]]))
    array([[[[5421., 6532.]]]])
    """
    name = "conv_transpose2d_input"
    settings = (stride, padding, output_padding, groups, dilation)
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    (rows, columns), groups = _backward(name, 2, input_size, weight.shape, g, settings)
    return _lowering.correlate(g, weight, None, rows, columns, groups)


def conv_transpose2d_weight(
    input, weight_size, grad_output, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
    r"""Gradient of `conv_transpose2d` with respect to its weight.

    .. math:: dw[c, o, u, v] = \sum_{n, i, j} x[n, c, i, j]\; g[n, o, i S + u D, j S + v D]

    Shapes:
        input (N, C, H, W), grad_output (N, O, OH, OW) -> weight_size (C, O/groups, KH, KW)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, output_padding, groups, dilation: as in `conv_transpose2d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[[1, 2, 3], [4, 5, 6]]]])
    >>> conv_transpose2d_weight(np.array([[[[1, 10]]]]), (1, 1, 2, 2), g)
    array([[[[21., 32.],
             [54., 65.]]]])
    """
    name = "conv_transpose2d_weight"
    settings = (stride, padding, output_padding, groups, dilation)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    (rows, columns), groups = _backward(name, 2, x.shape, weight_size, g, settings)
    return _lowering.weigh(g, x, rows, columns, groups)


def _forward(name, count, x, weight, bias, settings):
    _checks.axes(name, "input", x, _geometry.LETTERS[count])
    _checks.axes(name, "weight", weight, _geometry.STAMPS[count])
    axes, size, groups = _geometry.transposed(name, count, x.shape, weight.shape, settings)
    _geometry.bias_fits(name, bias, size[1])
    return axes, groups


def _backward(name, count, input_size, weight_size, g, settings):
    axes, size, groups = _geometry.transposed(name, count, input_size, weight_size, settings)
    _geometry.output_fits(name, g, size)
    return axes, groups
