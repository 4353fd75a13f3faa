"""The parent's end of one worker process: start it, give it orders, wait within bounds, end it.

How the process is started is the business of a `Start`: `Plain` here, a sandbox in `sandbox.py`.
`worker.py` is the other end.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import asdict
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any, Protocol

from cnnlab.grading.model import ExecutionProblem, File, Limits, Ran, RanStatus, Step

REPLY_BYTES = 50 * 2**20
GRACE_SECONDS = 2.0
KEPT_VARIABLES = (
    "PATH",
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
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Fatal(Exception):
    """The worker's process is gone: killed, crashed, or out of time."""

    def __init__(self, status: RanStatus) -> None:
        super().__init__(status)
        self.status = status


class Running(Protocol):
    """A started worker process."""

    @property
    def why(self) -> str:
        """Why we ended it ourselves, for the teacher; empty if we did not."""
        ...

    def interrupt(self) -> None: ...

    def kill(self) -> None:
        """Kill the worker and what it has started; safe to call at any time, and again."""
        ...

    def close(self) -> None:
        """Kill, and wait until nothing is left."""
        ...


class Start(Protocol):
    """Starts a worker on ``folder/work``, with one end of its channel and a file for errors."""

    def __call__(self, folder: Path, channel: int, errors: int, limits: Limits) -> Running: ...


class Plain:
    """A process with a session and a group of its own and a short list of variables."""

    why = ""

    def __init__(self, folder: Path, channel: int, errors: int, limits: Limits) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cnnlab.grading.worker", str(channel)],
            pass_fds=[channel],
            cwd=folder / "work",
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        self.process.wait()


class Worker:
    """The parent's end of one worker process."""

    def __init__(
        self, limits: Limits, files: tuple[File, ...], deadline: float, start: Start = Plain
    ) -> None:
        self.limits, self.deadline = limits, deadline
        self._begin = start
        self._cleanup = ExitStack()
        try:
            self._start(files)
        except OSError as error:
            self.close()
            raise ExecutionProblem(f"no worker process: {error.strerror}") from error
        except BaseException:
            self.close()
            raise

    def _start(self, files: tuple[File, ...]) -> None:
        folder = Path(tempfile.mkdtemp(prefix="cnnlab-"))
        self._cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
        _write_files(folder / "work", files)
        self.channel, theirs = Pipe()
        self._cleanup.enter_context(self.channel)
        log = folder / "log"
        with theirs, log.open("wb") as stderr:
            self.running = self._begin(folder, theirs.fileno(), stderr.fileno(), self.limits)
        self._cleanup.callback(self.running.close)
        self._greet(log)

    def _greet(self, log: Path) -> None:
        """Hand over the limits and wait until the worker is ready."""
        try:
            self._send(asdict(self.limits))
            self._receive(self.limits.start_seconds)
        except Fatal as error:
            tail = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
            reason = (
                tail[0] if tail else f"it {error.status} within {self.limits.start_seconds:g} s"
            )
            raise ExecutionProblem(f"the worker process did not start: {reason}") from error

    def run(self, step: Step) -> Ran:
        """Run one step. Raises `Fatal` when the process did not live through it."""
        left = self.deadline - time.monotonic()
        seconds = min(self.limits.cell_seconds, left)
        if seconds <= 0:
            raise Fatal("skipped")
        kind = "test" if step.kind == "test" else "cell"
        name = (step.grade_id or "one of your cells") if step.kind == "student" else ""
        self._send({"do": kind, "source": step.source, "seconds": seconds, "name": name})
        if kind == "test":
            return _ran(self._receive(seconds + GRACE_SECONDS))
        if (reply := self._poll(seconds)) is not None:
            return _ran(reply)
        with suppress(ProcessLookupError):
            self.running.interrupt()
        return _ran({**self._receive(GRACE_SECONDS), "status": "timeout"})

    def _send(self, order: dict[str, Any]) -> None:
        try:
            self.channel.send_bytes(json.dumps(order).encode())
        except OSError as error:
            raise Fatal("died") from error

    def _receive(self, seconds: float) -> dict[str, Any]:
        """The next reply; none in time is fatal."""
        reply = self._poll(seconds)
        if reply is None:
            raise Fatal("timeout")
        return reply

    def _poll(self, seconds: float) -> dict[str, Any] | None:
        """The next reply, or None when time is up. One that stops half-way ends in a kill."""
        rescue = threading.Timer(seconds + GRACE_SECONDS, self.kill)
        rescue.start()
        try:
            if not self.channel.poll(seconds):
                return None
            return json.loads(self.channel.recv_bytes(REPLY_BYTES))
        except (EOFError, OSError, ValueError) as error:
            raise Fatal("died") from error
        finally:
            rescue.cancel()

    def kill(self) -> None:
        """Kill the worker and all that it has started."""
        self.running.kill()

    def close(self) -> None:
        """Leave nothing behind: no process, no folder."""
        self._cleanup.close()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _ran(reply: dict[str, Any]) -> Ran:
    """A worker's reply as a value; whatever does not fit ends the worker."""
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


def _environment(folder: Path) -> dict[str, str]:
    """A short list of variables: no tokens, no passwords."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, **SET_VARIABLES, "TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}


def _write_files(folder: Path, files: tuple[File, ...]) -> None:
    folder.mkdir()
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
