"""A class is graded, graded again, resumed; marks by hand stay."""

import json
import subprocess
import sys
from contextlib import closing

import pytest

from cnnlab.errors import NotebookError
from cnnlab.grading import clerk
from cnnlab.grading.journal import Journal
from cnnlab.grading.model import Limits
from cnnlab.grading.plain import LEVEL, PlainProcess
from cnnlab.grading.pool import Worker
from cnnlab.grading.run import grade_class
from tests.grading import small
from tests.grading.conftest import job_of
from tests.grading.inline import Inline
from tests.grading.regrading import Counting, by_hand, gradebook, of_class, regrade, rows_of


def test_each_student_has_a_line_with_points_or_the_reason(pristine):
    table = {row.student: row for row in pristine[1].rows}
    assert {name: row.status for name, row in table.items()} == {
        "ada": "by hand",
        "bob": "graded",
        "cleo": "not graded",
        "dan": "by hand",
        "eve": "by hand",
        "fay": "no submission",
    }
    points = {name: row.marks and row.marks.points for name, row in table.items()}
    assert points == {"ada": 6, "bob": 0, "cleo": None, "dan": 2, "eve": 3, "fay": None}
    assert "broken JSON" in table["cleo"].note
    assert table["eve"].note.startswith("total-check 0/3: ValueError was raised in total, line 2")
    assert [row.student for row in pristine[1].rows if not row.fine] == ["cleo"]


def test_the_csv_says_the_same_item_by_item(pristine):
    folder, graded = pristine
    rows = rows_of(folder)
    assert [rows["dan"][k] for k in ("total-check", "mean-check", "open-check", "why")] == [
        "2",
        "0",
        "0",
        "",
    ]
    for row in graded.rows:
        assert rows[row.student]["note"] == row.note
        assert rows[row.student]["points"] == (f"{row.marks.points:g}" if row.marks else "")
    assert rows["ada"]["execution"] == LEVEL
    assert len(rows["ada"]["submission_sha256"]) == 64


def test_a_second_run_executes_nothing_and_says_the_same(graded):
    before = (graded / "out" / "sums.csv").read_bytes()
    page = (graded / "out/feedback/ada/sums/sums.html").stat().st_mtime_ns
    executed, _ = regrade(graded)
    assert executed == []
    assert (graded / "out" / "sums.csv").read_bytes() == before
    assert (graded / "out/feedback/ada/sums/sums.html").stat().st_mtime_ns == page


def test_where_nothing_is_new_no_worker_is_started_and_no_template_loaded(graded, monkeypatch):
    """Both take long, and would be the better part of such a run."""
    started = []
    monkeypatch.setattr(Worker, "start", started.append)
    monkeypatch.setattr(clerk, "Pages", started.append)
    table = {row.student: row for row in grade_class(job_of(graded), PlainProcess()).rows}
    assert started == []
    assert table["ada"].marks.points == 6


class Asked(Inline):
    """Remembers what a run asks of its workers."""

    def __init__(self, executor, workers):
        super().__init__(executor, workers)
        Asked.calls = []

    def start(self, submissions):
        self.calls += ["start"] * (submissions > 0)

    def submit(self, submission, *rest):
        self.calls.append(submission.student)
        return super().submit(submission, *rest)


@pytest.mark.parametrize("changes", [{}, {"limits": Limits(cell_seconds=60.0)}, {"force": True}])
def test_workers_are_made_ready_at_once_where_there_is_work_for_them(graded, changes):
    if not changes:
        answers = {**small.RIGHT, "why": "Gil says so."}
        small.hand_in(graded / "submitted", "gil", small.submission(answers))
    grade_class(job_of(graded, **changes), PlainProcess(), pool=Asked)
    assert Asked.calls[0] == "start"
    assert len(Asked.calls) > 1


def test_workers_are_made_ready_at_once_for_another_assignment(graded):
    (graded / "solutions/sums/more.txt").write_text("data")
    grade_class(job_of(graded), PlainProcess(), pool=Asked)
    assert Asked.calls[:2] == ["start", "solution"]


def test_new_work_of_a_known_student_is_found_when_it_is_read(graded):
    small.hand_in(graded / "submitted", "ada", small.submission({**small.RIGHT, "why": "Else."}))
    small.hand_in(graded / "submitted", "cleo", small.submission({**small.RIGHT, "why": "Now."}))
    grade_class(job_of(graded), PlainProcess(), pool=Asked)
    assert Asked.calls == ["ada", "cleo"]
    grade_class(job_of(graded, only=frozenset({"fay"})), PlainProcess(), pool=Asked)
    assert Asked.calls == []


def test_workers_load_while_nbgrader_does(ungraded):
    """Both take a second: where nbgrader came first, so did its second."""
    job = f"Job({small.NAME!r}, Path('submitted'), Path('solutions/sums'), Path('out').resolve())"
    script = f"""
import sys
from pathlib import Path
from cnnlab.grading.job import Job
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
class Asked:
    def __init__(self, executor, workers): pass
    def start(self, submissions): sys.exit("nbgrader" in sys.modules)
    def stop(self): pass
grade_class({job}, PlainProcess(), pool=Asked)
"""
    told = subprocess.run([sys.executable, "-c", script], cwd=ungraded, capture_output=True)
    assert (told.returncode, told.stderr) == (0, b"")


def test_only_what_changed_is_executed_again(graded):
    for student in ("bob", "cleo"):
        answers = {**small.RIGHT, "why": f"{student} says so."}
        small.hand_in(graded / "submitted", student, small.submission(answers))
    executed, table = regrade(graded)
    assert sorted(executed) == ["bob", "cleo"]
    assert table["bob"].marks.points == table["cleo"].marks.points == 6


def test_the_same_work_of_two_students_is_executed_once(graded, monkeypatch):
    """At the same time, or with days between; whatever else is in the file."""
    late = small.submission({**small.RIGHT, "why": "A new answer."})
    for student in ("bob", "cleo"):
        late["metadata"]["owner"] = student
        small.hand_in(graded / "submitted", student, late, f"{student}.ipynb")
    (graded / "submitted/bob/sums/sums.ipynb").unlink()
    (graded / "submitted/cleo/sums/sums.ipynb").unlink()
    executed, table = regrade(graded)
    assert executed == ["bob"]
    small.hand_in(graded / "submitted", "fay", late)
    executed, table = regrade(graded)
    assert executed == []
    for student, name in [("bob", "bob.ipynb"), ("cleo", "cleo.ipynb"), ("fay", "")]:
        assert table[student].marks.points == 6
        assert ("renamed" in table[student].note) == bool(name)
        assert name in table[student].note
        assert (graded / f"out/feedback/{student}/sums/sums.html").is_file()
    copies = [graded / f"out/autograded/{name}/sums/sums.ipynb" for name in ("bob", "fay")]
    assert copies[0].read_bytes() == copies[1].read_bytes()
    executed, _ = regrade(graded, force=True)
    assert sorted(executed) == ["ada", "bob", "dan", "eve"]


def test_force_executes_everything(graded):
    executed, _ = regrade(graded, force=True)
    assert sorted(executed) == ["ada", "bob", "dan", "eve"]


def test_a_changed_assignment_grades_everybody_again(graded):
    path = graded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("SECRET 4", "SECRET 5"))
    executed, _ = regrade(graded)
    assert sorted(of_class(executed)) == ["ada", "bob", "dan", "eve"]
    assert "solution" in executed


def test_a_broken_resubmission_keeps_the_earlier_marks(graded):
    small.hand_in(graded / "submitted", "ada", b"")
    _, table = regrade(graded)
    assert table["ada"].marks.points == 6
    assert table["ada"].status == "check"
    assert "sums.ipynb is empty" in table["ada"].note
    assert "(the marks of an earlier version stand)" in table["ada"].note


def test_a_student_who_is_gone_keeps_the_line(graded):
    (graded / "submitted/ada/sums/sums.ipynb").unlink()
    (graded / "submitted/ada/sums").rmdir()
    (graded / "submitted/ada").rmdir()
    _, table = regrade(graded)
    assert table["ada"].marks.points == 6
    assert "not among the submissions now" in table["ada"].note


def test_marks_by_hand_count_and_survive_everything(graded):
    by_hand(graded, "ada", "why", 1.5)
    by_hand(graded, "dan", "mean-check", 2)
    executed, table = regrade(graded)
    assert executed == []
    assert (table["ada"].marks.points, table["ada"].status) == (7.5, "graded")
    assert table["dan"].marks.points == 4
    _, table = regrade(graded, force=True)
    assert (table["ada"].marks.points, table["ada"].status) == (7.5, "graded")
    assert table["dan"].marks.points == 4


def test_a_resubmission_puts_marks_by_hand_up_for_another_look(graded):
    by_hand(graded, "ada", "why", 1.5)
    small.hand_in(graded / "submitted", "ada", small.submission({**small.RIGHT, "why": "Else."}))
    _, table = regrade(graded)
    assert table["ada"].marks.points == 7.5
    assert table["ada"].marks.to_do == ("why",)


def test_the_page_follows_the_gradebook(graded):
    by_hand(graded, "ada", "why", 1.5)
    with gradebook(graded) as book:
        book.find_comment("why", "sums", "sums", "ada").manual_comment = "Well seen."
        book.db.commit()
    page = graded / "out/feedback/ada/sums/sums.html"
    assert "Well seen." not in page.read_text()
    regrade(graded)
    assert "Well seen." in page.read_text()
    assert "7.5 / 8" in page.read_text()


def test_what_lies_beside_the_source_is_there_and_counts(ungraded):
    """Data of the assignment is in the folder where student work runs, and in the hash."""
    reader = {
        **small.RIGHT,
        "total": "def total(v):\n    return sum(v) + int(open('zero.txt').read())",
    }
    small.hand_in(ungraded / "submitted", "ada", small.submission(reader))
    (ungraded / "solutions/sums/zero.txt").write_text("0")
    (ungraded / "submitted/ada/sums/zero.txt").write_text("7")  # the teacher's file wins
    assert regrade(ungraded)[1]["ada"].marks.points == 6
    (ungraded / "solutions/sums/zero.txt").write_text("1")
    assert regrade(ungraded)[1]["ada"].marks.points == 3
    with (ungraded / "solutions/sums/huge").open("wb") as file:
        file.truncate(21 * 2**20)
    with pytest.raises(NotebookError, match="files beyond 20 MB or 200 were left out; make it"):
        regrade(ungraded)


def test_the_journal_says_what_was_done_and_at_which_level(pristine):
    with closing(Journal(pristine[0] / "out")) as journal:
        record = journal.record("sums", "dan")
        assert list(journal.refusals("sums")) == ["cleo", "fay"]
    assert (record.level, record.entered) == (LEVEL, True)
    assert [item["points"] for item in record.items] == [2.0, 0.0, 0.0, None]


def test_another_level_grades_everybody_again(graded):
    class Safer(Counting):
        level = "A: made up"

    executed, table = regrade(graded, Safer())
    assert sorted(of_class(executed)) == ["ada", "bob", "dan", "eve"]
    assert "solution" in executed
    assert table["ada"].record.level == "A: made up"
    assert rows_of(graded)["ada"]["execution"] == "A: made up"


def test_other_limits_grade_everybody_again(graded):
    patient = Limits(cell_seconds=60.0, total_seconds=600.0)
    executed, _ = regrade(graded, limits=patient)
    assert sorted(of_class(executed)) == ["ada", "bob", "dan", "eve"]
    assert "solution" in executed
    assert regrade(graded, limits=patient)[0] == []


def test_only_chosen_students_are_graded_and_the_table_stays_whole(graded):
    before = rows_of(graded)
    for student in ("bob", "cleo", "eve"):
        answers = {**small.RIGHT, "why": f"{student} says so."}
        small.hand_in(graded / "submitted", student, small.submission(answers))
    executed, _ = regrade(graded, only=frozenset({"eve", "fay"}))
    assert executed == ["eve"]
    after = rows_of(graded)
    assert after["eve"]["points"] == "6"
    assert {k: v for k, v in after.items() if k != "eve"} == {
        k: v for k, v in before.items() if k != "eve"
    }


def test_output_of_an_earlier_version_is_graded_again_and_its_marks_by_hand_stay(graded):
    """Then there were records in JSON files, and no journal."""
    by_hand(graded, "ada", "why", 1.5)
    by_hand(graded, "dan", "mean-check", 2)
    with closing(Journal(graded / "out")) as journal:
        known = {r.student: r.submission for r in journal.records("sums")}
    (graded / "out/journal.db").unlink()
    for student, submission in known.items():
        (graded / f"out/autograded/{student}/sums/.cnnlab").unlink()
        path = graded / f"out/records/sums/{student}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"student": student, "submission": submission}))
    small.hand_in(graded / "submitted", "dan", small.submission({**small.RIGHT, "why": "New."}))
    executed, table = regrade(graded)
    assert sorted(of_class(executed)) == ["ada", "bob", "dan", "eve"]
    assert "solution" in executed
    assert (table["ada"].marks.points, table["ada"].status) == (7.5, "graded")
    assert table["dan"].marks.to_do == ("mean-check", "why")
