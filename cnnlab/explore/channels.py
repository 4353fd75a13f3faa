"""The channels explorer: one kernel a channel, one map a channel, and their sum."""

from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Numbers, Pixel, Whole
from cnnlab.shapes import conv_output_size

# Three channels and two filters in small whole numbers; no kernel is like another.
INPUT = [
    [[1, 0, 2, 1, 0], [0, 2, 1, 0, 1], [1, 1, 0, 2, 2], [2, 0, 1, 1, 0], [0, 1, 2, 0, 1]],
    [[0, 1, 1, 2, 0], [2, 0, 0, 1, 1], [0, 2, 1, 0, 1], [1, 1, 2, 0, 0], [1, 0, 0, 2, 1]],
    [[2, 1, 0, 0, 1], [1, 0, 2, 1, 0], [0, 1, 1, 2, 1], [0, 2, 0, 1, 2], [1, 1, 0, 0, 2]],
]
WEIGHT = [
    [
        [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
        [[0, 1, 0], [0, 2, 0], [0, -1, 0]],
        [[0, 0, 1], [0, 1, 0], [-1, 0, 0]],
    ],
    [
        [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
        [[0, 0, 0], [1, -2, 1], [0, 0, 0]],
        [[-1, 0, 0], [0, 3, 0], [0, 0, 1]],
    ],
]
BIAS = [1, 0]


class Channels(Explorer):
    r"""Follow a convolution through the channels of its input: a map each, added up, plus a bias.

    .. math:: y[o, i, j] = b[o] + \sum_c \sum_{u, v} x[c, i + u - p, j + v - p]\; w[o, c, u, v]

    Shapes: input (C, H, W), weight (O, C, KH, KW), bias (O,) -> (O, OH, OW)

    Parameters
    ----------
    input
        Planes of numbers, at most 4 of 12 x 12.
    weight
        Filters with one kernel for each channel, at most 6 of 5 x 5.
    bias
        One number a filter; zeros if left out.
    padding
        Zeros on each side, 0 to 4.
    filter
        The filter whose maps are shown, counted from 0.
    selected
        Row and column, counted from 0, of the output number that is taken apart.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        The shapes do not belong together, are too large, or the kernels fit nowhere.
    ArgumentError
        A number outside its range, or a setting that does not exist.

    References
    ----------
    Dumoulin & Visin (2016), arXiv:1603.07285, section 1.1; `torch.nn.functional.conv2d`.

    >>> Channels()
    Channels: input 3 x 5 x 5, 2 filters of 3 x 3 x 3, padding 0: output 2 x 3 x 3, 56 parameters
    """

    _esm = BUNDLES / "channels.js"
    _css = BUNDLES / "channels.css"

    input = Numbers(INPUT, expected="numbers (C, H, W)", largest=(4, 12, 12))
    weight = Numbers(WEIGHT, expected="numbers (O, C, KH, KW)", largest=(6, 4, 5, 5))
    bias = Numbers(BIAS, expected="numbers (O,)", largest=(6,))
    padding = Whole(0, low=0, high=4, hint="padding=1 adds one pixel of zeros on every side")
    filter = Whole(0, low=0, high=5, hint="filter=0 is the first filter")
    selected = Pixel()

    def __init__(
        self,
        input: npt.ArrayLike = INPUT,
        weight: npt.ArrayLike = WEIGHT,
        bias: npt.ArrayLike | None = None,
        **settings: Any,
    ) -> None:
        if bias is None:
            bias = BIAS if weight is WEIGHT else np.zeros(len(np.asarray(weight)))
        super().__init__(input=input, weight=weight, bias=bias, **settings)
        self._check_together()
        _ = self.output_shape

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(O, OH, OW). Raises ShapeError where the kernels do not fit."""
        _, height, width = np.shape(self.input)
        filters, _, kh, kw = np.shape(self.weight)
        return (
            filters,
            conv_output_size(height, kh, padding=self.padding),
            conv_output_size(width, kw, padding=self.padding),
        )

    def _check_together(self) -> None:
        x, w, b = (np.shape(one) for one in (self.input, self.weight, self.bias))
        if x[0] != w[1] or b[0] != w[0]:
            raise ShapeError(
                f"input {x} (C, H, W), weight {w} (O, C, KH, KW), bias {b} (O,): a filter needs "
                "one kernel for each channel, and one bias. Fix: make weight.shape[1] equal "
                "input.shape[0] and len(bias) equal weight.shape[0]."
            )
        if self.filter >= w[0]:
            raise ArgumentError(f"filter: there are {w[0]}, got {self.filter}. Fix: count from 0.")

    @traitlets.observe("input", "weight", "padding")
    def _stay_inside(self, _: Any) -> None:
        """When the output shrinks, the chosen pixel moves to the nearest one that is left."""
        with suppress(ShapeError):
            _, rows, columns = self.output_shape
            r, c = self.selected
            self.selected = (min(r, rows - 1), min(c, columns - 1))

    def describe(self) -> str:
        x, w = np.shape(self.input), np.shape(self.weight)
        by = " x ".join
        try:
            result = "output " + by(map(str, self.output_shape))
        except ShapeError:
            result = "the kernels do not fit"
        return (
            f"Channels: input {by(map(str, x))}, {w[0]} filters of {by(map(str, w[1:]))}, "
            f"padding {self.padding}: {result}, {int(np.prod(w)) + w[0]} parameters"
        )
