"""The checks of `max_pool2d`: the largest number of every window, with any stride."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.pooling.common import (
    BATCH,
    BYTES,
    NEGATIVE_MAP,
    SMALL,
    WIDE,
    WORKED_MAP,
    places,
    places_in_words,
    pool_case,
    pooled,
    windows,
)
from cnnlab.checks.pooling.max_pool2d_mistakes import MISTAKES
from cnnlab.checks.values import close


def max_pool2d(input, kernel_size, stride):
    """(N, C, H, W), K, S -> (N, C, (H - K) // S + 1, (W - K) // S + 1)"""
    return naive.max_pool2d(input, kernel_size, stride)


def _hidden(rng):
    return (
        Item(
            "windows side by side",
            (
                pool_case(signed(rng, 2, 3, 4, 6), 2, 2),
                pool_case(signed(rng, 3, 2, 7, 5), 2, 2),
                pool_case(signed(rng, 2, 2, 6, 10), 3, 3),
            ),
        ),
        Item(
            "windows that overlap or leave gaps",
            (
                pool_case(signed(rng, 2, 3, 7, 6), 3, 2),
                pool_case(signed(rng, 1, 2, 4, 5), 2, 1),
                pool_case(signed(rng, 1, 2, 8, 7), 2, 3),
            ),
        ),
        Item(
            "numbers below zero, whole numbers",
            (
                pool_case(-np.abs(signed(rng, 1, 2, 4, 5)), 2, 2),
                pool_case(-np.abs(whole_signed(rng, 2, 2, 5, 6)), 3, 2),
            ),
        ),
        Item(
            "the input is left as it was",
            (pool_case(signed(rng, 2, 2, 5, 6), 3, 2),),
            keeps_input=True,
        ),
    )


def _brighter(arguments, answers):
    """Ten more in every pixel is ten more in every maximum."""
    return bool(close(answers[1], answers[0] + 10).all())


LADDER = Ladder(
    task="max_pool2d",
    arguments=("input", "kernel_size", "stride"),
    reference=max_pool2d,
    cases=(
        Case("the map of lesson 06", (WORKED_MAP, 2, 2)),
        Case("the same map, windows of 3, stride 1", (WORKED_MAP, 3, 1)),
        Case("two channels, windows of 2, stride 1", (SMALL, 2, 1)),
        Case("numbers below zero", (NEGATIVE_MAP, 2, 2)),
        pool_case(BATCH, 2, 2),
        pool_case(WIDE, 3, 2),
        pool_case(WIDE, 2, 3),
        Case("bytes", (BYTES, 2, 2)),
    ),
    hidden=_hidden,
    places=places_in_words,
    hint="Choose one wrong value. Which window belongs to it, and which of its numbers is the "
    "largest?",
    properties=(
        Property(
            "brighter",
            (Case("a map", (BATCH, 3, 2)), Case("the same with 10 more", (BATCH + 10, 3, 2))),
            _brighter,
            "When every pixel is larger by ten, your answers are not larger by ten.",
            "Taking the largest number would keep that. Which other step do you take?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        pooled(np.max),
        lambda x, k, s: pooled(np.max)(x, k, s).astype(np.float32),
        lambda x, k, s: windows(x, k, s).max(axis=(4, 5)),
        lambda x, k, s: np.asfortranarray(windows(x, k, s).max(axis=4).max(axis=4)),
        lambda x, k, s: np.sort(windows(x, k, s).reshape(*_four(x, k, s), -1))[..., -1],
        lambda x, k, s: _by_scipy(x, k, s),
        lambda x, k, s: pooled(lambda w: max(max(row) for row in w.tolist()))(x, k, s),
    ),
)


def _four(input, kernel_size, stride):
    return (*input.shape[:2], *places(input, kernel_size, stride))


def _by_scipy(input, kernel_size, stride):
    """Maxima around every pixel; those whose windows lie inside are kept."""
    from scipy import ndimage

    side = (1, 1, kernel_size, kernel_size)
    before = (kernel_size - 1) // 2
    everywhere = ndimage.maximum_filter(
        input, side, origin=(0, 0, *(before - kernel_size // 2,) * 2)
    )
    rows, columns = (n - kernel_size + 1 for n in input.shape[2:])
    return everywhere[:, :, before : before + rows : stride, before : before + columns : stride]
