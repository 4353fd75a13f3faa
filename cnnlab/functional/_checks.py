"""What every function asks of its arguments, and the sentences it answers with."""

import operator
from numbers import Real

import numpy as np

from cnnlab.errors import ArgumentError, ShapeError

WORDS = {
    1: "a whole number",
    2: "a whole number or a pair (down, across)",
    3: "one or three whole numbers",
}


def arrays(function, optional=("bias",), **given):
    """The arguments as arrays of one floating type; names in ``optional`` may stand for None.

    float32 and float64 are kept, integers follow the others, and alone become float64.
    """
    found = {
        name: None if value is None and name in optional else array(function, name, value)
        for name, value in given.items()
    }
    floats = [a.dtype for a in found.values() if a is not None and a.dtype.kind == "f"]
    dtype = np.result_type(*floats, np.float32) if floats else np.dtype(float)
    return [a if a is None or a.dtype == dtype else a.astype(dtype) for a in found.values()]


def array(function, name, value):
    """The argument as an array of real numbers, of whatever type."""
    if value is None:
        raise ArgumentError(
            f"{function}: {name} is None, expected an array.\n"
            f"  Fix: look whether the function that made {name} returns something."
        )
    try:
        found = np.asarray(value)
    except ValueError:
        raise ShapeError(
            f"{function}: the rows of {name} differ in length.\n  Fix: make them equally long."
        ) from None
    if found.dtype.kind not in "fiub":
        raise ArgumentError(
            f"{function}: {name} holds {found.dtype} data, expected real numbers.\n"
            f"  Fix: convert it first, for example with np.asarray({name}, float)."
        )
    return found


def misfit(function, problem, fix, *shapes):
    """A ShapeError that shows each array as (name, shape, letters)."""
    lines = [f"{function}: {problem}"]
    width = max((len(name) for name, _, _ in shapes), default=0)
    for name, shape, letters in shapes:
        lines.append(f"  {name:<{width}}  {tuple(shape)}  {letters}".rstrip())
    return ShapeError("\n".join([*lines, f"  Fix: {fix}"]))


def axes(function, name, array, letters):
    """``array`` has as many axes as ``letters``, such as (N, C, H, W)."""
    wanted = letters.count(",") + (not letters.endswith(",)"))
    if array.ndim != wanted:
        fix = f"reshape {name} to the axes {letters}."
        if array.ndim == wanted - 2:
            fix = f"add the missing axes with {name}[None, None]."
        elif array.ndim == wanted - 1:
            fix = f"add the missing axis, for example with {name}[None]."
        problem = f"{name} has {_count(array.ndim, 'axis', 'axes')}, expected {wanted}."
        raise misfit(function, problem, fix, (name, array.shape, f"expected {letters}"))


def same_shape(function, first, second):
    """Two (name, array) that must agree in shape."""
    (one, a), (other, b) = first, second
    if a.shape != b.shape:
        problem = f"{one} and {other} differ in shape."
        fix = f"give them the same shape; {other} belongs to the same forward pass as {one}."
        raise misfit(function, problem, fix, (one, a.shape, ""), (other, b.shape, ""))


def whole(function, name, value, count, least):
    """``count`` whole numbers of at least ``least``; one number stands for all."""
    if type(value) is int and value >= least:
        return (value,) * count  # nearly every call: small networks feel the rest
    values = value if isinstance(value, (tuple, list, np.ndarray)) else (value,) * count
    try:
        if any(isinstance(number, (bool, np.bool_)) for number in values):
            raise TypeError
        found = tuple(operator.index(number) for number in values)
    except TypeError:
        found = ()
    if len(found) != max(count, 1) or min(found) < least:
        example, words = max(least, 1), WORDS.get(count, "whole numbers")
        raise ArgumentError(
            f"{function}: {name} is {value!r}, expected {words} of at least {least}.\n"
            f"  Fix: write for example {name}={example}."
        )
    return found


def real(function, name, value, least, most, *, open_end=False):
    """A real number between two bounds."""
    good = isinstance(value, Real) and not isinstance(value, bool) and least <= value <= most
    if not good or (open_end and value == most):
        raise ArgumentError(
            f"{function}: {name} is {value!r}, expected a number from {least:g} to {most:g}"
            f"{' (not included)' if open_end else ''}.\n  Fix: choose {name} in that range."
        )
    return value


def choice(function, name, value, options):
    """One word out of several."""
    if not isinstance(value, str) or value not in options:
        words = ", ".join(repr(option) for option in options)
        raise ArgumentError(
            f"{function}: {name} is {value!r}, expected one of {words}.\n"
            f"  Fix: write for example {name}={options[0]!r}."
        )
    return value


def size(function, name, value, letters):
    """A shape given as whole numbers of at least 0; dots in ``letters`` stand for any axes."""
    count = letters.count(",") + (not letters.endswith(",)"))
    try:
        found = tuple(operator.index(number) for number in value)
    except TypeError:
        found = ()
    fits = len(found) > 0 if "..." in letters else len(found) == count
    if not fits or min(found) < 0:
        raise ArgumentError(
            f"{function}: {name} is {value!r}, expected whole numbers {letters}.\n"
            f"  Fix: pass the shape of the array, for example x.shape."
        )
    return found


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"
