"""What a network has learnt, as an .npz file of plain arrays: no pickle, so nothing can run."""

import io
import zipfile
from pathlib import Path

import numpy as np

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.files import write_bytes

Arrays = dict[str, np.ndarray]


def save(arrays: Arrays, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write the arrays to ``path``, whole or not at all, and return the path with its suffix.

    Raises: `ArgumentError` if the file exists and ``overwrite`` is not True, or the folder does
    not exist.
    """
    target = Path(path)
    if target.suffix != ".npz":
        target = target.with_name(target.name + ".npz")
    if target.exists() and not overwrite:
        raise ArgumentError(f"{target} exists already. Choose another name, or overwrite=True.")
    if not target.parent.is_dir():
        raise ArgumentError(f"There is no folder {target.parent}. Make it first.")
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    write_bytes(target, buffer.getvalue())
    return target


def load(path: str | Path, expected: dict[str, tuple[int, ...]]) -> Arrays:
    """Read arrays of the expected names and shapes.

    Raises: `ArgumentError` if the file is missing or is no such file; `ShapeError` if it holds
    another network.
    """
    source = Path(path)
    if not source.exists():
        raise ArgumentError(f"There is no file {source}.")
    try:
        with np.load(source, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except (ValueError, OSError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise ArgumentError(f"{source} holds no saved network: {error}.") from None
    if found.keys() != expected.keys():
        raise ShapeError(
            f"{source} belongs to another network: it holds {_names(found)}, "
            f"this one has {_names(expected)}."
        )
    for name, shape in expected.items():
        if found[name].shape != shape:
            raise ShapeError(
                f"{source} belongs to another network: its {name} is {found[name].shape}, "
                f"this one's is {shape}."
            )
    return found


def _names(arrays: dict) -> str:
    return ", ".join(arrays) or "nothing"
