"""What training makes small."""

import numpy as np

from cnnlab.errors import ArgumentError, ShapeError, StateError
from cnnlab.nn.layer import as_float


class CrossEntropyLoss:
    r"""Softmax and cross-entropy in one step: the mean surprise at the true class.

    .. math:: L = \frac{1}{N} \sum_n -\log \frac{e^{x[n, t_n]}}{\sum_k e^{x[n, k]}}, \qquad
        \frac{\partial L}{\partial x[n, k]} = \frac{p[n, k] - [k = t_n]}{N}

    Shapes: scores (N, K), target (N,) of class numbers 0 to K - 1 -> a float; `backward` (N, K).

    Raises: `ShapeError` if the shapes do not fit or the batch is empty; `ArgumentError` for
    labels that are not whole numbers from 0 to K - 1; `StateError` for `backward` before a loss.

    >>> loss = CrossEntropyLoss()
    >>> round(loss(np.zeros((4, 10)), np.array([0, 1, 2, 3])), 4)      # ln 10
    2.3026

    References: Bishop (2006), Pattern Recognition and Machine Learning, section 4.3.4;
    ``torch.nn.CrossEntropyLoss``.
    """

    def __init__(self) -> None:
        self._kept: tuple[np.ndarray, np.ndarray] | None = None

    def __call__(self, scores: np.ndarray, target: np.ndarray) -> float:
        x, labels = as_float(scores), check_labels(scores, target)
        shifted = x - x.max(axis=1, keepdims=True)  # e to the power of large scores overflows
        p = np.exp(shifted)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        self._kept = p, labels
        true = shifted[np.arange(len(x)), labels]
        return float(np.sum(np.log(total[:, 0]) - true)) / len(x)

    def backward(self) -> np.ndarray:
        """The gradient of the last loss with respect to the scores."""
        if self._kept is None:
            raise StateError("CrossEntropyLoss: backward needs a loss first. Call the loss once.")
        p, labels = self._kept
        grad = p.copy(order="K")
        grad[np.arange(len(p)), labels] -= 1
        grad /= len(p)
        return grad


def check_labels(scores: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Class numbers that fit the scores, or an error that says what does not."""
    shape, labels = np.shape(scores), np.asarray(target)
    if len(shape) != 2 or not shape[0] or labels.shape != shape[:1]:
        raise ShapeError(
            f"Scores must be (N, K) and labels (N,) with N of at least 1; got scores {shape} and "
            f"labels {labels.shape}. One-hot labels: pass labels.argmax(axis=1)."
        )
    if labels.dtype.kind not in "iu":
        raise ArgumentError(
            f"Labels must be whole numbers, got {labels.dtype}. Convert them: labels.astype(int)."
        )
    if labels.min() < 0 or labels.max() >= shape[1]:
        raise ArgumentError(
            f"Labels must lie from 0 to {shape[1] - 1}, one for each of {shape[1]} scores; "
            f"got {labels.min()} to {labels.max()}."
        )
    return labels
