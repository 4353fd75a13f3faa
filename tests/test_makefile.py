"""`make` on a machine that has little: what it says, and what it leaves behind."""

import os
import re
import shutil
import subprocess

import pytest

TOO_OLD = 'case "$1" in -c) exit 1;; --version) echo Python 3.9.2;; esac'
# A Python that notes how it was called, and is new enough.
NOTES = 'echo "$0 $@" >> "$NOTES"; case "$*" in -c*print*) echo "$(basename "$0")";; esac'


@pytest.fixture
def clone(root, tmp_path):
    """A clone with the files that make reads, and nothing set up."""
    for name in (
        "Makefile", "pyproject.toml", "constraints.txt", "package.json", "package-lock.json",
    ):  # fmt: skip
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def program(folder, name, script):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def make(folder, *arguments, path=None):
    """Run make without the real Pythons: the path has ``path`` and the system's small tools."""
    tools = folder / "tools"
    if not tools.exists():
        tools.mkdir()
        for name in ("sh", "grep", "awk", "touch", "mkdir", "echo", "basename"):
            (tools / name).symlink_to(shutil.which(name))
    environment = {"PATH": f"{path or ''}{os.pathsep}{tools}", "NOTES": str(folder / "notes")}
    return subprocess.run(
        [shutil.which("make"), "-C", str(folder), *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_help_shows_every_target(root, clone):
    text = (root / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", text, re.M)
    shown = re.findall(r"^  make (\S+) +\S", make(clone).stdout, re.M)
    assert sorted(shown) == sorted(targets.split())
    assert shown[:3] == ["help", "lab", "test"]


def test_old_python_is_one_plain_line(clone):
    program(clone / "bin", "python3", TOO_OLD)
    result = make(clone, "lab", path=clone / "bin")
    assert result.returncode == 2
    (line,) = [one for one in result.stdout.splitlines() if "make" not in one.split(":")[0]]
    assert line == (
        "cnnlab needs Python 3.11 or newer; 'python3' is Python 3.9.2. "
        "Say which to use: make PYTHON=python3.11 lab"
    )
    assert not (clone / ".venv").exists()


def test_old_python_that_was_asked_for_is_not_replaced(clone):
    program(clone / "bin", "python3.12", NOTES)
    old = program(clone / "old", "python3", TOO_OLD)
    result = make(clone, "lab", f"PYTHON={old}", path=clone / "bin")
    assert result.returncode == 2
    assert f"'{old}' is Python 3.9.2" in result.stdout


def test_newer_python_beside_an_old_one_is_found(clone):
    program(clone / "bin", "python3", TOO_OLD)
    program(clone / "bin", "python3.12", NOTES)
    make(clone, "lab", path=clone / "bin")
    assert "python3.12 -m venv .venv\n" in (clone / "notes").read_text(encoding="utf-8")


def test_python_without_ensurepip_borrows_pip(clone):
    """As on Debian without python3-venv: the plain venv fails, the one without pip does not."""
    script = f'{NOTES}; case "$*" in "-m venv .venv") exit 1;; esac'
    program(clone / "bin", "python3", script)
    make(clone, "lab", path=clone / "bin")
    called = (clone / "notes").read_text(encoding="utf-8")
    assert "python3 -m venv --without-pip .venv\n" in called
    assert "python3 -m pip --python .venv install --quiet pip\n" in called


def test_python_that_cannot_make_an_environment_is_one_plain_line(clone):
    program(clone / "bin", "python3", f'{NOTES}; case "$*" in "-m venv"*) exit 1;; esac')
    result = make(clone, "lab", path=clone / "bin")
    assert result.returncode == 2
    assert "apt install python3-venv" in result.stdout
    assert not (clone / ".venv" / ".python").exists()


@pytest.mark.parametrize(("ci", "status"), [("true", 2), ("", 0)])
def test_missing_node_stops_ci_and_only_warns_elsewhere(clone, ci, status):
    result = make(clone, "node_modules/.ready", f"CI={ci}")
    assert result.returncode == status
    assert ("install Node.js" in result.stdout) == bool(status)
    assert (clone / "node_modules" / ".ready").exists() == (not status)


def test_make_test_runs_every_kind_of_check(root):
    planned = subprocess.run(
        ["make", "-n", "-C", str(root), "test"], capture_output=True, text=True, check=True
    ).stdout
    steps = ["ruff check", "ruff format --check", "lint-imports", "mypy"]
    steps += ["pytest -n", "pytest tests/browser"]
    places = [planned.index(step) for step in steps]
    assert places == sorted(places)
