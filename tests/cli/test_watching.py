"""Progress: the rate is that of late, and what it promises comes true."""

import re

import pytest

from cnnlab.cli import watching
from cnnlab.cli.watching import Progress, duration


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test sets."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr(watching.time, "monotonic", lambda: Clock.now)
    return Clock


def told(capsys):
    """The rates and times left, as they were printed."""
    lines = capsys.readouterr().err.splitlines()
    return [re.fullmatch(r"(\d+) of \d+ done, ([\d.]+) a second, (.*) left", x) for x in lines]


def test_a_steady_run_is_promised_its_end(clock, capsys):
    progress = Progress()
    progress(0, 100)
    for done in range(1, 101):
        clock.now += 0.5
        progress(done, 100)
    lines = told(capsys)
    assert len(lines) == 20
    assert {line[2] for line in lines} == {"2.0"}
    assert [line[3] for line in lines[:2]] == ["48 s", "45 s"]
    assert lines[-1][3] == "0 s"


def test_what_was_graded_before_promises_nothing_for_the_rest(clock, capsys):
    """900 of 1000 pass in a moment, since an earlier run did them; the others take 2 s each."""
    progress = Progress()
    progress(0, 1000)
    for done in range(1, 901):
        clock.now += 0.001
        progress(done, 1000)
    for done in range(901, 1001):
        clock.now += 2
        progress(done, 1000)
    last = told(capsys)[-2]
    assert (last[1], last[2], last[3]) == ("950", "0.5", "1 min 40 s")


def test_a_second_run_starts_a_clock_of_its_own(clock, capsys):
    progress = Progress()
    progress(0, 1)
    clock.now += 100
    progress(0, 1)
    clock.now += 1
    progress(1, 1)
    assert told(capsys)[-1][2] == "1.0"


def test_times_are_said_in_two_units_at_most():
    assert [duration(s) for s in (0, 59.4, 60, 3599, 3600, 90_000)] == [
        "0 s",
        "59 s",
        "1 min 0 s",
        "59 min 59 s",
        "1 h 0 min",
        "25 h 0 min",
    ]
