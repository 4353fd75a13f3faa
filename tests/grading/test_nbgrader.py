"""What we write is nbgrader's: its tools read it, agree with our CSV, and leak no hidden test."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.validator import Validator
from traitlets.config import Config

from cnnlab.grading.gradebook import Book
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
from tests.grading import small
from tests.grading.conftest import copy_of, job_of

SECRETS = ("SECRET", "4000", "4011", "HIDDEN", "[1, 2, 6, 7]")


def text_of(page):
    """A page's words, as a reader sees them."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.S))


def csv_rows(folder):
    with (folder / "out/sums.csv").open() as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def nbgrader(folder, *words):
    """Run nbgrader's own command in the output folder, as a teacher would."""
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", *words]
    where = folder / "out"
    return subprocess.run(
        command, cwd=where, env=environment, capture_output=True, text=True, check=True
    )


def test_the_manifest_made_by_hand_is_the_one_nbgrader_gives(prepared, manifest, tmp_path):
    book = Book(tmp_path)
    ours, _ = book.register("sums", prepared / "solutions/sums")
    book.close()
    assert [cell.grade_id for cell in ours.cells] == [cell.grade_id for cell in manifest.cells]
    for cell, expected in zip(ours.cells, manifest.cells, strict=True):
        assert (cell.role, cell.points, cell.cell_type) == (
            expected.role,
            expected.points,
            expected.cell_type,
        )
        assert cell.source.strip() == expected.source.strip()
        assert cell.visible.strip() == expected.visible.strip()


def test_nbgraders_export_agrees_with_our_csv(graded):
    nbgrader(graded, "export", "--to", "grades.csv")
    with (graded / "out/grades.csv").open() as file:
        exported = {row["student_id"]: row for row in csv.DictReader(file)}
    ours = csv_rows(graded)
    assert set(exported) == set(ours) - {"fay"}
    for student, row in exported.items():
        assert float(row["score"]) == float(ours[student]["points"] or 0)
        assert float(row["max_score"]) == 8


def test_formgraders_interface_agrees_with_our_csv(graded):
    """The calls that the formgrader's pages make."""
    config = Config()
    config.CourseDirectory.root = str(graded / "out")
    config.CourseDirectory.submitted_directory = str(graded / "submitted")
    config.CourseDirectory.source_directory = str(graded / "solutions")
    api = NbGraderAPI(CourseDirectory(config=config))
    ours = csv_rows(graded)
    assert api.get_source_assignments() == {"sums"}
    for submission in api.get_submissions("sums"):
        row = ours[submission["student"]]
        assert submission["autograded"] == (row["points"] != "")
        if submission["autograded"]:
            assert submission["score"] == float(row["points"])
            assert submission["needs_manual_grade"] == (row["status"] == "by hand")
    (notebook,) = api.get_notebooks("sums")
    assert notebook["needs_manual_grade"]
    assert notebook["average_score"] == (6 + 0 + 2 + 3) / 4


def test_each_grade_in_the_gradebook_is_the_csvs(pristine):
    ours = csv_rows(pristine[0])
    with Gradebook(f"sqlite:///{pristine[0] / 'out/gradebook.db'}") as book:
        for submission in book.assignment_submissions("sums"):
            for grade in submission.notebooks[0].grades:
                told = ours[submission.student.id][grade.name]
                assert told == ("" if grade.auto_score is None else f"{grade.auto_score:g}")


def test_untouched_answers_are_told_as_nbgrader_tells_them(pristine):
    with Gradebook(f"sqlite:///{pristine[0] / 'out/gradebook.db'}") as book:
        for student, said in [("bob", "No response."), ("ada", None)]:
            for cell in ("total", "mean", "why"):
                assert book.find_comment(cell, "sums", "sums", student).comment == said
    page = (pristine[0] / "out/feedback/bob/sums/sums.html").read_text()
    assert text_of(page).count("No response.") == 3 + 1  # nbgrader's comments, and our summary


def autograded(folder, student):
    return nbformat.read(folder / f"out/autograded/{student}/sums/sums.ipynb", as_version=4)


def test_autograded_copies_are_valid_and_hold_no_hidden_test(pristine):
    for student in ("ada", "bob", "dan", "eve"):
        notebook = autograded(pristine[0], student)
        nbformat.validate(notebook)
        text = nbformat.writes(notebook)
        assert not [secret for secret in SECRETS if secret in text]


def test_copies_say_the_verdict_and_keep_what_the_open_part_shows(pristine):
    cells = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell
        for cell in autograded(pristine[0], "dan")["cells"]
    }
    assert [out["text"] for out in cells["total-check"]["outputs"]] == [
        "total of nothing: 0\n",
        "partly: 2 of 3 points\n",
    ]
    failed = cells["open-check"]["outputs"]
    assert failed[0]["ename"] == "AssertionError"
    assert "the mean of one value is that value" in failed[0]["evalue"]
    assert failed[1]["text"].startswith("failed: 0 of 1 points")


@pytest.fixture(scope="module")
def curious(prepared, tmp_path_factory):
    """One student who tries to see the hidden tests: prints, raises and shows what comes in."""
    folder = copy_of(prepared, tmp_path_factory.mktemp("curious") / "course")
    spy = (
        "def total(values):\n"
        "    print('printed', values)\n"
        "    if values: raise type(f'got {values}', (Exception,), {})(f'said {values}')\n"
        "    return 0"
    )
    answers = {**small.RIGHT, "total": spy, "mean": "def mean(v): return v[100]"}
    notebook = small.submission(answers)
    script = "from IPython.display import HTML, display\ndisplay(HTML({!r}))"
    for evil in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=https://example.com/x.png>",
        "<iframe src=https://example.com></iframe>",
    ):
        cell = {"cell_type": "code", "source": script.format(evil), "metadata": {}}
        notebook["cells"].append({**cell, "outputs": [], "execution_count": None})
    source = "display({'application/javascript': 'alert(3)', 'image/svg+xml': '<svg/>'}, raw=True)"
    notebook["cells"].append({"cell_type": "code", "source": source, "metadata": {}})
    notebook["cells"].append(
        {"cell_type": "markdown", "source": "<script>alert(2)</script>hello", "metadata": {}}
    )
    small.hand_in(folder / "submitted", "ada", notebook)
    grade_class(job_of(folder), PlainProcess())
    return folder


def test_pages_of_a_curious_student_show_nothing_hidden(curious):
    page = (curious / "out/feedback/ada/sums/sums.html").read_text()
    assert "failed: 0 of 3 points. an exception was raised in total, line 3" in page
    assert "IndexError was raised in mean, line 1" in page
    assert not [secret for secret in SECRETS if secret in text_of(page)]


def test_pages_run_no_script_and_call_no_address(curious):
    page = (curious / "out/feedback/ada/sums/sums.html").read_text()
    assert "<script" not in page.lower()
    assert not re.search(r"<[^>]*\bonerror", page)
    assert not re.search(r"<(img|iframe|link)[^>]*(example|https?:)", page)
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.group(1).startswith("default-src 'none'; img-src data:;")
    assert '<html lang="en">' in page
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_copies_keep_pictures_and_text_and_no_other_kind(curious):
    """The formgrader shows them in the teacher's own browser."""
    kinds = set()
    for cell in autograded(curious, "ada")["cells"]:
        for output in cell.get("outputs", []):
            kinds |= set(output.get("data", ()))
            assert "<script" not in output.get("data", {}).get("text/html", "")
    assert kinds == {"text/plain", "text/html"}


def test_nbgraders_own_feedback_shows_nothing_hidden_either(curious):
    """formgrader's button "generate feedback" makes pages from the autograded copies."""
    nbgrader(curious, "generate_feedback", "sums", "--force")
    page = (curious / "out/feedback/ada/sums/sums.html").read_text()
    assert "Content-Security-Policy" not in page
    assert "failed: 0 of 3 points" in text_of(page)
    assert not [secret for secret in SECRETS if secret in text_of(page)]


def test_late_work_is_penalised_by_the_courses_own_rule(ungraded):
    """nbgrader's plugin, named in nbgrader_config.py, takes its points off."""
    config = ungraded / "out/nbgrader_config.py"
    config.write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n"
        "class OneOff(LateSubmissionPlugin):\n"
        "    def late_submission_penalty(self, student, score, late):\n"
        "        return 1\n"
        "c = get_config()\n"
        "c.AssignLatePenalties.plugin_class = OneOff\n"
    )
    with Gradebook(f"sqlite:///{ungraded / 'out/gradebook.db'}") as book:
        book.add_assignment("sums", duedate="2026-11-20 12:00:00 UTC")
    for student, time in [("ada", "2026-11-20 11:00:00 UTC"), ("eve", "2026-11-21 11:00:00 UTC")]:
        (ungraded / f"submitted/{student}/sums/timestamp.txt").write_text(time)
    rows = {row.student: row for row in grade_class(job_of(ungraded), PlainProcess()).rows}
    assert rows["ada"].marks.points == 6
    assert rows["eve"].marks.points == 3 - 1
    assert csv_rows(ungraded)["eve"]["points"] == "2"


def test_the_config_we_write_is_never_replaced(graded):
    config = graded / "out/nbgrader_config.py"
    assert "submitted_directory" in config.read_text()
    config.write_text("c = get_config()\n# mine\n")
    grade_class(job_of(graded), PlainProcess())
    assert "# mine" in config.read_text()


def test_our_copies_still_pass_nbgraders_validator(pristine):
    """nbgrader's student-side check accepts the structure of the autograded copy."""
    validator = Validator()
    results = validator.validate(str(pristine[0] / "out/autograded/ada/sums/sums.ipynb"))
    assert "changed" not in results
