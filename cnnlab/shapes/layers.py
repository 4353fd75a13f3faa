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
    """One step of a stack. Most layers learn nothing, multiply nothing and keep the shape.

    Every layer answers `output_shape`, `parameters`, `multiplications`, `window` and `depth`, the
    first four for the ``shape`` that enters it: (channels, height, width), or (features,).

    Raises: `ShapeError` in these methods, if the layer does not fit the shape.

    >>> Layer().output_shape((3, 8, 8)), Layer().parameters((3, 8, 8)), Layer().depth()
    ((3, 8, 8), 0, 0)
    """

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
    r"""Max or average pooling; ``learned`` adds the scale and shift a map of LeNet-5.

    .. math:: o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1

    Shapes: (C, H, W) -> (C, OH, OW)

    Parameters: ``kernel_size`` k, ``stride`` s (k if left out), ``padding`` p and ``ceil_mode``
    (round up) as in `cnnlab.functional.max_pool2d`; ``kind``, a word for the title.
    Raises: `ShapeError` where the window does not fit; `ArgumentError` for numbers out of range.

    >>> Pool(2).output_shape((8, 26, 26))
    (8, 13, 13)

    References: Dumoulin and Visin (2016), arXiv:1603.07285, section 3.
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
    r"""Average pooling to a given size, whatever the input's; size 1 is global pooling.

    Output i of o reads the rows from :math:`\lfloor i H / o \rfloor` up to, and without,
    :math:`\lceil (i + 1) H / o \rceil`; columns alike.

    Shapes: (C, H, W) -> (C, OH, OW)

    Parameters: ``output_size``, OH and OW, or one number for both.
    Raises: `ShapeError` if a shape enters that has not three numbers.

    >>> AdaptivePool(1).output_shape((1024, 7, 7))
    (1024, 1, 1)

    References: ``torch.nn.AdaptiveAvgPool2d``; Lin, Chen and Yan (2013), arXiv:1312.4400, section
    3.2, for global pooling.
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
    r"""All maps in one row: :math:`C \cdot H \cdot W` features.

    Shapes: (C, H, W) -> (C * H * W,)
    Raises: nothing.

    >>> Flatten().output_shape((2, 5, 5))
    (50,)

    References: ``torch.nn.Flatten``.
    """

    def output_shape(self, shape: Shape) -> Shape:
        return (prod(shape),)

    @property
    def title(self) -> str:
        return "flatten"


@dataclass(frozen=True)
class Linear(Layer):
    r"""A dense layer: :math:`(I + 1) \cdot O` numbers, without the 1 if it has no bias.

    Shapes: (I,) -> (O,)

    Parameters: ``features`` O, how many outputs; ``bias``, whether each has one.
    Raises: `ShapeError` if maps enter that were not flattened.

    >>> Linear(1024, bias=False).parameters((224 * 224 * 3,))
    154140672

    References: ``torch.nn.Linear``.
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
    r"""Batch normalisation learns a scale and a shift a channel: :math:`2 C` numbers.

    Its multiplications count as none: after training they fold into the convolution before it.

    >>> BatchNorm().parameters((64, 7, 7))
    128

    Shapes: (C, H, W) -> (C, H, W)
    Raises: nothing.
    References: Ioffe and Szegedy (2015), arXiv:1502.03167, section 3.2.
    """

    def parameters(self, shape: Shape) -> int:
        return 2 * shape[0]

    @property
    def title(self) -> str:
        return "batch norm"


@dataclass(frozen=True)
class Pointwise(Layer):
    """A layer that works number by number, y = f(x), and learns nothing: ReLU, dropout.

    Shapes: any, kept
    Parameters: ``kind``, a word for the title.
    Raises: nothing.

    >>> Pointwise("relu").output_shape((8, 26, 26))
    (8, 26, 26)

    References: ``torch.nn.ReLU``, ``torch.nn.Dropout``.
    """

    kind: str = "relu"

    @property
    def title(self) -> str:
        return self.kind
