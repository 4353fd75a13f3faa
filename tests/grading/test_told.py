"""The check's own words, taken out of a test's outputs: real ones, odd ones, hostile ones."""

import json
import re

import pytest

from cnnlab.checks import check, report
from cnnlab.grading import told as module
from cnnlab.grading.told import MIME, Told, told


def flipped(image, kernel):
    return check.correlate2d.ladder.reference(image, kernel[::-1, ::-1])


def shown(function):
    this = check.correlate2d
    return report.Report(this.result(function), this.ladder.returns)._repr_mimebundle_()


@pytest.mark.parametrize("form", [dict, json.dumps])
def test_the_words_are_those_of_the_notebook(form):
    bundle = shown(flipped)
    bundle[MIME] = form(bundle[MIME])
    found = told([{"output_type": "stream", "name": "stdout", "text": "hello"}, {"data": bundle}])
    assert found.mistake == "correlate2d.flipped-kernel"
    assert found.hint.startswith("Your kernel lies upside-down and mirrored")
    labels = ["Holds", "Not yet", "Seen", "Tried with", "Next step"]
    assert [label for label, _ in found.says] == labels
    text = bundle["text/plain"]
    for label, words in found.says:
        assert f"{label}: {words}" in text


def test_a_check_that_passes_names_no_mistake():
    found = told([{"data": shown(check.correlate2d.ladder.reference)}])
    assert (found.mistake, found.hint) == ("", "")
    assert re.match(r"`correlate2d` agrees with the definition on \d+ inputs", found.says[0][1])


def test_of_several_checks_the_first_that_fails_counts():
    failed = [
        {"data": {MIME: {"passed": False, "mistake": name}}} for name in ("add.first", "add.second")
    ]
    passed = {"data": {MIME: {"passed": True, "mistake": ""}}}
    assert told([passed, *failed]).mistake == "add.first"
    assert told([failed[1], passed]).mistake == "add.second"


@pytest.mark.parametrize(
    "payload",
    [None, 7, "not JSON", "[" * 100_000, [], {}, {"mistake": 5, "hint": None, "says": "text"}]
    + [{"says": [["one"], 5, ["a", "b", "c"], [1, 2], ["", ""]]}],
    ids=lambda payload: repr(payload)[:20],
)
def test_what_is_no_such_object_says_nothing(payload):
    assert told([{"data": {MIME: payload}}, {"data": None}, {}]) == Told()


def test_whatever_a_payload_holds_is_capped():
    much = "x" * 10**6
    payload = {"mistake": much, "hint": "two\nlines\x1b[31m", "says": [[much, much]] * 10**4}
    found = told([{"data": {MIME: payload}}])
    assert len(found.mistake) == module.NAME_CHARS
    assert found.hint == "two lines [31m"
    assert len(found.says) == module.SENTENCES
    assert {tuple(map(len, pair)) for pair in found.says} == {
        (module.NAME_CHARS, module.SENTENCE_CHARS)
    }


def test_the_name_of_the_type_is_the_checks_own():
    assert MIME == report.MIME
