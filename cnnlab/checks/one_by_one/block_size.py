"""The checks of `block_size`: paths side by side, their weights and the depth of their output."""

from math import prod

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.one_by_one.common import layers
from cnnlab.checks.values import INTEGER, Several


def block_size(channels, paths):
    """a whole number, [path, ...] -> weights, depth"""
    return sum(_weights(channels, path) for path in paths), sum(_depths(channels, paths))


def _weights(channels, path):
    entering = [channels, *(filters for filters, _ in path)]
    return sum(c * f * side**2 for c, (f, side) in zip(entering, path, strict=False))


def _depths(channels, paths):
    return [path[-1][0] if path else channels for path in paths]


def _case(channels, paths):
    name = "; ".join(layers(path) for path in paths)
    return Case(f"{channels} channels: {name}", (channels, paths))


def _hidden(rng):
    # Numbers that the visible cases do not hold, all different.
    numbers = rng.choice([6, 11, 13, 18, 22, 30, 36, 48, 50], size=6, replace=False).tolist()
    a, b, c, d, e, f = numbers
    small, large = rng.choice([2, 4, 6, 7], size=2, replace=False).tolist()
    return (
        Item("single layers", (_case(a, [[(b, 1)], [(c, small)]]),)),
        Item("reductions", (_case(b, [[(c, 1), (d, large)], [(e, 1), (f, small)]]),)),
        Item(
            "with a pooling path",
            (
                _case(c, [[(a, 1)], [], [(d, 1), (b, small)]]),
                _case(e, [[(f, large)], [(a, 1), (b, small), (c, 1)], []]),
            ),
        ),
        Item(
            "the lists are left as they were",
            (_case(d, [[(a, small)], [(e, 1), (c, large)], []]),),
            keeps_input=True,
        ),
    )


def _with_depth(depth):
    """Right weights, and a wrong depth."""
    return lambda channels, paths: (block_size(channels, paths)[0], depth(channels, paths))


def _with_weights(weights):
    """Wrong weights, and the right depth."""
    return lambda channels, paths: (weights(channels, paths), block_size(channels, paths)[1])


def _per_layer(count):
    """Weights that add up ``count(entering, filters, kernel_size)``."""

    def weights(channels, paths):
        total = 0
        for path in paths:
            entering = channels
            for filters, side in path:
                total += count(entering, filters, side)
                entering = filters
        return total

    return _with_weights(weights)


def _paths_in_a_row(channels, paths):
    """Each path gets what the path before it made."""
    total, depth = 0, 0
    for path in paths:
        for filters, side in path:
            total += channels * filters * side**2
            channels = filters
        depth += channels
    return total, depth


def _empties_paths(channels, paths):
    answer = block_size(channels, paths)
    for path in paths:
        path.clear()
    return answer


WEIGHTS_MISTAKES = (
    Mistake(
        "paths-in-a-row",
        "Each of your paths begins with what the path before it made. What enters every path?",
        _paths_in_a_row,
        _with_weights(lambda channels, paths: _paths_in_a_row(channels, paths)[0]),
    ),
    Mistake(
        "channels-stay",
        "Every layer of yours gets the channels of the block. How many enter the second layer of "
        "a path?",
        _with_weights(
            lambda channels, paths: sum(channels * f * k**2 for p in paths for f, k in p)
        ),
    ),
    Mistake(
        "reductions-missing",
        "Only the last layer of each path is in your count. What do the layers before it learn?",
        _with_weights(
            lambda channels, paths: sum(
                _weights(([channels] + [f for f, _ in p])[-2], p[-1:]) for p in paths if p
            )
        ),
        _with_weights(lambda channels, paths: sum(_weights(channels, path[-1:]) for path in paths)),
    ),
    Mistake(
        "first-layers-only",
        "Only the first layer of each path is in your count. What do the layers after it learn?",
        _with_weights(lambda channels, paths: sum(_weights(channels, path[:1]) for path in paths)),
    ),
    Mistake(
        "one-side",
        "You counted one side of the kernels. How many rows have they, and how many columns?",
        _per_layer(lambda c, f, k: c * f * k),
    ),
    Mistake(
        "flat-filters",
        "The depth of the filters is missing. How many kernels does one filter stack?",
        _per_layer(lambda c, f, k: f * k**2),
    ),
    Mistake(
        "biases-counted",
        "Your weights hold the biases as well. What does the exercise ask for?",
        _per_layer(lambda c, f, k: c * f * k**2 + f),
    ),
    Mistake(
        "pooling-learns",
        "You counted weights for a path that has no layer. What does pooling learn?",
        _with_weights(
            lambda channels, paths: sum(_weights(channels, p) if p else channels for p in paths)
        ),
        _with_weights(
            lambda channels, paths: sum(_weights(channels, p or [(channels, 1)]) for p in paths)
        ),
    ),
)
DEPTH_MISTAKES = (
    Mistake(
        "pooling-adds-nothing",
        "The path without a layer adds nothing to your depth. What comes out of pooling?",
        _with_depth(lambda channels, paths: sum(path[-1][0] for path in paths if path)),
    ),
    Mistake(
        "every-layer-in-depth",
        "You added the filters of all layers to the depth. Which layer of a path is heard outside?",
        _with_depth(lambda channels, paths: sum(f for path in paths for f, _ in path)),
        _with_depth(
            lambda channels, paths: sum(
                sum(f for f, _ in path) if path else channels for path in paths
            )
        ),
    ),
    Mistake(
        "first-layer-in-depth",
        "The depth of your paths is that of their first layer. Which layer makes a path's output?",
        _with_depth(lambda channels, paths: sum(p[0][0] if p else channels for p in paths)),
    ),
    Mistake(
        "deepest-path",
        "Your depth is that of the deepest path. What happens to the maps of the others?",
        _with_depth(lambda channels, paths: max(_depths(channels, paths))),
    ),
    Mistake(
        "last-path-depth",
        "Your depth is that of the last path. Where does it start again?",
        _with_depth(lambda channels, paths: _depths(channels, paths)[-1]),
    ),
    Mistake(
        "depths-multiplied",
        "You multiplied the depths of the paths. How do their maps come together?",
        _with_depth(lambda channels, paths: prod(_depths(channels, paths))),
    ),
    Mistake(
        "input-in-depth",
        "Your depth holds the channels of the input as well. Which path hands them on?",
        _with_depth(lambda channels, paths: channels + sum(_depths(channels, paths))),
        _with_depth(lambda channels, paths: channels + sum(p[-1][0] for p in paths if p)),
    ),
    Mistake(
        "paths-counted",
        "Your depth is the number of paths. How many maps does each of them make?",
        _with_depth(lambda channels, paths: len(paths)),
    ),
)

LADDER = Ladder(
    task="block_size",
    arguments=("channels", "paths"),
    reference=block_size,
    returns=Several(weights=INTEGER, depth=INTEGER),
    cases=(
        _case(4, [[(2, 1)], [(3, 3)]]),
        _case(2, [[(3, 1), (5, 4)], [(7, 1)], []]),
        _case(192, [[(64, 1)], [(128, 3)], [(32, 5)], []]),
        _case(192, [[(64, 1)], [(96, 1), (128, 3)], [(16, 1), (32, 5)], [(32, 1)]]),
    ),
    hidden=_hidden,
    axes={"paths": ("path", "layer", "number")},
    places=lambda channels, paths: "The weights are one number, the depth is another.",
    hint="Count path by path on paper: its weights, then the maps that leave it. Which differs?",
    mistakes=(
        *WEIGHTS_MISTAKES,
        *DEPTH_MISTAKES,
        Mistake(
            "first-path-only",
            "Your counts end after the first path. Where does your loop return?",
            lambda channels, paths: block_size(channels, paths[:1]),
        ),
        Mistake(
            "last-path-only",
            "Only the last path is in your counts. Where do your totals start again?",
            lambda channels, paths: block_size(channels, paths[-1:]),
        ),
        Mistake(
            "with-a-point",
            "Your counts are numbers with a decimal point. Which operation made them so?",
            lambda channels, paths: tuple(map(float, block_size(channels, paths))),
        ),
        Mistake(
            "changes-paths",
            "The lists you were given have changed. Could you only read them?",
            _empties_paths,
        ),
    ),
    accepted=(
        lambda channels, paths: list(block_size(channels, paths)),
        lambda channels, paths: tuple(
            map(sum, zip(*(block_size(channels, [path]) for path in paths), strict=True))
        ),
        lambda channels, paths: (
            _per_layer(lambda c, f, k: k * f * c * k)(channels, paths)[0],
            sum(([channels] + [f for f, _ in path])[-1] for path in paths),
        ),
    ),
)
