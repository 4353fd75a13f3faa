"""The checks of `pixels_to_array`: rows of grey values become an array from 0 to 1."""

import numpy as np

from cnnlab.checks.inputs import grays
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake


def pixels_to_array(rows):
    """(H, W) grey values 0 to 255 -> (H, W), 0 to 1"""
    return np.array(rows, dtype=float) / 255


def _rows_hidden(rng):
    def rows(height: int, width: int, low: int, high: int) -> Case:
        listed = grays(rng, height, width, low, high).tolist()
        return Case(f"{height} rows of {width} pixels", (listed,))

    return (
        Item("a dim picture", (rows(3, 5, 20, 120),)),
        Item("a wide and a tall picture", (rows(2, 6, 1, 254), rows(5, 3, 1, 254))),
        Item("the rows are left as they were", (rows(4, 3, 1, 254),), keeps_input=True),
    )


LADDER = Ladder(
    task="pixels_to_array",
    arguments=("rows",),
    reference=pixels_to_array,
    cases=(
        Case("2 rows of 3 pixels", ([[0, 51, 255], [102, 204, 153]],)),
        Case("a dim picture", ([[10, 20], [40, 5], [25, 30]],)),
    ),
    hidden=_rows_hidden,
    places=lambda rows: "The picture keeps its rows and columns.",
    hint="Take one grey pixel and work it out on paper: how far is it from black to white?",
    mistakes=(
        Mistake(
            "not-scaled",
            "Your values run up to 255. How many steps lie between black and white?",
            lambda rows: np.array(rows, float),
        ),
        Mistake(
            "divided-by-256",
            "Your white stays just below 1. Which number is white in what came in?",
            lambda rows: np.array(rows, float) / 256,
        ),
        Mistake(
            "whole-number-division",
            "Every grey became black. Where do your numbers lose what stands after the point?",
            lambda rows: (np.array(rows) // 255).astype(float),
        ),
        Mistake(
            "rounded",
            "Every grey became black or white. Where are your values rounded?",
            lambda rows: np.round(np.array(rows) / 255),
        ),
        Mistake(
            "transposed",
            "Your rows are columns. Which of the two comes first in an array?",
            lambda rows: np.array(rows, float).T / 255,
        ),
        Mistake(
            "divided-by-brightest",
            "The brightest pixel of a dim picture became white. Should the scale depend on the "
            "picture?",
            lambda rows: np.array(rows, float) / np.max(rows),
        ),
        Mistake(
            "stretched",
            "A dim picture came out with full black and full white. Should the scale depend on "
            "the picture?",
            lambda rows: (np.array(rows, float) - np.min(rows)) / np.ptp(rows),
        ),
        Mistake(
            "inverted",
            "Black came out as white. Which of the two is zero in the lesson?",
            lambda rows: 1 - np.array(rows, float) / 255,
        ),
        Mistake(
            "centred",
            "Black came out below zero. Which range does this exercise ask for?",
            lambda rows: np.array(rows, float) / 255 - 0.5,
        ),
        Mistake(
            "scaled-twice",
            "Even white came out almost black. How often do you divide?",
            lambda rows: np.array(rows, float) / 255**2,
        ),
        Mistake(
            "flattened",
            "All pixels stand in one long row. What happened to the rows of the picture?",
            lambda rows: np.array(rows, float).ravel() / 255,
        ),
        Mistake(
            "first-row-only",
            "Only the top row came back. Where does your function meet the others?",
            lambda rows: np.array(rows[0]) / 255,
            lambda rows: np.array(rows[:1]) / 255,
        ),
        Mistake(
            "changes-rows",
            "The list you were given now holds other numbers. Could you leave it, and make a new "
            "one?",
            lambda rows: _scale_in_place(rows),
        ),
    ),
    accepted=(
        lambda rows: np.asarray(rows) / 255.0,
        lambda rows: np.array([[value / 255 for value in row] for row in rows]),
        lambda rows: np.array(rows, dtype=np.float32) / np.float32(255),
        lambda rows: np.asfortranarray(rows) / 255,
        lambda rows: np.divide(np.array(rows, dtype=np.uint8), 255),
        lambda rows: np.multiply(rows, 1 / 255),
        lambda rows: np.vstack([np.array(row) for row in rows]) / 255,
    ),
)


def _scale_in_place(rows):
    for row in rows:
        for j in range(len(row)):
            row[j] = row[j] / 255
    return np.array(rows)
