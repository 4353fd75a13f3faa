"""The checks of `conv2d_parameters`: how many numbers a convolution layer learns."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import INTEGER


def conv2d_parameters(in_channels, out_channels, kernel_size, bias):
    """three whole numbers, True or False -> a whole number"""
    weights = in_channels * out_channels * kernel_size**2
    return weights + (out_channels if bias else 0)


def _case(in_channels, out_channels, kernel_size, bias):
    name = f"{in_channels} channels in, {out_channels} out, {kernel_size} x {kernel_size}"
    return Case(
        name + (", biases" if bias else ", no biases"),
        (in_channels, out_channels, kernel_size, bias),
    )


def _hidden(rng):
    # Numbers that the visible cases do not hold, all different, and no kernel of 1 or 2.
    channels, filters = rng.choice(np.arange(12, 90), size=2, replace=False).tolist()
    small, large = rng.choice(np.arange(4, 11), size=2, replace=False).tolist()
    return (
        Item(
            "with biases",
            (_case(channels, filters, small, True), _case(filters, channels, large, True)),
        ),
        Item(
            "without biases",
            (_case(filters, channels, small, False), _case(channels, filters, large, False)),
        ),
        Item("kernels of one pixel", (_case(channels, filters, 1, True),)),
    )


def _count(biases, per_filter=lambda cin, k: cin * k * k):
    """A wrong version: ``biases(cin, cout, k)`` many biases, ``per_filter(cin, k)`` weights."""
    return lambda cin, cout, k, bias: cout * per_filter(cin, k) + (biases(cin, cout, k) * bias)


LADDER = Ladder(
    task="conv2d_parameters",
    arguments=("in_channels", "out_channels", "kernel_size", "bias"),
    reference=conv2d_parameters,
    returns=INTEGER,
    cases=(
        _case(3, 10, 3, True),
        _case(3, 10, 3, False),
        _case(5, 2, 4, True),
        _case(3, 96, 11, True),
        _case(256, 64, 1, True),
    ),
    hidden=_hidden,
    places=lambda in_channels, out_channels, kernel_size, bias: "The count is one number.",
    hint="Count the weights of one filter on paper, then its bias. How many filters are there?",
    mistakes=(
        Mistake(
            "no-biases",
            "The biases are not in your count. How many has one filter?",
            _count(lambda cin, cout, k: 0),
        ),
        Mistake(
            "bias-per-kernel",
            "You counted a bias for every kernel. Does a bias belong to a kernel or to a filter?",
            _count(lambda cin, cout, k: cin * cout),
        ),
        Mistake(
            "bias-per-layer",
            "You counted one bias for the whole layer. How many filters add one?",
            _count(lambda cin, cout, k: 1),
        ),
        Mistake(
            "bias-per-channel",
            "You counted a bias for each channel that comes in. Does a bias belong to what comes "
            "in or to what goes out?",
            _count(lambda cin, cout, k: cin),
        ),
        Mistake(
            "bias-per-weight",
            "You counted a bias for every weight. How many has one filter?",
            _count(lambda cin, cout, k: cin * cout * k * k),
        ),
        Mistake(
            "bias-always",
            "The biases are in your count even when there are none. What does the last argument "
            "say?",
            lambda cin, cout, k, bias: conv2d_parameters(cin, cout, k, True),
        ),
        Mistake(
            "bias-turned-round",
            "Your count has biases exactly when it should have none. What does the last argument "
            "say?",
            lambda cin, cout, k, bias: conv2d_parameters(cin, cout, k, not bias),
        ),
        Mistake(
            "one-side",
            "You counted one side of the kernel. How many rows has it, and how many columns?",
            _count(lambda cin, cout, k: cout, lambda cin, k: cin * k),
        ),
        Mistake(
            "sides-added",
            "You added the two sides of the kernel. How many weights has a square of that side?",
            _count(lambda cin, cout, k: cout, lambda cin, k: cin * 2 * k),
        ),
        Mistake(
            "cube",
            "The side of the kernel is in your count three times. How deep is a filter?",
            _count(lambda cin, cout, k: cout, lambda cin, k: k**3),
            _count(lambda cin, cout, k: cout, lambda cin, k: cin * k**3),
        ),
        Mistake(
            "flat-filters",
            "The depth of a filter is missing. How many kernels does one filter stack?",
            _count(lambda cin, cout, k: cout, lambda cin, k: k * k),
        ),
        Mistake(
            "one-filter-only",
            "You counted a single filter. How many does the layer have?",
            lambda cin, cout, k, bias: cin * k * k + bias,
            lambda cin, cout, k, bias: cin * k * k + cout * bias,
        ),
        Mistake(
            "channels-added",
            "You added what comes in and what goes out. How many kernels join each of one side "
            "with each of the other?",
            lambda cin, cout, k, bias: (cin + cout) * k * k + cout * bias,
        ),
        Mistake(
            "times-positions",
            "You multiplied by a number of places. Does a filter get new weights when it moves?",
            lambda cin, cout, k, bias: conv2d_parameters(cin, cout, k, bias) * 28 * 28,
            lambda cin, cout, k, bias: conv2d_parameters(cin, cout, k, bias) * 32 * 32,
        ),
        Mistake(
            "with-a-point",
            "Your count is a number with a decimal point. Which operation made it so?",
            lambda cin, cout, k, bias: float(conv2d_parameters(cin, cout, k, bias)),
        ),
    ),
    accepted=(
        lambda cin, cout, k, bias: (cin * k * k + bool(bias)) * cout,
        lambda cin, cout, k, bias: cout * cin * k**2 + bias * cout,
        lambda cin, cout, k, bias: sum(
            sum(k * k for _ in range(cin)) + (1 if bias else 0) for _ in range(cout)
        ),
    ),
)
