"""The sliding-window explorer: one kernel, one image, every step of the arithmetic."""

from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.presets import EXAMPLE_IMAGE, EXAMPLE_KERNEL, GROUPS, NOTES, PRESETS
from cnnlab.explore.traits import Choice, Matrix, Pixel, Whole
from cnnlab.shapes import conv_output_size, conv_transpose_output_size


class SlidingWindow(Explorer):
    r"""Slide a kernel over an image and see every product and every sum.

    .. math:: y[i, j] = \sum_{u, v} x[s i + d u - p,\; s j + d v - p]\; k[u, v]

    with stride s, padding p and dilation d; x is 0 outside the image. Everything is computed in the
    page, so the explorer goes on working when no kernel is connected. What the reader does there
    can be read, set, observed and linked here, by the names of the parameters; the two matrices
    are tuples of rows, which `numpy.array` takes.

    Shapes: image (H, W), kernel (KH, KW) -> output (OH, OW), with
    OH = floor((H + 2p - d(KH - 1) - 1) / s) + 1; transposed, OH = (H - 1)s - 2p + d(KH - 1) + 1.

    Parameters
    ----------
    image
        Gray values, at most 32 x 32. The default is the worked example of lesson 2.
    kernel
        Weights, at most 11 x 11.
    stride, padding, dilation
        Whole numbers: 1 to 8, 0 to 16 pixels a side, 1 to 8 (1 means no gap).
    mode
        "correlation" lays the kernel as it is; "convolution" turns it by 180 degrees first;
        "transposed" is ``conv_transpose2d``. A dilated kernel is a correlation with dilation > 1.
    selected
        Row and column, counted from 0, of the output pixel whose arithmetic is shown.
    show_reads
        Show in each image pixel how many windows read it, in place of its value.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        ``image`` or ``kernel`` is no matrix, is too large, or the kernel fits nowhere. (In the
        page, and when a trait is set later, a kernel that does not fit is only said.)
    ArgumentError
        A number or a word outside its range, or a setting that does not exist.

    References
    ----------
    Dumoulin & Visin (2016), "A guide to convolution arithmetic for deep learning",
    arXiv:1603.07285.

    >>> explorer = SlidingWindow(stride=2)
    >>> explorer
    SlidingWindow: 6 x 6 image, 3 x 3 kernel, correlation, stride 2, padding 0, dilation 1:
    output 2 x 2
    """

    _esm = BUNDLES / "sliding_window.js"
    _css = BUNDLES / "sliding_window.css"

    image = Matrix(
        EXAMPLE_IMAGE, largest=32, shrink="crop it, for example image[:32, :32], or shrink it"
    )
    kernel = Matrix(EXAMPLE_KERNEL, largest=11, shrink="choose a smaller kernel")
    stride = Whole(1, low=1, high=8, hint="stride=1 moves the window by one pixel")
    padding = Whole(0, low=0, high=16, hint="padding=1 adds one pixel of zeros on every side")
    dilation = Whole(1, low=1, high=8, hint="dilation=1 leaves no gap between the weights")
    mode = Choice(
        "correlation",
        "convolution",
        "transposed",
        hints={"dilated": "give dilation=2 with mode='correlation'."},
    )
    selected = Pixel()
    show_reads = traitlets.Bool(False).tag(sync=True)
    # Lists where the order counts: a saved notebook sorts the keys of a dictionary.
    _presets = traitlets.Dict(dict(PRESETS)).tag(sync=True)
    _groups = traitlets.List([[group, list(names)] for group, names in GROUPS.items()]).tag(
        sync=True
    )
    _notes = traitlets.List(NOTES).tag(sync=True)

    def __init__(
        self,
        image: npt.ArrayLike = EXAMPLE_IMAGE,
        kernel: npt.ArrayLike = EXAMPLE_KERNEL,
        *,
        stride: int = 1,
        padding: int = 0,
        dilation: int = 1,
        mode: str = "correlation",
        selected: tuple[int, int] = (0, 0),
        show_reads: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(
            image=image,
            kernel=kernel,
            stride=stride,
            padding=padding,
            dilation=dilation,
            mode=mode,
            selected=selected,
            show_reads=show_reads,
            **settings,
        )
        _ = self.output_shape  # a kernel that fits nowhere is refused here

    @property
    def output_shape(self) -> tuple[int, int]:
        """(OH, OW). Raises ShapeError where the kernel does not fit."""
        rows, columns = zip(np.shape(self.image), np.shape(self.kernel), strict=True)
        return self._output_size(*rows), self._output_size(*columns)

    def _output_size(self, size: int, kernel_size: int) -> int:
        count = conv_transpose_output_size if self.mode == "transposed" else conv_output_size
        return count(
            size, kernel_size, stride=self.stride, padding=self.padding, dilation=self.dilation
        )

    @traitlets.validate("selected")
    def _inside(self, proposal: Any) -> tuple[int, int]:
        r, c = proposal["value"]
        with suppress(ShapeError):  # in the page a kernel may fit nowhere, and nothing is chosen
            rows, columns = self.output_shape
            if r >= rows or c >= columns:
                raise ArgumentError(
                    f"selected: {(r, c)} is outside the {rows} x {columns} output. "
                    f"Fix: choose a row up to {rows - 1} and a column up to {columns - 1}."
                )
        return r, c

    @traitlets.observe("image", "kernel", "stride", "padding", "dilation", "mode")
    def _stay_inside(self, _: Any) -> None:
        """When the output shrinks, the chosen pixel moves to the nearest one that is left."""
        with suppress(ShapeError):
            rows, columns = self.output_shape
            r, c = self.selected
            self.selected = (min(r, rows - 1), min(c, columns - 1))

    def describe(self) -> str:
        (h, w), (kh, kw) = np.shape(self.image), np.shape(self.kernel)
        try:
            result = "output {} x {}".format(*self.output_shape)
        except ShapeError:
            result = "the kernel does not fit"
        return (
            f"SlidingWindow: {h} x {w} image, {kh} x {kw} kernel, {self.mode}, stride "
            f"{self.stride}, padding {self.padding}, dilation {self.dilation}: {result}"
        )
