"""The small assignment's manifest, made by hand, and shared graded classes."""

import pytest

from cnnlab.grading.manifest import build
from tests.grading import small


@pytest.fixture(scope="session")
def manifest():
    """The small assignment as the grader sees it, built without nbgrader."""
    sources = {
        "imports": "import math",
        "total-check": small.TOTAL_CHECK,
        "mean-check": small.MEAN_CHECK,
        "open-check": small.OPEN_CHECK,
    }
    return build(small.NAME, small.NAME, small.released(), sources, "0" * 64)
