"""The graders are graded: for every ladder, right answers pass, wrong ones fail and are named."""

from dataclasses import replace

import numpy as np
import pytest

from cnnlab.checks import Mistake, check
from cnnlab.checks.ladder import Item
from cnnlab.checks.mistakes import common
from cnnlab.checks.proof.proofs import CODE, PROOFS, generic_mistakes, unclear
from cnnlab.checks.sentences import EXCEPTIONS, OTHER_EXCEPTION, POINT, SEVERAL, TYPES
from tests.checks.collect import excused, tolerated
from tests.checks.sample_ladders import DENSE, PLACES

TASKS = dir(check)
EXCUSED, TOLERATED = excused(), tolerated()

each_task = pytest.mark.parametrize("task", TASKS)


@each_task
@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS)
def test_a_ladder_holds(task, proof):
    assert list(proof(getattr(check, task).ladder)) == []


@each_task
def test_wrong_answers_of_every_kind_earn_nothing(task):
    lists = (EXCUSED.get(task, {}), TOLERATED.get(task, {}))
    assert list(generic_mistakes(getattr(check, task).ladder, *lists)) == []


def test_excuses_are_of_functions_that_exist():
    assert set(EXCUSED) | set(TOLERATED) <= set(TASKS)


@each_task
def test_common_mistakes_are_named(task):
    """Those that no ladder holds itself: a negated answer is called negated in every exercise."""
    ladder = getattr(check, task).ladder
    negated = next(m for m in common(ladder) if m.name == "negated")
    result = getattr(check, task).result(negated.versions[0])
    own = {f"{task}.{mistake.name}" for mistake in ladder.mistakes}  # some hold it themselves
    assert result.mistake in own | {f"{task}.negated"}
    assert result.recognised


@pytest.mark.parametrize(
    "hint", [*EXCEPTIONS.values(), OTHER_EXCEPTION, *TYPES.values(), POINT, SEVERAL]
)
def test_the_hints_of_the_rungs_are_clear(hint):
    assert list(unclear(hint)) == []


def test_the_pattern_for_code_would_see_code():
    for code in ("output[i, j]", "x = 3", "np.zeros", "len(rows)", "a @ b", "image // 255"):
        assert CODE.search(code)


# --- The proofs themselves: a ladder with one thing wrong fails the proof that is meant to see it.

GOOD = check.slide_pair.ladder


def first(proof, **changes):
    return next(iter(PROOFS[proof](replace(GOOD, **changes))), "")


def no_wrong(image, pair):
    return GOOD.reference(image, pair)


def same_cases(rng):
    return GOOD.hidden(np.random.default_rng(0))


def cases_in_sight(rng):
    return tuple(Item(case.name, (case,)) for case in GOOD.cases)


def test_a_wrong_accepted_version_is_seen():
    wrong = GOOD.mistakes[0].versions[0]
    assert first("right versions", accepted=(wrong,)).startswith("accepted version 0 does not pass")


def test_a_mistake_that_is_none_is_seen():
    listed = (Mistake("none", "What is wrong?", no_wrong),)
    assert first("known mistakes", mistakes=listed) == (
        "version 0 of the mistake none passes every check in sight"
    )


def test_a_mistake_that_is_told_another_hint_is_seen():
    version = GOOD.mistakes[0].versions[0]
    listed = (Mistake("one", "Is it one?", version), Mistake("two", "Is it two?", version))
    assert "is told slide_pair.values" in first("known mistakes", mistakes=listed)


def test_hidden_cases_in_sight_are_seen():
    assert "earns points" in first("learnt by heart", hidden=cases_in_sight)


def test_hidden_cases_without_a_seed_are_seen():
    assert "do not depend on the seed" in first("hidden cases", hidden=same_cases)


@pytest.mark.parametrize(
    ("hint", "complaint"),
    [
        ("You forgot to return something useful here.", "asks no question"),
        ("Should it not be written as output[i, j] here?", "holds code ([)"),
        ("Why?", "has 1 words"),
    ],
)
def test_unclear_hints_are_seen(hint, complaint):
    assert complaint in first("hints", hint=hint)


def test_cases_that_let_zeros_through_are_seen():
    nothing = replace(GOOD, reference=lambda image, pair: 0 * GOOD.reference(image, pair))
    assert "zeros: passes every check in sight" in generic_mistakes(nothing)


@pytest.mark.parametrize("ladder", [DENSE, PLACES], ids=lambda ladder: ladder.task)
def test_several_values_and_counts_can_be_proven_too(ladder):
    assert list(generic_mistakes(ladder)) == []
    for name in ("right versions", "known mistakes", "learnt by heart", "hints"):
        assert list(PROOFS[name](ladder)) == []


def test_a_part_that_nobody_looks_at_is_seen():
    blind = replace(DENSE, right={"total": lambda got, want, *given: True})
    assert "zeros as total: passes every check in sight" in generic_mistakes(blind)


def test_what_is_excused_or_tolerated_is_let_through():
    blind = replace(DENSE, right={"total": lambda got, want, *given: True})
    seen = set(generic_mistakes(blind))
    assert "doubled as total: passes every check in sight" in seen
    nothing = replace(GOOD, reference=lambda image, pair: 0 * GOOD.reference(image, pair))
    assert not [s for s in generic_mistakes(nothing, {}, {"zeros": "why"}) if s.startswith("zeros")]
    (words,) = (s for s in generic_mistakes(nothing, {"zeros": "why"}) if "zeros: passes" in s)
    assert words
