"""What the tests of error messages share: arrays to be wrong about, and a refusal."""

import numpy as np
import pytest

from cnnlab import functional as F

IMAGES, WEIGHT = np.zeros((8, 3, 28, 28)), np.zeros((16, 3, 5, 5))
LINES, FILTERS = np.zeros((2, 3, 9)), np.zeros((4, 3, 3))
VOLUMES, DEEP = np.zeros((2, 3, 5, 6, 7)), np.zeros((4, 3, 2, 2, 2))
PLANE, ROWS = np.zeros((28, 28)), np.zeros((5, 10))
MAPS = np.zeros((8, 16, 24, 24))
POOLED = np.zeros((8, 3, 14, 14))
INDICES = np.zeros((8, 3, 14, 14), int)
CLASSES = np.zeros(5, int)
LOCAL = np.zeros((24, 24, 16, 3, 5, 5))
C = np.ones(3)


def refused(error, call, sentences):
    """The call fails: the function's name first, the sentences within, a remedy last."""
    with pytest.raises(error) as caught:
        call()
    message = str(caught.value)
    function, _, _ = message.partition(":")
    assert function in F.__all__
    assert message.splitlines()[-1].startswith("  Fix: ")
    for sentence in sentences:
        assert sentence in message
