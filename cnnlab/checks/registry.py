"""``check``: one attribute for each function that a student writes."""

import difflib
import importlib
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from cnnlab.checks import sentences
from cnnlab.checks.climb import climb
from cnnlab.checks.ladder import Ladder, Result, Score
from cnnlab.checks.report import show
from cnnlab.checks.score import score
from cnnlab.errors import CnnlabError

# The sub-packages that hold ladders, in the course's order.
EXERCISES = (
    "pixels",
    "filters",
    "edges",
    "padding",
    "channels",
    "pooling",
    "one_by_one",
    "classes",
    "backpropagation",
    "layer_gradients",
    "training",
    "variants",
)
HERE = Path(__file__).parent

_ABSENT = object()


class UnknownCheck(CnnlabError, AttributeError):
    """There is no check of that name; the message has the nearest one."""


class Check:
    """The checks of one function.

    >>> from cnnlab.checks import check
    >>> check.slide_pair.result(lambda image, pair: None).symptom
    'Your function returned nothing (None).'
    """

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder

    def __call__(self, function: Any = _ABSENT) -> None:
        """Show what holds, and the first thing that does not. Returns None, raises nothing.

        Without an argument it takes the function of that name from where it is called, so that a
        notebook whose cell was not run gets a sentence and no NameError.
        """
        show(self._result(function, sys._getframe(1)), self.ladder.returns)

    def result(self, function: Any = _ABSENT) -> Result:
        """The same as a value."""
        return self._result(function, sys._getframe(1))

    def points(self, function: Any = _ABSENT, *, of: float, seed: int) -> float:
        """The points earned on hidden cases: a float between 0 and ``of``, whatever happens."""
        return self.score(_given(function, self.ladder, sys._getframe(1)), of=of, seed=seed).points

    def score(self, function: Any, *, of: float, seed: int) -> Score:
        """Points, and which items earned them."""
        return score(self.ladder, function, of, seed)

    def _result(self, function: Any, caller: FrameType) -> Result:
        found = _given(function, self.ladder, caller)
        if found is _ABSENT:
            task = self.ladder.task
            symptom, hint = sentences.missing(task, _nearest(task, caller))
            return Result(task, (), "defined", f"{task}.defined", symptom=symptom, hint=hint)
        return climb(self.ladder, found)

    def __repr__(self) -> str:
        listed = ", ".join(self.ladder.arguments)
        return f"<check of {self.ladder.task}({listed})>"


class Checks:
    """All checks of the course, by the name of the function."""

    def __init__(self) -> None:
        self._loaded: dict[str, Check] = {}

    def __getattr__(self, name: str) -> Check:
        if name.startswith("_"):  # front ends ask every object for hooks of theirs
            raise AttributeError(name)
        if name not in self._loaded:
            # One function, one module of its name: only its own exercise need be loaded.
            for exercise in EXERCISES:
                if (HERE / exercise / f"{name}.py").is_file():
                    self._load(exercise)
        if name not in self._loaded:
            raise self._unknown(name)
        return self._loaded[name]

    def _load(self, exercise: str) -> None:
        for ladder in importlib.import_module(f"cnnlab.checks.{exercise}").LADDERS:
            self._loaded.setdefault(ladder.task, Check(ladder))

    def _unknown(self, name: str) -> UnknownCheck:
        known = dir(self)
        near = difflib.get_close_matches(name, known, 1, 0.5)
        hint = f" Did you mean check.{near[0]}?" if near else ""
        return UnknownCheck(
            f"there is no check named {name!r}.{hint} There are: {', '.join(known)}."
        )

    def __dir__(self) -> list[str]:
        for exercise in EXERCISES:
            self._load(exercise)
        return list(self._loaded)

    def __repr__(self) -> str:
        return f"<checks: {', '.join(dir(self))}>"


def _given(function: Any, ladder: Ladder, caller: FrameType) -> Any:
    """The function passed, or the caller's own of that name."""
    if function is not _ABSENT:
        return function
    for names in (caller.f_locals, caller.f_globals):
        if ladder.task in names:
            return names[ladder.task]
    return _ABSENT


def _nearest(task: str, caller: FrameType) -> str:
    """A function of the caller's with nearly that name."""
    names = [n for n, v in caller.f_globals.items() if callable(v) and not n.startswith("_")]
    near = difflib.get_close_matches(task, names, 1, 0.75)
    return near[0] if near else ""


check = Checks()
