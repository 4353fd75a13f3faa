"""The checks of `bin_edges`: where adaptive bins start and stop along one axis."""

import math

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.values import LIST


def bin_edges(size, bins):
    """the length of an axis, the number of bins -> a list of (start, stop), one for each bin"""
    return [(i * size // bins, -(-(i + 1) * size // bins)) for i in range(bins)]


def _case(size, bins):
    pixels, parts = ("pixel", "s")[: 1 + (size > 1)], ("bin", "s")[: 1 + (bins > 1)]
    return Case(f"{size} {''.join(pixels)}, {bins} {''.join(parts)}", (size, bins))


def _hidden(rng):
    # Lengths that none of these numbers of bins divides.
    lengths = [n for n in range(17, 400) if n % 4 and n % 5 and n % 7]
    size, other = rng.choice(lengths, size=2, replace=False).tolist()
    few = int(rng.integers(8, 200))
    return (
        Item("bins that divide the axis", (_case(6 * few, 6), _case(4 * few, 4))),
        Item("bins that do not", (_case(size, 4), _case(other, 5), _case(size, 7))),
        Item("bins of a pixel or two", (_case(few, few), _case(few + 1, few - 1))),
    )


def _edges(start, stop):
    return lambda size, bins: [(start(i, size, bins), stop(i, size, bins)) for i in range(bins)]


def _start(i, size, bins):
    return i * size // bins


def _stop(i, size, bins):
    return -(-(i + 1) * size // bins)


def _covers(arguments, answers):
    """Every pixel lies in a bin, and every bin holds one."""
    for (size, _), answer in zip(arguments, answers, strict=True):
        inside = set()
        for start, stop in answer:
            bin = range(int(start), int(stop))
            if not bin:
                return False
            inside |= set(bin)
        if inside != set(range(size)):
            return False
    return True


MISTAKES = (
    Mistake(
        "pixels-left-out",
        "All your bins have the same length, and the last pixels lie in none. Where must the last "
        "bin stop?",
        _edges(lambda i, a, n: i * (a // n), lambda i, a, n: (i + 1) * (a // n)),
    ),
    Mistake(
        "sliding-windows",
        "These are windows of one length with one step, as in the paper. Where does the last one "
        "stop when the number of bins does not divide the axis?",
        _edges(lambda i, a, n: i * (a // n), lambda i, a, n: i * (a // n) + math.ceil(a / n)),
    ),
    Mistake(
        "last-bin-takes-the-rest",
        "Your last bin takes all pixels that were left over. How are they shared out more evenly?",
        _edges(
            lambda i, a, n: i * (a // n), lambda i, a, n: a if i == n - 1 else (i + 1) * (a // n)
        ),
    ),
    Mistake(
        "stop-rounded-down",
        "Your starts are right and your stops were rounded down. Which way are they rounded?",
        _edges(_start, lambda i, a, n: (i + 1) * a // n),
    ),
    Mistake(
        "start-rounded-up",
        "Your stops are right and your starts were rounded up. Which way are they rounded?",
        _edges(lambda i, a, n: -(-i * a // n), _stop),
        _edges(lambda i, a, n: math.ceil(a / n) * i, _stop),
    ),
    Mistake(
        "rounding-turned-round",
        "Your starts were rounded up and your stops down. Which of the two is rounded down?",
        _edges(lambda i, a, n: -(-i * a // n), lambda i, a, n: (i + 1) * a // n),
    ),
    Mistake(
        "rounded-to-nearest",
        "You rounded to the nearest whole number. Which way is a start rounded, and which a stop?",
        _edges(lambda i, a, n: round(i * a / n), lambda i, a, n: round((i + 1) * a / n)),
    ),
    Mistake(
        "not-rounded",
        "Your edges lie between pixels. What makes whole numbers of them?",
        _edges(lambda i, a, n: i * a / n, lambda i, a, n: (i + 1) * a / n),
    ),
    Mistake(
        "last-pixel-for-stop",
        "You named the last pixel of each bin. Does a stop belong to its slice?",
        _edges(_start, lambda i, a, n: _stop(i, a, n) - 1),
    ),
    Mistake(
        "one-too-far",
        "All your stops lie one pixel too far. Which way is a whole number rounded?",
        _edges(_start, lambda i, a, n: _stop(i, a, n) + 1),
        _edges(_start, lambda i, a, n: (i + 1) * a // n + 1),
    ),
    Mistake(
        "counted-from-one",
        "The first pixels lie in no bin. From which number does Python count the bins?",
        lambda size, bins: [
            (_start(i, size, bins), _stop(i, size, bins)) for i in range(1, bins + 1)
        ],
        lambda size, bins: [(_start(i, size, bins), _stop(i, size, bins)) for i in range(1, bins)],
    ),
    Mistake(
        "one-bin-short",
        "One bin is missing at the end. How many bins were asked for?",
        lambda size, bins: bin_edges(size, bins)[:-1],
    ),
    Mistake(
        "starts-only",
        "You gave one number for each bin. Which two belong to it?",
        lambda size, bins: [_start(i, size, bins) for i in range(bins)],
        lambda size, bins: [_stop(i, size, bins) for i in range(bins)],
        lambda size, bins: [i * size // bins for i in range(bins + 1)],
    ),
    Mistake(
        "lengths",
        "You gave where a bin starts and how long it is. What is asked for?",
        _edges(_start, lambda i, a, n: _stop(i, a, n) - _start(i, a, n)),
    ),
    Mistake(
        "stop-before-start",
        "Start and stop have changed places. Which of the two is named first?",
        _edges(_stop, _start),
    ),
    Mistake(
        "two-lists",
        "You gave all the starts, and then all the stops. What belongs together in one row?",
        lambda size, bins: np.array(bin_edges(size, bins)).T,
    ),
    Mistake(
        "bins-for-size",
        "The numbers of pixels and of bins have changed places. How many bins were asked for?",
        lambda size, bins: bin_edges(bins, size),
    ),
    Mistake(
        "last-bin-only",
        "Only the last bin came back. Where do you keep the ones before it?",
        lambda size, bins: bin_edges(size, bins)[-1:],
        lambda size, bins: list(bin_edges(size, bins)[-1]),
    ),
    Mistake(
        "first-bin-only",
        "Only the first bin came back. How deep inside the loop do you hand the answer back?",
        lambda size, bins: bin_edges(size, bins)[:1],
        lambda size, bins: list(bin_edges(size, bins)[0]),
    ),
)

LADDER = Ladder(
    task="bin_edges",
    arguments=("size", "bins"),
    reference=bin_edges,
    returns=LIST,
    cases=(_case(4, 2), _case(5, 2), _case(14, 4), _case(13, 3), _case(7, 5), _case(3, 3)),
    hidden=_hidden,
    places=lambda size, bins: f"Each of the {bins} bins has a start and a stop.",
    hint="Draw the axis as a row of pixels and divide it into equal parts. Which whole pixels does "
    "a part touch?",
    properties=(
        Property(
            "covers",
            (_case(11, 4), _case(14, 4)),
            _covers,
            "Your bins do not hold every pixel of the axis, or one of them is empty.",
            "Where does the first bin start, and where must the last one stop?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda size, bins: [
            (math.floor(i * size / bins), math.ceil((i + 1) * size / bins)) for i in range(bins)
        ],
        lambda size, bins: [
            [i * size // bins, ((i + 1) * size - 1) // bins + 1] for i in range(bins)
        ],
        lambda size, bins: np.array(bin_edges(size, bins)),
        lambda size, bins: np.asfortranarray(bin_edges(size, bins), dtype=np.float32),
        lambda size, bins: tuple(bin_edges(size, bins)),
        lambda size, bins: [
            (np.floor(i * size / bins), np.ceil((i + 1) * size / bins)) for i in range(bins)
        ],
        lambda size, bins: np.stack(
            [
                np.floor(np.arange(bins) * size / bins),
                np.ceil(np.arange(1, bins + 1) * size / bins),
            ],
            axis=1,
        ).astype(int),
    ),
)
