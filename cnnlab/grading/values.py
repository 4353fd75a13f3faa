"""Plain values on their way between the judge and the student's process.

None, bool, int, float, str, list, tuple, dict, and arrays of numbers as raw bytes with dtype and
shape, in bounds that hold for who writes as for who reads. Nothing is ever unpickled, and whatever
does not fit exactly is `Malformed`.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnlab.grading.wire import Malformed

DEPTH = 20
ITEMS = 500_000  # of one frame
SIZES_AT_MOST = 10**7  # values of all arrays that carry none: of objects, of texts
SIZE_AT_MOST = 2**40  # of an array's axes but those of no length: NumPy takes no product
ENTRIES = 5_000  # of one dictionary: keys can be chosen so that each is compared with all others
BITS = 8192
KINDS = "biufc"
NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Foreign:
    """Stands for a returned object that is no plain value. Its class has the object's name."""


def encode(value: Any, blobs: list[bytes], special: Callable[[Any], Any] | None = None) -> Any:
    """``value`` as JSON, its arrays appended to ``blobs``; see `Encoder`."""
    return Encoder(blobs).value(value, special)


class Encoder:
    """Writes values into one frame. `Malformed` is what its reader would refuse: no more fits."""

    def __init__(self, blobs: list[bytes]) -> None:
        self.blobs, self.count, self.empty = blobs, 0, 0

    def value(self, value: Any, special: Callable[[Any], Any] | None = None, depth: int = 0) -> Any:
        """``value`` as JSON.

        ``special`` may turn what is no plain value into JSON of its own; it returns None for what
        it does not know either, and that crosses as the name of its class.
        """
        self.count += 1
        if self.count > ITEMS:
            raise Malformed("too many values")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if issubclass(kind, np.generic):
            return self._array(np.asarray(value), "s")
        if issubclass(kind, np.ndarray):
            masked = issubclass(kind, np.ma.MaskedArray) and np.ma.is_masked(value)
            return _foreign(kind) if masked else self._array(np.asarray(value), "a")
        for base, name in ((int, "i"), (float, "f"), (str, "")):
            if issubclass(kind, base):
                return _scalar(value, name)
        if depth < DEPTH and issubclass(kind, (list, tuple, dict)):
            return self._several(value, kind, special, depth + 1)
        found = special(value) if special and depth < DEPTH else None
        return _foreign(kind) if found is None else found

    def _several(
        self, value: Any, kind: type, special: Callable[[Any], Any] | None, depth: int
    ) -> dict[str, Any]:
        """By the built-in's own methods: a subclass may have others."""
        if issubclass(kind, list):
            return {"l": [self.value(v, special, depth) for v in list.__iter__(value)]}
        if issubclass(kind, tuple):
            return {"t": [self.value(v, special, depth) for v in tuple.__iter__(value)]}
        if dict.__len__(value) > ENTRIES:
            raise Malformed("a very large dictionary")
        pairs = [[k, v] for k, v in dict.items(value)]
        return {"d": [[self.value(w, special, depth) for w in pair] for pair in pairs]}

    def _array(self, array: np.ndarray, name: str) -> dict[str, Any]:
        """An array of numbers with its bytes; of anything else, its kind and its shape."""
        shape = list(_shape(list(array.shape)))
        if array.dtype.kind not in KINDS:
            self.empty = _enough(self.empty + array.size)
            return {"z": [array.dtype.kind, shape]}
        if array.dtype.itemsize > (16 if array.dtype.kind == "c" else 8):  # long doubles
            array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self.blobs.append(array.tobytes())
        return {name: [array.dtype.str, shape, len(self.blobs) - 1]}


def _scalar(value: Any, name: str) -> Any:
    """A built-in number or text, by the built-in's own methods: a subclass may have others."""
    if name == "i":
        number = int.__index__(value)
        return number if number.bit_length() <= BITS else _foreign(int)
    if name == "":
        return str.__str__(value)
    real = float.__float__(value)
    return real if math.isfinite(real) else {"f": repr(real)}


def _foreign(kind: type) -> dict[str, Any]:
    return {"o": str(type.__dict__["__name__"].__get__(kind))[:80]}


class Decoder:
    """Reads values out of one frame, with bounds on how many there may be."""

    def __init__(
        self, blobs: list[bytes], special: Callable[[dict[str, Any]], Any] | None = None
    ) -> None:
        self.blobs, self.special, self.count = blobs, special, 0
        self.read: set[int] = set()  # no blob twice: a short frame must not fill the memory
        self.empty = 0

    def value(self, tree: Any, depth: int = 0) -> Any:
        self.count += 1
        if self.count > ITEMS or depth > DEPTH + 1:
            raise Malformed("too many values")
        if isinstance(tree, str):
            return tree.encode("utf-8", "replace").decode()
        if tree is None or isinstance(tree, (bool, int, float)):
            return tree
        if not isinstance(tree, dict) or len(tree) != 1:
            raise Malformed("a value that is none")
        ((name, inner),) = tree.items()
        reader = getattr(self, f"_{name}", None) if len(name) == 1 else None
        if reader is not None:
            return reader(inner, depth)
        if self.special is not None:
            return self.special(tree)
        raise Malformed("a value of an unknown kind")

    def _f(self, inner: Any, _: int) -> float:
        if not isinstance(inner, str) or inner not in NUMBERS:
            raise Malformed("a number that is none")
        return NUMBERS[inner]

    def _l(self, inner: Any, depth: int) -> list[Any]:
        if not isinstance(inner, list):
            raise Malformed("a list that is none")
        return [self.value(item, depth + 1) for item in inner]

    def _t(self, inner: Any, depth: int) -> tuple[Any, ...]:
        return tuple(self._l(inner, depth))

    def _d(self, inner: Any, depth: int) -> dict[Any, Any]:
        pairs = [self._l(pair, depth) for pair in inner] if isinstance(inner, list) else [[]]
        if len(pairs) > ENTRIES or any(len(pair) != 2 for pair in pairs):
            raise Malformed("a dictionary that is none")
        try:
            return dict(pairs)
        except TypeError as error:
            raise Malformed("a key that cannot be one") from error

    def _a(self, inner: Any, _: int) -> np.ndarray:
        if not isinstance(inner, list) or len(inner) != 3:
            raise Malformed("an array that is none")
        dtype, shape = _dtype(inner[0]), _shape(inner[1])
        index = inner[2]
        if type(index) is not int or not 0 <= index < len(self.blobs) or index in self.read:
            raise Malformed("an array without its bytes")
        self.read.add(index)
        if math.prod(shape) * dtype.itemsize != len(self.blobs[index]):
            raise Malformed("an array of another length")
        return np.frombuffer(self.blobs[index], dtype).reshape(shape).copy()

    def _s(self, inner: Any, depth: int) -> Any:
        array = self._a(inner, depth)
        if array.ndim:
            raise Malformed("a number with axes")
        return array[()]

    def _z(self, inner: Any, _: int) -> np.ndarray:
        if not isinstance(inner, list) or len(inner) != 2 or not isinstance(inner[0], str):
            raise Malformed("an array that is none")
        shape = _shape(inner[1])
        self.empty = _enough(self.empty + math.prod(shape))
        return np.empty(shape, "U1" if inner[0] in "SU" else object)

    def _o(self, inner: Any, _: int) -> Foreign:
        name = inner if isinstance(inner, str) and inner.isidentifier() else "object"
        return type(name[:80], (Foreign,), {})()


def _dtype(text: Any) -> np.dtype:
    try:
        dtype = np.dtype(text) if isinstance(text, str) and len(text) <= 4 else None
    except TypeError:
        dtype = None
    if dtype is None or dtype.kind not in KINDS or dtype.itemsize > 16 or dtype.hasobject:
        raise Malformed("an array of something else than numbers")
    return dtype


def _shape(sizes: Any) -> tuple[int, ...]:
    if not isinstance(sizes, list) or len(sizes) > 32:
        raise Malformed("a shape that is none")
    if any(type(n) is not int or n < 0 for n in sizes):
        raise Malformed("an impossible shape")
    if math.prod(n for n in sizes if n) > SIZE_AT_MOST:
        raise Malformed("an impossible shape")
    return tuple(sizes)


def _enough(sizes: int) -> int:
    if sizes > SIZES_AT_MOST:
        raise Malformed("a very large array")
    return sizes
