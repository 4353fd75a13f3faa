"""Every figure that a test opens is closed after it, and matplotlib's settings are untouched."""

import pytest
from matplotlib import pyplot as plt


@pytest.fixture(autouse=True)
def _no_traces():
    before = dict(plt.rcParams)
    yield
    plt.close("all")
    assert dict(plt.rcParams) == before
