"""The doctor finds what is missing, says who needs it and how to get it."""

import importlib.metadata
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

import cnnlab
from cnnlab import cli, doctor, workspace


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course is in place, whether or not the real one is."""
    lesson = tmp_path / "course" / "notebooks" / "01_pixels.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.touch()
    monkeypatch.setattr(workspace, "course_root", lambda: lesson.parent.parent)


def find(name):
    (found,) = [finding for finding in doctor.examine() if finding.name == name]
    return found


def run(*arguments):
    return CliRunner().invoke(cli.main, ["doctor", *arguments])


def test_every_dependency_is_looked_for():
    names = {finding.name for finding in doctor.examine()}
    requirements = [Requirement(line) for line in importlib.metadata.requires("cnnlab")]
    wanted = {r.name for r in requirements if not r.marker or 'extra == "dev"' in str(r.marker)}
    assert {"numpy", "jupyterlab", "pytest"} < wanted
    programs = {"bubblewrap", "Node.js", "Chromium", "podman", "PostgreSQL"}
    assert wanted | {"Python", "course"} | programs == names


def test_healthy_machine(course):
    result = run()
    assert result.exit_code == 0, result.output
    assert "All that a student needs is here." in result.output
    assert f"cnnlab {cnnlab.__version__}" in result.output
    assert "pytest" not in result.output
    assert "pytest" in run("--for", "maintainer").output


def test_missing_package_is_named_with_the_command_that_brings_it(course, monkeypatch):
    real = importlib.metadata.version

    def version(name):
        if name == "anywidget":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    result = run()
    assert result.exit_code == 4
    assert f'{sys.executable} -m pip install "anywidget<0.12,>=0.9.18"' in result.output
    assert result.output.splitlines()[-1].endswith("how to mend: anywidget")


@pytest.mark.parametrize(
    ("version", "problem"), [("2.4.99", ""), ("1.26.4", "must be <3,>=2.2"), ("3.0", "must be")]
)
def test_version_outside_the_range_is_a_problem_and_an_untested_one_a_remark(
    course, monkeypatch, version, problem
):
    real = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: version if name == "numpy" else real(name)
    )
    assert find("numpy").problem.startswith(problem)
    assert bool(find("numpy").problem) == bool(problem)
    result = run()
    assert result.exit_code == (4 if problem else 0)
    assert problem or f"tested with {find('numpy').tested}" in result.output


def program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_programs_are_asked_for_their_version(tmp_path, monkeypatch):
    program(tmp_path, "bwrap", "echo bubblewrap 0.8.0")
    program(tmp_path, "node", "echo v20.20.2; exit 1")
    monkeypatch.setattr(doctor.shutil, "which", _which_in(tmp_path))
    assert (find("bubblewrap").found, find("bubblewrap").problem) == ("0.8.0", "")
    assert find("Node.js").problem == "does not tell its version"
    assert find("Chromium").problem == "is missing"


def _which_in(folder):
    return lambda name, path=None: str(folder / name) if (folder / name).exists() else None


@pytest.mark.parametrize(
    ("role", "status", "names"),
    [
        ("student", 0, ""),
        ("teacher", 4, "bubblewrap"),
        ("maintainer", 4, "bubblewrap, Node.js, Chromium, podman, PostgreSQL"),
    ],
)
def test_who_needs_a_program_decides_the_status(course, monkeypatch, role, status, names):
    monkeypatch.setattr(doctor.shutil, "which", lambda name, path=None: None)
    result = run("--for", role)
    assert result.exit_code == status
    assert result.output.splitlines()[-1].endswith(f"mend: {names}" if names else "needs is here.")
    assert "for teachers: grading in a sandbox; to mend: apt install bubblewrap" in result.output


def test_database_is_found_where_debian_keeps_it(tmp_path, monkeypatch):
    program(tmp_path, "initdb", "echo 'initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'")
    monkeypatch.setenv("PATH", "")
    assert find("PostgreSQL").role == "maintainer"
    monkeypatch.setattr(doctor, "_off_the_path", lambda: str(tmp_path))
    assert (find("PostgreSQL").found, find("PostgreSQL").problem) == ("15.18", "")


def test_windows_cannot_grade_and_is_told_what_can(course, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(sys, "platform", "win32")
    result = run("--for", "teacher")
    assert result.exit_code == 4
    assert "Grading needs Linux or macOS; on Windows use the Windows" in result.output


def test_missing_course_is_a_students_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(cnnlab, "__file__", str(tmp_path / "cnnlab" / "__init__.py"))
    assert doctor.tested_versions() == {}
    assert [finding.name for finding in doctor.needed_by("student", doctor.examine())] == ["course"]


def test_tested_versions_are_the_pins():
    pins = doctor.tested_versions()
    root = Path(cnnlab.__file__).parents[1]
    assert len(pins) == len((root / "constraints.txt").read_text(encoding="utf-8").split())
    assert "scikit-learn" in pins
    assert "jupyterlab-widgets" in pins
