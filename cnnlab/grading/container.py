"""Level B: each submission's process in a container of its own, made by podman or docker.

On Linux an empty image is enough: the interpreter and the packages of this machine are mounted in
it, read-only, as they are for level A. Elsewhere, or where the teacher wants other packages, an
image made from the course's Containerfile brings its own.
"""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import cnnlab
from cnnlab.grading import closed
from cnnlab.grading.model import ExecutionProblem, Limits, Manifest
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.process import Session, Start
from cnnlab.grading.seccomp import profile
from cnnlab.grading.student_build import PACKAGE
from cnnlab.grading.walls import FOLDERS, INSIDE, WORK, inside
from cnnlab.grading.wire import Channel

LEVEL = "B: container (podman or docker; no network, no rights, no disk)"
ENGINES = ("podman", "docker")
EMPTY = "localhost/cnnlab-empty:1"
IMAGE = f"localhost/cnnlab-student:{cnnlab.__version__}"
HOME = Path("/opt/cnnlab")  # of the package, in an image that brings its own interpreter
NOBODY = "65534:65534"
END_SECONDS = 30.0
ASK_SECONDS = 60.0
Mounts = list[tuple[Path, Path]]
PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")
RIGHTS = (
    *("--network", "none", "--read-only", "--cap-drop", "ALL"),
    *("--security-opt", "no-new-privileges", "--user", NOBODY, "--hostname", "sandbox"),
    *("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096", "--ulimit", "core=0:0"),
    *("--log-driver", "none", "--pull", "never", "--rm", "--interactive", "--entrypoint", ""),
)
PODMAN = ("--read-only-tmpfs=false", "--http-proxy=false")
"""What docker does not do unless told, and podman does."""


@dataclass(frozen=True)
class Engine:
    """A program that runs containers, and the image to run."""

    program: str
    image: str

    @property
    def own_packages(self) -> bool:
        """Does the image bring its own interpreter and packages?"""
        return self.image != EMPTY

    @property
    def python(self) -> str:
        return "python3" if self.own_packages else sys.executable

    def run(self, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Ask the engine for something that ends soon."""
        return subprocess.run(
            [self.program, *words], input=given, capture_output=True, timeout=ASK_SECONDS
        )


def engine() -> Engine:
    """The first engine that answers, with the course's image, or else an empty one.

    Raises
    ------
    ExecutionProblem
        Where there is no engine, or none that answers, or the image is missing that it needs.
    """
    why = "neither podman nor docker is installed"
    for program in filter(None, map(shutil.which, ENGINES)):
        found = Engine(program, IMAGE)
        try:
            answer = found.run("info")
        except (OSError, subprocess.TimeoutExpired) as error:
            why = f"{Path(program).name} does not answer ({error})"
            continue
        if answer.returncode:
            why = f"{Path(program).name} does not answer: {_last_line(answer.stderr)}"
        elif found.run("image", "inspect", IMAGE).returncode == 0:
            return found
        elif sys.platform == "linux":
            return _with_empty_image(program)
        else:
            why = f"{Path(program).name} has no image {IMAGE}"
    raise ExecutionProblem(why)


def _with_empty_image(program: str) -> Engine:
    found = Engine(program, EMPTY)
    if found.run("image", "inspect", EMPTY).returncode:
        nothing = io.BytesIO()
        with tarfile.open(fileobj=nothing, mode="w") as archive:
            for name in FOLDERS:
                archive.addfile(_folder(name))
        made = found.run("import", "-", EMPTY, given=nothing.getvalue())
        if made.returncode:
            raise ExecutionProblem(f"no empty image: {_last_line(made.stderr)}")
    return found


def _folder(name: str) -> tarfile.TarInfo:
    folder = tarfile.TarInfo(name)
    folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
    return folder


class Contained:
    """A student's process in a container of its own; see `process.Running`."""

    why = ""

    def __init__(self, engine: Engine, mounts: Mounts, rules: Path, limits: Limits) -> None:
        self._engine, self._name = engine, f"cnnlab-{uuid.uuid4().hex}"
        self._cleanup = ExitStack()
        self._log = self._cleanup.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        self.process = subprocess.Popen(
            command(engine, self._name, mounts, rules, limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=rules.parent,  # the monitor leaves a file where it stands when memory runs out
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._cleanup.callback(self.process.stdin.close)
        self._cleanup.callback(self.process.stdout.close)
        self.channel = Channel(self.process.stdout.fileno(), self.process.stdin.fileno())

    @property
    def trouble(self) -> str:
        self._log.seek(0)
        return self._log.read().decode("utf-8", "replace")

    def interrupt(self) -> None:
        self._ask("kill", "--signal", "INT", self._name)

    def kill(self) -> None:
        self._ask("rm", "--force", self._name)

    def close(self) -> None:
        self.kill()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired as error:
            self.process.kill()
            raise ExecutionProblem("a container could not be ended") from error
        finally:
            self._cleanup.close()

    def _ask(self, *words: str) -> None:
        with suppress(OSError, subprocess.TimeoutExpired):
            self._engine.run(*words)


class Containers(PlainProcess):
    """The executor of level B."""

    level = LEVEL

    def __init__(self) -> None:
        super().__init__()
        self._engine: Engine | None = None
        self._mounts: Mounts | None = None

    @property
    def start(self) -> Start:
        return self._start

    def _start(self, limits: Limits) -> Contained:
        assert self._package is not None  # made by execute
        if self._engine is None:
            self._engine = engine()
        if self._mounts is None:
            self._mounts = mounts(self._engine, self._package.folder)
        rules = self._package.folder / "system-calls.json"
        rules.write_text(profile(), encoding="utf-8")
        return Contained(self._engine, self._mounts, rules, limits)

    def try_out(self) -> None:
        """Start a container and end it. Raises `ExecutionProblem` where that fails."""
        limits = Limits()
        self._hand_out(Manifest("", "", (), ""))
        Session(limits, (), time.monotonic() + limits.total_seconds, self.start).close()

    def close(self) -> None:
        """Let go of the package; what is mounted of it is looked for anew."""
        self._mounts = None
        super().close()


def command(engine: Engine, name: str, mounts: Mounts, rules: Path, limits: Limits) -> list[str]:
    """The command line of one container; ``rules`` is a file with the refused system calls."""
    memory = f"{limits.memory_bytes + sum(FOLDERS.values()) * 2**20}b"
    words = [engine.program, "run", "--name", name, *RIGHTS, "--workdir", WORK]
    words += ["--security-opt", f"seccomp={rules}"]
    words += PODMAN if Path(engine.program).name == "podman" else ()
    words += ["--pids-limit", str(limits.tasks), "--memory", memory, "--memory-swap", memory]
    words += ["--shm-size", f"{FOLDERS['/dev/shm']}m"]
    for folder, size in FOLDERS.items():
        if folder != "/dev/shm":
            words += ["--tmpfs", f"{folder}:rw,nosuid,nodev,size={size}m,mode=1777"]
    for source, path in mounts:
        words += ["--volume", f"{source}:{path}:ro"]
    for variable, value in _variables(engine).items():
        words += ["--env", f"{variable}={value}"]
    # The grader may be gone, with nobody left to end the container.
    seconds = int(limits.start_seconds + limits.total_seconds) + 1
    words += [engine.image, "/usr/bin/timeout", "--signal=KILL", str(seconds), engine.python]
    return [*words, "-P", "-m", "cnnlab.grading.worker", "0", "1"]


def mounts(engine: Engine, package: Path) -> Mounts:
    """What stands in every container, read-only: pairs of a path here and a path inside."""
    _readable_by_nobody(package)
    if engine.own_packages:
        return [(package / "cnnlab", HOME / "cnnlab"), *closed.closed(package, _found(engine))]
    system = ("/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache")
    usr = (f"/usr/{name}" for name in ("bin", "lib", "lib32", "lib64", "share/zoneinfo"))
    shown = [path for path in map(Path, [*system, *usr]) if path.exists()]
    shown += [path for path in inside() if path != PACKAGE]
    over = [(package / "cnnlab", PACKAGE), *closed.closed(package)]
    seen = [(source, path) for source, path in over if any(map(path.is_relative_to, shown))]
    return [*((path, path) for path in shown), over[0], *seen]


def _readable_by_nobody(folder: Path) -> None:
    """Whatever mask this user creates files with."""
    for path in [folder / "cnnlab", *(folder / "cnnlab").rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _found(engine: Engine) -> dict[str, str]:
    """What is to be closed in an image, as a script in a container of it tells."""
    script = "/opt/closed.py"
    words = ["run", *RIGHTS, "--volume", f"{closed.__file__}:{script}:ro", engine.image]
    told = engine.run(*words, engine.python, script)
    if told.returncode:
        raise ExecutionProblem(f"{engine.image} does not run: {_last_line(told.stderr)}")
    return json.loads(told.stdout)


def _variables(engine: Engine) -> dict[str, str]:
    """What the student's process finds; docker would hand proxies on, with their passwords."""
    empty = {name: "" for proxy in PROXIES for name in (proxy, proxy.upper())}
    path = str(HOME if engine.own_packages else PACKAGE.parent)
    return {**empty, **INSIDE, "PYTHONPATH": path}


def _last_line(text: bytes) -> str:
    return (text.decode("utf-8", "replace").strip().splitlines() or ["it says nothing"])[-1]
