"""Frames: what has another form is refused, and nothing waits longer than it was told to."""

import json
import os
import socket
import struct
import threading
import time

import pytest

from cnnlab.grading import wire
from cnnlab.grading.wire import Channel, Malformed, OutOfTime


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours.fileno(), ours.fileno()), theirs


def frame(header, rest=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + rest


BAD_FRAMES = {
    "a header of four gigabytes": b"\xff\xff\xff\xff",
    "no JSON": frame(b"{"),
    "not UTF-8": frame(b"\xff\xfe"),
    "no object": frame([1]),
    "no lengths": frame({}),
    "a negative length": frame({"b": [-1]}),
    "a length that is none": frame({"b": ["1"]}),
    "a true length": frame({"b": [True]}),
    "huge lengths": frame({"b": [2**63]}),
    "too many together": frame({"b": [2**25] * 3}),
    "many blobs": frame({"b": [0] * 200_000}),
    "a constant": frame(b'{"b": [], "x": NaN}'),
    "nested without end": frame(b'{"b": ' + b"[" * 100_000),
    "a number without end": frame(b'{"b": [], "x": ' + b"9" * 10_000 + b"}"),
}


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_frame_of_another_form_is_refused_before_it_is_read(ends, name):
    channel, other = ends
    sender = threading.Thread(target=other.sendall, args=(BAD_FRAMES[name],), daemon=True)
    sender.start()
    with pytest.raises(Malformed):
        channel.receive(5.0)


def test_a_frame_that_stops_half_way_waits_no_longer_than_told(ends):
    channel, other = ends
    other.sendall(frame({"b": [100]}, b"short"))
    started = time.monotonic()
    with pytest.raises(OutOfTime):
        channel.receive(0.3)
    assert time.monotonic() - started < 2


def test_drops_of_bytes_do_not_stretch_the_time(ends):
    channel, other = ends
    ended = threading.Event()

    def drip():
        while not ended.wait(0.05):
            other.send(b"\x00")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        with pytest.raises((OutOfTime, Malformed)):
            channel.receive(0.5)
    finally:
        ended.set()
        thread.join()


def test_nobody_who_does_not_read_holds_up_the_sender(ends):
    channel, _ = ends
    with pytest.raises(OutOfTime):
        channel.send({}, [b"x" * 10**7], 0.3)


def test_a_closed_channel_is_the_end(ends):
    channel, other = ends
    other.close()
    with pytest.raises(EOFError):
        channel.receive(1.0)
    with pytest.raises(OSError, match="Broken pipe"):
        channel.send({}, [], 1.0)


def test_a_frame_arrives_whole(ends):
    channel, other = ends
    answer = Channel(other.fileno(), other.fileno())
    blobs = [os.urandom(300_000), b"", b"x"]
    sender = threading.Thread(target=answer.send, args=({"say": "ü"}, blobs), daemon=True)
    sender.start()
    header, found = channel.receive(5.0)
    assert (header["say"], found) == ("ü", blobs)


def test_more_than_a_frame_takes_is_refused_before_anything_is_sent():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours.fileno(), ours.fileno())
        with pytest.raises(Malformed, match="more than a frame takes"):
            channel.send({}, [b""] * (wire.BLOBS + 1))
        theirs.setblocking(False)
        with pytest.raises(BlockingIOError):
            theirs.recv(1)
