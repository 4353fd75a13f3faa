"""The checks of `depthwise_separable`: a kernel for each channel, then a mix of the channels."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder
from cnnlab.checks.sentences import size
from cnnlab.checks.variants.depthwise_separable_mistakes import MISTAKES, right

# Two channels that cannot be mixed up: units in one, hundreds in the other.
SMALL_IMAGE = np.array([[[1, 2, 3], [4, 5, 6]], [[100, 700, 200], [500, 300, 800]]])
SMALL_KERNELS = np.array([[[1, 2]], [[0, 3]]])
SMALL_MIX = np.array([[1, 1], [1, 0], [0, 2]])


def places(image, depthwise, pointwise):
    """The shape of the answer, in words."""
    rows, columns = (n - k + 1 for n, k in zip(image.shape[1:], depthwise.shape[1:], strict=True))
    return (
        f"There is one map for each of the {len(pointwise)} rows of `pointwise`. A kernel of "
        f"{size(depthwise.shape[1:])} fits in {rows} places down and {columns} across."
    )


def _case(image, depthwise, pointwise):
    C, KH, KW = depthwise.shape
    maps = f"{len(pointwise)} maps" if len(pointwise) > 1 else "1 map"
    name = f"{C} channels of {size(image.shape[1:])}, kernels of {KH} x {KW}, {maps}"
    return Case(name, (image, depthwise, pointwise))


def _drawn(rng, channels, sides, kernel, maps, draw=signed):
    return _case(
        draw(rng, channels, *sides), signed(rng, channels, *kernel), signed(rng, maps, channels)
    )


FIXED = np.random.default_rng(12)


def _hidden(rng):
    return (
        Item(
            "more maps than channels",
            (_drawn(rng, 2, (4, 6), (2, 3), 4), _drawn(rng, 3, (5, 4), (3, 2), 5)),
        ),
        Item(
            "fewer maps than channels",
            (_drawn(rng, 4, (3, 5), (2, 2), 3), _drawn(rng, 3, (4, 3), (1, 2), 1)),
        ),
        Item("as many maps as channels", (_drawn(rng, 3, (4, 5), (3, 2), 3),)),
        Item(
            "whole numbers, left as they were",
            (_drawn(rng, 2, (3, 4), (2, 2), 3, whole_signed),),
            keeps_input=True,
        ),
    )


def _einsum(image, depthwise, pointwise):
    windows = np.lib.stride_tricks.sliding_window_view(image, depthwise.shape[1:], axis=(1, 2))
    return np.einsum("oc,cuv,cijuv->oij", pointwise, depthwise, windows)


def _one_large_filter(image, depthwise, pointwise):
    """Both steps are one ordinary convolution, whose filters are products."""
    weight = pointwise[:, :, None, None] * depthwise[None]
    return naive.conv2d(image[None], weight)[0]


def _map_by_map(image, depthwise, pointwise):
    maps = [naive.correlate2d(x, k) for x, k in zip(image, depthwise, strict=True)]
    mixed = [sum(w * y for w, y in zip(row, maps, strict=True)) for row in pointwise]
    return np.array(mixed)


LADDER = Ladder(
    task="depthwise_separable",
    arguments=("image", "depthwise", "pointwise"),
    reference=right,
    cases=(
        _case(SMALL_IMAGE, SMALL_KERNELS, SMALL_MIX),
        _drawn(FIXED, 3, (4, 5), (2, 3), 2),
        _drawn(FIXED, 2, (4, 3), (3, 2), 3),
        _drawn(FIXED, 3, (3, 5), (2, 2), 3, whole_signed),
    ),
    hidden=_hidden,
    places=places,
    hint="Work out the maps of the first step, before they are mixed. Which of them is wrong?",
    axes={
        "image": ("channel", "row", "column"),
        "pointwise": ("output", "channel"),
        "": ("output", "row", "column"),
    },
    mistakes=MISTAKES,
    accepted=(
        _einsum,
        _one_large_filter,
        _map_by_map,
        lambda x, d, p: np.tensordot(p, np.array(_map_by_map(x, d, np.eye(len(d)))), axes=1),
        lambda x, d, p: right(x, d, p).astype(np.float32),
        lambda x, d, p: np.asfortranarray(right(x, d, p)),
    ),
)
