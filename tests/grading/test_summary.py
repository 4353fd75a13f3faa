"""The top of the feedback page: the check's own words, points as they stand, nothing that runs."""

import re

import pytest

from cnnlab.checks import check
from cnnlab.checks.report import Report
from cnnlab.grading.entries import Marks
from cnnlab.grading.summary import MARKED, MORE, summary
from cnnlab.grading.told import told
from tests.grading.made_up import item
from tests.grading.test_page import EVIL, Tables


def marks(**changes):
    points = {"add-check": 0.0, "mean-check": 4.0, "why": None}
    fields = {"points": 4.0, "max_points": 10.0, "by_item": points, "to_do": ("why",), "digest": ""}
    return Marks(**{**fields, **changes})


def rows(page):
    return {row[0]: row[1:] for row in Tables(page).found[CAPTION][1:]}


CAPTION = "Item by item; the whole notebook follows below"


def test_each_item_says_its_points_what_happened_and_the_next_step():
    flipped = {
        **item("add-check", 0, "add.flipped", "Which way does `add` lie?"),
        "says": [["Holds", "`add` runs."], ["Next step", "Which way does `add` lie?"]],
    }
    page = summary([flipped, item("mean-check", 4), item("why", None)], marks())
    assert "Your result: 4 of 10 points" in Tables(page).text
    found = rows(page)
    assert re.sub(r"\s+", " ", found["add-check"][1]) == "It did not pass. Holds: add runs."
    assert found["add-check"][::2] == ["0 of 4", "Which way does add lie?"]
    assert found["mean-check"] == ["4 of 4", "Everything passed.", ""]
    assert found["why"] == ["? of 2", "It waits for your teacher.", ""]
    assert "<code>add</code>" in page


def test_the_words_are_those_that_the_notebook_showed():
    right = check.correlate2d.ladder.reference
    result = check.correlate2d.result(lambda image, kernel: right(image, kernel[::-1, ::-1]))
    bundle = Report(result, check.correlate2d.ladder.returns)._repr_mimebundle_()
    said = told([{"data": bundle}])
    one = {**item("add-check", 0, said.mistake, said.hint), "says": [list(p) for p in said.says]}
    shown = Tables(summary([one], marks())).text
    in_notebook = Tables(bundle["text/html"]).text
    for label, words in said.says[:-1]:
        plain = f"{label}: {words}".replace("`", "")
        assert plain in shown
        assert plain in in_notebook
    assert said.hint in shown


def test_what_passes_in_the_open_part_and_fails_beyond_it_is_told_without_its_test():
    half = {**item("add-check", 2), "verdict": "partly", "says": [["Holds", "it is right."]]}
    page = summary([half], marks(by_item={"add-check": 2.0}))
    assert f"A part of it passed. {MORE}" in rows(page)["add-check"][1]


def test_a_reason_stands_with_its_verdict():
    slow = {**item("add-check", 0), "message": "it ran out of time"}
    assert rows(summary([slow], marks()))["add-check"][1] == "It did not pass: it ran out of time."


def test_points_and_words_of_the_teacher_win():
    given = marks(by_item={"add-check": 3.0}, comments={"add-check": "Nearly."}, penalty=1.0)
    page = summary([item("add-check", 0)], given)
    assert rows(page)["add-check"][0] == "3 of 4"
    assert " ".join(rows(page)["add-check"][1].split()) == f"{MARKED} Your teacher: Nearly."
    assert "Points taken off for handing in late: 1." in Tables(page).text


@pytest.mark.parametrize("field", ["hint", "message", "grade_id", "mistake"])
def test_nothing_of_it_can_run(field):
    bad = {**item("add-check", 0), field: EVIL, "says": [[EVIL, EVIL]]}
    page = summary([bad], marks(comments={"add-check": EVIL, EVIL: EVIL}))
    tags = {tag for tag, _ in Tables(page).tags}
    assert not tags & {"script", "img", "a", "iframe", "link", "form", "object"}
    assert EVIL not in page


def test_it_stays_short_whatever_was_said():
    long = {**item("add-check", 0), "hint": "x" * 10**6, "message": "y" * 10**6}
    long["says"] = [["z" * 10**6, "z" * 10**6]]
    assert len(summary([long], marks(comments={"add-check": "c" * 10**6}))) < 10_000
