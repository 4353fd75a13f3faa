"""What every test shares: a seeded generator, and components that CI must have."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def rng():
    return np.random.default_rng(20261121)


@pytest.fixture(scope="session")
def root():
    """The repository's folder."""
    return ROOT


def _require(program, remedy, folders=None):
    """The path of a program; where it is missing, CI fails and a laptop skips with the remedy."""
    path = shutil.which(program, path=folders)
    if path is None:
        message = f"{program} is not installed; {remedy}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def chromium():
    return _require("chromium", "install Debian's package chromium")


@pytest.fixture(scope="session")
def node():
    return _require("node", "install Node.js 18 or newer")


@pytest.fixture(scope="session")
def node_modules(node):
    """The folder of the npm packages that package-lock.json names."""
    folder = ROOT / "node_modules"
    if not (folder / "esbuild").is_dir():
        _require("npm", "install npm")
        pytest.fail("npm's packages are not installed; run: make -B node_modules/.ready")
    return folder


@pytest.fixture(scope="session")
def bubblewrap():
    return _require("bwrap", "install Debian's package bubblewrap")


@pytest.fixture(scope="session")
def postgresql_programs():
    """The folder of PostgreSQL's programs; Debian keeps those of the server off the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    folders = os.pathsep.join([*map(str, reversed(versions)), os.environ["PATH"]])
    return Path(_require("initdb", "install Debian's package postgresql", folders)).parent


@pytest.fixture(scope="session")
def podman(tmp_path_factory):
    """Asks podman, with a store of its own for this run; returns what it prints."""
    program = _require("podman", "install Debian's packages podman and runc")
    folder = tmp_path_factory.mktemp("podman")
    runtime = "runc" if shutil.which("runc") else "crun"
    (folder / "containers.conf").write_text(
        f'[engine]\nruntime = "{runtime}"\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\n'
    )
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{folder}/store"\nrunroot = "{folder}/run"\n'
    )

    def ask(*words):
        ran = subprocess.run([program, *words], capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_CONF", str(folder / "containers.conf"))
        patch.setenv("CONTAINERS_STORAGE_CONF", str(folder / "storage.conf"))
        yield ask
        ask("rm", "--all", "--force")
