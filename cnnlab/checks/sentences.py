"""What a broken rung says, in plain words: a symptom, and one next step.

No sentence holds code or an expected value.
"""

import numpy as np

from cnnlab.checks.calls import Failure
from cnnlab.checks.values import ARRAY, INTEGER, LIST, NUMBER, WITH_POINT, Asked, in_words

RUNGS = {
    "defined": "the function is written",
    "own": "it is built from your own functions",
    "runs": "it runs without an error",
    "time": "it finishes in time",
    "returns": "it returns something",
    "type": "it returns {asked}",
    "unchanged": "it leaves its input as it was",
    "shape": "the result has the right shape",
    "properties": "it behaves as the operation must",
    "values": "the values are right",
}

EXCEPTIONS = {
    "IndexError": "An index went past the edge of an array. Which is the last place that exists?",
    "ValueError": "Two pieces did not fit together. Which shape does each of them have there?",
    "TypeError": "An operation met a kind of value it cannot handle. What is each value there?",
    "NameError": "A name is used that was never given a value. Is it spelt as where you made it?",
    "UnboundLocalError": "A name is used before it has a value. Where should it get its first one?",
    "AttributeError": "Something was asked for that the value does not have. Which type is it?",
    "ZeroDivisionError": "Something is divided by zero. Which number is zero there? Should it be?",
    "OverflowError": "A number did not fit its type. Are your numbers still small whole numbers?",
    "RecursionError": "The function calls itself without end. When should it stop?",
    "SystemExit": "The function ends the whole program. Should it not hand back a value?",
    "KeyboardInterrupt": "The function interrupts itself. Should it not hand back a value?",
}
OTHER_EXCEPTION = (
    "Read the message and the line it names. Which value there is not what you expected?"
)

TYPES = {
    ARRAY: "Where in your function does the array get made, and is that what you return?",
    NUMBER: "One window gives one number. Which step is still missing?",
    LIST: "What does your last line hand back, and is that the whole result?",
    INTEGER: "It counts something, so one number is enough. What does your last line hand back?",
}
POINT = "It counts something, so nothing stands behind the point. Which division drops the rest?"
SEVERAL = "Does your last line hand back each of them, in this order, with commas between them?"


def missing(task: str, near: str) -> tuple[str, str]:
    hint = "Have you run the cell that defines it?"
    if near:
        hint = f"There is one named `{near}`. Is that the one you mean?"
    return f"There is no function named `{task}` yet.", hint


def not_callable(task: str, what: str) -> tuple[str, str]:
    return (
        f"`{task}` is {what}, not a function.",
        "Pass the function itself, by its name alone. Did something else take over its name?",
    )


def wrong_arguments(task: str, arguments: tuple[str, ...]) -> tuple[str, str]:
    listed = " and ".join(f"`{a}`" for a in arguments)
    noun = "argument" if len(arguments) == 1 else "arguments"
    return (
        f"`{task}` cannot be called with {len(arguments)} {noun}: {listed}.",
        "Does the first line of the function still name what the exercise gave it?",
    )


def not_written(task: str) -> tuple[str, str]:
    return (
        f"`{task}` is not written yet.",
        "Put your own lines where it says that the code is missing. What comes first?",
    )


def raised(failure: Failure) -> tuple[str, str]:
    message = f": {failure.message}" if failure.message else ""
    return (
        f"Your function stopped with {failure.kind}{message}",
        EXCEPTIONS.get(failure.family, OTHER_EXCEPTION),
    )


def too_slow(seconds: float, stuck: bool) -> tuple[str, str]:
    hint = "Which loop never comes to its end?"
    if stuck:
        hint += " It could not be stopped: restart the kernel before you go on."
    return f"Your function was still running after {seconds:g} seconds on a tiny input.", hint


def too_slow_in_all(seconds: float, cases: int) -> tuple[str, str]:
    return (
        f"Your function did not finish {cases} tiny inputs within {seconds:g} seconds.",
        "Which loop takes more steps than it needs?",
    )


def nothing(printed: str) -> tuple[str, str]:
    hint = "Does its last line hand the result back?"
    if printed.strip():
        hint = "It printed something. Printing shows a value; how does a function hand one back?"
    return "Your function returned nothing (None).", hint


def wrong_type(problem: str, asked: Asked) -> tuple[str, str]:
    hint = POINT if problem.startswith(WITH_POINT) else SEVERAL
    if isinstance(asked, str) and hint is not POINT:
        hint = TYPES[asked]
    return f"Your function returned {problem}. The exercise asks for {in_words(asked)}.", hint


def changed(names: tuple[str, ...]) -> tuple[str, str]:
    listed = " and ".join(f"`{name}`" for name in names)
    return (
        f"Calling your function changed {listed}.",
        "Whoever called it still needs the original. Which line writes into it?",
    )


def wrong_shape(
    part: str, got: tuple[int, ...], want: tuple[int, ...], places: str
) -> tuple[str, str]:
    what = f"`{part}`" if part else "result"
    return (
        f"Your {what} is {size(got)}; it should be {size(want)}.",
        f"{places} How many steps do your loops take?".strip(),
    )


def wrong_values(part: str, right: np.ndarray | None, got: np.ndarray | None) -> str:
    assert right is not None
    assert got is not None
    of = f" of `{part}`" if part else ""
    if not np.isfinite(got).all():
        return f"Some of your values{of} are infinite, or not numbers at all (nan)."
    if right.size == 1:
        return f"Your value{of} is not the right one."
    return f"{(~right).sum()} of the {right.size} values{of} are not right."


def size(shape: tuple[int, ...]) -> str:
    """A shape as people say it: "3 x 4"; "5 numbers long"."""
    return " x ".join(map(str, shape)) if shape else "one number"
