"""``check``: one attribute for each function that a student writes."""

import difflib
import importlib
import sys
from functools import cached_property
from types import FrameType
from typing import Any

from cnnlab.checks import sentences
from cnnlab.checks.climb import climb
from cnnlab.checks.ladder import Ladder, Result, Score
from cnnlab.checks.report import show
from cnnlab.checks.score import score
from cnnlab.errors import CnnlabError

EXERCISES = ("pixels", "filters")  # the sub-packages that hold ladders

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

    @cached_property
    def _by_name(self) -> dict[str, Check]:
        found = {}
        for exercise in EXERCISES:
            for ladder in importlib.import_module(f"cnnlab.checks.{exercise}").LADDERS:
                assert ladder.task not in found, f"two checks are named {ladder.task}"
                found[ladder.task] = Check(ladder)
        return found

    def __getattr__(self, name: str) -> Check:
        if name.startswith("_"):  # front ends ask every object for hooks of theirs
            raise AttributeError(name)
        try:
            return self._by_name[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._by_name, 1, 0.5)
            hint = f" Did you mean check.{near[0]}?" if near else ""
            known = ", ".join(self._by_name)
            raise UnknownCheck(
                f"there is no check named {name!r}.{hint} There are: {known}."
            ) from None

    def __dir__(self) -> list[str]:
        return list(self._by_name)

    def __repr__(self) -> str:
        return f"<checks: {', '.join(self._by_name)}>"


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
