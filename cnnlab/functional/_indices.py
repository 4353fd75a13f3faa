"""Reading and writing at remembered positions: each plane of an (N, C, ...) array is one row."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks


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
    plane = int(np.prod(size[2:]))
    if indices.size and (indices.min() < 0 or indices.max() >= plane):
        raise ArgumentError(
            f"{function}: indices run from {indices.min()} to {indices.max()}, expected 0 to "
            f"{plane - 1} for planes of {tuple(size[2:])}.\n"
            "  Fix: pass the size of the array that the indices point into."
        )
    return indices


def add_at(values, indices, size):
    """Add every value at its position in planes of zeros."""
    planes = np.zeros(size, values.dtype)
    np.add.at(planes.reshape(-1), _flat(indices, size), values.ravel())
    return planes


def write_at(values, indices, size):
    """Write every value at its position in planes of zeros."""
    planes = np.zeros(size, values.dtype)
    planes.reshape(-1)[_flat(indices, size)] = values.ravel()
    return planes


def read_at(planes, indices):
    """Read the planes at the positions."""
    return planes.reshape(-1)[_flat(indices, planes.shape)].reshape(indices.shape)


def _flat(indices, size):
    """Positions in the planes as positions in the whole array."""
    starts = np.arange(size[0] * size[1]) * int(np.prod(size[2:]))
    return (indices.reshape(len(starts), int(np.prod(indices.shape[2:]))) + starts[:, None]).ravel()
