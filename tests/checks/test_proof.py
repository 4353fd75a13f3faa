"""The graders are graded: for every ladder, right answers pass, wrong ones fail and are named."""

import re

import numpy as np
import pytest

from cnnlab.checks import check
from cnnlab.checks.mistakes import common
from cnnlab.checks.sentences import EXCEPTIONS, OTHER_EXCEPTION, TYPES

TASKS = dir(check)
SEEDS = range(10)
OF = 4

each_task = pytest.mark.parametrize("task", TASKS)


def all_of(attribute):
    """(task, which, function) for each accepted or wrong version of every ladder."""
    for task in TASKS:
        ladder = getattr(check, task).ladder
        if attribute == "accepted":
            for n, function in enumerate(ladder.accepted):
                yield pytest.param(task, function, id=f"{task}-{n}")
        else:
            for mistake in ladder.mistakes:
                for n, function in enumerate(mistake.versions):
                    yield pytest.param(task, mistake, function, id=f"{task}-{mistake.name}-{n}")


def points(task, function, seeds=SEEDS):
    return [getattr(check, task).points(function, of=OF, seed=seed) for seed in seeds]


def passes_everywhere(task, function, seeds=SEEDS):
    return getattr(check, task).result(function).passed and set(points(task, function, seeds)) == {
        float(OF)
    }


@each_task
def test_the_reference_earns_everything(task):
    assert passes_everywhere(task, getattr(check, task).ladder.reference, range(100))


@pytest.mark.parametrize(("task", "function"), list(all_of("accepted")))
def test_every_accepted_version_earns_everything(task, function):
    assert passes_everywhere(task, function)


@pytest.mark.parametrize(("task", "mistake", "function"), list(all_of("mistakes")))
def test_every_known_mistake_fails_and_is_told_its_own_hint(task, mistake, function):
    result = getattr(check, task).result(function)
    assert not result.passed
    assert result.mistake == f"{task}.{mistake.name}"
    assert result.hint == mistake.hint
    assert max(points(task, function)) < OF


# --- Wrong answers that belong to no exercise

rng = np.random.default_rng(20261121)


def shuffled(right):
    values = right.ravel().copy()
    if np.ptp(values):
        while np.array_equal(values, right.ravel()):
            rng.shuffle(values)
        return values.reshape(right.shape)
    return right + 1


GENERIC = {
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "random": lambda right: rng.normal(size=right.shape),
    "transposed": lambda right: right.T if right.ndim else right + 7,
    "negated": np.negative,
    "doubled": lambda right: 2 * right,
    "off by one": lambda right: right + 1,
    "one value off": lambda right: right + np.eye(1, right.size).reshape(right.shape),
    "shuffled": shuffled,
    "rolled": lambda right: np.roll(right, 1) if right.ndim else right - 1,
    "the mean everywhere": lambda right: np.full_like(right, right.mean()) + 0.5,
    "rounded": lambda right: np.round(right / 10) * 10 + 1,
    "one row too many": lambda right: np.vstack([right, right[-1:]]) if right.ndim else [right],
    "an axis too many": lambda right: right[None],
    "flat": lambda right: right.ravel(),
    "a tenth of a percent off": lambda right: right * 1.001,
}


@each_task
@pytest.mark.parametrize("change", GENERIC.values(), ids=GENERIC)
def test_wrong_answers_of_every_kind_earn_nothing(task, change):
    reference = getattr(check, task).ladder.reference

    def wrong(*arguments):
        return change(np.asarray(reference(*arguments), dtype=float))

    assert not getattr(check, task).result(wrong).passed
    assert max(points(task, wrong, range(5))) == 0.0


@each_task
def test_giving_back_an_argument_earns_nothing(task):
    for n in range(len(getattr(check, task).ladder.arguments)):

        def wrong(*arguments, n=n):
            return arguments[n]

        assert not getattr(check, task).result(wrong).passed
        assert max(points(task, wrong, range(5))) == 0.0


@each_task
def test_answers_learnt_by_heart_earn_nothing(task):
    """The visible cases and their answers, in a table: all checks in sight pass, no point does."""
    ladder = getattr(check, task).ladder
    cases = [*ladder.cases, *(c for p in ladder.properties for c in p.cases)]
    table = {repr(c.arguments): ladder.reference(*c.arguments) for c in cases}

    def by_heart(*arguments):
        return table.get(repr(arguments))

    assert getattr(check, task).result(by_heart).passed
    assert max(points(task, by_heart, range(5))) == 0.0


@each_task
def test_common_mistakes_are_named(task):
    """Those that no ladder holds itself: a negated answer is called negated in every exercise."""
    ladder = getattr(check, task).ladder
    negated = next(m for m in common(ladder) if m.name == "negated")
    result = getattr(check, task).result(negated.versions[0])
    own = {f"{task}.{mistake.name}" for mistake in ladder.mistakes}  # some hold it themselves
    assert result.mistake in own | {f"{task}.negated"}
    assert result.recognised


# --- Hints

CODE = re.compile(
    r"[=\[\]{}<>@*%]|np\.|\w\(|\b(def|import|lambda|for \w+ in|return [a-z]+)\b|\+=|//|\.\w+\("
)


def hints():
    for task in TASKS:
        ladder = getattr(check, task).ladder
        yield f"{task} general", ladder.hint
        for mistake in (*ladder.mistakes, *common(ladder)):
            yield f"{task} {mistake.name}", mistake.hint
        for rule in ladder.properties:
            yield f"{task} {rule.name}", f"{rule.symptom} {rule.hint}"
        for case in ladder.cases:
            yield f"{task} places", ladder.places(*case.arguments) + " How many?"
    yield from [*EXCEPTIONS.items(), ("other", OTHER_EXCEPTION), *TYPES.items()]


@pytest.mark.parametrize("hint", [h for _, h in hints()], ids=[n for n, _ in hints()])
def test_a_hint_asks_one_question_and_holds_no_code(hint):
    assert hint.count("?") in (1, 2)
    assert not CODE.search(hint), CODE.search(hint)
    assert 5 <= len(hint.split()) <= 45


@each_task
def test_the_pattern_for_code_would_see_code(task):
    for code in ("output[i, j]", "x = 3", "np.zeros", "len(rows)", "a @ b", "image // 255"):
        assert CODE.search(code)


@each_task
def test_mistakes_have_plain_and_different_names_and_hints(task):
    names = [m.name for m in getattr(check, task).ladder.mistakes]
    hints = [m.hint for m in getattr(check, task).ladder.mistakes]
    assert len(set(names)) == len(names)
    assert len(set(hints)) == len(hints)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
