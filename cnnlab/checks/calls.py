"""Call a student's function and live: a time limit, no output, no exception, whatever it does.

The call runs in a thread of its own. When time is up, the thread is sent an exception, again and
again for a moment, and the caller goes on in any case. This needs no signal, so it works in a
kernel's main thread, in any other thread, and on Windows; and it tells the student's own
KeyboardInterrupt from a press on the stop button, which passes through. One thing it cannot end
is a single long step inside compiled code: that thread is left behind, and the report says so.

While work is graded the function is a stand-in for one in another process. It has a method
`within`, keeps the time itself, and is called without a thread.
"""

import contextlib
import contextvars
import ctypes
import inspect
import io
import linecache
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from cnnlab.checks.arguments import copies, unchanged
from cnnlab.checks.values import Reading, class_name
from cnnlab.errors import TooLate

PRINTED_AT_MOST = 2000
MESSAGE_AT_MOST = 200
GRACE = 1.0  # seconds in which a thread that is out of time may still end by itself


@dataclass(frozen=True)
class Failure:
    """An exception of the student's code, and the student's own line that it came from.

    ``family`` is the built-in exception it belongs to: TypeError for one of NumPy's own.
    """

    kind: str
    message: str
    family: str = ""
    line: int = 0
    source: str = ""


@dataclass(frozen=True)
class Call:
    """What became of one call. ``ended`` is "returned", "raised", "late" or "stuck"."""

    ended: str
    reading: Reading | None = None
    failure: Failure | None = None
    changed: tuple[str, ...] = ()
    printed: str = ""
    warned: tuple[str, ...] = ()


class Sink(io.TextIOBase):
    """Takes everything that is printed and keeps its beginning."""

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._room = PRINTED_AT_MOST

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._room > 0:
            self._kept.append(text[: self._room])
            self._room -= len(text)
        return len(text)

    def text(self) -> str:
        return "".join(self._kept)


class _Worker(threading.Thread):
    """Runs ``work`` once. `stop` ends it from outside; nothing is raised in the caller."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True, name="cnnlab-check")
        self._work = work
        self._context = contextvars.copy_context()  # the caller's np.errstate holds here too
        self._ended = False
        self._lock = threading.Lock()

    def run(self) -> None:
        try:
            self._context.run(self._work)
        finally:
            with self._lock:
                self._ended = True

    def stop(self) -> bool:
        """Interrupt the work until it ends; False if it does not within the grace time."""
        deadline = time.monotonic() + GRACE
        while self.is_alive() and time.monotonic() < deadline:
            with self._lock:
                if not self._ended:
                    _raise_in(self.ident)
            self.join(0.001)  # often: code that catches everything has few open moments
        return not self.is_alive()


def _raise_in(thread: int | None) -> None:
    # SystemExit, because a thread that ends with it ends without a word on stderr.
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread or 0), ctypes.py_object(SystemExit)
    )


def call(
    function: Callable[..., object],
    arguments: dict[str, Any],
    read: Callable[[object], Reading],
    seconds: float,
) -> Call:
    """Call ``function`` with copies of ``arguments`` (by position) and ``read`` its answer.

    Only what `read` took from the answer is kept: an object of the student's could run code of its
    own whenever it is looked at.
    """
    given = copies(arguments)
    box: dict[str, Any] = {}
    run = _elsewhere if hasattr(type(function), "within") else _in_thread
    sink = Sink()
    with (
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(sink),
        contextlib.redirect_stderr(sink),
    ):
        warnings.simplefilter("always")
        late = run(function, given, read, seconds, box)
    if late:
        return Call(late, printed=sink.text())
    reading = box.get("reading")
    failure = None if reading else box.get("failure", Failure("an exception", ""))
    return Call(
        ended="returned" if reading else "raised",
        reading=reading,
        failure=failure,
        changed=tuple(n for n in arguments if not unchanged(arguments[n], given[n])),
        printed=sink.text(),
        warned=tuple(dict.fromkeys(_first_line(w.message) for w in caught)),
    )


def _in_thread(
    function: Callable[..., object],
    given: dict[str, Any],
    read: Callable[[object], Reading],
    seconds: float,
    box: dict[str, Any],
) -> str:
    """Put the reading or the failure into ``box``; "late" or "stuck" where time was up before."""

    def work() -> None:
        try:
            box["reading"] = read(function(*given.values()))
        except BaseException as error:
            box["failure"] = _describe(error, function)

    worker = _Worker(work)
    worker.start()
    try:
        worker.join(seconds)
    except BaseException:
        worker.stop()
        raise
    if not worker.is_alive():
        return ""
    return "late" if worker.stop() else "stuck"


def _elsewhere(
    stand_in: Any,
    given: dict[str, Any],
    read: Callable[[object], Reading],
    seconds: float,
    box: dict[str, Any],
) -> str:
    """The same of a stand-in for a function in another process, which keeps the time itself."""
    try:
        box["reading"] = read(stand_in.within(seconds, *given.values()))
    except TooLate:
        return "late"
    except Exception as error:
        box["failure"] = _describe(error, stand_in)
    return ""


def accepts(function: Callable[..., object], count: int, seconds: float) -> bool:
    """Can ``function`` be called with ``count`` arguments? True where nobody can tell."""

    def binds() -> bool:
        try:
            inspect.signature(function).bind(*range(count))
        except TypeError:
            return False
        return True

    # In a thread like any other call: a signature can be the student's own code too.
    answer = call(binds, {}, lambda value: Reading("" if value is True else "no"), seconds)
    return answer.reading is None or not answer.reading.problem


def _describe(error: BaseException, function: object) -> Failure:
    """The exception as text. Runs where the call ran: its __str__ may be the student's."""
    try:
        told = getattr(error, "student_line", None)  # of code that runs elsewhere
        line, source = told or _own_line(error.__traceback__, function)
        return Failure(class_name(error), _first_line(error), _family(error), line, source)
    except BaseException:
        return Failure(class_name(error), "", _family(error))


def _family(error: BaseException) -> str:
    return next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")


def _own_line(trace: TracebackType | None, function: object) -> tuple[int, str]:
    """The deepest line that shares the function's global names: the student's, not NumPy's."""
    home = getattr(function, "__globals__", None)
    found = (0, "")
    for frame, line in traceback.walk_tb(trace):
        if frame.f_globals is home:
            text = linecache.getline(frame.f_code.co_filename, line, frame.f_globals)
            found = (line, text.strip()[:MESSAGE_AT_MOST])
    return found


def _first_line(message: object) -> str:
    try:
        lines = str(message).strip().splitlines()
    except Exception:
        return ""
    return lines[0][:MESSAGE_AT_MOST] if lines else ""
