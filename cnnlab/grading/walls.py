"""The outer sandbox of level A: what bubblewrap is told, and what can be seen inside."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from cnnlab.grading.closed import closed
from cnnlab.grading.model import ExecutionProblem
from cnnlab.grading.process import SET_VARIABLES
from cnnlab.grading.student_build import PACKAGE

WORK = "/student"
FOLDERS = {"/tmp": 128, "/dev/shm": 64, WORK: 256}
"""The folders that can be written, and their sizes in MB. They live in memory."""

NAMESPACES = (
    *("--unshare-user", "--unshare-all", "--as-pid-1", "--die-with-parent"),
    # Not as root: a user number of 0 could not be taken along into the inner namespaces.
    *("--uid", "1000", "--gid", "1000"),
    *("--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"),
)
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

FONTS = "matplotlib/fontlist-*.json"


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
