"""The checks of `softmax`: scores become probabilities, also when they are large."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.classes.common import (
    FEW_CLASSES,
    LARGE,
    MANY_CLASSES,
    SQUARE,
    WORKED_SCORES,
    shifted,
)
from cnnlab.checks.classes.common import softmax as along
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.values import close
from cnnlab.checks.versions import clears


def softmax(input):
    """(N, K) -> (N, K)"""
    return naive.softmax(np.asarray(input, float), 1)


def _small(rng, images, classes):
    """Scores of a few units, so that no probability vanishes."""
    return signed(rng, images, classes) / 8


def _hidden(rng):
    def case(input: np.ndarray) -> Case:
        images, classes = input.shape
        return Case(f"{images} images, {classes} classes", (input,))

    far = rng.permutation([-900.0, 0, 850, 1200])[:, None]
    return (
        Item("one image", (case(_small(rng, 1, 4)), case(_small(rng, 1, 6)))),
        Item(
            "a batch",
            (case(_small(rng, 5, 3)), case(_small(rng, 2, 7)), case(_small(rng, 4, 4))),
        ),
        Item("large scores", (case(_small(rng, 4, 3) + far), case(whole_signed(rng, 3, 5) * 90))),
        Item("the scores are left as they were", (case(_small(rng, 3, 4)),), keeps_input=True),
    )


def _in_place(x):
    x -= x.max(axis=1, keepdims=True)
    return along(x)


def _overflowing(x):
    powers = np.exp(np.asarray(x, float))
    return powers / powers.sum(axis=1, keepdims=True)


def _shift(amount):
    """Stable or not by what is taken away before the exponential."""

    def version(x):
        x = np.asarray(x, float)
        powers = np.exp(x - amount(x))
        return powers / powers.sum(axis=1, keepdims=True)

    return version


def _without_keepdims(x):
    powers = np.exp(shifted(x))
    return powers / powers.sum(axis=1)


def _normalised(powers):
    return powers / powers.sum(axis=1, keepdims=True)


def _rows_sum_to_one(arguments, answers):
    sums = answers[0].sum(axis=1)
    return bool(close(sums, np.ones_like(sums)).all())


def _same_after_shift(arguments, answers):
    return bool(close(answers[0], answers[1]).all())


PROPERTIES = (
    Property(
        "rows sum to one",
        (Case("four images", (FEW_CLASSES,)),),
        _rows_sum_to_one,
        "The numbers of a row should add up to one, and yours do not.",
        "By what do you divide each of them?",
    ),
    Property(
        "a shift changes nothing",
        (Case("four images", (FEW_CLASSES,)), Case("ten more for all", (FEW_CLASSES + 10,))),
        _same_after_shift,
        "When all scores of an image rise by ten, your probabilities change.",
        "Which step depends on more than the differences of the scores?",
    ),
)

MISTAKES = (
    Mistake(  # SM1
        "overflow",
        "Large scores give nan or zero: their exponential is too large for a number. What can you "
        "take away from a row's scores without changing the answer?",
        _overflowing,
        _shift(lambda x: x.mean(axis=1, keepdims=True)),
        _shift(lambda x: x.min(axis=1, keepdims=True)),
        _shift(lambda x: x.mean()),
        _shift(lambda x: x.min()),
        lambda x: _normalised(np.exp(np.clip(np.asarray(x, float), -500, 500))),
    ),
    Mistake(  # SM2
        "largest-of-all",
        "You took away the largest score of the whole batch. What is left of a row that lies far "
        "below it?",
        _shift(lambda x: x.max()),
    ),
    Mistake(
        "largest-of-column",
        "You took away the largest score of each class. Does a row keep its differences then?",
        _shift(lambda x: x.max(axis=0, keepdims=True)),
    ),
    Mistake(
        "largest-without-axis",
        "The largest scores do not fit beside the rows, or met the wrong columns. Which shape has "
        "one number for each row?",
        _shift(lambda x: x.max(axis=1)),
    ),
    Mistake(  # SM4
        "columns-sum-to-one",
        "Your columns add up to one. Which axis counts the classes?",
        lambda x: along(x, axis=0),
        lambda x: (lambda p: p / p.sum(axis=0))(np.exp(np.asarray(x, float))),
    ),
    Mistake(
        "whole-batch-sums-to-one",
        "All numbers of the batch together add up to one. Which of them belong together?",
        lambda x: (lambda p: p / p.sum())(np.exp(shifted(x))),
        lambda x: (lambda p: p / p.sum())(np.exp(np.asarray(x, float) - np.max(x))),
    ),
    Mistake(  # SM5
        "no-exponential",
        "You divided the scores by their sum. What happens to a score below zero before that?",
        lambda x: np.asarray(x, float) / np.asarray(x, float).sum(axis=1, keepdims=True),
        lambda x: np.asarray(x, float) / np.sum(x),
        lambda x: _normalised(shifted(x)),
    ),
    Mistake(
        "made-positive-otherwise",
        "You made the scores positive in another way. Which function does softmax use?",
        lambda x: _normalised(np.abs(np.asarray(x, float))),
        lambda x: _normalised(np.asarray(x, float) - np.min(x, axis=1, keepdims=True)),
        lambda x: _normalised(np.asarray(x, float) ** 2),
        lambda x: _normalised(np.maximum(np.asarray(x, float), 0)),
    ),
    Mistake(  # SM6
        "sums-without-axis",
        "The sums do not fit beside the rows, or met the wrong columns. Which shape has one number "
        "for each row?",
        _without_keepdims,
    ),
    Mistake(  # SM8
        "each-class-alone",
        "Each class was squeezed on its own. What should the numbers of a row add up to?",
        lambda x: np.where(
            np.asarray(x) >= 0,
            1 / (1 + np.exp(-np.abs(np.asarray(x, float)))),
            1 - 1 / (1 + np.exp(-np.abs(np.asarray(x, float)))),
        ),
        lambda x: 1 / (1 + np.exp(-np.asarray(x, float))),
    ),
    Mistake(
        "not-normalised",
        "You have the exponentials. What makes a row of them add up to one?",
        lambda x: np.exp(shifted(x)),
        lambda x: np.exp(np.asarray(x, float)),
    ),
    Mistake(
        "divided-by-mean",
        "You divided by the mean of a row. What should the whole row add up to?",
        lambda x: (lambda p: p / p.mean(axis=1, keepdims=True))(np.exp(shifted(x))),
    ),
    Mistake(
        "turned-round",
        "The lowest score gets the highest probability. Which sign has the score in the exponent?",
        lambda x: along(-np.asarray(x, float)),
        lambda x: _shift(lambda x: 2 * x - x.max(axis=1, keepdims=True))(x),
    ),
    Mistake(
        "other-base",
        "Your exponentials have another base than e. Which function is asked for?",
        lambda x: _normalised(2.0 ** shifted(x)),
        lambda x: _normalised(10.0 ** shifted(x)),
    ),
    Mistake(
        "logarithm",
        "You have the logarithms of the probabilities. Which step came too much?",
        lambda x: shifted(x) - np.log(np.exp(shifted(x)).sum(axis=1, keepdims=True)),
    ),
    Mistake(
        "winner-only",
        "The class with the highest score gets everything. How much should the others have?",
        lambda x: (shifted(x) == 0).astype(float),
    ),
    Mistake(
        "twice",
        "Softmax was taken twice. To what was it applied the second time?",
        lambda x: along(along(x)),
    ),
    Mistake(
        "changes-scores",
        "The scores you were given now hold other numbers. Could you leave them as they are?",
        _in_place,
        clears(softmax),
    ),
)

LADDER = Ladder(
    task="softmax",
    arguments=("input",),
    reference=softmax,
    cases=(
        Case("the scores of lesson 08", (WORKED_SCORES,)),
        Case("three images, three classes", (SQUARE,)),
        Case("two images, five classes", (MANY_CLASSES,)),
        Case("large scores", (LARGE,)),
    ),
    hidden=_hidden,
    places=lambda input: (
        f"{input.shape[0]} rows of {input.shape[1]} scores stay rows of as many probabilities."
    ),
    axes={"input": ("image", "class"), "": ("image", "class")},
    hint="Take one wrong row. What did its exponentials add up to, and did you divide by that?",
    properties=PROPERTIES,
    mistakes=MISTAKES,
    accepted=(
        lambda x: along(x),
        lambda x: along(x.T, axis=0).T,
        lambda x: along(x).astype(np.float32),
        lambda x: np.asfortranarray(along(x)),
        lambda x: np.exp(shifted(x) - np.log(np.exp(shifted(x)).sum(axis=1, keepdims=True))),
        lambda x: np.array([np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in x]),
        lambda x: np.array([[1 / np.exp(np.minimum(r - s, 700)).sum() for s in r] for r in x]),
    ),
)
