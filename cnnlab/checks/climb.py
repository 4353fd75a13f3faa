"""Climb a ladder: run the cases, find the first rung that breaks, name the mistake."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cnnlab.checks import sentences
from cnnlab.checks.attempts import Attempt, Clock, Part, attempt
from cnnlab.checks.calls import accepts
from cnnlab.checks.ladder import Case, Ladder, Result
from cnnlab.checks.mistakes import recognise
from cnnlab.checks.values import WITH_POINT, describe


@dataclass(frozen=True)
class Broken:
    """Why a rung broke: the symptom, one next step, and the attempt that shows it."""

    symptom: str
    hint: str
    attempt: Attempt | None = None
    part: Part | None = None


@dataclass(frozen=True)
class Climb:
    """All attempts at one ladder: at its cases, and at those of each of its properties."""

    ladder: Ladder
    attempts: list[Attempt]
    properties: list[list[Attempt]]

    @property
    def all(self) -> Iterator[Attempt]:
        yield from self.attempts
        for group in self.properties:
            yield from group


def climb(ladder: Ladder, function: Any) -> Result:
    """Check ``function`` and say which rung broke first, and which mistake it looks like."""
    refused = _refused(ladder, function)
    if refused:
        return _result(ladder, "defined", refused)
    words = ladder.refuse(function) if ladder.refuse else None
    if words:
        return _result(ladder, "own", Broken(*words))
    tried = _climb(ladder, function)
    for rung, test in TESTS.items():
        broken = test(tried)
        if broken:
            known = recognise(ladder, tried.attempts) if rung in RECOGNISED else None
            name, hint = known or (rung, broken.hint)
            broken = replace(broken, hint=hint)
            return _result(ladder, rung, broken, name, recognised=known is not None)
    return Result(ladder.task, climbed=_rungs(ladder), cases=len(list(tried.all)))


def _rungs(ladder: Ladder) -> tuple[str, ...]:
    """The rungs of this ladder: not every function has properties, or must be one's own."""
    absent = {"own": not ladder.refuse, "properties": not ladder.properties}
    return tuple(rung for rung in sentences.RUNGS if not absent.get(rung))


def _climb(ladder: Ladder, function: Any) -> Climb:
    """Try every case; stop at the first that does not end, for the next would not either."""
    result = Climb(ladder, [], [])
    clock = Clock(ladder.budget)
    groups: list[tuple[Iterable[Case], list[Attempt]]] = [(ladder.cases, result.attempts)]
    for rule in ladder.properties:
        result.properties.append([])
        groups.append((rule.cases, result.properties[-1]))
    for cases, attempts in groups:
        for case in cases:
            attempts.append(attempt(ladder, function, case, clock.left))
            if attempts[-1].call.ended in ("late", "stuck"):
                return result
    return result


def _refused(ladder: Ladder, function: Any) -> Broken | None:
    """Is there a function at all, and can it be called?"""
    if not callable(function):
        return Broken(*sentences.not_callable(ladder.task, describe(function)))
    if not accepts(function, len(ladder.arguments), ladder.seconds):
        return Broken(*sentences.wrong_arguments(ladder.task, ladder.arguments))
    return None


def _written(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.failure and a.call.failure.kind == "NotImplementedError":
            return Broken(*sentences.not_written(tried.ladder.task))
    return None


def _runs(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.failure:
            return Broken(*sentences.raised(a.call.failure), a)
    return None


def _in_time(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.ended in ("late", "stuck"):
            if a.seconds < tried.ladder.seconds:
                count = len(list(tried.all))
                return Broken(*sentences.too_slow_in_all(tried.ladder.budget, count), a)
            return Broken(*sentences.too_slow(a.seconds, a.call.ended == "stuck"), a)
    return None


def _returns(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.reading and a.call.reading.nothing:
            return Broken(*sentences.nothing(a.call.printed), a)
    return None


def _type(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.reading and a.call.reading.problem:
            part = next((p for p in a.parts if p.got.problem), None)
            words = sentences.wrong_type(a.call.reading.problem, tried.ladder.returns)
            return Broken(*words, a, part)
    return None


def _unchanged(tried: Climb) -> Broken | None:
    for a in tried.all:
        if a.call.changed:
            return Broken(*sentences.changed(a.call.changed), a)
    return None


def _shape(tried: Climb) -> Broken | None:
    for a in tried.all:
        for part in a.parts:
            if part.got.shape != part.want.shape:
                places = tried.ladder.places(*a.case.arguments)
                got, want = part.got.shape, part.want.shape
                return Broken(*sentences.wrong_shape(part.name, got, want, places), a, part)
    return None


def _properties(tried: Climb) -> Broken | None:
    for rule, attempts in zip(tried.ladder.properties, tried.properties, strict=True):
        answers = [a.got for a in attempts if a.got is not None]
        with np.errstate(all="ignore"):
            holds = rule.holds([a.case.arguments for a in attempts], answers)
        if not holds:
            return Broken(rule.symptom, rule.hint, attempts[0])
    return None


def _values(tried: Climb) -> Broken | None:
    for a in tried.all:
        for part in a.parts:
            if not part.is_right:
                symptom = sentences.wrong_values(part.name, part.right, part.got.array)
                return Broken(symptom, tried.ladder.hint, a, part)
    return None


TESTS: dict[str, Callable[[Climb], Broken | None]] = {
    "defined": _written,
    "runs": _runs,
    "time": _in_time,
    "returns": _returns,
    "type": _type,
    "unchanged": _unchanged,
    "shape": _shape,
    "properties": _properties,
    "values": _values,
}
RECOGNISED = {"runs", "type", "unchanged", "shape", "properties", "values"}


def _result(
    ladder: Ladder, rung: str, broken: Broken, name: str = "", recognised: bool = False
) -> Result:
    rungs = _rungs(ladder)
    result = Result(
        ladder.task,
        climbed=rungs[: rungs.index(rung)],
        rung=rung,
        mistake=ladder.identify(name or rung),
        recognised=recognised,
        symptom=broken.symptom,
        hint=broken.hint,
    )
    a = broken.attempt
    if a is None:
        return result
    failure = a.call.failure
    part = broken.part or next(iter(a.parts), None)
    return replace(
        result,
        case=a.case,
        arguments=ladder.arguments,
        axes=ladder.axes,
        part=part.name if part else "",
        got=part.got.array if part else None,
        pointed=bool(part and part.got.problem == WITH_POINT),
        right=part.right if part and rung == "values" else None,
        line=failure.line if failure else 0,
        source=failure.source if failure else "",
        printed=a.call.printed,
        warned=a.call.warned,
    )
