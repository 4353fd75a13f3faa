"""The checks of `relu`: what is below zero becomes zero."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.classes.common import WORKED_MAPS
from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size


def relu(input):
    """any shape -> the same shape"""
    return naive.relu(np.asarray(input, float))


def _hidden(rng):
    def case(input: np.ndarray) -> Case:
        return Case(f"an array of {size(input.shape)}", (input,))

    return (
        Item("rows of numbers", (case(signed(rng, 7)), case(signed(rng, 3, 5)))),
        Item("small numbers, maps of a batch", (case(signed(rng, 2, 3, 2, 4) / 32),)),
        Item("whole numbers", (case(whole_signed(rng, 4, 3)),)),
        Item("the input is left as it was", (case(signed(rng, 2, 3, 4)),), keeps_input=True),
    )


def _in_place(input):
    input[input < 0] = 0
    return input


def _in_place_and_copied(input):
    input[input < 0] = 0
    return input.copy()


def _in_place_of_the_sign(input):
    input *= input > 0
    return input


LADDER = Ladder(
    task="relu",
    arguments=("input",),
    reference=relu,
    cases=(
        Case("one number above zero", (np.array([2.24]),)),
        Case("six numbers", (np.array([-2.0, 0, 3, -0.5, 0.25, 40]),)),
        Case("a matrix", (np.array([[1.5, -3, 2], [-0.25, 4, -6]]),)),
        Case("whole numbers", (np.array([-2, 0, 3, 7]),)),
        Case("the maps of lesson 08", (WORKED_MAPS,)),
        Case(
            "a batch",
            (np.arange(48.0).reshape(2, 3, 2, 4)[:, ::-1] * 7 % 25 - 12.5,),
        ),
    ),
    hidden=_hidden,
    places=lambda input: f"Each of the {size(input.shape)} numbers keeps its place.",
    hint="Choose one wrong value. Which number came in there, and is it above zero?",
    mistakes=(
        Mistake(  # RL1
            "absolute-value",
            "Your numbers below zero came back without their sign. What should be left of them?",
            lambda x: np.abs(x),
        ),
        Mistake(  # RL2
            "one-number-only",
            "You compared all numbers and kept one. With what is each number compared?",
            lambda x: np.max(x),
            lambda x: max(float(np.max(x)), 0.0),
            lambda x: np.max(x, 0),
            lambda x: np.maximum(np.max(x, axis=0), 0),
        ),
        Mistake(
            "whole-array-compared",
            "You compared a whole array with zero, as if it were one number. What should happen "
            "to each number of it?",
            lambda x: max(x, 0),
            lambda x: max(0, x),
            lambda x: x if x > 0 else 0 * x,
            lambda x: x if x > 0 else 0,
            lambda x: 0 if x < 0 else x,
        ),
        Mistake(  # RL3
            "keeps-the-negatives",
            "What is above zero disappears, and what is below is left. Which of them should stay?",
            lambda x: np.minimum(x, 0),
            lambda x: np.where(x < 0, x, 0),
            lambda x: np.maximum(-np.asarray(x), 0),
        ),
        Mistake(  # RL4
            "changes-input",
            "The array you were given now holds other numbers. Could you leave it as it is?",
            _in_place,
            _in_place_and_copied,
            _in_place_of_the_sign,
        ),
        Mistake(  # RL5
            "clipped-at-one",
            "Your numbers end at one. Is there a highest number that may pass?",
            lambda x: np.clip(x, 0, 1),
        ),
        Mistake(
            "mask-only",
            "You say which numbers pass, and do not hand them on. What becomes of those that pass?",
            lambda x: (x > 0).astype(float),
            lambda x: x > 0,
            lambda x: (x >= 0).astype(float),
        ),
        Mistake(
            "negatives-left-out",
            "Your answer is shorter than the input. What stands where a number was below zero?",
            lambda x: x[x > 0],
            lambda x: x[x >= 0],
        ),
        Mistake(
            "leaky",
            "A little of the numbers below zero passes. How much of them should?",
            lambda x: np.where(x > 0, x, 0.01 * x),
            lambda x: np.where(x > 0, x, 0.1 * x),
        ),
        Mistake(
            "compared-with-one",
            "Small numbers above zero disappear. Where is the bend?",
            lambda x: np.where(x > 1, x, 0),
            lambda x: np.where(x >= 1, x, 0),
            lambda x: np.maximum(x, 1),
        ),
        Mistake(
            "squashed",
            "Your numbers lie between two bounds on a curve. Is that the function asked for?",
            lambda x: 1 / (1 + np.exp(-np.asarray(x, float))),
            lambda x: np.tanh(x),
        ),
        Mistake(
            "smooth-bend",
            "Your bend is round: near zero every number is a little too large. What is asked at "
            "zero itself?",
            lambda x: np.log1p(np.exp(np.asarray(x, float))),
        ),
        Mistake(
            "negatives-become-one",
            "What was below zero came back as another number than asked. What replaces it?",
            lambda x: np.where(x > 0, x, 1),
            lambda x: np.where(x > 0, x, -1),
        ),
        Mistake(
            "flattened",
            "Your numbers are right and stand in one row. Which shape did they come in?",
            lambda x: relu(x).ravel(),
        ),
    ),
    accepted=(
        lambda x: np.maximum(x, 0),
        lambda x: x * (x > 0),
        lambda x: np.where(x > 0, x, 0),
        lambda x: np.clip(x, 0, None),
        lambda x: (x + np.abs(x)) / 2,
        lambda x: np.maximum(x, 0).astype(np.float32),
        lambda x: np.asfortranarray(np.maximum(x, 0)),
        lambda x: np.array([max(v, 0) for v in x.ravel().tolist()]).reshape(x.shape),
    ),
)
