"""A student's rows in the gradebook are what nbgrader's own calls would have made of them."""

import datetime
from dataclasses import replace
from uuid import uuid4

import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import event
from traitlets.config import Config

from cnnlab.grading.gradebook import Book
from cnnlab.grading.model import Item, Outcome, Submission, SubmittedCell
from cnnlab.grading.readings import Person, about, all_marks
from tests.grading import small
from tests.grading.conftest import copy_of
from tests.grading.servers import new_database

DUE = datetime.datetime(2026, 11, 20, 12)
POINTS = {"total-check": 3.0, "mean-check": 2.0, "open-check": 1.0, "why": 2.0}


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(prepared, tmp_path, request):
    """A gradebook that knows the small assignment, and its manifest."""
    url = ""
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("server"), uuid4().hex)
    book = Book(copy_of(prepared, tmp_path / "course") / "out", url)
    manifest, _ = book.register(small.NAME, prepared / "solutions" / small.NAME)
    yield book, manifest
    book.close()


def submission(student, answers=small.RIGHT, when=""):
    cells = tuple(SubmittedCell("code", source, name) for name, source in answers.items())
    return Submission(student, cells, "0" * 64, timestamp=when)


def outcome(**points):
    """What an execution gives; an item that is not named waits for a person."""
    given = {name.replace("_", "-"): value for name, value in points.items()}
    items = [Item(name, of, given.get(name), "passed") for name, of in POINTS.items()]
    return Outcome((), (), tuple(items), (), "test")


def facts(url, student):
    """All that nbgrader says about one student's notebook, without the ids."""
    with Gradebook(url) as book:
        known = book.find_submission_notebook("sums", "sums", student)
        notebook = _nameless(known)
        parts = [
            sorted((_nameless(part) for part in parts), key=lambda part: part["name"])
            for parts in (known.grades, known.comments)
        ]
        when = known.assignment.timestamp
        return notebook, *parts, known.late_submission_penalty, when


def _nameless(entry):
    return {k: v for k, v in entry.to_dict().items() if k not in ("id", "student")}


def by_nbgrader(book, entered, result):
    """The same through nbgrader's objects, as its autograder makes them."""
    with Gradebook(book.url) as theirs:
        theirs.update_or_create_student(entered.student)
        theirs.update_or_create_submission("sums", entered.student, timestamp=entered.timestamp)
        for item in result.items:
            grade = theirs.find_grade(item.grade_id, "sums", "sums", entered.student)
            grade.auto_score, grade.needs_manual_grade = item.points, item.points is None
        for name in ("total", "mean", "why"):
            comment = theirs.find_comment(name, "sums", "sums", entered.student)
            comment.auto_comment = "No response." if name not in small.RIGHT else None
        theirs.db.commit()
    late_by_nbgrader(book, entered.student)


def late_by_nbgrader(book, student):
    names = {"nbgrader": book.names("sums", "sums", student)}
    AssignLatePenalties(config=book.config).preprocess(small.released(), names)


@pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")  # nbgrader's
def test_the_rows_are_those_of_nbgraders_own_calls(opened):
    book, manifest = opened
    result = outcome(total_check=2.0, mean_check=0.0, open_check=1.0)
    when = "2026-11-19 10:00:00 Europe/Berlin"
    book.save(submission("ours", when=when), manifest, result, changed=True)
    by_nbgrader(book, submission("theirs", when=when), result)
    assert facts(book.url, "ours") == facts(book.url, "theirs")


def test_the_penalty_is_the_one_that_nbgrader_would_take(opened, rng):
    book, manifest = opened
    for number in range(20):
        student, due = f"student-{number}", DUE if rng.random() < 0.9 else None
        method = rng.choice(["none", "zero", "zero"])
        book.config = Config({"LateSubmissionPlugin": {"penalty_method": method}})
        with Gradebook(book.url) as theirs:
            theirs.update_or_create_assignment("sums", duedate=due)
        result = outcome(total_check=float(rng.integers(4)), mean_check=2.0, open_check=0.5)
        when = DUE + datetime.timedelta(minutes=int(rng.integers(-90, 90)))
        entered = submission(student, when=str(when))
        fresh = replace(manifest, sha256=str(number))  # the plugin is asked for once a manifest
        book.save(entered, fresh, result, changed=True)
        with Gradebook(book.url) as theirs:
            if rng.random() < 0.5 and due:
                theirs.grant_extension("sums", student, minutes=int(rng.choice([10, 60])))
            if rng.random() < 0.5:
                theirs.find_grade("why", "sums", "sums", student).manual_score = 1.5
            theirs.db.commit()
        marks = book.save(entered, fresh, result, changed=False)
        ours = facts(book.url, student)
        late_by_nbgrader(book, student)
        assert facts(book.url, student) == ours
        assert marks.points == ours[0]["score"] - (ours[3] or 0)
        assert marks.penalty == (ours[3] or 0)


def test_a_penalty_beyond_the_points_or_below_zero_is_held_as_nbgrader_holds_it(opened):
    from nbgrader.plugins import LateSubmissionPlugin

    class Odd(LateSubmissionPlugin):
        def late_submission_penalty(self, student, score, late):
            return {"more": score + 5, "less": -3, "none": None}[student]

    book, manifest = opened
    book.config = Config({"AssignLatePenalties": {"plugin_class": Odd}})
    with Gradebook(book.url) as theirs:
        theirs.update_or_create_assignment("sums", duedate=DUE)
    result = outcome(total_check=3.0, mean_check=2.0, open_check=1.0)
    for student, penalty in [("more", 6.0), ("less", 0.0), ("none", 0.0)]:
        late = submission(student, when=str(DUE + datetime.timedelta(hours=1)))
        assert book.save(late, manifest, result, changed=True).penalty == penalty
        ours = facts(book.url, student)
        late_by_nbgrader(book, student)
        assert facts(book.url, student) == ours


def test_work_without_a_timestamp_keeps_the_time_that_is_known(opened):
    """As nbgrader does: a second folder without timestamp.txt is not suddenly in time."""
    book, manifest = opened
    book.save(submission("ada", when=str(DUE)), manifest, outcome(), changed=True)
    book.save(submission("ada"), manifest, outcome(), changed=True)
    assert facts(book.url, "ada")[-1] == DUE


@pytest.mark.parametrize(
    "when", ["yesterday, about noon", "9" * 99, "2026-99-99 10:00:00 UTC", "\0"]
)
def test_a_timestamp_that_cannot_be_read_counts_as_none(opened, when):
    book, manifest = opened
    assert book.save(submission("ada", when=when), manifest, outcome(), changed=True).penalty == 0
    assert facts(book.url, "ada")[-1] is None


def test_saving_twice_is_saving_once(opened):
    book, manifest = opened
    result = outcome(total_check=2.0, mean_check=2.0, open_check=0.0)
    first = book.save(submission("ada"), manifest, result, changed=True)
    once = facts(book.url, "ada")
    assert book.save(submission("ada"), manifest, result, changed=True) == first
    assert facts(book.url, "ada") == once
    assert book.marks(manifest, "ada") == first


def test_the_whole_class_is_read_as_each_student_alone(opened):
    book, manifest = opened
    assert all_marks(book, "sums") == {}
    for number, student in enumerate(("ada", "Bob", "cleo")):
        result = outcome(total_check=float(number), mean_check=2.0, open_check=0.0)
        book.save(submission(student, {"total": "pass"}), manifest, result, changed=True)
    with Gradebook(book.url) as theirs:
        theirs.find_comment("why", "sums", "sums", "cleo").manual_comment = "Say more."
        theirs.find_grade("why", "sums", "sums", "cleo").manual_score = 1.5
        theirs.db.commit()
    together = all_marks(book, "sums")
    assert together == {name: book.marks(manifest, name) for name in ("ada", "Bob", "cleo")}
    assert together["cleo"].points == 2 + 2 + 1.5
    assert together["cleo"].comments["why"] == "Say more."


def test_an_assignment_can_be_asked_about_without_its_course(opened):
    book, _ = opened
    with Gradebook(book.url) as theirs:
        theirs.add_student("ada", first_name="Ada", lms_user_id="17")
    known = about(book, "sums")
    assert known.notebook == "sums"
    assert known.released["open-check"] == small.OPEN_CHECK
    assert known.people == {"ada": Person("Ada", "", "", "17")}
    assert (about(book, "products").notebook, all_marks(book, "products")) == ("", {})


@pytest.mark.parametrize("opened", ["sqlite"], indirect=True)
def test_every_statement_meets_an_index(opened):
    """Else the cost of one submission would grow with the class."""
    book, manifest = opened
    book.save(submission("ada", when=str(DUE)), manifest, outcome(), changed=True)
    seen = []

    def keep(connection, cursor, statement, parameters, context, many):
        seen.append((statement, parameters[0] if many else parameters))

    event.listen(book.db.engine, "before_cursor_execute", keep)
    late = replace(submission("bob", {}), timestamp=str(DUE + datetime.timedelta(days=1)))
    book.save(late, manifest, outcome(total_check=1.0), changed=True)
    book.save(late, manifest, outcome(total_check=2.0), changed=True)
    book.marks(manifest, "bob")
    event.remove(book.db.engine, "before_cursor_execute", keep)
    assert {statement.split()[0] for statement, _ in seen} == {"SELECT", "INSERT", "UPDATE"}
    plans = []
    with book.db.engine.connect() as connection:
        for statement, parameters in seen:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans += [row[-1] for row in plan]
    assert plans
    assert not [
        line for line in plans if line.startswith("SCAN") and line.split()[1] != "assignment"
    ]
    assert len(seen) < 40
