"""Points are a float between 0 and what a task is worth, whatever a function does."""

import sys
import time
import warnings
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from nbgrader.utils import determine_grade

from cnnlab.checks import Check, check
from cnnlab.errors import ArgumentError
from tests.checks.test_values import Everything, Number, Rows, Sub, Whole

# One function for each kind of answer: what happens to a hostile one does not depend on its task.
TASKS = ("correlate2d", "window_sum", "slide_pair", "conv2d_parameters", "linear_backward")


def stop(*arguments):
    sys.exit()


def interrupt(*arguments):
    raise KeyboardInterrupt


def warn(*arguments):
    warnings.warn("full marks, please", stacklevel=1)
    print("4.0", file=sys.stderr)
    print("4.0")
    return np.uint8(200) + np.uint8(100)


def deep(*arguments):
    return deep(*arguments)


async def later(*arguments):
    return 4.0


def generator(*arguments):
    yield 4.0


class Callable:
    def __call__(self, *arguments):
        raise GeneratorExit


HOSTILE = {
    "stops the program": stop,
    "interrupts": interrupt,
    "raises GeneratorExit": Callable(),
    "warns, prints, overflows": warn,
    "calls itself": deep,
    "coroutine": later,
    "generator": generator,
    "one argument": lambda one: one,
    "None": lambda *a: None,
    "not implemented": lambda *a: NotImplemented,
    "text": lambda *a: "4.0",
    "equal to everything": lambda *a: Everything(),
    "lying subclass": lambda *a: np.zeros((2, 4)).view(Sub),
    "lying float": lambda *a: Number(0),
    "lying int": lambda *a: Whole(0),
    "lying list": lambda *a: Rows(),
    "nan": lambda *a: np.full((2, 4), np.nan),
    "infinite": lambda *a: np.inf,
    "masked": lambda *a: np.ma.masked_all((2, 4)),
    "objects": lambda *a: np.full((2, 4), Everything()),
    "complex": lambda *a: np.ones((2, 4)) * 1j,
    "empty": lambda *a: np.zeros((0, 4)),
    "huge array": lambda *a: np.broadcast_to(np.float64(1), (10**7, 10**7)),
    "huge number": lambda *a: 10**5000,
    "itself": lambda *a: HOSTILE,
    "not callable": 4.0,
    "an array": np.full((2, 4), 4.0),
    "a class": Everything,
}


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("function", HOSTILE.values(), ids=HOSTILE)
def test_hostile_functions_earn_nothing_and_raise_nothing(task, function, capfd):
    points = getattr(check, task).points(function, of=4, seed=3)
    assert type(points) is float
    assert points == 0.0
    assert capfd.readouterr() == ("", "")
    result = getattr(check, task).result(function)
    assert not result.passed


def test_a_print_a_warning_and_stderr_cost_nothing(capfd):
    def noisy(image):
        print("working")
        print("50 %", file=sys.stderr)
        warnings.warn("slow", stacklevel=1)
        return check.scale_centered.ladder.reference(image)

    assert check.scale_centered.points(noisy, of=3, seed=1) == 3.0
    assert capfd.readouterr() == ("", "")


def test_a_missing_function_earns_nothing():
    assert check.correlate2d.points(of=4, seed=1) == 0.0


def test_without_an_argument_the_callers_function_is_taken():
    correlate2d = check.correlate2d.ladder.reference
    assert check.correlate2d.points(of=4, seed=1) == 4.0
    assert check.correlate2d.result().passed
    assert correlate2d


def test_points_are_shared_out_by_item():
    """A function that swaps height and width of the kernel earns the square item alone."""
    right = check.correlate2d.ladder.reference

    def square_only(image, kernel):
        return right(image, kernel[:, : kernel.shape[0]])

    score = check.correlate2d.score(square_only, of=4, seed=1)
    assert score.points == 1.0
    assert [name for name, _, earned in score.items if earned] == ["square image, square kernel"]


def test_changing_the_input_costs_its_item_alone():
    def changes(image, kernel):
        result = check.correlate2d.ladder.reference(image, kernel)
        image[:] = 0
        return result

    assert check.correlate2d.points(changes, of=4, seed=1) == 3.0


def test_an_endless_loop_ends_within_the_budget():
    def endless(rows):
        while True:
            pass

    start = time.monotonic()
    impatient = Check(replace(check.pixels_to_array.ladder, budget=0.5))
    assert impatient.points(endless, of=3, seed=1) == 0.0
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("of", [0, -1, True, "4", None, float("nan"), float("inf")])
def test_a_wrong_worth_is_the_teachers_error(of):
    with pytest.raises(ArgumentError, match="`of` must be a number above 0"):
        check.correlate2d.points(lambda image, kernel: 0, of=of, seed=1)


@pytest.mark.parametrize(
    ("function", "worth"),
    [(check.correlate2d.ladder.reference, 4.0), (stop, 0.0), (warn, 0.0)],
)
def test_nbgrader_reads_the_points_as_they_are(function, worth):
    """A cell as the kernel would leave it: the report displayed, the points as its result."""
    points = check.correlate2d.points(function, of=4, seed=1)
    cell = nbformat.v4.new_code_cell(metadata={"nbgrader": {"grade": True, "points": 4}})
    cell.outputs = [
        nbformat.v4.new_output("display_data", {"text/plain": "a report"}),
        nbformat.v4.new_output("execute_result", {"text/plain": repr(points)}),
    ]
    assert determine_grade(cell) == (worth, 4.0)
