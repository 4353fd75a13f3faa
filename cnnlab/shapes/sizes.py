"""Output sizes along one axis. Two-dimensional layers ask once for rows and once for columns."""

from cnnlab.errors import ArgumentError, ShapeError

Padding = int | str


def conv_output_size(
    size: int, kernel_size: int, stride: int = 1, padding: Padding = 0, dilation: int = 1
) -> int:
    r"""How many places a kernel finds along one axis.

    .. math:: o = \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1

    Shapes: one axis, sizes in pixels.
    Parameters, all in pixels: ``size`` i, at least 1; ``kernel_size`` k, at least 1; ``stride`` s,
    at least 1; ``padding`` p on either side, at least 0, or "valid" (none) or "same" (as much as
    keeps the size, for stride 1); ``dilation`` d, at least 1, where 1 means no gap.

    Raises: `ArgumentError` for a number out of its range; `ShapeError` if the kernel is larger than
    the padded input.

    >>> conv_output_size(32, 3)                        # 32 - 3 + 1
    30
    >>> conv_output_size(224, 7, stride=2, padding=3)  # floor(223 / 2) + 1
    112

    References: Dumoulin and Visin (2016), arXiv:1603.07285, relationship 15.
    """
    _check(size=size, kernel_size=kernel_size, stride=stride, dilation=dilation)
    if padding == "same":
        if stride != 1:
            raise ArgumentError(
                f'padding="same" needs stride 1, got stride {stride}. Give the padding in pixels.'
            )
        return size
    pixels = _pixels(padding)
    span = dilation * (kernel_size - 1) + 1
    room = size + 2 * pixels - span
    if room < 0:
        raise ShapeError(
            f"A kernel that spans {span} pixels does not fit an input of {size} with {pixels} "
            f"padded on either side. Use a smaller kernel or at least {-(room // 2)} more padding."
        )
    return room // stride + 1


def conv_transpose_output_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    r"""The size that a transposed convolution makes along one axis.

    .. math:: o = (i - 1) s - 2p + d(k - 1) + p_{out} + 1

    Shapes: one axis, sizes in pixels.
    Parameters as `conv_output_size`; ``output_padding`` adds rows at the end, and is smaller than
    the stride or the dilation.

    Raises: `ArgumentError` for a number out of its range; `ShapeError` if nothing would be left.

    >>> conv_transpose_output_size(2, 4, stride=3)     # (2 - 1) * 3 + 4
    7

    References: Dumoulin and Visin (2016), arXiv:1603.07285, relationship 14.
    """
    _check(size=size, kernel_size=kernel_size, stride=stride, dilation=dilation)
    pixels = _pixels(padding)
    if not 0 <= output_padding < max(stride, dilation):
        raise ArgumentError(
            "output_padding must be at least 0 and smaller than the stride or the dilation "
            f"({max(stride, dilation)}), got {output_padding}."
        )
    output = (size - 1) * stride - 2 * pixels + dilation * (kernel_size - 1) + output_padding + 1
    if output < 1:
        raise ShapeError(
            f"Padding {pixels} cuts the whole output away: the size would be {output}. "
            "Use less padding."
        )
    return output


def pool_output_size(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    r"""How many windows a pooling layer has along one axis.

    .. math:: o = \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1

    With ``ceil_mode`` the fraction is rounded up, so that the last pixels are not left out, unless
    the last window would start in the padding behind them.

    Shapes: one axis, sizes in pixels.
    Parameters as `conv_output_size`; ``stride`` is the kernel size unless it is given; ``padding``
    is at most half the kernel size.

    Raises: `ArgumentError` for a number out of its range; `ShapeError` if no window fits.

    >>> pool_output_size(26, 2)
    13
    >>> pool_output_size(112, 3, stride=2), pool_output_size(112, 3, stride=2, ceil_mode=True)
    (55, 56)

    References: the page of ``torch.nn.MaxPool2d``.
    """
    stride = kernel_size if stride is None else stride
    if _pixels(padding) > kernel_size // 2:
        raise ArgumentError(
            f"The padding of a pooling layer is at most half its kernel size ({kernel_size}), "
            f"got {padding}."
        )
    output = conv_output_size(size, kernel_size, stride, padding, dilation)
    rest = (size + 2 * padding - dilation * (kernel_size - 1) - 1) % stride
    if ceil_mode and rest and output * stride < size + padding:
        return output + 1
    return output


def _check(**numbers: int) -> None:
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 1:
            raise ArgumentError(f"{name} must be a whole number of at least 1, got {number!r}.")


def _pixels(padding: Padding) -> int:
    if padding == "valid":
        return 0
    if isinstance(padding, str) or padding < 0:
        raise ArgumentError(
            'padding must be a number of pixels, at least 0, or "valid" or "same"; '
            f"got {padding!r}."
        )
    return padding
