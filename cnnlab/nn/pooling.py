"""Max and average pooling as layers."""

from collections.abc import Iterator

import numpy as np

from cnnlab import shapes
from cnnlab.errors import ArgumentError
from cnnlab.nn import _engine as engine
from cnnlab.nn.layer import Layer, as_float, check_maps
from cnnlab.shapes.layers import Size, pair


class _Pool(Layer):
    """Both kinds look at the windows tap by tap: one strided slice of the picture a tap."""

    kind: str

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0):
        super().__init__()
        self.kernel_size = pair(kernel_size)
        self.stride = self.kernel_size if stride is None else pair(stride)
        self.padding = pair(padding)
        if min(*self.kernel_size, *self.stride) < 1:
            raise ArgumentError(
                f"{self!r}: kernel_size and stride must be at least 1, got {kernel_size}, {stride}."
            )
        fits = all(0 <= p <= k // 2 for p, k in zip(self.padding, self.kernel_size, strict=True))
        if not fits:
            raise ArgumentError(
                f"{self!r}: padding must be at least 0 and at most half the kernel_size "
                f"{self.kernel_size}, got {padding}."
            )

    def describe(self) -> shapes.Pool:
        return shapes.Pool(self.kernel_size, self.stride, self.padding, kind=self.kind)

    def _enter(self, input: np.ndarray, border: float) -> tuple[np.ndarray, tuple[int, ...]]:
        array = as_float(check_maps(self, input))
        shape = self._output_shape(array.shape)
        return self._pad(engine.memory(array), border), shape

    def _pad(self, x: np.ndarray, value: float) -> np.ndarray:
        if not any(self.padding):
            return x
        (C, H, W, N), (ph, pw) = x.shape, self.padding
        padded = np.full((C, H + 2 * ph, W + 2 * pw, N), value, x.dtype)
        self._crop(padded)[:] = x
        return padded

    def _crop(self, x: np.ndarray) -> np.ndarray:
        (_, H, W, _), (ph, pw) = x.shape, self.padding
        return x[:, ph : H - ph, pw : W - pw]

    def _taps(self, x: np.ndarray, places: tuple[int, ...]) -> Iterator[np.ndarray]:
        """For each tap of the window, row by row: the pixels that it sees (C, OH, OW, N)."""
        (KH, KW), (SH, SW), (OH, OW) = self.kernel_size, self.stride, places
        for u in range(KH):
            for v in range(KW):
                yield x[:, u : u + SH * (OH - 1) + 1 : SH, v : v + SW * (OW - 1) + 1 : SW]

    def _tiles(self, padded: tuple[int, ...], shape: tuple[int, ...]) -> bool:
        """Whether every pixel lies in one window: no gaps, no overlap, no rest."""
        (KH, KW), (_, H, W, _), (_, _, OH, OW) = self.kernel_size, padded, shape
        return self.stride == self.kernel_size and (H, W) == (OH * KH, OW * KW)

    def __repr__(self) -> str:
        size = self.kernel_size[0] if len(set(self.kernel_size)) == 1 else self.kernel_size
        return f"{type(self).__name__}({size})"


class MaxPool2d(_Pool):
    r"""Keep the largest number of each window; of equal ones the first, row by row.

    .. math:: y[n, c, i, j] = \max_{u, v} x[n, c, s i + u - p, s j + v - p]

    The border is minus infinity. Backward, the gradient goes to the kept number alone.

    Shapes: (N, C, H, W) -> (N, C, OH, OW), sizes by `cnnlab.shapes.pool_output_size`.

    Parameters: ``kernel_size`` and ``padding`` in pixels; ``stride``, the kernel size if left out.

    Raises: `ArgumentError` for numbers out of their range; `ShapeError` if the input does not fit.

    >>> MaxPool2d(2)(np.arange(16.0).reshape(1, 1, 4, 4))[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])

    References: Boureau, Ponce and LeCun (2010), ICML 27; ``torch.nn.MaxPool2d``.
    """

    kind = "max"

    def forward(self, input: np.ndarray) -> np.ndarray:
        x, shape = self._enter(input, -np.inf)
        taps = map(_gathered, self._taps(x, shape[2:]))
        y = next(taps)
        chosen = np.zeros(y.shape, np.min_scalar_type(self.kernel_size[0] * self.kernel_size[1]))
        for place, tap in enumerate(taps, start=1):
            larger = (tap > y).view(np.uint8)
            np.maximum(y, tap, out=y)
            np.maximum(chosen, larger * chosen.dtype.type(place), out=chosen)
        self._keep(x.shape, shape, chosen)
        return engine.images(y)

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        padded, shape, chosen = self._recall()
        self._check_grad(grad_output, shape)
        if not input_gradient:
            return None
        grad = engine.memory(as_float(grad_output))
        tiled = self._tiles(padded, shape)
        dx = (np.empty if tiled else np.zeros)(padded, grad.dtype)
        for place, tap in enumerate(self._taps(dx, shape[2:])):
            if tiled:
                np.multiply(grad, chosen == place, out=tap)
            else:
                tap += grad * (chosen == place)
        return engine.images(self._crop(dx))


class AvgPool2d(_Pool):
    r"""The mean of each window; the border counts as zeros.

    .. math:: y[n, c, i, j] = \frac{1}{KH\,KW} \sum_{u, v} x[n, c, s i + u - p, s j + v - p]

    Shapes, Parameters and Raises: as `MaxPool2d`.

    >>> AvgPool2d(2)(np.arange(16.0).reshape(1, 1, 4, 4))[0, 0]
    array([[ 2.5,  4.5],
           [10.5, 12.5]])

    References: LeCun et al. (1998), section II.B; ``torch.nn.AvgPool2d``.
    """

    kind = "average"

    def forward(self, input: np.ndarray) -> np.ndarray:
        x, shape = self._enter(input, 0.0)
        taps = self._taps(x, shape[2:])
        y = next(taps).copy()
        for tap in taps:
            y += tap
        y /= self.kernel_size[0] * self.kernel_size[1]
        self._keep(x.shape, shape)
        return engine.images(y)

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        padded, shape = self._recall()
        self._check_grad(grad_output, shape)
        if not input_gradient:
            return None
        grad = engine.memory(as_float(grad_output))
        share = grad / (self.kernel_size[0] * self.kernel_size[1])
        dx = np.zeros(padded, grad.dtype)
        for tap in self._taps(dx, shape[2:]):
            tap += share
        return engine.images(self._crop(dx))


def _gathered(tap: np.ndarray) -> np.ndarray:
    """A copy in one piece; the N numbers of a pixel are moved as one item, for short batches."""
    pixel = np.dtype((np.void, tap.shape[-1] * tap.itemsize))
    return tap.view(pixel).copy().view(tap.dtype)
