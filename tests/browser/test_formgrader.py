"""nbgrader's formgrader on what ``cnnlab grade`` wrote, as a teacher uses it."""

import csv
import os
import re
import subprocess
import sys
import time

import pytest
from nbgrader.api import Gradebook

from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
from tests.grading import small
from tests.grading.conftest import job_of, make_class
from tests.grading.inline import Inline

TOKEN = "formgrader"
MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/"
# The page fetches marks and comments after it is shown; what is typed before is overwritten.
FETCHED = "() => formgrader.grades?.loaded && formgrader.comments?.loaded"
HARMFUL = '<img src="x" onerror="window.harmed = true"><script>window.harmed = true</script> seen'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A graded class, one of whom wrote HTML into the answer in words."""
    folder = make_class(tmp_path_factory.mktemp("class") / "course")
    notebook = small.submission({**small.RIGHT, "why": HARMFUL})
    small.hand_in(folder / "submitted", "gus", notebook)
    grade(folder)
    return folder


def grade(folder):
    return grade_class(job_of(folder), PlainProcess(), pool=Inline)


def rows(folder):
    with (folder / "out/sums.csv").open() as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def formgrader(folder, tmp_path_factory):
    """JupyterLab's server, started in the output folder as the table says; its address."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER")}
    environment |= {"HOME": str(tmp_path_factory.mktemp("home")), "PYTHONUNBUFFERED": "1"}
    words = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.port=0",
        f"--IdentityProvider.token={TOKEN}",
    ]
    log = folder / "server.log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words],
            cwd=folder / "out",
            env=environment,
            stdout=said,
            stderr=said,
        )
    end = time.monotonic() + 60
    while not (found := re.search(r"(http://(?:localhost|127\.0\.0\.1):\d+)/", log.read_text())):
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)
    yield found.group(1)
    server.terminate()
    server.wait(30)


def open_page(page, formgrader, path):
    # nbgrader's own template asks for MathJax there; nothing else may be asked for.
    page.route(f"{MATHJAX}**", lambda route: route.abort())
    page.goto(f"{formgrader}/lab?token={TOKEN}", wait_until="commit")  # gives the cookie
    page.goto(f"{formgrader}/formgrader/{path}")


def submission_of(folder, student):
    with Gradebook(f"sqlite:///{folder / 'out/gradebook.db'}") as book:
        return book.find_submission_notebook("sums", "sums", student).id


def test_the_list_has_everyone_and_their_points(page, formgrader, folder):
    open_page(page, formgrader, "manage_submissions/sums")
    page.wait_for_selector("td:has-text('ada')")
    table = page.locator("table").inner_text()
    for student, row in rows(folder).items():
        if row["points"]:
            assert re.search(rf"{student}[^\n]*\s{float(row['points']):g} / 8", table), table
    open_page(page, formgrader, "gradebook/sums/sums")
    page.wait_for_selector("text=Submission #1")
    assert "Submission #5" in page.locator("table").inner_text()


def test_a_students_html_is_only_text_there(page, formgrader, folder):
    open_page(page, formgrader, f"submissions/{submission_of(folder, 'gus')}")
    page.wait_for_selector("text=seen")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => window.harmed") is None
    assert page.locator(".text_cell_render [onerror]").count() == 0


def test_a_mark_typed_there_reaches_the_csv_and_stays(page, formgrader, folder, wait_until):
    before = rows(folder)["ada"]
    assert (before["status"], before["points"], before["why"]) == ("by hand", "6", "")
    open_page(page, formgrader, f"submissions/{submission_of(folder, 'ada')}")
    page.wait_for_function(FETCHED)
    assert page.locator("text=3 of 3 points").count()
    answer = page.locator(".nbgrader_cell:has-text('how far apart')").first
    answer.locator("input.score").fill("1.5")
    answer.locator("input.score").press("Tab")
    answer.locator("textarea.comment").fill("Say how far.")
    answer.locator("textarea.comment").press("Tab")

    def saved():
        with Gradebook(f"sqlite:///{folder / 'out/gradebook.db'}") as book:
            grade = book.find_grade("why", "sums", "sums", "ada")
            comment = book.find_comment("why", "sums", "sums", "ada")
            return (grade.manual_score, comment.manual_comment) == (1.5, "Say how far.")

    wait_until(saved)
    for _ in range(2):
        row = {row.student: row for row in grade(folder).rows}["ada"]
        assert (row.status, row.marks.points) == ("graded", 7.5)
        assert rows(folder)["ada"]["why"] == "1.5"
    page_text = (folder / "out/feedback/ada/sums/sums.html").read_text()
    assert "Say how far." in page_text
