"""Examples in docstrings may write ``np`` for NumPy, as everybody does."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _examples_know_numpy(doctest_namespace):
    doctest_namespace["np"] = np
