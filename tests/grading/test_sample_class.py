"""The course's own assignments: a class of every kind; each solution and each release."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cnnlab.grading.model import Limits
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import Job, grade_class
from cnnlab.grading.sandbox import Bubblewrap
from tests.sample_class import compare, students
from tests.sample_class.notebooks import ASSIGNMENT, handed_out, raw, write

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.name for path in (ROOT / "solutions").iterdir())


def grade(assignment, prepared, folder, executor=PlainProcess, **limits):
    """Grade ``folder/submitted`` into an empty gradebook."""
    shutil.copytree(prepared / "out", folder / "out")
    job = Job(
        assignment=assignment,
        submitted=folder / "submitted",
        source=ROOT / "solutions" / assignment,
        output=folder / "out",
        limits=Limits(**limits),
        workers=2,
    )
    return grade_class(job, executor())


def test_every_student_of_the_sample_class_gets_the_marks_written_by_hand(
    prepared, tmp_path, bubblewrap
):
    students.make(tmp_path / "submitted")
    graded = grade(ASSIGNMENT, prepared, tmp_path, Bubblewrap, cell_seconds=12)
    assert compare.differences(graded.csv) == []
    for row in graded.rows:
        assert len(row.note) <= 200
    pages = {path.parent.parent.name for path in tmp_path.glob("out/feedback/*/*/*.html")}
    assert pages == {name for name, wanted in students.EXPECTED.items() if wanted.points}
    for page in tmp_path.glob("out/feedback/*/*/*.html"):
        text = re.sub(r"<[^>]*>", "", page.read_text())
        assert not [word for word in ("seed=", "HIDDEN", "points(", "Rubric") if word in text]
    chen = (tmp_path / "out/feedback/chen/02_filters/02_filters.html").read_text()
    assert "that is convolution" in chen  # the hint of the notebook's own check
    assert re.search(r'<img [^>]*src="data:image/png', chen)
    assert all("alt=" in tag for tag in re.findall(r"<img [^>]*>", chen))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_solution_earns_every_point_and_the_release_none(assignment, prepared, tmp_path):
    solution = (ROOT / "solutions" / assignment / f"{assignment}.ipynb").read_bytes()
    for student, content in [("solution", solution), ("untouched", raw(handed_out(assignment)))]:
        write(tmp_path / "submitted" / student / assignment, {f"{assignment}.ipynb": content})
    graded = grade(assignment, prepared, tmp_path)
    rows = {row.student: row for row in graded.rows}
    tests = {cell.grade_id: cell.points for cell in graded.manifest.graded if not cell.by_hand}
    assert sum(tests.values()) >= 12
    for name, points in tests.items():
        assert rows["solution"].marks.by_item[name] == points
        assert rows["untouched"].marks.by_item[name] == 0
    assert rows["untouched"].status == "graded"
    assert rows["untouched"].marks.points == 0


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nbgrader_gives_the_students_what_stands_in_exercises(assignment, prepared, tmp_path):
    """The manifest's open parts are the notebook that was handed out."""
    from cnnlab.grading.gradebook import Book

    shutil.copytree(prepared / "out", tmp_path / "out")
    book = Book(tmp_path / "out")
    manifest, _ = book.register(assignment, ROOT / "solutions" / assignment)
    book.close()
    cells = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in handed_out(assignment)["cells"]
        if "nbgrader" in cell["metadata"]
    }
    assert set(cells) == {cell.grade_id for cell in manifest.cells}
    for cell in manifest.cells:
        assert cell.visible == cells[cell.grade_id]["source"]
    assert "BEGIN HIDDEN TESTS" not in json.dumps(list(cells.values()))


def test_the_demo_says_when_a_mark_is_wrong(tmp_path):
    """The comparison behind ``make demo`` sees a wrong mark, a lost student and a wrong reason."""
    head = "student,status,points,max_points,note,window_sum-check,two_names"
    path = tmp_path / "marks.csv"
    path.write_text(
        f"{head}\namal,by hand,15,20,,3,\nhana,not graded,,,broken,,\nzoe,graded,1,2,,1,\n"
    )
    told = "\n".join(compare.differences(path))
    assert "amal: has (3.0,), must have (4, 4, 4, 4)" in told
    assert "hana: says 'broken', must hold '02_filters.ipynb is empty" in told
    assert "bea: not in marks.csv" in told
    assert "zoe: nobody expects" in told
