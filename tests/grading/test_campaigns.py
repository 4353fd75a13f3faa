"""Short versions of the commands in benchmarks/ that kill, fill, lock, repeat and load."""

import os
import signal
import sqlite3
from contextlib import closing

import pytest

from benchmarks import grading_faults, grading_load, grading_repeat
from benchmarks.grading_class import make, start, state, workers_of, wrong_marks
from benchmarks.grading_load import Load, shortfalls

pytestmark = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    folder = tmp_path_factory.mktemp("campaign")
    expected = make(folder / "submitted", 4)
    campaign = grading_faults.Campaign(folder / "submitted", folder)
    campaign.in_peace()
    assert wrong_marks(folder / "out-2", expected) == []
    return campaign


def test_a_killed_grader_leaves_nothing_undone(campaign):
    result = grading_faults.kill_the_grader(campaign)
    assert (result.repaired, result.wrong) == (0, [])


def test_a_killed_worker_is_not_noticed(campaign):
    result = grading_faults.kill_a_worker(campaign)
    assert (result.status, result.wrong) == (0, [])


def test_a_full_disk_costs_no_mark(campaign):
    if os.geteuid() != 0:
        pytest.fail("mounting a small disk needs root")
    result = grading_faults.fill_the_disk(campaign)
    assert (result.status, result.repaired, result.wrong) == (4, 0, [])
    assert "No space left" in result.said or "full" in result.said
    assert "Traceback" not in result.said


def test_sigterm_ends_it_as_ctrl_c_does(campaign):
    output = campaign.output()
    with start(campaign.submitted, output) as grader:
        while "done" not in grader.stderr.readline():
            assert grader.poll() is None
        workers = workers_of(grader.pid)
        grader.send_signal(signal.SIGTERM)
        told = grader.stderr.read()
    assert grader.returncode == 130
    assert "the same command goes on from here" in told
    assert workers
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert campaign.grade(output)[0] == 0
    assert grading_faults.differences(campaign.peace, state(output)) == []


def test_a_changed_mark_copy_or_page_would_be_seen(campaign):
    output = campaign.output()
    campaign.grade(output)
    assert grading_faults.differences(campaign.peace, state(output)) == []
    for folder in ("autograded", "feedback"):
        path = next(p for p in (output / folder).rglob("*") if p.suffix in (".ipynb", ".html"))
        path.write_bytes(path.read_bytes() + b" ")
    with closing(sqlite3.connect(output / "gradebook.db")) as db, db:
        db.execute("UPDATE grade SET auto_score = 3.5 WHERE auto_score = 4")
        db.execute("UPDATE comment SET auto_comment = 'x'")
    assert grading_faults.differences(campaign.peace, state(output)) == [
        "grade",
        "comment",
        "autograded",
        "feedback",
    ]


def test_the_same_class_again_leaves_the_same(campaign):
    again = grading_repeat.grade(campaign.submitted, campaign.output(), [])
    assert grading_faults.differences(campaign.peace, again) == []


def test_a_class_is_watched_while_it_is_graded(campaign):
    load = grading_load.grade(campaign.submitted, campaign.output(), 4, [])
    assert [done for done, _, _ in load.seen] == [1, 2, 3, 4]
    assert 50 < load.peak < 300
    assert load.each > 0


def made_up(students, each, *, peak=200.0, wrong=()):
    seen = [(k, 5 + k * each, 100.0) for k in range(1, 21)]
    return Load(students, seen, students * each, peak, list(wrong))


@pytest.mark.parametrize(
    ("large", "told"),
    [
        (made_up(10_000, 0.1), ""),
        (made_up(10_000, 0.16), "more than 1500"),
        (made_up(10_000, 0.13), "grows with the class"),
        (made_up(10_000, 0.1, peak=301), "301 MB, more than 300"),
        (made_up(10_000, 0.1, wrong=["s00001"]), "1 wrong marks of 10000"),
    ],
)
def test_what_is_promised_and_not_held_is_told(large, told):
    found = "; ".join(shortfalls([made_up(100, 0.1), large]))
    assert told in found
    assert bool(found) == bool(told)
