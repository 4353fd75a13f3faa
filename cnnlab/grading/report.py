"""The rows of the table and of the CSV file."""

import csv
import io
from dataclasses import dataclass, replace
from typing import Any, Literal

from cnnlab.grading.entries import Marks
from cnnlab.grading.intake import one_line
from cnnlab.grading.model import Manifest
from cnnlab.grading.record import Record

Status = Literal["graded", "by hand", "check", "not graded", "no submission"]


@dataclass(frozen=True)
class Row:
    """One student: points, or the reason why there are none.

    ========================  =======================================================
    ``graded``                every item has its points
    ``by hand``               some items wait for a person (formgrader)
    ``check``                 an item could not be scored, or an older version stands
    ``not graded``            no points; the note says why
    ``no submission``         nothing was handed in
    ========================  =======================================================
    """

    student: str
    status: Status
    marks: Marks | None
    note: str
    record: Record | None = None

    @property
    def fine(self) -> bool:
        """Has everything been done that a program can do?"""
        return self.status in ("graded", "by hand", "no submission")

    @property
    def brief(self) -> "Row":
        """What the table and the CSV need: a large class keeps a row for each student."""
        marks = self.marks and replace(self.marks, digest="", comments={})
        return replace(self, marks=marks, record=self.record and self.record.brief)


def row_of(
    student: str,
    marks: Marks | None,
    note: str,
    *,
    record: Record | None = None,
    submitted: bool = True,
    trouble: bool = False,
) -> Row:
    """The row that these facts make."""
    to_do = marks.to_do if marks else ()
    said = {item["grade_id"]: item for item in (record.items if record else [])}
    unscored = [name for name in to_do if said.get(name, {}).get("verdict") == "unscored"]
    by_hand = [name for name in to_do if name not in unscored]
    status: Status
    if marks is None:
        status = "not graded" if submitted else "no submission"
    elif trouble or unscored:
        status = "check"
    else:
        status = "by hand" if to_do else "graded"
    notes = [
        note,
        *(f"{name}: {said[name]['message']}" for name in unscored),
        *(_lost(item) for item in said.values() if _lost(item)),
        f"by hand: {', '.join(by_hand)}" if by_hand else "",
        *(record.notes if record else ()),
    ]
    return Row(student, status, marks, one_line("; ".join(filter(None, notes))), record)


def _lost(item: dict[str, Any]) -> str:
    """A test that did not earn all its points, and why if that is known."""
    if item["verdict"] not in ("partly", "failed"):
        return ""
    why = f": {item['message']}" if item["message"] else ""
    return f"{item['grade_id']} {number(item['points'])}/{number(item['of'])}{why}"


def write_csv(rows: list[Row], manifest: Manifest, level: str) -> str:
    """The CSV file's text: a line for each student, a column for each item."""
    names = [cell.grade_id for cell in manifest.graded]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    head = ["student", "status", "points", "max_points", "note"]
    tail = ["execution", "submission_sha256", "assignment_sha256"]
    table.writerow([*head, *names, *tail])
    for row in rows:
        marks, record = row.marks, row.record
        points = [number(marks.points), number(marks.max_points)] if marks else ["", ""]
        items = [number(marks.by_item.get(name)) if marks else "" for name in names]
        stamp = (
            [record.level, record.submission, record.manifest]
            if record
            else [level if marks else "", "", ""]
        )
        cells = [row.student, row.status, *points, row.note, *items, *stamp]
        table.writerow(map(safe_cell, cells))
    return text.getvalue()


def safe_cell(text: str) -> str:
    """The text, with a mark in front where a spreadsheet would take it for a formula.

    Names of students, files and reasons may begin as their authors like.

    >>> safe_cell("=1+1"), safe_cell("4")
    ("'=1+1", '4')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def number(value: float | None) -> str:
    """A number of points as people write it; nothing for none.

    >>> number(2.50), number(4.0), number(None)
    ('2.5', '4', '')
    """
    return "" if value is None else f"{round(value, 4):g}"
