"""The student's version: nbgrader's own work, and the same bytes each time."""

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from cnnlab.errors import NotebookError
from cnnlab.printing import print_notebook, read_manuscript
from cnnlab.printing.notebook import dumps, is_whole
from cnnlab.printing.release import release


@pytest.fixture
def solution(exercise_file):
    return print_notebook(read_manuscript(exercise_file))


@pytest.fixture
def student(solution):
    return nbformat.reads(dumps(release(solution, "01_add")), as_version=4)


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def test_the_solution_is_cut_out(student):
    source = cell(student, "add").source
    assert "return a + b" not in source
    assert "raise NotImplementedError()" in source
    assert '"""The sum."""' in source


def test_hidden_tests_are_cut_out_and_visible_ones_stay(student):
    assert cell(student, "add-check").source == "assert add(1, 2) == 3"


def test_the_answer_in_words_is_cut_out(student):
    assert cell(student, "why").source == "YOUR ANSWER HERE"


def test_nothing_secret_is_left_anywhere(student):
    text = nbformat.writes(student)
    assert "42" not in text
    assert "Rubric" not in text


def test_nbgrader_accepts_metadata_and_checksums(student):
    nbformat.validate(student)
    MetadataValidator().validate_nb(student)
    graded = [cell for cell in student.cells if "nbgrader" in cell.metadata]
    assert len(graded) == 3
    for one in graded:
        assert one.metadata.nbgrader.checksum == compute_checksum(one)


def test_the_test_cell_is_locked(student):
    metadata = cell(student, "add-check").metadata
    assert (metadata.deletable, metadata.editable) == (False, False)


def test_making_it_twice_gives_the_same_bytes(solution, exercise_file):
    again = print_notebook(read_manuscript(exercise_file))
    assert dumps(release(solution, "01_add")) == dumps(release(again, "01_add"))


def test_it_is_laid_out_as_nbformat_lays_it_out(solution, student):
    assert nbformat.writes(student) + "\n" == dumps(release(solution, "01_add"))


def test_it_is_sealed_and_points_to_its_solution(solution):
    student = release(solution, "01_add")
    assert is_whole(student)
    assert student["metadata"]["cnnlab"]["print"]["solution"] == "solutions/01_add/01_add.ipynb"


def test_the_solution_itself_is_not_touched(solution):
    before = dumps(solution)
    release(solution, "01_add")
    assert dumps(solution) == before


def test_nobodys_configuration_is_read(solution, tmp_path, monkeypatch):
    usual = dumps(release(solution, "01_add"))
    config = tmp_path / "elsewhere" / "nbgrader_config.py"
    config.parent.mkdir()
    config.write_text("get_config().ClearSolutions.text_stub = 'MINE'\n", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(config.parent))
    monkeypatch.chdir(config.parent)
    assert dumps(release(solution, "01_add")) == usual


def test_a_refusal_of_nbgrader_is_one_line_with_its_reason(solution):
    solution["cells"][-1]["metadata"]["nbgrader"]["solution"] = False
    with pytest.raises(NotebookError) as caught:
        release(solution, "01_add")
    message = str(caught.value)
    assert message.startswith("solutions/01_add/01_add.ipynb: nbgrader refuses it: ")
    assert "Markdown grade cell 'why' is not marked as a solution cell" in message
    assert "\n" not in message
