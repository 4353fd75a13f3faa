"""All proofs for the functions of one exercise, and the figures of each."""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cnnlab.checks.ladder import Ladder
from cnnlab.checks.proof import proofs
from cnnlab.checks.proof.answers import Answer, model_answers
from cnnlab.checks.proof.mutation import mutants
from cnnlab.checks.registry import UnknownCheck, check
from cnnlab.errors import UsageError

CALLED = re.compile(r"\bcheck\.(\w+)\(")
Lists = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Evidence:
    """What the repository holds about its exercises: answers, survivors, excuses, programs."""

    answers: dict[str, Answer]
    survivors: Lists
    excused: Lists
    tolerated: Lists
    by_outcome: dict[str, str]
    programs: dict[str, str]

    @classmethod
    def of(cls, root: Path) -> "Evidence":
        """Read it from the course in the folder ``root``."""
        answers = model_answers(root)
        if str(root) not in sys.path:
            sys.path.insert(0, str(root))
        try:
            lists = importlib.import_module("tests.checks.collect")
        except ModuleNotFoundError as error:
            raise UsageError(f"{root}: the proofs need tests/checks of a clone: {error}") from error
        return cls(
            answers,
            lists.survivors(),
            lists.excused(),
            lists.tolerated(),
            lists.by_outcome(),
            lists.programs(),
        )

    def tasks(self, exercise: str) -> list[Answer]:
        """The functions of one exercise, in the order of its notebook."""
        found = [answer for answer in self.answers.values() if answer.exercise == exercise]
        if not found:
            known = ", ".join(dict.fromkeys(a.exercise for a in self.answers.values()))
            raise UsageError(
                f"solutions/ has no exercise {exercise!r} with graded functions; it has {known}. "
                f"A new manuscript is printed by: cnnlab course build {exercise}"
            )
        return found


@dataclass(frozen=True)
class Figures:
    """What is counted about one function."""

    exercise: str
    task: str
    cases: int
    mistakes: int
    versions: int
    programs: int
    accepted: int
    changes: int
    survivors: dict[str, str]
    by_outcome: str
    items: int
    points: float


def ladder_of(answer: Answer) -> Ladder | None:
    """The checks of a model answer's function, if there are any."""
    try:
        return getattr(check, answer.task).ladder
    except UnknownCheck:
        return None


def figures(ladder: Ladder, answer: Answer, evidence: Evidence) -> Figures:
    """Count, without running anything of the student's side."""
    return Figures(
        exercise=answer.exercise,
        task=ladder.task,
        cases=len(ladder.cases) + sum(len(rule.cases) for rule in ladder.properties),
        mistakes=len(ladder.mistakes),
        versions=sum(len(mistake.versions) for mistake in ladder.mistakes),
        programs=len(_programs(ladder, evidence)),
        accepted=len(ladder.accepted),
        changes=len(mutants(answer.source)),
        survivors=evidence.survivors.get(ladder.task, {}),
        by_outcome=evidence.by_outcome.get(ladder.task, ""),
        items=len(ladder.hidden(np.random.default_rng(answer.seed))),
        points=answer.of,
    )


Finding = tuple[str, list[str]]


def prove(answer: Answer, evidence: Evidence) -> Iterator[Finding]:
    """Each proof's name, and what it found missing; an empty list where all holds."""
    ladder = ladder_of(answer)
    if ladder is None:
        yield "checks", [f"there is no check named {answer.task}: is its package registered?"]
        return
    for name, proof in _proofs(ladder, answer, evidence).items():
        yield name, list(proof())


def _proofs(
    ladder: Ladder, answer: Answer, evidence: Evidence
) -> dict[str, Callable[[], Iterator[str]]]:
    task = ladder.task
    all_proofs: dict[str, Callable[[], Iterator[str]]] = {
        name: lambda proof=proof: proof(ladder)  # type: ignore[misc]
        for name, proof in proofs.PROOFS.items()
    }
    all_proofs["wrong answers of every kind"] = lambda: proofs.generic_mistakes(
        ladder, evidence.excused.get(task, {}), evidence.tolerated.get(task, {})
    )
    all_proofs["students' programs"] = lambda: proofs.student_programs(
        ladder, _programs(ladder, evidence)
    )
    all_proofs["changes of the model answer"] = lambda: proofs.mutations(
        ladder, answer, evidence.survivors.get(task, {}), evidence.by_outcome.get(task, "")
    )
    return all_proofs


def _programs(ladder: Ladder, evidence: Evidence) -> dict[str, str]:
    return {
        mistake: source
        for mistake, source in evidence.programs.items()
        if mistake.partition(".")[0] == ladder.task
    }
