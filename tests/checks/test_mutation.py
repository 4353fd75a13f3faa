"""Change any one operator, constant, index or name of a model answer, and it loses points.

What survives is listed here with the reason: each is still a right function.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from cnnlab.checks import check
from cnnlab.printing import read_manuscript
from tests.checks.mutation import mutants

ROOT = Path(__file__).resolve().parents[2]
MANUSCRIPTS = sorted((ROOT / "course" / "exercises").glob("*_*.md"))

PAD = "padded = np.pad(image, ((KH // 2, KH // 2), (KW // 2, KW // 2)))"
SAME_PLACE = "the second of two is also the last, so -1 names the same one"
NEVER_READ = "more zeros below or to the right than the last window reaches are never read"
SURVIVORS = {
    "slide_pair": {
        "return pair[0] * left + pair[1] * right: 1 -> -1, place 1": SAME_PLACE,
    },
    "correlate2d": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": SAME_PLACE,
    },
    "correlate2d_strided": {
        "for j in range(output.shape[1]):: 1 -> -1, place 1": SAME_PLACE,
    },
    "convolve2d": {
        f"{PAD}: KH // 2 with Mult, place 2": NEVER_READ,
        f"{PAD}: KW // 2 with Mult, place 2": NEVER_READ,
        f"{PAD}: 2 -> 1, place 2": NEVER_READ,
        f"{PAD}: 2 -> 1, place 4": NEVER_READ,
    },
}


def model_answers():
    """task: (source of the model answer, points, seed), as the manuscripts have them."""
    found = {}
    for path in MANUSCRIPTS:
        cells = [c.source for c in read_manuscript(path).cells if c.kind == "code"]
        graded = dict(
            re.findall(r"check\.(\w+)\.points\(\w+, (of=\d+, seed=\d+)\)", "".join(cells))
        )
        for source in cells:
            defined = re.match(r"def (\w+)\(", source)
            if defined:
                of, seed = re.findall(r"\d+", graded[defined[1]])
                found[defined[1]] = (source, int(of), int(seed))
    return found


ANSWERS = model_answers()


def earns_everything(task, source):
    _, of, seed = ANSWERS[task]
    names = {"np": np}
    exec(source, names)
    this = getattr(check, task)
    if this.points(names[task], of=of, seed=seed) < of:
        return False
    return this.result(names[task]).passed


def test_every_ladder_has_its_model_answer():
    assert set(ANSWERS) == set(dir(check))


@pytest.mark.parametrize("task", ANSWERS)
def test_the_model_answer_earns_everything(task):
    assert earns_everything(task, ANSWERS[task][0])


@pytest.mark.parametrize("task", ANSWERS)
def test_every_single_change_costs_points(task):
    tried = dict(mutants(ANSWERS[task][0]))
    assert len(tried) >= 6
    survivors = {change for change, source in tried.items() if earns_everything(task, source)}
    assert survivors == set(SURVIVORS.get(task, {}))
