"""Gradients of the convolution layers, named as in `torch.nn.grad`."""

from cnnlab.functional import _checks, _geometry, _lowering, _volumes


def conv1d_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv1d` with respect to its input.

    .. math:: dx[n, c, i S + u D] \mathrel{+}= g[n, o, i]\; w[o, c, u]

    Shapes:
        weight (O, C/groups, K), grad_output (N, O, OL) -> input_size (N, C, L)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv1d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv1d_input`.

    >>> conv1d_input((1, 1, 4), np.array([[[1, 10]]]), np.array([[[1, 2, 3]]]))
    array([[[ 1., 12., 23., 30.]]])
    """
    name, settings = "conv1d_input", (stride, padding, dilation, groups)
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    (columns,), groups = _geometry.backward(name, 1, input_size, weight.shape, g, settings)
    rows = _lowering.plain(1)
    return _lowering.spread(g[:, :, None], weight[:, :, None], rows, columns, groups)[:, :, 0]


def conv1d_weight(input, weight_size, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv1d` with respect to its weight: the input correlated with g.

    .. math:: dw[o, c, u] = \sum_{n, i} g[n, o, i]\; x[n, c, i S + u D]

    Shapes:
        input (N, C, L), grad_output (N, O, OL) -> weight_size (O, C/groups, K)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv1d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989); `torch.nn.grad.conv1d_weight`.

    >>> conv1d_weight(np.array([[[1, 2, 4, 7]]]), (1, 1, 2), np.array([[[1, 10, 100]]]))
    array([[[421., 742.]]])
    """
    name, settings = "conv1d_weight", (stride, padding, dilation, groups)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    (columns,), groups = _geometry.backward(name, 1, x.shape, weight_size, g, settings)
    rows = _lowering.plain(1)
    return _lowering.weigh(x[:, :, None], g[:, :, None], rows, columns, groups)[:, :, 0]


def conv2d_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv2d` with respect to its input.

    .. math:: dx[n, c, i S + u D, j S + v D] \mathrel{+}= g[n, o, i, j]\; w[o, c, u, v]

    With stride 1 this is the full convolution of g with w.

    Shapes:
        weight (O, C/groups, KH, KW), grad_output (N, O, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv2d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv2d_input`.

    >>> conv2d_input((1, 1, 2, 3), np.array([[[[1, 10], [100, 1000]]]]), np.array([[[[1, 2]]]]))
    array([[[[1.0e+00, 1.2e+01, 2.0e+01],
             [1.0e+02, 1.2e+03, 2.0e+03]]]])
    """
    name, settings = "conv2d_input", (stride, padding, dilation, groups)
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    (rows, columns), groups = _geometry.backward(name, 2, input_size, weight.shape, g, settings)
    return _lowering.spread(g, weight, rows, columns, groups)


def conv2d_weight(input, weight_size, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv2d` with respect to its weight: the input correlated with g.

    .. math:: dw[o, c, u, v] = \sum_{n, i, j} g[n, o, i, j]\; x[n, c, i S + u D, j S + v D]

    Shapes:
        input (N, C, H, W), grad_output (N, O, OH, OW) -> weight_size (O, C/groups, KH, KW)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv2d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989); `torch.nn.grad.conv2d_weight`.

    >>> image = np.arange(9).reshape(1, 1, 3, 3)
    >>> conv2d_weight(image, (1, 1, 2, 2), np.array([[[[1, 0], [0, 10]]]]))
    array([[[[40., 51.],
             [73., 84.]]]])
    """
    name, settings = "conv2d_weight", (stride, padding, dilation, groups)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    (rows, columns), groups = _geometry.backward(name, 2, x.shape, weight_size, g, settings)
    return _lowering.weigh(x, g, rows, columns, groups)


def conv3d_input(input_size, weight, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv3d` with respect to its input.

    .. math::
        dx[n, c, h S + t D, i S + u D, j S + v D] \mathrel{+}= g[n, o, h, i, j]\; w[o, c, t, u, v]

    Shapes:
        weight (O, C/groups, KT, KH, KW), grad_output (N, O, OT, OH, OW)
        -> input_size (N, C, T, H, W)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv3d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv3d_input`.

    >>> conv3d_input((1, 1, 2, 1, 1), np.array([3, 5]).reshape(1, 1, 2, 1, 1), np.ones((1,) * 5))
    array([[[[[3.]],
             [[5.]]]]])
    """
    name, settings = "conv3d_input", (stride, padding, dilation, groups)
    weight, g = _checks.arrays(name, weight=weight, grad_output=grad_output)
    (deep, rows, columns), groups = _geometry.backward(
        name, 3, input_size, weight.shape, g, settings
    )
    return _volumes.spread(g, weight, deep, rows, columns, groups)


def conv3d_weight(input, weight_size, grad_output, stride=1, padding=0, dilation=1, groups=1):
    r"""Gradient of `conv3d` with respect to its weight: the input correlated with g.

    .. math::
        dw[o, c, t, u, v] = \sum_{n, h, i, j}
            g[n, o, h, i, j]\; x[n, c, h S + t D, i S + u D, j S + v D]

    Shapes:
        input (N, C, T, H, W), grad_output (N, O, OT, OH, OW)
        -> weight_size (O, C/groups, KT, KH, KW)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.
        stride, padding, dilation, groups: as in `conv3d`.

    Raises:
        ShapeError: the sizes, groups and grad_output do not belong to one forward pass.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Ji et al. (2013); `torch.nn.grad.conv3d_weight`.

    >>> volume = np.array([2, 3, 5]).reshape(1, 1, 3, 1, 1)
    >>> conv3d_weight(volume, (1, 1, 2, 1, 1), np.array([1, 10]).reshape(1, 1, 2, 1, 1)).ravel()
    array([32., 53.])
    """
    name, settings = "conv3d_weight", (stride, padding, dilation, groups)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    (deep, rows, columns), groups = _geometry.backward(name, 3, x.shape, weight_size, g, settings)
    return _volumes.weigh(x, g, deep, rows, columns, groups)


def conv_bias(grad_output):
    r"""Gradient of `conv1d`, `conv2d` or `conv3d` with respect to the bias.

    .. math:: db[o] = \sum_{n, i, j} g[n, o, i, j]

    Shapes:
        grad_output (N, O, ...) -> (O,)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        ShapeError: grad_output has fewer than two axes.
        ArgumentError: an array does not hold real numbers.

    References:
        LeCun et al. (1989). The bias goes into every output of its filter, so it collects them all.

    >>> conv_bias(np.arange(8).reshape(1, 2, 2, 2))
    array([ 6., 22.])
    """
    (g,) = _checks.arrays("conv_bias", grad_output=grad_output)
    if g.ndim < 2:
        fix = "pass the gradient of a whole batch, (N, O, ...)."
        shapes = ("grad_output", g.shape, "expected (N, O, ...)")
        raise _checks.misfit("conv_bias", "grad_output has too few axes.", fix, shapes)
    return g.sum(axis=(0, *range(2, g.ndim)))
