"""A class graded into PostgreSQL gets what it gets in SQLite; nbgrader's commands work on it."""

import csv
from uuid import uuid4

import pytest
from nbgrader.api import Gradebook

from cnnlab.grading.database import address
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
from cnnlab.grading.undo import undo
from tests.grading.conftest import copy_of, job_of
from tests.grading.inline import Inline
from tests.grading.regrading import again, mend
from tests.grading.servers import new_database
from tests.grading.test_nbgrader import nbgrader


def grade(folder, url):
    job = job_of(folder, gradebook=url)
    return {row.student: row for row in grade_class(job, PlainProcess(), pool=Inline).rows}


def graded_in_both(prepared, server, place):
    """The class in both gradebooks: folder and address of each, and the rows."""
    found = {}
    for kind, url in (("sqlite", ""), ("postgresql", new_database(server, uuid4().hex))):
        folder = copy_of(prepared, place / kind)
        for student, day in (("ada", 20), ("eve", 22)):
            path = folder / f"submitted/{student}/sums/timestamp.txt"
            path.write_text(f"2026-11-{day} 11:00:00 UTC")
        found[kind] = folder, address(folder / "out", url), grade(folder, url)
    return found


@pytest.fixture(scope="module")
def both(prepared, server, tmp_path_factory):
    return graded_in_both(prepared, server, tmp_path_factory.mktemp("both"))


def everything(url):
    """All that nbgrader knows of the class, mark by mark, without ids."""
    with Gradebook(url) as book:
        students = {student.id: (student.score, student.max_score) for student in book.students}
        marks = {
            (entry.student.id, type(part), part.name): _named(part)
            for entry in book.assignment_submissions("sums")
            for notebook in entry.notebooks
            for part in (*notebook.grades, *notebook.comments, notebook)
        }
        times = {e.student.id: e.timestamp for e in book.assignment_submissions("sums")}
    return students, marks, times


def _named(entry):
    return {k: v for k, v in entry.to_dict().items() if k != "id"}


def test_every_mark_is_the_same_in_both(both):
    (_, sqlite, rows), (_, postgresql, others) = both["sqlite"], both["postgresql"]
    assert postgresql.startswith("postgresql+psycopg://")
    assert everything(sqlite) == everything(postgresql)
    assert len(everything(sqlite)[1]) == 4 * (4 + 3 + 1)
    for student, row in rows.items():
        other = others[student]
        assert (row.status, row.note, row.marks) == (other.status, other.note, other.marks)


def test_nothing_of_the_class_went_into_a_file_instead(both):
    folder = both["postgresql"][0]
    with Gradebook(f"sqlite:///{folder / 'out/gradebook.db'}") as book:
        assert book.students == []


def test_a_mark_by_hand_is_kept_and_counted(both):
    folder, url, _ = both["postgresql"]
    with Gradebook(url) as book:
        grade_by_hand = book.find_grade("why", "sums", "sums", "ada")
        grade_by_hand.manual_score, grade_by_hand.needs_manual_grade = 1.5, False
        book.db.commit()
    row = grade(folder, url)["ada"]
    assert (row.status, row.marks.points) == ("graded", 7.5)


def test_a_mended_test_changes_the_same_marks_in_both_and_can_be_undone(prepared, server, tmp_path):
    shown, before, after, back = {}, {}, {}, {}
    for kind, (folder, url, _) in graded_in_both(prepared, server, tmp_path).items():
        path = folder / "solutions/sums/sums.ipynb"
        before[kind], old = everything(url), path.read_text()
        comparison, graded = again(mend(folder), gradebook=url)
        shown[kind] = [(c.student, c.item, c.before, c.now) for c in comparison.changes]
        after[kind] = everything(url)
        assert graded
        path.write_text(old)
        undo(job_of(folder, gradebook=url))
        back[kind] = everything(url)
    assert shown["sqlite"] == shown["postgresql"] != []
    assert after["sqlite"] == after["postgresql"] != before["sqlite"]
    assert back["sqlite"] == back["postgresql"] == before["sqlite"]


def test_nbgraders_commands_find_the_gradebook(both):
    folder, url, _ = both["postgresql"]
    nbgrader(folder, "export", "--to", "grades.csv")
    with (folder / "out/grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    with Gradebook(url) as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions("sums")}
    assert {student: exported[student] for student in scores} == scores
    nbgrader(folder, "generate_feedback", "sums", "--force")
    assert "partly: 2 of 3 points" in (folder / "out/feedback/dan/sums/sums.html").read_text()
