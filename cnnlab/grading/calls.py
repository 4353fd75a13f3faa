"""Questions to a fork of the student's process, and their answers, within bounds of time.

The frames follow `wire`. Whatever breaks its rules ends the student's process.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from cnnlab.grading.model import Ran, RanStatus
from cnnlab.grading.process import GRACE_SECONDS, Fatal, Session
from cnnlab.grading.wire import SLICE, Decoder, Malformed, OutOfTime, encode

TEXT = 200
BACK_AT_MOST = 100_000


class Ended(Exception):
    """The student's process did not give an answer: it ``died``, or its time was up."""

    def __init__(self, status: RanStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass
class Question:
    """An order to the student's process; whoever asks may give up waiting."""

    order: dict[str, Any]
    blobs: list[bytes]
    backs: list[Callable[..., Any]]
    answer: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    given_up: bool = False


class Calls:
    """The questions of one test to one fork of the student's process.

    A fork that does not answer in time, or ends, is replaced for the next call. One that breaks the
    rules of the channel ends the student's process, and the test with it. ``missed`` says why an
    answer is missing, where one is.

    Only a thread of its own touches the channel: a check may break off the thread in which it
    calls, anywhere, and a frame must not be left half read.
    """

    def __init__(self, session: Session, places: dict[str, int]) -> None:
        self.session, self.places = session, places
        self.left = session.seconds
        self.broken: Fatal | None = None
        self.missed: RanStatus | None = None
        self._usable = False
        self._questions: SimpleQueue[Question | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._answer, name="calls", daemon=True)
        self._thread.start()

    def close(self, ran: Ran) -> None:
        """End the fork after a test that gave ``ran``.

        Raises `Fatal` when the student's process cannot go on: with the result of the test, unless
        it was the test that ended it.
        """
        self._questions.put(None)
        self._thread.join()
        if self.broken is not None:
            raise self.broken
        try:
            self.session.end()
        except Fatal as error:
            error.ran = ran
            raise

    def ask(
        self,
        order: dict[str, Any],
        blobs: list[bytes] | None = None,
        backs: list[Callable[..., Any]] | None = None,
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Put a question and return its answer; functions in ``backs`` may be called on the way."""
        question = Question(order, blobs or [], backs or [])
        # Queues of this kind have no lock of Python's that a broken-off thread could leave held.
        self._questions.put(question)
        try:
            while True:
                with suppress(Empty):
                    found = question.answer.get(timeout=SLICE)
                    break
        finally:
            question.given_up = True
        if isinstance(found, BaseException):
            raise found
        return found

    def _answer(self) -> None:
        """Put the questions to the student's process, one after the other, to the last."""
        while (question := self._questions.get()) is not None:
            try:
                question.answer.put(self._exchange(question))
            except BaseException as error:
                question.answer.put(error)

    def _exchange(self, question: Question) -> tuple[dict[str, Any], list[bytes]]:
        """One question and its answer, in the thread that owns the channel."""
        if self.broken is not None or question.given_up:
            raise Ended("died", "the process with your functions has ended")
        before, self.missed = self.missed, "timeout"
        started = time.monotonic()
        try:
            with self.following_the_rules():
                found = self._ask(question)
        finally:
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
        end = time.monotonic() + max(0.0, min(self.left, self.session.seconds))
        for _ in range(BACK_AT_MOST):
            answer, found = self._next(end, question)
            if "died" in answer:
                self.missed = "died"
                raise Ended("died", "your code ended its process")
            if "back" in answer:
                self._call_back(answer, found, question.backs)
                continue
            if answer.get("id") != token:
                raise Malformed("an answer to no question")
            self._usable = True
            return answer, found
        raise Ended("timeout", "your code called the given function too often")

    def _next(self, end: float, question: Question) -> tuple[dict[str, Any], list[bytes]]:
        channel = self.session.running.channel
        try:
            channel.wait(max(0.0, end - time.monotonic()), lambda: question.given_up)
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
