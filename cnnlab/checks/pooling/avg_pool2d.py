"""The checks of `avg_pool2d`: the mean of every window, with any stride."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.pooling.avg_pool2d_mistakes import MISTAKES
from cnnlab.checks.pooling.common import (
    BATCH,
    BYTES,
    SMALL,
    WHOLE,
    WIDE,
    WORKED_MAP,
    places,
    places_in_words,
    pool_case,
    pooled,
    windows,
)
from cnnlab.checks.values import close


def avg_pool2d(input, kernel_size, stride):
    """(N, C, H, W), K, S -> (N, C, (H - K) // S + 1, (W - K) // S + 1)"""
    return naive.avg_pool2d(input, kernel_size, stride)


def _hidden(rng):
    return (
        Item(
            "windows side by side",
            (
                pool_case(signed(rng, 2, 3, 4, 6), 2, 2),
                pool_case(signed(rng, 3, 2, 6, 9), 3, 3),
            ),
        ),
        Item(
            "windows that overlap or leave gaps",
            (
                pool_case(signed(rng, 2, 2, 7, 6), 3, 2),
                pool_case(signed(rng, 1, 3, 5, 4), 2, 1),
                pool_case(signed(rng, 1, 2, 8, 7), 2, 3),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                pool_case(whole_signed(rng, 2, 2, 5, 6), 2, 2),
                pool_case(rng.choice(256, (1, 2, 5, 4), replace=False).astype(np.uint8), 2, 2),
            ),
        ),
        Item(
            "the input is left as it was",
            (pool_case(signed(rng, 2, 2, 5, 6), 3, 2),),
            keeps_input=True,
        ),
    )


def _linear(arguments, answers):
    return bool(close(answers[0] + answers[1], answers[2]).all())


LADDER = Ladder(
    task="avg_pool2d",
    arguments=("input", "kernel_size", "stride"),
    reference=avg_pool2d,
    cases=(
        Case("the map of lesson 06", (WORKED_MAP, 2, 2)),
        Case("the same map, windows of 3, stride 1", (WORKED_MAP, 3, 1)),
        Case("two channels, windows of 2, stride 1", (SMALL, 2, 1)),
        pool_case(BATCH, 2, 2),
        pool_case(WIDE, 3, 2),
        pool_case(WIDE, 2, 3),
        pool_case(WHOLE, 3, 1),
        Case("bytes", (BYTES, 2, 2)),
    ),
    hidden=_hidden,
    places=places_in_words,
    hint="Choose one wrong value. Which window belongs to it, what is its sum, and how many "
    "numbers made it?",
    properties=(
        Property(
            "linear",
            (
                Case("one batch", (BATCH, 3, 2)),
                Case("another", (BATCH[::-1] ** 2, 3, 2)),
                Case("both added", (BATCH + BATCH[::-1] ** 2, 3, 2)),
            ),
            _linear,
            "The answer to two maps laid over each other is not the sum of their answers.",
            "A mean would keep that. Which other step do you take?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        pooled(np.mean),
        lambda x, k, s: pooled(np.mean)(x, k, s).astype(np.float32),
        lambda x, k, s: windows(x, k, s).mean(axis=(4, 5)),
        lambda x, k, s: np.asfortranarray(windows(x.astype(float), k, s).sum(axis=(4, 5)) / k**2),
        lambda x, k, s: windows(x, k, s).mean(axis=4).mean(axis=4),
        lambda x, k, s: naive.conv2d(
            x.reshape(-1, 1, *x.shape[2:]), np.full((1, 1, k, k), 1 / k**2), stride=s
        ).reshape(*x.shape[:2], *places(x, k, s)),
        lambda x, k, s: np.array(
            [
                [
                    [
                        [float(x[n, c, i : i + k, j : j + k].mean()) for j in _starts(x, 3, k, s)]
                        for i in _starts(x, 2, k, s)
                    ]
                    for c in range(x.shape[1])
                ]
                for n in range(len(x))
            ]
        ),
    ),
)


def _starts(input, axis, kernel_size, stride):
    return range(0, input.shape[axis] - kernel_size + 1, stride)
