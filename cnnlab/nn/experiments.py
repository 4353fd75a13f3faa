"""A ladder of experiments: the same data, and on each rung one more idea against overfitting.

>>> [rung.published for rung in LADDER][:3]
[0.978, 0.9878, 0.9906]
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.nn import zoo
from cnnlab.nn.optim import SGD
from cnnlab.nn.outcomes import Climb, Outcome, standard_error
from cnnlab.nn.sequential import Sequential
from cnnlab.nn.training import Data, History, fit, in_notebook, predict

__all__ = ["LADDER", "Climb", "Outcome", "Rung", "climb", "shifted", "standard_error", "vote"]

DECAY = 0.5  # the learning rate is multiplied by it after a half and three quarters of the epochs
two_convolutions = zoo.nielsen_two_convolutions


@dataclass(frozen=True)
class Rung:
    r"""One experiment as data: a network, and how it is trained.

    .. math:: L = L_{data} + \frac{\lambda}{2 B} \sum w^2

    Shapes: ``build(rng=seed)`` gives a network for (N, 1, 28, 28) -> (N, K).

    Parameters: ``published``, its accuracy on the 10,000 test digits of MNIST, after the 60,000
    others; ``lr``; ``penalty`` :math:`\lambda`, shared among the B steps of an epoch; ``shifts``,
    whether each image also comes shifted four ways; ``epochs``; ``votes``, how many networks decide
    together, the one of the rung before among them.
    After a half and three quarters of the epochs the learning rate is multiplied by 0.5.

    >>> LADDER[3].name, LADDER[3].penalty
    ('ReLU and weight decay', 0.1)

    Raises: nothing.
    References: Nielsen (2015), Neural Networks and Deep Learning, chapter 6.
    """

    name: str
    build: Callable[..., Sequential]
    published: float
    lr: float = 0.03
    penalty: float = 0.1
    shifts: bool = False
    epochs: int = 20
    votes: int = 1


SHIFTED: dict[str, Any] = {"shifts": True, "epochs": 8}
# The published rungs, from bottom to top. Of several published widths each has a rung of its own.
LADDER = (
    Rung("dense, 100 hidden", zoo.nielsen_dense, 0.9780, lr=0.3, penalty=0),
    Rung("one convolution and pooling", zoo.nielsen_one_convolution, 0.9878, lr=0.2, penalty=0),
    Rung("two of them", partial(two_convolutions, activation="sigmoid"), 0.9906, 0.3, 0),
    Rung("ReLU and weight decay", two_convolutions, 0.9923),
    Rung("five times the images, by shifts", two_convolutions, 0.9937, **SHIFTED),
    Rung("300 hidden", partial(two_convolutions, (300,)), 0.9946, **SHIFTED),
    Rung("1000 hidden", partial(two_convolutions, (1000,)), 0.9943, **SHIFTED),
    Rung("100 and 100 hidden", partial(two_convolutions, (100, 100)), 0.9943, **SHIFTED),
    Rung(
        "dropout, 1000 and 1000 hidden",
        partial(two_convolutions, (1000, 1000), dropout=0.5),
        0.9960,
        penalty=0,
        **SHIFTED,
    ),
    Rung(
        "vote of five such networks",
        partial(two_convolutions, (1000, 1000), dropout=0.5),
        0.9967,
        penalty=0,
        **SHIFTED,
        votes=5,
    ),
)


def climb(
    rungs: Sequence[Rung],
    train: Data,
    test: Data,
    *,
    epochs: int | None = None,
    batch_size: int = 10,
    seed: int = 0,
    progress: bool = True,
) -> Climb:
    """Run each rung on the same images, and judge it by images that it never saw.

    ``held_back = accuracy(network after train, test)``, for each rung.

    Shapes: train and test are images (N, 1, H, W) of floats and labels (N,).

    Parameters: ``epochs``, at most so many for each rung; ``seed``, for first weights and order;
    ``progress`` prints a line a rung, which follows the epochs on a terminal or in a notebook.

    Raises: `ArgumentError` for no rungs, or a first rung that votes with the one before; else as
    `fit`.

    >>> images, labels = np.zeros((4, 1, 28, 28), np.float32), np.array([3, 3, 3, 3])
    >>> climb(LADDER[:1], (images, labels), (images, labels), progress=False)[0].held_back
    1.0

    References: Nielsen (2015), Neural Networks and Deep Learning, chapter 6.
    """
    if not rungs or rungs[0].votes > 1:
        raise ArgumentError("climb: expects rungs, the first of which trains a network of its own.")
    reached = Climb()
    for rung in rungs:
        before = reached[-1].networks[:1] if rung.votes > 1 else []
        line = _Line(rung, show=progress)
        start = time.perf_counter()
        networks, histories = list(before), []
        for member in range(len(before), rung.votes):
            network = rung.build(rng=seed + member)
            histories.append(_train(network, rung, train, epochs, batch_size, seed + member, line))
            networks.append(network)
        training, held_back = (float((vote(networks, x) == y).mean()) for x, y in (train, test))
        seconds, count = time.perf_counter() - start, len(test[1])
        first = histories[0]
        outcome = Outcome(rung, networks, first, training, held_back, count, seconds)
        reached.append(outcome)
        line.close(outcome)
    return reached


def _train(
    network: Sequential,
    rung: Rung,
    train: Data,
    epochs: int | None,
    batch_size: int,
    seed: int,
    line: "_Line",
) -> History:
    images, labels = shifted(*train) if rung.shifts else train
    steps = -(-len(images) // batch_size)
    optimizer = SGD(network, rung.lr, weight_decay=rung.penalty / steps)
    wanted = min(rung.epochs, epochs or rung.epochs)

    def after(epoch: int, history: History) -> None:
        if epoch in (wanted // 2, 3 * wanted // 4):
            optimizer.lr *= DECAY
        line.update(seed, epoch, wanted, history)

    return fit(
        network,
        images,
        labels,
        epochs=wanted,
        batch_size=batch_size,
        optimizer=optimizer,
        rng=seed,
        progress=False,
        on_epoch=after,
    )


def shifted(images: np.ndarray, labels: np.ndarray) -> Data:
    """Each image five times: as it is, and moved by one pixel up, down, left and right.

    ``moved[i, j] = image[i + 1, j]`` for up; what comes in at the edge is zero.

    Shapes: (N, C, H, W), (N,) -> (5 N, C, H, W), (5 N,), all images as they are first.

    Raises: `ShapeError` for images that have not four axes.

    >>> moved, labels = shifted(np.array([[[[1, 2], [3, 4]]]]), np.array([7]))
    >>> moved[:, 0].tolist()[:3]
    [[[1, 2], [3, 4]], [[3, 4], [0, 0]], [[0, 0], [1, 2]]]
    >>> labels
    array([7, 7, 7, 7, 7])

    References: Nielsen (2015), Neural Networks and Deep Learning, chapter 6; Simard, Steinkraus
    and Platt (2003), ICDAR.
    """
    if np.ndim(images) != 4:
        raise ShapeError(f"shifted: expects images (N, C, H, W), got {np.shape(images)}.")
    up, down, left, right = (np.zeros_like(images) for _ in range(4))
    up[:, :, :-1] = images[:, :, 1:]
    down[:, :, 1:] = images[:, :, :-1]
    left[..., :-1] = images[..., 1:]
    right[..., 1:] = images[..., :-1]
    return np.concatenate([images, up, down, left, right]), np.tile(labels, 5)


def vote(networks: Sequence[Sequential], images: np.ndarray) -> np.ndarray:
    """The class that most networks choose; of equals, the one with the larger sum of scores.

    ``class[n] = argmax_k (votes[n, k] + a share below 1 that settles ties)``

    Shapes: (N, C, H, W) -> (N,)

    Raises: `ArgumentError` without a network.

    >>> from cnnlab import nn
    >>> networks = [nn.Sequential(nn.Flatten(), nn.Linear(1, 2)) for _ in range(3)]
    >>> for network, chosen in zip(networks, [0, 1, 1]):
    ...     network[1].weight[:], network[1].bias[:] = 0, np.eye(2)[chosen]
    >>> vote(networks, np.zeros((1, 1, 1, 1)))
    array([1])

    References: Nielsen (2015), Neural Networks and Deep Learning, chapter 6.
    """
    if not networks:
        raise ArgumentError("vote: there is no network to ask.")
    scores = np.array([predict(network, images) for network in networks])
    votes = np.eye(scores.shape[2])[scores.argmax(axis=2)].sum(axis=0)
    total = scores.sum(axis=0, dtype=float)
    total -= total.min(axis=1, keepdims=True)
    return (votes + total / (total.max(axis=1, keepdims=True) + 1)).argmax(axis=1)


class _Line:
    """One line a rung: it follows the epochs where it can be overwritten, and stays at the end."""

    EVERY = 0.5  # seconds between two updates

    def __init__(self, rung: Rung, *, show: bool):
        self.name, self.show, self.shown = rung.name, show, 0.0
        self.live = show and (sys.stdout.isatty() or in_notebook())

    def update(self, member: int, epoch: int, epochs: int, history: History) -> None:
        now = time.perf_counter()
        if self.live and now - self.shown > self.EVERY:
            self.shown = now
            text = f"{self.name:<34} network {member + 1}, epoch {epoch}/{epochs}"
            print(f"\r{text}  loss {history.loss[-1]:.4f}", end="", flush=True)

    def close(self, outcome: Outcome) -> None:
        if self.show:
            share = f"held back {outcome.held_back:.1%} ± {outcome.error:.1%}"
            text = f"{self.name:<34} {share}  {outcome.seconds:.0f} s"
            print("\r" * self.live + f"{text:<80}".rstrip(" " * (not self.live)), flush=True)
