"""Answers of several values, each read, compared and shown by itself; and whole numbers."""

from dataclasses import replace

import numpy as np
import pytest

from cnnlab.checks import Case, Check, tables
from cnnlab.checks.report import Report
from cnnlab.checks.values import ARRAY, INTEGER, NUMBER, Several, read
from tests.checks.sample_ladders import DENSE, PLACES, dense_backward

dense, places = Check(DENSE), Check(PLACES)


def test_an_answer_in_order_passes_and_a_list_will_do():
    for function in (dense_backward, *DENSE.accepted):
        assert dense.result(function).passed
        assert dense.points(function, of=2, seed=1) == 2.0


@pytest.mark.parametrize(
    ("change", "symptom"),
    [
        (lambda a, b, c: (a, b), "returned 2 values. The exercise asks for three values: `grad_x`"),
        (lambda a, b, c: (a,), "returned 1 value."),
        (lambda a, b, c: (), "returned no values."),
        (lambda a, b, c: a, "returned an array. The exercise asks for three values"),
        (lambda a, b, c: 3.0, "returned one number."),
        (lambda a, b, c: {"a": a}, "returned a dictionary."),
        (lambda a, b, c: (a, b.tolist(), c), "returned a list as `grad_weight`."),
        (lambda a, b, c: (a, None, c), "returned nothing (None) as `grad_weight`."),
        (lambda a, b, c: (a, b, b), "numbers, shape (3, 2) as `total`."),
    ],
)
def test_another_type_or_count_is_named(change, symptom):
    result = dense.result(lambda *given: change(*dense_backward(*given)))
    assert result.rung == "type"
    assert symptom in result.symptom
    assert "?" in result.hint
    assert dense.points(lambda *given: change(*dense_backward(*given)), of=2, seed=1) == 0.0


def test_the_first_part_of_a_wrong_shape_is_named():
    result = dense.result(lambda x, w, g: (g @ w.T, g.T @ x, g.sum()))
    assert result.rung == "shape"
    assert result.symptom == "Your `grad_weight` is 2 x 3; it should be 3 x 2."
    assert result.part == "grad_weight"


def test_the_first_part_of_wrong_values_is_named_and_shown():
    result = dense.result(lambda x, w, g: (g @ w.T, x.T @ g + np.eye(3, 2), g.sum()))
    assert result.symptom == "2 of the 6 values of `grad_weight` are not right."
    assert result.got.shape == (3, 2)
    assert result.right.tolist() == [[False, True], [True, False], [True, True]]
    text = str(Report(result, DENSE.returns))
    assert "your grad_weight:" in text


def test_a_mistake_is_known_by_all_its_parts():
    wrong = DENSE.mistakes[0].versions[0]
    assert dense.result(wrong).mistake == "dense_backward.bias-not-summed"

    def another_part_wrong_too(x, w, g):
        a, b, c = wrong(x, w, g)
        return a, b + 0.5, c

    assert dense.result(another_part_wrong_too).mistake == "dense_backward.values"


@pytest.mark.parametrize(
    "order",
    [
        lambda a, b, c: (b, a, c),
        lambda a, b, c: (c, a, b),
        lambda a, b, c: (b, c, a),
    ],
)
def test_parts_in_another_order_are_recognised(order):
    result = dense.result(lambda *given: order(*dense_backward(*given)))
    assert result.mistake == "dense_backward.swapped-order"
    assert "order" in result.hint


def test_a_single_part_with_the_wrong_sign_is_recognised():
    result = dense.result(lambda x, w, g: (g @ w.T, -(x.T @ g), g.sum()))
    assert result.mistake == "dense_backward.negated"
    assert result.part == "grad_weight"


def test_the_type_rung_names_what_is_asked():
    text = str(Report(dense.result(dense_backward), DENSE.returns))
    assert "agrees with the definition on 2 inputs" in text
    text = str(Report(dense.result(lambda *given: None), DENSE.returns))
    assert "Holds: the function is written; it runs without an error; it finishes in time." in text


# --- Whole numbers


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.array])
def test_every_kind_of_whole_number_passes(kind):
    assert places.result(lambda n, k: kind(n - k + 1)).passed


@pytest.mark.parametrize("kind", [float, np.float32, np.float64])
def test_a_decimal_point_gets_its_own_sentence(kind):
    result = places.result(lambda n, k: kind(n - k + 1))
    assert result.rung == "type"
    assert "a number with a decimal point. The exercise asks for a whole number." in result.symptom
    assert result.hint.endswith("Which division drops the rest?")
    assert places.points(lambda n, k: kind(n - k + 1), of=2, seed=1) == 0.0


@pytest.mark.parametrize(
    ("answer", "shown"),
    [(3.0, "3.0"), (np.float32(-2), "-2.0"), (10 / 3, "3.333"), (1e20, "1e+20")],
)
def test_a_decimal_point_is_shown(answer, shown):
    (table,) = tables.answers(places.result(lambda n, k: answer))
    assert table.words == shown


def test_a_wrong_count_without_a_point_is_shown_without_one():
    (table,) = tables.answers(places.result(lambda n, k: 7))
    assert table.words == "7"


def test_a_large_count_must_be_exact():
    """A million is not a million and one, though their difference is as small as rounding."""
    many = Check(replace(PLACES, cases=(Case("a long row", (10**6, 3)),)))
    assert many.result(lambda n, k: n - k + 1).passed
    result = many.result(lambda n, k: n - k + 2)
    assert (result.rung, result.mistake) == ("values", "places.one-too-many")
    assert many.result(lambda n, k: n - k).mistake == "places.one-short"


@pytest.mark.parametrize("value", [None, "3", [3], np.array([3]), 3j])
def test_what_is_no_whole_number(value):
    assert read(value, INTEGER).problem


def test_whole_numbers_may_be_parts():
    asked = Several(height=INTEGER, width=INTEGER)
    assert not read((np.int32(3), 4), asked).problem
    assert read((3.0, 4), asked).problem == "a number with a decimal point as `height`"
    assert str(asked) == "two values: `height` and `width`"


def test_lists_that_lie_about_their_length_are_read_as_they_are():
    class Liar(tuple):
        def __iter__(self):
            return iter((np.eye(2), 3.0))

        def __len__(self):
            return 2

    assert read(Liar(), Several(a=ARRAY, b=NUMBER)).problem == "no values"
