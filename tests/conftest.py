"""What every test shares: a seeded generator, and components that CI must have."""

import os
import shutil
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


def _require(program, remedy):
    """The path of a program; where it is missing, CI fails and a laptop skips with the remedy."""
    path = shutil.which(program)
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
