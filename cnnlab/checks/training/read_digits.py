"""The checks of `read_digits`, judged by what it achieves: digits it has never seen.

The right answer is what the digits are. A network that reads enough of them is right.
"""

from functools import cache

import numpy as np

from cnnlab import data
from cnnlab.checks.ladder import BUDGET_AT_MOST, Case, Item, Ladder, Mistake, Property
from cnnlab.checks.training import network, own
from cnnlab.checks.training.loop import train

# The fewer images there were to learn from, the less is asked: (fewer than, share).
ENOUGH = ((400, 0.80), (1000, 0.90))
ENOUGH_OF_MANY = 0.95
GUESS = 0.3  # far above a guess among ten, far below a network that learns


@cache
def _digits():
    """All digits, and the label of each by its pixels."""
    digits = data.load("digits")
    pairs = zip(digits.images, digits.labels, strict=True)
    known = {image.tobytes(): label for image, label in pairs}
    return digits.images, digits.labels, known


def reference(images, labels, unseen, seed):
    """The truth, looked up: there is nothing to compute that is more right."""
    known = _digits()[2]
    return np.array([known[image.tobytes()] for image in unseen])


def share(answer, truth):
    """The share of images that are named as they should be."""
    return float(np.mean(answer == truth))


def enough(count):
    """The share of unseen digits to be read after ``count`` images."""
    return next((asked for limit, asked in ENOUGH if count < limit), ENOUGH_OF_MANY)


def right(answer, truth, images, labels, unseen, seed):
    """Every value is right if enough are; otherwise those that are."""
    hits = answer == truth
    return np.full(hits.shape, True) if hits.mean() >= enough(len(images)) else hits


def _split(rng, learnt, unseen, kinds=range(10)):
    """Images to learn from and others to read, of some kinds of digits, in random order."""
    images, labels, _ = _digits()
    chosen = rng.permutation(np.flatnonzero(np.isin(labels, list(kinds))))
    first, then = chosen[:learnt], chosen[learnt : learnt + unseen]
    return images[first], labels[first], images[then], int(rng.integers(1000))


def _case(rng, learnt, unseen, **options):
    asked = round(100 * enough(learnt))
    name = f"{unseen} unseen digits, of which {asked} % should be read, after {learnt} others"
    return Case(name, _split(rng, learnt, unseen, **options))


def _hidden(rng):
    two = rng.permutation(10)[:2]
    return (
        Item("two kinds of digits", (_case(rng, 120, 100, kinds=two),)),
        Item("80 % after 250 images", (_case(rng, 250, 500),)),
        Item("90 % after 500 images", (_case(rng, 500, 500),)),
        Item("95 % after 1297 images", (_case(rng, 1297, 500),), parts=3),
    )


def _all_of(label):
    return lambda images, labels, unseen, seed: np.full(len(unseen), label)


def _trained(images, labels, unseen, seed):
    """A network as the exercise builds it, of the pieces beside this module."""
    rng = np.random.default_rng(seed)
    parameters = [
        rng.normal(size=(8, 3, 3)) / 3,
        np.zeros(8),
        rng.normal(size=(10, 72)) / 9,
        np.zeros(10),
    ]

    def gradients(now, x, y):
        return network.backward(now, x, y, *network.forward(now, x))

    for epochs, rate in ((8, 0.4), (3, 0.08)):
        parameters = train(gradients, parameters, images, labels, epochs, 20, rate, rng)
    return network.forward(parameters, unseen)[-1].argmax(axis=1)


ZEROS_AND_ONES = _case(np.random.default_rng(10), 120, 100, kinds=(0, 1))
TEN_DIGITS = _case(np.random.default_rng(11), 1297, 500)

LADDER = Ladder(
    task="read_digits",
    arguments=("images", "labels", "unseen", "seed"),
    reference=reference,
    cases=(ZEROS_AND_ONES,),
    hidden=_hidden,
    places=lambda images, labels, unseen, seed: (
        f"There are {len(unseen)} unseen images, and each gets one class number."
    ),
    hint="Your network learns, and reads too few digits. Does the loss still fall when it stops, "
    "or does it jump about?",
    properties=(
        Property(
            "the right way round",
            (ZEROS_AND_ONES,),
            lambda arguments, answers: share(answers[0], reference(*arguments[0])) > 0.5,
            "With zeros and ones alone, your network is wrong more often than right.",
            "Which class do you choose, that of the highest score? And does a step go downhill?",
        ),
        Property(
            "better than a guess",
            (TEN_DIGITS,),
            lambda arguments, answers: share(answers[0], reference(*arguments[0])) > GUESS,
            "Of ten kinds of digits your network reads hardly more than a guess would.",
            "Does it get back the parameters that were trained, and read the unseen images with "
            "those?",
        ),
    ),
    mistakes=(
        Mistake(
            "one-class-for-all",
            "Your network gives every image the same class. With which numbers do its weights "
            "start, and how long are its steps?",
            *map(_all_of, range(10)),
        ),
        Mistake(
            "labels-it-learnt-from",
            "You handed back labels that you were given. Which images should be read?",
            lambda images, labels, unseen, seed: labels,
            lambda images, labels, unseen, seed: labels[: len(unseen)],
        ),
        Mistake(
            "counted-from-one",
            "Your digits are all too large by one. Which number has the first class?",
            lambda *given: reference(*given) + 1,
        ),
    ),
    accepted=(_trained,),
    right=right,
    refuse=own.refuse,
    budget=BUDGET_AT_MOST,
    axes={
        "images": ("image", "row", "column"),
        "unseen": ("image", "row", "column"),
        "labels": ("image",),
        "": ("image",),
    },
)
