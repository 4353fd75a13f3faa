"""A class is graded again; what the gradebook and the table of points then hold."""

import csv

from nbgrader.api import Gradebook

from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.regrade import regrade as run_again
from cnnlab.grading.run import grade_class
from tests.grading.conftest import job_of
from tests.grading.inline import Inline


class Counting(PlainProcess):
    """Remembers whose work was executed."""

    def __init__(self):
        super().__init__()
        self.executed = []

    def execute(self, submission, manifest, limits):
        self.executed.append(submission.student)
        return super().execute(submission, manifest, limits)


def regrade(folder, executor=None, **changes):
    """Grade again; returns who was executed, and the rows by student."""
    executor = executor or Counting()
    rows = grade_class(job_of(folder, **changes), executor, pool=Inline).rows
    return getattr(executor, "executed", []), {row.student: row for row in rows}


def of_class(executed):
    """Those who were executed and are students."""
    return [name for name in executed if name != "solution" and not name.startswith("canary")]


def gradebook(folder):
    return Gradebook(f"sqlite:///{folder / 'out' / 'gradebook.db'}")


def rows_of(folder):
    with (folder / "out" / "sums.csv").open() as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def by_hand(folder, student, item, points):
    """What formgrader does when a teacher enters points."""
    with gradebook(folder) as book:
        grade = book.find_grade(item, "sums", "sums", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def mend(folder):
    """Mend two tests: dan loses in one, and gains in the other."""
    path = folder / "solutions" / "sums" / "sums.ipynb"
    text = path.read_text()
    for old, new in (
        ("([-2, 2], 0), ([0.5], 0.5)]", "([0.5], 0.5), ([1.5], 1.5)]"),
        ("mean([5]) == 5, ", "mean([3]) == 3, "),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return folder


def marks(folder):
    """Every mark in the gradebook, and what it came from."""
    with gradebook(folder) as book:
        return {
            (s.student.id, grade.name): (
                grade.auto_score,
                grade.manual_score,
                grade.needs_manual_grade,
            )
            for s in book.assignment_submissions("sums")
            for notebook in s.notebooks
            for grade in notebook.grades
        }


def auto(folder):
    return {key: value[0] for key, value in marks(folder).items()}


def again(folder, answer=True, items=(), executor=None, pool=Inline, **changes):
    """Regrade; returns what was shown, and the end."""
    seen = []

    def decide(comparison):
        seen.append(comparison)
        return answer

    executor = executor or Counting()
    job = job_of(folder, **changes)
    graded = run_again(job, executor, items, decide, lambda done, total: None, pool=pool)
    return seen[0], graded
