"""Change any one operator, constant, index or name of a model answer, and it loses points.

What survives is listed in the folder `survivors` with the reason: each is still a right function.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from cnnlab.checks import check
from cnnlab.printing import read_manuscript
from tests.checks.collect import survivors
from tests.checks.mutation import mutants

ROOT = Path(__file__).resolve().parents[2]
MANUSCRIPTS = sorted((ROOT / "course" / "exercises").glob("*_*.md"))
GRADED = re.compile(r"check\.(\w+)\.points\(\w+, (of=[\d.]+, seed=\d+)\)")

SURVIVORS = survivors()


@dataclass(frozen=True)
class Answer:
    """A model answer as its manuscript has it, and what the cells beside it define."""

    source: str
    of: float
    seed: int
    given: str

    def function(self, task, source=None):
        names = {"np": np}
        exec(self.given, names)
        exec(source or self.source, names)
        return names[task]


def model_answers():
    """task: its `Answer`, for all exercises of the course."""
    found = {}
    for path in MANUSCRIPTS:
        cells = [c for c in read_manuscript(path).cells if c.kind == "code"]
        graded = dict(GRADED.findall("".join(c.source for c in cells)))
        given = "\n".join(map(imports_and_functions, cells))
        for cell in cells:
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.FunctionDef) and node.name in graded:
                    of, seed = re.findall(r"[\d.]+", graded[node.name])
                    found[node.name] = Answer(cell.source, float(of), int(seed), given)
    return found


def imports_and_functions(cell):
    """What a cell that is no answer gives to the cells below it."""
    if cell.metadata.get("nbgrader", {}).get("solution"):
        return ""
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    return "\n".join(ast.unparse(n) for n in ast.parse(cell.source).body if isinstance(n, kept))


ANSWERS = model_answers()


def earns_everything(task, source):
    answer = ANSWERS[task]
    function = answer.function(task, source)
    this = getattr(check, task)
    if this.points(function, of=answer.of, seed=answer.seed) < answer.of:
        return False
    return this.result(function).passed


def test_every_ladder_has_its_model_answer():
    assert set(ANSWERS) == set(dir(check))


@pytest.mark.parametrize("task", ANSWERS)
def test_the_model_answer_earns_everything(task):
    assert earns_everything(task, ANSWERS[task].source)


@pytest.mark.parametrize("task", ANSWERS)
def test_every_single_change_costs_points(task):
    tried = dict(mutants(ANSWERS[task].source))
    assert len(tried) >= 6
    survivors = {change for change, source in tried.items() if earns_everything(task, source)}
    assert survivors == set(SURVIVORS.get(task, {}))


def test_survivors_are_of_functions_that_exist():
    assert set(SURVIVORS) <= set(ANSWERS)
