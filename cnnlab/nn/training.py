"""The training loop: batches, epochs, progress, and an end that keeps what was learnt."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from threadpoolctl import threadpool_limits

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.nn.initial import Rng
from cnnlab.nn.loss import CrossEntropyLoss, check_labels
from cnnlab.nn.optim import SGD, Optimizer
from cnnlab.nn.sequential import Sequential

Data = tuple[np.ndarray, np.ndarray]


@dataclass
class History:
    """One number an epoch in each list; ``batch_loss`` has one a step.

    ``stopped`` says in a sentence why training ended early, and is empty if it did not. The
    numbers of training are means over the steps of the epoch, while the network changed.

    >>> History().loss, History().stopped
    ([], '')
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    batch_loss: list[float] = field(default_factory=list)
    stopped: str = ""


def fit(
    network: Sequential,
    images: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int = 1,
    batch_size: int = 64,
    optimizer: Optimizer | None = None,
    validation: Data | None = None,
    rng: Rng = None,
    progress: bool = True,
    on_epoch: Callable[[int, History], None] | None = None,
) -> History:
    r"""Train the network on images and labels, and return how it went.

    .. math:: w \leftarrow w - \eta\; \frac{1}{B} \sum_{n \in batch} \nabla_w L_n

    That is the step with `SGD`, for each batch of B images.

    Each epoch shuffles the images and takes one step a batch. Interrupt with Ctrl-C, or with the
    stop button of a notebook: the network keeps what it has learnt. Training also ends when the
    loss is no longer a number. Afterwards the network is in evaluation mode.

    Shapes: images (N, C, H, W) of floats, labels (N,) of class numbers.

    Parameters: ``epochs`` and ``batch_size``, at least 1; ``optimizer``, `SGD` with lr 0.1 if left
    out; ``validation``, images and labels to be judged after each epoch; ``rng``, a Generator or a
    seed for the order; ``progress`` prints a line an epoch; ``on_epoch(epoch, history)`` is called
    after each one.

    Raises: `ArgumentError` for integer images, which need scaling first, for images that are not
    finite, and for numbers out of their range; `ShapeError` if images and labels differ in number.

    >>> from cnnlab import nn
    >>> images = np.zeros((8, 1, 2, 2), np.float32)
    >>> images[4:] = 1                                        # class 1 is bright
    >>> network = nn.Sequential(nn.Flatten(), nn.Linear(4, 2, rng=0))
    >>> history = fit(network, images, np.repeat([0, 1], 4), epochs=20, progress=False)
    >>> history.accuracy[-1], history.stopped
    (1.0, '')

    References: Goodfellow, Bengio and Courville (2016), Deep Learning, algorithm 8.1.
    """
    images, labels = _checked(images, labels)
    if validation is not None:
        validation = _checked(*validation)
    if min(epochs, batch_size) < 1:
        raise ArgumentError(
            f"fit: epochs and batch_size must be at least 1, got {epochs} and {batch_size}."
        )
    optimizer = SGD(network, 0.1) if optimizer is None else optimizer
    rng, history = np.random.default_rng(rng), History()
    epoch = 0
    try:
        with _one_thread(), np.errstate(over="ignore", invalid="ignore"):  # the loss reports them
            for epoch in range(1, epochs + 1):
                meter = Meter(f"epoch {epoch}/{epochs}", len(images), show=progress)
                _epoch(network, images, labels, batch_size, optimizer, rng, history, meter)
                if history.stopped:
                    break
                if validation is not None:
                    _validate(network, validation, history)
                meter.close(history)
                if on_epoch is not None:
                    on_epoch(epoch, history)
    except KeyboardInterrupt:
        history.stopped = f"Stopped by hand in epoch {epoch}; what was learnt so far is kept."
    finally:
        network.eval()
    if history.stopped and progress:
        print(f"\n{history.stopped}")
    return history


def predict(network: Sequential, images: np.ndarray, *, batch_size: int = 256) -> np.ndarray:
    """The scores of all images, in evaluation mode, batch by batch.

    ``scores[n] = network(images[n])``, whatever the size of the batches.

    Shapes: (N, C, H, W) -> (N, K)
    Parameters: ``batch_size``, how many images are computed at a time.
    Raises: `ShapeError` if there are no images, or they do not fit.

    >>> from cnnlab import nn
    >>> predict(nn.zoo.eight_filter_net(rng=0), np.zeros((3, 1, 28, 28))).shape
    (3, 10)

    References: ``torch.nn.Module.eval``.
    """
    if not len(images):
        raise ShapeError("predict: there are no images.")
    modes = [(layer, layer.training) for layer in network.layers()]
    network.eval()
    try:
        starts = range(0, len(images), batch_size)
        with _one_thread():
            return np.concatenate([network(images[start : start + batch_size]) for start in starts])
    finally:
        for layer, mode in modes:
            layer.training = mode


def accuracy(network: Sequential, images: np.ndarray, labels: np.ndarray) -> float:
    r"""The share of images whose highest score is at their label, from 0 to 1.

    .. math:: \frac{1}{N} \sum_n [\arg\max_k x[n, k] = t_n]

    Shapes: images (N, C, H, W), labels (N,) of class numbers
    Raises: as `predict`, and `ArgumentError` for labels that are no class numbers.

    >>> from cnnlab import nn
    >>> accuracy(nn.Sequential(nn.Flatten()), np.eye(2).reshape(2, 1, 1, 2), np.array([0, 0]))
    0.5

    References: Goodfellow, Bengio and Courville (2016), Deep Learning, section 5.1.2.
    """
    scores = predict(network, images)
    return float((scores.argmax(axis=1) == check_labels(scores, labels)).mean())


class Meter:
    """A line that follows an epoch on a terminal or in a notebook, and stays when it is done."""

    EVERY = 0.5  # seconds between two updates

    def __init__(self, title: str, total: int, *, show: bool):
        self.title, self.total, self.show = title, total, show
        self.live = show and (sys.stdout.isatty() or in_notebook())
        self.start = self.shown = time.perf_counter()

    def update(self, done: int, loss: float) -> None:
        now = time.perf_counter()
        if self.live and now - self.shown > self.EVERY:
            self.shown = now
            print(f"\r{self.title}  {done / self.total:4.0%}  loss {loss:.4f}", end="", flush=True)

    def close(self, history: History) -> None:
        history.seconds.append(time.perf_counter() - self.start)
        if not self.show:
            return
        parts = [f"loss {history.loss[-1]:.4f}", f"accuracy {history.accuracy[-1]:.2%}"]
        if history.validation_accuracy:
            parts += [f"validation {history.validation_accuracy[-1]:.2%}"]
        parts += [f"{history.seconds[-1]:.1f} s"]
        print("\r" * self.live + "  ".join([self.title, *parts]), flush=True)


def in_notebook() -> bool:
    """Whether a kernel runs this code; that one could be imported says nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None


def _one_thread() -> threadpool_limits:
    """Small products gain little from two threads, which wait for each other on busy machines."""
    return threadpool_limits(limits=1, user_api="blas")


def _epoch(
    network: Sequential,
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    optimizer: Optimizer,
    rng: np.random.Generator,
    history: History,
    meter: Meter,
) -> None:
    """One pass over the shuffled images; the means of the steps go to the history."""
    network.train()
    criterion = CrossEntropyLoss()
    losses, right, done = [], 0, 0
    order = rng.permutation(len(images))
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        target = labels[chosen]
        scores = network(images[chosen])
        losses.append(criterion(scores, target))
        history.batch_loss.append(losses[-1])
        if not np.isfinite(losses[-1]):
            history.stopped = (
                f"Stopped: the loss is no longer a number after {len(history.batch_loss)} steps. "
                f"Is the learning rate of {optimizer.lr:g} too large?"
            )
            return
        network.backward(criterion.backward(), input_gradient=False)
        optimizer.step()
        right += int((scores.argmax(axis=1) == target).sum())
        done += len(target)
        meter.update(done, losses[-1])
    history.loss.append(float(np.mean(losses)))
    history.accuracy.append(right / done)


def _validate(network: Sequential, validation: Data, history: History) -> None:
    images, labels = validation
    scores = predict(network, images)
    history.validation_loss.append(CrossEntropyLoss()(scores, labels))
    history.validation_accuracy.append(float((scores.argmax(axis=1) == labels).mean()))


def _checked(images: np.ndarray, labels: np.ndarray) -> Data:
    images, labels = np.asarray(images), np.asarray(labels)
    if images.dtype.kind != "f":
        raise ArgumentError(
            f"fit: the images are {images.dtype}. Scale them to floats first, "
            "for example (images / 255).astype(np.float32)."
        )
    if not len(images) or labels.shape != (len(images),):
        raise ShapeError(
            f"fit: expects images (N, C, H, W) and labels (N,) with N of at least 1, "
            f"got {images.shape} and {labels.shape}."
        )
    if not np.isfinite(images).all():
        raise ArgumentError("fit: the images hold numbers that are not finite. Remove them first.")
    return images, labels
