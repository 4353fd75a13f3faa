"""Convolution layers on batches: 1-D, 2-D and 3-D. Deep learning's convolution is correlation."""

from cnnlab.functional import _checks, _geometry, _lowering, _volumes


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
        ShapeError: axes, channels or bias do not fit, or the kernel exceeds the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        LeCun et al. (1989), "Backpropagation applied to handwritten zip code recognition";
        names as in `torch.nn.functional.conv1d`.

    >>> conv1d(np.array([[[1, 2, 4, 7, 11]]]), np.array([[[-1, 1]]]))
    array([[[1., 2., 3., 4.]]])
    """
    input, weight, bias = _checks.arrays("conv1d", input=input, weight=weight, bias=bias)
    (columns,), groups = _geometry.forward(
        "conv1d", 1, input, weight, bias, stride, padding, dilation, groups
    )
    rows = _lowering.plain(1)
    y = _lowering.correlate(input[:, :, None], weight[:, :, None], bias, rows, columns, groups)
    return y[:, :, 0]


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
        ShapeError: axes, channels or bias do not fit, or the kernel exceeds the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 2; dilation: Yu & Koltun (2016),
        arXiv:1511.07122; groups: Krizhevsky et al. (2012), section 3.5. Names as in
        `torch.nn.functional.conv2d`.

    >>> image = np.arange(9).reshape(1, 1, 3, 3)
    >>> conv2d(image, np.arange(4).reshape(1, 1, 2, 2), bias=np.array([1]))
    array([[[[20., 26.],
             [38., 44.]]]])
    """
    input, weight, bias = _checks.arrays("conv2d", input=input, weight=weight, bias=bias)
    (rows, columns), groups = _geometry.forward(
        "conv2d", 2, input, weight, bias, stride, padding, dilation, groups
    )
    return _lowering.correlate(input, weight, bias, rows, columns, groups)


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
        ShapeError: axes, channels or bias do not fit, or the kernel exceeds the padded input.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Ji et al. (2013), "3D convolutional neural networks for human action recognition"; names as
        in `torch.nn.functional.conv3d`.

    >>> conv3d(np.arange(8).reshape(1, 1, 2, 2, 2), np.ones((1, 1, 2, 2, 2))).item()
    28.0
    """
    input, weight, bias = _checks.arrays("conv3d", input=input, weight=weight, bias=bias)
    (deep, rows, columns), groups = _geometry.forward(
        "conv3d", 3, input, weight, bias, stride, padding, dilation, groups
    )
    return _volumes.correlate(input, weight, bias, deep, rows, columns, groups)
