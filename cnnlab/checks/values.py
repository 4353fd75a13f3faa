"""Read what a student's function returned, without trusting it.

An answer becomes a plain float64 array of our own, or a sentence on what it is instead. Objects
are judged by their real type: one that claims to be an array, or equal to everything, gains
nothing.
"""

import numbers
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

ARRAY, NUMBER, LIST, INTEGER = "array", "number", "list", "integer"
KINDS = {
    ARRAY: "a NumPy array",
    NUMBER: "one number",
    LIST: "a list or a NumPy array",
    INTEGER: "a whole number",
}
SIZE_AT_MOST = 100_000  # values; exercises compare far fewer
DEPTH_AT_MOST = 4  # lists inside lists
TOLERANCE = 1e-5  # float32 passes, and so does any order of summation
NUMERIC = "biuf"  # NumPy's kinds of dtype that hold real numbers
_NUMBERS = (int, float, np.generic)


class Several:
    """An answer of several values in a fixed order: ``Several(grad_input=ARRAY, loss=NUMBER)``."""

    def __init__(self, **kinds: str) -> None:
        self.kinds = kinds

    def __str__(self) -> str:
        names = [f"`{name}`" for name in self.kinds]
        count = COUNTS.get(len(names), str(len(names)))
        return f"{count} values: {', '.join(names[:-1])} and {names[-1]}"


Asked = str | Several
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def in_words(asked: Asked) -> str:
    """What an exercise asks for: "a NumPy array", "two values: `loss` and `grad`"."""
    return str(asked) if isinstance(asked, Several) else KINDS[asked]


def names_of(asked: Asked) -> tuple[str, ...]:
    """The names of an answer's values; a single value has none."""
    return tuple(asked.kinds) if isinstance(asked, Several) else ("",)


@dataclass(frozen=True)
class Reading:
    """A returned value: ``problem`` says why it has the wrong type, or is empty.

    An answer of several values has ``parts``, in order. ``exact`` is a count: near is wrong.
    """

    problem: str = ""
    shape: tuple[int, ...] = ()
    array: np.ndarray | None = None
    parts: "tuple[Reading, ...]" = ()
    exact: bool = False

    @property
    def nothing(self) -> bool:
        return self.problem == NOTHING

    @property
    def pieces(self) -> "tuple[Reading, ...]":
        return self.parts or (self,)


NOTHING = "nothing (None)"
WITH_POINT = "a number with a decimal point"


def read(value: object, asked: Asked) -> Reading:
    """``value`` as what the exercise asked for: one of `KINDS`, or `Several` of them."""
    if value is None:
        return Reading(problem=NOTHING)
    if isinstance(asked, Several):
        return _read_several(value, asked)
    reading = _read_one(value, asked)
    return replace(reading, exact=True) if asked == INTEGER else reading


def _read_several(value: object, asked: Several) -> Reading:
    if not issubclass(type(value), (tuple, list)):
        kind = "an array" if issubclass(type(value), np.ndarray) else describe(value)
        if issubclass(type(value), _NUMBERS):
            kind = "one number"
        return Reading(problem=kind)
    items = _items(value)
    if len(items) != len(asked.kinds):
        values = "value" if len(items) == 1 else "values"
        return Reading(problem=f"{len(items) or 'no'} {values}")
    parts = tuple(read(v, kind) for v, kind in zip(items, asked.kinds.values(), strict=True))
    for name, part in zip(asked.kinds, parts, strict=True):
        if part.problem:
            return Reading(f"{part.problem} as `{name}`", parts=parts)
    return Reading(parts=parts)


def _read_one(value: object, asked: str) -> Reading:
    kind = type(value)
    if issubclass(kind, np.ndarray):
        return _read_array(value, asked)
    if issubclass(kind, _NUMBERS):
        return _read_number(value, asked)
    if issubclass(kind, (list, tuple)) and asked == LIST:
        return _read_list(value)
    return Reading(problem=describe(value))


def close(got: np.ndarray, want: np.ndarray, exact: bool = False) -> np.ndarray:
    """For each value: is it right, up to rounding? Shapes must agree."""
    if exact:
        return np.asarray(got == want)
    with np.errstate(all="ignore"):
        scale = np.max(np.abs(want), initial=0.0)
        return np.asarray(np.abs(got - want) <= TOLERANCE * (scale + np.abs(want)))


def class_name(value: object) -> str:
    """The name of the value's class, even if its metaclass hides it."""
    return str(type.__dict__["__name__"].__get__(type(value)))[:80]


def _read_array(value: Any, asked: str) -> Reading:
    if issubclass(type(value), np.ma.MaskedArray) and np.ma.is_masked(value):
        return Reading(problem="a masked array, which hides some of its values")
    array = np.asarray(value)  # of a subclass, the plain array below it
    if array.dtype.kind not in NUMERIC:
        return Reading(problem=f"an array of {_contents(array.dtype)}")
    if asked in (NUMBER, INTEGER) and array.ndim:
        return _copied(array, f"an array of {array.size} numbers, shape {array.shape}")
    if asked == INTEGER and array.dtype.kind == "f":
        return _copied(array, WITH_POINT)
    if asked not in (NUMBER, INTEGER) and not array.ndim:
        return _copied(array, "one number")
    return _copied(array, "")


def _copied(array: np.ndarray, problem: str) -> Reading:
    """Our own copy, if it is of a size that an exercise may ask for."""
    if array.size > SIZE_AT_MOST:
        return Reading(problem, array.shape)
    with np.errstate(all="ignore"):
        return Reading(problem, array.shape, np.array(array, dtype=np.float64, order="C"))


def _read_number(value: Any, asked: str) -> Reading:
    if issubclass(type(value), np.generic):
        return _read_array(np.asarray(value), asked)
    try:
        # The built-in's own method: a subclass may have put another in its place.
        real = int.__index__(value) if issubclass(type(value), int) else float.__float__(value)
        number = float(real)
    except OverflowError:
        number = float("inf")
    problem = "" if asked in (NUMBER, INTEGER) else "one number"
    if asked == INTEGER and issubclass(type(value), float):
        problem = WITH_POINT
    return Reading(problem, array=np.array(number))


def _read_list(value: Any) -> Reading:
    """Lists are walked, not handed to NumPy: only real numbers in equal rows will do."""
    shape: list[int] = []
    level = [value]
    while level and all(issubclass(type(v), (list, tuple, np.ndarray)) for v in level):
        rows = [_items(v) for v in level]
        if len({len(row) for row in rows}) > 1:
            return Reading(problem="a list whose rows differ in length")
        shape.append(len(rows[0]))
        level = [v for row in rows for v in row]
        if len(level) > SIZE_AT_MOST or len(shape) > DEPTH_AT_MOST:
            return Reading(problem="a very large list")
    readings = [_read_number(v, NUMBER) for v in level if issubclass(type(v), _NUMBERS)]
    found = [r.array for r in readings if r.array is not None]
    if len(found) < len(level):
        return Reading(problem="a list that holds other things than numbers")
    array = np.array(found, dtype=np.float64).reshape(shape)
    return Reading(shape=array.shape, array=array)


def _items(value: Any) -> list[Any]:
    """The items that are really there, whatever a subclass says when it is iterated."""
    for base in (list, tuple):
        if issubclass(type(value), base):
            return list(base.__iter__(value))
    plain = np.asarray(value)
    return list(plain) if plain.ndim else [plain[()]]


def _contents(dtype: np.dtype) -> str:
    return {
        "c": "complex numbers",
        "O": "Python objects",
        "S": "texts",
        "U": "texts",
    }.get(dtype.kind, "something other than numbers")


def describe(value: object) -> str:
    """What a value is, for a sentence: "a list", "a value of type Tensor"."""
    kind = type(value)
    for classes, sentence in _OTHER_KINDS.items():
        if issubclass(kind, classes):
            return sentence
    return f"a value of type {class_name(value)}"


_OTHER_KINDS: dict[Any, str] = {
    np.ndarray: "an array",
    str: "a text",
    list: "a list",
    tuple: "a tuple",
    dict: "a dictionary",
    type(_ for _ in ()): "a generator",
    type(abs): "a function",
    type(lambda: 0): "a function",
    numbers.Complex: "a complex number",
}
