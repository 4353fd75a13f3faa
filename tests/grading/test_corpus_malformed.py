"""Malformed files: each is refused with one line, or taken with what is good in it."""

import random
from collections import Counter

import pytest

from cnnlab.grading.intake import Refused, read_submission
from tests.grading.corpus import course
from tests.grading.corpus.damage import damaged
from tests.grading.corpus.malformed import BAD, GOOD, ODD


@pytest.fixture
def read(tmp_path):
    """Hand in a file's bytes and read them as the grader does."""
    folder = tmp_path / "mallory" / course.ASSIGNMENT
    folder.mkdir(parents=True)

    def read(raw):
        (folder / course.FILE).write_bytes(raw)
        return read_submission(folder, "mallory", course.manifest())

    return read


def answer(submission, name="window_sum"):
    return next(cell.source for cell in submission.cells if cell.grade_id == name)


def refusal(read, raw):
    """The one line that a bad file gets."""
    with pytest.raises(Refused) as caught:
        read(raw)
    reason = str(caught.value)
    assert 0 < len(reason) <= 200
    assert reason.isprintable()
    assert course.FILE in reason
    return reason


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_malformed_file_is_refused_with_its_reason(read, bad):
    assert bad.words in refusal(read, bad.raw)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_an_odd_file_is_taken(read, odd):
    submission = read(odd.raw)
    wanted = course.RIGHT["window_sum"] if odd.source is None else odd.source
    assert answer(submission) == wanted
    assert answer(submission, "convolve2d") == course.RIGHT["convolve2d"]
    assert any(odd.note in note for note in ("", *submission.notes))
    assert len(submission.notes) == bool(odd.note)


def test_there_are_sixty_and_more_and_no_two_are_equal():
    files = [case.raw for case in (*BAD, *ODD)]
    assert len(BAD) >= 60
    assert len(set(files)) == len(files)
    assert GOOD not in files


@pytest.mark.parametrize("place", ["nbformat", "cells", "metadata"])
def test_no_depth_of_nesting_breaks_intake(read, place):
    """Around the depth that Python's parser stops at, what comes after it must not stop either."""
    refused = 0
    for depth in range(100, 3000, 100):
        made = course.bytes_of({**course.notebook(), place: "@"})
        try:
            read(made.replace(b'"@"', b"[" * depth + b"]" * depth))
        except Refused:
            refused += 1
    assert refused == 29 if place != "metadata" else 0 < refused < 29


@pytest.mark.parametrize("seed", range(4))
def test_random_damage_never_breaks_intake(read, seed):
    """Bytes changed, cut, doubled, swapped: a submission or a reason, never another exception."""
    dice = random.Random(seed)
    outcomes = Counter()
    for _ in range(100):
        raw = damaged(GOOD, dice)
        try:
            read(raw)
            outcomes["read"] += 1
        except Refused:
            refusal(read, raw)
            outcomes["refused"] += 1
    assert min(outcomes["read"], outcomes["refused"]) > 5, outcomes
