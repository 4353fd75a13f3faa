"""Every attack of the corpus on exercise 02, each submission in the sandbox, with its outcome."""

import os
import subprocess
import sys

import pytest

from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import course, trial
from tests.grading.corpus.attack import LOOT, Attack
from tests.grading.corpus.everything import ATTACKS
from tests.grading.test_selftest import AS_NOBODY

pytestmark = pytest.mark.usefixtures("bubblewrap")
VICTIM = Attack("", "an honest student", "full")


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """One grader for all attacks. In the end an honest student's marks are what they were, the
    teacher's files too, and nothing runs.
    """
    folder, executor = tmp_path_factory.mktemp("corpus"), Bubblewrap()
    with trial.bait(folder / "course") as bait:
        files = trial.hashes(folder / "course")
        grader = trial.Trial(executor, folder / "submitted", bait)
        before = grader.run(VICTIM, "victim").items
        yield grader
        after = grader.run(VICTIM, "victim").items
        executor.close()
        assert after == before
        assert trial.hashes(folder / "course") == files
        assert trial.left_running() == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id}-{attack.title}")
def test_an_attack_has_its_outcome(tried, attack):
    assert tried.wrong_with(attack) == []


def test_mallory_earns_nothing_and_the_victim_all(tried):
    """What the outcomes are measured by."""
    assert trial.points(tried.run(Attack("", "", "zero"))) == course.NOTHING
    assert trial.points(tried.run(VICTIM, "victim")) == course.ALL


LOOTING = [attack for attack in ATTACKS if attack.loot]


@pytest.mark.parametrize("attack", LOOTING, ids=lambda attack: attack.title)
def test_the_same_cell_finds_something_without_a_sandbox(attack, tmp_path):
    """An attack that could not succeed anywhere proves nothing."""
    with trial.bait(tmp_path / "course") as bait:
        assert LOOT in trial.without_sandbox(tmp_path, attack, bait)


# What may turn out otherwise for another user: secrets, network, machine, processes, the channel.
FOR_ANY_USER = "A,B,C05,C07,C1,D,E29,E33,G,P03,P11,P15,P17"


def test_attacks_are_held_for_an_ordinary_user_too(root, tmp_path):
    """Where these tests run as root; else all of them have been run as one."""
    call = [sys.executable, "-m", "tests.grading.corpus", FOR_ANY_USER]
    if os.getuid() == 0:
        places = [sys.base_prefix, str(root), str(tmp_path)]
        call = ["unshare", "-m", "sh", "-c", AS_NOBODY, "sh", *places, *call]
    ran = subprocess.run(call, cwd=root, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stdout + ran.stderr
