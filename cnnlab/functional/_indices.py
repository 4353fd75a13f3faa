"""Reading and writing at remembered positions: each plane of an (N, C, ...) array is one row."""

import math

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks
from cnnlab.functional._lowering import array_like, batch_last


def checked(function, values, indices, size):
    """Indices as whole numbers in the shape of the values, all inside a plane of ``size``."""
    indices = _checks.array(function, "indices", indices)
    if indices.dtype.kind not in "iu":
        raise ArgumentError(
            f"{function}: indices hold {indices.dtype} data, expected whole numbers.\n"
            "  Fix: pass what max pooling returned with return_indices=True."
        )
    shape = indices.shape if values is None else values.shape
    if indices.shape != shape or shape[:2] != tuple(size[:2]):
        problem = "values, indices and the size of the planes do not belong together."
        shapes = [
            ("values", shape, ""),
            ("indices", indices.shape, ""),
            ("planes", size, "(N, C, ...)"),
        ]
        fix = "pass the indices and the size of the same forward pass."
        raise _checks.misfit(function, problem, fix, *shapes)
    plane = math.prod(size[2:])
    if indices.size and (indices.min() < 0 or indices.max() >= plane):
        raise ArgumentError(
            f"{function}: indices run from {indices.min()} to {indices.max()}, expected 0 to "
            f"{plane - 1} for planes of {tuple(size[2:])}.\n"
            "  Fix: pass the size of the array that the indices point into."
        )
    return indices


def add_at(values, indices, size):
    """Add every value at its position in planes of zeros."""
    planes = array_like(values, size, np.zeros)
    memory, at, values = _in_memory(planes, indices, values)
    np.add.at(memory, at, values)
    return planes


def write_at(values, indices, size):
    """Write every value at its position in planes of zeros."""
    planes = array_like(values, size, np.zeros)
    memory, at, values = _in_memory(planes, indices, values)
    memory[at] = values
    return planes


def read_at(planes, indices):
    """Read the planes at the positions."""
    rows, at = (a.reshape(*a.shape[:2], math.prod(a.shape[2:])) for a in (planes, indices))
    return np.take_along_axis(rows, at, 2).reshape(indices.shape)


def _in_memory(planes, indices, values):
    """The planes as one row of memory, where each index points in it, the values in that order."""
    N, C, *plane = planes.shape
    n, c = np.indices((N, C)).reshape(2, N, C, *[1] * (indices.ndim - 2))
    if batch_last(planes):
        at = (c * math.prod(plane) + indices) * N + n
        planes, at, values = (np.moveaxis(a, 0, -1) for a in (planes, at, values))
    else:
        at = (n * C + c) * math.prod(plane) + indices
    return planes.reshape(-1), at.ravel(), values.ravel()
