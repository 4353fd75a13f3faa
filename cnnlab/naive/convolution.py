"""Convolution layers on batches: 1-D, 2-D and 3-D. Deep learning's convolution is correlation."""

import numpy as np

from cnnlab.naive._arguments import borders, tuple_of, zero_padded


def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    r"""Slide every filter along every signal of a batch and add up over the channels.

    .. math:: y[n, o, i] = b[o] + \sum_{c, u} x[n, c, i S + u D]\; w[o, c, u]

    Here x is the input with zeros at both ends, and c runs over the channels of o's group.

    Shapes:
        input (N, C, L), weight (O, C/groups, K), bias (O,) -> (N, O, OL), where
        OL = floor((L + 2 padding - dilation (K - 1) - 1) / stride) + 1.

    Parameters:
        input: a batch of signals.
        weight: one filter for each output channel.
        bias: one number for each output channel; None stands for zeros.
        stride: S, steps between two places of the kernel, 1 or more.
        padding: zeros at each end, 0 or more; or "valid" (none), or "same" (as long as the input;
            stride 1).
        dilation: D, steps between two weights of the kernel, 1 or more.
        groups: channels and filters fall into so many groups that do not see each other.

    Raises:
        ValueError: the kernel does not fit. `cnnlab.functional.conv1d` checks everything.

    References:
        LeCun et al. (1989), "Backpropagation applied to handwritten zip code recognition";
        names as in `torch.nn.functional.conv1d`.

    >>> conv1d(np.array([[[1, 2, 4, 7, 11]]]), np.array([[[-1, 1]]]))
    array([[[1., 2., 3., 4.]]])
    """
    (S,), (D,) = tuple_of(stride, 1), tuple_of(dilation, 1)
    O, C, K = weight.shape
    x = zero_padded(input, borders(padding, (K,), (D,)))
    N, _, L = x.shape
    y = np.zeros((N, O, (L - D * (K - 1) - 1) // S + 1))
    for n, o, i in np.ndindex(y.shape):
        first = o // (O // groups) * C
        for c, u in np.ndindex(C, K):
            y[n, o, i] += x[n, first + c, i * S + u * D] * weight[o, c, u]
        if bias is not None:
            y[n, o, i] += bias[o]
    return y


def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    r"""Slide every filter over every image of a batch and add up over the channels.

    .. math:: y[n, o, i, j] = b[o] + \sum_{c, u, v} x[n, c, i S + u D, j S + v D]\; w[o, c, u, v]

    Here x is the input with zeros around it, and c runs over the channels of o's group.

    Shapes:
        input (N, C, H, W), weight (O, C/groups, KH, KW), bias (O,) -> (N, O, OH, OW), where
        OH = floor((H + 2 padding - dilation (KH - 1) - 1) / stride) + 1; OW likewise.

    Parameters:
        input: a batch of images.
        weight: one filter for each output channel.
        bias: one number for each output channel; None stands for zeros.
        stride: S, pixels between two places of the kernel, 1 or more; a pair is (down, across).
        padding: pixels of zeros on each side, 0 or more; or "valid" (none), or "same" (as large as
            the input; stride 1).
        dilation: D, pixels between two weights of the kernel, 1 or more.
        groups: channels and filters fall into so many groups that do not see each other; as many
            groups as channels is the depthwise convolution.

    Raises:
        ValueError: the kernel does not fit. `cnnlab.functional.conv2d` checks everything.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 2; dilation: Yu & Koltun (2016),
        arXiv:1511.07122; groups: Krizhevsky et al. (2012), section 3.5. Names as in
        `torch.nn.functional.conv2d`.

    >>> image = np.arange(9).reshape(1, 1, 3, 3)
    >>> conv2d(image, np.arange(4).reshape(1, 1, 2, 2), bias=np.array([1]))
    array([[[[20., 26.],
             [38., 44.]]]])
    """
    (SH, SW), (DH, DW) = tuple_of(stride, 2), tuple_of(dilation, 2)
    O, C, KH, KW = weight.shape
    x = zero_padded(input, borders(padding, (KH, KW), (DH, DW)))
    N, _, H, W = x.shape
    y = np.zeros((N, O, (H - DH * (KH - 1) - 1) // SH + 1, (W - DW * (KW - 1) - 1) // SW + 1))
    for n, o, i, j in np.ndindex(y.shape):
        first = o // (O // groups) * C
        for c, u, v in np.ndindex(C, KH, KW):
            pixel = x[n, first + c, i * SH + u * DH, j * SW + v * DW]
            y[n, o, i, j] += pixel * weight[o, c, u, v]
        if bias is not None:
            y[n, o, i, j] += bias[o]
    return y


def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    r"""Slide every filter through every volume of a batch, along depth as well.

    .. math::
        y[n, o, h, i, j] = b[o]
            + \sum_{c, t, u, v} x[n, c, h S + t D, i S + u D, j S + v D]\; w[o, c, t, u, v]

    Here x is the input with zeros around it, and c runs over the channels of o's group.

    Shapes:
        input (N, C, T, H, W), weight (O, C/groups, KT, KH, KW), bias (O,) -> (N, O, OT, OH, OW),
        every size as in `conv2d`.

    Parameters:
        input: a batch of volumes, T slices deep.
        weight: one filter for each output channel.
        bias: one number for each output channel; None stands for zeros.
        stride: S, voxels between two places of the kernel, 1 or more.
        padding: voxels of zeros on each side, 0 or more; or "valid" (none), or "same" (stride 1).
        dilation: D, voxels between two weights of the kernel, 1 or more.
        groups: channels and filters fall into so many groups that do not see each other.

    Raises:
        ValueError: the kernel does not fit. `cnnlab.functional.conv3d` checks everything.

    References:
        Ji et al. (2013), "3D convolutional neural networks for human action recognition"; names as
        in `torch.nn.functional.conv3d`.

    >>> conv3d(np.arange(8).reshape(1, 1, 2, 2, 2), np.ones((1, 1, 2, 2, 2))).item()
    28.0
    """
    (ST, SH, SW), (DT, DH, DW) = tuple_of(stride, 3), tuple_of(dilation, 3)
    O, C, KT, KH, KW = weight.shape
    x = zero_padded(input, borders(padding, (KT, KH, KW), (DT, DH, DW)))
    N, _, T, H, W = x.shape
    OT, OH = (T - DT * (KT - 1) - 1) // ST + 1, (H - DH * (KH - 1) - 1) // SH + 1
    y = np.zeros((N, O, OT, OH, (W - DW * (KW - 1) - 1) // SW + 1))
    for n, o, h, i, j in np.ndindex(y.shape):
        first = o // (O // groups) * C
        for c, t, u, v in np.ndindex(C, KT, KH, KW):
            voxel = x[n, first + c, h * ST + t * DT, i * SH + u * DH, j * SW + v * DW]
            y[n, o, h, i, j] += voxel * weight[o, c, t, u, v]
        if bias is not None:
            y[n, o, h, i, j] += bias[o]
    return y
