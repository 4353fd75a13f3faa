"""docs/proofs.md is fresh, and its figures are those of the lists that the other tests assert."""

import re
from dataclasses import replace

import pytest

from cnnlab.checks import check
from cnnlab.checks.proof.exercise import Evidence
from cnnlab.checks.proof.page import render, told


@pytest.fixture(scope="module")
def evidence(root):
    return Evidence.of(root)


def test_the_page_is_fresh(evidence, root):
    page = (root / "docs" / "proofs.md").read_text(encoding="utf-8")
    assert page == render(evidence), "print it: cnnlab course proofs"


def test_every_function_of_the_course_has_its_line(evidence):
    lines = re.findall(r"^\| `(\w+)` \|", render(evidence), re.MULTILINE)
    assert sorted(lines) == dir(check)


def test_the_line_of_a_function(evidence):
    line = next(ln for ln in render(evidence).splitlines() if ln.startswith("| `slide_pair` |"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    ladder = check.slide_pair.ladder
    assert cells[1] == f"{evidence.answers['slide_pair'].of:g}"
    assert cells[4] == str(len(ladder.mistakes))
    versions = sum(len(mistake.versions) for mistake in ladder.mistakes)
    assert cells[5] == f"{versions} of {versions}"
    assert cells[7] == str(len(ladder.accepted))
    assert int(cells[8]) - int(cells[9]) == len(evidence.survivors["slide_pair"]) == 1


def test_what_is_told_is_tried_not_taken_for_granted(evidence):
    two = replace(evidence, answers={t: evidence.answers[t] for t in ("slide_pair", "relu")})
    tried = told(two)
    assert render(two, tried) == render(two)
    page = render(two, tried | {"relu": tried["relu"] - 1})
    assert f"{tried['relu'] - 1} of {tried['relu']}" in page
    assert "100.0%" not in page


def test_reasons_are_given(evidence):
    more = replace(
        evidence,
        by_outcome={"rgb_to_gray": "it is judged by its looks"},
        tolerated={"rgb_to_gray": {"zeros": "night"}},
    )
    page = render(more)
    assert "- `rgb_to_gray`: it is judged by its looks.\n" in page
    assert "- `rgb_to_gray`, `zeros`: night.\n" in page
    (line,) = re.findall(r"^\| `rgb_to_gray` .*$", page, re.MULTILINE)
    assert line.endswith("| - | - |")
    assert "so -1 names the same one" in page
