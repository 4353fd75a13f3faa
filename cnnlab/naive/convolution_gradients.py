"""Gradients of the convolution layers, named as in `torch.nn.grad`.

Every pixel that was multiplied by a weight receives that weight times the gradient of the sum they
went into; every weight receives the pixel times that gradient.
"""

import numpy as np

from cnnlab.naive._arguments import borders, cropped, tuple_of, zero_padded


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv1d_input` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv1d_input`.

    >>> conv1d_input((1, 1, 4), np.array([[[1, 10]]]), np.array([[[1, 2, 3]]]))
    array([[[ 1., 12., 23., 30.]]])
    """
    (S,), (D,) = tuple_of(stride, 1), tuple_of(dilation, 1)
    O, C, K = weight.shape
    sides = borders(padding, (K,), (D,))
    dx = zero_padded(np.zeros(input_size), sides)
    for n, o, i in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, u in np.ndindex(C, K):
            dx[n, first + c, i * S + u * D] += grad_output[n, o, i] * weight[o, c, u]
    return cropped(dx, sides)


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv1d_weight` checks them.

    References:
        LeCun et al. (1989); `torch.nn.grad.conv1d_weight`.

    >>> conv1d_weight(np.array([[[1, 2, 4, 7]]]), (1, 1, 2), np.array([[[1, 10, 100]]]))
    array([[[421., 742.]]])
    """
    (S,), (D,) = tuple_of(stride, 1), tuple_of(dilation, 1)
    O, C, K = weight_size
    x = zero_padded(input, borders(padding, (K,), (D,)))
    dw = np.zeros(weight_size)
    for n, o, i in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, u in np.ndindex(C, K):
            dw[o, c, u] += grad_output[n, o, i] * x[n, first + c, i * S + u * D]
    return dw


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv2d_input` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv2d_input`.

    >>> conv2d_input((1, 1, 2, 3), np.array([[[[1, 10], [100, 1000]]]]), np.array([[[[1, 2]]]]))
    array([[[[1.0e+00, 1.2e+01, 2.0e+01],
             [1.0e+02, 1.2e+03, 2.0e+03]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    O, C, KH, KW = weight.shape
    sides = borders(padding, (KH, KW), (DH, DW))
    dx = zero_padded(np.zeros(input_size), sides)
    for n, o, i, j in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, u, v in np.ndindex(C, KH, KW):
            spread = grad_output[n, o, i, j] * weight[o, c, u, v]
            dx[n, first + c, i * SH + u * DH, j * SW + v * DW] += spread
    return cropped(dx, sides)


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv2d_weight` checks them.

    References:
        LeCun et al. (1989); `torch.nn.grad.conv2d_weight`.

    >>> image = np.arange(9).reshape(1, 1, 3, 3)
    >>> conv2d_weight(image, (1, 1, 2, 2), np.array([[[[1, 0], [0, 10]]]]))
    array([[[[40., 51.],
             [73., 84.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    O, C, KH, KW = weight_size
    x = zero_padded(input, borders(padding, (KH, KW), (DH, DW)))
    dw = np.zeros(weight_size)
    for n, o, i, j in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, u, v in np.ndindex(C, KH, KW):
            pixel = x[n, first + c, i * SH + u * DH, j * SW + v * DW]
            dw[o, c, u, v] += grad_output[n, o, i, j] * pixel
    return dw


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv3d_input` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; `torch.nn.grad.conv3d_input`.

    >>> conv3d_input((1, 1, 2, 1, 1), np.array([3, 5]).reshape(1, 1, 2, 1, 1), np.ones((1,) * 5))
    array([[[[[3.]],
             [[5.]]]]])
    """
    (ST, SH, SW), (DT, DH, DW) = tuple_of(stride, 3), tuple_of(dilation, 3)
    O, C, *K = weight.shape
    sides = borders(padding, K, (DT, DH, DW))
    dx = zero_padded(np.zeros(input_size), sides)
    for n, o, h, i, j in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, t, u, v in np.ndindex(C, *K):
            spread = grad_output[n, o, h, i, j] * weight[o, c, t, u, v]
            dx[n, first + c, h * ST + t * DT, i * SH + u * DH, j * SW + v * DW] += spread
    return cropped(dx, sides)


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv3d_weight` checks them.

    References:
        Ji et al. (2013); `torch.nn.grad.conv3d_weight`.

    >>> volume = np.array([2, 3, 5]).reshape(1, 1, 3, 1, 1)
    >>> conv3d_weight(volume, (1, 1, 2, 1, 1), np.array([1, 10]).reshape(1, 1, 2, 1, 1)).ravel()
    array([32., 53.])
    """
    (ST, SH, SW), (DT, DH, DW) = tuple_of(stride, 3), tuple_of(dilation, 3)
    O, C, *K = weight_size
    x = zero_padded(input, borders(padding, K, (DT, DH, DW)))
    dw = np.zeros(weight_size)
    for n, o, h, i, j in np.ndindex(grad_output.shape):
        first = o // (O // groups) * C
        for c, t, u, v in np.ndindex(C, *K):
            voxel = x[n, first + c, h * ST + t * DT, i * SH + u * DH, j * SW + v * DW]
            dw[o, c, t, u, v] += grad_output[n, o, h, i, j] * voxel
    return dw


def conv_bias(grad_output):
    r"""Gradient of `conv1d`, `conv2d` or `conv3d` with respect to the bias.

    .. math:: db[o] = \sum_{n, i, j} g[n, o, i, j]

    Shapes:
        grad_output (N, O, ...) -> (O,)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        ValueError: grad_output has fewer than two axes.

    References:
        LeCun et al. (1989). The bias goes into every output of its filter, so it collects them all.

    >>> conv_bias(np.arange(8).reshape(1, 2, 2, 2))
    array([ 6., 22.])
    """
    N, O, *_ = grad_output.shape
    db = np.zeros(O)
    for n, o, *place in np.ndindex(grad_output.shape):
        db[o] += grad_output[(n, o, *place)]
    return db
