"""Reading IDX files, the form in which MNIST and its relatives are published."""

import gzip
import zlib
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnlab.errors import ArgumentError

UNSIGNED_BYTES = 0x08


def read_idx(path: str | Path) -> npt.NDArray[np.uint8]:
    """The array in a gzipped IDX file of unsigned bytes.

    Such a file begins with two zeros, the code of the type (8) and the number of axes, one byte
    each. Then comes the length of each axis in four bytes, the highest first, and then the array.

    Shapes: as the file says, for example (60000, 28, 28) for images and (60000,) for labels.

    Raises
    ------
    ArgumentError
        The file is not compressed by gzip, breaks off, or does not hold such an array.

    References
    ----------
    Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits", file formats.
    """
    try:
        with gzip.open(path) as file:
            data = file.read()
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise ArgumentError(
            f"read_idx: {path} is no whole gzip file ({error}). Delete it and get it anew."
        ) from None
    if len(data) < 4 or data[:3] != bytes([0, 0, UNSIGNED_BYTES]):
        raise ArgumentError(
            f"read_idx: {path} holds no IDX array of unsigned bytes; it begins with "
            f"{data[:4].hex(' ') or 'nothing'}, expected 00 00 08."
        )
    start = 4 + 4 * data[3]
    lengths = np.frombuffer(data[4:start][: 4 * ((len(data) - 4) // 4)], dtype=">u4").tolist()
    if len(lengths) < data[3] or len(data) != start + prod(lengths):
        expected = f"{start + prod(lengths)} bytes" if len(lengths) == data[3] else "more"
        raise ArgumentError(
            f"read_idx: {path} has {len(data)} bytes when unpacked, expected {expected}. "
            "Delete it and get it anew."
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(lengths).copy()
