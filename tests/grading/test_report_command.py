"""The commands ``cnnlab report`` and ``cnnlab export`` on a class that was graded."""

import csv
import os
import pty
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cnnlab.cli import main
from tests.grading.regrading import by_hand, gradebook
from tests.grading.test_page import Tables


def run(*words, **more):
    return CliRunner().invoke(main, [*map(str, words)], **more)


@pytest.fixture
def course(graded, monkeypatch):
    """Stand in the folder of a small course whose class was graded."""
    monkeypatch.chdir(graded)
    return graded


def page_of(course, name="sums"):
    return Tables((course / "out" / "reports" / f"{name}.html").read_text())


def test_the_report_of_a_graded_class(course):
    result = run("report", "sums", "--output", "out")
    assert (result.exit_code, result.stdout) == (0, "Report: out/reports/sums.html\n"), (
        result.output
    )
    page = page_of(course)
    assert "6 students, 4 with marks." in page.text
    help_ = dict(page.found["4 of 6 students"][1:])
    assert help_["fay"] == "nothing handed in"
    assert help_["cleo"].startswith("not graded: sums.ipynb is not a notebook")
    assert help_["bob"] == "0 of 8 points so far"
    assert help_["dan"] == "2 of 6 points so far"
    items = {row[0]: row for row in page.found[ITEMS][1:]}
    assert items["total-check"][1:6] == ["3", "42 %", "1", "2", "0"]  # 3, 0, 2 and 0
    assert items["why"][1:6] == ["2", "0 %", "0", "1", "3"]


ITEMS = "How hard each item was, and how well it tells students apart"


def test_marks_given_by_hand_are_in_the_report_at_once(course):
    for student in ("ada", "dan", "eve"):
        by_hand(course, student, "why", 2)
    assert run("report", "sums", "--output", "out").exit_code == 0
    items = {row[0]: row for row in page_of(course).found[ITEMS][1:]}
    assert items["why"][1:6] == ["2", "75 %", "3", "1", "0"]


def test_an_anonymous_report_is_another_file(course):
    assert run("report", "sums", "--output", "out", "--anonymous").exit_code == 0
    assert not (course / "out/reports/sums.html").exists()
    assert "ada" not in page_of(course, "sums-anonymous").text


@pytest.mark.parametrize("command", [("report",), ("export", "--format", "csv")])
def test_what_was_never_graded_is_told_apart(course, command):
    result = run(*command, "products", "--output", "out")
    assert result.exit_code == 2
    assert "nothing was graded for 'products' in out. Known: sums" in result.stderr
    before = sorted(course.iterdir())
    result = run(*command, "sums", "--output", "elsewhere")
    assert result.exit_code == 2
    assert "elsewhere holds no grades" in result.stderr
    assert sorted(course.iterdir()) == before


@pytest.mark.parametrize("command", [("report",), ("export", "--format", "csv")])
def test_a_damaged_journal_is_told_and_kept(course, command):
    (course / "out/journal.db").write_bytes(b"not a database, and long enough to be looked at" * 50)
    result = run(*command, "sums", "--output", "out")
    assert result.exit_code == 4
    assert "was damaged" in result.stderr
    assert "Run `cnnlab grade` first" in result.stderr
    assert "graded again" not in result.stderr  # this command grades nothing
    assert (course / "out/journal.db.damaged-1").is_file()
    result = run(*command, "sums", "--output", "out")  # the new journal is empty
    assert result.exit_code == 2
    assert "An earlier journal was damaged. Run `cnnlab grade` first" in result.stderr


def test_a_report_changes_no_grade(course):
    def state():
        with gradebook(course) as book:
            return [
                (g.student.id, g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
                for s in book.assignment_submissions("sums")
                for n in s.notebooks
                for g in n.grades
            ]

    before = state()
    assert len(before) == 16
    run("report", "sums", "--output", "out")
    run("export", "sums", "--output", "out", "--format", "csv")
    assert state() == before


def exported(course, style, *words):
    result = run("export", "sums", "--format", style, "--output", "out", *words)
    path = course / "out" / "exports" / f"sums-{style}.csv"
    with path.open(newline="") as file:
        return result, list(csv.reader(file))


def test_an_export_says_how_many_are_in_and_who_is_not(course):
    result, table = exported(course, "canvas")
    assert result.exit_code == 0, result.output
    assert result.stdout == "1 of 6 students: out/exports/sums-canvas.csv\n"
    assert "left out: ada (to be marked by hand: why)" in result.stderr
    assert "left out: cleo (not graded)" in result.stderr
    assert table[1:] == [
        ["    Points Possible", "", "", "", "", "8"],
        ["bob", "", "", "bob", "", "0"],
    ]
    with gradebook(course) as book:
        book.update_or_create_student("ada", last_name="Byron", first_name="Ada", lms_user_id="42")
    by_hand(course, "ada", "why", 1.5)
    result, table = exported(course, "canvas", "--force")
    assert table[2] == ["Byron, Ada", "42", "", "ada", "", "7.5"]
    result, table = exported(course, "csv")
    assert result.stdout.startswith("6 of 6 students")
    assert [line[0] for line in table[1:]] == ["ada", "bob", "cleo", "dan", "eve", "fay"]


def test_a_file_that_is_there_is_never_replaced_unasked(course):
    path = course / "out" / "exports" / "sums-moodle.csv"
    path.parent.mkdir()
    path.write_text("mine")
    result = run("export", "sums", "--format", "moodle", "--output", "out")
    assert result.exit_code == 2
    assert "is there already; --force replaces it, --to names another" in result.stderr
    assert path.read_text() == "mine"
    result = run("export", "sums", "--format", "moodle", "--output", "out", "--to", "new.csv")
    assert (result.exit_code, (course / "new.csv").is_file()) == (0, True)
    assert _asked(course, b"n\n") != 0
    assert path.read_text() == "mine"
    assert _asked(course, b"y\n") == 0
    assert path.read_text().startswith("Username,")


def _asked(course, answer):
    """Run the export in a terminal, and answer its question."""
    ours, theirs = pty.openpty()
    words = ["export", "sums", "--format", "moodle", "--output", "out"]
    process = subprocess.Popen(
        [sys.executable, "-m", "cnnlab", *words], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    told = b""
    while b"Replace it? [y/N]" not in told:
        told += os.read(ours, 1024)
    os.write(ours, answer)
    code = process.wait(60)
    os.close(ours)
    return code


def test_a_map_of_the_wrong_kind_is_told(course):
    (course / "map.csv").write_text("a,b\n1,2\n")
    result = run("export", "sums", "--format", "moodle", "--output", "out", "--map", "map.csv")
    assert result.exit_code == 2
    assert "map.csv: no column holds the names of the students' folders" in result.stderr
