"""What stands inside the sandbox for parts of the package that students' work must do without."""

from typing import Any

from cnnlab.errors import Unavailable


def refuse(name: str) -> Any:
    """A stand-in for a function, a class or a constant: any use of it raises `Unavailable`.

    >>> refuse("conv2d")
    <`conv2d`: not available while grading>
    """
    return _Refusing(name, (), {"__doc__": _sentence(name), "__slots__": ()})


class _Refusing(type):
    """The type of stand-ins. They are classes, so that student code can name one as a base."""

    def _refuse(cls, *args: Any, **options: Any) -> Any:
        raise Unavailable(
            f"{_sentence(cls.__name__)}: use NumPy, your own functions, and what the notebook "
            "was handed out with"
        )

    __call__ = __getitem__ = __iter__ = __len__ = __contains__ = __array__ = _refuse

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):  # front ends ask every object for hooks of theirs
            raise AttributeError(name)
        return cls._refuse()

    def __repr__(cls) -> str:
        return f"<`{cls.__name__}`: not available while grading>"


class Inert:
    """A stand-in for a check or an explorer: called, it prints one line; it never raises."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **options: Any) -> "Inert":
        print(f"{_sentence(self._name)}.")
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Inert(f"{self._name}.{name}")

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"<{self._name}: not available while grading>"

    def _ipython_display_(self) -> None:
        """Nothing: as the last line of a cell, what was called has said it already."""


def _sentence(name: str) -> str:
    return f"`{name}` is not available while grading"
