"""The checks of `train`: the loop over epochs and batches, whatever the network is."""

import numpy as np

from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder
from cnnlab.checks.training import network
from cnnlab.checks.training.loop import dense, ledger, train
from cnnlab.checks.training.train_mistakes import MISTAKES
from cnnlab.checks.values import ARRAY, Several


def _worked(seed, count, pixels, classes, epochs, size, rate, gradients=dense):
    return _drawn(
        np.random.default_rng(seed), count, pixels, classes, epochs, size, rate, gradients
    )


def _drawn(rng, count, pixels, classes, epochs, size, rate, gradients=dense):
    inputs = int(np.prod(pixels))
    parameters = [signed(rng, classes, inputs) / 8, signed(rng, classes) / 8]
    images = signed(rng, count, *pixels) / 8
    labels = network.labels_for(rng, count, classes)
    fresh = np.random.default_rng(int(rng.integers(1_000_000)))
    return gradients, parameters, images, labels, epochs, size, rate, fresh


def _hidden(rng):
    def case(count, pixels, classes, epochs, size, rate, gradients=dense):
        name = f"{count} images, batches of {size}, {epochs} epochs"
        return Case(name, _drawn(rng, count, pixels, classes, epochs, size, rate, gradients))

    return (
        Item("one epoch in one batch", (case(5, (2, 3), 3, 1, 5, 0.5),)),
        Item("several batches", (case(8, (3, 2), 3, 1, 4, 0.25), case(6, (2, 2), 4, 1, 2, 0.5))),
        Item("several epochs", (case(6, (2, 3), 3, 4, 3, 0.25),)),
        Item(
            "a last batch that is smaller",
            (case(7, (3, 2), 3, 2, 3, 0.5), case(5, (2, 2), 2, 3, 4, 0.25, ledger)),
        ),
        Item(
            "the parameters it starts from are left as they were",
            (case(6, (2, 2), 3, 2, 2, 0.5),),
            keeps_input=True,
        ),
    )


def _shuffled_copies(gradients, parameters, images, labels, epochs, size, rate, rng):
    """Shuffled copies of both, and no addition in place."""
    now = tuple(parameters)
    for _ in range(epochs):
        order = rng.permutation(len(labels))
        moved, taught = images[order], labels[order]
        start = 0
        while start < len(labels):
            found = gradients(now, moved[start : start + size], taught[start : start + size])
            now = tuple(p - rate * g for p, g in zip(now, found, strict=True))
            start += size
    return now


def _list_of_batches(gradients, parameters, images, labels, epochs, size, rate, rng):
    now = [np.array(p) for p in parameters]
    for _ in range(epochs):
        order = np.arange(len(images))
        rng.shuffle(order)
        for chosen in np.split(order, range(size, len(order), size)):
            for n, g in enumerate(gradients(now, images[chosen], labels[chosen])):
                now[n] = now[n] - rate * g
    return now


LADDER = Ladder(
    task="train",
    arguments=(
        "gradients",
        "parameters",
        "images",
        "labels",
        "epochs",
        "size",
        "rate",
        "rng",
    ),
    reference=train,
    cases=(
        Case("4 images, one epoch in one batch", _worked(301, 4, (1, 2), 3, 1, 4, 0.5)),
        Case("6 images, batches of 2, 1 epoch", _worked(302, 6, (2, 2), 3, 1, 2, 0.5)),
        Case("8 images, batches of 4, 3 epochs", _worked(303, 8, (2, 3), 3, 3, 4, 0.25)),
        Case("7 images, batches of 3, 2 epochs", _worked(304, 7, (3, 2), 4, 2, 3, 0.5)),
        Case("5 images, batches of 2, a ledger", _worked(305, 5, (1, 3), 2, 2, 2, 0.125, ledger)),
    ),
    hidden=_hidden,
    places=lambda gradients, parameters, *rest: (
        "Each parameter comes back with the shape that it had."
    ),
    hint="Play two epochs with five images and batches of two. Which images meet in which step?",
    returns=Several(weight=ARRAY, bias=ARRAY),
    axes={
        "images": ("image", "row", "column"),
        "labels": ("image",),
        "weight": ("class", "input"),
        "bias": ("class",),
    },
    mistakes=MISTAKES,
    accepted=(
        _shuffled_copies,
        _list_of_batches,
        lambda *given: tuple(np.asfortranarray(p) for p in train(*given)),
        lambda *given: [p.astype(np.float32) for p in train(*given)],
    ),
)
