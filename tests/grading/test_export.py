"""Files for Canvas and Moodle, read as those systems read them; and what must not get into one."""

import csv
import io

import pytest

from cnnlab.errors import UsageError
from cnnlab.grading.export import export, read_class_list
from cnnlab.grading.readings import About, Person
from cnnlab.grading.results import Results
from tests.grading.made_up import OF, missing, row

PEOPLE = {
    "ada": Person("Ada", "Byron", "ada@example.org", "1001"),
    "bob": Person("Bob", "Noyce", "bob@example.org", "SIS-7"),
}


def a_class(*more, people=PEOPLE):
    rows = [row("ada", (4, 3, 1.5)), row("bob", (4, 0, 2)), row("cleo", (4, 4, None)), *more]
    return Results("02_filters", [*rows, missing("dan")], OF, About(people=people))


def table_of(exported):
    return list(csv.reader(io.StringIO(exported.text)))


def canvas_reads(exported, ids=(), sis=(), logins=()):
    """What Canvas's importer makes of a file: by whom it finds each student, and the score.

    Written from lib/gradebook_importer.rb: the header's places, the row of possible points, and
    the order ID, SIS User ID, SIS Login ID, name.
    """
    head, *rows = table_of(exported)
    assert len(head) > 3
    assert "Student" in head[0]
    assert "ID" in head[1]
    assert (head[2], head[3]) == ("SIS User ID", "SIS Login ID")
    assert "Section" in head[4]
    possible, found = {}, {}
    for line in rows:
        if "Points Possible" in line[0]:
            possible = dict(zip(head[5:], line[5:], strict=True))
        elif line[1].isdecimal() and line[1] in ids:
            found[line[1]] = line[5]
        elif line[2] and line[2] in sis:
            found[line[2]] = line[5]
        elif line[3] and line[3] in logins:
            found[line[3]] = line[5]
        else:
            found[f"name: {line[0]}"] = line[5]
    return possible, found


def moodle_reads(exported, map_from, column):
    """What Moodle's importer makes of a file: a bad user or mark would stop the whole import."""
    head, *rows = table_of(exported)
    who, mark = head.index(map_from), head.index(column)
    return {row[who]: float(row[mark]) for row in rows if row[who]}


def test_canvas_finds_each_student_by_the_best_that_is_known():
    possible, found = canvas_reads(export(a_class(), "canvas"), {"1001"}, {"SIS-7"}, {"cleo"})
    assert possible == {"02_filters": "10"}
    assert found == {"1001": "8.5", "SIS-7": "6"}
    nothing_known = export(a_class(people={}), "canvas")
    assert canvas_reads(nothing_known, logins={"ada", "bob"})[1] == {"ada": "8.5", "bob": "6"}


def test_moodle_gets_a_column_for_each_way_to_name_a_student():
    exported = export(a_class(), "moodle")
    by_mail = moodle_reads(exported, "Email address", "02_filters")
    assert by_mail == {"ada@example.org": 8.5, "bob@example.org": 6.0}
    assert moodle_reads(exported, "ID number", "02_filters") == {"1001": 8.5, "SIS-7": 6.0}
    assert moodle_reads(exported, "Username", "02_filters") == {"ada": 8.5, "bob": 6.0}


@pytest.mark.parametrize("style", ["canvas", "moodle"])
def test_nobody_without_a_whole_mark_is_in(style):
    exported = export(a_class(), style)
    assert exported.left_out == {"cleo": "to be marked by hand: why", "dan": "no submission"}
    assert exported.count == 2
    assert "" not in [row[-1] for row in table_of(exported)]
    incomplete = export(a_class(), style, incomplete=True)
    assert incomplete.left_out == {"dan": "no submission"}
    assert table_of(incomplete)[-1][-1] == "8"


CANVAS_EXPORT = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,02_filters (5567),Final Score
    Points Possible,,,,,10,(read only)
"Byron, Ada",71,s71,ada,"Group 1",,
"Noyce, Bob",72,s72,bob,"Group 2",,
"""


def test_canvas_own_export_says_who_is_who_and_which_assignment(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS_EXPORT, "utf-8")
    known = read_class_list(path, ["ada", "bob", "cleo", "dan"])
    exported = export(a_class(), "canvas", known)
    assert table_of(exported)[0][5] == "02_filters (5567)"
    assert table_of(exported)[2] == ["Byron, Ada", "71", "s71", "ada", "Group 1", "8.5"]
    assert canvas_reads(exported, {"71", "72"})[1] == {"71": "8.5", "72": "6"}


def test_a_table_of_ones_own_says_who_is_who(tmp_path):
    path = tmp_path / "map.csv"
    path.write_text("student;Email address;Username\nada;countess@example.org;ab1\nbob;;\n")
    exported = export(a_class(), "moodle", read_class_list(path, ["ada", "bob"]))
    assert moodle_reads(exported, "Username", "02_filters") == {"ab1": 8.5}
    assert moodle_reads(exported, "Email address", "02_filters") == {"countess@example.org": 8.5}
    path.write_text("student,Email address,Username,ID number\nbob,,,\n")
    exported = export(a_class(), "moodle", read_class_list(path, ["ada", "bob"]))
    assert exported.left_out["bob"] == "no identifier"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,mail\nx,y\n", "no column holds the names of the students' folders, as 'ada'"),
        (b"", "no column holds"),
        (b"student,mail\n", "no column holds"),
        (b"\xff\xfe", "cannot be read as a table in UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_map_of_nobody_is_refused_with_the_remedy(tmp_path, content, words):
    path = tmp_path / "map.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        read_class_list(path, ["ada", "bob"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("style", ["csv", "canvas", "moodle"])
def test_no_cell_is_a_formula(start, style):
    evil = f"{start}HYPERLINK(1)"
    people = {"ada": Person(evil, evil, evil, evil), evil: Person("E", "V", "e@v", "5")}
    exported = export(a_class(row(evil, (4, 4, 2)), people=people), style)
    cells = [cell for line in table_of(exported) for cell in line]
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
    if style == "csv":
        assert f"'{evil}" in cells
    else:
        assert "a spreadsheet would take for a formula" in exported.left_out[evil]


def test_the_plain_table_has_everybody_and_every_item():
    head, ada, _, cleo, dan = table_of(export(a_class(), "csv"))
    assert dict(zip(head, ada, strict=True)) == {
        "student": "ada",
        "first_name": "Ada",
        "last_name": "Byron",
        "email": "ada@example.org",
        "status": "graded",
        "points": "8.5",
        "max_points": "10",
        "late_penalty": "0",
        "add-check": "4",
        "mean-check": "3",
        "why": "1.5",
    }
    assert (cleo[4], cleo[-1]) == ("by hand", "")
    assert dan[4:] == ["no submission", *[""] * 6]
