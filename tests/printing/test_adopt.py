"""Adopting: untouched cells keep their bytes, edits arrive, and nothing newer is lost."""

import json

import pytest

from cnnlab.errors import NotebookError
from cnnlab.printing import adopt, print_notebook, read_manuscript
from cnnlab.printing.notebook import content


@pytest.fixture
def built(course):
    course.build()
    return course


@pytest.fixture
def lesson_print(built):
    return built.root / "notebooks" / "01_sums.ipynb"


@pytest.fixture
def solution_print(built):
    return built.root / "solutions" / "01_add" / "01_add.ipynb"


def change(path, edit):
    """Apply ``edit`` to the notebook at ``path``, as an editor would that writes its own layout."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    edit(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


def new_cell(kind, source, **metadata):
    return {"cell_type": kind, "id": "new", "metadata": metadata, "source": source}


def lines_changed(adoption):
    """The lines taken out and put in, without the diff's own head."""
    body = [line for line in adoption.diff()[2:] if not line.startswith("@@")]
    return [line for line in body if line[0] in "+-"]


@pytest.mark.parametrize("name", ["lesson_print", "solution_print"])
def test_adopting_an_untouched_print_gives_the_same_bytes(name, built, request):
    adoption = adopt(built, request.getfixturevalue(name))
    assert adoption.after == adoption.before
    assert adoption.path.read_bytes() == adoption.after.encode()
    assert adoption.diff() == []


def test_odd_spacing_of_untouched_cells_is_kept(built, lesson_file, lesson_print):
    text = lesson_file.read_text(encoding="utf-8")
    odd = text.replace("\n+++\n", "\n\n\n+++\n\n").replace("1 + 2\n```\n\n", "1 + 2\n```\n\n\n\n")
    lesson_file.write_text(odd + "\n\n", encoding="utf-8")
    built.build()
    change(lesson_print, lambda cells: cells[-1].update(source="3 + 4"))
    assert lines_changed(adopt(built, lesson_print)) == ["-1 + 2", "+3 + 4"]


def test_running_a_print_is_no_edit(built, lesson_print):
    def run(cells):
        cells[2].update(execution_count=1, outputs=[{"output_type": "execute_result"}])
        cells[2]["metadata"] = {"execution": {"shell.execute_reply": "now"}, "collapsed": False}

    change(lesson_print, run)
    assert adopt(built, lesson_print).diff() == []


EDITS = {
    "text": (
        lambda c: c[0].update(source="# Sums\n\nWhat is 2 + 2?"),
        ["-What is 1 + 2? The answer has an umlaut: ü.", "+What is 2 + 2?"],
    ),
    "code": (lambda c: c[2].update(source="1 + 3\n"), ["-1 + 2", "+1 + 3", "+"]),
    "code below options": (lambda c: c[3].update(source="1 + 3"), ["-1 + 2", "+1 + 3"]),
    "new text after text": (
        lambda c: c.insert(2, new_cell("markdown", "More.")),
        ["++++", "+", "+More.", "+"],
    ),
    "new code": (
        lambda c: c.insert(1, new_cell("code", "x = 1")),
        ["-+++", "+```{code-cell} ipython3", "+x = 1", "+```"],
    ),
    "new code with tags": (
        lambda c: c.append(new_cell("code", "x = 1", tags=["a", "b"])),
        ["+", "+```{code-cell} ipython3", "+:tags: [a, b]", "+x = 1", "+```"],
    ),
    "new text with metadata": (
        lambda c: c.append(new_cell("markdown", "Last.", tags=["a"])),
        ["+", '++++ {"tags": ["a"]}', "+", "+Last."],
    ),
    "code with a fence in it": (
        lambda c: c[2].update(source='"""\n```\n"""'),
        ["-```{code-cell} ipython3", "-1 + 2", "+````{code-cell} ipython3", '+"""',
         '+"""', "+````"],
    ),
    "deleted": (
        lambda c: c.pop(),
        ["-", "-```{code-cell} ipython3", "-:tags: [hide-input]", "-1 + 2", "-```"],
    ),
    "emptied": (
        lambda c: c[3].update(source="\n"),
        ["-", "-```{code-cell} ipython3", "-:tags: [hide-input]", "-1 + 2", "-```"],
    ),
    "tags on text": (
        lambda c: c[1]["metadata"].update(tags=["aside"]),
        ["-+++", '++++ {"tags": ["aside"]}'],
    ),
    "new tags": (
        lambda c: c[3]["metadata"].update(tags=["show"]),
        ["-:tags: [hide-input]", "+:tags: [show]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_own_lines_and_no_others(name, built, lesson_print):
    edit, expected = EDITS[name]
    change(lesson_print, edit)
    assert lines_changed(adopt(built, lesson_print)) == expected


@pytest.mark.parametrize("name", EDITS)
def test_what_was_adopted_prints_the_edited_notebook(name, built, lesson_print):
    change(lesson_print, EDITS[name][0])
    edited = [cell for cell in content(json.loads(lesson_print.read_text())) if cell[1].strip()]
    adoption = adopt(built, lesson_print)
    adoption.write()
    assert content(print_notebook(read_manuscript(adoption.path))) == edited


def test_moved_cells_keep_their_text(built, lesson_print):
    change(lesson_print, lambda cells: cells.reverse())
    adoption = adopt(built, lesson_print)
    adoption.write()
    sources = [cell.source for cell in read_manuscript(adoption.path).cells]
    assert sources[:2] == ["1 + 2", "1 + 2"]
    assert sources[3].startswith("# Sums")


def test_an_editor_that_forgets_the_ids_costs_nothing(built, solution_print):
    def forget(cells):
        for cell in cells:
            del cell["id"]

    change(solution_print, forget)
    assert adopt(built, solution_print).diff() == []


def test_nbgrader_metadata_survives_an_edit_of_the_cell(built, solution_print):
    def edit(cells):
        for cell in cells[1:]:
            cell["source"] = cell["source"].replace("a + b", "b + a")

    change(solution_print, edit)
    adoption = adopt(built, solution_print)
    assert lines_changed(adoption) == [
        "-    return a + b",
        "+    return b + a",
        "-Because a + b = b + a. Rubric: 1 point for any reason that holds for all numbers.",
        "+Because b + a = b + a. Rubric: 1 point for any reason that holds for all numbers.",
    ]


def test_a_new_graded_cell_arrives_with_its_metadata(built, solution_print):
    nbgrader = {
        "schema_version": 3, "grade_id": "two", "grade": True, "points": 1.5,
        "solution": False, "locked": True, "task": False,
    }  # fmt: skip
    change(solution_print, lambda c: c.append(new_cell("code", "assert add", nbgrader=nbgrader)))
    adoption = adopt(built, solution_print)
    adoption.write()
    assert read_manuscript(adoption.path).cells[-1].metadata == {"nbgrader": nbgrader}


def test_after_adopting_the_print_is_fresh(built, lesson_print):
    change(lesson_print, lambda cells: cells[0].update(source="# Mine"))
    adopt(built, lesson_print).write()
    built.build()
    assert adopt(built, lesson_print).diff() == []
    assert "# Mine" in lesson_print.read_text(encoding="utf-8")


def test_adopt_itself_writes_nothing(built, lesson_file, lesson_print):
    before = lesson_file.read_bytes()
    change(lesson_print, lambda cells: cells[0].update(source="# Mine"))
    adopt(built, lesson_print)
    assert lesson_file.read_bytes() == before


class TestRefused:
    def refused(self, course, path, words):
        with pytest.raises(NotebookError, match=words) as caught:
            adopt(course, path)
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)

    def test_a_manuscript_that_has_moved_on(self, built, lesson_file, lesson_print):
        text = lesson_file.read_text(encoding="utf-8")
        lesson_file.write_text(text.replace("umlaut", "mark"), encoding="utf-8")
        self.refused(built, lesson_print, "has changed since this was printed")

    def test_a_foreign_notebook(self, built, tmp_path):
        path = tmp_path / "mine.ipynb"
        path.write_text('{"cells": [], "metadata": {}, "nbformat": 4}', encoding="utf-8")
        self.refused(built, path, "is not a print of a manuscript")

    @pytest.mark.parametrize(
        "target", ["../../etc/passwd.md", "/etc/hosts", "course/lessons/../x.md"]
    )
    def test_a_stamp_that_points_elsewhere(self, built, lesson_print, target):
        notebook = json.loads(lesson_print.read_text(encoding="utf-8"))
        notebook["metadata"]["cnnlab"]["print"]["manuscript"] = target
        lesson_print.write_text(json.dumps(notebook), encoding="utf-8")
        self.refused(built, lesson_print, "is not a print of a manuscript")

    def test_a_manuscript_that_is_gone(self, built, lesson_file, lesson_print):
        lesson_file.unlink()
        self.refused(built, lesson_print, r"was printed from course/lessons/01_sums\.md, which")

    def test_the_students_version(self, built):
        path = built.root / "exercises" / "01_add" / "01_add.ipynb"
        self.refused(built, path, r"nbgrader makes this from solutions/01_add/01_add\.ipynb")

    def test_edited_front_matter(self, built, lesson_print):
        notebook = json.loads(lesson_print.read_text(encoding="utf-8"))
        notebook["metadata"]["cnnlab"]["title"] = "Mine"
        lesson_print.write_text(json.dumps(notebook), encoding="utf-8")
        self.refused(built, lesson_print, "front matter was edited")

    def test_a_raw_cell(self, built, lesson_print):
        change(lesson_print, lambda cells: cells.append(new_cell("raw", "x")))
        self.refused(built, lesson_print, "cell 5 is a raw cell")

    def test_a_pasted_picture(self, built, lesson_print):
        picture = {"image.png": {"image/png": "AAAA"}}
        change(lesson_print, lambda cells: cells[0].update(attachments=picture))
        self.refused(built, lesson_print, "cell 1 has a pasted picture")

    @pytest.mark.parametrize("source", ["a\n\n+++\n\nb", "a\n\n```{code-cell}\nb\n```"])
    def test_text_that_would_be_cut_in_two(self, built, lesson_print, source):
        change(lesson_print, lambda cells: cells[0].update(source=source))
        self.refused(built, lesson_print, "the cell that begins 'a' cannot be written")

    def test_text_that_would_be_cut_in_two_at_the_end(self, built, lesson_print):
        change(lesson_print, lambda cells: cells.append(new_cell("markdown", "a\n\n+++\n\nb")))
        self.refused(built, lesson_print, "the cell that begins 'a' cannot be written")

    def test_a_fault_that_a_manuscript_may_not_have(self, built, solution_print):
        change(solution_print, lambda c: c[2]["metadata"]["nbgrader"].pop("points"))
        self.refused(built, solution_print, "cannot be adopted.*needs `points:`")
