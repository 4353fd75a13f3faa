"""Packages on this machine that would do an exercise's work, closed inside the sandbox.

A file of ours lies over each of them, so that its import fails with a plain ImportError. As a
script this module prints what there is, for a container with packages of its own.
"""

import json
import sys
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

CLOSED = (
    # convolutions and filters
    *("scipy.signal", "PIL.ImageFilter", "astropy.convolution", "cv2", "SimpleITK", "skimage"),
    *("cupy", "cupyx", "kornia", "mahotas", "pyvips"),
    # networks
    *("torch", "torchgen", "functorch", "torchvision", "tensorflow", "keras", "tf_keras", "jax"),
    *("jaxlib", "flax", "mlx", "mxnet", "onnx", "onnxruntime", "openvino", "paddle", "tinygrad"),
    *("aesara", "pytensor", "theano", "autograd", "lightgbm", "xgboost", "catboost"),
    # what learns, in scikit-learn; its data sets stay
    *(f"sklearn.{name}" for name in ("calibration", "cluster", "cross_decomposition")),
    *(f"sklearn.{name}" for name in ("decomposition", "discriminant_analysis", "ensemble")),
    *(f"sklearn.{name}" for name in ("gaussian_process", "kernel_ridge", "linear_model")),
    *(f"sklearn.{name}" for name in ("mixture", "multiclass", "multioutput", "naive_bayes")),
    *(f"sklearn.{name}" for name in ("neighbors", "neural_network", "semi_supervised", "svm")),
    *("sklearn.tree",),
)
EMPTY = "scipy.ndimage"
"""SciPy's statistics, which scikit-learn's data sets load, import this without using it."""

MODULE, PACKAGE, UNUSED = "module.py", "package", "unused"

RAISES = '''\
"""Closed while student work is graded."""

raise ImportError(f"{__name__} is not available while grading")
'''
RAISES_WHEN_USED = '''\
"""Closed while student work is graded; SciPy itself may import it."""

import sys


def __getattr__(name):
    if name == "_measurements":
        return sys.modules[__name__]
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(f"{__name__} is not available while grading")
'''


def closed(folder: Path, found: dict[str, str] | None = None) -> list[tuple[Path, Path]]:
    """Write the files into ``folder``; returns pairs: what to lay, read-only, over which path.

    ``found`` is what `find` gave where student code runs, if that is not this machine.
    """
    module, package, empty = (folder / "closed" / name for name in (MODULE, PACKAGE, UNUSED))
    for path, text in ((package, RAISES), (empty, RAISES_WHEN_USED)):
        path.mkdir(parents=True, exist_ok=True)
        (path / "__init__.py").write_text(text, encoding="utf-8")
    module.write_text(RAISES, encoding="utf-8")
    pairs = (find() if found is None else found).items()
    return [(folder / "closed" / kind, Path(path)) for path, kind in pairs]


def find() -> dict[str, str]:
    """The paths of the packages here, and what is to be laid over each."""
    found = {str(path): PACKAGE if path.is_dir() else MODULE for path in _installed(CLOSED)}
    return {**found, **{str(path): UNUSED for path in _installed((EMPTY,))}}


def _installed(names: tuple[str, ...]) -> Iterator[Path]:
    """The folders and files of these modules, in every place where Python could look."""
    for place in _places():
        for name in names:
            path = place.joinpath(*name.split("."))
            for suffix in ("", ".py", *EXTENSION_SUFFIXES):
                found = path.with_name(path.name + suffix)
                if found.is_file() if suffix else found.is_dir():
                    yield found


def _places() -> set[Path]:
    """Folders of packages: on the path, of this interpreter, and of the system."""
    homes = {Path(sys.prefix), Path(sys.base_prefix), Path("/usr")}
    found = {Path(entry) for entry in sys.path if entry}
    for home in homes:
        for kind in ("site-packages", "dist-packages"):
            found.update((home / "lib").glob(f"python3*/{kind}"))
    return {path.resolve() for path in found if path.is_dir()}


if __name__ == "__main__":
    print(json.dumps(find()))
