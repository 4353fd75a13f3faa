"""What an exercise's checks are made of: data, no plumbing.

A `Ladder` holds everything that is known about one function a student writes. The modules
`cnnlab.checks.pixels` and `cnnlab.checks.filters` are examples; docs/checks.md explains them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnlab.checks.values import ARRAY, Asked

Function = Callable[..., Any]

# A graded cell holds a check and a grade, and nbgrader stops it after 30 seconds.
BUDGET = 10.0
BUDGET_AT_MOST = 13.0


@dataclass(frozen=True, eq=False)  # arrays cannot be compared, so a case is itself alone
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

    ``holds`` gets the arguments of each case, and the answers, in order. An answer of several
    values is a tuple.
    """

    name: str
    cases: tuple[Case, ...]
    holds: Callable[[list[tuple[Any, ...]], list[Any]], bool]
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


@dataclass(frozen=True, eq=False)
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
    returns: ARRAY, NUMBER, LIST, INTEGER, or `Several` of them (`cnnlab.checks.values`).
    properties: what holds between answers, whatever the numbers.
    right: for answers that may differ from the reference, as where a tie may go either way: gets
        the answer, the reference's and the arguments; says for each value whether it is right.
        Of an answer of several values, a dictionary by their names.
    refuse: looks at the function before it is called, and says why it may not be used (symptom and
        hint), or None: as where a network must be built from functions of one's own.
    budget: seconds for all calls of one check, or of one grade; a single call may take half.
    axes: the names of an array's axes, where they are not image, channel, row and column.
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
    returns: Asked = ARRAY
    properties: tuple[Property, ...] = ()
    right: Function | Mapping[str, Function] | None = None
    refuse: Callable[[Any], tuple[str, str] | None] | None = None
    budget: float = BUDGET
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert 0 < self.budget <= BUDGET_AT_MOST, f"{self.task}: nbgrader stops a cell after 30 s"

    @property
    def seconds(self) -> float:
        """The time limit of one call."""
        return self.budget / 2

    def identify(self, name: str) -> str:
        """The stable identifier of a mistake, for example "correlate2d.flipped-kernel"."""
        return f"{self.task}.{name}"


@dataclass(frozen=True)
class Result:
    """What a check found. ``rung`` is the first that broke, or "" when all hold.

    ``mistake`` is a stable identifier: of the known mistake if one was recognised, else of the
    rung ("correlate2d.shape"). ``right`` says for each value whether it is right. Of an answer of
    several values, ``part`` names the one that ``got`` and ``right`` are about. ``pointed``: it is
    a count that came with a decimal point.
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
    axes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    part: str = ""
    got: np.ndarray | None = None
    pointed: bool = False
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
