"""The checks of `filter_response`: one filter over an image with several channels."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.channels.common import (
    BYTE_FILTER,
    BYTE_IMAGE,
    DIGITS_BIAS,
    DIGITS_FILTERS,
    DIGITS_IMAGE,
    WORKED_BIAS,
    WORKED_FILTERS,
    WORKED_IMAGE,
    photos,
    product_sum,
    slide_filter,
)
from cnnlab.checks.channels.filter_response_mistakes import MISTAKES, filter_response
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close

# Three channels, negative and fractional weights, no two sides alike.
SIGNED_IMAGE = signed(np.random.default_rng(5), 3, 4, 5)
SIGNED_FILTER = signed(np.random.default_rng(6), 3, 2, 3)


def _hidden(rng):
    def case(image: np.ndarray, filter: np.ndarray, bias: float) -> Case:
        name = f"a {size(image.shape)} image, a {size(filter.shape)} filter"
        return Case(name, (image, filter, bias))

    bias = float(rng.integers(3, 40)) + 0.5
    return (
        Item(
            "three channels",
            (
                case(signed(rng, 3, 5, 6), signed(rng, 3, 3, 3), bias),
                case(signed(rng, 3, 5, 5), signed(rng, 3, 2, 2), -bias),
            ),
        ),
        Item(
            "other depths and sides",
            (
                case(signed(rng, 2, 4, 7), signed(rng, 2, 2, 3), bias + 1),
                case(signed(rng, 5, 4, 3), signed(rng, 5, 3, 1), -bias),
                case(signed(rng, 1, 3, 5), signed(rng, 1, 1, 4), bias),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photos(rng, 3, 3, 4), whole_signed(rng, 3, 2, 2), 5),
                case(whole_signed(rng, 2, 4, 3), signed(rng, 2, 1, 2), 6),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 2, 4, 5), signed(rng, 2, 3, 2), bias),),
            keeps_input=True,
        ),
    )


def _doubling(arguments, answers):
    """Twice the image is twice the answer, the bias aside."""
    bias = arguments[0][2]
    return bool(close(answers[1] - bias, 2 * (answers[0] - bias)).all())


LADDER = Ladder(
    task="filter_response",
    arguments=("image", "filter", "bias"),
    reference=filter_response,
    cases=(
        Case("an image of digits", (DIGITS_IMAGE, DIGITS_FILTERS[0], int(DIGITS_BIAS[0]))),
        Case("the image of lesson 05", (WORKED_IMAGE, WORKED_FILTERS[0], int(WORKED_BIAS[0]))),
        Case("three channels, fractions", (SIGNED_IMAGE, SIGNED_FILTER, -7.5)),
        Case("bytes", (BYTE_IMAGE, BYTE_FILTER, 2)),
        Case(
            "whole numbers, fractional weights",
            (WORKED_IMAGE, np.array([[[0.5], [2]], [[-1.25], [3]], [[4], [0.75]]]), 1.5),
        ),
    ),
    hidden=_hidden,
    places=lambda image, filter, bias: (
        f"A filter of {size(filter.shape)} uses all {image.shape[0]} channels at once and finds "
        f"{image.shape[1] - filter.shape[1] + 1} rows and {image.shape[2] - filter.shape[2] + 1} "
        "columns of places: one flat map."
    ),
    hint="Choose one wrong value and work out its window by hand, one channel after the other. "
    "Which channel's sum is not in your number?",
    properties=(
        Property(
            "linear",
            (
                Case("an image", (SIGNED_IMAGE, SIGNED_FILTER, -7.5)),
                Case("the image twice as bright", (2 * SIGNED_IMAGE, SIGNED_FILTER, -7.5)),
            ),
            _doubling,
            "When the image is twice as bright, your answers, the bias aside, are not twice as "
            "large.",
            "Multiplying and adding would keep that. Which other step do you take?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda x, f, b: slide_filter(x, f, product_sum) + b,
        lambda x, f, b: (slide_filter(x, f, product_sum) + b).astype(np.float32),
        lambda x, f, b: np.asfortranarray(_maps_of_channels(x, f).sum(axis=0) + b),
        lambda x, f, b: sum(_maps_of_channels(x, f)) + b,
        lambda x, f, b: (
            np.einsum(
                "cijuv,cuv->ij",
                np.lib.stride_tricks.sliding_window_view(x.astype(float), f.shape[1:], (1, 2)),
                f,
            )
            + b
        ),
        lambda x, f, b: _scipy_signal().correlate(x.astype(float), f, mode="valid")[0] + b,
    ),
)


def _maps_of_channels(image, filter):
    return np.stack([naive.correlate2d(x, k) for x, k in zip(image, filter, strict=True)])


def _scipy_signal():
    from scipy import signal

    return signal
