"""The checks of `cross_entropy`: how surprised the scores are by the right classes."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.classes.common import (
    FEW_CLASSES,
    MANY_CLASSES,
    WORKED_SCORES,
    one_hot,
    shifted,
    softmax,
)
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import NUMBER


def cross_entropy(input, target):
    """(N, K) scores, (N,) right classes -> one number"""
    return float(naive.cross_entropy(np.asarray(input, float), target))


def _each(z, t):
    """The loss of each image."""
    s = shifted(z)
    return np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(t)), t]


def _chosen(z, t):
    """Each image's probability of its right class."""
    return softmax(z)[np.arange(len(t)), t]


LARGE_SCORES = np.array([[1000.0, 0, 3], [0, 2, 1000], [-1000, -1003, -1001]])


def _hidden(rng):
    def case(input: np.ndarray) -> Case:
        images, classes = input.shape
        # No image has the class of its own number, and not all have one class.
        target = (np.arange(images) + rng.integers(1, classes, size=images)) % classes
        target[0], target[-1] = classes - 1, 1
        return Case(f"{images} images, {classes} classes", (input, target))

    def small(images: int, classes: int) -> np.ndarray:
        return signed(rng, images, classes) / 6

    far = rng.permutation([-900.0, 0, 850, 1200])[:, None]
    return (
        Item("one image", (case(small(1, 5)), case(small(1, 3)))),
        Item("a batch", (case(small(6, 4)), case(small(3, 7)), case(small(5, 5)))),
        Item(
            "large scores",
            (case(small(4, 3) + far), case(whole_signed(rng, 4, 6) * 70)),
        ),
        Item("the scores are left as they were", (case(small(4, 6)),), keeps_input=True),
    )


def _clears(z, t):
    answer = _each(z, t).mean()
    z -= z.max(axis=1, keepdims=True)
    return answer


def _mean_of(each):
    return lambda z, t: each(z, t).mean()


def _all_pairs(z, t):
    s = shifted(z)
    return (np.log(np.exp(s).sum(axis=1, keepdims=True)) - s[:, t]).mean()


MISTAKES = (
    Mistake(  # CE1
        "summed-over-images",
        "Your loss grows with the number of images. What do you do with their losses?",
        lambda z, t: _each(z, t).sum(),
        lambda z, t: -np.log(_chosen(z, t)).sum(),
    ),
    Mistake(  # CE2
        "wrong-sign",
        "Your loss is below zero. Which sign has the logarithm of a number below one?",
        lambda z, t: -_each(z, t).mean(),
        lambda z, t: np.log(_chosen(z, t)).mean(),
    ),
    Mistake(  # CE3
        "logarithm-of-zero",
        "With large scores your loss is infinite or nan: a probability became zero. Can you work "
        "with the logarithm before it does?",
        lambda z, t: -np.log(_chosen(z, t)).mean(),
        lambda z, t: (
            -np.log((np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))[np.arange(len(t)), t]).mean()
        ),
        lambda z, t: (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(t)), t]).mean(),
        lambda z, t: -(one_hot(t, z.shape[1]) * np.log(softmax(z))).sum(axis=1).mean(),
        lambda z, t: (
            np.log(np.exp(z - z.max()).sum(axis=1)) - (z - z.max())[np.arange(len(t)), t]
        ).mean(),
    ),
    Mistake(
        "softened-logarithm",
        "Something small was added, or probabilities were cut, to keep the logarithm finite. What "
        "does a confident mistake cost then?",
        *(
            lambda z, t, tiny=tiny: -np.log(_chosen(z, t) + tiny).mean()
            for tiny in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
        ),
        *(
            lambda z, t, tiny=tiny: -np.log(np.maximum(_chosen(z, t), tiny)).mean()
            for tiny in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7)
        ),
    ),
    Mistake(  # CE4
        "other-logarithm",
        "Your logarithm has another base than e. Which one is asked for?",
        lambda z, t: _each(z, t).mean() / np.log(10),
        lambda z, t: _each(z, t).mean() / np.log(2),
    ),
    Mistake(  # CE5
        "averaged-over-classes",
        "You divided by the number of classes as well. How many losses has one image?",
        lambda z, t: _each(z, t).mean() / z.shape[1],
        lambda z, t: _each(z, t).sum() / z.shape[1],
    ),
    Mistake(  # CE6
        "softmax-twice",
        "Softmax was taken twice. What does the function get: scores or probabilities?",
        lambda z, t: _each(softmax(z), t).mean(),
    ),
    Mistake(
        "softmax-forgotten",
        "You took the logarithm of the scores themselves. What are they before softmax?",
        lambda z, t: -np.log(np.asarray(z, float)[np.arange(len(t)), t]).mean(),
    ),
    Mistake(
        "score-only",
        "Your loss knows the score of the right class only. Where do the others enter?",
        lambda z, t: -np.asarray(z, float)[np.arange(len(t)), t].mean(),
        lambda z, t: -shifted(z)[np.arange(len(t)), t].mean(),
    ),
    Mistake(
        "probability-only",
        "Your loss is a probability, or what is missing to one. Where is the logarithm?",
        lambda z, t: 1 - _chosen(z, t).mean(),
        lambda z, t: _chosen(z, t).mean(),
        lambda z, t: -_chosen(z, t).mean(),
    ),
    Mistake(
        "logarithm-of-mean",
        "You took the mean before the logarithm. In which order does the formula do it?",
        lambda z, t: -np.log(_chosen(z, t).mean()),
    ),
    Mistake(  # CE7
        "every-pair",
        "Every image was asked for the classes of all. Which class belongs to which image?",
        _all_pairs,
        lambda z, t: -np.log(softmax(z)[:, t]).mean(),
    ),
    Mistake(  # CE8
        "squared-error",
        "You measured squared distances. That is another loss: which logarithm is asked for?",
        lambda z, t: ((softmax(z) - one_hot(t, z.shape[1])) ** 2).mean(),
        lambda z, t: ((softmax(z) - one_hot(t, z.shape[1])) ** 2).sum(axis=1).mean(),
        lambda z, t: ((softmax(z) - one_hot(t, z.shape[1])) ** 2).sum(axis=1).mean() / 2,
        lambda z, t: ((np.asarray(z, float) - one_hot(t, z.shape[1])) ** 2).mean(),
    ),
    Mistake(
        "one-loss-per-image",
        "One loss for each image came back. What makes one number of them?",
        _each,
    ),
    Mistake(
        "one-row-per-image",
        "A whole row for each image came back. Which of its numbers counts?",
        lambda z, t: -np.log(softmax(z)),
        lambda z, t: -one_hot(t, z.shape[1]) * np.log(softmax(z)),
    ),
    Mistake(
        "first-image-only",
        "Only one image is in your loss. Where does your loop stop, or start again?",
        lambda z, t: _each(z, t)[0],
        lambda z, t: _each(z, t)[-1],
    ),
    Mistake(
        "largest-score-taken",
        "You took the class with the highest score for the right one. What do the labels say?",
        lambda z, t: _each(z, np.argmax(z, axis=1)).mean(),
    ),
    Mistake(
        "counted-from-one",
        "You took the class before the right one. Which class has the first column?",
        lambda z, t: _each(z, t - 1).mean(),
    ),
    Mistake(
        "softmax-over-images",
        "Your probabilities add up to one over the images. Which axis counts the classes?",
        lambda z, t: -np.log(softmax(z, axis=0)[np.arange(len(t)), t]).mean(),
    ),
    Mistake(
        "own-surprise",
        "Your loss does not look at the labels: it weighs each logarithm by its own probability. "
        "Which class is the right one?",
        lambda z, t: -(softmax(z) * np.log(softmax(z))).sum(axis=1).mean(),
    ),
    Mistake(
        "each-class-alone",
        "The wrong classes have logarithms of their own in your loss. Which ones does the formula "
        "ask for?",
        lambda z, t: (
            -np.where(one_hot(t, z.shape[1]) == 1, np.log(softmax(z)), np.log(1 - softmax(z)))
            .sum(axis=1)
            .mean()
        ),
    ),
    Mistake(
        "changes-scores",
        "The scores you were given now hold other numbers. Could you leave them as they are?",
        _clears,
    ),
)

LADDER = Ladder(
    task="cross_entropy",
    arguments=("input", "target"),
    reference=cross_entropy,
    returns=NUMBER,
    cases=(
        Case("the scores of lesson 08", (WORKED_SCORES, np.array([2]))),
        Case("an image sure of its class", (np.array([[5.0, 0, 0]]), np.array([0]))),
        Case("four images, three classes", (FEW_CLASSES, np.array([1, 0, 2, 1]))),
        Case("two images, five classes", (MANY_CLASSES, np.array([4, 1]))),
        Case("ten equal scores", (np.zeros((2, 10)), np.array([3, 7]))),
        Case("large scores", (LARGE_SCORES, np.array([1, 0, 2]))),
    ),
    hidden=_hidden,
    places=lambda input, target: "The mean over all images is one number.",
    axes={"input": ("image", "class"), "target": ("image",)},
    hint="Take one image on paper. What is the probability of its right class, and its logarithm?",
    mistakes=MISTAKES,
    accepted=(
        _mean_of(_each),
        lambda z, t: np.float32(_each(z, t).mean()),
        lambda z, t: np.array(_each(z, t).mean()),
        lambda z, t: sum(float(loss) for loss in _each(z, t)) / len(t),
        lambda z, t: (
            -(
                (shifted(z) - np.log(np.exp(shifted(z)).sum(axis=1, keepdims=True)))
                * one_hot(t, z.shape[1])
            ).sum()
            / len(t)
        ),
        lambda z, t: (
            np.logaddexp.reduce(np.asarray(z, float), axis=1) - z[np.arange(len(t)), t]
        ).mean(),
    ),
)
