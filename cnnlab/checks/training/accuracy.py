"""The checks of `accuracy`: the share of images whose best score is at their label."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import NUMBER

THREE_CLASSES = np.array(
    [[7, 1, 2], [0, 9, 4], [3, 5, 8], [6, 2, 1], [1, 0, 2]]  # the best are at 0, 1, 2, 0, 2
)
THREE_LABELS = np.array([1, 1, 2, 0, 2])
SMALL_SCORES = np.array([[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.25, 0.45], [0.3, 0.34, 0.26, 0.1]])
SMALL_LABELS = np.array([0, 2, 3])
SQUARE_SCORES = np.array([[1.5, -2.0, 0.5], [-1.0, -4.0, -3.0], [2.0, 2.5, 3.5]])
SQUARE_LABELS = np.array([0, 1, 2])
ALL_RIGHT = np.array([[-4.0, -1.0], [-2.0, -3.0]])


def accuracy(scores, labels):
    return float((scores.argmax(axis=1) == labels).mean())


def _drawn(rng, images, classes, right, low=-6.0):
    """Scores of both signs, of which exactly ``right`` are highest at their label."""
    scores = np.array([rng.permutation(classes) for _ in range(images)]) + low
    scores += rng.uniform(0, 0.5, (images, 1))
    best = scores.argmax(axis=1)
    labels = (best + rng.integers(1, classes, images)) % classes
    hits = rng.permutation(images)[:right]
    labels[hits] = best[hits]
    return scores, labels


def _hidden(rng):
    def case(images, classes, right, **options):
        return Case(
            f"{images} images, {classes} classes", _drawn(rng, images, classes, right, **options)
        )

    return (
        Item("a few images", (case(7, 3, 5), case(9, 4, 2))),
        Item("ten classes", (case(13, 10, 8, low=0.0),)),
        Item("all right, and none", (case(6, 5, 6), case(5, 6, 0))),
        Item("the arguments are left as they were", (case(8, 3, 3),), keeps_input=True),
    )


LADDER = Ladder(
    task="accuracy",
    arguments=("scores", "labels"),
    reference=accuracy,
    cases=(
        Case("two images, both right", (ALL_RIGHT, np.array([1, 0]))),
        Case("three images of three classes", (SQUARE_SCORES, SQUARE_LABELS)),
        Case("five images of three classes", (THREE_CLASSES, THREE_LABELS)),
        Case("probabilities below a half", (SMALL_SCORES, SMALL_LABELS)),
    ),
    hidden=_hidden,
    places=lambda scores, labels: "All images together have one accuracy.",
    hint="Go through the images one by one with a pencil. Which class does each row choose?",
    returns=NUMBER,
    axes={"scores": ("image", "class"), "labels": ("image",)},
    mistakes=(
        Mistake(
            "counted",
            "You counted the images that are right. What is their share of all images?",
            lambda s, y: (s.argmax(axis=1) == y).sum(),
        ),
        Mistake(
            "percent",
            "Your number goes up to a hundred. Which number stands for all images, if half of "
            "them are 0.5?",
            lambda s, y: 100 * accuracy(s, y),
        ),
        Mistake(
            "error-rate",
            "You measure the images that are wrong. What would a perfect network get?",
            lambda s, y: 1 - accuracy(s, y),
        ),
        Mistake(
            "above-one-half",
            "You count a score above a half. With ten classes, may the best score not be 0.3?",
            lambda s, y: float((s[np.arange(len(y)), y] > 0.5).mean()),
            lambda s, y: float(((s > 0.5).argmax(axis=1) == y).mean()),
        ),
        Mistake(
            "lowest-score",
            "You choose the class with the lowest score. Which score should win?",
            lambda s, y: float((s.argmin(axis=1) == y).mean()),
        ),
        Mistake(
            "down-the-images",
            "You look for the best image of each class. Along which axis do the classes of one "
            "image stand?",
            lambda s, y: float((s.argmax(axis=0) == y).mean()),
        ),
        Mistake(
            "best-of-all",
            "You found one best place in the whole table. How many images have to choose?",
            lambda s, y: float((s.argmax() == y).mean()),
        ),
        Mistake(
            "score-not-class",
            "You compare labels with the height of the best score. Where does it stand in its row?",
            lambda s, y: float((s.max(axis=1) == y).mean()),
        ),
        Mistake(
            "divided-by-classes",
            "You divided by the number of classes. Of how many things is it the share?",
            lambda s, y: (s.argmax(axis=1) == y).sum() / s.shape[1],
        ),
        Mistake(
            "counted-from-one",
            "Every class is taken for its neighbour. Which number has the first class?",
            lambda s, y: float((s.argmax(axis=1) + 1 == y).mean()),
        ),
        Mistake(
            "whole-division",
            "Only all or nothing comes out. Which division keeps the part after the point?",
            lambda s, y: float((s.argmax(axis=1) == y).sum() // len(y)),
        ),
        Mistake(
            "score-at-label",
            "You averaged the scores at the labels. What makes an image right or wrong?",
            lambda s, y: float(s[np.arange(len(y)), y].mean()),
        ),
        Mistake(
            "first-image-only",
            "Only the first image is judged. When does your loop end?",
            lambda s, y: float(s[0].argmax() == y[0]),
        ),
        Mistake(
            "last-image-only",
            "Only the last image counts. What happens to those before it?",
            lambda s, y: float(s[-1].argmax() == y[-1]),
        ),
    ),
    accepted=(
        lambda s, y: np.float32((s.argmax(axis=1) == y).mean()),
        lambda s, y: sum(int(np.argmax(row)) == t for row, t in zip(s, y, strict=True)) / len(y),
        lambda s, y: np.count_nonzero(np.argmax(s, axis=-1) == y) / s.shape[0],
        lambda s, y: np.array((s.argmax(axis=1) == y).mean()),
        lambda s, y: 1 - np.mean(np.argmax(s, 1) != y),
        lambda s, y: (s[np.arange(len(y)), y] == s.max(axis=1)).mean(),
    ),
)
