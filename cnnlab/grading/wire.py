"""What crosses between the judge and the student's process: frames, which carry `values`.

A frame is the length of a header (4 bytes, big-endian), the header (JSON), and the raw bytes that
its entry ``b`` lists by length. Whatever does not fit exactly is `Malformed`.
"""

import json
import os
import select
import struct
import time
from typing import Any

LENGTH = struct.Struct(">I")
HEADER_BYTES = 40 * 2**20
BLOB_BYTES = 64 * 2**20
BLOBS = 100_000
CHUNK = 2**20
SLICE = 0.05  # seconds between two looks while waiting


class Malformed(Exception):
    """A frame or a value that does not follow the rules."""


class OutOfTime(Exception):
    """Nothing came, or nothing could be sent, in time."""


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
