"""Reading a manuscript: the cells, their lines, and one plain sentence for each fault."""

import pytest

from cnnlab.errors import NotebookError
from cnnlab.printing import read_manuscript


def test_cells_have_kind_source_metadata_and_the_lines_they_stand_on(lesson_file):
    manuscript = read_manuscript(lesson_file)
    assert [cell.kind for cell in manuscript.cells] == ["markdown", "markdown", "code", "code"]
    assert manuscript.cells[0].source.startswith("# Sums\n")
    assert manuscript.cells[1].source.endswith("1 + 2 =\n```")
    assert [cell.source for cell in manuscript.cells[2:]] == ["1 + 2", "1 + 2"]
    assert manuscript.cells[3].metadata == {"tags": ["hide-input"]}
    for cell in manuscript.cells:
        assert cell.source.splitlines()[-1] in manuscript.lines[cell.first : cell.last]
    assert manuscript.lines[manuscript.cells[2].first] == "```{code-cell} ipython3"
    assert manuscript.lines[manuscript.cells[2].last - 1] == "```"


def test_rows_stay_text(lesson_file):
    assert read_manuscript(lesson_file).front["rows"] == ["1.1", "1.10"]


def line_of(text, part):
    return next(i for i, line in enumerate(text.splitlines(), 1) if part in line)


# name: (what stands in the lesson, what is put in its place, the line at fault or its text, words)
BROKEN_LESSONS = {
    "no front matter": ("---\nkernelspec", "kernelspec", 1, "first line must be ---"),
    "front matter never closed": ('["1.1", "1.10"]\n---\n', '["1.1", "1.10"]\n', 1, "no closing"),
    "bad YAML": ("minutes: 15", "minutes: [15", 7, "not YAML"),
    "front matter is a list": (
        "kernelspec:\n  display_name: Python 3\n  name: python3\n"
        'title: "Sums: a made-up lesson"\nminutes: 15\nneeds: []\nlearns:\n  - To add.\n'
        'rows: ["1.1", "1.10"]\n',
        "- a\n",
        2,
        "`key: value` lines",
    ),
    "no title": ('title: "Sums: a made-up lesson"\n', "", None, "no `title:`"),
    "no rows": ('rows: ["1.1", "1.10"]\n', "", None, "no `rows:`"),
    "no kernel": ("  name: python3\n", "", None, "must have `display_name:` and `name:`"),
    "another kernel": ("name: python3", "name: ir", None, "`name: python3`"),
    "mistyped key": ("needs:", "need:", None, "unknown key 'need'. Did you mean needs?"),
    "title is a number": ('"Sums: a made-up lesson"', "12", None, "`title:` must be text"),
    "minutes in words": ("minutes: 15", "minutes: quarter", None, "whole number, not 'quarter'"),
    "minutes are zero": ("minutes: 15", "minutes: 0", None, "whole number, not 0"),
    "rows are numbers": ('["1.1", "1.10"]', "[1.1, 1.10]", None, "quotation marks"),
    "unknown directive": (
        "```{code-cell} ipython3\n:tags",
        "```{figure} a.png\n:tags",
        "{figure}",
        "{figure}",
    ),
    "another language": (
        "```{code-cell} ipython3\n:tags",
        "```{code-cell} r\n:tags",
        "} r",
        "only",
    ),
    "bad cell options": ("[hide-input]", "[hide-input", None, "Invalid YAML"),
    "bad Markdown metadata": ("\n+++\n", "\n+++ {tags}\n", None, "line 17 could not be read"),
    "fence never closed": (
        "```{code-cell} ipython3\n:tags: [hide-input]\n1 + 2\n```\n",
        "````{code-cell} ipython3\n:tags: [hide-input]\n1 + 2\n```\n",
        "````{code-cell}",
        "never closed",
    ),
    "fence of text that swallows a cell": ("1 + 2 =\n```\n", "1 + 2 =\n", 21, "never closed"),
    "code cell in a list": (
        "```{code-cell} ipython3\n1 + 2\n```",
        "- ```{code-cell} ipython3\n  1 + 2\n  ```",
        "- ```{code-cell}",
        "left margin",
    ),
    "graded cell": (
        ":tags: [hide-input]",
        ":nbgrader: {schema_version: 3, grade_id: a, grade: false, solution: true, locked: false}",
        29,
        "course/exercises",
    ),
    "odd line break": ("1 + 2 =", "1 +\u20282 =", None, "line breaks"),
}


@pytest.mark.parametrize("fault", BROKEN_LESSONS)
def test_a_broken_lesson_is_told_in_one_line_with_file_and_line(fault, lesson_file):
    old, new, line, words = BROKEN_LESSONS[fault]
    sound = lesson_file.read_text(encoding="utf-8")
    assert sound.count(old) == 1
    broken = sound.replace(old, new)
    lesson_file.write_text(broken, encoding="utf-8")
    with pytest.raises(NotebookError) as caught:
        read_manuscript(lesson_file)
    message = str(caught.value)
    line = line_of(broken, line) if isinstance(line, str) else line
    assert message.startswith(f"{lesson_file}:{line}:" if line else str(lesson_file)), message
    assert words in message
    assert "\n" not in message


# name: (what stands in the exercise, what is put in its place, the cell at fault, words)
GRADED = "grade_id: add-check, grade: true, points: 2, solution: false, locked: true, task: false"
BROKEN_EXERCISES = {
    "id used twice": ("grade_id: add-check", "grade_id: add", "points: 2", "before, on line 14"),
    "no points": (" points: 2,", "", "add-check", "'add-check' needs `points:`"),
    "points in words": ("points: 2", "points: two", "add-check", "needs `points:`"),
    "points below zero": ("points: 2", "points: -1", "add-check", "needs `points:`"),
    "points without grade": (
        "grade_id: add, ",
        "grade_id: add, points: 1, ",
        "grade_id: add,",
        "has points but is not graded",
    ),
    "no id": ("grade_id: add-check, ", "", "grade: true, points: 2", "needs a `grade_id`"),
    "id with a space": ("grade_id: add-check", "grade_id: add check", "points: 2", "'add check'"),
    "id too long": ("grade_id: add-check", f"grade_id: {'a' * 65}", "points: 2", "at most 64"),
    "no schema": ("schema_version: 3, grade_id: add-check", "grade_id: add-check",
                  "points: 2", "`schema_version: 3`"),
    "no locked": ("points: 2, solution: false, locked: true", "points: 2, solution: false",
                  "points: 2", "`locked: true` or `locked: false`"),
    "unknown key": (GRADED, GRADED + ", score: 3", "points: 2", "no key 'score'"),
    "not a mapping": ("{schema_version: 3, grade_id: add, solution: true, grade: false, "
                      "locked: false, task: false}", "[add]", "[add]", "must be a mapping"),
    "answer in words not graded": ('"grade": true', '"grade": false', None, "points but is not"),
    "solution in an open cell": ("solution: true, grade: false", "solution: false, grade: false",
                                 "grade_id: add,", "`solution: true`; students would see it"),
    "hidden tests in an open cell": ("grade_id: add-check, grade: true, points: 2",
                                     "grade_id: add-check, grade: false",
                                     "grade_id: add-check", "`grade: true`"),
    "solution never ends": ("    ### END SOLUTION\n", "", "grade_id: add,", "in pairs"),
    "solution in solution": ("    ### END SOLUTION\n", "    ### BEGIN SOLUTION\n",
                             "grade_id: add,", "in pairs"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN_EXERCISES)
def test_a_broken_exercise_is_told_in_one_line_with_file_and_line(fault, exercise_file):
    old, new, where, words = BROKEN_EXERCISES[fault]
    sound = exercise_file.read_text(encoding="utf-8")
    assert sound.count(old) == 1
    broken = sound.replace(old, new)
    exercise_file.write_text(broken, encoding="utf-8")
    with pytest.raises(NotebookError) as caught:
        read_manuscript(exercise_file)
    message = str(caught.value)
    if where:
        # The options stand one line below the fence that the message names.
        assert message.startswith(f"{exercise_file}:{line_of(broken, where) - 1}:"), message
    assert words in message
    assert "\n" not in message


def test_a_manuscript_has_cells(lesson_file):
    front = lesson_file.read_text(encoding="utf-8").split("# Sums")[0]
    lesson_file.write_text(front, encoding="utf-8")
    with pytest.raises(NotebookError, match=r"01_sums\.md:12: there are no cells"):
        read_manuscript(lesson_file)


def test_a_manuscript_has_a_number_in_its_name(lesson_file):
    odd = lesson_file.rename(lesson_file.with_name("sums.md"))
    with pytest.raises(NotebookError, match=r"sums\.md: a manuscript is named NN_name\.md"):
        read_manuscript(odd)


def test_a_second_part_has_a_letter_behind_its_number(lesson_file):
    part = lesson_file.rename(lesson_file.with_name("01b_sums.md"))
    assert read_manuscript(part).cells
    with pytest.raises(NotebookError, match="a manuscript is named"):
        read_manuscript(part.rename(part.with_name("01bc_sums.md")))


def test_a_manuscript_stands_in_one_of_two_folders(lesson_file):
    odd = lesson_file.rename(lesson_file.parents[1] / "01_sums.md")
    with pytest.raises(NotebookError, match="course/lessons or course/exercises"):
        read_manuscript(odd)


def test_a_manuscript_is_utf8(lesson_file):
    lesson_file.write_bytes(lesson_file.read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(NotebookError, match="cannot be read as UTF-8"):
        read_manuscript(lesson_file)


def test_windows_line_ends_change_nothing(lesson_file):
    before = read_manuscript(lesson_file)
    lesson_file.write_bytes(lesson_file.read_bytes().replace(b"\n", b"\r\n"))
    after = read_manuscript(lesson_file)
    assert after.cells == before.cells
    assert after.fingerprint == before.fingerprint
