"""Level A: the worker inside bubblewrap, with a filter of system calls and a supervisor.

Inside there are the interpreter, the student's packages, the system's programs and libraries, and a
few sized folders in memory. There is no network, no file of the person who grades, no process
but the sandbox's own, and no variable that was not put there.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from cnnlab.grading.model import ExecutionProblem, Limits
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.process import SET_VARIABLES
from cnnlab.grading.seccomp import compiled
from cnnlab.grading.supervise import Supervisor

LEVEL = "A: sandbox (bubblewrap with a filter of system calls)"
WORK, FILES = "/student", "/handed-in"
FOLDERS = {"/tmp": 128, "/dev/shm": 64, WORK: 256}
"""The folders that can be written, and their sizes in MB. They live in memory."""

NAMESPACES = (
    *("--unshare-user", "--unshare-all", "--disable-userns", "--as-pid-1", "--die-with-parent"),
    *("--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"),
)
FONTS = "matplotlib/fontlist-*.json"


class Bubblewrapped:
    """A started worker in a sandbox of its own; see `process.Running`."""

    def __init__(self, folder: Path, channel: int, errors: int, limits: Limits) -> None:
        inner = [sys.executable, "-P", "-m", "cnnlab.grading.worker", str(channel), FILES]
        self._pidfd: int | None = None
        self._cleanup = ExitStack()
        with filter_file() as rules:
            told, tell = os.pipe()
            try:
                self.process = subprocess.Popen(
                    command(inner, rules.fileno(), tell, folder / "work"),
                    pass_fds=[channel, rules.fileno(), tell],
                    env={},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    start_new_session=True,
                )
            finally:
                os.close(tell)
        with os.fdopen(told, "rb") as info:
            self._find_child(info.fileno(), limits)

    def _find_child(self, info: int, limits: Limits) -> None:
        """Hold the sandbox's first process: when it ends, the kernel ends all others in there."""
        with suppress(ValueError, KeyError, OSError):
            pid = json.loads(_read_all(info, limits.start_seconds))["child-pid"]
            self._pidfd = os.pidfd_open(pid)
            self._cleanup.callback(os.close, self._pidfd)
            self._supervisor = Supervisor(pid, limits.tasks, limits.memory_bytes, self.kill)
            self._cleanup.callback(self._supervisor.close)

    @property
    def why(self) -> str:
        """Why the supervisor ended it; empty if it did not."""
        return self._supervisor.why if self._pidfd is not None else ""

    def interrupt(self) -> None:
        if self._pidfd is not None:
            signal.pidfd_send_signal(self._pidfd, signal.SIGINT)

    def kill(self) -> None:
        with suppress(ProcessLookupError, OSError):
            if self._pidfd is not None:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        with suppress(ProcessLookupError):
            self.process.kill()

    def close(self) -> None:
        self.kill()
        if self._pidfd is not None:
            select.select([self._pidfd], [], [])
        self.process.wait()
        self._cleanup.close()
        self._pidfd = None


class Bubblewrap(PlainProcess):
    """The executor of level A."""

    level = LEVEL
    start = Bubblewrapped


def command(inner: list[str], rules: int, info: int | None, files: Path) -> list[str]:
    """The command line that runs ``inner`` in a sandbox.

    ``rules`` and ``info`` are open files: the filter, and the place for the first process's number.
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
    words += ["--ro-bind", str(files), FILES, *_fonts(), "--remount-ro", "/dev"]
    words += ["--remount-ro", "/", "--chdir", WORK, "--seccomp", str(rules)]
    words += [] if info is None else ["--info-fd", str(info)]
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
    found.add(Path(__file__).parents[1])
    return sorted(path for path in found if path.exists())


def _fonts() -> Iterator[str]:
    """Matplotlib's list of fonts, which takes a second to make."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    places = [Path(home), Path(os.environ.get("MPLCONFIGDIR", "/nonexistent")).parent]
    for path in (found for place in places for found in place.glob(FONTS)):
        yield from ("--ro-bind", str(path), f"/tmp/matplotlib/{path.name}")


def _variables() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "TZ") if name in os.environ}
    own = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": WORK,
        "USER": "student",
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "IPYTHONDIR": "/tmp/ipython",
        "MPLCONFIGDIR": "/tmp/matplotlib",
    }
    return {**SET_VARIABLES, **own, **kept}


@contextmanager
def filter_file() -> Iterator[IO[bytes]]:
    """The compiled filter as an open file."""
    with tempfile.TemporaryFile() as file:
        file.write(compiled())
        file.seek(0)
        yield file


def _read_all(descriptor: int, seconds: float) -> bytes:
    """What is written until the other side closes, or until time is up."""
    text, end = b"", time.monotonic() + seconds
    while select.select([descriptor], [], [], max(0.0, end - time.monotonic()))[0]:
        chunk = os.read(descriptor, 4096)
        text += chunk
        if not chunk or text.rstrip().endswith(b"}"):
            break
    return text
