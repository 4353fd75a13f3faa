"""The first rung that breaks speaks, and says one next step."""

import time
from dataclasses import replace

import numpy as np
import pytest

from cnnlab.checks import Case, Check, Property, check
from cnnlab.checks.sentences import RUNGS


def right(image, kernel):
    return check.correlate2d.ladder.reference(image, kernel)


def impatient(budget):
    return Check(replace(check.correlate2d.ladder, budget=budget))


def printing(image, kernel):
    print(right(image, kernel))


def one_argument(image):
    return image


def unwritten(image, kernel):
    raise NotImplementedError


def half_written(image, kernel):
    output = np.zeros((2, 2))
    for _ in output:
        raise NotImplementedError
    return output


def too_far(image, kernel):
    return image[100, 100]


def endless(image, kernel):
    while True:
        pass


def doubles_the_image(image, kernel):
    result = right(image, kernel)
    image *= 2
    return result + 0.5


CASES = {
    "not a function": (right(np.eye(3), np.eye(2)), "defined", "is an array, not a function"),
    "one argument too few": (one_argument, "defined", "called with 2 arguments: `image` and"),
    "not written": (unwritten, "defined", "not written yet"),
    "half written": (half_written, "defined", "not written yet"),
    "index error": (too_far, "runs", "stopped with IndexError"),
    "endless": (endless, "time", "still running after 0.3 seconds"),
    "no return": (lambda image, kernel: None, "returns", "returned nothing"),
    "printed": (printing, "returns", "returned nothing"),
    "a list": (lambda image, kernel: right(image, kernel).tolist(), "type", "returned a list."),
    "a number": (lambda image, kernel: 429.0, "type", "returned one number."),
    "changed": (doubles_the_image, "unchanged", "changed `image`"),
    "shape": (lambda image, kernel: np.ones((2, 2)), "shape", "is 2 x 2; it should be 2 x 4"),
    "property": (
        lambda image, kernel: right(image, kernel) ** 2,
        "properties",
        "every weight should show up once",
    ),
    "not a number": (
        lambda image, kernel: right(image, kernel) * (np.nan if image.shape == (3, 5) else 1),
        "values",
        "not numbers at all",
    ),
    "values": (
        lambda image, kernel: right(image, kernel) + (image.dtype == np.uint8) * 0.5,
        "values",
        "6 of the 6 values are not right",
    ),
}


@pytest.mark.parametrize(("function", "rung", "symptom"), CASES.values(), ids=CASES)
def test_the_first_broken_rung_speaks(function, rung, symptom):
    result = impatient(0.6).result(function)
    assert result.rung == rung
    assert symptom in result.symptom
    assert "?" in result.hint
    assert result.mistake == f"correlate2d.{rung}"
    assert not result.recognised
    order = [rung for rung in RUNGS if rung != "own"]
    assert list(result.climbed) == order[: order.index(rung)]


def test_after_an_endless_loop_nothing_else_is_tried():
    calls = []

    def counted(image, kernel):
        calls.append(image.shape)
        while True:
            pass

    assert impatient(0.4).result(counted).rung == "time"
    assert calls == [(3, 5)]


def test_many_slow_calls_use_up_the_time_together():
    """A slow loop may not eat the time in which nbgrader runs a cell."""

    def slow(image, kernel):
        time.sleep(0.7)
        return right(image, kernel)

    start = time.monotonic()
    result = impatient(2).result(slow)
    assert time.monotonic() - start < 5
    assert result.rung == "time"
    assert "did not finish 3 tiny inputs within 2 seconds" in result.symptom


def test_no_ladder_may_take_longer_than_nbgrader_waits():
    with pytest.raises(AssertionError, match="30 s"):
        impatient(20)


def test_a_printed_answer_is_told_from_a_forgotten_return():
    assert "printed" in check.correlate2d.result(printing).hint
    assert "printed" not in check.correlate2d.result(lambda image, kernel: None).hint


def test_a_wrong_shape_says_how_many_places_there_are():
    hint = check.correlate2d.result(lambda image, kernel: np.ones((5, 5))).hint
    assert "A 2 x 2 kernel fits a 3 x 5 image in 2 places down and 4 across." in hint


def test_an_exception_points_at_the_students_line():
    result = check.correlate2d.result(too_far)
    assert result.source == "return image[100, 100]"
    assert result.line == too_far.__code__.co_firstlineno + 1


def test_a_function_that_is_right_climbs_all_rungs():
    result = check.correlate2d.result(right)
    assert result.passed
    assert result.climbed == tuple(rung for rung in RUNGS if rung != "own")
    assert result.mistake == ""


def refuse(function):
    if function is right:
        return "That is the reference.", "Where is the function of your own?"
    return None


def test_a_ladder_may_refuse_a_function_before_it_is_called():
    this = Check(replace(check.correlate2d.ladder, refuse=refuse))
    result = this.result(right)
    assert (result.rung, result.mistake) == ("own", "correlate2d.own")
    assert result.symptom == "That is the reference."
    assert this.points(right, of=4, seed=1) == 0.0

    def mine(image, kernel):
        return right(image, kernel)

    assert this.result(mine).climbed == tuple(RUNGS)
    assert this.points(mine, of=4, seed=1) == 4.0


def test_a_ladder_without_properties_does_not_claim_them():
    assert "properties" not in check.rgb_to_gray.result(check.rgb_to_gray.ladder.reference).climbed


def test_two_mistakes_that_both_fit_give_the_general_hint(monkeypatch):
    ladder = check.correlate2d.ladder
    first = ladder.mistakes[0]
    wrong = first.versions[0]
    assert check.correlate2d.result(wrong).hint == first.hint
    monkeypatch.setattr(ladder.mistakes[5], "versions", (wrong,))
    result = check.correlate2d.result(wrong)
    assert result.hint == ladder.hint
    assert result.mistake == "correlate2d.values"


def test_a_mistake_must_fit_on_every_case():
    def flipped_once(image, kernel):
        return right(image, kernel[::-1, ::-1] if image.shape == (3, 5) else kernel)

    assert check.correlate2d.result(flipped_once).mistake == "correlate2d.values"


def test_a_known_mistake_that_also_changes_its_input_is_no_longer_that_mistake():
    def flipped_and_changing(image, kernel):
        result = right(image, kernel[::-1, ::-1])
        image *= 2
        return result

    result = check.correlate2d.result(flipped_and_changing)
    assert result.mistake == "correlate2d.unchanged"


def test_two_functions_that_only_stop_have_no_mistake_in_common(monkeypatch):
    """A mistake is known by its numbers, and an error has none."""

    def stops(image, kernel):
        raise IndexError

    assert check.correlate2d.result(stops).mistake == "correlate2d.runs"
    monkeypatch.setattr(check.correlate2d.ladder.mistakes[0], "versions", (stops,))
    assert check.correlate2d.result(stops).mistake == "correlate2d.runs"


def test_right_numbers_look_like_no_mistake():
    """Cutting whole numbers to whole numbers changes nothing, so it explains nothing."""

    def right_but_for_the_property(image, kernel):
        answer = right(image, kernel)
        return answer + (image.shape not in {c.arguments[0].shape for c in ladder.cases})

    rule = Property("odd", (Case("odd", (np.ones((9, 7)), np.ones((2, 2)))),), odd, "Odd.", "Odd?")
    ladder = replace(
        check.correlate2d.ladder, cases=check.correlate2d.ladder.cases[:1], properties=(rule,)
    )
    result = Check(ladder).result(right_but_for_the_property)
    assert (result.rung, result.mistake) == ("properties", "correlate2d.properties")


def odd(arguments, answers):
    return bool((answers[0] % 2 == 0).all())


def test_what_is_not_finite_is_told_apart(monkeypatch):
    """An infinite value once looked like every finite one."""
    mistakes = check.correlate2d.ladder.mistakes

    def with_one(value):
        def version(image, kernel):
            answer = right(image, kernel)
            answer[0, 0] = value
            return answer

        return version

    monkeypatch.setattr(mistakes[0], "versions", (with_one(np.inf),))
    monkeypatch.setattr(mistakes[1], "versions", (with_one(-np.inf), with_one(1e12)))
    monkeypatch.setattr(mistakes[2], "versions", (with_one(np.nan),))
    for mistake, value in zip(mistakes[:3], (np.inf, -np.inf, np.nan), strict=True):
        result = check.correlate2d.result(with_one(value))
        assert result.mistake == f"correlate2d.{mistake.name}"


def test_the_smallest_failing_case_is_kept_for_the_picture():
    result = check.correlate2d.result(lambda image, kernel: right(image, kernel[::-1]))
    assert result.case.name == "a 3 x 5 image of digits, a 2 x 2 kernel"
    assert result.right.shape == result.got.shape == (2, 4)
