"""Questions to a fork of the student's process, and their answers, within bounds of time.

The frames follow `wire` and carry `values`. Whatever breaks its rules ends the student's process.
"""

import math
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from cnnlab.grading.model import Ran, RanStatus
from cnnlab.grading.process import GRACE_SECONDS, Fatal, Session
from cnnlab.grading.values import Decoder, encode
from cnnlab.grading.wire import Malformed, OutOfTime

TEXT = 200
BACK_AT_MOST = 100_000


class Ended(Exception):
    """The student's process did not give an answer: it ``died``, or its time was up."""

    def __init__(self, status: RanStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


class Question(NamedTuple):
    """An order to the student's process, and how long it may take."""

    order: dict[str, Any]
    blobs: list[bytes]
    backs: list[Callable[..., Any]]
    seconds: float


class Calls:
    """The questions of one test to one fork of the student's process.

    A fork that does not answer in time, or ends, is replaced for the next call. One that breaks the
    rules of the channel ends the student's process, and the test with it. ``missed`` says why an
    answer is missing, where one is.
    """

    def __init__(self, session: Session, places: dict[str, int]) -> None:
        self.session, self.places = session, places
        self.left = session.seconds
        self.broken: Fatal | None = None
        self.missed: RanStatus | None = None
        self._usable = False
        self._busy = False
        self._torn = False  # a question was broken off within a frame
        self._one_at_a_time = threading.RLock()  # a test may have threads

    def close(self, ran: Ran) -> None:
        """End the fork after a test that gave ``ran``.

        Raises `Fatal` when the student's process cannot go on: with the result of the test, unless
        it was the test that ended it.
        """
        if self.broken is not None:
            raise self.broken
        try:
            if self._torn:
                self.session.kill()
                raise Fatal("timeout")
            self.session.end()
        except Fatal as error:
            error.ran = ran
            raise

    def ask(
        self,
        order: dict[str, Any],
        blobs: list[bytes] | None = None,
        backs: list[Callable[..., Any]] | None = None,
        seconds: float = math.inf,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Put a question and return its answer; functions in ``backs`` may be called on the way.

        Raises `Ended` where none comes within ``seconds``, or in the time that the test has left.
        """
        with self._one_at_a_time:
            if self.broken is not None:
                raise Ended("died", "the process with your functions has ended")
            if self._torn:
                raise Ended("timeout", "your code ran out of time")
            if self._busy:
                raise RuntimeError("a function given to your code may not call your functions")
            before, self.missed = self.missed, "timeout"
            self._busy, started = True, time.monotonic()
            try:
                with self.following_the_rules():
                    found = self._ask(Question(order, blobs or [], backs or [], seconds))
            except BaseException:
                # Broken off while it waited, the fork is replaced; within a frame, all ends here.
                self._torn = not self.session.running.channel.whole
                raise
            finally:
                self._busy = False
                self.left -= time.monotonic() - started
            self.missed = before
            return found

    @contextmanager
    def following_the_rules(self) -> Iterator[None]:
        """What breaks the rules of the channel in here is the end of the student's process."""
        try:
            yield
        except (Fatal, Malformed) as error:
            self.session.kill()
            self.broken = error if isinstance(error, Fatal) else Fatal("died")
            raise Ended("died", "the process with your functions has ended") from error

    def _ask(self, question: Question) -> tuple[dict[str, Any], list[bytes]]:
        if not self._usable:
            self.session.fork()
        self._usable = False  # whatever leaves this function early leaves a fork that is not
        token = secrets.token_hex(8)
        self.session.send({**question.order, "id": token}, question.blobs)
        seconds = min(self.left, self.session.seconds, question.seconds)
        end = time.monotonic() + max(0.0, seconds)
        for _ in range(BACK_AT_MOST):
            answer, found = self._next(end)
            if "died" in answer:
                self.missed = "died"
                raise Ended("died", "your code ended its process")
            if "unforked" in answer:
                raise Fatal("died", starved=True)
            if "back" in answer:
                self._call_back(answer, found, question.backs)
                continue
            if answer.get("id") != token:
                raise Malformed("an answer to no question")
            self._usable = True
            return answer, found
        raise Ended("timeout", "your code called the given function too often")

    def _next(self, end: float) -> tuple[dict[str, Any], list[bytes]]:
        channel = self.session.running.channel
        try:
            channel.wait(max(0.0, end - time.monotonic()))
        except OutOfTime as error:
            raise Ended("timeout", "your code ran out of time") from error
        return self.session.receive(GRACE_SECONDS)

    def _call_back(
        self, answer: dict[str, Any], blobs: list[bytes], backs: list[Callable[..., Any]]
    ) -> None:
        """Run a function of the test's on values from the student's process."""
        number = answer["back"]
        if type(number) is not int or not 0 <= number < len(backs):
            raise Malformed("a call of no function")
        given = Decoder(blobs).value(answer.get("arguments"))
        args, kwargs = _arguments(given)
        out: list[bytes] = []
        try:
            reply = {"value": encode(backs[number](*args, **kwargs), out)}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"[:TEXT]}
        self.session.send(reply, out)


def _arguments(given: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    match given:
        case (tuple() as args, dict() as kwargs) if all(isinstance(k, str) for k in kwargs):
            return args, kwargs
    raise Malformed("arguments that are none")
