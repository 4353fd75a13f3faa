"""The checks of `mix_channels`: one pixel, and every filter's weighted sum of its channels."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import grays, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
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
    to_type_of,
)
from cnnlab.checks.versions import clears


def mix_channels(pixel, weight, bias):
    """(C,), (O, C), (O,) -> (O,)"""
    return naive.linear(np.asarray(pixel, float)[None], weight, bias)[0]


def _products(pixel, weight):
    return np.asarray(pixel, float) * weight


def _hidden(rng):
    def case(pixel: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> Case:
        filters, channels = weight.shape
        return Case(f"{channels} channels, {filters} filters", (pixel, weight, bias))

    return (
        Item(
            "more channels than filters",
            (
                case(signed(rng, 5), signed(rng, 2, 5), signed(rng, 2)),
                case(signed(rng, 4), signed(rng, 3, 4), signed(rng, 3)),
            ),
        ),
        Item(
            "more filters than channels",
            (
                case(signed(rng, 2), signed(rng, 5, 2), signed(rng, 5)),
                case(signed(rng, 3), signed(rng, 3, 3), signed(rng, 3)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(
                    grays(rng, 1, 4)[0].astype(np.uint8),
                    whole_signed(rng, 3, 4),
                    whole_signed(rng, 3),
                ),
                case(whole_signed(rng, 3), signed(rng, 2, 3), signed(rng, 2)),
            ),
        ),
        Item(
            "the pixel is left as it was",
            (case(signed(rng, 3), signed(rng, 4, 3), signed(rng, 4)),),
            keeps_input=True,
        ),
    )


def _places(pixel, weight, bias):
    filters, channels = weight.shape
    return f"A pixel of {channels} channels meets {filters} filters, and each makes one number."


def _own_channel(p, w, b):
    count = min(w.shape)
    return np.asarray(p, float)[:count] * np.diagonal(w) + b[:count]


MISTAKES = (
    Mistake(
        "products-not-summed",
        "You kept the channels apart. What makes one number of a filter's products?",
        lambda p, w, b: _products(p, w),
        lambda p, w, b: _products(p, w) + b[:, None],
    ),
    Mistake(
        "summed-over-filters",
        "You added up over the filters. Which index counts the channels?",
        lambda p, w, b: _products(p, w).sum(axis=0),
        lambda p, w, b: _products(p, w).sum(axis=0) + b,
    ),
    Mistake(
        "one-sum-for-all",
        "All filters came together in one number. How many numbers leave a pixel?",
        lambda p, w, b: _products(p, w).sum() + b,
        lambda p, w, b: _products(p, w).sum(),
        lambda p, w, b: (_products(p, w).sum(axis=1) + b).sum(),
        lambda p, w, b: np.full(len(w), _products(p, w).sum()) + b,
    ),
    Mistake(
        "transposed-weight",
        "The rows and columns of your weights have changed places. Does a row belong to a filter "
        "or to a channel?",
        lambda p, w, b: np.asarray(p, float) @ w + b,
        lambda p, w, b: w.reshape(w.shape[::-1]).T @ np.asarray(p, float) + b,
    ),
    Mistake(
        "own-channel-only",
        "Each filter looked at the channel of its own number. How many channels does a filter see?",
        _own_channel,
        lambda p, w, b: np.array([p[o % len(p)] * w[o, o % len(p)] + b[o] for o in range(len(w))]),
    ),
    Mistake(
        "first-channel-only",
        "Only the first channel counts. What happens to the products of the others?",
        lambda p, w, b: _products(p, w)[:, 0] + b,
    ),
    Mistake(
        "last-channel-only",
        "Only the last channel counts. Where does your sum start again from zero?",
        lambda p, w, b: _products(p, w)[:, -1] + b,
    ),
    Mistake(
        "last-filter-only",
        "All your numbers come from one filter. Which number shows the filter in your loop?",
        lambda p, w, b: np.full(len(w), mix_channels(p, w, b)[-1]),
        lambda p, w, b: np.full(len(w), mix_channels(p, w, b)[0]),
        lambda p, w, b: _products(p, w)[0].sum() + b,
    ),
    Mistake(
        "bias-forgotten",
        "The biases leave no trace. When are they added?",
        lambda p, w, b: _products(p, w).sum(axis=1),
    ),
    Mistake(
        "bias-of-first-filter",
        "Every filter got the same bias. Which one belongs to which filter?",
        lambda p, w, b: _products(p, w).sum(axis=1) + b[0],
        lambda p, w, b: _products(p, w).sum(axis=1) + b[-1],
    ),
    Mistake(
        "biases-summed",
        "Every filter got all the biases at once. How many has one filter?",
        lambda p, w, b: _products(p, w).sum(axis=1) + b.sum(),
    ),
    Mistake(
        "bias-per-channel",
        "The bias came in once for each channel. How often does a filter add it?",
        lambda p, w, b: (_products(p, w) + b[:, None]).sum(axis=1),
    ),
    Mistake(
        "bias-multiplied",
        "The bias multiplies something. Is it a weight, or something to add?",
        lambda p, w, b: _products(p, w).sum(axis=1) * b,
    ),
    Mistake(
        "bias-subtracted",
        "The bias was taken away. Which sign has it in the formula?",
        lambda p, w, b: _products(p, w).sum(axis=1) - b,
    ),
    Mistake(
        "averaged",
        "You took a mean. Does a filter divide its sum?",
        lambda p, w, b: _products(p, w).mean(axis=1) + b,
        lambda p, w, b: _products(p, w).sum(axis=1) / w.sum(axis=1) + b,
    ),
    Mistake(
        "largest-product",
        "You kept the largest product. What happens to the others in the formula?",
        lambda p, w, b: _products(p, w).max(axis=1) + b,
    ),
    Mistake(
        "added-not-multiplied",
        "Pixel and weights were added to each other. What does a weight do to its channel?",
        lambda p, w, b: (np.asarray(p, float) + w).sum(axis=1) + b,
    ),
    Mistake(
        "channels-in-reverse",
        "The channels of the pixel stand in reverse order. Which one meets the first weight?",
        lambda p, w, b: _products(p[::-1], w).sum(axis=1) + b,
    ),
    Mistake(
        "no-negatives",
        "Your numbers are never negative. Where do they lose their sign?",
        lambda p, w, b: np.maximum(mix_channels(p, w, b), 0),
        lambda p, w, b: np.abs(mix_channels(p, w, b)),
    ),
    Mistake(
        "cut-to-input-type",
        "With a pixel of whole numbers your sums are cut, or leave the byte. Which type does your "
        "answer have?",
        lambda p, w, b: to_type_of(p, mix_channels(p, w, b)),
    ),
    Mistake(
        "changes-pixel",
        "The pixel you were given now holds other numbers. Could you leave it as it is?",
        clears(mix_channels),
    ),
)

LADDER = Ladder(
    task="mix_channels",
    arguments=("pixel", "weight", "bias"),
    reference=mix_channels,
    cases=(
        Case("a pixel of digits", (DIGITS_IMAGE[:, 0, 2], DIGITS_WEIGHT, DIGITS_BIAS)),
        Case("a pixel of lesson 07", (WORKED_IMAGE[:, 0, 1], WORKED_WEIGHT, WORKED_BIAS)),
        Case("three channels, three filters", (DIGITS_IMAGE[:, 0, 0], SQUARE_WEIGHT, SQUARE_BIAS)),
        Case("bytes, four filters", (BYTE_IMAGE[:, 0, 1], BYTE_WEIGHT, BYTE_BIAS)),
        Case(
            "whole numbers, fractional weights",
            (
                np.array([-3, 7, 2]),
                np.array([[0.25, -1.5, 3], [-2.5, 0.75, 1]]),
                np.array([0.5, -4.25]),
            ),
        ),
    ),
    hidden=_hidden,
    places=_places,
    axes={"": ("filter",), "pixel": ("channel",), "weight": ("filter", "channel")},
    hint="Choose one wrong number. Which products does its filter add up, and which bias?",
    mistakes=MISTAKES,
    accepted=(
        lambda p, w, b: w @ p + b,
        lambda p, w, b: np.einsum("oc,c->o", w, p) + b,
        lambda p, w, b: (w * p).sum(axis=1) + b,
        lambda p, w, b: np.dot(p, w.T) + b,
        lambda p, w, b: (w.astype(np.float32) @ p.astype(np.float32) + b).astype(np.float32),
        lambda p, w, b: np.array(
            [sum(float(w[o, c]) * float(p[c]) for c in range(len(p))) + b[o] for o in range(len(w))]
        ),
        lambda p, w, b: b + sum(float(p[c]) * w[:, c] for c in reversed(range(len(p)))),
        lambda p, w, b: mix_channels(p, np.asfortranarray(w), b),
    ),
)
