"""Stacks of layers: blocks with branches, receptive fields, totals, and what a table lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cnnlab.errors import ShapeError
from cnnlab.shapes.convolutions import ConvTranspose
from cnnlab.shapes.layers import Layer, Pair, Shape
from cnnlab.shapes.tables import Row, Table


@dataclass(frozen=True)
class Block(Layer):
    r"""Paths side by side on the same input; their outputs are stacked or added.

    ``join`` is "concat" (along the channels, as in Inception and DenseNet) or "add" (ResNet). An
    empty path is the identity. Numbers to learn, and multiplications, are the sums of the paths'.

    Shapes: (C, H, W) -> (:math:`\sum_p F_p`, OH, OW) for "concat", the paths' own for "add"
    Raises: `ShapeError` if the outputs of the paths do not agree.

    >>> from cnnlab.shapes import Conv
    >>> Block("two sizes", ((Conv(4, 1),), (Conv(6, 3, padding=1),))).output_shape((3, 8, 8))
    (10, 8, 8)

    References: Szegedy et al. (2015), arXiv:1409.4842, section 4; He et al. (2016),
    arXiv:1512.03385, section 3.2.
    """

    name: str
    paths: tuple[tuple[Layer, ...], ...]
    join: str = "concat"

    def output_shape(self, shape: Shape) -> Shape:
        outputs = [_through(path, shape) for path in self.paths]
        alike = {output if self.join == "add" else output[1:] for output in outputs}
        if len(alike) != 1:
            raise ShapeError(
                f"{self.name}: the paths end in {outputs}, which do not {self.join}. "
                "Make strides and padding of all paths agree."
            )
        if self.join == "add":
            return outputs[0]
        return sum(output[0] for output in outputs), *outputs[0][1:]

    def parameters(self, shape: Shape) -> int:
        return sum(parameters(path, shape) for path in self.paths)

    def multiplications(self, shape: Shape) -> int:
        return sum(multiplications(path, shape) for path in self.paths)

    def window(self, shape: Shape) -> tuple[Pair, Pair]:
        """The window of the path that sees most."""
        return max(_window(path, shape) for path in self.paths)

    def depth(self) -> int:
        return max(depth(path) for path in self.paths)

    @property
    def title(self) -> str:
        return self.name


def table(stack: Iterable[Layer], input_shape: Shape, *, deep: bool = False) -> Table:
    """Every layer of a stack: the shape it makes, what it learns, multiplies and sees.

    The formulas are those of the layers. Shapes: ``input_shape`` (channels, height, width) or
    (features,).

    Parameters: ``stack``, layers in order; ``deep`` lists the layers inside the paths of a block
    instead of the block.

    Raises: `ShapeError` where a layer does not fit, naming its place in the stack.

    >>> from cnnlab.shapes import Conv, Flatten, Linear, Pool
    >>> print(table([Conv(8, 3), Pool(2), Flatten(), Linear(10)], (1, 28, 28)))
    layer         output   parameters  multiplications  sees
    --------------------------------------------------------
    input         1×28×28
    conv 3×3, 8   8×26×26          80           48,672   3×3
    max pool 2×2  8×13×13                                4×4
    flatten       1352                                   all
    linear, 10    10           13,530           13,520   all
    --------------------------------------------------------
    total                      13,610           62,192

    References: the counts as in torchvision's ``num_params`` and ``_ops``.
    """
    rows = _rows(tuple(stack), tuple(input_shape), ((1, 1), (1, 1)), deep)
    return Table(tuple(input_shape), tuple(rows))


def output_shape(stack: Iterable[Layer], input_shape: Shape) -> Shape:
    """The shape that leaves the stack: (channels, height, width) = each layer's, in turn.

    Shapes: ``input_shape`` (channels, height, width) or (features,)
    Raises: `ShapeError` where a layer does not fit, naming its place in the stack.

    >>> from cnnlab.shapes import Conv, Pool
    >>> output_shape([Conv(8, 3), Pool(2)], (1, 28, 28))
    (8, 13, 13)

    References: Dumoulin and Visin (2016), arXiv:1603.07285.
    """
    return _through(tuple(stack), tuple(input_shape))


def parameters(stack: Iterable[Layer], input_shape: Shape) -> int:
    r"""How many numbers the stack learns: :math:`\sum_l P_l` over its layers.

    Shapes: ``input_shape`` (channels, height, width) or (features,)
    Raises: `ShapeError` where a layer does not fit, naming its place in the stack.

    >>> from cnnlab.shapes import Conv
    >>> parameters([Conv(64, 1, bias=False)], (192, 28, 28))
    12288

    References: ``num_params`` of torchvision's models, with which the totals are compared.
    """
    return sum(layer.parameters(shape) for layer, shape in _walk(tuple(stack), tuple(input_shape)))


def multiplications(stack: Iterable[Layer], input_shape: Shape) -> int:
    r"""How many products one pass of one image takes: :math:`\sum_l M_l` over its layers.

    Additions are not counted.

    Shapes: ``input_shape`` (channels, height, width) or (features,)
    Raises: `ShapeError` where a layer does not fit, naming its place in the stack.

    >>> from cnnlab.shapes import Conv
    >>> multiplications([Conv(32, 5)], (192, 28, 28)) == 24 * 24 * 32 * 192 * 25
    True

    References: ``_ops`` of torchvision's models, with which the totals are compared.
    """
    walk = _walk(tuple(stack), tuple(input_shape))
    return sum(layer.multiplications(shape) for layer, shape in walk)


def depth(stack: Iterable[Layer]) -> int:
    r"""The longest chain of layers with kernels or matrices, as papers count: :math:`\sum_l d_l`.

    A layer that learns a kernel or a matrix has depth 1, a block that of its longest path.

    Shapes: none are needed.
    Raises: nothing.

    >>> from cnnlab.shapes import Conv, Linear, Pool
    >>> depth([Conv(8, 3), Pool(2), Linear(10)])
    2

    References: Simonyan and Zisserman (2014), arXiv:1409.1556, table 1.
    """
    return sum(layer.depth() for layer in stack)


def receptive_field(stack: Iterable[Layer], input_shape: Shape = (1, 1024, 1024)) -> Pair:
    r"""How many rows and columns of the input one output pixel depends on, borders aside.

    .. math:: r = 1 + \sum_l (k_l - 1) \prod_{m < l} s_m

    Layers with branches count by the path that sees most.

    Shapes: ``input_shape`` (channels, height, width), large enough for the stack

    Raises: `ShapeError` for a stack that flattens, or that does not fit the input.

    >>> from cnnlab.shapes import Conv
    >>> receptive_field([Conv(1, 3), Conv(1, 3)])      # two 3 x 3 see as far as one 5 x 5
    (5, 5)

    References: Araujo, Norris and Sim (2019), "Computing receptive fields of convolutional neural
    networks", Distill, doi:10.23915/distill.00021.
    """
    layers = tuple(stack)
    if len(_through(layers, tuple(input_shape))) != 3:
        raise ShapeError("receptive_field: after Flatten every number sees the whole input.")
    return _window(layers, tuple(input_shape))[0]


def _walk(stack: Sequence[Layer], shape: Shape) -> list[tuple[Layer, Shape]]:
    """Each layer with the shape that enters it."""
    pairs = []
    for place, layer in enumerate(stack):
        pairs.append((layer, shape))
        try:
            shape = layer.output_shape(shape)
        except ShapeError as error:
            raise ShapeError(f"Layer {place} ({layer.title}): {error}") from None
    return pairs


def _through(stack: Sequence[Layer], shape: Shape) -> Shape:
    walk = _walk(stack, shape)
    if not walk:
        return shape
    layer, shape = walk[-1]
    return layer.output_shape(shape)


def _grown(field: Pair, jump: Pair, window: tuple[Pair, Pair]) -> tuple[Pair, Pair]:
    """Receptive field and jump after one more window."""
    (kh, kw), (sh, sw) = window
    field = field[0] + (kh - 1) * jump[0], field[1] + (kw - 1) * jump[1]
    return field, (jump[0] * sh, jump[1] * sw)


def _window(stack: Sequence[Layer], shape: Shape) -> tuple[Pair, Pair]:
    """A whole stack as one window: what it sees, and how far the next output is away."""
    field, jump = (1, 1), (1, 1)
    for layer, entering in _walk(stack, shape):
        field, jump = _grown(field, jump, layer.window(entering))
    return field, jump


def _rows(
    stack: Sequence[Layer], shape: Shape, seen: tuple[Pair, Pair] | None, deep: bool
) -> list[Row]:
    rows = []
    for layer, entering in _walk(stack, shape):
        leaving = layer.output_shape(entering)
        if deep and isinstance(layer, Block):
            for path in layer.paths:
                rows += [_within(layer, row) for row in _rows(path, entering, seen, deep)]
        numbers = layer.parameters(entering), layer.multiplications(entering)
        if isinstance(layer, ConvTranspose):
            seen = None
        elif seen and len(entering) == 3:
            seen = _grown(*seen, layer.window(entering))
        if not (deep and isinstance(layer, Block)):
            sees = seen[0] if seen and len(leaving) == 3 else None
            rows.append(Row(layer.title, leaving, *numbers, sees))
    return rows


def _within(block: Layer, row: Row) -> Row:
    return Row(
        f"{block.title} / {row.title}",
        row.output_shape,
        row.parameters,
        row.multiplications,
        row.receptive_field,
    )
