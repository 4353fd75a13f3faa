"""A made-up course of one lesson and one exercise."""

import shutil
from pathlib import Path

import pytest

from cnnlab.printing import Course

MADE_UP = Path(__file__).with_name("manuscripts")


@pytest.fixture
def course(tmp_path):
    """The made-up course, not yet printed."""
    shutil.copytree(MADE_UP, tmp_path, dirs_exist_ok=True)
    return Course(tmp_path)


@pytest.fixture
def lesson_file(course):
    return course.root / "course" / "lessons" / "01_sums.md"


@pytest.fixture
def exercise_file(course):
    return course.root / "course" / "exercises" / "01_add.md"
