"""The receptive-field explorer: stack layers and see the field grow; and where stamps overlap."""

from collections.abc import Sequence
from typing import Any

import traitlets

from cnnlab.errors import ArgumentError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Choice, Whole
from cnnlab.shapes import Conv, receptive_field

MOST = 6  # layers
POOL = "pool"


class Layers(traitlets.TraitType[list, Any]):
    """One to six layers, each a kernel size, a stride and a dilation; "pool" marks a pooling."""

    def __init__(self) -> None:
        super().__init__([[3, 1, 1], [3, 1, 1]])
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> list[list[int | str]]:
        try:
            layers = [[n if n == POOL else int(n) for n in layer] for layer in value]
        except (TypeError, ValueError):
            layers = []
        if not 1 <= len(layers) <= MOST or not all(map(_is_layer, layers)):
            raise ArgumentError(
                f"layers: expected 1 to {MOST} layers of a kernel size, a stride and a dilation, "
                f"each from 1 to 16, got {value!r}. Fix: for example [(3, 1, 1), (3, 2, 1)]; "
                f'a pooling is (2, 2, 1, "{POOL}").'
            )
        return layers


def _is_layer(layer: list[int | str]) -> bool:
    numbers, rest = layer[:3], layer[3:]
    whole = [n for n in numbers if isinstance(n, int) and 1 <= n <= 16]
    return len(whole) == 3 and rest in ([], [POOL])


class ReceptiveField(Explorer):
    r"""Stack layers and see how many pixels one unit sees; or see where stamps overlap.

    .. math:: r = 1 + \sum_l d_l (k_l - 1) \prod_{m < l} s_m

    The second view counts how many products of a transposed convolution meet in each output pixel:
    where the stride does not divide the kernel size, their number changes from pixel to pixel.

    Shapes: layers (L, 3) -> a field of r x r pixels

    Parameters
    ----------
    layers
        Kernel size, stride and dilation of each layer, the first one first; at most 6. With
        ``"pool"`` behind them it is a pooling, which learns no weights: ``(2, 2, 1, "pool")``.
    view
        "field" or "overlap".
    unit
        The unit of the last layer whose field is lit, counted from 0.
    kernel_size, stride
        Of the transposed convolution, 1 to 16 and 1 to 16.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ArgumentError
        A number or a word outside its range, or a setting that does not exist.

    References
    ----------
    Araujo, Norris & Sim (2019), doi:10.23915/distill.00021; Odena, Dumoulin & Olah (2016),
    doi:10.23915/distill.00003, for the overlap.

    >>> ReceptiveField([(3, 1, 1), (3, 2, 1), (3, 1, 1)])
    ReceptiveField: 3 layers, one unit sees 9 x 9 pixels
    """

    _esm = BUNDLES / "receptive_field.js"
    _css = BUNDLES / "receptive_field.css"

    layers = Layers()
    view = Choice("field", "overlap", hints={})
    unit = Whole(7, low=0, high=99, hint="unit=0 is the first one")
    kernel_size = Whole(3, low=1, high=16, hint="kernel_size=4 is divisible by a stride of 2")
    stride = Whole(2, low=1, high=16, hint="stride=2 doubles the size")

    def __init__(
        self, layers: Sequence[Sequence[int | str]] = ((3, 1, 1), (3, 1, 1)), **settings: Any
    ) -> None:
        super().__init__(layers=layers, **settings)

    @property
    def field(self) -> int:
        """How many pixels along an axis one unit of the last layer depends on."""
        stack = [Conv(1, k, stride=s, dilation=d) for k, s, d, *_ in self.layers]
        return receptive_field(stack, (1, 2**24, 2**24))[0]

    def describe(self) -> str:
        if self.view == "overlap":
            return f"ReceptiveField: overlap of {self.kernel_size} pixels, stride {self.stride}"
        count = len(self.layers)
        layers = f"{count} layer{'s' * (count > 1)}"
        return f"ReceptiveField: {layers}, one unit sees {self.field} x {self.field} pixels"
