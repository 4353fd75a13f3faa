"""cnnlab: a course on convolutional neural networks, and the tools to teach and grade it.

``import cnnlab`` loads nothing but this file. A sub-package loads on first use::

    import cnnlab
    cnnlab.plot.show_image(image)      # matplotlib is imported here
"""

import importlib
from types import ModuleType

__version__ = "0.1.0"

SUBPACKAGES = (
    "checks",
    "data",
    "explore",
    "functional",
    "kernels",
    "naive",
    "nn",
    "plot",
    "shapes",
)


def __getattr__(name: str) -> ModuleType:
    if name in SUBPACKAGES:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module 'cnnlab' has no attribute {name!r}; it has {sorted(SUBPACKAGES)}")


def __dir__() -> list[str]:
    return sorted([*globals(), *SUBPACKAGES])
