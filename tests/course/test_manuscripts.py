"""The rules of a good lesson and a good exercise, for every manuscript of the course."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from cnnlab.printing import Course, adopt, print_notebook, read_manuscript
from cnnlab.printing.notebook import content

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "course" / "lessons").glob("*_*.md"))
EXERCISES = sorted((ROOT / "course" / "exercises").glob("*_*.md"))

read = cache(read_manuscript)


def name(path):
    return f"{path.parent.name}/{path.stem}"


each_lesson = pytest.mark.parametrize("path", LESSONS, ids=name)
each_exercise = pytest.mark.parametrize("path", EXERCISES, ids=name)
each_manuscript = pytest.mark.parametrize("path", [*LESSONS, *EXERCISES], ids=name)


def sources(path, kind):
    return [cell.source for cell in read(path).cells if cell.kind == kind]


def section(path, heading):
    """The Markdown below a heading of second rank, up to the next one."""
    text = "\n\n".join(sources(path, "markdown"))
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert heading in found, f"no section '## {heading}'; there are {list(found)}"
    return found[heading]


def flags(cell):
    return cell.metadata.get("nbgrader", {})


# --- Every manuscript


@each_manuscript
def test_it_names_rows_of_the_curriculum(path):
    """That there are such rows, and that none is left out, is asked in test_curriculum.py."""
    assert read(path).front["rows"]


@each_manuscript
def test_what_is_needed_are_lessons_that_come_before(path):
    known = {lesson.stem for lesson in LESSONS}
    for needed in read(path).front["needs"]:
        assert needed in known
        assert needed < path.stem or path in EXERCISES


@each_manuscript
def test_it_begins_with_its_title(path):
    assert read(path).cells[0].source.startswith(f"# {read(path).front['title']}\n")


@each_manuscript
def test_it_survives_printing_and_adopting(path, tmp_path):
    shutil.copytree(ROOT / "course", tmp_path / "course")
    course = Course(tmp_path)
    course.build([path.stem])
    folder = "notebooks" if path in LESSONS else f"solutions/{path.stem}"
    adoption = adopt(course, tmp_path / folder / f"{path.stem}.ipynb")
    assert adoption.after.encode() == path.read_bytes()


# --- Lessons


@each_lesson
def test_a_lesson_is_neither_thin_nor_endless(path):
    assert 25 <= len(read(path).cells) <= 45
    assert 20 <= read(path).front["minutes"] <= 40


@each_lesson
def test_code_cells_are_short(path):
    long = [source for source in sources(path, "code") if len(source.splitlines()) > 12]
    assert not long


@each_lesson
def test_a_heading_carries_one_idea(path):
    """At most one heading a cell, so that the contents list leads to the right place."""
    for source in sources(path, "markdown"):
        outside = re.sub(r"^```.*?^```", "", source, flags=re.MULTILINE | re.DOTALL)
        assert len(re.findall(r"^#+ ", outside, flags=re.MULTILINE)) <= 1, source[:60]


@each_lesson
def test_a_lesson_asks_before_it_shows(path):
    text = "\n".join(sources(path, "markdown"))
    assert len(re.findall(r"\bpredict\b|\bbefore you run\b", text, flags=re.IGNORECASE)) >= 3


@each_lesson
def test_a_lesson_says_what_one_will_do_learn_and_need(path):
    opening = read(path).cells[0].source
    for word in ("do", "learn", "need"):
        assert re.search(rf"\*\*.*\b{word}\b.*\*\*", opening), f"the opening has no **{word}**"


@each_lesson
def test_a_lesson_ends_with_three_checks_and_the_way_to_its_exercise(path):
    """Or, where it has no exercise of its own, with the way to another or to a lesson."""
    assert section(path, "Check yourself").count("<summary>") == 3
    links = re.findall(r"\]\(([^)]+\.ipynb)\)", sources(path, "markdown")[-1])
    own = f"../exercises/{path.stem}/{path.stem}.ipynb"
    assert own in links or (links and not (ROOT / "notebooks" / own).resolve().is_file())
    for link in links:
        assert (ROOT / "notebooks" / link).resolve().is_file(), link


@each_lesson
def test_code_comments_do_not_explain(path):
    """Explanations live in prose. A short mark beside a line is no explanation."""
    for source in sources(path, "code"):
        for line in source.splitlines():
            assert not re.match(r"\s*#", line), line


# --- Exercises


@each_exercise
def test_an_exercise_asks_for_three_to_five_functions(path):
    solutions = [
        c.source for c in read(path).cells if c.kind == "code" and flags(c).get("solution")
    ]
    functions = re.findall(r"^def (\w+)\(", "\n".join(solutions), flags=re.MULTILINE)
    assert 3 <= len(functions) <= 5


@each_exercise
def test_a_statement_is_short(path):
    """What a student reads, without the model answers and the teacher's rubric."""
    texts = [
        re.sub(r"### BEGIN.*?### END [A-Z ]+", "", cell.source, flags=re.DOTALL)
        for cell in read(path).cells
        if cell.kind == "markdown" and not flags(cell).get("solution")
    ]
    assert len(re.findall(r"\S+", "\n".join(texts))) < 400


@each_exercise
def test_one_question_is_marked_by_hand_with_a_rubric(path):
    by_hand = [
        cell
        for cell in read(path).cells
        if cell.kind == "markdown" and (flags(cell).get("grade") or flags(cell).get("task"))
    ]
    assert len(by_hand) == 1
    assert "rubric" in by_hand[0].source.lower()


@each_exercise
def test_every_function_has_a_check_in_sight_and_points_for_hidden_tests(path):
    graded = [c for c in read(path).cells if c.kind == "code" and flags(c).get("grade")]
    asked = [c for c in read(path).cells if c.kind == "code" and flags(c).get("solution")]
    visible = [c for c in read(path).cells if c.kind == "code" and "check." in c.source]
    assert len(visible) >= len(asked)
    assert len(graded) >= len(asked)
    for cell in graded:
        assert cell.metadata["nbgrader"]["points"] > 0


@each_exercise
def test_no_widget_stands_in_a_graded_cell(path):
    for cell in read(path).cells:
        if flags(cell):
            assert not re.search(r"cnnlab\.explore|ipywidgets|anywidget", cell.source)


# --- Opened as a notebook in JupyterLab


@each_manuscript
def test_saving_it_as_a_notebook_in_jupyterlab_loses_nothing(path, tmp_path):
    """jupytext's contents manager is what JupyterLab opens and saves Markdown with."""
    from jupytext import TextFileContentsManager

    shutil.copytree(ROOT / "course", tmp_path / "course")
    manager = TextFileContentsManager(root_dir=str(tmp_path))
    file = str(path.relative_to(ROOT))
    model = manager.get(file, type="notebook")
    notebook = model["content"]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    manager.save({"type": "notebook", "format": "json", "content": notebook}, file)

    before, after = read(path), read_manuscript(tmp_path / file)
    assert after.front == before.front
    assert content(print_notebook(after)) == content(print_notebook(before))
