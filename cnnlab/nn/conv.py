"""Convolution and transposed convolution as layers."""

from collections.abc import Iterator

import numpy as np

from cnnlab import shapes
from cnnlab.errors import ArgumentError
from cnnlab.nn import _engine as engine
from cnnlab.nn.initial import Initial, Rng, draw
from cnnlab.nn.layer import Layer, check_maps
from cnnlab.shapes.layers import Pair, Size, pair


class _Convolution(Layer):
    """What both convolutions share: their settings, weight, bias and groups."""

    weight: np.ndarray
    bias: np.ndarray | None = None
    _borders: engine.Borders

    def __init__(
        self, channels: Pair, kernel_size: Size, stride: Size, dilation: Size, groups: int
    ):
        super().__init__()
        self.in_channels, self.out_channels = channels
        self.kernel_size, self.stride = pair(kernel_size), pair(stride)
        self.dilation, self.groups = pair(dilation), groups
        numbers = (*channels, *self.kernel_size, *self.stride, *self.dilation, groups)
        if min(numbers) < 1:
            raise ArgumentError(
                f"{self!r}: channels, kernel_size, stride, dilation and groups must be at least 1, "
                f"got stride {stride}, dilation {dilation}, groups {groups}."
            )
        if self.in_channels % groups or self.out_channels % groups:
            raise ArgumentError(
                f"{self!r}: groups={groups} must divide both numbers of channels, {channels}."
            )

    def _start(self, shape: tuple[int, ...], bias: bool, init: Initial, rng: Rng) -> None:
        self.weight = draw(init, rng, shape, transposed=isinstance(self, ConvTranspose2d))
        self.bias = np.zeros(self.out_channels, np.float32) if bias else None
        self.parameter_names = ("weight", "bias") if bias else ("weight",)

    @property
    def _settings(self) -> tuple[engine.Borders, Pair, Pair]:
        return self._borders, self.stride, self.dilation

    def _each_group(self) -> Iterator[tuple[slice, slice]]:
        """The input channels and the output channels of each group."""
        ins, outs = self.in_channels // self.groups, self.out_channels // self.groups
        for g in range(self.groups):
            yield slice(g * ins, (g + 1) * ins), slice(g * outs, (g + 1) * outs)

    def _grad_memory(self, grad_output: np.ndarray) -> np.ndarray:
        """The gradient with the batch last; the bias takes its share at once."""
        self._check_grad(grad_output, self._recall()[1])
        grad = engine.memory(grad_output, self.weight.dtype)
        if self.bias is not None:
            self.gradients["bias"] = grad.reshape(len(grad), -1).sum(axis=1)
        return grad

    def __repr__(self) -> str:
        size = self.kernel_size[0] if len(set(self.kernel_size)) == 1 else self.kernel_size
        return f"{type(self).__name__}({self.in_channels}, {self.out_channels}, {size})"


class Conv2d(_Convolution):
    r"""Slide a bank of filters over the images.

    .. math:: y[n, o, i, j] = b[o] + \sum_{c, u, v} x[n, c, s i + d u - p, s j + d v - p]\;
        w[o, c, u, v]

    Shapes: input (N, C_in, H, W) -> output (N, C_out, OH, OW), sizes by
    `cnnlab.shapes.conv_output_size`; ``weight`` (C_out, C_in / groups, KH, KW), ``bias`` (C_out,).

    Parameters: channels, kernel size, stride, padding in pixels or "valid" or "same", dilation and
    groups as in ``torch.nn.Conv2d``; ``bias``, whether to learn one; ``init``, "he", "glorot" or a
    function; ``rng``, a Generator or a seed.

    Raises: `ArgumentError` for numbers out of their range; `ShapeError` if the input does not fit.

    >>> conv = Conv2d(1, 8, 3, rng=0)
    >>> conv(np.zeros((5, 1, 28, 28), np.float32)).shape
    (5, 8, 26, 26)

    References: LeCun et al. (1998), section II; ``torch.nn.Conv2d`` for names and defaults.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size | str = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        *,
        init: Initial = "he",
        rng: Rng = None,
    ):
        super().__init__((in_channels, out_channels), kernel_size, stride, dilation, groups)
        self.padding = padding if isinstance(padding, str) else pair(padding)
        self._borders = self._resolve(self.padding)
        self._start((out_channels, in_channels // groups, *self.kernel_size), bias, init, rng)

    @property
    def borders(self) -> tuple[Pair, Pair]:
        """The zeros that padding lays above and below, and left and right."""
        return self._borders

    def forward(self, input: np.ndarray) -> np.ndarray:
        array = check_maps(self, input, self.in_channels)
        shape = self._output_shape(array.shape)
        x = engine.memory(array, self.weight.dtype)
        self._keep(x, shape)
        y = [
            engine.correlate(
                x[ins],
                self.weight[outs],
                None if self.bias is None else self.bias[outs],
                *self._settings,
            )
            for ins, outs in self._each_group()
        ]
        return engine.images(_joined(y))

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        grad, (x, _) = self._grad_memory(grad_output), self._recall()
        dw = [
            engine.weight_gradient(x[ins], grad[outs], self.kernel_size, *self._settings)
            for ins, outs in self._each_group()
        ]
        self.gradients["weight"] = np.ascontiguousarray(_joined(dw))
        if not input_gradient:
            return None
        dx = [
            engine.input_gradient(grad[outs], self.weight[outs], x.shape[1:3], *self._settings)
            for _, outs in self._each_group()
        ]
        return engine.images(_joined(dx))

    def describe(self) -> shapes.Conv:
        return shapes.Conv(
            self.out_channels,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.groups,
            self.bias is not None,
        )

    def _resolve(self, padding: Pair | str) -> engine.Borders:
        """Pixels above, below, left and right; "same" puts the odd one below and right."""
        if padding == "valid":
            return (0, 0), (0, 0)
        if padding == "same" and self.stride == (1, 1):
            spans = (d * (k - 1) for d, k in zip(self.dilation, self.kernel_size, strict=True))
            (above, left), (below, right) = zip(*((s // 2, s - s // 2) for s in spans), strict=True)
            return (above, below), (left, right)
        if isinstance(padding, str) or min(padding) < 0:
            raise ArgumentError(
                f'{self!r}: padding must be at least 0 pixels, "valid", or "same" with stride 1; '
                f"got padding {padding!r} with stride {self.stride}."
            )
        return (padding[0], padding[0]), (padding[1], padding[1])


class ConvTranspose2d(_Convolution):
    r"""Lay the filters down once an input pixel, and add up where they overlap.

    .. math:: y[n, o, s i + d u - p, s j + d v - p] \mathrel{+}= x[n, c, i, j]\; w[c, o, u, v]

    It is the gradient of `Conv2d` with respect to its input, so it maps back between the shapes,
    not between the values.

    Shapes: input (N, C_in, H, W) -> output (N, C_out, OH, OW), sizes by
    `cnnlab.shapes.conv_transpose_output_size`; ``weight`` (C_in, C_out / groups, KH, KW),
    ``bias`` (C_out,).

    Parameters: as `Conv2d`, in the order of ``torch.nn.ConvTranspose2d``; ``output_padding`` adds
    rows below and columns on the right.

    Raises: `ArgumentError` for numbers out of their range; `ShapeError` if the input does not fit.

    >>> up = ConvTranspose2d(1, 1, 4, stride=3, rng=0)
    >>> up(np.ones((1, 1, 2, 2), np.float32)).shape
    (1, 1, 7, 7)

    References: Dumoulin and Visin (2016), arXiv:1603.07285, chapter 4.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Size = 1,
        *,
        init: Initial = "he",
        rng: Rng = None,
    ):
        super().__init__((in_channels, out_channels), kernel_size, stride, dilation, groups)
        self.padding, self.output_padding = pair(padding), pair(output_padding)
        (ph, pw) = self.padding
        self._borders = (ph, ph), (pw, pw)
        self._start((in_channels, out_channels // groups, *self.kernel_size), bias, init, rng)

    def forward(self, input: np.ndarray) -> np.ndarray:
        array = check_maps(self, input, self.in_channels)
        shape = self._output_shape(array.shape)
        x = engine.memory(array, self.weight.dtype)
        self._keep(x, shape)
        parts = [
            engine.input_gradient(x[ins], self.weight[ins], (shape[2], shape[3]), *self._settings)
            for ins, _ in self._each_group()
        ]
        y = _joined(parts)
        if self.bias is not None:
            y += self.bias[:, None, None, None]
        return engine.images(y)

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        grad, (x, _) = self._grad_memory(grad_output), self._recall()
        settings = self._reached(grad.shape[1:3], x.shape[1:3]), self.stride, self.dilation
        dw = [
            engine.weight_gradient(grad[outs], x[ins], self.kernel_size, *settings)
            for ins, outs in self._each_group()
        ]
        self.gradients["weight"] = np.ascontiguousarray(_joined(dw))
        if not input_gradient:
            return None
        dx = [
            engine.correlate(grad[outs], self.weight[ins], None, *settings)
            for ins, outs in self._each_group()
        ]
        return engine.images(_joined(dx))

    def _reached(self, output: Pair, input: Pair) -> engine.Borders:
        """The borders that end where the last kernel ended: output_padding adds rows behind it."""
        rows, columns = (
            (p, s * (i - 1) + d * (k - 1) + 1 - p - o)
            for p, s, i, d, k, o in zip(
                self.padding,
                self.stride,
                input,
                self.dilation,
                self.kernel_size,
                output,
                strict=True,
            )
        )
        return rows, columns

    def describe(self) -> shapes.ConvTranspose:
        return shapes.ConvTranspose(
            self.out_channels,
            self.kernel_size,
            self.stride,
            self.padding,
            self.output_padding,
            self.dilation,
            self.bias is not None,
        )


def _joined(groups: list[np.ndarray]) -> np.ndarray:
    """The groups' channels one after the other; a single group is not copied."""
    return groups[0] if len(groups) == 1 else np.concatenate(groups)
