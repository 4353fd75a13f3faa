"""Every row of the curriculum has its home, and the page that says so is fresh."""

import pytest

from cnnlab.printing import Course
from cnnlab.printing.curriculum import PAGE, find_homes, read_curriculum, render

ROWS_OF_PART = {1: 8, 2: 7, 3: 5, 4: 5, 5: 5, 6: 8, 7: 4, 8: 5, 9: 7, 10: 5, 11: 1, 12: 7, 13: 1}


@pytest.fixture(scope="module")
def parts(root):
    return find_homes(Course(root))


def test_no_part_and_no_row_was_lost(parts):
    assert {int(number): len(part.rows) for number, part in parts.items()} == ROWS_OF_PART
    for number, part in parts.items():
        one = len(part.rows) == 1
        expected = [number] if one else [f"{number}.{n + 1}" for n in range(len(part.rows))]
        assert [row.name for row in part.rows] == expected


def test_every_row_is_taught_exercised_tested_and_computed(parts):
    homeless = {row.name: row.missing for part in parts.values() for row in part.rows}
    assert {name: missing for name, missing in homeless.items() if missing} == {}


def test_the_tests_of_a_row_are_those_of_a_lesson_that_teaches_it(parts):
    for part in parts.values():
        for row in part.rows:
            taught = {lesson.partition("_")[0] for lesson in row.lessons}
            assert set(row.tested) & taught, row.name
            assert set(row.computed) & taught, row.name


def test_the_page_is_fresh(parts, root):
    assert (root / PAGE).read_text(encoding="utf-8") == render(parts), "Mend: cnnlab course rows"


def test_the_rows_of_the_file_are_what_the_page_lists(root):
    page = (root / PAGE).read_text(encoding="utf-8")
    for part in read_curriculum(root).values():
        assert f". {part.title}\n" in page
        for row in part.rows:
            assert page.count(f"\n| {row.name} | {row.what} |") == 1
