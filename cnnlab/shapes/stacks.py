"""Stacks of layers: blocks with branches, receptive fields, totals, and the table of a network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from cnnlab.errors import ShapeError
from cnnlab.shapes.layers import Layer, Pair, Shape


@dataclass(frozen=True)
class Block(Layer):
    """Paths side by side on the same input; their outputs are stacked or added.

    ``join`` is "concat" (along the channels, as in Inception and DenseNet) or "add" (ResNet). An
    empty path is the identity.

    >>> from cnnlab.shapes import Conv
    >>> Block("two sizes", ((Conv(4, 1),), (Conv(6, 3, padding=1),))).output_shape((3, 8, 8))
    (10, 8, 8)
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


@dataclass(frozen=True)
class Row:
    """One layer in a table. ``receptive_field`` is None where a layer sees the whole input."""

    title: str
    output_shape: Shape
    parameters: int
    multiplications: int
    receptive_field: Pair | None


@dataclass(frozen=True)
class Table:
    """The rows of a network and their totals; prints as text, and as HTML in a notebook."""

    input_shape: Shape
    rows: tuple[Row, ...]

    HEADS = ("layer", "output", "parameters", "multiplications", "sees")

    @property
    def parameters(self) -> int:
        return sum(row.parameters for row in self.rows)

    @property
    def multiplications(self) -> int:
        return sum(row.multiplications for row in self.rows)

    @property
    def output_shape(self) -> Shape:
        return self.rows[-1].output_shape if self.rows else self.input_shape

    def __str__(self) -> str:
        lines = [self.HEADS, *self._cells()]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = [
            "  ".join(
                cell.ljust(width) if place < 2 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        rule = "-" * max(map(len, texts))
        return "\n".join([texts[0], rule, *texts[1:-1], rule, texts[-1]])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{title}</th>' for title in self.HEADS)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in self._cells()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _cells(self) -> list[tuple[str, ...]]:
        first = ("input", _times(self.input_shape), "", "", "")
        last = ("total", "", f"{self.parameters:,}", f"{self.multiplications:,}", "")
        return [first, *(self._line(row) for row in self.rows), last]

    @staticmethod
    def _line(row: Row) -> tuple[str, ...]:
        counts = (
            f"{number:,}" if number else "" for number in (row.parameters, row.multiplications)
        )
        sees = "all" if row.receptive_field is None else _times(row.receptive_field)
        return row.title, _times(row.output_shape), *counts, sees


def table(stack: Iterable[Layer], input_shape: Shape, *, deep: bool = False) -> Table:
    """Every layer of a stack: the shape it makes, what it learns, multiplies and sees.

    Parameters: ``stack``, layers in order; ``input_shape``, (channels, height, width) or
    (features,); ``deep`` lists the layers inside the paths of a block instead of the block.

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
    """
    rows = _rows(tuple(stack), tuple(input_shape), ((1, 1), (1, 1)), deep)
    return Table(tuple(input_shape), tuple(rows))


def output_shape(stack: Iterable[Layer], input_shape: Shape) -> Shape:
    """The shape that leaves the stack. Raises `ShapeError` where a layer does not fit."""
    return _through(tuple(stack), tuple(input_shape))


def parameters(stack: Iterable[Layer], input_shape: Shape) -> int:
    """How many numbers the stack learns.

    >>> from cnnlab.shapes import Conv
    >>> parameters([Conv(64, 1, bias=False)], (192, 28, 28))
    12288
    """
    return sum(layer.parameters(shape) for layer, shape in _walk(tuple(stack), tuple(input_shape)))


def multiplications(stack: Iterable[Layer], input_shape: Shape) -> int:
    """How many products one pass of one image takes; additions are not counted."""
    walk = _walk(tuple(stack), tuple(input_shape))
    return sum(layer.multiplications(shape) for layer, shape in walk)


def depth(stack: Iterable[Layer]) -> int:
    """The longest chain of layers with kernels or matrices, as papers count their layers."""
    return sum(layer.depth() for layer in stack)


def receptive_field(stack: Iterable[Layer], input_shape: Shape = (1, 1024, 1024)) -> Pair:
    r"""How many rows and columns of the input one output pixel depends on, borders aside.

    .. math:: r = 1 + \sum_l (k_l - 1) \prod_{m < l} s_m

    Layers with branches count by the path that sees most.

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


def _rows(stack: Sequence[Layer], shape: Shape, seen: tuple[Pair, Pair], deep: bool) -> list[Row]:
    rows = []
    for layer, entering in _walk(stack, shape):
        leaving = layer.output_shape(entering)
        if deep and isinstance(layer, Block):
            for path in layer.paths:
                rows += [_within(layer, row) for row in _rows(path, entering, seen, deep)]
        numbers = layer.parameters(entering), layer.multiplications(entering)
        if len(entering) == 3:
            seen = _grown(*seen, layer.window(entering))
        if not (deep and isinstance(layer, Block)):
            rows.append(Row(layer.title, leaving, *numbers, seen[0] if len(leaving) == 3 else None))
    return rows


def _within(block: Layer, row: Row) -> Row:
    return Row(
        f"{block.title} / {row.title}",
        row.output_shape,
        row.parameters,
        row.multiplications,
        row.receptive_field,
    )


def _times(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape))
