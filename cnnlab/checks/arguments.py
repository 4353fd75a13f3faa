"""What a student's function is given, and whether it comes back as it was.

Arguments are arrays and numbers, and also lists and dictionaries of arrays, functions, random
generators and small objects.
"""

import copy
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


def copies(arguments: T) -> T:
    """Fresh copies for one call. A generator is copied too, so that each call draws the same."""
    return copy.deepcopy(arguments)


def unchanged(before: Any, after: Any) -> bool:
    """Is an argument what it was: type, shape, dtype and every value?

    A random generator may have been drawn from: that is what it is for.
    """
    if type(before) is not type(after):
        return False
    if isinstance(before, np.ndarray):
        same_form = before.shape == after.shape and before.dtype == after.dtype
        return same_form and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, np.random.Generator):
        return True
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(unchanged, before, after))
    if isinstance(before, dict):
        return list(before) == list(after) and all(unchanged(before[k], after[k]) for k in before)
    if before is after:
        return True
    if hasattr(before, "__dict__") and not isinstance(before, type):
        return unchanged(vars(before), vars(after))
    return bool(before == after)


def key(value: Any) -> Any:
    """What an argument is, as something that can be looked up in a dictionary."""
    if isinstance(value, np.ndarray):
        return (value.shape, value.dtype.str, value.tobytes())
    if isinstance(value, np.random.Generator):
        return repr(value.bit_generator.state)
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, *map(key, value))
    if isinstance(value, dict):
        return tuple((name, key(item)) for name, item in value.items())
    if hasattr(value, "__dict__") and not callable(value):
        return key(vars(value))
    return repr(value)


def describe_argument(value: Any) -> str:
    """Words for an argument that is no table of numbers; "" for one that is."""
    if isinstance(value, np.random.Generator):
        return "a random generator"
    if isinstance(value, str):
        return f'"{value}"'
    if value is None:
        return "None"
    if callable(value):
        return "a function"
    if isinstance(value, (bool, int, float, np.generic, np.ndarray, list, tuple, dict)):
        return ""
    return f"an object of type {type(value).__name__}"
