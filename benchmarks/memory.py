"""Peak memory of a forward pass, beyond its input and its output, as NumPy reports it."""

import tracemalloc
from collections.abc import Callable

import numpy as np

from benchmarks.rows import Bar

BAR = Bar(must=8.0, aim=4.0)


def peak_megabytes(run: Callable[[], np.ndarray]) -> float:
    """The most memory that was held at any time, less the result, in millions of bytes."""
    run()
    tracemalloc.start()
    try:
        result = run()
        return (tracemalloc.get_traced_memory()[1] - result.nbytes) / 1e6
    finally:
        tracemalloc.stop()
