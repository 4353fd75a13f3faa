"""What an exercise's checks are made of: data, no plumbing.

A `Ladder` holds everything that is known about one function a student writes. The modules
`cnnlab.checks.pixels` and `cnnlab.checks.filters` are examples; docs/checks.md explains them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnlab.checks.values import ARRAY

Function = Callable[..., Any]


@dataclass(frozen=True)
class Case:
    """One call of the student's function. ``name`` completes "it is wrong for ..."."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Item:
    """A share of the points, earned when every case is right.

    With ``keeps_input`` the call must also leave its arguments as they were.
    """

    name: str
    cases: tuple[Case, ...]
    parts: int = 1
    keeps_input: bool = False


@dataclass(frozen=True)
class Property:
    """Something that holds between answers, whatever the numbers: linearity, for example.

    ``holds`` gets the arguments of each case, and the answers, in order.
    """

    name: str
    cases: tuple[Case, ...]
    holds: Callable[[list[tuple[Any, ...]], list[np.ndarray]], bool]
    symptom: str
    hint: str


class Mistake:
    """A known mistake: a stable name, a hint, and functions that make it.

    The hint names the symptom and asks one question. It holds no code and no expected value.
    """

    def __init__(self, name: str, hint: str, *versions: Function) -> None:
        self.name, self.hint, self.versions = name, hint, versions

    def __repr__(self) -> str:
        return f"Mistake({self.name!r})"


@dataclass(frozen=True)
class Ladder:
    """One function's checks.

    Parameters
    ----------
    task: the function's name.
    arguments: the names of its arguments, in order.
    reference: the right function.
    cases: the visible cases, smallest first. Together they tell the known mistakes apart.
    hidden: makes the items of a grade from a random generator.
    mistakes: known wrong versions with their hints.
    accepted: right versions that look different. The tests prove that each earns every point.
    hint: what to say about wrong values that no known mistake explains.
    places: says what the result's shape would be, in words, from the arguments.
    returns: ARRAY, NUMBER or LIST (`cnnlab.checks.values`).
    """

    task: str
    arguments: tuple[str, ...]
    reference: Function
    cases: tuple[Case, ...]
    hidden: Callable[[np.random.Generator], tuple[Item, ...]]
    mistakes: tuple[Mistake, ...]
    accepted: tuple[Function, ...]
    hint: str
    places: Callable[..., str]
    returns: str = ARRAY
    properties: tuple[Property, ...] = ()

    def identify(self, name: str) -> str:
        """The stable identifier of a mistake, for example "correlate2d.flipped-kernel"."""
        return f"{self.task}.{name}"


@dataclass(frozen=True)
class Result:
    """What a check found. ``rung`` is the first that broke, or "" when all hold.

    ``mistake`` is a stable identifier: of the known mistake if one was recognised, else of the
    rung ("correlate2d.shape"). ``right`` says for each value whether it is right.
    """

    task: str
    climbed: tuple[str, ...]
    rung: str = ""
    mistake: str = ""
    recognised: bool = False
    symptom: str = ""
    hint: str = ""
    case: Case | None = None
    arguments: tuple[str, ...] = ()
    got: np.ndarray | None = None
    right: np.ndarray | None = None
    line: int = 0
    source: str = ""
    printed: str = ""
    warned: tuple[str, ...] = ()
    cases: int = 0

    @property
    def passed(self) -> bool:
        return not self.rung


@dataclass(frozen=True)
class Score:
    """A grade: the points, and for each item its name, its parts, and whether it was earned."""

    points: float
    of: float
    items: tuple[tuple[str, int, bool], ...]
