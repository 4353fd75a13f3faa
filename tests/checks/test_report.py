"""What a student reads: in a notebook, in a shell, with a screen reader, in the dark."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

from cnnlab.checks import check, tables
from cnnlab.checks.arguments import copies
from cnnlab.checks.picture import draw
from cnnlab.checks.proof.wrong import everywhere
from cnnlab.checks.report import MIME, MORE, Report

right = check.correlate2d.ladder.reference


def flipped(image, kernel):
    return right(image, kernel[::-1, ::-1])


def bundle(function, task="correlate2d"):
    this = getattr(check, task)
    return Report(this.result(function), this.ladder.returns)._repr_mimebundle_()


class Page(HTMLParser):
    """Checks that tags close in order, and keeps text and attributes."""

    def __init__(self, source):
        super().__init__()
        self.open, self.tags, self.words = [], [], []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_the_text_says_what_holds_what_does_not_and_what_is_next():
    text = bundle(flipped)["text/plain"]
    assert text.startswith("correlate2d: not yet\n")
    for part in [
        "Holds: the function is written; it runs without an error;",
        "Not yet: the values are right.",
        "Seen: 8 of the 8 values are not right.",
        "Tried with: a 3 x 5 image of digits, a 2 x 2 kernel.",
        "Next step: Your kernel lies upside-down and mirrored",
        MORE,
    ]:
        assert part in text


def test_success_says_what_is_now_true_and_praises_nobody():
    text = bundle(right)["text/plain"]
    assert "`correlate2d` agrees with the definition on 11 inputs." in text
    assert MORE in text
    assert not re.search(r"great|well done|perfect|!", text, re.IGNORECASE)


def test_both_forms_say_the_same():
    both = bundle(flipped)
    spoken = " ".join("".join(Page(both["text/html"]).words).split())
    for line in both["text/plain"].splitlines()[2:8]:
        assert line.replace("`", "") in spoken


def test_the_html_is_readable_without_eyes():
    page = Page(bundle(flipped)["text/html"])
    tags = [tag for tag, _ in page.tags]
    assert page.tags[0] == ("section", {**page.tags[0][1], "aria-label": "Check of correlate2d"})
    assert tags.count("caption") == tags.count("table") == 4
    assert all(attrs["scope"] in ("row", "col") for tag, attrs in page.tags if tag == "th")
    assert "WRONG" in page.words


def test_the_html_takes_the_colours_of_the_page():
    html = bundle(flipped)["text/html"]
    assert "background: transparent" in html
    assert not re.search(r"(?<!-)color: #|background: #|background-color|<style|<script", html)


def test_with_a_picture_the_numbers_are_not_said_twice():
    this = check.correlate2d
    report = Report(
        this.result(flipped),
        this.ladder.returns,
        frozenset({"image", "kernel", "yours", "right or wrong"}),
    )
    assert "<table" not in report._repr_mimebundle_()["text/html"]
    assert "right or wrong:" in str(report)


def test_nothing_of_a_students_becomes_markup():
    def rude(image, kernel):
        print("<script>alert(1)</script>")
        raise ValueError("<img src=x onerror=alert(1)>")  # <b>

    html = bundle(rude)["text/html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_grader_can_count_mistakes_without_reading_prose():
    found = bundle(flipped)[MIME]
    hint, says = found.pop("hint"), found.pop("says")
    assert ["Next step", hint] in says
    assert MORE not in dict(says).values()
    assert found == {
        "task": "correlate2d",
        "passed": False,
        "rung": "values",
        "mistake": "correlate2d.flipped-kernel",
    }
    json.dumps(bundle(flipped))


def test_what_the_function_printed_is_shown_and_cut():
    def chatty(image, kernel):
        for n in range(100):
            print("line", n)
        return flipped(image, kernel)

    text = bundle(chatty)["text/plain"]
    assert "It printed:\n  line 0\n" in text
    assert "line 10" not in text


def test_warnings_are_told():
    def wrapping(image):
        return (image - np.uint8(128)) / np.float64(0)

    assert "Python warned: divide by zero" in bundle(wrapping, "scale_centered")["text/plain"]


def wrong_everywhere(task):
    """A version that is wrong in every value and close to none."""
    return everywhere(getattr(check, task).ladder, lambda right: right * -3.5 + 1e4)


def numbers(value):
    """All numbers in an answer or an argument, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return np.concatenate([np.zeros(0), *map(numbers, value)])
    array = np.asarray(value)
    return array.astype(float).ravel() if array.dtype.kind in "biuf" else np.zeros(0)


@pytest.mark.parametrize("task", dir(check))
def test_no_report_shows_an_expected_value(task):
    """None of the right numbers, except those that are in the input already."""
    ladder = getattr(check, task).ladder
    versions = [wrong_everywhere(task), *(v for m in ladder.mistakes for v in m.versions)]
    for version in versions:
        result = getattr(check, task).result(version)
        if result.case is None:
            continue
        want = np.unique(numbers(ladder.reference(*copies(result.case.arguments))).round(3))
        known = [
            numbers(result.case.arguments),
            np.zeros(0) if result.got is None else result.got.ravel(),
        ]
        secret = np.setdiff1d(want, np.concatenate(known).round(3))
        both = Report(result, ladder.returns)._repr_mimebundle_()
        prose = both["text/plain"].split("\n" + ladder.arguments[0])[0]
        prose = re.sub(r"\d+ of the \d+ values", "", prose)
        shown = {float(n) for n in re.findall(r"-?\d+\.?\d*", prose)}
        assert not [s for s in secret if abs(s) > 9 and s in shown]


def test_the_tables_hold_input_answer_and_verdict_only():
    result = check.correlate2d.result(flipped)
    shown = [*tables.inputs(result), *tables.answers(result)]
    assert [t.caption for t in shown] == ["image", "kernel", "yours", "right or wrong"]
    assert shown[-1].matrix.dtype == bool


def test_a_colour_image_is_shown_plane_by_plane():
    result = check.rgb_to_gray.result(lambda image: image.mean(axis=2))
    captions = [table.caption for table in tables.inputs(result)]
    assert captions == ["image, red", "image, green", "image, blue"]


def test_a_large_table_is_cut():
    from cnnlab.checks.report import _cells

    cells = _cells(np.zeros((40, 30)))
    assert len(cells) == 13
    assert {len(row) for row in cells} == {13}
    assert cells[-1][-1] == "..."


class TestPicture:
    def test_it_shows_what_went_in_what_came_out_and_where_it_is_wrong(self):
        figure = draw(check.correlate2d.result(flipped))[0]
        titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
        assert titles == ["image", "kernel", "yours", "1 is wrong"]
        verdict = {text.get_text() for text in figure.axes[-1].texts}
        assert verdict <= {"0", "1"}

    def test_it_has_words(self):
        from cnnlab.plot import alt_text

        assert "1 is wrong" in alt_text(draw(check.correlate2d.result(flipped))[0])

    @pytest.mark.parametrize(
        "function",
        [
            right,
            lambda image, kernel: None,
            lambda image, kernel: np.zeros((2, 2)),
            lambda image, kernel: right(image, kernel) * np.nan,
        ],
        ids=["right", "nothing", "shape", "nan"],
    )
    def test_there_is_none_where_it_would_say_nothing(self, function):
        assert draw(check.correlate2d.result(function)) == (None, frozenset())

    def test_one_number_is_drawn_without_a_map_of_what_is_wrong(self):
        result = check.window_sum.result(lambda image, kernel, row, column: -1.5)
        figure, pictured = draw(result)
        titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
        assert titles == ["image", "kernel", "yours"]
        report = Report(result, "number", pictured)
        assert "row: " in report._repr_mimebundle_()["text/html"]
        assert "\nyours: -1.5\n" in str(report) + "\n"

    @pytest.mark.parametrize("task", dir(check))
    def test_every_task_can_be_drawn_or_passed_over(self, task):
        from matplotlib import pyplot as plt

        draw(getattr(check, task).result(wrong_everywhere(task)))
        plt.close("all")


BARE_SHELL = """
from cnnlab.checks import check, tables
assert check.pixels_to_array() is None
import sys
print("matplotlib" in sys.modules, "IPython" in sys.modules, "scipy" in sys.modules)
"""


def test_in_a_bare_shell_it_prints_text_and_loads_no_plots():
    done = subprocess.run(
        [sys.executable, "-c", BARE_SHELL], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("pixels_to_array: not yet\n")
    assert done.stdout.endswith("False False False\n")
    assert done.stderr == ""


def test_in_ipython_it_displays_and_returns_nothing(capsys):
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    try:
        result = shell.run_cell("from cnnlab.checks import check\ncheck.correlate2d()")
    finally:
        InteractiveShell.clear_instance()
    assert result.success
    assert result.result is None
    assert "There is no function named `correlate2d` yet." in capsys.readouterr().out
