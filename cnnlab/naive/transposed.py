"""Transposed convolution: every input pixel stamps the kernel onto the output."""

import numpy as np

from cnnlab.naive._arguments import borders, cropped, tuple_of, zero_padded


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
        IndexError: channels and groups do not fit; `cnnlab.functional` checks everything.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; names as in
        `torch.nn.functional.conv_transpose1d`.

    >>> conv_transpose1d(np.array([[[1, 10, 100]]]), np.array([[[1, 2, 3]]]), stride=2)
    array([[[  1.,   2.,  13.,  20., 130., 200., 300.]]])
    """
    (S,), (D,), (A,) = tuple_of(stride, 1), tuple_of(dilation, 1), tuple_of(output_padding, 1)
    N, C, L = input.shape
    _, O, K = weight.shape
    y = np.zeros((N, O * groups, (L - 1) * S + D * (K - 1) + A + 1))
    for n, c, i in np.ndindex(input.shape):
        first = c // (C // groups) * O
        for o, u in np.ndindex(O, K):
            y[n, first + o, i * S + u * D] += input[n, c, i] * weight[c, o, u]
    y = cropped(y, borders(padding, (K,), (D,)))
    return y if bias is None else y + np.reshape(bias, (-1, 1))


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
        IndexError: channels and groups do not fit; `cnnlab.functional` checks everything.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4; Zeiler et al. (2010),
        "Deconvolutional networks"; names as in `torch.nn.functional.conv_transpose2d`.

    >>> image = np.array([[[[1, 10], [100, 1000]]]])
    >>> conv_transpose2d(image, np.array([[[[1, 2]]]]))
    array([[[[1.0e+00, 1.2e+01, 2.0e+01],
             [1.0e+02, 1.2e+03, 2.0e+03]]]])
    """
    (SH, SW), (DH, DW), A = tuple_of(stride, 2), tuple_of(dilation, 2), tuple_of(output_padding, 2)
    N, C, H, W = input.shape
    _, O, KH, KW = weight.shape
    OH, OW = (H - 1) * SH + DH * (KH - 1) + A[0] + 1, (W - 1) * SW + DW * (KW - 1) + A[1] + 1
    y = np.zeros((N, O * groups, OH, OW))
    for n, c, i, j in np.ndindex(input.shape):
        first = c // (C // groups) * O
        for o, u, v in np.ndindex(O, KH, KW):
            stamp = input[n, c, i, j] * weight[c, o, u, v]
            y[n, first + o, i * SH + u * DH, j * SW + v * DW] += stamp
    y = cropped(y, borders(padding, (KH, KW), (DH, DW)))
    return y if bias is None else y + np.reshape(bias, (-1, 1, 1))


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[1, 2, 3, 4, 5]]])
    >>> conv_transpose1d_input((1, 1, 2), np.array([[[1, 10, 100]]]), g, stride=2)
    array([[[321., 543.]]])
    """
    (S,), (D,) = tuple_of(stride, 1), tuple_of(dilation, 1)
    C, O, K = weight.shape
    g = zero_padded(grad_output, borders(padding, (K,), (D,)))
    dx = np.zeros(input_size)
    for n, c, i in np.ndindex(dx.shape):
        first = c // (C // groups) * O
        for o, u in np.ndindex(O, K):
            dx[n, c, i] += g[n, first + o, i * S + u * D] * weight[c, o, u]
    return dx


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[1, 2, 3, 4, 5]]])
    >>> conv_transpose1d_weight(np.array([[[1, 10]]]), (1, 1, 3), g, stride=2)
    array([[[31., 42., 53.]]])
    """
    (S,), (D,) = tuple_of(stride, 1), tuple_of(dilation, 1)
    C, O, K = weight_size
    g = zero_padded(grad_output, borders(padding, (K,), (D,)))
    dw = np.zeros(weight_size)
    for n, c, i in np.ndindex(input.shape):
        first = c // (C // groups) * O
        for o, u in np.ndindex(O, K):
            dw[c, o, u] += input[n, c, i] * g[n, first + o, i * S + u * D]
    return dw


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> weight = np.array([[[[1, 10], [100, 1000]]]])
    >>> conv_transpose2d_input((1, 1, 1, 2), weight, np.array([[[[1, 2, 3], [4, 5, 6]]]]))
    array([[[[5421., 6532.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    C, O, KH, KW = weight.shape
    g = zero_padded(grad_output, borders(padding, (KH, KW), (DH, DW)))
    dx = np.zeros(input_size)
    for n, c, i, j in np.ndindex(dx.shape):
        first = c // (C // groups) * O
        for o, u, v in np.ndindex(O, KH, KW):
            part = g[n, first + o, i * SH + u * DH, j * SW + v * DW]
            dx[n, c, i, j] += part * weight[c, o, u, v]
    return dx


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.

    >>> g = np.array([[[[1, 2, 3], [4, 5, 6]]]])
    >>> conv_transpose2d_weight(np.array([[[[1, 10]]]]), (1, 1, 2, 2), g)
    array([[[[21., 32.],
             [54., 65.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    C, O, KH, KW = weight_size
    g = zero_padded(grad_output, borders(padding, (KH, KW), (DH, DW)))
    dw = np.zeros(weight_size)
    for n, c, i, j in np.ndindex(input.shape):
        first = c // (C // groups) * O
        for o, u, v in np.ndindex(O, KH, KW):
            part = g[n, first + o, i * SH + u * DH, j * SW + v * DW]
            dw[c, o, u, v] += input[n, c, i, j] * part
    return dw
