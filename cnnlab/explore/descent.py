"""The descent explorer: a loss surface, and the paths of a learning rate and a momentum."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import traitlets

from cnnlab.errors import ArgumentError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.traits import Choice, Whole

NUDGE = 1e-5  # for slopes by central differences
FAR = 1e3
SURFACES = {
    "bowl": lambda x, y: (x**2 + y**2) / 2,
    "valley": lambda x, y: (x**2 + 12 * y**2) / 2,
    "dips": lambda x, y: (x**4 - 8 * x**2) / 16 + x / 4 + y**2 / 2 + 1.7,
    "saddle": lambda x, y: x**2 / 2 - y**2 / 2 + y**4 / 24 + 1.5,
}


class Number(traitlets.TraitType[float, Any]):
    """A number from ``low`` to ``high``; ``hint`` says what a good one does."""

    def __init__(self, default: float, *, low: float, high: float, hint: str) -> None:
        self.low, self.high, self.hint = low, high, hint
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> float:
        real = isinstance(value, Real) and not isinstance(value, bool)
        if not real or not self.low <= value <= self.high:
            raise ArgumentError(
                f"{self.name}: expected a number from {self.low:g} to {self.high:g}, got "
                f"{value!r}. Fix: {self.hint}."
            )
        return float(value)


class Place(traitlets.TraitType[tuple[float, float], Any]):
    """Two weights, each from -4 to 4."""

    def __init__(self) -> None:
        super().__init__((-3.5, 1.5))
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> tuple[float, float]:
        pair = isinstance(value, Sequence | np.ndarray) and len(value) == 2
        if not pair or not all(isinstance(v, Real) and math.fabs(v) <= 4 for v in value):
            raise ArgumentError(
                f"{self.name}: expected two weights from -4 to 4, for example (-3.5, 1.5), got "
                f"{value!r}."
            )
        return float(value[0]), float(value[1])


class Descent(Explorer):
    r"""Walk down a loss surface of two weights, with and without momentum.

    .. math:: v \leftarrow \mu v + \nabla L(w), \qquad w \leftarrow w - \eta v

    Shapes: two weights; a path of at most ``steps`` + 1 places

    Parameters
    ----------
    surface
        "bowl", "valley", "dips" or "saddle".
    start
        Both weights at the start, each from -4 to 4.
    learning_rate
        The learning rate, from 0.01 to 2.5.
    momentum
        From 0 to 0.99. The path without momentum is drawn beside it.
    steps
        How many steps are taken, 0 to 100.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ArgumentError
        A number or a word outside its range, or a setting that does not exist.

    References
    ----------
    Goh (2017), "Why momentum really works", Distill, doi:10.23915/distill.00006.

    >>> Descent("bowl", learning_rate=0.5)
    Descent: bowl from (-3.5, 1.5), learning rate 0.5, momentum 0.8, 40 steps
    """

    _esm = BUNDLES / "descent.js"
    _css = BUNDLES / "descent.css"

    surface = Choice("valley", "bowl", "dips", "saddle", hints={})
    start = Place()
    learning_rate = Number(0.03, low=0.01, high=2.5, hint="0.1 is a good first try")
    momentum = Number(0.8, low=0, high=0.99, hint="0 is no momentum, 0.9 is usual")
    steps = Whole(40, low=0, high=100, hint="steps=40 shows where it goes")

    def __init__(self, surface: str = "valley", **settings: Any) -> None:
        super().__init__(surface=surface, **settings)

    def loss(self, first: Any, second: Any) -> Any:
        """The loss at two weights, or at arrays of them."""
        return SURFACES[self.surface](first, second)

    def path(self, momentum: float | None = None) -> np.ndarray:
        """The places visited, (T, 2); with another momentum if one is given."""
        mu = self.momentum if momentum is None else momentum
        place, velocity, found = np.array(self.start), np.zeros(2), [self.start]
        for _ in range(self.steps):
            nudges = np.array([[NUDGE, 0], [0, NUDGE]])
            slopes = [
                (self.loss(*(place + n)) - self.loss(*(place - n))) / (2 * NUDGE) for n in nudges
            ]
            velocity = mu * velocity + slopes
            place = place - self.learning_rate * velocity
            if np.abs(place).max() > FAR:
                break
            found.append(tuple(place))
        return np.array(found)

    def describe(self) -> str:
        return (
            f"Descent: {self.surface} from {self.start}, learning rate {self.learning_rate:g}, "
            f"momentum {self.momentum:g}, {self.steps} steps"
        )
