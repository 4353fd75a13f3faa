"""The checks of `filter_sum`: a filter on one window that is as deep as the filter."""

import numpy as np

from cnnlab.checks.channels.common import (
    BYTE_FILTER,
    BYTE_IMAGE,
    WORKED_BIAS,
    WORKED_FILTERS,
    WORKED_IMAGE,
    photos,
    to_type_of,
)
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.values import NUMBER
from cnnlab.checks.versions import clears


def filter_sum(window, filter, bias):
    """(C, KH, KW), (C, KH, KW), a number -> one number"""
    return float((np.asarray(window, float) * filter).sum() + bias)


def _products(window, filter):
    return np.asarray(window, float) * filter


DIGITS_WINDOW = np.array([[[1, 2]], [[4, 3]]])
DIGITS_FILTER = np.array([[[1, 10]], [[100, 1000]]])
SIGNED_WINDOW = np.array([[[2.0, -3, 0.5], [4, 1, -6]], [[-2, 7, 3], [1.5, -5, 8]]])
SIGNED_FILTER = np.array([[[-1.0, 0.25, 2], [3, -0.5, 5]], [[4, 1, -2], [0.75, 6, -7]]])


def _hidden(rng):
    def case(window: np.ndarray, filter: np.ndarray, bias: float) -> Case:
        return Case(f"a window of {size(window.shape)}", (window, filter, bias))

    window, filter = signed(rng, 3, 2, 4), signed(rng, 3, 2, 4)
    bias = float(rng.integers(3, 40)) + 0.5
    return (
        Item("three channels", (case(window, filter, bias), case(-window, filter, -bias))),
        Item(
            "two and five channels",
            (
                case(signed(rng, 2, 3, 3), signed(rng, 2, 3, 3), -bias),
                case(signed(rng, 5, 1, 2), signed(rng, 5, 1, 2), bias + 1),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photos(rng, 3, 2, 3), whole_signed(rng, 3, 2, 3), 7),
                case(whole_signed(rng, 2, 2, 3), signed(rng, 2, 2, 3), 9),
            ),
        ),
        Item(
            "the window is left as it was",
            (case(signed(rng, 2, 3, 2), signed(rng, 2, 3, 2), bias),),
            keeps_input=True,
        ),
    )


LADDER = Ladder(
    task="filter_sum",
    arguments=("window", "filter", "bias"),
    reference=filter_sum,
    returns=NUMBER,
    cases=(
        Case("digits, two channels", (DIGITS_WINDOW, DIGITS_FILTER, 50000)),
        Case(
            "the first window of lesson 05",
            (WORKED_IMAGE[:, :2, :2], WORKED_FILTERS[0], int(WORKED_BIAS[0])),
        ),
        Case("a negative bias and fractions", (SIGNED_WINDOW, SIGNED_FILTER, -40.5)),
        Case("bytes", (BYTE_IMAGE[:, 1:, :3], BYTE_FILTER, 2)),
    ),
    hidden=_hidden,
    places=lambda window, filter, bias: (
        f"A window of {size(window.shape)} is as large as its filter, so it gives one number."
    ),
    hint="Take the channels one after the other on paper. Which channel's sum differs from yours?",
    mistakes=(
        Mistake(
            "first-channel-only",
            "Only the first channel counts. What happens to the products of the others?",
            lambda w, f, b: _products(w, f)[0].sum() + b,
            lambda w, f, b: _products(w, f)[0].sum(),
        ),
        Mistake(
            "last-channel-only",
            "Only the last channel counts. Where does your sum start again from zero?",
            lambda w, f, b: _products(w, f)[-1].sum() + b,
        ),
        Mistake(
            "one-sum-per-channel",
            "One number for each channel came back. How many numbers does a filter make of a "
            "window?",
            lambda w, f, b: _products(w, f).sum(axis=(1, 2)) + b,
            lambda w, f, b: _products(w, f).sum(axis=(1, 2)),
        ),
        Mistake(
            "channels-summed-only",
            "You added the channels up and kept the places apart. What makes one number of a "
            "window?",
            lambda w, f, b: _products(w, f).sum(axis=0) + b,
            lambda w, f, b: _products(w, f).sum(axis=0),
            lambda w, f, b: sum(_products(w, f)) + b,
        ),
        Mistake(
            "products-not-summed",
            "You have all the products. What makes one number of them?",
            lambda w, f, b: _products(w, f),
            lambda w, f, b: _products(w, f) + b,
        ),
        Mistake(
            "bias-forgotten",
            "The bias leaves no trace. When is it added?",
            lambda w, f, b: _products(w, f).sum(),
        ),
        Mistake(
            "bias-per-weight",
            "The bias came in once for each weight. How often does a filter add it?",
            lambda w, f, b: (_products(w, f) + b).sum(),
        ),
        Mistake(
            "bias-per-channel",
            "The bias came in once for each channel. How often does a filter add it?",
            lambda w, f, b: _products(w, f).sum() + len(w) * b,
        ),
        Mistake(
            "bias-multiplied",
            "The bias multiplies something. Is it a weight, or something to add?",
            lambda w, f, b: _products(w, f).sum() * b,
            lambda w, f, b: (np.asarray(w, float) * (f + b)).sum(),
            lambda w, f, b: (np.asarray(w, float) + b).ravel() @ np.ravel(f),
        ),
        Mistake(
            "bias-subtracted",
            "The bias was taken away. Which sign has it in the formula?",
            lambda w, f, b: _products(w, f).sum() - b,
        ),
        Mistake(
            "averaged",
            "You took a mean. Does a filter divide its sum?",
            lambda w, f, b: _products(w, f).mean() + b,
            lambda w, f, b: _products(w, f).sum(axis=(1, 2)).mean() + b,
        ),
        Mistake(
            "channels-multiplied",
            "You multiplied what should be added. How do the channels come together?",
            lambda w, f, b: _products(w, f).sum(axis=(1, 2)).prod() + b,
            lambda w, f, b: np.prod(_products(w, f)) + b,
        ),
        Mistake(
            "channels-in-reverse",
            "The channels of the filter stand in reverse order. Which one meets the first plane?",
            lambda w, f, b: _products(w, f[::-1]).sum() + b,
        ),
        Mistake(
            "flipped-filter",
            "Each kernel lies upside-down and mirrored: that is convolution. Which weight belongs "
            "on the top-left pixel?",
            lambda w, f, b: _products(w, f[:, ::-1, ::-1]).sum() + b,
            lambda w, f, b: _products(w, f[::-1, ::-1, ::-1]).sum() + b,
        ),
        Mistake(
            "filter-ignored",
            "The weights leave no trace. What does each pixel meet before you add up?",
            lambda w, f, b: np.asarray(w, float).sum() + b,
        ),
        Mistake(
            "added-not-multiplied",
            "Pixels and weights were added to each other. What does a weight do to its pixel?",
            lambda w, f, b: (np.asarray(w, float) + f).sum() + b,
        ),
        Mistake(
            "largest-product",
            "You kept the largest product. What happens to the others in the formula?",
            lambda w, f, b: _products(w, f).max() + b,
        ),
        Mistake(
            "no-negatives",
            "Your number is never negative. Where does it lose its sign?",
            lambda w, f, b: max(filter_sum(w, f, b), 0),
            lambda w, f, b: abs(filter_sum(w, f, b)),
        ),
        Mistake(
            "bytes-wrapped",
            "With bytes the number is wrong: a byte ends at 255 and has nothing below zero. Which "
            "type can hold it?",
            lambda w, f, b: to_type_of(w, np.array(filter_sum(w, f, b))),
            lambda w, f, b: (
                (w * f.astype(np.uint8)).sum() + b if w.dtype == np.uint8 else filter_sum(w, f, b)
            ),
        ),
        Mistake(
            "changes-window",
            "The window you were given now holds other numbers. Could you leave it as it is?",
            clears(filter_sum),
        ),
    ),
    accepted=(
        lambda w, f, b: (w * f).sum() + b,
        lambda w, f, b: np.vdot(w, f) + b,
        lambda w, f, b: np.einsum("cuv,cuv", w, f) + b,
        lambda w, f, b: np.float32((w.astype(np.float32) * f).sum() + b),
        lambda w, f, b: b + sum((w[c] * f[c]).sum() for c in range(len(w))),
        lambda w, f, b: np.array(filter_sum(w, f, b)),
        lambda w, f, b: (np.asfortranarray(w) * np.asfortranarray(f)).sum() + b,
        lambda w, f, b: (
            sum(
                float(w[c, u, v]) * float(f[c, u, v])
                for v in range(w.shape[2])
                for u in range(w.shape[1])
                for c in range(w.shape[0])
            )
            + b
        ),
    ),
)
