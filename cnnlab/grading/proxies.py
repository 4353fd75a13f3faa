"""Stand-ins, on the judge's side, for the functions that a student's cells have bound.

A test cell calls them as if they were the functions. The arguments cross as copies, the call runs
in a fork of the student's process, and a value comes back, or an exception with a name and a
message.
"""

import builtins
import inspect
import math
import sys
import warnings
from collections.abc import Callable, Set
from typing import Any

import numpy as np

from cnnlab.errors import TooLate
from cnnlab.grading.calls import TEXT, Calls, Ended
from cnnlab.grading.values import Decoder, Foreign, encode
from cnnlab.grading.wire import Malformed

PRINTED = 2000
WARNINGS = 20
PARAMETERS = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
    inspect.Parameter.VAR_POSITIONAL,
    inspect.Parameter.KEYWORD_ONLY,
    inspect.Parameter.VAR_KEYWORD,
)


def bound(calls: Calls, wanted: Set[str]) -> dict[str, Any]:
    """Stand-ins for all functions that the student's cells have bound, and ``wanted`` values."""
    with calls.following_the_rules():
        return _bound(calls, wanted)
    raise AssertionError  # the lines above return or raise


def _bound(calls: Calls, wanted: Set[str]) -> dict[str, Any]:
    answer, _ = calls.ask({"do": "names", "wanted": sorted(wanted)})
    functions, values = answer.get("functions"), answer.get("values")
    if not isinstance(functions, dict) or not isinstance(values, list):
        raise Malformed("names that are none")
    found: dict[str, Any] = {
        name: Proxy(calls, name, parameters)
        for name, parameters in functions.items()
        if name.isidentifier() and not name.startswith("_") and not hasattr(builtins, name)
    }
    for name in wanted & {value for value in values if isinstance(value, str)}:
        answer, blobs = calls.ask({"do": "get", "name": name})
        found[name] = Decoder(blobs).value(answer.get("value"))
    return found


class Proxy:
    """A function in the student's process."""

    def __init__(self, calls: Calls, name: str, parameters: Any) -> None:
        self._calls, self._parameters = calls, parameters
        self.__name__ = self.__qualname__ = name

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    @property
    def __signature__(self) -> inspect.Signature:
        try:
            return inspect.Signature(
                [
                    inspect.Parameter(
                        name,
                        PARAMETERS[kind],
                        default=None if default else inspect.Parameter.empty,
                    )
                    for name, kind, default in self._parameters
                ]
            )
        except (IndexError, TypeError, ValueError) as error:
            raise ValueError(f"nobody knows the parameters of {self.__name__}") from error

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it on copies: a test may compare with the very arguments that it gave."""
        value, _, error = self._call(args, kwargs)
        if error is not None:
            raise error
        return value

    def within(self, seconds: float, *args: Any) -> Any:
        """Call it and let what it does to its arguments be done to these too.

        Raises `TooLate` where there is no answer after ``seconds``.
        """
        try:
            value, after, error = self._call(args, {}, seconds)
        except Ended as ended:
            if ended.status == "timeout":
                raise TooLate from ended
            raise
        if after is not None:
            _write_back((args, {}), after)
        if error is not None:
            raise error
        return value

    def _call(
        self, args: tuple[Any, ...], kwargs: dict[str, Any], seconds: float = math.inf
    ) -> tuple[Any, Any, Exception | None]:
        """What came back, the arguments if they were changed, the exception if there was one."""
        blobs: list[bytes] = []
        backs: list[Callable[..., Any]] = []
        tree = encode((args, kwargs), blobs, lambda value: _special(value, backs))
        order = {"do": "call", "name": self.__name__, "arguments": tree}
        answer, found = self._calls.ask(order, blobs, backs, seconds)
        error, value = None, None
        with self._calls.following_the_rules():
            decoder = Decoder(found)
            after = decoder.value(answer.get("after"))
            if "error" in answer:
                error = _failure(answer["error"], self._calls.places)
            else:
                value = decoder.value(answer.get("value"))
        self._tell(answer)
        return value, after, error

    @staticmethod
    def _tell(answer: dict[str, Any]) -> None:
        """What the call printed and warned of, once more on this side."""
        sys.stdout.write(str(answer.get("printed", ""))[:PRINTED])
        told = answer.get("warned")
        for pair in told[:WARNINGS] if isinstance(told, list) else ():
            kind, text = pair if isinstance(pair, list) and len(pair) == 2 else ("", "")
            category = getattr(builtins, str(kind), Warning)
            known = isinstance(category, type) and issubclass(category, Warning)
            warnings.warn(str(text)[:TEXT], category if known else Warning, stacklevel=3)


def _special(value: Any, backs: list[Callable[..., Any]]) -> dict[str, Any] | None:
    """A random generator as its state, a function as a name or as a number to call it by."""
    if isinstance(value, Proxy):
        return {"p": value.__name__}
    if isinstance(value, np.random.Generator):
        return {"g": _plain(value.bit_generator.state)}
    if callable(value) and not isinstance(value, type):
        backs.append(value)
        return {"c": len(backs) - 1}
    return None


def _plain(state: Any) -> Any:
    """The state of a generator, in numbers that JSON has."""
    if isinstance(state, dict):
        return {name: _plain(part) for name, part in state.items()}
    return state.tolist() if isinstance(state, (np.ndarray, np.generic)) else state


def _write_back(before: Any, after: Any) -> None:
    """Do to the arguments here what the call did to its copies."""
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        if before.shape != after.shape and before.size == after.size:
            before.shape = after.shape
        if before.shape == after.shape and before.flags.writeable:
            before[...] = after
    elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        if len(before) == len(after):
            for k, (old, new) in enumerate(zip(before, after, strict=True)):
                _write_back_item(before, k, old, new)
        elif isinstance(before, list):
            before[:] = after
    elif isinstance(before, dict) and isinstance(after, dict):
        for name in set(before) - set(after):
            del before[name]
        for name, new in after.items():
            _write_back_item(before, name, before.get(name), new)


def _write_back_item(holder: Any, key: Any, old: Any, new: Any) -> None:
    if isinstance(old, (np.ndarray, list, tuple, dict)) and type(old) is type(new):
        _write_back(old, new)
    elif isinstance(holder, (list, dict)) and not isinstance(new, Foreign):
        holder[key] = new


def _failure(told: Any, places: dict[str, int]) -> Exception:
    """The student's exception, made anew here: its name, its family, its first line.

    ``places`` are the student's cells with how many lines each has: no other place is believed.
    """
    if not isinstance(told, dict):
        raise Malformed("an exception that is none")
    family = getattr(builtins, str(told.get("family")), None)
    if not (isinstance(family, type) and issubclass(family, Exception)):
        family = Exception
    kind, message = str(told.get("kind", "")), str(told.get("message", ""))[:TEXT]
    name = kind[:80] if kind.isidentifier() else "StudentError"
    body = {"__init__": lambda self: None, "__str__": lambda self: message}
    error = type(name, (family,), body)()
    line = told.get("line")
    if isinstance(line, list) and len(line) == 2 and type(line[0]) is int and line[0] > 0:
        error.student_line = line[0], str(line[1])[:TEXT]
    where = str(told.get("place", ""))
    cell, _, number = where.rpartition(", line ")
    if number.isdecimal() and len(number) < 6 and int(number) <= places.get(cell, 0):
        error.student_place = where
    return error
