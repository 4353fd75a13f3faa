"""What this machine has of all that cnnlab needs, and how to get what is missing.

Only the standard library and `packaging` are used: the doctor must work where the rest is broken.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import cnnlab
from cnnlab.errors import EnvironmentProblem

if TYPE_CHECKING:
    from packaging.requirements import Requirement

ROLES = ("student", "teacher", "maintainer")
"""Who uses a machine; each needs all that the one before needs."""

# The Python releases on which all tests were run.
TESTED_PYTHON = "3.11"
EXTRAS = {"dev": "maintainer"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    name: str
    found: str
    """Its version; empty if it is missing."""
    tested: str
    """The version that the tests were run with; empty for programs, where any will do."""
    role: str
    """The first of ROLES who needs it."""
    problem: str = ""
    """What is wrong, in words; empty if it will do."""
    remedy: str = ""
    use: str = ""
    """What it is for."""


def examine() -> list[Finding]:
    """Look at Python, the packages, the course and the programs, in that order."""
    return [_python(), *_packages(), _course(), *_programs()]


def needed_by(role: str, findings: list[Finding]) -> list[Finding]:
    """The findings that stop ``role`` from working."""
    reach = ROLES[: ROLES.index(role) + 1]
    return [finding for finding in findings if finding.problem and finding.role in reach]


def tested_versions() -> dict[str, str]:
    """The pinned versions by normalised name; empty where the list does not travel along."""
    package = Path(cnnlab.__file__).resolve().parent
    for path in (package / "_course" / "constraints.txt", package.parent / "constraints.txt"):
        if path.is_file():
            pins = (line.split("==") for line in path.read_text(encoding="utf-8").split())
            return {_normal(name): version for name, version in pins}
    return {}


def _python() -> Finding:
    found = platform.python_version()
    problem = "" if sys.version_info >= (3, 11) else "is older than 3.11"
    return Finding("Python", found, TESTED_PYTHON, "student", problem, "install a newer Python")


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    tested = tested_versions()
    try:
        requirements = [Requirement(line) for line in metadata.requires("cnnlab") or []]
    except metadata.PackageNotFoundError:
        problem = "runs from its source but is not installed"
        remedy = f"{sys.executable} -m pip install -e ."
        yield Finding("cnnlab", cnnlab.__version__, "", "student", problem, remedy)
        return
    for need in requirements:
        role = _role(need)
        if role is None:
            continue
        remedy = f'{sys.executable} -m pip install "{need.name}{need.specifier}"'
        pin = tested.get(_normal(need.name), "")
        try:
            found = metadata.version(need.name)
        except metadata.PackageNotFoundError:
            yield Finding(need.name, "", pin, role, "is missing", remedy)
            continue
        fits = need.specifier.contains(found, prereleases=True)
        problem = "" if fits else f"must be {need.specifier}"
        yield Finding(need.name, found, pin, role, problem, remedy)


def _role(need: "Requirement") -> str | None:
    """Who needs a requirement; None for one that belongs to another system or extra."""
    if need.marker is None or need.marker.evaluate({"extra": ""}):
        return "student"
    return next((EXTRAS[e] for e in EXTRAS if need.marker.evaluate({"extra": e})), None)


def _course() -> Finding:
    from cnnlab import workspace

    try:
        names = workspace.course_files(workspace.course_root())
    except EnvironmentProblem as error:
        return Finding("course", "", "", "student", "is missing", str(error))
    lessons = sum(name.startswith("notebooks/") for name in names)
    exercises = len({name.split("/")[1] for name in names if name.startswith("exercises/")})
    return Finding("course", f"{lessons} lessons, {exercises} exercises", "", "student")


def _programs() -> Iterator[Finding]:
    sandbox = "apt install bubblewrap (Debian, Ubuntu)"
    if sys.platform != "linux":
        sandbox = "it exists on Linux only"
    yield _program("bubblewrap", "bwrap", "teacher", "grading in a sandbox", sandbox)
    node = "install version 18 or newer"
    yield _program("Node.js", "node", "maintainer", "tests of JavaScript", node)
    browser = "apt install chromium (Debian)"
    yield _program("Chromium", "chromium", "maintainer", "tests in a browser", browser)
    containers = "apt install podman runc (Debian)"
    yield _program("podman", "podman", "maintainer", "tests of containers", containers)
    database = "apt install postgresql (Debian)"
    yield _program("PostgreSQL", "initdb", "maintainer", "tests with a database server", database)


def _program(name: str, command: str, role: str, use: str, remedy: str) -> Finding:
    path = shutil.which(command) or shutil.which(command, path=_off_the_path())
    if path is None:
        return Finding(name, "", "", role, "is missing", remedy, use)
    try:
        run = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(name, "", "", role, f"does not start ({error})", remedy, use)
    version = re.search(r"\d+(\.\d+)+", run.stdout)
    if run.returncode or not version:
        return Finding(name, "", "", role, "does not tell its version", remedy, use)
    return Finding(name, version.group(), "", role, use=use)


def _off_the_path() -> str:
    """Where Debian keeps the programs of PostgreSQL's server."""
    return os.pathsep.join(map(str, Path("/usr/lib/postgresql").glob("*/bin")))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
