"""What crosses between the judge and the student's process: frames that carry plain values.

A frame is the length of a header (4 bytes, big-endian), the header (JSON), and the raw bytes that
its entry ``b`` lists by length. Values are None, bool, int, float, str, list, tuple, dict, and
arrays of numbers as raw bytes with dtype and shape. Nothing is ever unpickled, and whatever does
not fit exactly is `Malformed`.
"""

import json
import math
import os
import select
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np

LENGTH = struct.Struct(">I")
HEADER_BYTES = 40 * 2**20
BLOB_BYTES = 64 * 2**20
BLOBS = 100_000
DEPTH = 20
ITEMS = 500_000
SIZES_AT_MOST = 10**7  # values of all arrays that carry none: of objects, of texts
ENTRIES = 5_000  # of one dictionary: keys can be chosen so that each is compared with all others
BITS = 8192
KINDS = "biufc"
CHUNK = 2**20
SLICE = 0.05  # seconds between two looks while waiting
NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Malformed(Exception):
    """A frame or a value that does not follow the rules."""


class OutOfTime(Exception):
    """Nothing came, or nothing could be sent, in time."""


class Foreign:
    """Stands for a returned object that is no plain value. Its class has the object's name."""


class Channel:
    """Frames over a pair of file descriptors; nothing waits longer than it was told to.

    ``whole`` is false where a frame was left half read or half written.
    """

    def __init__(self, reader: int, writer: int) -> None:
        self.reader, self.writer = reader, writer
        self.whole = True
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)

    def send(
        self, header: dict[str, Any], blobs: list[bytes] | None = None, seconds: float | None = None
    ) -> None:
        """Send one frame.

        Raises OutOfTime, OSError when the other side is gone, and Malformed, with nothing sent,
        for more than a frame takes.
        """
        blobs = blobs or []
        sizes = [len(blob) for blob in blobs]
        text = json.dumps({**header, "b": sizes}).encode()
        if len(text) > HEADER_BYTES or len(sizes) > BLOBS or sum(sizes) > BLOB_BYTES:
            raise Malformed("more than a frame takes")
        self.send_raw(b"".join([LENGTH.pack(len(text)), text, *blobs]), seconds)

    def send_raw(self, frame: bytes, seconds: float | None = None) -> None:
        """Send a whole frame as it came."""
        view, end = memoryview(frame), _end(seconds)
        self.whole = False
        while view:
            try:
                view = view[os.write(self.writer, view[:CHUNK]) :]
            except BlockingIOError:
                _wait([], [self.writer], end)
        self.whole = True

    def receive(self, seconds: float | None = None) -> tuple[dict[str, Any], list[bytes]]:
        """The next frame. Raises Malformed, OutOfTime, or EOFError when the other side is gone."""
        return parse(self.receive_raw(seconds))

    def wait(self, seconds: float) -> None:
        """Wait until a frame begins. Raises OutOfTime when time is up."""
        end = _end(seconds)
        while not select.select([self.reader], [], [], 0)[0]:
            _wait([self.reader], [], end)

    def receive_raw(self, seconds: float | None = None) -> tuple[bytes, bytes]:
        """The next frame's header and the bytes behind it, its lengths checked and no more."""
        end = _end(seconds)
        self.whole = False
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size, end))
        if length > HEADER_BYTES:
            raise Malformed(f"a header of {length} bytes")
        header = self._exactly(length, end)
        rest = self._exactly(sum(_lengths(_object(header))), end)
        self.whole = True
        return header, rest

    def _exactly(self, count: int, end: float | None) -> bytes:
        found = bytearray()
        while len(found) < count:
            try:
                chunk = os.read(self.reader, min(CHUNK, count - len(found)))
            except BlockingIOError:
                _wait([self.reader], [], end)
                continue
            except ConnectionError as error:
                raise EOFError from error
            if not chunk:
                raise EOFError
            found += chunk
        return bytes(found)


def whole(raw: tuple[bytes, bytes]) -> bytes:
    """A frame as it went over the wire, from what `Channel.receive_raw` gave."""
    header, rest = raw
    return LENGTH.pack(len(header)) + header + rest


def parse(raw: tuple[bytes, bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """A frame's header as a dictionary, and its blobs."""
    header, blobs, start = _object(raw[0]), [], 0
    for length in _lengths(header):
        blobs.append(raw[1][start : start + length])
        start += length
    return header, blobs


def _end(seconds: float | None) -> float | None:
    return None if seconds is None else time.monotonic() + seconds


def _wait(readers: list[int], writers: list[int], end: float | None) -> None:
    """Wait a slice, or less."""
    left = SLICE if end is None else end - time.monotonic()
    if left <= 0:
        raise OutOfTime
    select.select(readers, writers, [], min(left, SLICE))


def _object(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise Malformed("a header that is not an object")
    return header


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _lengths(header: dict[str, Any]) -> list[int]:
    lengths = header.get("b")
    if not isinstance(lengths, list) or len(lengths) > BLOBS:
        raise Malformed("no list of lengths")
    if any(type(n) is not int or n < 0 for n in lengths) or sum(lengths) > BLOB_BYTES:
        raise Malformed("impossible lengths")
    return lengths


def encode(
    value: Any, blobs: list[bytes], special: Callable[[Any], Any] | None = None, depth: int = 0
) -> Any:
    """``value`` as JSON, its arrays appended to ``blobs``.

    ``special`` may turn what is no plain value into JSON of its own; it returns None for what it
    does not know either, and that crosses as the name of its class.
    """
    kind = type(value)
    if value is None or kind is bool:
        return value
    if issubclass(kind, np.generic):
        return _array(np.asarray(value), blobs, "s")
    if issubclass(kind, np.ndarray):
        masked = issubclass(kind, np.ma.MaskedArray) and np.ma.is_masked(value)
        return _foreign(kind) if masked else _array(np.asarray(value), blobs, "a")
    for base, name in ((int, "i"), (float, "f"), (str, "")):
        if issubclass(kind, base):
            return _scalar(value, name)
    if depth >= DEPTH:
        return _foreign(kind)
    if issubclass(kind, list):
        return {"l": [encode(v, blobs, special, depth + 1) for v in list.__iter__(value)]}
    if issubclass(kind, tuple):
        return {"t": [encode(v, blobs, special, depth + 1) for v in tuple.__iter__(value)]}
    if issubclass(kind, dict):
        pairs = ((k, v) for k, v in dict.items(value))
        return {"d": [[encode(w, blobs, special, depth + 1) for w in pair] for pair in pairs]}
    found = special(value) if special else None
    return _foreign(kind) if found is None else found


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


def _array(array: np.ndarray, blobs: list[bytes], name: str) -> dict[str, Any]:
    """An array of numbers with its bytes; of anything else, what it is made of and its shape."""
    if array.dtype.kind not in KINDS:
        return {"z": [array.dtype.kind, list(array.shape)]}
    if array.dtype.itemsize > (16 if array.dtype.kind == "c" else 8):  # long doubles
        array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    blobs.append(array.tobytes())
    return {name: [array.dtype.str, list(array.shape), len(blobs) - 1]}


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
        self.empty += math.prod(shape)
        if self.empty > SIZES_AT_MOST:
            raise Malformed("a very large array")
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
    if any(type(n) is not int or not 0 <= n < 2**40 for n in sizes):
        raise Malformed("an impossible shape")
    return tuple(sizes)
