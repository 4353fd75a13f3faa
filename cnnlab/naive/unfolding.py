"""Windows as columns, columns as windows, and a convolution as one matrix."""

import numpy as np

from cnnlab.naive._arguments import borders, cropped, tuple_of, zero_padded


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
        ValueError: the window does not fit. `cnnlab.functional.unfold` checks everything.

    References:
        Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for
        document processing"; order of the arguments as in `torch.nn.functional.unfold`.

    >>> unfold(np.arange(9).reshape(1, 1, 3, 3), 2)
    array([[[0., 1., 3., 4.],
            [1., 2., 4., 5.],
            [3., 4., 6., 7.],
            [4., 5., 7., 8.]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    KH, KW = tuple_of(kernel_size, 2)
    x = zero_padded(input, borders(padding, (KH, KW), (DH, DW)))
    N, C, H, W = x.shape
    OH, OW = (H - DH * (KH - 1) - 1) // SH + 1, (W - DW * (KW - 1) - 1) // SW + 1
    y = np.zeros((N, C, KH, KW, OH, OW))
    for n, c, u, v, i, j in np.ndindex(y.shape):
        y[n, c, u, v, i, j] = x[n, c, i * SH + u * DH, j * SW + v * DW]
    return y.reshape(N, C * KH * KW, OH * OW)


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
        ValueError: the columns do not fit. `cnnlab.functional.fold` checks everything.

    References:
        Order of the arguments as in `torch.nn.functional.fold`.

    >>> fold(np.ones((1, 4, 4)), 3, 2)
    array([[[[1., 2., 1.],
             [2., 4., 2.],
             [1., 2., 1.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    (H, W), (KH, KW) = tuple_of(output_size, 2), tuple_of(kernel_size, 2)
    N, C = input.shape[0], input.shape[1] // (KH * KW)
    sides = borders(padding, (KH, KW), (DH, DW))
    y = zero_padded(np.zeros((N, C, H, W)), sides)
    OH = (y.shape[2] - DH * (KH - 1) - 1) // SH + 1
    OW = (y.shape[3] - DW * (KW - 1) - 1) // SW + 1
    x = input.reshape(N, C, KH, KW, OH, OW)
    for n, c, u, v, i, j in np.ndindex(x.shape):
        y[n, c, i * SH + u * DH, j * SW + v * DW] += x[n, c, u, v, i, j]
    return cropped(y, sides)


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
        ValueError: the kernel does not fit. `cnnlab.functional.conv2d_matrix` checks everything.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 4.1.

    >>> conv2d_matrix((1, 1, 4), np.array([[[[-1, 1]]]]))
    array([[-1.,  1.,  0.,  0.],
           [ 0., -1.,  1.,  0.],
           [ 0.,  0., -1.,  1.]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    O, C, KH, KW = weight.shape
    sides = borders(padding, (KH, KW), (DH, DW))
    _, H, W = zero_padded(np.zeros(input_size), sides).shape
    OH, OW = (H - DH * (KH - 1) - 1) // SH + 1, (W - DW * (KW - 1) - 1) // SW + 1
    A = np.zeros((O, OH, OW, input_size[0], H, W))
    for o, i, j, c, u, v in np.ndindex(O, OH, OW, C, KH, KW):
        first = o // (O // groups) * C
        A[o, i, j, first + c, i * SH + u * DH, j * SW + v * DW] = weight[o, c, u, v]
    return cropped(A, sides).reshape(O * OH * OW, -1)
