"""The checks of `correlate_separable`: one pass down, one pass across."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.edges.common import BYTE_IMAGE, SIGNED_IMAGE, WORKED_IMAGE
from cnnlab.checks.edges.correlate_separable_mistakes import (
    MISTAKES,
    across,
    down,
    passes,
    right,
)
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder
from cnnlab.checks.sentences import size

# Weights 1000, 100, 10, 1 when multiplied: the digits of an answer say which pixel met which.
DIGITS_IMAGE = np.array([[1, 2, 8, 4, 3], [7, 5, 3, 9, 6], [2, 6, 1, 5, 8]])


def _hidden(rng):
    def case(image: np.ndarray, column: np.ndarray, row: np.ndarray) -> Case:
        name = f"a {size(image.shape)} image, a column of {column.size}, a row of {row.size}"
        return Case(name, (image, column, row))

    return (
        Item(
            "column and row of one length",
            (
                case(signed(rng, 5, 7), signed(rng, 3), signed(rng, 3)),
                case(signed(rng, 5, 4), signed(rng, 2), signed(rng, 2)),
            ),
        ),
        Item(
            "lengths that differ",
            (
                case(signed(rng, 5, 6), signed(rng, 2), signed(rng, 4)),
                case(signed(rng, 6, 5), signed(rng, 4), signed(rng, 3)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photo(rng, 4, 5), whole_signed(rng, 2), whole_signed(rng, 3)),
                case(whole_signed(rng, 4, 6), signed(rng, 3), signed(rng, 2)),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 5, 6), signed(rng, 3), signed(rng, 2)),),
            keeps_input=True,
        ),
    )


def _loops(image, column, row):
    (H, W), KH, KW = image.shape, len(column), len(row)
    between = np.array(
        [
            [sum(float(image[i + u, j]) * column[u] for u in range(KH)) for j in range(W)]
            for i in range(H - KH + 1)
        ]
    )
    return np.array([[line[j : j + KW] @ row for j in range(W - KW + 1)] for line in between])


LADDER = Ladder(
    task="correlate_separable",
    arguments=("image", "column", "row"),
    reference=right,
    cases=(
        Case("a 3 x 5 image of digits", (DIGITS_IMAGE, np.array([100, 1]), np.array([10, 1]))),
        Case(
            "the 6 x 6 image of lesson 03 and the factors of Sobel",
            (WORKED_IMAGE, np.array([1, 2, 1]), np.array([-1, 0, 1])),
        ),
        Case(
            "a column of 2 and a row of 3",
            (SIGNED_IMAGE, np.array([1.0, -2]), np.array([0.5, 3, -1])),
        ),
        Case("bytes", (BYTE_IMAGE, np.array([2, -1]), np.array([3, 1, -2]))),
        Case(
            "whole numbers, fractional weights, a column of 3 and a row of 2",
            (WORKED_IMAGE, np.array([0.5, -1.25, 2]), np.array([1.5, -0.75])),
        ),
    ),
    hidden=_hidden,
    places=lambda image, column, row: (
        f"A kernel of {len(column)} rows and {len(row)} columns fits on a {size(image.shape)} "
        f"image at {image.shape[0] - len(column) + 1} places down and "
        f"{image.shape[1] - len(row) + 1} across."
    ),
    hint="Do the first pass alone, on paper, for a few pixels. Which numbers does the second pass "
    "multiply?",
    mistakes=MISTAKES,
    accepted=(
        lambda x, c, r: down(across(x, r), c),
        lambda x, c, r: right(x, c, r).astype(np.float32),
        lambda x, c, r: np.asfortranarray(naive.correlate2d(x, np.outer(c, r))),
        passes(np.correlate),
        lambda x, c, r: passes(np.convolve)(x, c[::-1], r[::-1]),
        lambda x, c, r: np.einsum(
            "ijuv,u,v->ij",
            np.lib.stride_tricks.sliding_window_view(x.astype(float), (len(c), len(r))),
            c,
            r,
        ),
        _loops,
    ),
)
