"""One attempt: the student's function and the reference on the same case."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from cnnlab.checks.calls import Call, call
from cnnlab.checks.ladder import Case, Ladder
from cnnlab.checks.values import Reading, close, names_of, read


@dataclass(frozen=True)
class Part:
    """One value of an answer: what came, what is right, and which of its numbers are.

    ``right`` is None where the shapes do not even agree.
    """

    name: str
    got: Reading
    want: np.ndarray
    right: np.ndarray | None

    @property
    def is_right(self) -> bool:
        return self.right is not None and bool(self.right.all())


@dataclass(frozen=True)
class Attempt:
    """A case, what the student's function did with it, and the values of its answer.

    There are no parts where nothing came back that could be parted so. ``seconds`` was its limit.
    """

    case: Case
    call: Call
    parts: tuple[Part, ...]
    seconds: float

    @property
    def got(self) -> Any:
        """The answer as arrays: one, a tuple of several, or None."""
        arrays = tuple(p.got.array for p in self.parts)
        if not arrays or any(a is None for a in arrays):
            return None
        return arrays if self.parts[0].name else arrays[0]

    @property
    def is_right(self) -> bool:
        return bool(self.parts) and all(p.is_right for p in self.parts)


class Clock:
    """The time left for all the calls of one check or grade."""

    def __init__(self, budget: float) -> None:
        self._each = budget / 2
        self._end = time.monotonic() + budget

    @property
    def left(self) -> float:
        """Seconds for the next call; 0 when time is up."""
        return max(0.0, min(self._each, self._end - time.monotonic()))


def attempt(ladder: Ladder, function: Any, case: Case, seconds: float) -> Attempt:
    """Call ``function`` on a case, and the reference too. Without time it counts as late."""
    if seconds <= 0:
        return Attempt(case, Call("late"), (), seconds)
    called = _call(ladder, function, case, seconds)
    parts = tuple(_parts(ladder, case, called.reading, _wanted(ladder, case)))
    return Attempt(case, called, parts, seconds)


def _call(ladder: Ladder, function: Any, case: Case, seconds: float) -> Call:
    arguments = dict(zip(ladder.arguments, case.arguments, strict=True))
    return call(function, arguments, partial(read, asked=ladder.returns), seconds)


@lru_cache(maxsize=256)
def _wanted(ladder: Ladder, case: Case) -> Reading:
    """The right answer. A student checks the same cases again and again."""
    wanted = _call(ladder, ladder.reference, case, ladder.budget)
    assert wanted.reading is not None, wanted
    assert not wanted.reading.problem, wanted
    return wanted.reading


def _parts(ladder: Ladder, case: Case, got: Reading | None, want: Reading) -> list[Part]:
    if got is None or len(got.pieces) != len(want.pieces):
        return []
    found = []
    for name, g, w in zip(names_of(ladder.returns), got.pieces, want.pieces, strict=True):
        assert w.array is not None, f"{ladder.task}: the reference's answer is too large"
        found.append(Part(name, g, w.array, _right(ladder, case, name, g, w.array)))
    return found


def _right(
    ladder: Ladder, case: Case, name: str, got: Reading, want: np.ndarray
) -> np.ndarray | None:
    if got.problem or got.array is None or got.shape != want.shape:
        return None
    rule = ladder.right.get(name) if isinstance(ladder.right, Mapping) else ladder.right
    if rule is None:
        return close(got.array, want, got.exact)
    with np.errstate(all="ignore"):
        verdict = rule(got.array, want, *case.arguments)
    return np.broadcast_to(np.asarray(verdict, dtype=bool), want.shape)
