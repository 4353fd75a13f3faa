"""A release of a small course, the next one, and a student's folder."""

import pytest

from tests.workspace.small import make_course


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "release", lesson="one", second="two", exercise="ask")


@pytest.fixture
def newer(tmp_path):
    """The next release: the first lesson is better, and there is a third."""
    root = make_course(tmp_path / "next", lesson="one, better", second="two", exercise="ask")
    (root / "notebooks" / "03_edges.ipynb").write_text("three", encoding="utf-8")
    return root


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mine"
