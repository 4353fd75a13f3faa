"""The checks of `cross_entropy_backward`: p - y, for a batch."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property

# Probabilities of eighths, as in lesson 09; four images, three classes, class 1 twice.
WORKED = np.log(np.array([[1.0, 2, 5]]))
SCORES = np.log(np.array([[1.0, 2, 5], [4, 3, 1], [2, 5, 1], [6, 1, 1]]))
TARGET = np.array([2, 1, 1, 0])


def cross_entropy_backward(grad_output, input, target):
    """a number, scores (N, K), classes (N,) -> (N, K)"""
    return naive.cross_entropy_backward(grad_output, input, target)


def softmax(scores, axis=1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def one_hot(scores, target):
    return np.eye(scores.shape[1])[target]


def _hidden(rng):
    def case(n: int, k: int, grad_output: float = 1.0) -> Case:
        target = np.resize(rng.permutation(k), n)
        target[-1] = target[0]  # a class twice, and where k > n a class that never comes
        name = f"{n} images, {k} classes"
        return Case(name, (grad_output, signed(rng, n, k) / 4, target))

    large = signed(rng, 3, 4) * 400
    return (
        Item("one image", (case(1, 4),)),
        Item("a batch", (case(4, 3), case(5, 6)), parts=2),
        Item("another gradient", (case(3, 4, grad_output=-2.5),)),
        Item("large scores", (Case("large scores", (1.0, large, np.array([1, 3, 1]))),)),
        Item("the arguments are left as they were", (case(4, 5),), keeps_input=True),
    )


def _rows_sum_to_zero(arguments, answers):
    sums = answers[0].sum(axis=1)
    return bool((np.abs(sums) <= 1e-5 * np.abs(answers[0]).max()).all())


def _scaled(make):
    """The usual frame, g times something over N."""
    return lambda g, z, t: g * make(z, t) / len(z)


def _minus_one_in_columns(z, t):
    p = softmax(z)
    p[:, t] -= 1
    return p


def _minus_one_in_rows(z, t):
    p = softmax(z)
    p[t] -= 1
    return p


def _overflowing(z):
    powers = np.exp(z)
    return powers / powers.sum(axis=1, keepdims=True)


def _without_keepdims(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


def _in_place(g, z, t):
    right = cross_entropy_backward(g, z, t)
    z[np.arange(len(z)), t] -= 1
    return right


def _maximum_in_place(g, z, t):
    right = cross_entropy_backward(g, z, t)
    z -= z.max(axis=1, keepdims=True)
    return right


MISTAKES = (
    Mistake(
        "uphill",
        "Every sign is the other way round: with this the loss would grow. Which of the two is "
        "taken away from which?",
        _scaled(lambda z, t: one_hot(z, t) - softmax(z)),
    ),
    Mistake(
        "label-forgotten",
        "These are the probabilities. Which of them should become negative?",
        _scaled(lambda z, t: softmax(z)),
        lambda g, z, t: softmax(z),
        lambda g, z, t: g * softmax(z),
    ),
    Mistake(
        "stopped-before-softmax",
        "This is the gradient of the probabilities. Which step leads from them back to the scores?",
        _scaled(lambda z, t: -one_hot(z, t) / softmax(z)),
        _scaled(lambda z, t: -np.where(one_hot(z, t), 1 / np.maximum(softmax(z), 1e-12), 0)),
        lambda g, z, t: -g * one_hot(z, t) / softmax(z),
    ),
    Mistake(
        "label-in-every-row",
        "The class of one image was taken from all the others too. Which row does a label belong "
        "to?",
        _scaled(_minus_one_in_columns),
        _scaled(lambda z, t: softmax(z) - np.isin(np.arange(z.shape[1]), t)),
        lambda g, z, t: g * _minus_one_in_columns(z, t),
    ),
    Mistake(
        "label-names-row",
        "Whole rows became smaller by one. Does a label name a row or a column?",
        _scaled(_minus_one_in_rows),
        lambda g, z, t: g * _minus_one_in_rows(z, t),
    ),
    Mistake(
        "not-averaged",
        "Your gradients grow with the batch. What does the mean over the images do to each of "
        "them?",
        lambda g, z, t: g * (softmax(z) - one_hot(z, t)),
        lambda g, z, t: softmax(z) - one_hot(z, t),
    ),
    Mistake(
        "averaged-over-classes",
        "You divide by the number of classes. Over what is the loss a mean?",
        lambda g, z, t: g * (softmax(z) - one_hot(z, t)) / z.shape[1],
        lambda g, z, t: g * (softmax(z) - one_hot(z, t)) / z.size,
    ),
    Mistake(
        "averaged-twice",
        "You divide by the number of images twice. Where does the mean enter, and how often?",
        lambda g, z, t: cross_entropy_backward(g, z, t) / len(z),
    ),
    Mistake(
        "gradient-ignored",
        "What comes back from behind the loss leaves no trace. What does it do to your gradient?",
        lambda g, z, t: cross_entropy_backward(1, z, t),
    ),
    Mistake(
        "softmax-over-images",
        "Your probabilities add up to one over the images. Over what should they?",
        _scaled(lambda z, t: softmax(z, axis=0) - one_hot(z, t)),
        _scaled(lambda z, t: _without_keepdims(z) - one_hot(z, t)),
    ),
    Mistake(
        "softmax-over-all",
        "All your probabilities together add up to one. Has not each image its own?",
        _scaled(lambda z, t: np.exp(z - z.max()) / np.exp(z - z.max()).sum() - one_hot(z, t)),
    ),
    Mistake(
        "softmax-forgotten",
        "You took the label from the scores themselves. What makes probabilities of scores?",
        _scaled(lambda z, t: z - one_hot(z, t)),
    ),
    Mistake(
        "powers-not-divided",
        "Your numbers do not add up to one before the label is taken away. What makes "
        "probabilities of the powers?",
        _scaled(lambda z, t: np.exp(z) - one_hot(z, t)),
        _scaled(lambda z, t: np.exp(z - z.max(axis=1, keepdims=True)) - one_hot(z, t)),
    ),
    Mistake(
        "not-softmax",
        "You divide the scores by their sum. What does softmax do to each score first?",
        _scaled(lambda z, t: z / z.sum(axis=1, keepdims=True) - one_hot(z, t)),
    ),
    Mistake(
        "overflows",
        "With large scores your numbers become infinite. What may be taken away from all scores "
        "of an image without changing its probabilities?",
        _scaled(lambda z, t: _overflowing(z) - one_hot(z, t)),
    ),
    Mistake(
        "slope-of-each-probability",
        "You multiplied by the slope of a single probability. Where did that slope cancel?",
        _scaled(lambda z, t: (softmax(z) - one_hot(z, t)) * softmax(z) * (1 - softmax(z))),
    ),
    Mistake(
        "only-the-label",
        "Only the scores of the right classes get a gradient. Do the others not change the loss?",
        _scaled(lambda z, t: (softmax(z) - 1) * one_hot(z, t)),
        _scaled(lambda z, t: -one_hot(z, t)),
    ),
    Mistake(
        "labels-counted-from-one",
        "The wrong column becomes negative. From which number does Python count the classes?",
        _scaled(lambda z, t: softmax(z) - one_hot(z, t - 1)),
        _scaled(lambda z, t: softmax(z) - one_hot(z, (t + 1) % z.shape[1])),
    ),
    Mistake(
        "the-loss-itself",
        "That is the loss, not its gradient. How many scores are there?",
        lambda g, z, t: -np.log(softmax(z)[np.arange(len(t)), t]).mean(),
        lambda g, z, t: -np.log(softmax(z)[np.arange(len(t)), t]),
    ),
    Mistake(
        "writes-into-scores",
        "The scores that you were given now hold other numbers. Could you leave them as they are?",
        _in_place,
        _maximum_in_place,
    ),
)

LADDER = Ladder(
    task="cross_entropy_backward",
    arguments=("grad_output", "input", "target"),
    reference=cross_entropy_backward,
    cases=(
        Case("the image of lesson 09", (1, WORKED, np.array([1]))),
        Case("four images and three classes", (1.0, SCORES, TARGET)),
        Case("the same with twice the loss behind it", (2.0, SCORES, TARGET)),
        Case("large scores", (1.0, np.array([[2.0, 900, 897], [-800, 3, 1]]), np.array([2, 1]))),
    ),
    hidden=_hidden,
    places=lambda grad_output, input, target: "There is one gradient for each score.",
    hint="Work out the probabilities of one image by hand. Which of the three steps after that "
    "differs from yours?",
    properties=(
        Property(
            "rows add up to zero",
            (Case("three images", (1.0, SCORES[:3], TARGET[:3])),),
            _rows_sum_to_zero,
            "The gradients of an image's scores should add up to zero, and yours do not.",
            "What do the probabilities add up to, and what does a one-hot row?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        _scaled(lambda z, t: softmax(z) - one_hot(z, t)),
        lambda g, z, t: (g / len(z) * (softmax(z) - one_hot(z, t))).astype(np.float32),
        lambda g, z, t: np.asfortranarray(cross_entropy_backward(g, z, t)),
        lambda g, z, t: _by_index(g, z, t),
        lambda g, z, t: _by_loops(g, z, t),
    ),
)


def _by_index(g, z, t):
    p = softmax(z)
    p[np.arange(len(t)), t] -= 1
    return g * p / len(t)


def _by_loops(g, z, t):
    result = np.zeros(z.shape)
    for n, label in enumerate(t):
        powers = [float(np.exp(score - max(z[n]))) for score in z[n]]
        for k, power in enumerate(powers):
            result[n, k] = g * (power / sum(powers) - (k == label)) / len(z)
    return result
