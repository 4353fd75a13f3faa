"""The student's process: ``python -m cnnlab.grading.worker READER WRITER``.

It serves one parent over a channel of frames (`wire`). A cell changes the state of this process.
For a test it forks; the fork answers calls of the student's functions with values (`answers`), and
what happens in it, not even an endless loop, touches the next one. Tests never come here.
"""

import gc
import os
import random
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from numbers import Real
from typing import Any

import numpy as np

from cnnlab.grading.answers import Answers, single
from cnnlab.grading.shell import CapturingShell, make_shell, redirect
from cnnlab.grading.wire import Channel, parse, whole

PR_SET_PDEATHSIG = 1
OPEN_FILES = 256


def main(reader: int, writer: int) -> None:
    """Serve until the parent closes the channel; student code finds other streams in its place."""
    _die_with_parent()
    channel = Channel(*map(_out_of_the_way, (reader, writer)))
    _to_nowhere(0, 1)
    shell = ready_shell()
    serve(channel, shell, Opening(shell))


def ready_shell() -> CapturingShell:
    """A shell with its streams in place; what takes long to import may come after this."""
    shell = make_shell()
    redirect(shell)
    return shell


class Opening:
    """Cells of the teacher's that come before any of the student's, run once for many students.

    A fork starts behind them, and answers the orders to run them with what was shown then.
    """

    def __init__(self, shell: CapturingShell, sources: Sequence[str] = ()) -> None:
        same_numbers()
        self.names: dict[str, str] = {}
        self.done = [
            (text, _run(shell, {"source": text, "name": ""}, self.names)) for text in sources
        ]
        self.state = random.getstate()

    def run(self, shell: CapturingShell, order: dict[str, Any]) -> dict[str, Any]:
        """The reply to an order to run a cell."""
        if self.done and self.done[0][0] == order["source"]:
            return self.done.pop(0)[1]
        return _run(shell, order, self.names)


def same_numbers() -> None:
    """Equal random numbers for every student."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002  the student's own code may use it


def serve(channel: Channel, shell: CapturingShell, opening: Opening) -> None:
    """Take the limits and the files, say that all is ready, and follow orders to the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    header, blobs = channel.receive()
    for name, content in zip(header["files"], blobs, strict=True):
        _write(name, content)
    _limit(header["limits"])
    shell.outputs.limits = header["limits"]["text_chars"], header["limits"]["rich_chars"]
    sys.path.append(os.getcwd())
    random.setstate(opening.state)  # a fork seeds it anew
    channel.send({"status": "ready"})
    _to_nowhere(2)
    with suppress(EOFError, OSError):
        while True:
            order, _ = channel.receive()
            if order["do"] == "fork":
                _fork(channel, shell, opening.names)
            else:
                with single():
                    reply = opening.run(shell, order)
                channel.send(reply)


def _out_of_the_way(descriptor: int) -> int:
    """The descriptor, or a copy of it where it is one that programs take for a stream."""
    return os.dup(descriptor) if descriptor < 3 else descriptor


def _to_nowhere(*descriptors: int) -> None:
    for descriptor in descriptors:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != descriptor:
            os.dup2(nowhere, descriptor)
            os.close(nowhere)


def _write(name: str, content: bytes) -> None:
    path = os.path.join(os.getcwd(), name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def _limit(limits: dict[str, Any]) -> None:
    """Set the limits that the kernel holds. Each counts for a single process."""
    for what, value in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CPU, int(limits["total_seconds"]) + 1),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (value, value))


def _die_with_parent() -> None:
    """On Linux, ask to be killed when the grader is gone. Elsewhere the CPU limit ends us."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _run(shell: CapturingShell, order: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Run a cell here. SIGINT, the parent's word that time is up, counts only while it runs."""
    shell.outputs.clear()
    names[f"In[{shell.execution_count}]"] = order["name"]
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        result = shell.run_cell(order["source"], store_history=True)
    except KeyboardInterrupt:
        error: BaseException | None = KeyboardInterrupt()
        value = None
    else:
        error, value = result.error_before_exec or result.error_in_exec, result.result
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return {
        "status": "ok" if error is None else "error",
        "error": "" if error is None else type(error).__name__,
        "place": "" if error is None else place(error, shell, names),
        "value": plain(value),
        "outputs": shell.outputs.shown(),
    }


def plain(value: Any) -> float | str | None:
    """A number as a float, nothing as None, anything else as the name of its type."""
    if value is None:
        return None
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        return number if np.isfinite(number) else repr(number)
    return type(value).__name__


def place(error: BaseException, shell: CapturingShell, names: dict[str, str]) -> str:
    """The innermost line of a student's named cell that the exception passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        label = shell.compile.format_code_name(frame.filename)
        name = names.get(label[1], "") if label else ""
        if name:
            return f"{name}, line {frame.lineno}"
    return ""


def _fork(channel: Channel, shell: CapturingShell, names: dict[str, str]) -> None:
    """Fork, and hand frames between the parent and the fork until the parent says to end it."""
    gc.freeze()
    state = random.getstate()
    try:
        ours, theirs = socket.socketpair()
        child = os.fork()
    except OSError:  # too many processes or files of the cells: the parent ends this one
        channel.send({"unforked": True})
        return
    if child == 0:
        try:
            random.setstate(state)
            _die_with_parent()
            ours.close()
            os.close(channel.reader)
            if channel.writer != channel.reader:
                os.close(channel.writer)
            inner = Channel(theirs.fileno(), theirs.fileno())
            Answers(inner, shell, lambda error: place(error, shell, names)).serve()
        finally:
            os._exit(0)
    theirs.close()
    try:
        _relay(channel, Channel(ours.fileno(), ours.fileno()))
    finally:
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    channel.send({"ended": True})


def _relay(outer: Channel, inner: Channel) -> None:
    open_ends = [outer.reader, inner.reader]
    while True:
        ready = select.select(open_ends, [], [])[0]
        if outer.reader in ready:
            raw = outer.receive_raw()
            if parse(raw)[0].get("do") == "end":
                return
            with suppress(OSError):
                inner.send_raw(whole(raw))
        if inner.reader in ready:
            try:
                outer.send_raw(whole(inner.receive_raw()))
            except EOFError:
                open_ends.remove(inner.reader)
                outer.send({"died": True})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
