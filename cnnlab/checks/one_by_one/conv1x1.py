"""The checks of `conv1x1`: the same mixing of channels at every pixel of a batch."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.one_by_one.common import (
    BYTE_BIAS,
    BYTE_IMAGE,
    BYTE_WEIGHT,
    DIGITS_BIAS,
    DIGITS_IMAGE,
    DIGITS_WEIGHT,
    SQUARE_BIAS,
    SQUARE_WEIGHT,
    WORKED_BIAS,
    WORKED_IMAGE,
    WORKED_WEIGHT,
)
from cnnlab.checks.one_by_one.conv1x1_mistakes import MISTAKES
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close


def conv1x1(input, weight, bias):
    """(N, C, H, W), (O, C), (O,) -> (N, O, H, W)"""
    return naive.conv2d(np.asarray(input, float), weight[:, :, None, None], bias)


# Two images whose sides, channels and filters all differ; as many filters as the image is wide,
# so that a bias along the wrong axis meets no error.
SIGNED_INPUT = np.arange(48.0).reshape(2, 2, 3, 4) ** 2 % 37 - 16
SIGNED_WEIGHT = np.array([[1.5, -2], [0.25, 3], [-4, 0.5], [2, 5]])
SIGNED_BIAS = np.array([3.0, -7.5, 20, -1])

TURNED_IMAGE = WORKED_IMAGE[:, ::-1, ::-1]


def _hidden(rng):
    def case(input: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> Case:
        return Case(
            f"an input of {size(input.shape)}, {len(weight)} filters", (input, weight, bias)
        )

    return (
        Item(
            "one image",
            (
                case(signed(rng, 1, 3, 2, 5), signed(rng, 2, 3), signed(rng, 2)),
                case(signed(rng, 1, 2, 4, 3), signed(rng, 5, 2), signed(rng, 5)),
            ),
        ),
        Item(
            "a batch",
            (
                case(signed(rng, 3, 2, 4, 5), signed(rng, 4, 2), signed(rng, 4)),
                case(signed(rng, 2, 4, 3, 2), signed(rng, 3, 4), signed(rng, 3)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(
                    photo(rng, 12, 5).reshape(2, 3, 2, 5),
                    whole_signed(rng, 4, 3),
                    whole_signed(rng, 4),
                ),
                case(whole_signed(rng, 2, 2, 3, 5), signed(rng, 3, 2), signed(rng, 3)),
            ),
        ),
        Item(
            "the input is left as it was",
            (case(signed(rng, 2, 3, 4, 2), signed(rng, 5, 3), signed(rng, 5)),),
            keeps_input=True,
        ),
    )


def _places(input, weight, bias):
    N, C, H, W = input.shape
    return (
        f"{N} times {H} x {W} pixels of {C} channels meet {len(weight)} filters. Pixels keep their "
        "places."
    )


def _moved_alike(arguments, answers):
    """The second input is the first with its rows in reverse order, and its columns."""
    return bool(close(answers[0][:, :, ::-1, ::-1], answers[1]).all())


LADDER = Ladder(
    task="conv1x1",
    arguments=("input", "weight", "bias"),
    reference=conv1x1,
    cases=(
        Case("one row of digits", (DIGITS_IMAGE[None], DIGITS_WEIGHT, DIGITS_BIAS)),
        Case("the image of lesson 07", (WORKED_IMAGE[None], WORKED_WEIGHT, WORKED_BIAS)),
        Case("three channels, three filters", (WORKED_IMAGE[None], SQUARE_WEIGHT, SQUARE_BIAS)),
        Case("bytes", (BYTE_IMAGE[None], BYTE_WEIGHT, BYTE_BIAS)),
        Case("two images, four filters", (SIGNED_INPUT, SIGNED_WEIGHT, SIGNED_BIAS)),
        Case(
            "two images, three filters on two channels",
            (SIGNED_INPUT[..., :2], SIGNED_WEIGHT[:3], SIGNED_BIAS[:3]),
        ),
    ),
    hidden=_hidden,
    places=_places,
    axes={"weight": ("filter", "channel"), "bias": ("filter",)},
    hint="Choose one wrong value, and its pixel. Which channels does its filter add up there?",
    properties=(
        Property(
            "places stay",
            (
                Case("the image of lesson 07", (WORKED_IMAGE[None], WORKED_WEIGHT, WORKED_BIAS)),
                Case("the same turned", (TURNED_IMAGE[None], WORKED_WEIGHT, WORKED_BIAS)),
            ),
            _moved_alike,
            "When the pixels change places, your values do not move with them.",
            "Which pixels does one value of yours depend on?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda x, w, b: np.einsum("nchw,oc->nohw", x, w) + b[None, :, None, None],
        lambda x, w, b: np.tensordot(w, x, axes=(1, 1)).swapaxes(0, 1) + b.reshape(1, -1, 1, 1),
        lambda x, w, b: (np.moveaxis(x, 1, -1) @ w.T + b).transpose(0, 3, 1, 2),
        lambda x, w, b: (w @ x.reshape(*x.shape[:2], -1) + b[:, None]).reshape(
            x.shape[0], len(w), *x.shape[2:]
        ),
        lambda x, w, b: conv1x1(x, w, b).astype(np.float32),
        lambda x, w, b: np.asfortranarray(conv1x1(x, w, b)),
        lambda x, w, b: np.stack(
            [
                sum(x[:, c].astype(float) * w[o, c] for c in range(x.shape[1])) + b[o]
                for o in range(len(w))
            ],
            axis=1,
        ),
    ),
)
