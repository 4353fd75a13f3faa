"""Layers as data: what shape they make, how many numbers they learn, how often they multiply.

A shape is (channels, height, width), or (features,) after `Flatten`. No layer holds an array.
"""

from dataclasses import dataclass
from math import ceil, prod

from cnnlab.errors import ShapeError
from cnnlab.shapes.sizes import pool_output_size

Shape = tuple[int, ...]
Pair = tuple[int, int]
Size = int | Pair


def pair(size: Size) -> Pair:
    """One number stands for rows and columns.

    >>> pair(3), pair((3, 5))
    ((3, 3), (3, 5))
    """
    if isinstance(size, int):
        return size, size
    height, width = size
    return height, width


@dataclass(frozen=True)
class Layer:
    """One step of a stack. Most layers learn nothing, multiply nothing and keep the shape."""

    def output_shape(self, shape: Shape) -> Shape:
        return shape

    def parameters(self, shape: Shape) -> int:
        return 0

    def multiplications(self, shape: Shape) -> int:
        return 0

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        """How many pixels one output sees along each axis, and how far the next one is away."""
        return (1, 1), (1, 1)

    def depth(self) -> int:
        """1 if the layer has a matrix or kernels to learn, as networks' depths are counted."""
        return 0

    def _maps(self, shape: Shape) -> tuple[int, int, int]:
        if len(shape) != 3:
            raise ShapeError(
                f"{self.title}: needs an input of shape (channels, height, width), got {shape}."
            )
        channels, height, width = shape
        return channels, height, width

    @property
    def title(self) -> str:
        return type(self).__name__


@dataclass(frozen=True)
class Pool(Layer):
    """Max or average pooling; ``learned`` adds the scale and shift a map of LeNet-5.

    >>> Pool(2).output_shape((8, 26, 26))
    (8, 13, 13)
    """

    kernel_size: Size
    stride: Size | None = None
    padding: Size = 0
    ceil_mode: bool = False
    kind: str = "max"
    learned: bool = False

    def output_shape(self, shape: Shape) -> Shape:
        channels, *size = self._maps(shape)
        axes = zip(size, pair(self.kernel_size), self._stride, pair(self.padding), strict=True)
        sizes = (pool_output_size(*axis, ceil_mode=self.ceil_mode) for axis in axes)
        return channels, *sizes

    def parameters(self, shape: Shape) -> int:
        return 2 * self._maps(shape)[0] * self.learned

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        return pair(self.kernel_size), self._stride

    @property
    def title(self) -> str:
        kh, kw = pair(self.kernel_size)
        return f"{self.kind} pool {kh}×{kw}"

    @property
    def _stride(self) -> Pair:
        return pair(self.kernel_size if self.stride is None else self.stride)


@dataclass(frozen=True)
class AdaptivePool(Layer):
    """Average pooling to a given size, whatever the input's; size 1 is global pooling.

    >>> AdaptivePool(1).output_shape((1024, 7, 7))
    (1024, 1, 1)
    """

    output_size: Size = 1

    def output_shape(self, shape: Shape) -> Shape:
        return self._maps(shape)[0], *pair(self.output_size)

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        _, *size = self._maps(shape)
        (ih, iw), (oh, ow) = size, pair(self.output_size)
        return (ceil(ih / oh), ceil(iw / ow)), (max(1, ih // oh), max(1, iw // ow))

    @property
    def title(self) -> str:
        oh, ow = pair(self.output_size)
        return f"average pool to {oh}×{ow}"


@dataclass(frozen=True)
class Flatten(Layer):
    """All maps in one row.

    >>> Flatten().output_shape((2, 5, 5))
    (50,)
    """

    def output_shape(self, shape: Shape) -> Shape:
        return (prod(shape),)

    @property
    def title(self) -> str:
        return "flatten"


@dataclass(frozen=True)
class Linear(Layer):
    """A dense layer: (features + 1) · outputs numbers, without the 1 if it has no bias.

    >>> Linear(1024, bias=False).parameters((224 * 224 * 3,))
    154140672
    """

    features: int
    bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        if len(shape) != 1:
            raise ShapeError(
                f"{self.title}: needs one row of features, got {shape}. Flatten first."
            )
        return (self.features,)

    def parameters(self, shape: Shape) -> int:
        return self.features * (shape[0] + self.bias)

    def multiplications(self, shape: Shape) -> int:
        return self.features * shape[0]

    def depth(self) -> int:
        return 1

    @property
    def title(self) -> str:
        return f"linear, {self.features}"


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Batch normalisation learns a scale and a shift a channel.

    Its multiplications count as none: after training they fold into the convolution before it.

    >>> BatchNorm().parameters((64, 7, 7))
    128
    """

    def parameters(self, shape: Shape) -> int:
        return 2 * shape[0]

    @property
    def title(self) -> str:
        return "batch norm"


@dataclass(frozen=True)
class Pointwise(Layer):
    """A layer that neither learns nor changes the shape: ReLU, dropout, normalisation."""

    kind: str = "relu"

    @property
    def title(self) -> str:
        return self.kind
