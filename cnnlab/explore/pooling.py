"""The pooling explorer: which numbers stay, where they came from, what a small shift changes."""

from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Choice, Matrix, Pixel, Whole
from cnnlab.shapes import pool_output_size

# Four windows of 2 x 2; three of their maxima lie in different corners.
EXAMPLE = [[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]]


class Pooling(Explorer):
    r"""Pool an image by windows or by bins, and see what stays, what is lost and what a shift does.

    .. math:: y[i, j] = \max_{u, v} x[s i + u,\; s j + v] \quad \text{or their mean}

    In the mode "pyramid" an axis of length a has n bins: the "adaptive" ones run from
    floor(i a / n) to ceil((i + 1) a / n); the "sliding" ones are ceil(a / n) long and start
    every floor(a / n) pixels, which may leave the last pixels out.

    Shapes: image (H, W) -> (OH, OW), with OH = floor((H - k) / s) + 1, or n for a pyramid

    Parameters
    ----------
    image
        Numbers, at most 16 x 16.
    mode
        "max", "average" or "pyramid".
    kernel_size, stride
        The window's side and its step in pixels, 1 to 8. Left out, the stride is the window's side.
    bins
        How many bins an axis of the pyramid's level has, 1 to 8.
    edges
        "adaptive" or "sliding".
    down, right
        By how many pixels the image is moved, 0 to 8; zeros come in.
    selected
        Row and column, counted from 0, of the output whose window is shown.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        ``image`` is no matrix or too large, or no window or bin fits.
    ArgumentError
        A number or a word outside its range, or a setting that does not exist.

    References
    ----------
    He et al. (2015), "Spatial pyramid pooling", arXiv:1406.4729, section 2.2;
    `torch.nn.functional.max_pool2d` and `adaptive_max_pool2d`.

    >>> Pooling()
    Pooling: 4 x 4 image, max of 2 x 2 windows, stride 2: output 2 x 2
    """

    _esm = BUNDLES / "pooling.js"
    _css = BUNDLES / "pooling.css"

    image = Matrix(EXAMPLE, largest=16, shrink="crop it, for example image[:16, :16]")
    mode = Choice("max", "average", "pyramid", hints={"mean": "mode='average' is the mean."})
    kernel_size = Whole(2, low=1, high=8, hint="kernel_size=2 pools blocks of 2 x 2")
    stride = Whole(2, low=1, high=8, hint="stride=kernel_size lets windows meet without overlap")
    bins = Whole(2, low=1, high=8, hint="bins=2 makes 2 x 2 numbers of any image")
    edges = Choice("adaptive", "sliding", hints={})
    down = Whole(0, low=0, high=8, hint="down=1 moves the image by one pixel")
    right = Whole(0, low=0, high=8, hint="right=1 moves the image by one pixel")
    selected = Pixel()

    def __init__(
        self,
        image: npt.ArrayLike = EXAMPLE,
        mode: str = "max",
        kernel_size: int = 2,
        stride: int | None = None,
        **settings: Any,
    ) -> None:
        stride = kernel_size if stride is None else stride
        super().__init__(image=image, mode=mode, kernel_size=kernel_size, stride=stride, **settings)
        _ = self.output_shape  # a window that fits nowhere is refused here

    @property
    def output_shape(self) -> tuple[int, int]:
        """(OH, OW). Raises ShapeError where no window or bin fits."""
        height, width = np.shape(self.image)
        if self.mode != "pyramid":
            size = self.kernel_size, self.stride
            return pool_output_size(height, *size), pool_output_size(width, *size)
        if self.bins > min(height, width):
            raise ShapeError(
                f"bins: {self.bins} bins need as many pixels along each axis, the image has "
                f"{height} x {width}. Fix: lower bins to {min(height, width)}."
            )
        return self.bins, self.bins

    @traitlets.validate("selected")
    def _inside(self, proposal: Any) -> tuple[int, int]:
        r, c = proposal["value"]
        with suppress(ShapeError):
            rows, columns = self.output_shape
            if r >= rows or c >= columns:
                raise ArgumentError(
                    f"selected: {(r, c)} is outside the {rows} x {columns} output. "
                    f"Fix: choose a row up to {rows - 1} and a column up to {columns - 1}."
                )
        return r, c

    @traitlets.observe("image", "mode", "kernel_size", "stride", "bins")
    def _stay_inside(self, _: Any) -> None:
        """When the output shrinks, the chosen pixel moves to the nearest one that is left."""
        with suppress(ShapeError):
            rows, columns = self.output_shape
            r, c = self.selected
            self.selected = (min(r, rows - 1), min(c, columns - 1))

    def describe(self) -> str:
        h, w = np.shape(self.image)
        k, n = self.kernel_size, self.bins
        what = f"{self.mode} of {k} x {k} windows, stride {self.stride}"
        if self.mode == "pyramid":
            what = f"max of {n} x {n} {self.edges} bins"
        try:
            result = "output {} x {}".format(*self.output_shape)
        except ShapeError:
            result = "nothing fits"
        return f"Pooling: {h} x {w} image, {what}: {result}"
