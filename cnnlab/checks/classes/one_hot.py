"""The checks of `one_hot`: a label becomes a row with a single one."""

import numpy as np

from cnnlab.checks.classes import common
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.versions import clears


def one_hot(target, num_classes):
    """(N,) labels, K -> (N, K)"""
    return np.array([[float(k == label) for k in range(num_classes)] for label in target.tolist()])


def _hidden(rng):
    def case(images: int, classes: int, largest: int) -> Case:
        target = rng.integers(0, largest, size=images)
        # First and last class among them; more than one label, so that no row stands for all.
        target[:2] = rng.permutation([0, largest - 1])
        return Case(f"{images} labels, {classes} classes", (rng.permutation(target), classes))

    return (
        Item("few classes", (case(9, 5, 5), case(12, 4, 4))),
        Item("many classes", (case(7, 13, 13),)),
        Item("classes that no label names", (case(8, 9, 6), case(10, 12, 7))),
        Item("the labels are left as they were", (case(11, 6, 6),), keeps_input=True),
    )


def _places(target, num_classes):
    return f"{len(target)} labels make {len(target)} rows, {num_classes} classes make the columns."


def _columns_written(t, k):
    """``rows[:, target] = 1`` marks the columns of all labels in every row."""
    rows = np.zeros((len(t), k))
    rows[:, t] = 1
    return rows


def _square_rows(t, k):
    """As many columns as there are labels."""
    rows = np.zeros((len(t), len(t)))
    rows[np.arange(len(t)), t] = 1
    return rows


def _one_row(t, k):
    row = np.zeros(k)
    row[t] = 1
    return row


LADDER = Ladder(
    task="one_hot",
    arguments=("target", "num_classes"),
    reference=one_hot,
    cases=(
        Case("two labels, three classes", (np.array([2, 0]), 3)),
        Case("four labels, three classes", (np.array([1, 1, 0, 2]), 3)),
        Case("a class that no label names", (np.array([1, 3, 0]), 6)),
        Case("a 3 among ten digits", (np.array([3]), 10)),
        Case("four labels, four classes", (np.array([3, 1, 0, 1]), 4)),
    ),
    hidden=_hidden,
    places=_places,
    axes={"": ("image", "class"), "target": ("image",)},
    hint="Take one row. Which label belongs to it, and in which column should the one stand?",
    mistakes=(
        Mistake(  # OH2
            "counted-from-one",
            "Your ones stand one column to the left. Which class has the first column?",
            lambda t, k: np.eye(k)[t - 1],
            lambda t, k: common.one_hot(t - 1, k),
        ),
        Mistake(
            "one-column-late",
            "Your ones stand one column to the right. Which class has the first column?",
            lambda t, k: np.eye(k)[(t + 1) % k],
            lambda t, k: common.one_hot(t + 1, k),
            lambda t, k: np.eye(k)[t + 1],
        ),
        Mistake(
            "images-in-columns",
            "Each label has a column of its own. Which axis counts the images?",
            lambda t, k: one_hot(t, k).T,
        ),
        Mistake(
            "as-wide-as-the-largest-label",
            "The last classes are missing, because no label names them. What says how many there "
            "are?",
            lambda t, k: np.eye(t.max() + 1)[t],
        ),
        Mistake(
            "as-wide-as-the-batch",
            "Your answer has as many columns as there are labels. What says how many there are?",
            _square_rows,
            lambda t, k: np.eye(len(t))[t],
        ),
        Mistake(
            "one-column-too-many",
            "Your answer has a column too many. How many classes are there from zero to the last?",
            lambda t, k: common.one_hot(t, k + 1),
        ),
        Mistake(
            "one-row-for-all",
            "All labels share one row. How many rows should there be?",
            _one_row,
        ),
        Mistake(
            "every-row-all-labels",
            "Every row has the ones of all labels. Which row belongs to which label?",
            _columns_written,
        ),
        Mistake(
            "label-in-place-of-one",
            "The label itself stands where a one should be. What is the largest number here?",
            lambda t, k: one_hot(t, k) * t[:, None],
            lambda t, k: one_hot(t, k) * (t[:, None] + 1),
        ),
        Mistake(
            "cold",
            "Zeros and ones have changed places. How many ones has a row?",
            lambda t, k: 1 - one_hot(t, k),
        ),
        Mistake(
            "bars",
            "All classes up to the label have a one, or all from it. How many ones has a row?",
            lambda t, k: (np.arange(k) <= t[:, None]).astype(float),
            lambda t, k: (np.arange(k) < t[:, None]).astype(float),
            lambda t, k: (np.arange(k) >= t[:, None]).astype(float),
        ),
        Mistake(
            "in-order",
            "Your ones stand in a diagonal, whatever the labels say. Where do the labels enter?",
            lambda t, k: np.eye(len(t), k),
        ),
        Mistake(
            "first-row-only",
            "Only the first row has a one. Where does your loop stop?",
            lambda t, k: one_hot(t, k) * (np.arange(len(t)) == 0)[:, None],
        ),
        Mistake(
            "last-row-only",
            "Only the last row has a one. Where do the rows start again?",
            lambda t, k: one_hot(t, k) * (np.arange(len(t)) == len(t) - 1)[:, None],
        ),
        Mistake(
            "changes-labels",
            "The labels you were given have changed. Could you leave them as they are?",
            clears(one_hot),
        ),
    ),
    accepted=(
        lambda t, k: np.eye(k)[t],
        lambda t, k: np.eye(k, dtype=int)[t],
        lambda t, k: t[:, None] == np.arange(k),
        lambda t, k: common.one_hot(t, k).astype(np.float32),
        lambda t, k: np.asfortranarray(common.one_hot(t, k)),
        lambda t, k: np.identity(k)[list(t)],
    ),
)
