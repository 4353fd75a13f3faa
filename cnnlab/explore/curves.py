"""The curves of a training, drawn while it runs."""

from collections.abc import Sequence
from typing import Any, Protocol

import traitlets

from cnnlab.errors import ArgumentError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Whole


class History(Protocol):
    """What `cnnlab.nn.fit` keeps: one number an epoch in each list."""

    loss: list[float]
    accuracy: list[float]
    validation_loss: list[float]
    validation_accuracy: list[float]


class Series(traitlets.TraitType[list, Any]):
    """A list of numbers, one an epoch."""

    def __init__(self) -> None:
        super().__init__([])
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> list[float]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise ArgumentError(f"{self.name}: expected a list of numbers, got {value!r}.")
        return [float(number) for number in value]


class Curves(Explorer):
    r"""Loss and accuracy of a training, epoch by epoch, while `cnnlab.nn.fit` runs.

    Show it first, then pass its method `follow` to `fit`:
    ``nn.fit(network, images, labels, epochs=5, on_epoch=curves.follow)``.

    Shapes: one number an epoch in each list

    Parameters
    ----------
    loss, accuracy, validation_loss, validation_accuracy
        The numbers so far.
    epochs
        How many epochs there will be, so that the picture need not grow; 0 if that is open.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ArgumentError
        Something that is no list of numbers, or a setting that does not exist.

    References
    ----------
    `cnnlab.nn.fit`, and its argument ``on_epoch``.

    >>> curves = Curves(epochs=5, loss=[2.3, 1.1], accuracy=[0.1, 0.7])
    >>> curves
    Curves: 2 of 5 epochs, training accuracy 70.0 %
    """

    _esm = BUNDLES / "curves.js"
    _css = BUNDLES / "curves.css"

    loss = Series()
    accuracy = Series()
    validation_loss = Series()
    validation_accuracy = Series()
    epochs = Whole(0, low=0, high=100_000, hint="epochs=0 leaves it open")

    def follow(self, epoch: int, history: History) -> None:
        """Take over the numbers of an epoch; `cnnlab.nn.fit` calls it after each one."""
        with self.hold_sync():
            self.loss, self.accuracy = history.loss, history.accuracy
            self.validation_loss = history.validation_loss
            self.validation_accuracy = history.validation_accuracy

    def describe(self) -> str:
        done = len(self.loss)
        of = f" of {self.epochs}" if self.epochs >= max(done, 1) else ""
        reached = f", training accuracy {self.accuracy[-1]:.1%}" if self.accuracy else ""
        return f"Curves: {done}{of} epochs{reached}".replace("%", " %")
