"""The parent's end of one student's process: start it, give it orders, wait within bounds, end it.

How the process is started is the business of a `Start`: `Plain` here, a sandbox in `sandbox.py`.
`worker.py` is the other end.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from cnnlab.grading.model import ExecutionProblem, File, Limits, Ran, RanStatus, Step
from cnnlab.grading.wire import Channel, Malformed, OutOfTime

GRACE_SECONDS = 2.0
END_SECONDS = 15.0
UNNAMED = "one of your cells"
Frame = tuple[dict[str, Any], list[bytes]]
KEPT_VARIABLES = (
    "PATH",
    "PYTHONPATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "XDG_CACHE_HOME",
    "MPLCONFIGDIR",
)
SET_VARIABLES = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Fatal(Exception):
    """The student's process is gone: killed, crashed, or out of time.

    ``starved`` is true where what runs beside it may have left it no time or no process.
    """

    def __init__(self, status: RanStatus, *, starved: bool = False) -> None:
        super().__init__(status)
        self.status, self.starved = status, starved or status == "timeout"
        self.ran: Ran | None = None  # what a test had given before


class Running(Protocol):
    """A started student's process."""

    channel: Channel

    @property
    def why(self) -> str:
        """Why we ended it ourselves, for the teacher; empty if we did not."""
        ...

    @property
    def trouble(self) -> str:
        """What it wrote to its errors while it started."""
        ...

    def interrupt(self) -> None: ...

    def kill(self) -> None:
        """Kill it and what it has started; safe to call at any time, and again."""
        ...

    def close(self) -> None:
        """Kill, and wait until nothing is left."""
        ...


class Start(Protocol):
    """Starts a student's process."""

    def __call__(self, limits: Limits) -> Running: ...


class Plain:
    """A process with a session, a group and a folder of its own, and a short list of variables."""

    why = ""

    def __init__(self, limits: Limits, package: Path | None = None) -> None:
        self._cleanup = ExitStack()
        self._package = package
        folder = Path(tempfile.mkdtemp(prefix="cnnlab-"))
        self._cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "work").mkdir()
        self._log = folder / "log"
        ours, theirs = socket.socketpair()
        self._cleanup.enter_context(ours)
        self.channel = Channel(ours.fileno(), ours.fileno())
        try:
            with theirs:
                self.process = self._started(theirs.fileno(), folder)
        except BaseException:
            self._cleanup.close()
            raise

    def _started(self, channel: int, folder: Path) -> subprocess.Popen[bytes]:
        number = str(channel)
        with self._log.open("wb") as errors:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "cnnlab.grading.worker", number, number],
                pass_fds=[channel],
                cwd=folder / "work",
                env=_environment(folder, self._package),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )

    @property
    def trouble(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        self.process.wait()
        self._cleanup.close()


class Session:
    """The parent's end of one student's process, from its start to its end."""

    def __init__(
        self, limits: Limits, files: tuple[File, ...], deadline: float, start: Start
    ) -> None:
        self.limits, self.deadline = limits, deadline
        self.forked = False
        try:
            self.running = start(limits)
        except OSError as error:
            raise ExecutionProblem(f"no process for the student: {error.strerror}") from error
        try:
            self._greet(files)
        except BaseException:
            self.close()
            raise

    def _greet(self, files: tuple[File, ...]) -> None:
        """Hand over limits and files and wait until all is ready."""
        seconds = self.limits.start_seconds
        hello = {"limits": asdict(self.limits), "files": [name for name, _ in files]}
        try:
            self.running.channel.send(hello, [content for _, content in files], seconds)
            self.running.channel.receive(seconds)
        except (EOFError, OSError, Malformed, OutOfTime) as error:
            lines = self.running.trouble.strip().splitlines()
            reason = lines[-1] if lines else f"nothing came within {seconds:g} s"
            raise ExecutionProblem(f"the student's process did not start: {reason}") from error

    @property
    def seconds(self) -> float:
        """How long the next thing may take; 0 when time is up for the whole submission."""
        return max(0.0, min(self.limits.cell_seconds, self.deadline - time.monotonic()))

    def run(self, step: Step) -> Ran:
        """Run a cell. Raises `Fatal` when the process did not live through it."""
        seconds = self.seconds
        if seconds == 0:
            raise Fatal("skipped")
        name = (step.grade_id or UNNAMED) if step.kind == "student" else ""
        self.send({"do": "cell", "source": step.source, "name": name})
        try:
            return _ran(self._receive(seconds)[0])
        except OutOfTime:
            with suppress(ProcessLookupError):
                self.running.interrupt()
        return _ran({**self.receive(GRACE_SECONDS)[0], "status": "timeout"})

    def fork(self) -> None:
        """Let the student's process make a copy of itself, which answers until `end`."""
        self.end()
        self.send({"do": "fork"})
        self.forked = True

    def end(self) -> None:
        """End the copy, if there is one."""
        if not self.forked:
            return
        self.forked = False
        self.send({"do": "end"})
        until = time.monotonic() + END_SECONDS
        while "ended" not in self.receive(max(0.0, until - time.monotonic()))[0]:
            pass  # an answer that came too late for anybody

    def send(self, order: dict[str, Any], blobs: list[bytes] | None = None) -> None:
        try:
            self.running.channel.send(order, blobs, self.limits.cell_seconds)
        except (OSError, OutOfTime) as error:
            self.kill()
            raise Fatal("died") from error

    def receive(self, seconds: float) -> Frame:
        """The next frame; none in time is fatal."""
        try:
            return self._receive(seconds)
        except OutOfTime as error:
            self.kill()
            raise Fatal("timeout") from error

    def _receive(self, seconds: float) -> Frame:
        try:
            return self.running.channel.receive(seconds)
        except (EOFError, OSError, Malformed) as error:
            self.kill()
            raise Fatal("died") from error

    def kill(self) -> None:
        """Kill the process and all that it has started."""
        self.running.kill()

    def close(self) -> None:
        """Leave nothing behind: no process, no folder."""
        self.running.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _ran(reply: dict[str, Any]) -> Ran:
    """The reply to a cell; whatever does not fit ends the process."""
    try:
        outputs = tuple(_output(output) for output in reply.get("outputs", ()))
        value = reply.get("value")
        if reply["status"] not in ("ok", "error", "timeout", "died"):
            raise ValueError(reply["status"])
        return Ran(
            status=reply["status"],
            outputs=outputs,
            value=value if value is None or isinstance(value, str) else float(value),
            error=str(reply.get("error", "")),
            place=str(reply.get("place", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fatal("died") from error


def _output(output: dict[str, Any]) -> dict[str, Any]:
    """One output, with exactly the fields that a notebook knows."""
    kind = output["output_type"]
    if kind == "stream":
        return {"output_type": kind, "name": str(output["name"]), "text": str(output["text"])}
    if kind == "error":
        lines = [str(line) for line in output["traceback"]]
        return {
            "output_type": kind,
            "ename": str(output["ename"]),
            "evalue": str(output["evalue"]),
            "traceback": lines,
        }
    data = {str(mime): str(value) for mime, value in output["data"].items()}
    alt = {
        mime: {"alt": str(about["alt"])}
        for mime, about in output["metadata"].items()
        if "alt" in about
    }
    if kind == "execute_result":
        return {"output_type": kind, "execution_count": None, "data": data, "metadata": alt}
    return {"output_type": "display_data", "data": data, "metadata": alt}


def _environment(folder: Path, package: Path | None) -> dict[str, str]:
    """A short list of variables: no tokens, no passwords. ``package`` comes first on the path."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    own = {"TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}
    path = [str(package) if package else "", kept.pop("PYTHONPATH", "")]
    return {**kept, **SET_VARIABLES, **own, "PYTHONPATH": os.pathsep.join(filter(None, path))}
