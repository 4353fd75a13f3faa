"""The students: what each hands in, and the marks that must come of it.

The marks are worked out from the statements, item by item, never read off a run. A function of
02_filters is worth 4 points, one for each of: the simplest case, sides that differ (or longer
strides), bytes and whole numbers, and leaving the image as it was.
"""

from dataclasses import dataclass

from tests.sample_class import answers
from tests.sample_class.answers import FILTERS
from tests.sample_class.notebooks import (
    ASSIGNMENT,
    answered,
    handed_out,
    raw,
    with_copied_tests,
    without_tests,
    write,
)


@dataclass(frozen=True)
class Expected:
    """Points of the items in the order of the notebook, or None; and words that the note holds."""

    points: tuple[float, ...] | None
    status: str = "by hand"
    note: str = ""


def right(**changes):
    """A right notebook with these answers changed."""
    return named(answered({**FILTERS, **changes}))


def named(notebook):
    return {f"{ASSIGNMENT}.ipynb": raw(notebook)}


RIGHT = answered(FILTERS)
SOME = {name: FILTERS[name] for name in ("window_sum", "correlate2d", "two_names")}

# student -> the files in that student's folder for the assignment; None: there is no such folder
SUBMITTED = {
    "amal": right(),
    "bea": named(answered(SOME)),
    "chen": right(correlate2d=answers.TURNED),
    "dora": right(correlate2d=answers.SQUARE_ONLY),
    "emil": right(convolve2d=answers.LEAVES_THE_IMAGE),
    "faye": right(correlate2d_strided=answers.NEVER_ENDS),
    "gil": {"02_filters.ipynb": raw(RIGHT)[:5000]},
    "hana": {"02_filters.ipynb": b""},
    "ivo": {"notes.txt": b"I will hand it in tomorrow."},
    "jun": {"my filters.ipynb": raw(RIGHT)},
    "kai": named(without_tests(RIGHT)),
    "lea": named(with_copied_tests(RIGHT)),
    "mio": right(correlate2d=answers.WARNS),
    "nils": right(convolve2d=answers.TAKES_ALL_MEMORY),
    "olga": named(handed_out()),
    "pia": right(window_sum=answers.LEAVES_A_MARK),
    "quin": named({**RIGHT, "nbformat": 3, "worksheets": []}),
    "rosa": None,
}

EXPECTED = {
    "amal": Expected((4, 4, 4, 4)),
    "bea": Expected((4, 4, 0, 0)),
    "chen": Expected((4, 0, 4, 4), note="correlate2d-check 0/4"),
    "dora": Expected((4, 1, 4, 4)),
    "emil": Expected((4, 4, 4, 0)),
    "faye": Expected((4, 4, 0, 4), note="correlate2d_strided-check 0/4: it ran out of time"),
    "gil": Expected(None, "not graded", "02_filters.ipynb is not a notebook: broken JSON"),
    "hana": Expected(None, "not graded", "02_filters.ipynb is empty; submit the notebook again"),
    "ivo": Expected(None, "not graded", "no notebook: 02_filters.ipynb was expected"),
    "jun": Expected((4, 4, 4, 4), note="renamed: my filters.ipynb was taken for 02_filters"),
    "kai": Expected(
        (4, 4, 4, 4), note="deleted, and put back: window_sum-check, correlate2d-check"
    ),
    "lea": Expected((4, 4, 4, 4), note="copied: window_sum-check, correlate2d-check"),
    "mio": Expected((4, 4, 4, 4)),
    "nils": Expected((4, 4, 4, 0)),
    "olga": Expected((0, 0, 0, 0), "graded"),
    "pia": Expected((3, 4, 4, 4)),
    "quin": Expected(None, "not graded", "02_filters.ipynb has notebook format 3, not 4"),
    "rosa": Expected(None, "no submission", "nothing submitted for 02_filters"),
}

# A function is worth 4 points, the question in words 4 more; it is marked by hand.
MOST = 4 * 4 + 4


def make(folder):
    """Write the class into ``folder/<student>/02_filters/``."""
    for student, files in SUBMITTED.items():
        (folder / student).mkdir(parents=True, exist_ok=True)
        if files is not None:
            write(folder / student / ASSIGNMENT, files)
