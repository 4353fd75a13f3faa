"""The assignments in a real kernel, marked as nbgrader marks them.

The solution earns every point, the untouched notebook none and shows no traceback, and a notebook
with a known mistake shows its hint, its identifier and a picture with words.
"""

import json
import re
from pathlib import Path

import nbclient
import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution

from cnnlab.checks.report import MIME

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.stem for path in (ROOT / "course" / "exercises").glob("*_*.md"))


def notebook(kind, name):
    return nbformat.read(ROOT / kind / name / f"{name}.ipynb", as_version=4)


def submission(name, answers):
    """The solution's tests with other answers, as nbgrader puts them together."""
    whole = notebook("solutions", name)
    for cell in whole.cells:
        if is_solution(cell) and cell.cell_type == "code":
            cell.source = answers[cell.metadata.nbgrader.grade_id]
    return whole


def answers_of(kind, name):
    return {
        c.metadata.nbgrader.grade_id: c.source for c in notebook(kind, name).cells if is_solution(c)
    }


def checked(whole):
    """The functions that the notebook checks, by the calls in its cells."""
    code = "\n".join(c.source for c in whole.cells if c.cell_type == "code")
    return set(re.findall(r"\bcheck\.(\w+)\(", code))


def secrets(name):
    """task: the lines of its answer that the code around the answers does not hold as well."""
    answers = answers_of("solutions", name)
    code = "\n".join(c.source for c in notebook("solutions", name).cells if c.cell_type == "code")
    given = re.sub(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n.*?### END \1", "", code, flags=re.DOTALL)
    found = {}
    for task, answer in answers.items():
        regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END", answer, re.DOTALL) or [answer]
        lines = {line.strip() for region in regions for line in region.splitlines()}
        found[task] = {line for line in lines if len(line) > 10 and line not in given}
    return found


def run(whole, folder):
    client = nbclient.NotebookClient(
        whole, timeout=120, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return whole


def marks(whole):
    graded = [c for c in whole.cells if is_grade(c) and c.cell_type == "code"]
    assert graded
    return {c.metadata.nbgrader.grade_id: determine_grade(c) for c in graded}


def outputs(whole):
    return [output for cell in whole.cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_solution_earns_every_point(name, tmp_path):
    whole = run(notebook("solutions", name), tmp_path)
    for task, (score, worth) in marks(whole).items():
        assert score == worth, task
    assert not [o for o in outputs(whole) if o.output_type == "error"]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_untouched_notebook_earns_nothing_and_shows_no_traceback(name, tmp_path):
    whole = run(submission(name, answers_of("exercises", name)), tmp_path)
    assert {score for score, _ in marks(whole).values()} == {0.0}
    assert not [o for o in outputs(whole) if o.output_type in ("error", "stream")]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_functions_that_are_not_there_show_no_traceback_in_the_students_copy(name, tmp_path):
    whole = notebook("exercises", name)
    for cell in whole.cells:
        if is_solution(cell) and cell.cell_type == "code":
            cell.source = ""
    run(whole, tmp_path)
    assert not [o for o in outputs(whole) if o.output_type in ("error", "stream")]
    said = [o.data["text/plain"] for o in outputs(whole) if MIME in o.get("data", {})]
    assert len(said) == len(checked(whole)) > 0
    assert all("There is no function named" in text for text in said)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_the_students_copy_holds_neither_answers_nor_hidden_tests(name):
    text = (ROOT / "exercises" / name / f"{name}.ipynb").read_text(encoding="utf-8")
    for word in ("HIDDEN", "points(", "seed=", "Rubric", "BEGIN SOLUTION"):
        assert word not in text
    for task, lines in secrets(name).items():
        assert lines, task
        for line in lines:
            assert json.dumps(line)[1:-1] not in text, task


def test_a_known_mistake_is_named_in_the_notebook(tmp_path):
    answers = answers_of("solutions", "02_filters")
    answers["correlate2d"] = answers["correlate2d"].replace("* kernel)", "* kernel[::-1, ::-1])")
    whole = run(submission("02_filters", answers), tmp_path)
    earned = marks(whole)
    assert earned.pop("correlate2d-check") == (0.0, 4.0)
    assert all(score == worth for score, worth in earned.values())

    cell = next(c for c in whole.cells if c.id == "correlate2d-check")
    report, picture, points = cell.outputs
    assert report.data[MIME]["mistake"] == "correlate2d.flipped-kernel"
    assert "that is convolution" in report.data["text/html"]
    assert "1 is wrong" in picture.data["text/html"].split("alt=")[1]
    assert points.data["text/plain"] == "0.0"
