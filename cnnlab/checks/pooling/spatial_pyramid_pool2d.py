"""The checks of `spatial_pyramid_pool2d`: maps of any size become a vector of one length."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.pooling.bin_edges import bin_edges
from cnnlab.checks.pooling.common import SMALL, WORKED_MAP
from cnnlab.checks.pooling.spatial_pyramid_pool2d_mistakes import MISTAKES, pyramid
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close


def spatial_pyramid_pool2d(input, levels):
    """(N, C, H, W), a list of bins for each axis -> (N, C B), B the sum of their squares"""
    return naive.spatial_pyramid_pool2d(input, levels)


_rng = np.random.default_rng(66)
BATCH = signed(_rng, 2, 3, 5, 7)
NEGATIVE = -np.abs(signed(_rng, 1, 2, 5, 4))


def _case(input, levels):
    named = " and ".join(map(str, levels))
    return Case(f"a batch of {size(input.shape)}, levels {named}", (input, levels))


def _hidden(rng):
    return (
        Item(
            "bins that divide the sides",
            (
                _case(signed(rng, 2, 3, 4, 4), (1, 2)),
                _case(signed(rng, 3, 2, 4, 8), (1, 2, 4)),
            ),
        ),
        Item(
            "bins that do not",
            (
                _case(signed(rng, 2, 3, 5, 7), (1, 2, 4)),
                _case(signed(rng, 2, 2, 7, 6), (1, 3)),
                _case(signed(rng, 1, 2, 7, 11), (4,)),
            ),
            parts=2,
        ),
        Item(
            "numbers below zero, whole numbers",
            (
                _case(-np.abs(signed(rng, 2, 2, 5, 4)), (1, 3)),
                _case(whole_signed(rng, 1, 3, 4, 5), (2, 3)),
            ),
        ),
        Item(
            "the input is left as it was",
            (_case(signed(rng, 2, 2, 5, 4), (1, 2)),),
            keeps_input=True,
        ),
    )


def _shifted(arguments, answers):
    """Ten more in every pixel is ten more in every maximum."""
    return bool(close(answers[1], answers[0] + 10).all())


LADDER = Ladder(
    task="spatial_pyramid_pool2d",
    arguments=("input", "levels"),
    reference=spatial_pyramid_pool2d,
    cases=(
        Case("the map of lesson 06, levels 1 and 2", (WORKED_MAP, (1, 2))),
        _case(SMALL, (1, 2)),
        _case(NEGATIVE, (2, 3)),
        _case(BATCH, (1, 2, 4)),
    ),
    hidden=_hidden,
    places=lambda input, levels: (
        f"The levels have {sum(n * n for n in levels)} bins together, in each of the "
        f"{input.shape[1]} maps of an image, and every image has one vector."
    ),
    hint="Choose one wrong number. To which map, level and bin does it belong, and which pixels "
    "lie in that bin?",
    properties=(
        Property(
            "brighter",
            (_case(BATCH, (1, 3)), Case("the same with 10 more", (BATCH + 10, (1, 3)))),
            _shifted,
            "When every pixel is larger by ten, your answers are not larger by ten.",
            "Taking the largest number would keep that. Which other step do you take?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        pyramid(),
        lambda x, levels: pyramid()(x, levels).astype(np.float32),
        lambda x, levels: np.asfortranarray(pyramid()(x, levels)),
        lambda x, levels: np.concatenate([_level(x, n) for n in levels], axis=2).reshape(
            len(x), -1
        ),
        lambda x, levels: np.array(
            [
                np.concatenate([pyramid()(image[None, [c]], levels)[0] for c in range(len(image))])
                for image in x
            ]
        ),
    ),
)


def _level(input, bins):
    """One level: rows of bins first, then columns."""
    rows = [input[:, :, a:b].max(axis=2) for a, b in bin_edges(input.shape[2], bins)]
    cells = [[r[:, :, c:d].max(axis=2) for c, d in bin_edges(input.shape[3], bins)] for r in rows]
    return np.array(cells).transpose(2, 3, 0, 1).reshape(*input.shape[:2], -1)
