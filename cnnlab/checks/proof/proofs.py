"""What must hold of every ladder. Each proof returns sentences on what does not hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from cnnlab.checks.arguments import copies, key
from cnnlab.checks.ladder import BUDGET, Function, Ladder
from cnnlab.checks.mistakes import common
from cnnlab.checks.proof.answers import Answer
from cnnlab.checks.proof.mutation import mutants
from cnnlab.checks.proof.wrong import FORMS, GENERIC, IN_ONE_PART, everywhere, in_form, in_part
from cnnlab.checks.registry import Check
from cnnlab.checks.values import INTEGER, Several

OF = 4.0
NONE: Mapping[str, str] = MappingProxyType({})
CODE = re.compile(
    r"[=\[\]{}<>@*%]|np\.|\w\(|\b(def|import|lambda|for \w+ in|return [a-z]+)\b|\+=|//|\.\w+\("
)


def right_versions(ladder: Ladder) -> Iterator[str]:
    """The reference and every accepted version pass and earn every point, for many seeds.

    So does the right answer as float32, in Fortran order, and as a view.
    """
    versions = {"the reference": ladder.reference}
    if ladder.returns != INTEGER:
        forms = FORMS.items()
        versions |= {f"the answer {n}": in_form(ladder, form) for n, form in forms}
    versions |= {f"accepted version {n}": f for n, f in enumerate(ladder.accepted)}
    for name, function in versions.items():
        result = Check(ladder).result(function)
        if not result.passed:
            yield f"{name} does not pass: {result.symptom}"
        elif set(_points(ladder, function)) != {OF}:
            yield f"{name} passes and does not earn every point"


def known_mistakes(ladder: Ladder) -> Iterator[str]:
    """Every known wrong version fails, loses points and is told its own hint."""
    for mistake in ladder.mistakes:
        for n, version in enumerate(mistake.versions):
            name = f"version {n} of the mistake {mistake.name}"
            result = Check(ladder).result(version)
            if result.passed:
                yield f"{name} passes every check in sight"
            elif result.mistake != ladder.identify(mistake.name):
                yield f"{name} is told {result.mistake} ({result.rung}: {result.symptom})"
            if max(_points(ladder, version)) == OF:
                yield f"{name} earns every point for some seed"


def generic_mistakes(
    ladder: Ladder,
    excused: Mapping[str, str] = NONE,
    tolerated: Mapping[str, str] = NONE,
) -> Iterator[str]:
    """Zeros, noise, shuffled answers and their kind fail, and earn nothing at all.

    ``excused`` names those that may earn a part of the points, ``tolerated`` those that are no
    mistake for this function; both with reasons.
    """
    for name, change in GENERIC.items():
        if name in tolerated:
            continue
        most = OF if name in excused else 0.0
        yield from _fails(ladder, name, everywhere(ladder, change), most)
    for n, argument in enumerate(ladder.arguments):
        most = OF if argument in excused else 0.0
        yield from _fails(ladder, f"giving back {argument}", lambda *a, n=n: a[n], most)
    if isinstance(ladder.returns, Several):
        for part in ladder.returns.kinds:
            for name in IN_ONE_PART:
                wrong = in_part(ladder, part, GENERIC[name])
                yield from _fails(ladder, f"{name} as {part}", wrong, OF)


def _fails(ladder: Ladder, name: str, wrong: Function, most: float) -> Iterator[str]:
    """``most`` is what it may earn: nothing, or less than everything."""
    if Check(ladder).result(wrong).passed:
        yield f"{name}: passes every check in sight"
    earned = max(_points(ladder, wrong, 5))
    if earned > 0 == most or earned == OF:
        yield f"{name}: earns {earned:g} of {OF:g} points"


def learnt_by_heart(ladder: Ladder) -> Iterator[str]:
    """A table of the answers in sight passes what is in sight, and earns nothing."""
    cases = [*ladder.cases, *(c for p in ladder.properties for c in p.cases)]
    table = {key(c.arguments): ladder.reference(*copies(c.arguments)) for c in cases}

    def by_heart(*given: Any) -> Any:
        return table.get(key(given))

    if not Check(ladder).result(by_heart).passed:
        yield "a table of the answers in sight does not pass: does a case change from call to call?"
    if max(_points(ladder, by_heart, 5)) > 0:
        yield "a table of the answers in sight earns points: are the hidden cases other ones?"


def hidden_cases(ladder: Ladder) -> Iterator[str]:
    """A seed decides the cases: the same again, and others for another seed."""

    def drawn(seed: int) -> list[Any]:
        items = ladder.hidden(np.random.default_rng(seed))
        return [key(case.arguments) for item in items for case in item.cases]

    if drawn(1) != drawn(1):
        yield "one seed gives two different sets of hidden cases"
    shared = set(drawn(1)) & set(drawn(2))
    if shared:
        yield f"{len(shared)} hidden cases do not depend on the seed"
    items = ladder.hidden(np.random.default_rng(1))
    if len(items) < 2:
        yield "one item alone gives no partial credit"
    names = [item.name for item in items]
    if len(set(names)) < len(names):
        yield "two items have one name"


def hints(ladder: Ladder) -> Iterator[str]:
    """A hint asks a question, and holds no code; names are plain, and nothing is said twice."""
    said = [("the general hint", ladder.hint)]
    said += [(f"the hint of {m.name}", m.hint) for m in (*ladder.mistakes, *common(ladder))]
    said += [(f"the rule {p.name}", f"{p.symptom} {p.hint}") for p in ladder.properties]
    said += [
        ("the places", ladder.places(*case.arguments) + " How many steps?") for case in ladder.cases
    ]
    for name, words in said:
        yield from (f"{name} {complaint}: {words!r}" for complaint in unclear(words))
    for what in ("name", "hint"):
        listed = [getattr(mistake, what) for mistake in ladder.mistakes]
        twice = {text for text in listed if listed.count(text) > 1}
        yield from (f"two mistakes have one {what}: {text!r}" for text in twice)
    for mistake in ladder.mistakes:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mistake.name):
            yield f"the name {mistake.name!r} is not of small letters, digits and hyphens"


def unclear(hint: str) -> Iterator[str]:
    """What is wrong with the words of a hint."""
    if hint.count("?") not in (1, 2):
        yield "asks no question, or more than two"
    found = CODE.search(hint)
    if found:
        yield f"holds code ({found[0]})"
    if not 5 <= len(hint.split()) <= 45:
        yield f"has {len(hint.split())} words, not 5 to 45"


def student_programs(ladder: Ladder, programs: dict[str, str]) -> Iterator[str]:
    """Programs typed out as students write them are named, and lose points."""
    if not programs:
        yield "no program is typed out as a student would"
    for mistake, source in programs.items():
        names: dict[str, Any] = {"np": np}
        exec(source, names)
        result = Check(ladder).result(names[ladder.task])
        if result.mistake != mistake:
            yield f"the program {mistake} is told {result.mistake} ({result.symptom})"
        if max(_points(ladder, names[ladder.task], 5)) == OF:
            yield f"the program {mistake} earns every point for some seed"


def mutations(
    ladder: Ladder, answer: Answer, listed: Mapping[str, str] = NONE, by_outcome: str = ""
) -> Iterator[str]:
    """The model answer earns everything; with any one change of its code it does not.

    ``listed`` are the changes that may survive, with reasons. ``by_outcome`` is the reason why a
    function is judged by what it achieves, so that changes of its code say nothing.
    """
    if not earns_everything(ladder, answer, answer.source):
        yield "the model answer does not earn everything"
        return
    if by_outcome:
        return
    tried = mutants(answer.source)
    survivors = {c for c, source in tried.items() if earns_everything(ladder, answer, source)}
    yield from (f"a change of the model answer costs nothing: {c}" for c in survivors - set(listed))
    yield from (f"listed as surviving, and does not: {c}" for c in set(listed) - survivors)


def earns_everything(ladder: Ladder, answer: Answer, source: str) -> bool:
    """Does this source pass every check in sight, and earn every point of its graded cell?"""
    try:
        function = answer.function(source)
    except Exception:  # a change may stand where it stops the definition itself
        return False
    this = Check(ladder)
    if this.points(function, of=answer.of, seed=answer.seed) < answer.of:
        return False
    return this.result(function).passed


def _points(ladder: Ladder, function: Function, seeds: int = 10) -> list[float]:
    """Points for many seeds; for few where one grade takes seconds."""
    chosen = range(seeds if ladder.budget <= BUDGET else 2)
    return [Check(ladder).points(function, of=OF, seed=seed) for seed in chosen]


PROOFS: dict[str, Callable[[Ladder], Iterator[str]]] = {
    "right versions": right_versions,
    "known mistakes": known_mistakes,
    "learnt by heart": learnt_by_heart,
    "hidden cases": hidden_cases,
    "hints": hints,
}
