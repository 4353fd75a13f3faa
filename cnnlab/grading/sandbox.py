"""Level A: student code inside bubblewrap, with a filter of system calls and a supervisor.

Inside there are the interpreter, the student's packages, the system's programs and libraries, and a
few sized folders in memory. There is no network, no file of the person who grades, no process
but the sandbox's own, and no variable that was not put there. A warm parent waits in the outer
sandbox; each submission gets a fork of it with namespaces of its own.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cnnlab.grading.closed import closed
from cnnlab.grading.model import ExecutionProblem, Limits, Manifest, Outcome, Submission
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.process import SET_VARIABLES, Session, Start
from cnnlab.grading.seccomp import compiled
from cnnlab.grading.student_build import PACKAGE
from cnnlab.grading.supervise import Supervisor
from cnnlab.grading.warm import ORDER_BYTES
from cnnlab.grading.wire import Channel

LEVEL = "A: sandbox (bubblewrap with a filter of system calls)"
WORK = "/student"
FOLDERS = {"/tmp": 128, "/dev/shm": 64, WORK: 256}
"""The folders that can be written, and their sizes in MB. They live in memory."""

NAMESPACES = (
    *("--unshare-user", "--unshare-all", "--as-pid-1", "--die-with-parent"),
    # Not as root: a user number of 0 could not be taken along into the inner namespaces.
    *("--uid", "1000", "--gid", "1000"),
    *("--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"),
)
FILES_AT_MOST = 10_000
"""How many files each of these folders takes."""

INSIDE = {
    **SET_VARIABLES,
    "HOME": WORK,
    "USER": "student",
    "LANG": "C.UTF-8",
    "TMPDIR": "/tmp",
    "IPYTHONDIR": "/tmp/ipython",
    "MPLCONFIGDIR": "/tmp/matplotlib",
}
"""The variables that a student's process finds in a sandbox or a container."""

END_SECONDS = 30.0
FONTS = "matplotlib/fontlist-*.json"


class Warm:
    """A warm parent in its outer sandbox, for many submissions; see `warm`.

    With ``warm`` false it has nothing imported: it starts sooner, and serves to try out the rest.
    """

    def __init__(
        self,
        seconds: float,
        package: Path | None = None,
        opening: tuple[str, ...] = (),
        warm: bool = True,
    ) -> None:
        self._cleanup = ExitStack()
        self._log = self._cleanup.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._cleanup.enter_context(self.control)
        try:
            with theirs:
                self._start(theirs.fileno(), package)
            self.control.settimeout(seconds)
            self._greet({"opening": opening, "warm": warm})
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

    def _greet(self, order: dict[str, Any]) -> None:
        try:
            self.control.send(compiled())
            self.control.send(json.dumps(order).encode())
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
    soon = ("matplotlib.pyplot", "cnnlab.checks", "cnnlab.plot")
    """What nearly every assignment loads: there is time for it while the grader itself starts."""

    def __init__(self) -> None:
        super().__init__()
        self._warm: dict[tuple[str, ...], Warm] = {}

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
            package = self._package.folder if self._package else None
            warm = self._warm[opening] = Warm(limits.start_seconds, package, opening)
            weakref.finalize(self, warm.close)
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
        with closing(Warm(limits.start_seconds, warm=False)) as cold:
            start = partial(Bubblewrapped, cold)
            Session(limits, (), time.monotonic() + limits.total_seconds, start).close()

    def close(self) -> None:
        """End the warm parents."""
        self._cool_down()
        super().close()

    def _cool_down(self) -> None:
        while self._warm:
            self._warm.popitem()[1].close()


def _number(pidfd: int) -> int:
    """The process's number as this process sees it."""
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


def command(inner: list[str], package: Path | None = None) -> list[str]:
    """The command line that runs ``inner``, the warm parent, in the outer sandbox.

    ``package`` is the folder of a student's build, which lies over the package inside.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise ExecutionProblem("bubblewrap is missing")
    words = [program, *NAMESPACES, "--proc", "/proc", "--dev", "/dev"]
    for folder, size in FOLDERS.items():
        words += ["--size", str(size * 2**20), "--tmpfs", folder]
    words += _system()
    for path in inside():
        words += ["--ro-bind", str(path), str(path)]
    if package is not None:
        words += ["--ro-bind", str(package / "cnnlab"), str(PACKAGE)]
        for source, path in closed(package):
            words += ["--ro-bind", str(source), str(path)] if _is_inside(path) else []
    words += [*_fonts(), "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORK]
    for name, value in _variables().items():
        words += ["--setenv", name, value]
    return [*words, "--", *inner]


def _system() -> Iterator[str]:
    """The system's programs and libraries; of its settings, only where libraries lie."""
    for path in map(Path, ("/bin", "/lib", "/lib32", "/lib64", "/sbin")):
        if path.is_symlink():
            yield from ("--symlink", os.readlink(path), str(path))
        elif path.is_dir():
            yield from ("--ro-bind", str(path), str(path))
    for name in ("bin", "lib", "lib32", "lib64", "share/fonts", "share/zoneinfo"):
        yield from ("--ro-bind-try", f"/usr/{name}", f"/usr/{name}")
    for name in ("alternatives", "ld.so.cache", "localtime"):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


def inside() -> list[Path]:
    """The folders of the interpreter and of the packages; of a clone, only the package itself."""
    homes = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    parts = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
    found = {home / part for home in homes - {Path("/usr")} for part in parts}
    for package in ("IPython", "numpy"):  # in a user's own packages, these lie elsewhere
        spec = find_spec(package)
        if spec is not None and spec.origin:
            found.add(Path(spec.origin).parents[1])
    found.add(PACKAGE)
    return sorted(path for path in found if path.exists())


def _is_inside(path: Path) -> bool:
    return any(path.is_relative_to(place) for place in [*inside(), Path("/usr/lib")])


def _fonts() -> Iterator[str]:
    """Matplotlib's list of fonts, which takes a second to make."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    places = [Path(home), Path(os.environ.get("MPLCONFIGDIR", "/nonexistent")).parent]
    for path in (found for place in places for found in place.glob(FONTS)):
        yield from ("--ro-bind", str(path), f"/tmp/matplotlib/{path.name}")


def _variables() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "TZ") if name in os.environ}
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    return {**INSIDE, "PATH": path, **kept}
