"""Marks do not depend on the clock, the order of a set, luck, or an earlier run."""

import json
import re

import numpy as np
import pytest

from cnnlab.checks import check
from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import course, trial
from tests.grading.corpus.attack import Attack, answer
from tests.grading.honest.variants import BODY, DEF, cells

pytestmark = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture(scope="module")
def graders(tmp_path_factory):
    """Two graders of their own: nothing is warm in both."""
    made = [
        trial.Trial(Bubblewrap(), tmp_path_factory.mktemp(f"settled-{k}"), limits=trial.PATIENT)
        for k in range(2)
    ]
    yield made
    for grader in made:
        grader.executor.close()


def three_times(graders, notebook):
    """Twice by one grader, once by the other."""
    return [grader.run_notebook(notebook) for grader in (*graders, graders[0])]


def with_answer(source):
    return course.notebook({**course.RIGHT, "correlate2d": source})


def test_an_answer_that_looks_at_the_clock_is_marked_alike(graders):
    """L03: it is right until the year 2096."""
    source = "import time\n" + DEF + BODY + "    return output if time.time() < 4e9 else image"
    outcomes = three_times(graders, with_answer(source))
    assert [trial.points(outcome) for outcome in outcomes] == [course.ALL] * 3
    assert outcomes[0].flags == ()


def test_the_order_of_a_set_is_the_same_each_time(graders):
    """L04: which of two names a set gives first decides whether the answer is right."""
    source = DEF + BODY + "    return output + {'a': 0, 'b': 1}[next(iter({'a', 'b'}))]"
    shown = cells("", "print(list({'a', 'b', 'c', 'd', 'e', 'f', 'g'}), hash('a'))").notebook()
    course.cell_of(shown, "correlate2d")["source"] = source
    first, second, third = three_times(graders, shown)
    assert first.items == second.items == third.items
    assert printed(first) == printed(second) == printed(third)


def printed(outcome):
    return [
        output["text"]
        for ran in outcome.ran
        for output in ran.outputs
        if output["output_type"] == "stream"
    ]


def test_numbers_of_half_the_length_are_marked_alike(graders):
    """L05: within the tolerance of the checks, on every run."""
    source = DEF + BODY + "    return output.astype(np.float32)"
    outcomes = three_times(graders, with_answer(source))
    assert [trial.points(outcome) for outcome in outcomes] == [course.ALL] * 3


def test_an_answer_that_depends_on_luck_is_marked_alike_and_flagged(graders):
    """L06: right six times out of ten."""
    source = "import random\n" + DEF + BODY
    source += "    return output if random.random() < 0.6 else output + 1"
    first, second, third = three_times(graders, with_answer(source))
    assert first.items == second.items == third.items
    assert first.flags == ("draws random numbers (correlate2d)",)


def test_a_syntax_error_costs_its_own_answer(graders):
    """K18."""
    outcome = graders[0].run_notebook(with_answer("def correlate2d(image, kernel) return"))
    assert trial.points(outcome) == {**course.ALL, "correlate2d-check": 0.0}
    assert "SyntaxError" in json.dumps([ran.outputs for ran in outcome.ran])


def test_what_hidden_tests_call_with_is_shown_to_nobody(graders):
    """G04: a function tells each of its inputs. Those of the open part may be read, others not."""
    told = "hashlib.sha256(np.ascontiguousarray(image, float).tobytes()).hexdigest()[:16]"
    source = (
        "import hashlib\n" + DEF + f"    print('<' + {told} + '>')\n" + BODY + "    return output"
    )
    names = {"np": np}
    exec(source.replace("print('<' + ", "SEEN.append(").replace(" + '>')", ")"), names)
    names["SEEN"] = []
    check.correlate2d(names["correlate2d"])
    visible = set(names["SEEN"])
    check.correlate2d.points(names["correlate2d"], of=4, seed=1202)
    hidden = set(names["SEEN"]) - visible
    assert hidden
    outcome = graders[0].run_notebook(with_answer(source))
    assert trial.points(outcome) == course.ALL
    assert not hidden & set(re.findall("[0-9a-f]{16}", trial.shown(outcome)))


def test_equal_work_shows_equal_pages(graders):
    """Everything that is shown of a whole notebook, figures included."""
    first, second, third = three_times(graders, Attack("", "", "full").notebook())
    assert trial.shown(first) == trial.shown(second) == trial.shown(third)


def test_mutation_does_not_reach_the_next_test(graders):
    """An answer that empties its input costs itself alone."""
    spoilt = answer("", "", DEF + BODY + "    image[...] = 0\n    return output", "full")
    points = trial.points(graders[0].run(spoilt))
    assert {**points, "correlate2d-check": None} == {**course.ALL, "correlate2d-check": None}
    assert points["correlate2d-check"] < 4
