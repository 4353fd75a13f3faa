"""Locally connected layers: windows as in a convolution, but every place has weights of its own."""

import numpy as np

from cnnlab.naive._arguments import borders, cropped, tuple_of, zero_padded


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
        IndexError: the sizes do not belong together. `cnnlab.functional.conv2d_local` checks them.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2, layers L4 to L6.

    >>> weight = np.array([1, 10, 100]).reshape(1, 3, 1, 1, 1, 1)
    >>> conv2d_local(np.array([[[[1, 2, 3]]]]), weight)
    array([[[[  1.,  20., 300.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    OH, OW, O, C, KH, KW = weight.shape
    x = zero_padded(input, borders(padding, (KH, KW), (DH, DW)))
    y = np.zeros((len(x), O, OH, OW))
    for n, o, i, j in np.ndindex(y.shape):
        for c, u, v in np.ndindex(C, KH, KW):
            pixel = x[n, c, i * SH + u * DH, j * SW + v * DW]
            y[n, o, i, j] += pixel * weight[i, j, o, c, u, v]
        if bias is not None:
            y[n, o, i, j] += bias[o, i, j]
    return y


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2.

    >>> weight = np.array([1, 10, 100]).reshape(1, 3, 1, 1, 1, 1)
    >>> conv2d_local_input((1, 1, 1, 3), weight, np.array([[[[3, 2, 1]]]]))
    array([[[[  3.,  20., 100.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    C, KH, KW = weight.shape[3:]
    sides = borders(padding, (KH, KW), (DH, DW))
    dx = zero_padded(np.zeros(input_size), sides)
    for n, o, i, j in np.ndindex(grad_output.shape):
        for c, u, v in np.ndindex(C, KH, KW):
            spread = grad_output[n, o, i, j] * weight[i, j, o, c, u, v]
            dx[n, c, i * SH + u * DH, j * SW + v * DW] += spread
    return cropped(dx, sides)


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
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Taigman et al. (2014), "DeepFace", section 3.2.

    >>> g = np.array([[[[3, 2, 1]]]])
    >>> conv2d_local_weight(np.array([[[[1, 10, 100]]]]), (1, 3, 1, 1, 1, 1), g).ravel()
    array([  3.,  20., 100.])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    x = zero_padded(input, borders(padding, weight_size[4:], (DH, DW)))
    dw = np.zeros(weight_size)
    for n in range(len(x)):
        for i, j, o, c, u, v in np.ndindex(dw.shape):
            pixel = x[n, c, i * SH + u * DH, j * SW + v * DW]
            dw[i, j, o, c, u, v] += grad_output[n, o, i, j] * pixel
    return dw
