"""The report's page: its words and figures for a made-up class, and what it must not hold."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from cnnlab.grading.page import chart, percent, report_page
from cnnlab.grading.results import Results
from cnnlab.grading.similar import Alike
from tests.grading.made_up import OF, item, missing, row

EVIL = '<script>alert(1)</script><img src="http://example.org/x">'


def a_class():
    turned = item("add-check", 0, "add.turned", "Which way does it lie?")
    rows = [row(f"s{k:02}", (4, 4 - k % 3, 2)) for k in range(10)]
    rows += [row("tess", (0, 1, None), [turned]), row("ugo", (0, 4, 2), [turned])]
    rows += [row("vic", (4, 4, 2), flags=["uses scipy.signal (add)"])]
    rows += [missing("xan"), missing("yve", "sums.ipynb is empty", submitted=True)]
    return Results("sums", rows, OF, at="2026-11-21 10:00")


ALIKE = [Alike(("s01", "s02"), 0.84, ("add", "mean"))]


class Tables(HTMLParser):
    """The tables of a page: caption -> rows of cells; and every tag with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found, self.tags, self.words, self._cell = {}, [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self._rows.append([])
        elif tag == "caption":
            self._caption, self._rows = "", []
        if tag in ("td", "th", "caption"):
            self._cell = ""

    def handle_data(self, data):
        self.words.append(data)
        if self._cell is not None:
            self._cell += data

    def handle_endtag(self, tag):
        if tag == "caption":
            self.found[self._cell] = self._rows
        elif tag in ("td", "th"):
            self._rows[-1].append(self._cell.strip())
        if tag in ("td", "th", "caption"):
            self._cell = None

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def tables(**changes):
    return Tables(report_page(a_class(), ALIKE, **changes))


def test_the_page_says_what_the_class_is_like():
    page = tables()
    assert "15 students, 13 with marks. Of 10 points the mean is" in page.text
    assert "Last graded 2026-11-21 10:00 (UTC)." in page.text
    assert "A person has yet to mark items of 1 student." in page.text
    bars = page.found["The same in numbers"]
    assert len(bars) == 1 + 10
    assert sum(int(count) for _, count in bars[1:]) == 13
    assert bars[-1] == ["9 to 10", "8"]
    has_add = [4] * 10 + [0, 0, 4]
    other = [4 - k % 3 for k in range(10)] + [1, 4, 4]  # the third item still waits for tess
    head, add, *_ = page.found["How hard each item was, and how well it tells students apart"]
    assert dict(zip(head, add, strict=True)) == {
        "Item": "add-check",
        "Points": "4",
        "Mean share": "85 %",
        "All points": "11",
        "None": "2",
        "To be marked": "0",
        "Discrimination": f"{np.corrcoef(has_add, other)[0, 1]:.2f}",
        "Remark": "",
    }
    assert page.found["What the checks recognised, as part of the 13 students with marks"][1] == [
        "add.turned",
        "15 %",
        "2",
        "Which way does it lie?",
    ]
    assert page.found["3 of 15 students"][1:] == [
        ["xan", "nothing handed in"],
        ["yve", "not graded: sums.ipynb is empty"],
        ["tess", "1 of 8 points so far"],
    ]
    assert page.found["1 of 15 students"][1:] == [["vic", "uses scipy.signal (add)"]]
    assert page.found["The nearest first: 1"][1:] == [["s01, s02", "84 %", "add, mean"]]
    assert "This is a hint, and no proof." in page.text


def test_a_level_without_a_sandbox_is_shown_large_and_otherwise_not():
    results = a_class()
    assert "without a sandbox" not in tables().text
    results.rows.append(row("zoe", (4, 4, 2), level="C: plain process, no sandbox"))
    page = Tables(report_page(results, []))
    assert "Level C: run without a sandbox. 1 of 14 submissions ran as a plain process" in page.text
    assert ("p", {"class": "stamp"}) in page.tags
    assert page.found["Submissions by level of execution"][1:] == [
        ["A: sandbox (bubblewrap, seccomp)", "13"],
        ["C: plain process, no sandbox", "1"],
    ]


def test_an_anonymous_page_holds_no_name_and_nothing_that_could_be_one():
    names = [row.student for row in a_class().rows]
    renamed = row("walt", (4, 4, 2), notes=["renamed: walt miller.ipynb was taken for sums.ipynb"])
    results = a_class()
    results.rows.append(renamed)
    page = Tables(report_page(results, ALIKE, anonymous=True))
    assert [name for name in [*names, "walt"] if re.search(rf"\b{name}\b", page.text)] == []
    reasons = [why for _, why in page.found["2 of 16 students"][1:]]
    assert reasons == ["uses scipy.signal (add)", "renamed"]
    numbers = {name for name, _ in page.found["3 of 16 students"][1:]}
    assert all(re.fullmatch(r"student \d+", name) for name in numbers)
    drawn = {report_page(results, ALIKE, anonymous=True) for _ in range(5)}
    assert len(drawn) > 1  # the numbers follow from nothing that is known


def test_whatever_students_chose_is_text():
    said = item("add-check", 0, EVIL, EVIL)
    rows = [row(EVIL, (0, 4, 2), [said], notes=[EVIL], flags=[EVIL]), missing(EVIL + "2", EVIL)]
    page = report_page(Results("sums", rows, OF), [Alike((EVIL, EVIL + "2"), 1.0, (EVIL,))])
    assert page.count(EVIL) == 0
    tags = {tag for tag, _ in Tables(page).tags}
    assert not tags & {"script", "img", "iframe", "link", "object", "a", "form", "base"}
    assert Tables(page).text.count(EVIL) >= 6


def test_the_policy_allows_the_style_sheet_and_nothing_else():
    page = report_page(a_class(), ALIKE)
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"\sstyle=|\son\w+=|https?:", page)


def test_a_class_of_nobody_has_a_page_too():
    page = Tables(report_page(Results("sums", [missing("fay")], {}), []))
    assert "Nobody has marks yet." in page.text
    assert "1 student, 0 with marks." in page.text


@pytest.mark.parametrize("most", [1, 7, 3000])
def test_the_drawing_shows_the_counts(most):
    from cnnlab.grading.analysis import Bar

    counts = [0, 1, most, most // 2]
    drawn = chart([Bar(k, k + 1.0, count) for k, count in enumerate(counts)])
    full = max(bar.height for bar in drawn.bars)
    for bar, count in zip(drawn.bars, counts, strict=True):
        assert bar.height == pytest.approx(full * count / most, abs=0.1)
        assert bar.y + bar.height == pytest.approx(drawn.floor, abs=0.11)
    assert f"2 to 3 points: {most}" in drawn.words
    assert [tick.label for tick in drawn.ticks] == ["0", "1", "2", "3", "4"]


def test_shares_are_whole_percents():
    assert [percent(x) for x in (0, 0.004, 0.384, 1, None)] == [
        "0 %",
        "0 %",
        "38 %",
        "100 %",
        "none",
    ]
