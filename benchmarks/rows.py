"""A row of the table: what was measured, and the bar it must pass."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, log


@dataclass(frozen=True)
class Bar:
    """``must`` is the promise, ``aim`` the wish; a value at or below the bar passes."""

    must: float
    aim: float

    def verdict(self, value: float) -> str:
        if value <= self.aim:
            return "aim met"
        return "must met" if value <= self.must else "MISSED"


@dataclass(frozen=True)
class Case:
    """Two callables that do the same work. ``theirs`` is None where PyTorch is missing."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object] | None
    bar: Bar | None = None


@dataclass(frozen=True)
class Row:
    """One line of the report. ``value`` is what the bar judges."""

    group: str
    name: str
    value: float
    unit: str
    detail: str = ""
    bar: Bar | None = None

    @property
    def verdict(self) -> str:
        return self.bar.verdict(self.value) if self.bar else ""


def geometric_mean(values: Iterable[float]) -> float:
    logs = [log(value) for value in values]
    return exp(sum(logs) / len(logs))
