"""Checks that name the mistake, and the points of a graded cell.

Under a function of an exercise stands::

    from cnnlab.checks import check
    check.correlate2d(correlate2d)        # shows a report, returns None

A check is a ladder. The first rung that breaks speaks: the function is not written, it stopped with
an error, returned nothing, returned another type, changed its input, has another shape, breaks a
property, or has wrong values. Then the known wrong versions of the function run on the same inputs;
if exactly one gives the student's numbers, its hint is shown. A graded cell ends in::

    check.correlate2d.points(correlate2d, of=4, seed=2)      # a float from 0 to 4

docs/checks.md explains how to write the checks of an exercise.
"""

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property, Result, Score
from cnnlab.checks.registry import EXERCISES, Check, UnknownCheck, check
from cnnlab.checks.values import ARRAY, INTEGER, LIST, NUMBER, Several

__all__ = [
    "ARRAY",
    "EXERCISES",
    "INTEGER",
    "LIST",
    "NUMBER",
    "Case",
    "Check",
    "Item",
    "Ladder",
    "Mistake",
    "Property",
    "Result",
    "Score",
    "Several",
    "UnknownCheck",
    "check",
]
