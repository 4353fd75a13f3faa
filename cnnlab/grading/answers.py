"""In a fork of the student's process: answer questions about what the student's cells have bound.

Each question carries an id that its answer repeats. Whatever code a student writes here, it can
only give a wrong answer.
"""

import inspect
import linecache
import os
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from cnnlab.grading.shell import CapturingShell
from cnnlab.grading.values import Decoder, Encoder, encode
from cnnlab.grading.wire import Channel, Malformed

PRINTED = 2000
MESSAGE = 200
WARNINGS = 20
NAMES = 500
LINE = 200
TOO_LARGE = {
    "value": {"o": "TooLarge"},
    "error": {
        "kind": "ValueError",
        "family": "ValueError",
        "message": "what came back is too large to be handed over",
    },
}


@contextmanager
def single() -> Iterator[None]:
    """A copy that the code in here makes of this process ends with the code.

    It would answer as well, and take orders, and nobody could tell the two apart.
    """
    mine = os.getpid()
    try:
        yield
    finally:
        if os.getpid() != mine:
            os._exit(0)


class Answers:
    """Serves one channel; ``place`` names the student's own line in an exception."""

    def __init__(
        self, channel: Channel, shell: CapturingShell, place: Callable[[BaseException], str]
    ) -> None:
        self.channel, self.shell, self.place = channel, shell, place
        self.out = Encoder([])

    def serve(self) -> None:
        """Answer until the channel closes."""
        self.shell.outputs.limits = (PRINTED, 0)
        questions = {"names": self._names, "get": self._get, "call": self._call}
        while True:
            order, blobs = self.channel.receive()
            self.out = Encoder([])
            try:
                with single():
                    answer = questions[order["do"]](order, blobs)
                self.channel.send({**answer, "id": order["id"]}, self.out.blobs)
            except Malformed:
                self.channel.send({**TOO_LARGE, "id": order["id"]})

    def _names(self, order: dict[str, Any], _: list[bytes]) -> dict[str, Any]:
        """Every name that holds a function, with its parameters, and which of some hold values."""
        known = self.shell.user_ns
        every = [n for n, v in known.items() if not n.startswith("_") and callable(v)]
        own = {*every[-NAMES:], *set(order["wanted"]).intersection(every)}
        return {
            "functions": {name: _parameters(known[name]) for name in every if name in own},
            "values": [n for n in order["wanted"] if n in known and not callable(known[n])],
        }

    def _get(self, order: dict[str, Any], _: list[bytes]) -> dict[str, Any]:
        return {"value": self.out.value(self.shell.user_ns[order["name"]])}

    def _call(self, order: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
        """Call a function with fresh arguments; what it printed, warned and changed, too."""
        given = Decoder(blobs, self._argument).value(order["arguments"])
        before = _frozen(given)
        outputs = self.shell.outputs
        outputs.clear()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                result = self.shell.user_ns[order["name"]](*given[0], **given[1])
                answer = {"value": self.out.value(result)}
            except Malformed:
                raise
            except BaseException as error:
                self.out = Encoder([])
                answer = {"error": self._failure(error)}
        changed = _frozen(given) != before
        return {
            **answer,
            "after": self.out.value(given, _nothing) if changed else None,
            "printed": "".join(item.get("text", "") for item in outputs.items)[:PRINTED],
            "warned": [
                [_builtin(w.category, Warning), _text(w.message)] for w in caught[:WARNINGS]
            ],
        }

    def _argument(self, tree: dict[str, Any]) -> Any:
        """A random generator, a function of the student's, or one of the test's."""
        ((kind, inner),) = tree.items()
        if kind == "p":
            return self.shell.user_ns[inner]
        if kind == "g":
            made = np.random.Generator(getattr(np.random, inner["bit_generator"])())
            made.bit_generator.state = inner
            return made
        if kind == "c":
            return self._back(inner)
        raise Malformed(kind)

    def _back(self, number: int) -> Callable[..., Any]:
        """A function that runs where the test runs."""

        def function(*args: Any, **kwargs: Any) -> Any:
            blobs: list[bytes] = []
            self.channel.send({"back": number, "arguments": encode((args, kwargs), blobs)}, blobs)
            header, blobs = self.channel.receive()
            if "error" in header:
                raise RuntimeError(header["error"])
            return Decoder(blobs).value(header["value"])

        return function

    def _failure(self, error: BaseException) -> dict[str, Any]:
        try:
            line = self._own_line(error)
            where = self.place(error)
        except BaseException:
            line, where = [0, ""], ""
        kind = type.__dict__["__name__"].__get__(type(error))
        return {
            "kind": str(kind)[:80],
            "family": _builtin(type(error), Exception),
            "message": _text(error),
            "line": line,
            "place": where,
        }

    def _own_line(self, error: BaseException) -> list[Any]:
        """The deepest line in the student's own cells: its number and its text."""
        found: list[Any] = [0, ""]
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_globals is self.shell.user_ns:
                text = linecache.getline(frame.f_code.co_filename, number, frame.f_globals)
                found = [number, text.strip()[:LINE]]
        return found


def _nothing(_: Any) -> Any:
    """Of an argument that is no plain value, nothing goes back."""
    return {"o": "argument"}


def _frozen(value: Any) -> Any:
    """All that a value holds, to see later whether it has changed."""
    blobs: list[bytes] = []
    return encode(value, blobs, _nothing), blobs


def _parameters(function: Any) -> list[list[Any]] | None:
    """Name, kind and whether there is a default, for each parameter; None if nobody can tell."""
    try:
        found = inspect.signature(function).parameters.values()
        return [[p.name, int(p.kind), p.default is not p.empty] for p in found]
    except Exception:
        return None


def _builtin(kind: type, default: type) -> str:
    """The built-in class that a class belongs to."""
    found = (c.__name__ for c in kind.__mro__ if c.__module__ == "builtins")
    return next(found, default.__name__)


def _text(message: object) -> str:
    try:
        lines = str(message).strip().splitlines()
    except BaseException:
        return ""
    return lines[0][:MESSAGE] if lines else ""
