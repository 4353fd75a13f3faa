"""A network as a row of blocks, with the shape and the parameters of each layer."""

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from cnnlab.errors import ArgumentError
from cnnlab.plot import _alt
from cnnlab.plot._style import FRAME, INK, new_axes

if TYPE_CHECKING:
    from cnnlab.shapes import Table

LEARNS, KEEPS = "#9fcbe8", "white"
# In inches.
CELL_WIDTH, CELL_HEIGHT = 1.5, 2.1  # a block and its words
LONGEST, DEEPEST, THINNEST = 0.95, 0.5, 0.08
MIDDLE, WORDS = 0.75, 1.4  # below the top of the cell


@dataclass
class _Block:
    """One output of the network, and all layers that leave its shape as it is."""

    titles: list[str]
    shape: tuple[int, ...]
    parameters: int


def show_architecture(
    table: "Table",
    *,
    ax: Axes | None = None,
    columns: int = 6,
    title: str = "",
    alt: str | None = None,
) -> Axes:
    """Draw a network from left to right, a block for the output of each layer.

    A block is as tall and wide as the maps, and as deep as there are channels; both are squeezed,
    so that small ones can be seen. A tinted block has parameters to learn. Layers that keep the
    shape and learn nothing, such as ReLU, are written below the layer before them. After
    ``columns`` blocks the row goes on below.

    Parameters
    ----------
    table
        ``network.summary(input_shape)`` of a `cnnlab.nn.Sequential`, or ``shapes.table(stack,
        input_shape)``.

    >>> from cnnlab.shapes import Conv, Flatten, Linear, Pointwise, table
    >>> ax = show_architecture(table([Conv(8, 3), Pointwise(), Flatten(), Linear(10)], (1, 28, 28)))
    >>> ax.cnnlab_alt.split(". ")[1]
    'conv 3×3, 8, then relu: 8×26×26, 80 parameters'
    """
    if columns < 1:
        raise ArgumentError(f"columns must be 1 or more, got {columns}.")
    blocks = _blocks(table)
    rows, across = -(-len(blocks) // columns), min(columns, len(blocks))
    ax = ax or new_axes(CELL_WIDTH * across, CELL_HEIGHT * rows + 0.3 * bool(title))
    scale = _Scale(blocks)
    for place, block in enumerate(blocks):
        row, column = divmod(place, columns)
        _draw(ax, block, scale, column, row)
        if place + 1 < len(blocks) and column + 1 < columns:
            start, end = ((column + x) * CELL_WIDTH for x in (0.41, 0.63))
            height = row * CELL_HEIGHT + MIDDLE
            arrow = {"arrowstyle": "->", "color": FRAME}
            ax.annotate("", (end, height), (start, height), arrowprops=arrow)
    half = CELL_WIDTH / 2
    ax.set(xlim=(-half, across * CELL_WIDTH - half), ylim=(rows * CELL_HEIGHT, 0), title=title)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return _alt.describe(ax, alt or _alt.sentence(title, _words(blocks, table.parameters)))


def _blocks(table: "Table") -> list[_Block]:
    blocks = [_Block(["input"], table.input_shape, 0)]
    for row in table.rows:
        last = blocks[-1]
        if row.parameters == 0 and row.output_shape == last.shape:
            last.titles.append(row.title)
        else:
            blocks.append(_Block([row.title], row.output_shape, row.parameters))
    return blocks


class _Scale:
    """How long a side is drawn: roots of pixels, logarithms of channels and of features."""

    def __init__(self, blocks: list[_Block]):
        maps = [block.shape for block in blocks if len(block.shape) == 3]
        self.pixels = max((max(shape[1:]) for shape in maps), default=1)
        self.channels = max((shape[0] for shape in maps), default=1)
        self.features = max((b.shape[0] for b in blocks if len(b.shape) == 1), default=1)

    def sides(self, shape: tuple[int, ...]) -> tuple[float, float, float]:
        """Width, height and depth."""
        if len(shape) == 1:
            return THINNEST, LONGEST * 1.2 * _share(shape[0], self.features), THINNEST
        width, height = (max(THINNEST, LONGEST * (n / self.pixels) ** 0.5) for n in shape[:0:-1])
        return width, height, DEEPEST * _share(shape[0], self.channels)


def _share(count: int, most: int) -> float:
    return max(0.08, log2(count + 1) / log2(most + 1))


def _draw(ax: Axes, block: _Block, scale: _Scale, column: int, row: int) -> None:
    """A box in parallel projection in the upper part of its cell, and its words below."""
    width, height, depth = scale.sides(block.shape)
    dx, dy = 0.5 * depth, 0.3 * depth
    x, y = column * CELL_WIDTH, row * CELL_HEIGHT
    left, bottom = x - (width + dx) / 2, y + MIDDLE + (height + dy) / 2
    right, top = left + width, bottom - height
    faces = [
        [(left, bottom), (right, bottom), (right, top), (left, top)],
        [(left, top), (right, top), (right + dx, top - dy), (left + dx, top - dy)],
        [(right, bottom), (right, top), (right + dx, top - dy), (right + dx, bottom - dy)],
    ]
    colour = LEARNS if block.parameters else KEEPS
    for face in faces:
        ax.add_patch(Polygon(face, facecolor=colour, edgecolor=INK, linewidth=0.8))
    first, *more = block.titles
    also = [f"then {', '.join(more)}"] if more else []
    counted = [f"{block.parameters:,} parameters"] if block.parameters else []
    lines = "\n".join([first, *also, _size(block.shape), *counted])
    ax.text(x, y + WORDS, lines, ha="center", va="top", fontsize=8.5, color=INK)


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[0]:,} numbers" if len(shape) == 1 else "×".join(map(str, shape))


def _words(blocks: list[_Block], parameters: int) -> str:
    said = []
    for block in blocks:
        counted = f", {block.parameters:,} parameters" if block.parameters else ""
        said.append(f"{', then '.join(block.titles)}: {_size(block.shape)}{counted}")
    return f"Network, left to right: {'. '.join(said)}. Together {parameters:,} parameters"
