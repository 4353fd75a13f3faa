"""Look for libraries in a function that should be built from the student's own functions.

This is a flag for the honest, no lock: whoever wants to can hide an import.
"""

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

# They hold ready-made networks, or the digits with their labels.
LIBRARIES = ("cnnlab", "jax", "keras", "mxnet", "sklearn", "tensorflow", "torch")


def refuse(function: Any) -> tuple[str, str] | None:
    """Symptom and hint if ``function``, or one that it calls, uses a library; else None."""
    if not isinstance(function, FunctionType) or _is_ours(function):
        return None
    found = sorted(set(_libraries(function, set())))
    if not found:
        return None
    return (
        f"Your function uses {' and '.join(found)}.",
        "The network should be built from your own functions and NumPy. Which of yours does the "
        "same?",
    )


def _is_ours(function: FunctionType) -> bool:
    return (function.__module__ or "").startswith("cnnlab.checks.")


def _libraries(function: FunctionType, seen: set[int]) -> Iterator[str]:
    """The libraries that a function names, and those of the functions beside it that it calls."""
    if id(function) in seen:
        return
    seen.add(id(function))
    for code in _codes(function.__code__):
        for instruction in dis.get_instructions(code):
            if instruction.opname == "IMPORT_NAME":
                yield from _library(str(instruction.argval))
        for name in code.co_names:
            value = function.__globals__.get(name)
            if isinstance(value, ModuleType):
                yield from _library(value.__name__)
            elif isinstance(value, FunctionType) and value.__globals__ is function.__globals__:
                yield from _libraries(value, seen)
            elif callable(value):
                yield from _library(getattr(value, "__module__", None) or "")


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _library(module: str) -> Iterator[str]:
    root = module.partition(".")[0]
    if root in LIBRARIES:
        yield root
