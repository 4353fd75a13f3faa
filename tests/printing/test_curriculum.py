"""Rows find their homes in a small course: what counts, what is missed, what is an error."""

import pytest
from click.testing import CliRunner

from cnnlab.cli import main
from cnnlab.errors import NotebookError
from cnnlab.printing import Course
from cnnlab.printing.curriculum import PAGE, find_homes, read_curriculum, render

ROWS = """
"1":
  title: Sums
  rows:
    "1.1": {what: "Adding", function: yes}
    "1.2": {what: "Taking away"}
    "1.3": {what: "Times"}
"""
TESTS = """
import pytest

@pytest.fixture
def run(cells):
    names = {}
    exec("x = 1", names)
    return names

@pytest.fixture
def said(run):
    return run

def test_before_any_heading(run):
    pass

# --- 1.1 Adding

def test_one(said):
    pass

def helper(said):
    pass

def test_two(prose):
    pass

# --- 1.1 and 1.2 Both

@pytest.mark.parametrize("a", [1])
def test_three(a, run):
    pass

# --- The checks at the end

def test_four(run):
    pass
"""


@pytest.fixture
def small(course):
    (course.root / "course" / "curriculum.yaml").write_text(ROWS, encoding="utf-8")
    for folder, rows in (("lessons", '["1.1", "1.2"]'), ("exercises", '["1.1"]')):
        (path,) = (course.root / "course" / folder).glob("01_*.md")
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [f"rows: {rows}" if line.startswith("rows:") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tests = course.root / "tests" / "course" / "test_lesson_01_numbers.py"
    tests.parent.mkdir(parents=True)
    tests.write_text(TESTS, encoding="utf-8")
    return course


@pytest.fixture
def rows(small):
    return {row.name: row for row in find_homes(small)["1"].rows}


def test_lessons_and_exercises_are_found_in_the_front_matter(rows):
    assert (rows["1.1"].lessons, rows["1.1"].exercises) == (["01_sums"], ["01_add"])
    assert (rows["1.2"].lessons, rows["1.2"].exercises) == (["01_sums"], [])


def test_tests_count_for_the_rows_of_the_heading_above_them(small, rows):
    assert rows["1.1"].tested == rows["1.2"].tested == ["01"]
    assert rows["1.3"].tested == []
    lonely = TESTS.replace("1.1 and 1.2 Both", "1.3 Alone")
    (small.root / "tests" / "course" / "test_lesson_01_numbers.py").write_text(lonely)
    first, second, third = find_homes(small)["1"].rows
    assert (first.tested, second.tested, third.tested) == (["01"], [], ["01"])


@pytest.mark.parametrize("argument", ["said", "run"])
def test_computed_is_what_reads_the_cells_even_through_another_fixture(small, argument):
    text = TESTS.replace("test_one(said)", f"test_one({argument})").replace("(a, run)", "(a)")
    (small.root / "tests" / "course" / "test_lesson_01_numbers.py").write_text(text)
    first, second, _ = find_homes(small)["1"].rows
    assert (first.computed, second.computed) == (["01"], [])
    assert second.tested == ["01"]
    assert second.missing == ["computed"]


@pytest.mark.parametrize(
    ("own", "computed"),
    [
        ("", ["01"]),
        ("@pytest.fixture\ndef said(said):\n    return said\n", ["01"]),
        ("@pytest.fixture\ndef said(prose):\n    return prose\n", []),
    ],
)
def test_computed_knows_the_fixtures_that_the_files_share_and_those_that_hide_them(
    small, own, computed
):
    path = small.root / "tests" / "course" / "test_lesson_01_numbers.py"
    fixtures, tests = TESTS.split("def test_before_any_heading", 1)
    path.with_name("conftest.py").write_text(fixtures, encoding="utf-8")
    tests = "def test_before_any_heading" + tests.replace("(a, run)", "(a)")
    path.write_text(f"import pytest\n{own}\n{tests}", encoding="utf-8")
    first, second, _ = find_homes(small)["1"].rows
    assert (first.computed, second.computed) == (computed, [])


def test_what_is_missing_is_named(rows):
    assert rows["1.1"].missing == rows["1.2"].missing == []
    assert rows["1.3"].missing == ["taught", "computed", "tested"]
    rows["1.1"].exercises.clear()
    assert rows["1.1"].missing == ["exercised"]


def test_a_row_is_a_line_of_the_page(small):
    page = render(find_homes(small))
    lesson, tests = "[01](../notebooks/01_sums.ipynb)", "../tests/course/test_lesson_01_numbers.py"
    exercise = "[01](../exercises/01_add/01_add.ipynb)"
    assert "## 1. Sums\n" in page
    assert f"\n| 1.1 | Adding | {lesson} | {lesson} | {exercise} | [01]({tests}) |\n" in page
    assert "\n| 1.3 | Times | - | - | - | - |\n" in page


def test_a_row_that_does_not_exist_is_an_error(small):
    path = small.root / "tests" / "course" / "test_lesson_01_numbers.py"
    path.write_text(TESTS.replace("1.1 and 1.2", "1.9"), encoding="utf-8")
    with pytest.raises(NotebookError, match="test_lesson_01_numbers.py: '1.9' is no row"):
        find_homes(small)


@pytest.mark.parametrize(
    "text", ["- 1", "'1': {title: a}", "'1': {title: a, rows: {'1.1': {}}}", "{"]
)
def test_a_curriculum_of_another_form_is_an_error(small, text):
    (small.root / "course" / "curriculum.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NotebookError, match="expected parts with a title and rows"):
        read_curriculum(small.root)


def test_the_command_prints_the_page_and_fails_while_a_row_has_no_home(small):
    def call(*words):
        return CliRunner().invoke(main, ["course", "rows", "--root", str(small.root), *words])

    done = call("--check")
    assert done.exit_code == 1
    assert f"{PAGE} is old. Mend: cnnlab course rows" in done.output
    assert not (small.root / PAGE).exists()
    done = call()
    assert done.exit_code == 1
    assert f"printed {PAGE}" in done.output
    assert "Row 1.3 (Times) is not taught, not computed, not tested." in done.output
    assert (small.root / PAGE).read_text(encoding="utf-8") == render(find_homes(Course(small.root)))

    path = small.root / "course" / "curriculum.yaml"
    path.write_text(ROWS.replace('    "1.3": {what: "Times"}\n', ""), encoding="utf-8")
    assert call().exit_code == 0
    done = call("--check")
    assert (done.exit_code, done.output) == (0, f"{PAGE} is fresh.\n")
