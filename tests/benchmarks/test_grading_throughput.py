"""The comparison with stock nbgrader is one of like with like, and keeps what it measured."""

import json

import pytest

from benchmarks import grading_throughput
from benchmarks.block import keep
from tests.sample_class.notebooks import grade_id


def test_the_class_is_made_of_different_whole_notebooks(tmp_path):
    grading_throughput.make_class(tmp_path, 10)
    paths = sorted(tmp_path.glob("*/02_filters/02_filters.ipynb"))
    assert len(paths) == len({path.read_bytes() for path in paths}) == 10
    cells = json.loads(paths[3].read_text())["cells"]
    assert {"window_sum-check", "two_names"} <= {grade_id(cell) for cell in cells}


def test_marks_that_differ_are_named():
    theirs = {"ada": {"total-check": 3.0, "mean-check": 2.0}}
    ours = {"ada": {"total-check": 3.0, "mean-check": 1.0}, "bob": {"total-check": 0.0}}
    assert grading_throughput.differences(theirs, ours) == [
        "ada, mean-check: nbgrader 2.0, cnnlab 1.0",
        "bob, total-check: nbgrader None, cnnlab 0.0",
    ]
    assert grading_throughput.differences(theirs, theirs) == []


def test_the_table_says_how_much_faster():
    lines = grading_throughput.table(40, theirs=80.0, ours=8.0)
    assert "| nbgrader autograde, as it comes | 80.0 | 2.00 s | 0.50 |" in lines
    assert "| cnnlab grade, in its sandbox | 8.0 | 0.20 s | 5.00 |" in lines
    assert any(line.startswith("That is 10.0 times faster (promised: 10).") for line in lines)


def test_a_block_is_replaced_and_the_rest_stays(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- a: begin -->\nold\n<!-- a: end -->\nafter\n")
    keep("page.md", "a", "python -m x", [r"new \1"], tmp_path)
    text = page.read_text()
    assert text.startswith("before\n<!-- a: begin -->\nPrinted by `python -m x` on 2")
    assert text.endswith("\n\nnew \\1\n<!-- a: end -->\nafter\n")
    with pytest.raises(ValueError, match="must hold <!-- b: begin -->"):
        keep("page.md", "b", "python -m x", [], tmp_path)
