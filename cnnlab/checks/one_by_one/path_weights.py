"""The checks of `path_weights`: what a row of convolutions learns, without biases."""

from math import prod

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.one_by_one.common import layers
from cnnlab.checks.values import INTEGER


def path_weights(channels, path):
    """a whole number, [(filters, kernel_size), ...] -> a whole number"""
    return sum(_each(channels, path))


def _each(channels, path):
    """The weights of each layer."""
    entering = [channels, *(filters for filters, _ in path)]
    return [c * filters * side**2 for c, (filters, side) in zip(entering, path, strict=False)]


def _case(channels, path):
    return Case(f"{channels} channels: {layers(path)}", (channels, path))


def _hidden(rng):
    # Numbers that the visible cases do not hold, all different.
    a, b, c, d = rng.choice([6, 11, 13, 18, 22, 30, 36, 48], size=4, replace=False).tolist()
    small, large = rng.choice([2, 4, 6, 7], size=2, replace=False).tolist()
    return (
        Item("one layer", (_case(a, [(b, small)]), _case(c, [(d, 1)]))),
        Item("two layers", (_case(d, [(a, 1), (b, large)]), _case(b, [(c, small), (a, 1)]))),
        Item("a bottleneck", (_case(c, [(a, 1), (d, small), (c, 1)]),)),
        Item(
            "the list of layers is left as it was",
            (_case(b, [(d, large), (c, small), (a, 1)]), _case(a, [])),
            keeps_input=True,
        ),
    )


def _per_layer(count):
    """A wrong version that adds up ``count(entering, filters, kernel_size)``."""

    def version(channels, path):
        total = 0
        for filters, side in path:
            total += count(channels, filters, side)
            channels = filters
        return total

    return version


def _empties_path(channels, path):
    total = path_weights(channels, path)
    path.clear()
    return total


MISTAKES = (
    Mistake(
        "channels-stay",
        "Every layer of yours gets the channels of the first. How many channels enter the second?",
        lambda channels, path: sum(channels * filters * side**2 for filters, side in path),
    ),
    Mistake(
        "own-filters-entering",
        "You took a layer's own filters for the channels that enter it. What does the layer "
        "before hand on?",
        lambda channels, path: sum(filters * filters * side**2 for filters, side in path),
    ),
    Mistake(
        "flat-filters",
        "The depth of the filters is missing. How many kernels does one filter stack?",
        _per_layer(lambda c, f, k: f * k**2),
    ),
    Mistake(
        "one-filter-each",
        "You counted one filter a layer. How many has each?",
        _per_layer(lambda c, f, k: c * k**2),
    ),
    Mistake(
        "one-side",
        "You counted one side of the kernels. How many rows have they, and how many columns?",
        _per_layer(lambda c, f, k: c * f * k),
    ),
    Mistake(
        "sides-added",
        "You added the two sides of a kernel. How many weights has a square of that side?",
        _per_layer(lambda c, f, k: c * f * 2 * k),
    ),
    Mistake(
        "cube",
        "The side of the kernel is in your count three times. How deep is a filter?",
        _per_layer(lambda c, f, k: c * f * k**3),
    ),
    Mistake(
        "kernels-only",
        "Your count does not know how large the kernels are. How many weights has one kernel?",
        _per_layer(lambda c, f, k: c * f),
    ),
    Mistake(
        "channels-added",
        "You added what enters and what leaves a layer. How many kernels join each of one side "
        "with each of the other?",
        _per_layer(lambda c, f, k: (c + f) * k**2),
    ),
    Mistake(
        "pair-swapped",
        "You took the side of the kernel for the number of filters. Which of the two comes first?",
        lambda channels, path: path_weights(channels, [(side, f) for f, side in path]),
    ),
    Mistake(
        "biases-counted",
        "Your count holds the biases as well. What does the exercise ask for?",
        _per_layer(lambda c, f, k: c * f * k**2 + f),
    ),
    Mistake(
        "first-layer-only",
        "Your count ends after the first layer. Where does your loop return?",
        lambda channels, path: path_weights(channels, path[:1]),
    ),
    Mistake(
        "last-layer-only",
        "Only the last layer is in your count. Where does your total start again?",
        lambda channels, path: (_each(channels, path) or [0])[-1],
    ),
    Mistake(
        "first-layer-missing",
        "The first layer is not in your count. How many channels enter it?",
        lambda channels, path: sum(_each(channels, path)[1:]),
    ),
    Mistake(
        "last-layer-missing",
        "The last layer is not in your count. How far does your loop go?",
        lambda channels, path: sum(_each(channels, path)[:-1]),
    ),
    Mistake(
        "layers-multiplied",
        "You multiplied the layers. What happens to the weights of two layers in one network?",
        lambda channels, path: prod(_each(channels, path)),
    ),
    Mistake(
        "times-positions",
        "You multiplied by a number of places. Does a filter get new weights when it moves?",
        lambda channels, path: 28 * 28 * path_weights(channels, path),
    ),
    Mistake(
        "with-a-point",
        "Your count is a number with a decimal point. Which operation made it so?",
        lambda channels, path: float(path_weights(channels, path)),
    ),
    Mistake(
        "changes-path",
        "The list of layers you were given has changed. Could you read it and leave it as it is?",
        _empties_path,
    ),
)

LADDER = Ladder(
    task="path_weights",
    arguments=("channels", "path"),
    reference=path_weights,
    returns=INTEGER,
    cases=(
        _case(4, [(5, 3)]),
        _case(2, [(3, 1), (5, 4)]),
        _case(256, [(256, 3)]),
        _case(256, [(64, 1), (64, 3), (256, 1)]),
        _case(192, [(16, 1), (32, 5)]),
        _case(192, []),
    ),
    hidden=_hidden,
    places=lambda channels, path: "The count is one number.",
    hint="Count layer by layer on paper. How many channels enter each of them?",
    mistakes=MISTAKES,
    accepted=(
        _per_layer(lambda c, f, k: k * k * f * c),
        lambda channels, path: sum(
            f * k**2 * (channels if n == 0 else path[n - 1][0]) for n, (f, k) in enumerate(path)
        ),
        lambda channels, path: (
            path[0][0] * channels * path[0][1] ** 2 + path_weights(path[0][0], path[1:])
            if path
            else 0
        ),
    ),
)
