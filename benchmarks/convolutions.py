"""Forward pass, input gradient and weight gradient of single convolutions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.machine import torch_or_none
from benchmarks.rows import Bar, Case
from cnnlab import functional, nn

SINGLE = Bar(must=3.0, aim=1.5)
DEPTHWISE = Bar(must=5.0, aim=2.5)
MEANS = {
    "forward": Bar(must=1.1, aim=0.8),
    "input gradient": Bar(must=1.5, aim=1.0),
    "weight gradient": Bar(must=1.5, aim=1.0),
}


@dataclass(frozen=True)
class Shape:
    """input (N, C, H, W), filters, kernel size, and the settings of `conv2d`."""

    name: str
    input: tuple[int, int, int, int]
    filters: int
    kernel: int
    settings: dict[str, int] = field(default_factory=dict)
    bar: Bar = SINGLE

    @property
    def weight(self) -> tuple[int, int, int, int]:
        groups = self.settings.get("groups", 1)
        return self.filters, self.input[1] // groups, self.kernel, self.kernel


SHAPES = (
    Shape("64x1x28x28 k5 c6", (64, 1, 28, 28), 6, 5),
    Shape("64x6x14x14 k5 c16", (64, 6, 14, 14), 16, 5),
    Shape("64x1x28x28 k3 c8", (64, 1, 28, 28), 8, 3),
    Shape("32x32x32x32 k3 c64 p1", (32, 32, 32, 32), 64, 3, {"padding": 1}),
    Shape("32x3x64x64 k3 c10", (32, 3, 64, 64), 10, 3),
    Shape("8x64x56x56 k3 c64 p1", (8, 64, 56, 56), 64, 3, {"padding": 1}),
    Shape("8x256x28x28 k1 c64", (8, 256, 28, 28), 64, 1),
    Shape("8x64x56x56 k3 s2 c128", (8, 64, 56, 56), 128, 3, {"stride": 2}),
    Shape("8x64x28x28 k3 d2 c64", (8, 64, 28, 28), 64, 3, {"dilation": 2}),
    Shape("8x64x28x28 k3 g4 c64", (8, 64, 28, 28), 64, 3, {"groups": 4}),
    Shape("8x128x28x28 k3 depthwise", (8, 128, 28, 28), 128, 3, {"groups": 128}, DEPTHWISE),
    Shape("1x1x1024x1024 k5 c1", (1, 1, 1024, 1024), 1, 5),
    Shape("1x1x512x512 k31 c1", (1, 1, 512, 512), 1, 31),
)


def forward(shape: Shape) -> Case:
    x, w, _ = arrays(shape)
    torch = torch_or_none()
    theirs = None
    if torch:
        xt, wt = torch.from_numpy(x), torch.from_numpy(w)

        def theirs():
            with torch.no_grad():
                return torch.nn.functional.conv2d(xt, wt, **shape.settings)

    return Case(shape.name, lambda: functional.conv2d(x, w, **shape.settings), theirs, shape.bar)


def input_gradient(shape: Shape) -> Case:
    x, w, grad = arrays(shape)
    return Case(
        shape.name,
        lambda: functional.conv2d_input(x.shape, w, grad, **shape.settings),
        _torch_backward(shape, x, w, grad, (True, False, False)),
        shape.bar,
    )


def weight_gradient(shape: Shape) -> Case:
    x, w, grad = arrays(shape)
    return Case(
        shape.name,
        lambda: functional.conv2d_weight(x, w.shape, grad, **shape.settings),
        _torch_backward(shape, x, w, grad, (False, True, False)),
        shape.bar,
    )


GROUPS = {"forward": forward, "input gradient": input_gradient, "weight gradient": weight_gradient}


def both_tiers(shape: Shape) -> Iterator[tuple[str, Callable[[], np.ndarray]]]:
    """The forward pass of `functional`, and of a layer whose input comes from another layer."""
    x, w, _ = arrays(shape)
    yield "functional", lambda: functional.conv2d(x, w, **shape.settings)
    layer = nn.Conv2d(shape.input[1], shape.filters, shape.kernel, **shape.settings, rng=1)
    images = np.moveaxis(np.moveaxis(x, 0, -1).copy(), -1, 0)  # the batch last in memory
    yield "nn.Conv2d", lambda: layer(images)


def arrays(shape: Shape) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Input, weight and a gradient of the output, in float32."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=shape.input).astype(np.float32)
    w = rng.normal(size=shape.weight).astype(np.float32)
    grad = rng.normal(size=functional.conv2d(x, w, **shape.settings).shape).astype(np.float32)
    return x, w, grad


def _torch_backward(shape: Shape, x, w, grad, wanted):
    """The backward pass alone, as PyTorch's autograd calls it."""
    torch = torch_or_none()
    if torch is None:
        return None
    xt, wt, gt = map(torch.from_numpy, (x, w, grad))
    pairs = {"stride": 1, "padding": 0, "dilation": 1} | shape.settings
    groups = pairs.pop("groups", 1)
    stride, padding, dilation = ([value, value] for value in pairs.values())

    def run():
        return torch.ops.aten.convolution_backward(
            gt, xt, wt, None, stride, padding, dilation, False, [0, 0], groups, wanted
        )

    return run
