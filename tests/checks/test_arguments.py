"""Arguments of every kind: fresh copies for each call, and changes are seen."""

import numpy as np
import pytest

from cnnlab.checks import Case, Check, Item, Ladder
from cnnlab.checks.arguments import copies, describe_argument, unchanged
from cnnlab.checks.report import Report


class Layer:
    def __init__(self):
        self.weight = np.ones(3)

    def __call__(self, x):
        return x @ self.weight


def square(x):
    return x**2


ARGUMENTS = {
    "array": np.array([1.0, np.nan, 3]),
    "list of arrays": [np.ones(2), np.zeros((2, 2))],
    "dictionary": {"W1": np.ones((2, 3)), "b1": np.zeros(3)},
    "function": square,
    "lambda": lambda x: x,
    "object": Layer(),
    "text": "same",
    "none": None,
    "number": 0.5,
}


@pytest.mark.parametrize("value", ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_copy_that_nobody_touched_is_unchanged(value):
    assert unchanged(value, copies({"it": value})["it"])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("array", lambda a: a.__setitem__(1, 2.0)),
        ("list of arrays", lambda a: a[1].__setitem__((0, 0), 7)),
        ("list of arrays", lambda a: a.append(np.ones(1))),
        ("dictionary", lambda a: a["W1"].__imul__(2)),
        ("dictionary", lambda a: a.pop("b1")),
        ("dictionary", lambda a: a.update(new=1)),
        ("object", lambda a: a.weight.__isub__(1)),
    ],
)
def test_a_change_is_seen_inside_of_everything(name, change):
    given = copies({"it": ARGUMENTS[name]})["it"]
    change(given)
    assert not unchanged(ARGUMENTS[name], given)


def test_a_generator_gives_each_call_the_same_numbers():
    rng = np.random.default_rng(5)
    one, other = (copies({"rng": rng})["rng"] for _ in range(2))
    assert one.normal() == other.normal()
    assert unchanged(rng, one)


def dropout(x, keep, rng):
    return x * (rng.random(x.shape) < keep) / keep


DROPOUT = Check(
    Ladder(
        task="dropout",
        arguments=("x", "keep", "rng"),
        reference=dropout,
        cases=(
            Case("twelve ones", (np.ones((3, 4)), 0.8, np.random.default_rng(1))),
            Case("the same again", (np.ones((3, 4)), 0.8, np.random.default_rng(1))),
        ),
        hidden=lambda rng: (Item("a", (Case("", (np.ones((5, 4)), 0.8, rng)),)),),
        mistakes=(),
        accepted=(),
        hint="Which ones stay?",
        places=lambda x, keep, rng: "The answer has the shape of x.",
    )
)


def test_student_and_reference_draw_alike():
    assert DROPOUT.result(lambda *given: dropout(*given)).passed
    assert DROPOUT.points(dropout, of=2, seed=1) == 2.0
    assert DROPOUT.points(lambda x, keep, rng: x * (rng.random(x.shape) < keep), of=2, seed=1) == 0


def gradient(f, x):
    h = 1e-5
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])


GRADIENT = Check(
    Ladder(
        task="gradient",
        arguments=("f", "x"),
        reference=gradient,
        cases=(Case("a sum of squares", (lambda x: (x**2).sum(), np.array([1.0, -2, 3]))),),
        hidden=lambda rng: (Item("a", (Case("", (Layer(), rng.normal(size=3))),)),),
        mistakes=(),
        accepted=(),
        hint="What does a step change?",
        places=lambda f, x: "There is one slope for each number in x.",
    )
)


def test_a_function_may_be_an_argument():
    assert GRADIENT.result(gradient).passed
    assert GRADIENT.points(gradient, of=2, seed=1) == 2.0


def test_the_report_names_what_is_no_table():
    text = str(Report(GRADIENT.result(lambda f, x: 2 * gradient(f, x)), "array"))
    assert "f: a function" in text
    text = str(Report(DROPOUT.result(lambda x, keep, rng: x), "array"))
    assert "rng: a random generator" in text
    assert "keep: 0.8" in text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (square, "a function"),
        (np.random.default_rng(), "a random generator"),
        ("same", '"same"'),
        (None, "None"),
        (object(), "an object of type object"),
        (Layer(), "a function"),
        (3, ""),
        ([np.ones(2)], ""),
    ],
)
def test_words_for_what_is_no_table(value, words):
    assert describe_argument(value) == words
