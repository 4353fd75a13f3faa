"""Marks as files that other systems read: a table of one's own, Canvas, Moodle.

Canvas [1]_ wants the columns Student, ID, SIS User ID, SIS Login ID and Section in this order, and
looks for a student by them in this order, at last by name. Moodle [2]_ takes any columns; the
teacher chooses there which one names the student, and a student it does not know stops the import.
In both an empty mark deletes one that is there, so who has no complete mark is left out.

References
----------
.. [1] https://github.com/instructure/canvas-lms, lib/gradebook_importer.rb
.. [2] https://docs.moodle.org/en/Grade_import
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cnnlab.errors import UsageError
from cnnlab.grading.readings import Person
from cnnlab.grading.report import Row, number, safe_cell
from cnnlab.grading.results import Results

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_KEYS = CANVAS[1:4]
MOODLE = ("Username", "ID number", "Email address", "First name", "Last name")
MOODLE_KEYS = MOODLE[:3]
POINTS_POSSIBLE = "    Points Possible"  # as Canvas writes it

Known = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Exported:
    """A file's text, how many students are in it, and who is not, with the reason."""

    text: str
    count: int
    left_out: dict[str, str]


@dataclass(frozen=True)
class ClassList:
    """What a table says of the students: the cells of each one's row, by the table's columns."""

    students: Known
    columns: tuple[str, ...] = ()

    def column_of(self, assignment: str) -> str:
        """The table's own column for the assignment, as "02_filters (1234)" in Canvas, or its
        name.
        """
        for name in self.columns:
            title, _, rest = name.rpartition(" (")
            if name == assignment or title == assignment and rest[:-1].isdecimal():
                return name
        return assignment


def read_class_list(path: Path, students: Sequence[str]) -> ClassList:
    """A table of the students: Canvas's or Moodle's own export, or one with a column ``student``.

    Without such a column, that one counts which holds the most names of ``students``.

    Raises
    ------
    UsageError
        When the file cannot be read, or no column names any student.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a table in UTF-8: {error}") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    head = tuple(name.strip() for name in rows[0]) if rows else ()
    table = [dict(zip(head, (cell.strip() for cell in row), strict=False)) for row in rows[1:]]
    key = "student" if "student" in head else _key(head, table, set(students))
    found = {row[key]: row for row in table if row.get(key)} if key else {}
    if not found.keys() & set(students):
        raise UsageError(
            f"{path}: no column holds the names of the students' folders, as {students[0]!r}. "
            f"Give it a column `student` with them"
        )
    return ClassList(found, head)


def _key(head: Sequence[str], table: Sequence[Mapping[str, str]], students: set[str]) -> str:
    counts = {name: sum(row.get(name) in students for row in table) for name in head}
    best = max(counts, key=counts.__getitem__, default="")
    return best if counts.get(best) else ""


def export(
    results: Results, style: str, known: ClassList | None = None, incomplete: bool = False
) -> Exported:
    """The marks in one of the `STYLES`.

    ``known`` says who is who in the other system. Points that a person has yet to give count as
    nothing; such students are in only if ``incomplete``.
    """
    return STYLES[style](results, known or ClassList({}), incomplete)


def _plain(results: Results, known: ClassList, incomplete: bool) -> Exported:
    """Everybody and everything, for people and spreadsheets."""
    about = ("student", "first_name", "last_name", "email")
    head = [*about, "status", "points", "max_points", "late_penalty", *results.of]
    table = [head]
    for row in results.rows:
        person, marks = results.known.people.get(row.student, Person()), row.marks
        names = [row.student, person.first_name, person.last_name, person.email]
        points = [marks.points, marks.max_points, marks.penalty] if marks else [None] * 3
        items = [marks.by_item.get(name) if marks else None for name in results.of]
        table.append([*names, row.status, *map(number, [*points, *items])])
    return Exported(_text(table), len(results.rows), {})


def _canvas(results: Results, known: ClassList, incomplete: bool) -> Exported:
    column = known.column_of(results.assignment)
    top = next((row.marks.max_points for row in results.rows if row.marks), None)
    head = [[*CANVAS, column], [POINTS_POSSIBLE, *[""] * 4, number(top)]]

    def cells(student: str) -> dict[str, str]:
        person = results.known.people.get(student, Person())
        name = ", ".join(filter(None, (person.last_name, person.first_name))) or student
        number_there = person.lms_user_id.isdecimal()
        own = {
            "Student": name,
            "ID": person.lms_user_id if number_there else "",
            "SIS User ID": "" if number_there else person.lms_user_id,
            "SIS Login ID": student,
        }
        return own | _given(known, student, CANVAS)

    return _for_another(results, incomplete, head, CANVAS, CANVAS_KEYS, cells)


def _moodle(results: Results, known: ClassList, incomplete: bool) -> Exported:
    def cells(student: str) -> dict[str, str]:
        person = results.known.people.get(student, Person())
        own = {
            "Username": student,
            "ID number": person.lms_user_id,
            "Email address": person.email,
            "First name": person.first_name,
            "Last name": person.last_name,
        }
        return own | _given(known, student, MOODLE)

    head = [[*MOODLE, known.column_of(results.assignment)]]
    return _for_another(results, incomplete, head, MOODLE, MOODLE_KEYS, cells)


STYLES: dict[str, Callable[[Results, ClassList, bool], Exported]] = {
    "csv": _plain,
    "canvas": _canvas,
    "moodle": _moodle,
}


def _given(known: ClassList, student: str, columns: Sequence[str]) -> dict[str, str]:
    """What the class list says of a student. It is asked for all columns, empty ones too."""
    row = known.students.get(student)
    return {} if row is None else {name: row[name] for name in columns if name in row}


def _for_another(
    results: Results,
    incomplete: bool,
    head: list[list[str]],
    columns: Sequence[str],
    keys: Sequence[str],
    cells: Callable[[str], dict[str, str]],
) -> Exported:
    """A table for another system: only students whom it can find, with marks that are whole."""
    table, left_out = head, {}
    for row in results.rows:
        about = cells(row.student)
        reason = _why_not(row, [about.get(key, "") for key in keys], incomplete)
        if reason:
            left_out[row.student] = reason
        else:
            assert row.marks is not None
            named = [about.get(name, "") for name in columns]
            table.append([*named, number(round(row.marks.points, 2))])
    return Exported(_text(table), len(results.rows) - len(left_out), left_out)


def _why_not(row: Row, keys: Sequence[str], incomplete: bool) -> str:
    """Why a student is left out; empty for one who is not."""
    if row.marks is None:
        return row.status
    waiting = [name for name, points in row.marks.by_item.items() if points is None]
    waiting += [name for name in row.marks.to_do if name not in waiting]
    if waiting and not incomplete:
        return f"to be marked by hand: {', '.join(waiting)}"
    if any(safe_cell(key) != key for key in keys):
        return "an identifier that a spreadsheet would take for a formula"
    return "" if any(keys) else "no identifier"


def _text(table: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([map(safe_cell, row) for row in table])
    return text.getvalue()
