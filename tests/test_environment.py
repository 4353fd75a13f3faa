"""One set of dependencies in three files: pyproject.toml, constraints.txt and environment.yml."""

import platform
import re
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from cnnlab import doctor

# conda-forge splits matplotlib: the base needs no window system.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
# One module over a library of the system; it comes with cnnlab itself, through pip.
PIP_ONLY = {"pyseccomp"}


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def pins(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}


@pytest.fixture(scope="module")
def conda(root):
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))


def declared(project):
    lines = project["dependencies"] + project["optional-dependencies"]["dev"]
    return [Requirement(line) for line in lines]


def test_constraints_hold_names_and_versions_only(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==\d+(\.[a-z0-9]+)*", line), line
    names = [canonicalize_name(line.split("==")[0]) for line in lines]
    assert sorted(set(names)) == sorted(names), "a name stands twice"
    assert lines == sorted(lines, key=str.upper)


def test_every_dependency_is_pinned_inside_its_range(project, pins):
    for need in declared(project):
        assert need.specifier.contains(pins[canonicalize_name(need.name)]), str(need)


def closure(needs):
    """All distributions that ``needs`` bring along on this machine, by installed metadata."""
    seen, waiting = {}, [(need.name, extra) for need in needs for extra in ("", *need.extras)]
    while waiting:
        name, extra = waiting.pop()
        if (canonicalize_name(name), extra) in seen:
            continue
        seen[canonicalize_name(name), extra] = metadata.version(name)
        for line in metadata.requires(name) or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(need.name, wanted) for wanted in ("", *need.extras)]
    return {name: version for (name, _), version in seen.items()}


def test_constraints_pin_exactly_what_is_installed_and_needed(project, pins):
    """No dependency of a dependency is left to chance, and no pin outlives its use."""
    needed = closure(declared(project))
    assert {name: pins.get(name) for name in needed} == needed
    # Other Pythons and systems need a little less; the pins are those of the tested one.
    if platform.python_version().startswith(doctor.TESTED_PYTHON) and sys.platform == "linux":
        assert set(pins) - set(needed) == set()


def test_pins_can_be_installed_on_the_oldest_python_we_promise(project):
    """Debian 12 has Python 3.11.2; a pin that asks for 3.11.5 would stop `make lab` there."""
    oldest = min(str(spec.version) for spec in SpecifierSet(project["requires-python"])) + ".0"
    for name in closure(declared(project)):
        wanted = metadata.metadata(name).get("Requires-Python") or ""
        assert SpecifierSet(wanted).contains(oldest), f"{name} asks for Python {wanted}"


def test_conda_users_get_the_same_names_and_ranges(project, conda):
    lines = [line for line in conda["dependencies"] if isinstance(line, str)]
    # python=3.11 is conda's own way to say 3.11.*; the next test looks at it.
    listed = [Requirement(line) for line in lines if not line.startswith("python=")]
    ranges = {need.name: need.specifier for need in listed if need.name != "pip"}
    every = [Requirement(line) for line in project["dependencies"]]
    needs = [need for need in every if need.name not in PIP_ONLY]
    assert ranges == {CONDA_NAMES.get(need.name, need.name): need.specifier for need in needs}


def test_conda_users_get_a_tested_python(project, conda):
    (python,) = [line for line in conda["dependencies"] if str(line).startswith("python=")]
    assert python == f"python={doctor.TESTED_PYTHON}"
    assert SpecifierSet(project["requires-python"]).contains(doctor.TESTED_PYTHON)


def test_conda_file_installs_the_clone_and_names_no_address(root, conda):
    (pip,) = [part["pip"] for part in conda["dependencies"] if isinstance(part, dict)]
    assert pip == ["-e ."]
    assert conda["channels"] == ["conda-forge", "nodefaults"]
    for name in ("environment.yml", "constraints.txt", "pyproject.toml"):
        assert "://" not in (root / name).read_text(encoding="utf-8")
