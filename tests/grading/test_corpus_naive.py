"""Where tests run in the student's own process: what honest work earns there, and what forgers do.

The first is the measure of the grader's marks, the second the proof of the forgers' attacks.
"""

import json
import subprocess
import sys

import pytest

from tests.grading.honest.everything import VARIANTS

# By the numbers of their cases; the others would fool other tests than the course's own.
GAINING = {"E05", "E06", "E07", "E08", "E09", "E12", "E13", "E14", "E15", "E20", "E24", "E27"}


@pytest.fixture(scope="module")
def naive(root):
    call = [sys.executable, "-m", "tests.grading.corpus.naive"]
    ran = subprocess.run(call, cwd=root, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_forgeries_gain_there(naive):
    gaining = {name[:3] for name, points in naive["gains"].items() if points > 0}
    assert gaining >= GAINING


def test_the_marks_written_by_hand_are_those_of_the_notebook_itself(naive):
    assert naive["marks"] == {variant.name: sum(variant.points) for variant in VARIANTS}
