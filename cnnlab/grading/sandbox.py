"""Level A: student code inside bubblewrap, with a filter of system calls and a supervisor.

Inside there are the interpreter, the student's packages, the system's programs and libraries, and a
few sized folders in memory. There is no network, no file of the person who grades, no process
but the sandbox's own, and no variable that was not put there. A warm parent waits in the outer
sandbox; each submission gets a fork of it with namespaces of its own.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path

from cnnlab.grading.model import ExecutionProblem, Limits, Manifest, Outcome, Submission
from cnnlab.grading.plain import PlainProcess, StudentPackage
from cnnlab.grading.process import Session, Start
from cnnlab.grading.seccomp import compiled
from cnnlab.grading.supervise import Supervisor
from cnnlab.grading.walls import FOLDERS, WORK, command, inside
from cnnlab.grading.warm import ORDER_BYTES
from cnnlab.grading.wire import Channel

LEVEL = "A: sandbox (bubblewrap with a filter of system calls)"
FILES_AT_MOST = 10_000
"""How many files each of these folders takes."""
END_SECONDS = 30.0


class Warm:
    """A warm parent in its outer sandbox, for many submissions; see `warm`.

    It starts to import at once, and nobody waits for it before `open`. With ``warm`` false it has
    nothing imported: it starts sooner, and serves to try out the rest. ``meanwhile`` completes the
    package while the parent loads what others have written.
    """

    def __init__(
        self,
        package: Path | None = None,
        warm: bool = True,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        self._cleanup = ExitStack()
        self._log = self._cleanup.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._cleanup.enter_context(self.control)
        try:
            with theirs:
                self._start(theirs.fileno(), package)
            with suppress(OSError):  # it is gone already; `open` says so
                self.control.send(compiled())
                self.control.send(json.dumps({"warm": warm}).encode())
            meanwhile()
            with suppress(OSError):
                self.control.send(b"whole")
        except BaseException:
            self.close()
            raise

    def _start(self, theirs: int, package: Path | None) -> None:
        inner = [sys.executable, "-P", "-m", "cnnlab.grading.warm", str(theirs)]
        process = subprocess.Popen(
            command(inner, package),
            pass_fds=[theirs],
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            start_new_session=True,
        )
        self._cleanup.callback(process.wait)
        self._cleanup.callback(process.kill)

    def open(self, seconds: float, opening: tuple[str, ...] = ()) -> None:
        """Let it run the opening cells and wait until it can fork. Once, before the first fork."""
        self.control.settimeout(seconds)
        try:
            self.control.send(json.dumps({"opening": opening}).encode())
            ready = self.control.recv(ORDER_BYTES)
        except OSError:
            ready = b""
        if ready != b"ready":
            raise ExecutionProblem(f"the sandbox did not start: {self.trouble or 'nothing came'}")

    @property
    def trouble(self) -> str:
        """The last line of what it wrote to its errors."""
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def fork(self, channel: int) -> int:
        """Start a student's process on this channel; a descriptor of the process."""
        order = {
            "folders": FOLDERS,
            "files": FILES_AT_MOST,
            "work": WORK,
            "seen": [str(path) for path in inside()],
        }
        try:
            socket.send_fds(self.control, [json.dumps(order).encode()], [channel])
            text, found, _, _ = socket.recv_fds(self.control, ORDER_BYTES, 1)
        except OSError as error:
            raise ExecutionProblem(f"the sandbox is gone: {error}") from error
        if text != b"started" or not found:
            raise ExecutionProblem(f"no namespaces in the sandbox: {text.decode() or self.trouble}")
        return found[0]

    def close(self) -> None:
        self._cleanup.close()


class Bubblewrapped:
    """A student's process with namespaces of its own; see `process.Running`."""

    def __init__(self, warm: Warm, limits: Limits) -> None:
        self._warm = warm
        self._cleanup = ExitStack()
        ours, theirs = socket.socketpair()
        self._cleanup.enter_context(ours)
        self.channel = Channel(ours.fileno(), ours.fileno())
        try:
            with theirs:
                self._pidfd = warm.fork(theirs.fileno())
        except BaseException:
            self._cleanup.close()
            raise
        self._cleanup.callback(os.close, self._pidfd)
        self._supervisor = Supervisor(
            _number(self._pidfd), limits.tasks, limits.memory_bytes, self.kill
        )
        self._cleanup.callback(self._supervisor.close)

    @property
    def why(self) -> str:
        """Why the supervisor ended it; empty if it did not."""
        return self._supervisor.why

    @property
    def trouble(self) -> str:
        return self._warm.trouble

    def interrupt(self) -> None:
        signal.pidfd_send_signal(self._pidfd, signal.SIGINT)

    def kill(self) -> None:
        """The first process of the namespaces ends, and the kernel ends all others with it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        gone = select.select([self._pidfd], [], [], END_SECONDS)[0]
        self._cleanup.close()
        if not gone:
            raise ExecutionProblem("a student's process could not be ended")


class Bubblewrap(PlainProcess):
    """The executor of level A."""

    level = LEVEL
    soon = (*PlainProcess.soon, "matplotlib.pyplot", "cnnlab.checks", "cnnlab.plot")

    def __init__(self) -> None:
        super().__init__()
        self._warm: dict[tuple[str, ...], Warm] = {}
        self._early: Warm | None = None

    def prepare(self) -> None:
        """Start a parent as nearly every assignment needs it, with nothing handed out in it."""
        package = self._package = StudentPackage(Manifest("", "", (), ""), ())
        self._early = Warm(package.folder, meanwhile=package.finish)
        weakref.finalize(self, self._early.close)
        super().prepare()

    @property
    def start(self) -> Start:
        return self._start

    def _start(self, limits: Limits) -> Bubblewrapped:
        """A process from a warm parent.

        There is one for those who left the opening as it was, and one for all others.
        """
        opening = self._opening if len(json.dumps(self._opening)) < ORDER_BYTES - 100 else ()
        if opening not in self._warm:
            if len(self._warm) > 1:
                self._cool_down()
            warm, self._early = self._early, None
            if warm is None:
                warm = Warm(self._package.folder if self._package else None)
                weakref.finalize(self, warm.close)
            self._warm[opening] = warm
            warm.open(limits.start_seconds, opening)
        return Bubblewrapped(self._warm[opening], limits)

    def execute(self, submission: Submission, manifest: Manifest, limits: Limits) -> Outcome:
        """As any other; after a fault of the machine the next try gets new parents."""
        try:
            return super().execute(submission, manifest, limits)
        except ExecutionProblem:
            self._cool_down()
            raise

    def try_out(self) -> None:
        """Start a student's process and end it. Raises `ExecutionProblem` where that fails."""
        limits = Limits()
        with closing(Warm(warm=False)) as cold:
            cold.open(limits.start_seconds)
            start = partial(Bubblewrapped, cold)
            Session(limits, (), time.monotonic() + limits.total_seconds, start).close()

    def close(self) -> None:
        """End the warm parents."""
        self._cool_down()
        super().close()

    def _cool_down(self) -> None:
        if self._early is not None:
            self._early.close()
            self._early = None
        while self._warm:
            self._warm.popitem()[1].close()


def _number(pidfd: int) -> int:
    """The process's number as this process sees it."""
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))
