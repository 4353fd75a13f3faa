"""The table of a network: a row a layer, and the totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cnnlab.shapes.layers import Pair, Shape


@dataclass(frozen=True)
class Row:
    """One layer in a table.

    ``receptive_field`` is None where a layer sees the whole input, and from a transposed
    convolution on, where it changes from pixel to pixel.

    >>> from cnnlab.shapes import Conv, table
    >>> table([Conv(8, 3)], (1, 28, 28)).rows[0]
    Row(title='conv 3×3, 8', output_shape=(8, 26, 26), parameters=80, multiplications=48672, \
receptive_field=(3, 3))
    """

    title: str
    output_shape: Shape
    parameters: int
    multiplications: int
    receptive_field: Pair | None


@dataclass(frozen=True)
class Table:
    """The rows of a network and their totals; prints as text, and as HTML in a notebook.

    >>> from cnnlab.shapes import Conv, table
    >>> counted = table([Conv(8, 3), Conv(4, 1)], (1, 28, 28))
    >>> counted.parameters, counted.multiplications, counted.output_shape
    (116, 70304, (4, 26, 26))
    """

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
        whole = "all" if len(row.output_shape) == 1 else "varies"
        sees = whole if row.receptive_field is None else _times(row.receptive_field)
        return row.title, _times(row.output_shape), *counts, sees


def _times(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape))
