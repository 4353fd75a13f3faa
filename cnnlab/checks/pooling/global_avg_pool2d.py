"""The checks of `global_avg_pool2d`: one number, the mean, of every map."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.pooling.common import BATCH, BYTES, WORKED_MAP
from cnnlab.checks.sentences import size
from cnnlab.checks.versions import clears


def global_avg_pool2d(input):
    """(N, C, H, W) -> (N, C, 1, 1)"""
    return naive.global_avg_pool2d(input)


right = global_avg_pool2d


def _case(input):
    return Case(f"a batch of {size(input.shape)}", (input,))


def _hidden(rng):
    return (
        Item("maps of one size", (_case(signed(rng, 2, 3, 4, 4)), _case(signed(rng, 3, 2, 5, 5)))),
        Item("sides that differ", (_case(signed(rng, 2, 3, 5, 4)), _case(signed(rng, 3, 4, 2, 7)))),
        Item(
            "bytes and whole numbers",
            (
                _case(rng.choice(256, (2, 2, 4, 5), replace=False).astype(np.uint8)),
                _case(whole_signed(rng, 3, 2, 3, 5)),
            ),
        ),
        Item("the input is left as it was", (_case(signed(rng, 2, 2, 3, 4)),), keeps_input=True),
    )


def _means(*axes):
    return lambda x: np.asarray(x, float).mean(axis=axes, keepdims=True)


def _byte_sums(x):
    if x.dtype != np.uint8:
        return right(x)
    return (x.sum(axis=(2, 3), keepdims=True) % 256) / (x.shape[2] * x.shape[3])


def _exact(x):
    """The right answer, whole where it should be: the formula's loops leave 2.9999999 behind."""
    return right(x).round(9)


def _cut(x):
    return _exact(x) if np.asarray(x).dtype.kind == "f" else np.floor(_exact(x))


LADDER = Ladder(
    task="global_avg_pool2d",
    arguments=("input",),
    reference=global_avg_pool2d,
    cases=(
        Case("the map of lesson 06", (WORKED_MAP,)),
        Case("two images with three channels", (BATCH,)),
        Case(
            "two small images",
            (np.array([[[[1, 2]], [[3, 8]], [[5, 7]]], [[[2, 6]], [[9, 4]], [[0, 7]]]]),),
        ),
        Case("bytes", (BYTES,)),
    ),
    hidden=_hidden,
    places=lambda input: (
        f"Each of the {len(input)} images has {input.shape[1]} channels, and each channel becomes "
        "a map of one row and one column."
    ),
    hint="Take one image and one channel. Which numbers belong to it, and how many are there?",
    mistakes=(
        Mistake(
            "largest",
            "You kept the largest number of each map. What does the name of the function ask for?",
            lambda x: x.max(axis=(2, 3), keepdims=True),
            lambda x: x.max(axis=(2, 3)),
        ),
        Mistake(
            "summed",
            "You added each map up. How many numbers share the sum?",
            lambda x: x.sum(axis=(2, 3), keepdims=True),
            lambda x: x.sum(axis=(2, 3)),
        ),
        Mistake(
            "median",
            "You took the number in the middle. What do all numbers of a map add up to?",
            lambda x: np.median(x, axis=(2, 3), keepdims=True),
        ),
        Mistake(
            "axes-lost",
            "Your means are right, and two axes are gone. How many axes has a batch of maps with "
            "one pixel each?",
            lambda x: right(x)[:, :, 0, 0],
        ),
        Mistake(
            "one-number-for-all",
            "The whole batch became one number. Which axes are averaged, and which stay?",
            lambda x: x.mean(),
            _means(0, 1, 2, 3),
        ),
        Mistake(
            "channels-averaged",
            "The channels were averaged as well. Which axes belong to a single map?",
            _means(1, 2, 3),
            lambda x: x.mean(axis=(1, 2, 3)),
        ),
        Mistake(
            "images-averaged",
            "The images of the batch were averaged as well. Which axes belong to a single map?",
            _means(0, 2, 3),
            lambda x: x.mean(axis=(0, 2, 3)),
        ),
        Mistake(
            "other-axes",
            "You averaged over other axes than rows and columns. Which two come last?",
            _means(1, 2),
            lambda x: x.mean(axis=(1, 2)),
            _means(0, 1),
            lambda x: x.mean(axis=(0, 1)),
            _means(1, 3),
        ),
        Mistake(
            "one-direction-only",
            "Your maps still have a row or a column. In how many directions is the mean taken?",
            _means(2),
            _means(3),
            lambda x: x.mean(axis=2),
            lambda x: x.mean(axis=3),
            lambda x: x.mean(axis=1),
        ),
        Mistake(
            "square-of-one-side",
            "You divided by the square of one side. How many numbers has a map whose sides differ?",
            lambda x: right(x) * x.shape[3] / x.shape[2],
            lambda x: right(x) * x.shape[2] / x.shape[3],
        ),
        Mistake(
            "cut-to-whole-numbers",
            "What stands behind the point is gone. Which type does the array that holds your "
            "answers have?",
            lambda x: np.floor(_exact(x)),
            lambda x: np.trunc(_exact(x)),
            lambda x: np.round(_exact(x)),
            _cut,
        ),
        Mistake(
            "bytes-wrapped",
            "With bytes your means are far too small. Can a byte hold the sum of many bytes?",
            _byte_sums,
        ),
        Mistake(
            "first-image-only",
            "All images of the batch have the means of the first. Which index names the image?",
            lambda x: np.repeat(right(x[:1]), len(x), axis=0),
            lambda x: right(x[:1]),
        ),
        Mistake(
            "size-of-input",
            "Your maps are as large as before. How many rows and columns has a map of one number?",
            lambda x: np.broadcast_to(right(x), x.shape),
        ),
        Mistake(
            "clears-input",
            "The input you were given now holds other numbers. Could you leave it as it is?",
            clears(right),
        ),
    ),
    accepted=(
        lambda x: x.mean(axis=(2, 3), keepdims=True),
        lambda x: x.mean(axis=2).mean(axis=2)[:, :, None, None],
        lambda x: np.asfortranarray(x.mean(axis=(-1, -2), keepdims=True)),
        lambda x: (
            x.reshape(*x.shape[:2], -1).astype(np.float32).mean(axis=2).reshape(*x.shape[:2], 1, 1)
        ),
        lambda x: np.einsum("nchw->nc", x.astype(float))[..., None, None] / x[0, 0].size,
        lambda x: np.array([[[[float(plane.mean())]] for plane in image] for image in x]),
    ),
)
