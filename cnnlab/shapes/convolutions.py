"""Convolutions as data: shared, not shared, and transposed kernels."""

from dataclasses import dataclass
from math import prod

from cnnlab.errors import ShapeError
from cnnlab.shapes.layers import Layer, Pair, Shape, Size, pair
from cnnlab.shapes.sizes import Padding, conv_output_size, conv_transpose_output_size


@dataclass(frozen=True)
class Conv(Layer):
    r"""A convolution, its kernels shared by all places.

    It learns :math:`(C / g \cdot K_H \cdot K_W + 1) \cdot F` numbers, without the 1 if it has no
    bias, and multiplies :math:`F \cdot OH \cdot OW \cdot C / g \cdot K_H \cdot K_W` times.

    Shapes: (C, H, W) -> (F, OH, OW), sizes as `conv_output_size`

    Parameters: ``filters`` F; ``groups`` g, which divides C and F; ``kernel_size``, ``stride``,
    ``padding`` and ``dilation`` as in `cnnlab.functional.conv2d`.
    Raises: `ShapeError` where it does not fit; `ArgumentError` for numbers out of their range.

    >>> Conv(10, 5).output_shape((3, 32, 32)), Conv(10, 5).parameters((3, 32, 32))
    ((10, 28, 28), 760)

    References: Dumoulin and Visin (2016), arXiv:1603.07285, section 2; ``torch.nn.Conv2d``.
    """

    filters: int
    kernel_size: Size
    stride: Size = 1
    padding: Size | str = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        channels, height, width = self._maps(shape)
        if channels % self.groups or self.filters % self.groups:
            raise ShapeError(
                f"{self.title}: {self.groups} groups must divide the {channels} channels and the "
                f"{self.filters} filters."
            )
        return self.filters, *self._sizes((height, width))

    def parameters(self, shape: Shape) -> int:
        return self.filters * (self._products(shape) + self.bias)

    def multiplications(self, shape: Shape) -> int:
        return prod(self.output_shape(shape)) * self._products(shape)

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        (kh, kw), (dh, dw) = pair(self.kernel_size), pair(self.dilation)
        return (dh * (kh - 1) + 1, dw * (kw - 1) + 1), pair(self.stride)

    def depth(self) -> int:
        return 1

    @property
    def title(self) -> str:
        kh, kw = pair(self.kernel_size)
        return f"conv {kh}×{kw}, {self.filters}" + (f", groups {self.groups}" * (self.groups > 1))

    def _products(self, shape: Shape) -> int:
        return self._maps(shape)[0] // self.groups * prod(pair(self.kernel_size))

    def _sizes(self, size: Pair) -> Pair:
        padding = self.padding
        paddings: tuple[Padding, Padding] = (
            (padding, padding) if isinstance(padding, str) else pair(padding)
        )
        height, width = (
            conv_output_size(*axis)
            for axis in zip(
                size,
                pair(self.kernel_size),
                pair(self.stride),
                paddings,
                pair(self.dilation),
                strict=True,
            )
        )
        return height, width


@dataclass(frozen=True)
class LocallyConnected(Conv):
    r"""A convolution whose kernels are not shared: every place has its own.

    It learns :math:`OH \cdot OW` times as many numbers as `Conv`.

    Shapes: (C, H, W) -> (F, OH, OW)
    Parameters and Raises: as `Conv`.

    >>> LocallyConnected(96, 11, stride=4).parameters((3, 227, 227))   # 290,400 x 364
    105705600

    References: Taigman et al. (2014), "DeepFace", CVPR, section 2.
    """

    def parameters(self, shape: Shape) -> int:
        return super().parameters(shape) * prod(self.output_shape(shape)[1:])

    @property
    def title(self) -> str:
        return super().title.replace("conv", "local")


@dataclass(frozen=True)
class ConvTranspose(Layer):
    r"""A transposed convolution: every input pixel lays its kernel on a larger output.

    .. math:: o = (i - 1) s - 2p + d(k - 1) + p_{out} + 1

    Shapes: (C, H, W) -> (F, OH, OW)

    Parameters: ``filters`` F; the others as in `cnnlab.functional.conv_transpose2d`.
    Raises: `ShapeError` where it does not fit; `ArgumentError` for numbers out of their range.

    >>> ConvTranspose(1, 4, stride=3).output_shape((1, 2, 2))
    (1, 7, 7)

    References: Dumoulin and Visin (2016), arXiv:1603.07285, section 4.
    """

    filters: int
    kernel_size: Size
    stride: Size = 1
    padding: Size = 0
    output_padding: Size = 0
    dilation: Size = 1
    bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        _, *size = self._maps(shape)
        fields = (
            self.kernel_size,
            self.stride,
            self.padding,
            self.output_padding,
            self.dilation,
        )
        sizes = (
            conv_transpose_output_size(*axis) for axis in zip(size, *map(pair, fields), strict=True)
        )
        return self.filters, *sizes

    def parameters(self, shape: Shape) -> int:
        return self.filters * (self._maps(shape)[0] * prod(pair(self.kernel_size)) + self.bias)

    def multiplications(self, shape: Shape) -> int:
        return prod(shape) * self.filters * prod(pair(self.kernel_size))

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        raise ShapeError(
            "The receptive field of a transposed convolution changes from pixel to pixel; "
            "ask for it up to the layer before."
        )

    def depth(self) -> int:
        return 1

    @property
    def title(self) -> str:
        kh, kw = pair(self.kernel_size)
        return f"conv transposed {kh}×{kw}, {self.filters}"
