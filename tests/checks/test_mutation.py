"""Change any one operator, constant, index or name of a model answer, and it loses points.

What survives is listed in the folder `survivors` with the reason: each is still a right function.
"""

from pathlib import Path

import pytest

from cnnlab.checks import check
from cnnlab.checks.proof.answers import model_answers
from cnnlab.checks.proof.mutation import mutants
from cnnlab.checks.proof.proofs import mutations
from tests.checks.collect import by_outcome, survivors

ANSWERS = model_answers(Path(__file__).resolve().parents[2])
SURVIVORS, BY_OUTCOME = survivors(), by_outcome()


def test_every_ladder_has_its_model_answer():
    assert set(ANSWERS) == set(dir(check))


@pytest.mark.parametrize("task", ANSWERS)
def test_every_single_change_costs_points(task):
    ladder = getattr(check, task).ladder
    assert len(mutants(ANSWERS[task].source)) >= 3
    lists = (SURVIVORS.get(task, {}), BY_OUTCOME.get(task, ""))
    assert list(mutations(ladder, ANSWERS[task], *lists)) == []


def test_survivors_are_of_functions_that_exist():
    assert set(SURVIVORS) | set(BY_OUTCOME) <= set(ANSWERS)
