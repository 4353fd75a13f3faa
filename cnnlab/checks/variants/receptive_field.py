"""The checks of `receptive_field`: how many pixels of a row one output depends on."""

import math

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import INTEGER


def receptive_field(layers):
    """pairs (kernel size, stride), the first layer first -> a whole number"""
    field, step = 1, 1
    for size, stride in layers:
        field += (size - 1) * step
        step *= stride
    return field


def _case(*layers):
    names = (f"{size} wide" + (f" with stride {s}" if s > 1 else "") for size, s in layers)
    return Case("a stack of windows " + ", then ".join(names), (list(layers),))


def _hidden(rng):
    # Sizes that the cases in sight do not hold.
    a, b, c, d = rng.choice(np.arange(4, 13), size=4, replace=False).tolist()
    r, s, t = rng.permutation([2, 3, 4]).tolist()
    return (
        Item("no strides", (_case((a, 1), (b, 1)), _case((d, 1), (a, 1), (c, 1)))),
        Item("one stride", (_case((a, 1), (b, s), (c, 1)), _case((c, r), (d, 1)))),
        Item(
            "several strides",
            (
                _case((a, r), (b, s), (c, 1), (d, 1)),
                _case((d, 1), (c, s), (s, s), (a, 1), (b, t)),
            ),
            parts=2,
        ),
        Item("pooling", (_case((a, 1), (r, r), (b, 1), (t, t), (c, 1)),)),
    )


def _walk(field, step):
    """A wrong version: ``field(f, k, s, step)`` and ``step(step, s)`` in the place of the rules."""

    def version(layers):
        seen, gone = 1, 1
        for size, stride in layers:
            seen, gone = field(seen, size, stride, gone), step(gone, stride)
        return seen

    return version


def _grow(seen, size, stride, gone):
    return seen + (size - 1) * gone


def _times(gone, stride):
    return gone * stride


def _side_by_side(layers):
    seen = 1
    for size, stride in reversed(layers):
        seen = seen * stride + size - 1
    return seen


def _backwards(layers):
    seen = 1
    for size, stride in reversed(layers):
        seen = (seen - 1) * stride + size
    return seen


LADDER = Ladder(
    task="receptive_field",
    arguments=("layers",),
    reference=receptive_field,
    returns=INTEGER,
    cases=(
        _case((3, 1)),
        _case((3, 1), (3, 1)),
        _case((3, 1), (2, 2), (3, 1)),
        _case((1, 1), (3, 1)),
        _case((5, 2), (3, 1), (3, 2), (3, 1)),
        _case((11, 4), (3, 2), (5, 1), (3, 2), (3, 1)),
    ),
    hidden=_hidden,
    places=lambda layers: "The receptive field is one number, the side of a square.",
    hint="Draw a row of pixels. Which of them does the last layer see, through all the others?",
    mistakes=(
        Mistake(
            "kernels-added",
            "You added the kernel sizes, but neighbouring windows overlap. How many pixels do "
            "three windows of three cover when each is one pixel further?",
            lambda layers: sum(size for size, _ in layers),
            _walk(lambda f, k, s, step: f + k * step, _times),
            lambda layers: _walk(lambda f, k, s, step: f + k * step, _times)(layers) - 1,
            _walk(lambda f, k, s, step: f + k, _times),
        ),
        Mistake(
            "kernels-multiplied",
            "You multiplied the kernel sizes. How many pixels do three windows of three cover "
            "when each is one pixel further?",
            lambda layers: math.prod(size for size, _ in layers),
        ),
        Mistake(
            "strides-ignored",
            "The strides leave no trace. How far apart do the windows of a layer begin, counted "
            "in pixels of the image, when the layer before it had a stride of two?",
            _walk(_grow, lambda step, s: step),
        ),
        Mistake(
            "own-stride-first",
            "The stride of a layer counts for that layer's own kernel. Does it space the pixels "
            "inside its window, or the windows of the layers after it?",
            _walk(lambda f, k, s, step: f + (k - 1) * step * s, _times),
            _walk(lambda f, k, s, step: f + (k - 1) * s, lambda step, s: step),
        ),
        Mistake(
            "last-stride-only",
            "Only the stride of the layer just before counts. What did the strides before that "
            "one do to the distance between two windows?",
            _walk(_grow, lambda step, s: s),
        ),
        Mistake(
            "strides-added",
            "Strides were added up. How far do two layers with strides of two and three move the "
            "window together?",
            _walk(_grow, lambda step, s: step + s),
            _walk(_grow, lambda step, s: step + s - 1),
        ),
        Mistake(
            "all-strides-everywhere",
            "The strides of all layers count for each of them. Which layers come before the one "
            "that you add?",
            lambda layers: (
                1 + sum(size - 1 for size, _ in layers) * math.prod(s for _, s in layers)
            ),
        ),
        Mistake(
            "pooling-without-window",
            "Pooling counts as a step only. How many pixels does its window look at?",
            lambda layers: receptive_field([(1 if k == s else k, s) for k, s in layers]),
        ),
        Mistake(
            "last-layer-first",
            "Your layers count in reverse order. Which of them looks at the image itself?",
            lambda layers: receptive_field(layers[::-1]),
        ),
        Mistake(
            "windows-side-by-side",
            "Going back through the layers, you count windows as if they never shared a pixel. "
            "How many steps lie between the first and the last window?",
            _side_by_side,
        ),
        Mistake(
            "one-pixel-short",
            "One pixel is missing. How many pixels does an output see before any layer?",
            lambda layers: receptive_field(layers) - 1,
        ),
        Mistake(
            "one-pixel-too-many",
            "There is one pixel too many. How many pixels does an output see before any layer?",
            lambda layers: receptive_field(layers) + 1,
        ),
        Mistake(
            "first-layer-only",
            "Only the first layer counts. Where do you hand the answer back?",
            lambda layers: layers[0][0],
        ),
        Mistake(
            "last-layer-only",
            "Only the last layer counts. What becomes of what the loop had found before?",
            lambda layers: layers[-1][0],
            _walk(lambda f, k, s, step: 1 + (k - 1) * step, _times),
        ),
        Mistake(
            "step-handed-back",
            "You handed back how far apart the outputs lie. Which of your two numbers is asked?",
            lambda layers: math.prod(s for _, s in layers),
        ),
        Mistake(
            "area",
            "You counted the pixels of a square. Which side does it have?",
            lambda layers: receptive_field(layers) ** 2,
        ),
        Mistake(
            "with-a-point",
            "Your number has a decimal point. Which operation made it so?",
            lambda layers: float(receptive_field(layers)),
        ),
    ),
    accepted=(
        _backwards,
        lambda layers: (
            1
            + sum((k - 1) * math.prod(s for _, s in layers[:n]) for n, (k, _) in enumerate(layers))
        ),
        lambda layers: np.int64(receptive_field(layers)),
        lambda layers: (
            1
            + int(np.dot([k - 1 for k, _ in layers], np.cumprod([1, *(s for _, s in layers)])[:-1]))
        ),
    ),
)
