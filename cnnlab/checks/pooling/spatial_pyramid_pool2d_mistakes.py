"""Known wrong versions of `spatial_pyramid_pool2d`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.pooling.bin_edges import bin_edges
from cnnlab.checks.versions import clears


def right(input, levels):
    return naive.spatial_pyramid_pool2d(input, levels)


def pyramid(number=np.max, edges=bin_edges, order=None):
    """Loops over bins with one mistake: another ``number`` of a bin, other ``edges``."""

    def version(input, levels):
        input = np.asarray(input, float)
        H, W = input.shape[2:]
        parts = []
        for bins in levels:
            for top, bottom in edges(H, bins):
                for left, right in edges(W, bins):
                    window = input[:, :, top:bottom, left:right]
                    parts.append(number(window.reshape(*window.shape[:2], -1), axis=2))
        stacked = np.stack(parts, axis=2)
        return order(stacked) if order else stacked.reshape(len(input), -1)

    return version


def _floored(size, bins):
    return [(i * (size // bins), (i + 1) * (size // bins)) for i in range(bins)]


def _stop_floored(size, bins):
    return [(i * size // bins, (i + 1) * size // bins) for i in range(bins)]


def _sliding(size, bins):
    length, step = -(-size // bins), size // bins
    return [(i * step, i * step + length) for i in range(bins)]


def _last_takes_rest(size, bins):
    edges = _floored(size, bins)
    return [*edges[:-1], (edges[-1][0], size)]


def _square_only(side):
    """The edges of one side used for both."""

    def version(input, levels):
        edges = {bins: bin_edges(input.shape[side], bins) for bins in levels}
        parts = [
            np.max(input[:, :, a:b, c:d], axis=(2, 3), initial=-np.inf)
            for bins in levels
            for a, b in edges[bins]
            for c, d in edges[bins]
        ]
        return np.stack(parts, axis=2).reshape(len(input), -1)

    return version


def _columns_first(input, levels):
    return right(np.asarray(input).transpose(0, 1, 3, 2), levels)


def _row_of_bins_only(input, levels):
    """Bins on the diagonal: one loop for both axes."""
    parts = [
        input[:, :, a:b, c:d].max(axis=(2, 3))
        for bins in levels
        for (a, b), (c, d) in zip(
            bin_edges(input.shape[2], bins), bin_edges(input.shape[3], bins), strict=True
        )
    ]
    return np.stack(parts, axis=2).reshape(len(input), -1)


def _levels_as_windows(input, levels):
    parts = [naive.max_pool2d(input, n).reshape(*input.shape[:2], -1) for n in levels]
    return np.concatenate(parts, axis=2).reshape(len(input), -1)


def _level_by_level(input, levels):
    """Each level flattened on its own, then laid one behind the other."""
    return np.concatenate([right(input, (n,)) for n in levels], axis=1)


MISTAKES = (
    Mistake(
        "pixels-left-out",
        "The last rows and columns never reach a bin. Where must the last bin stop?",
        pyramid(edges=_floored),
    ),
    Mistake(
        "sliding-windows",
        "Your windows have one length and one step, and do not always reach the end. Where does "
        "the last bin stop?",
        pyramid(edges=_sliding),
    ),
    Mistake(
        "last-bin-takes-the-rest",
        "Your last bin takes all that was left over. How are the pixels shared out more evenly?",
        pyramid(edges=_last_takes_rest),
    ),
    Mistake(
        "stop-rounded-down",
        "The stops of your bins were rounded down. Which way are they rounded?",
        pyramid(edges=_stop_floored),
    ),
    Mistake(
        "averaged",
        "You took the mean of each bin. What does this pyramid keep?",
        pyramid(np.mean),
    ),
    Mistake(
        "smallest",
        "You kept the smallest number of each bin. Which one stays?",
        pyramid(np.min),
    ),
    Mistake("summed", "You added each bin up. Which number of it stays?", pyramid(np.sum)),
    Mistake(
        "starts-at-zero",
        "A bin of numbers below zero gave 0, which is not in it. From which number does your "
        "search start?",
        lambda x, levels: np.maximum(right(x, levels), 0),
    ),
    Mistake(
        "largest-size",
        "A large number below zero came back without its sign. Is minus nine larger than two?",
        lambda x, levels: right(np.abs(x), levels),
    ),
    Mistake(
        "bins-before-maps",
        "All maps of a bin stand side by side. What comes first: all bins of one map, or one bin "
        "of all maps?",
        pyramid(order=lambda y: y.transpose(0, 2, 1).reshape(len(y), -1)),
    ),
    Mistake(
        "level-by-level",
        "A whole level stands before the next level begins, with all its maps. What comes first: "
        "the map or the level?",
        _level_by_level,
    ),
    Mistake(
        "not-one-vector",
        "Your numbers still stand in rows for each map. What is the shape of one vector for each "
        "image?",
        pyramid(order=lambda y: y),
        pyramid(order=lambda y: y.transpose(0, 2, 1)),
    ),
    Mistake(
        "one-vector-for-all",
        "The images of the batch stand in one long row. How many vectors are asked for?",
        pyramid(order=np.ravel),
        pyramid(order=lambda y: y.reshape(1, -1)),
    ),
    Mistake(
        "levels-in-reverse",
        "The finest level stands first. In which order do the levels come?",
        lambda x, levels: right(x, levels[::-1]),
    ),
    Mistake(
        "first-level-only",
        "Only the first level is there. How deep inside the loops do you hand the answer back?",
        lambda x, levels: right(x, levels[:1]),
    ),
    Mistake(
        "last-level-only",
        "Only the last level is there. Where do you keep the ones before it?",
        lambda x, levels: right(x, levels[-1:]),
    ),
    Mistake(
        "columns-first",
        "Your bins run down before they run across. Which loop is the inner one?",
        _columns_first,
    ),
    Mistake(
        "diagonal-bins",
        "You have only the bins on the diagonal. How many bins has a level with two along each "
        "axis?",
        _row_of_bins_only,
    ),
    Mistake(
        "levels-as-windows",
        "Your levels are sizes of windows. Do they say how large a bin is, or how many there are?",
        _levels_as_windows,
    ),
    Mistake(
        "one-side-for-both",
        "It works for square maps only. Which side decides on the rows of a bin, and which on its "
        "columns?",
        _square_only(2),
        _square_only(3),
    ),
    Mistake(
        "channels-mixed",
        "The channels ran into each other. Does pooling look at several maps at once?",
        lambda x, levels: right(x.max(axis=1, keepdims=True), levels),
        lambda x, levels: right(np.broadcast_to(x.max(axis=1, keepdims=True), x.shape), levels),
    ),
    Mistake(
        "first-image-only",
        "All images of the batch have the vector of the first. Which index names the image?",
        lambda x, levels: np.repeat(right(x[:1], levels), len(x), axis=0),
        lambda x, levels: right(x[:1], levels),
        lambda x, levels: right(x, levels)[0],
    ),
    Mistake(
        "clears-input",
        "The input you were given now holds other numbers. Could you leave it as it is?",
        clears(right),
    ),
)
