"""Forging and damage at random: nothing is gained, nothing breaks. The long run is a benchmark."""

import random

import pytest

from cnnlab.grading.intake import Refused
from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import course, trial
from tests.grading.corpus.attack import Attack
from tests.grading.corpus.damage import damaged
from tests.grading.corpus.malformed import GOOD
from tests.grading.corpus.random_forging import PIECES, combined

pytestmark = pytest.mark.usefixtures("bubblewrap")
VICTIM = Attack("", "an honest student", "full").notebook()


@pytest.fixture(scope="module")
def grader(tmp_path_factory):
    """In the end the honest student's marks are what they were, and nothing runs."""
    folder, executor = tmp_path_factory.mktemp("random"), Bubblewrap()
    with trial.bait(folder / "course") as bait:
        made = trial.Trial(executor, folder / "submitted", bait)
        before = made.run_notebook(VICTIM, "victim").items
        yield made
        assert made.run_notebook(VICTIM, "victim").items == before
        executor.close()
        assert trial.left_running() == []


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_forging_at_random_gains_nothing(grader, first):
    for seed in range(first, first + 10):
        words, notebook = combined(seed)
        outcome = grader.run_notebook(notebook)
        assert trial.points(outcome) == course.NOTHING, (seed, words)
        assert trial.too_long(outcome) == [], (seed, words)


def test_combinations_are_many_and_come_back_from_their_seeds():
    assert len(PIECES) >= 30
    made = [course.bytes_of(combined(seed)[1]) for seed in range(200)]
    assert len(set(made)) > 190
    assert course.bytes_of(combined(7)[1]) == made[7]


def test_a_damaged_notebook_that_can_be_read_is_graded(grader):
    dice, graded = random.Random(5), 0
    while graded < 12:
        raw = damaged(GOOD, dice)
        try:
            outcome = grader.run_raw(raw)
        except Refused:
            continue
        graded += 1
        assert len(outcome.items) == len(course.manifest().graded)
        assert trial.too_long(outcome) == []
