"""The backward explorer: which inputs get what from the gradient of an output."""

from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab.errors import ShapeError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Choice, Matrix, Pixel, Whole
from cnnlab.shapes import pool_output_size

# The 9 stands twice in the upper right window of 2 x 2: a tie.
INPUT = [[1, 3, 9, 2], [4, 2, 0, 9], [5, 1, 2, 2], [0, 6, 3, 7]]
KERNEL = [[1, 2], [0, -1]]


class Backward(Explorer):
    r"""Send the gradient of an output back to the inputs that made it.

    .. math:: dx[s i + u,\; s j + v] \mathrel{+}= g[i, j]\; k[u, v], \qquad
        dk[u, v] \mathrel{+}= g[i, j]\; x[s i + u,\; s j + v]

    for a convolution; max pooling sends g to the first of the largest numbers of its window,
    average pooling an equal share to each.

    Shapes: input (H, W), window (KH, KW), g (OH, OW) with OH = floor((H - KH) / s) + 1

    Parameters
    ----------
    input
        Numbers, at most 12 x 12.
    kernel
        Weights, at most 4 x 4; used by the mode "convolution".
    mode
        "convolution", "max" or "average".
    kernel_size, stride
        The side of a pooling window, 1 to 8, and the step of every window, 1 to 8.
    grad_output
        The gradient of the output, (OH, OW). Left out, or of another shape, it becomes 1, 10, 100
        and 1000, or small numbers where there are more than four outputs.
    everything
        Add up what all outputs send, not only the chosen one.
    selected
        Row and column, counted from 0, of the output whose gradient is followed.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        An array is no matrix or too large, or the window fits nowhere.
    ArgumentError
        A number or a word outside its range, or a setting that does not exist.

    References
    ----------
    Goodfellow, Bengio & Courville (2016), Deep Learning, section 9.5; `torch.nn.grad`.

    >>> Backward(mode="max")
    Backward: 4 x 4 input, max, 2 x 2 window, stride 2: output 2 x 2
    """

    _esm = BUNDLES / "backward.js"
    _css = BUNDLES / "backward.css"

    input = Matrix(INPUT, largest=12, shrink="crop it, for example input[:12, :12]")
    kernel = Matrix(KERNEL, largest=4, shrink="choose a smaller kernel")
    mode = Choice("convolution", "max", "average", hints={"mean": "mode='average' is the mean."})
    kernel_size = Whole(2, low=1, high=8, hint="kernel_size=2 pools blocks of 2 x 2")
    stride = Whole(2, low=1, high=8, hint="stride=1 moves the window by one pixel")
    grad_output = Matrix([[1, 10], [100, 1000]], largest=12, shrink="make it (OH, OW)")
    everything = traitlets.Bool(False).tag(sync=True)
    selected = Pixel()

    def __init__(
        self,
        input: npt.ArrayLike = INPUT,
        kernel: npt.ArrayLike = KERNEL,
        mode: str = "convolution",
        **settings: Any,
    ) -> None:
        super().__init__(input=input, kernel=kernel, mode=mode, **settings)
        rows, columns = self.output_shape  # a window that fits nowhere is refused here
        given = np.shape(self.grad_output)
        if "grad_output" in settings and given != (rows, columns):
            raise ShapeError(
                f"grad_output: must have the output's shape {(rows, columns)}, got {given}. "
                "Fix: leave it out, or give one number for each output."
            )

    @property
    def output_shape(self) -> tuple[int, int]:
        """(OH, OW). Raises ShapeError where the window does not fit."""
        sides = np.shape(self.kernel) if self.mode == "convolution" else (self.kernel_size,) * 2
        height, width = (
            pool_output_size(n, k, self.stride)
            for n, k in zip(np.shape(self.input), sides, strict=True)
        )
        return height, width

    def describe(self) -> str:
        h, w = np.shape(self.input)
        kh, kw = np.shape(self.kernel)
        if self.mode != "convolution":
            kh = kw = self.kernel_size
        try:
            result = "output {} x {}".format(*self.output_shape)
        except ShapeError:
            result = "the window does not fit"
        return (
            f"Backward: {h} x {w} input, {self.mode}, {kh} x {kw} window, stride {self.stride}: "
            f"{result}"
        )
