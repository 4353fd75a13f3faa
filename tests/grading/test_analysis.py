"""The figures of a class, against SciPy, NumPy, and a class worked out on paper."""

import numpy as np
import pytest
import scipy.stats

from cnnlab.grading import analysis
from tests.grading.made_up import OF, item, missing, row


def drawn(rng, size):
    """A class whose three items go together more or less."""
    able = rng.normal(size=size)
    points = [
        np.clip(np.round(of * (0.5 + 0.3 * able + 0.3 * rng.normal(size=size))), 0, of)
        for of in OF.values()
    ]
    return np.transpose(points)


def test_bars_are_those_of_numpy(rng):
    points = drawn(rng, 137)
    bars = analysis.distribution([row(f"s{k}", p) for k, p in enumerate(points)])
    counts, edges = np.histogram(points.sum(axis=1), bins=10, range=(0, 10))
    assert [bar.count for bar in bars] == counts.tolist()
    assert [bar.low for bar in bars] == pytest.approx(edges[:-1])
    assert [bar.high for bar in bars] == pytest.approx(edges[1:])


def test_points_below_nothing_and_above_all_are_in_the_outer_bars():
    rows = [row("late", (0, 0, 0), penalty=3), row("more", (4, 4, 2), penalty=-5)]
    assert [bar.count for bar in analysis.distribution(rows)] == [1, *[0] * 8, 1]
    assert analysis.distribution([missing("fay")]) == []


def test_difficulty_and_discrimination_are_those_of_scipy(rng):
    points = drawn(rng, 61)
    rows = [row(f"s{k}", p) for k, p in enumerate(points)]
    for column, figures in enumerate(analysis.items([*rows, missing("fay")], OF)):
        own, rest = points[:, column], np.delete(points, column, axis=1).sum(axis=1)
        assert figures.share == pytest.approx(own.mean() / figures.of)
        assert figures.discrimination == pytest.approx(scipy.stats.pearsonr(own, rest).statistic)
        assert (figures.marked, figures.waiting) == (61, 0)
        assert figures.full == np.count_nonzero(own == figures.of)
        assert figures.none == np.count_nonzero(own == 0)


# Twelve students. The better half has the first item and most of the second, the others not.
# add-check: 6 x 4, 6 x 0. mean-check: 4 4 4 4 2 2 | 2 2 0 0 0 0. why: 1 for everybody.
PAPER = [(4, 4, 1)] * 4 + [(4, 2, 1)] * 2 + [(0, 2, 1)] * 2 + [(0, 0, 1)] * 4


def test_a_class_worked_out_on_paper():
    rows = [row(f"s{k:02}", p) for k, p in enumerate(PAPER)]
    add, mean, why = analysis.items(rows, OF)
    assert (add.share, mean.share, why.share) == (0.5, 0.5, 0.5)
    # By hand: deviations of add-check are +-2. Those of mean-check are 2 (x4), 0 (x4), -2 (x4).
    # Sum of products 4*4 + 4*4 = 32; sums of squares 48 and 32: 32 / sqrt(48 * 32) = sqrt(2/3).
    assert add.discrimination == pytest.approx((2 / 3) ** 0.5)
    assert mean.discrimination == pytest.approx((2 / 3) ** 0.5)
    assert (why.discrimination, why.why) == (None, "all have the same points")
    assert (add.full, add.none, mean.full, mean.none) == (6, 6, 4, 4)


def test_where_there_is_no_discrimination_the_reason_is_told():
    few = [row(f"s{k}", p) for k, p in enumerate(PAPER[:9])]
    assert {i.why for i in analysis.items(few, OF)} == {"fewer than 10 students"}
    flat = [row(f"s{k}", (k % 5, 3, 1)) for k in range(12)]
    assert [i.why for i in analysis.items(flat, OF)] == [
        "all have the same points for the other items",
        "all have the same points",
        "all have the same points",
    ]
    assert analysis.items([], OF)[0].share is None


def test_an_item_that_waits_for_a_person_spoils_no_other(rng):
    points = drawn(rng, 20)
    rows = [row(f"s{k}", (a, m, None if k else 2)) for k, (a, m, _) in enumerate(points)]
    add, mean, why = analysis.items(rows, OF)
    expected = scipy.stats.pearsonr(points[:, 0], points[:, 1]).statistic
    assert (add.discrimination, mean.discrimination) == pytest.approx((expected, expected))
    assert (why.marked, why.waiting, why.share) == (1, 19, 1.0)
    assert why.why == "some students' points are still missing"


def test_a_mistake_counts_once_for_each_student():
    turned = item("add-check", 0, "add.turned", "Which way does it lie?")
    again = item("mean-check", 0, "add.turned")
    other = item("mean-check", 0, "mean.halved", "Divided by what?")
    rows = [
        row("ada", (0, 0, 1), [turned, again]),
        row("bob", (0, 0, 1), [turned, other]),
        row("cleo", (4, 4, 1)),
        row("dan", (0, 4, 1), [item("add-check", 0, "add.turned")]),
        missing("fay"),
    ]
    first, second = analysis.mistakes(rows)
    assert (first.name, first.students, first.share) == ("add.turned", ("ada", "bob", "dan"), 0.75)
    assert first.hint == "Which way does it lie?"
    assert (second.name, second.students, second.share) == ("mean.halved", ("bob",), 0.25)


def test_who_needs_help_comes_with_reasons_the_neediest_first():
    rows = [
        row("ada", (4, 4, None)),
        row("bob", (4, 0, None), notes=["started over 3 times"]),
        row("cleo", (2, 1, None)),
        row("dan", (4, 4, 1), notes=["renamed: x.ipynb"]),
        missing("eve", "sums.ipynb is empty; submit the notebook again", submitted=True),
        missing("fay"),
    ]
    found = analysis.needs_help(rows)
    assert [one.student for one in found] == ["eve", "fay", "cleo", "bob"]
    reasons = {one.student: one.reasons for one in found}
    assert reasons["eve"] == ("not graded: sums.ipynb is empty; submit the notebook again",)
    assert reasons["fay"] == ("nothing handed in",)
    assert reasons["cleo"] == ("3 of 8 points so far",)  # the 2 by hand are not lost yet
    assert reasons["bob"] == ("started over 3 times",)


def test_flags_and_notes_say_who_is_to_be_looked_at():
    rows = [
        row("ada", (4, 4, 1)),
        row("bob", (4, 4, 1), flags=["test cell edited: add-check"], notes=["copied: why"]),
        row("cleo", (4, 4, 2), notes=["copied: why"], trouble=True),
    ]
    assert analysis.for_review(rows) == [
        ("bob", ("test cell edited: add-check", "copied: why")),
        ("cleo", ("copied: why",)),
    ]


def test_levels_are_counted_over_what_was_graded():
    rows = [row("ada", (4, 4, 1)), row("bob", (4, 4, 1), level="C: plain process"), missing("fay")]
    rows += [row("cleo", (4, 4, 1), level="C: plain process")]
    assert list(analysis.levels(rows).items()) == [
        ("C: plain process", 2),
        ("A: sandbox (bubblewrap, seccomp)", 1),
    ]
