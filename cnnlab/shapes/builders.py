"""Recipes for the stacks of `architectures`: one function a kind of block or network."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

from cnnlab.shapes.convolutions import Conv, LocallyConnected
from cnnlab.shapes.layers import (
    AdaptivePool,
    BatchNorm,
    Flatten,
    Layer,
    Linear,
    Pointwise,
    Pool,
    Shape,
    pair,
)
from cnnlab.shapes.stacks import Block

Stack = tuple[Layer, ...]
Unit = Callable[..., Stack]

RELU = Pointwise("relu")
DROPOUT = Pointwise("dropout")


@dataclass(frozen=True)
class PartialConv(Conv):
    """A convolution whose filters see only some maps; ``links`` counts the pairs of maps joined."""

    links: int = 0

    def parameters(self, shape: Shape) -> int:
        return self.links * self._area + self.filters

    def multiplications(self, shape: Shape) -> int:
        _, height, width = self.output_shape(shape)
        return self.links * self._area * height * width

    @property
    def _area(self) -> int:
        return prod(pair(self.kernel_size))


@dataclass(frozen=True)
class FixedCodes(Layer):
    """LeNet-5's output: the distance of the features to one drawn figure a class, not learned."""

    classes: int

    def output_shape(self, shape: Shape) -> Shape:
        return (self.classes,)

    def multiplications(self, shape: Shape) -> int:
        return self.classes * shape[0]

    def depth(self) -> int:
        return 1

    @property
    def title(self) -> str:
        return f"radial basis, {self.classes}"


def conv_relu(filters: int, kernel_size: int, **settings: Any) -> Stack:
    return Conv(filters, kernel_size, **settings), RELU


def conv_bn_relu(filters: int, kernel_size: int, **settings: Any) -> Stack:
    return Conv(filters, kernel_size, bias=False, **settings), BatchNorm(), RELU


def dense_head(classes: int = 1000) -> Stack:
    """The three dense layers of AlexNet and VGG."""
    hidden = (Linear(4096), RELU, DROPOUT)
    return Flatten(), *hidden, *hidden, Linear(classes)


def global_head(classes: int = 1000) -> Stack:
    return AdaptivePool(1), Flatten(), Linear(classes)


def alexnet_features(filters: tuple[int, ...], groups: tuple[int, ...], padding: int) -> Stack:
    one, two, three, four, five = zip(filters, groups, strict=True)
    pool = Pool(3, stride=2)
    return (
        *_grouped(one, 11, stride=4, padding=padding),
        pool,
        *_grouped(two, 5, padding=2),
        pool,
        *_grouped(three, 3, padding=1),
        *_grouped(four, 3, padding=1),
        *_grouped(five, 3, padding=1),
        pool,
    )


def _grouped(filters_and_groups: tuple[int, int], kernel_size: int, **settings: Any) -> Stack:
    filters, groups = filters_and_groups
    return conv_relu(filters, kernel_size, groups=groups, **settings)


def vgg_features(plan: tuple[int, ...]) -> Stack:
    """3 x 3 convolutions; a zero in the plan is a pooling layer."""
    stack: Stack = ()
    for filters in plan:
        stack += conv_relu(filters, 3, padding=1) if filters else (Pool(2),)
    return stack


def inception(
    name: str, sizes: tuple[int, int, int, int, int, int], unit: Unit = conv_relu, large: int = 5
) -> Block:
    """Four paths: 1 x 1; 1 x 1 then 3 x 3; 1 x 1 then 5 x 5; pooling then 1 x 1."""
    one, reduce3, three, reduce5, five, pooled = sizes
    return Block(
        f"inception {name}",
        (
            unit(one, 1),
            (*unit(reduce3, 1), *unit(three, 3, padding=1)),
            (*unit(reduce5, 1), *unit(five, large, padding=large // 2)),
            (Pool(3, stride=1, padding=1), *unit(pooled, 1)),
        ),
    )


INCEPTIONS = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def googlenet(unit: Unit = conv_relu, large: int = 5) -> Stack:
    """Without the two helper classifiers, which were used in training only."""
    pool = Pool(3, stride=2, ceil_mode=True)
    blocks: Stack = ()
    for name, sizes in INCEPTIONS.items():
        if name in ("4a", "5a"):
            blocks += (pool,)
        blocks += (inception(name, sizes, unit, large),)
    stem = (*unit(64, 7, stride=2, padding=3), pool, *unit(64, 1), *unit(192, 3, padding=1), pool)
    return *stem, *blocks, AdaptivePool(1), Flatten(), DROPOUT, Linear(1000)


def basic_block(name: str, channels: int, filters: int, stride: int) -> Stack:
    path = (
        *conv_bn_relu(filters, 3, stride=stride, padding=1),
        *conv_bn_relu(filters, 3, padding=1)[:2],
    )
    return Block(name, (path, shortcut(channels, filters, stride)), join="add"), RELU


def bottleneck(name: str, channels: int, filters: int, stride: int) -> Stack:
    """1 x 1 down to a quarter, 3 x 3, 1 x 1 up again; the stride is in the 3 x 3."""
    path = (
        *conv_bn_relu(filters // 4, 1),
        *conv_bn_relu(filters // 4, 3, stride=stride, padding=1),
        *conv_bn_relu(filters, 1)[:2],
    )
    return Block(name, (path, shortcut(channels, filters, stride)), join="add"), RELU


def shortcut(channels: int, filters: int, stride: int) -> Stack:
    """Nothing where the shapes agree, else a 1 x 1 convolution."""
    return conv_bn_relu(filters, 1, stride=stride)[:2] if channels != filters else ()


def resnet(block: Unit, counts: tuple[int, ...], widths: tuple[int, ...]) -> Stack:
    stack: Stack = (*conv_bn_relu(64, 7, stride=2, padding=3), Pool(3, stride=2, padding=1))
    channels = 64
    for stage, (count, filters) in enumerate(zip(counts, widths, strict=True), start=2):
        for place in range(count):
            stride = 2 if stage > 2 and place == 0 else 1
            stack += block(f"residual {stage}.{place + 1}", channels, filters, stride)
            channels = filters
    return stack + global_head()


def densenet(counts: tuple[int, ...], growth: int = 32, channels: int = 64) -> Stack:
    stack: Stack = (*conv_bn_relu(64, 7, stride=2, padding=3), Pool(3, stride=2, padding=1))
    for stage, count in enumerate(counts, start=1):
        for place in range(count):
            new = (
                BatchNorm(),
                RELU,
                *conv_bn_relu(4 * growth, 1),
                Conv(growth, 3, padding=1, bias=False),
            )
            stack += (Block(f"dense {stage}.{place + 1}", ((), new)),)
        channels += count * growth
        if stage < len(counts):
            channels //= 2
            halve = Conv(channels, 1, bias=False)
            stack += (BatchNorm(), RELU, halve, Pool(2, kind="average"))
    return (*stack, BatchNorm(), RELU, *global_head())


def mobilenet() -> Stack:
    """Thirteen pairs of a depthwise 3 x 3 and a pointwise 1 x 1 convolution."""
    stack, channels = conv_bn_relu(32, 3, stride=2, padding=1), 32
    widths = (64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024)
    halved = (1, 3, 5, 11)
    for place, filters in enumerate(widths):
        stride = 2 if place in halved else 1
        stack += conv_bn_relu(channels, 3, stride=stride, padding=1, groups=channels)
        stack += conv_bn_relu(filters, 1)
        channels = filters
    return stack + global_head()


LENET5 = (
    Conv(6, 5),
    Pointwise("tanh"),
    Pool(2, kind="average", learned=True),
    Pointwise("tanh"),
    PartialConv(16, 5, links=60),
    Pointwise("tanh"),
    Pool(2, kind="average", learned=True),
    Pointwise("tanh"),
    Conv(120, 5),
    Pointwise("tanh"),
    Flatten(),
    Linear(84),
    Pointwise("tanh"),
    FixedCodes(10),
)

# Taigman et al. (2014), figure 2: the aligned-face network with unshared kernels.
DEEPFACE = (
    *conv_relu(32, 11),
    Pool(3, stride=2, ceil_mode=True),
    *conv_relu(16, 9),
    LocallyConnected(16, 9),
    RELU,
    LocallyConnected(16, 7, stride=2),
    RELU,
    LocallyConnected(16, 5),
    RELU,
    Flatten(),
    Linear(4096),
    RELU,
    DROPOUT,
    Linear(4030),
)
