"""What the checks of assignment 08 share: worked scores, and right steps for wrong versions."""

import numpy as np

# Lesson 08: two maps, what ReLU leaves of them, and the scores of three classes.
WORKED_MAPS = np.array([[[2, -2], [4, 2]], [[2, 5], [-1, 1]]])
WORKED_SCORES = np.array([[4.0, 0, 2]])

# Scores of both signs, no two alike, in more images than classes and in fewer.
FEW_CLASSES = np.array([[0.5, -1.25, 2], [3, 0.25, -2], [-0.5, 1.5, 1], [-3, -1, 0.75]])
MANY_CLASSES = np.array([[1.5, -2, 0.25, 3, -0.75], [-1, 2.5, 0.5, -3, 1]])
# As many images as classes: an axis taken for the other meets no error here.
SQUARE = np.array([[2.0, -1, 0.5], [0.25, 3, -2], [-1.5, 1, 2.75]])
# Scores that leave what an exponential can hold, at both ends, and rows far from each other.
LARGE = np.array([[1000.0, 1001, 999], [-1000, -1002, -1001], [2, 1600, -3]])


def shifted(scores, axis=1):
    """The scores less the largest of their row."""
    scores = np.asarray(scores, float)
    return scores - scores.max(axis=axis, keepdims=True)


def softmax(scores, axis=1):
    """Right, if the axis is."""
    powers = np.exp(shifted(scores, axis))
    return powers / powers.sum(axis=axis, keepdims=True)


def one_hot(target, num_classes):
    return (np.arange(num_classes) == np.asarray(target)[:, None]).astype(float)
