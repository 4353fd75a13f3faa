"""A class is graded, graded again, resumed; marks by hand stay."""

import json

import pytest

from cnnlab.errors import NotebookError
from cnnlab.grading.plain import LEVEL
from tests.grading import small
from tests.grading.regrading import by_hand, gradebook, regrade, rows_of


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


def test_only_what_changed_is_executed_again(graded):
    small.hand_in(graded / "submitted", "bob", small.submission())
    small.hand_in(graded / "submitted", "cleo", small.submission())
    executed, table = regrade(graded)
    assert sorted(executed) == ["bob", "cleo"]
    assert table["bob"].marks.points == table["cleo"].marks.points == 6


def test_force_executes_everything(graded):
    executed, _ = regrade(graded, force=True)
    assert sorted(executed) == ["ada", "bob", "dan", "eve"]


def test_a_changed_assignment_grades_everybody_again(graded):
    path = graded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("SECRET 4", "SECRET 5"))
    executed, _ = regrade(graded)
    assert sorted(executed) == ["ada", "bob", "dan", "eve", "solution"]


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


def test_records_are_readable_and_say_at_which_level_they_were_made(pristine):
    record = json.loads((pristine[0] / "out/records/sums/dan.json").read_text())
    assert record["level"] == LEVEL
    assert [item["points"] for item in record["items"]] == [2.0, 0.0, 0.0, None]
