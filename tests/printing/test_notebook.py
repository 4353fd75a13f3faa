"""The print: a valid notebook, the same bytes each time, that knows whether it was edited."""

import json

import nbformat
import pytest

from cnnlab.errors import NotebookError
from cnnlab.printing import print_notebook, read_manuscript
from cnnlab.printing.notebook import dumps, is_whole, load


@pytest.fixture(params=["lesson_file", "exercise_file"])
def manuscript(request):
    return read_manuscript(request.getfixturevalue(request.param))


def test_a_print_is_laid_out_as_nbformat_lays_it_out(manuscript):
    text = dumps(print_notebook(manuscript))
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert nbformat.writes(notebook) + "\n" == text


def test_printing_twice_gives_the_same_bytes(manuscript):
    again = read_manuscript(manuscript.path)
    assert dumps(print_notebook(manuscript)) == dumps(print_notebook(again))


def test_a_print_has_no_outputs_and_no_counts(manuscript):
    for cell in print_notebook(manuscript)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
        else:
            assert cell.keys() == {"cell_type", "id", "metadata", "source"}


def test_the_front_matter_stays_with_the_print(lesson_file):
    metadata = print_notebook(read_manuscript(lesson_file))["metadata"]
    about = metadata["cnnlab"]
    assert about["title"] == "Sums: a made-up lesson"
    assert (about["minutes"], about["needs"]) == (15, [])
    assert (about["learns"], about["rows"]) == (["To add."], ["1.1", "1.10"])
    assert about["print"]["manuscript"] == "course/lessons/01_sums.md"
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["language_info"]["name"] == "python"


def ids(path):
    return [cell["id"] for cell in print_notebook(read_manuscript(path))["cells"]]


def test_a_graded_cell_is_called_by_its_grade_id(exercise_file):
    assert ids(exercise_file)[1:] == ["add", "add-check", ids(exercise_file)[3], "why"]


def test_equal_cells_get_different_ids_always_in_the_same_order(lesson_file):
    # The third and the fourth cell both say 1 + 2.
    *_, first, second = ids(lesson_file)
    assert second == f"{first}-2"


def test_editing_one_cell_leaves_the_other_ids_alone(lesson_file):
    before = ids(lesson_file)
    text = lesson_file.read_text(encoding="utf-8")
    lesson_file.write_text(text.replace("A second cell", "The second cell"), encoding="utf-8")
    after = ids(lesson_file)
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True, True]


def test_the_kind_of_a_cell_is_part_of_its_id(lesson_file):
    before = ids(lesson_file)[-1]
    text = lesson_file.read_text(encoding="utf-8")
    code = "```{code-cell} ipython3\n:tags: [hide-input]\n1 + 2\n```"
    assert code in text
    lesson_file.write_text(text.replace(code, "1 + 2"), encoding="utf-8")
    assert ids(lesson_file)[-1].removesuffix("-2") != before.removesuffix("-2")


class TestSeal:
    @pytest.fixture
    def notebook(self, manuscript):
        return print_notebook(manuscript)

    def test_a_fresh_print_is_whole(self, notebook):
        assert is_whole(notebook)

    def test_running_a_print_leaves_it_whole(self, notebook):
        for count, cell in enumerate(notebook["cells"], 1):
            if cell["cell_type"] == "code":
                cell["execution_count"] = count
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3"}]
                cell["metadata"]["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00"}
        notebook["metadata"]["language_info"]["version"] = "3.12.1"
        assert is_whole(notebook)

    @pytest.mark.parametrize(
        "edit",
        [
            lambda n: n["cells"][0].update(source="# Mine"),
            lambda n: n["cells"][-1].update(cell_type="raw"),
            lambda n: n["cells"][-1]["metadata"].update(tags=["mine"]),
            lambda n: n["cells"].pop(),
            lambda n: n["cells"].append(n["cells"][0]),
            lambda n: n["cells"].reverse(),
            lambda n: n["metadata"]["cnnlab"].update(title="Mine"),
            lambda n: n["metadata"].pop("cnnlab"),
        ],
        ids=["source", "kind", "metadata", "deleted", "added", "moved", "title", "no stamp"],
    )
    def test_an_edit_breaks_the_seal(self, notebook, edit):
        edit(notebook)
        assert not is_whole(notebook)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "not a notebook of nbformat 4"),
        ('{"cells": [], "nbformat": 3}', "not a notebook of nbformat 4"),
        ('{"worksheets": [], "nbformat": 4}', "not a notebook of nbformat 4"),
        ('{"cells": [1], "nbformat": 4}', "cell 1 has no source"),
        ('{"cells": [{"source": 1}], "nbformat": 4}', "cell 1 has no source"),
        (
            json.dumps({"cells": [{"source": "", "cell_type": "code"}], "nbformat": 4}),
            "cell 1 has no source, type or metadata",
        ),
        ('{"cells": [], "nbformat": 4, "metadata": 1}', "not a notebook of nbformat 4"),
    ],
)
def test_what_is_no_notebook_is_named(tmp_path, text, words):
    path = tmp_path / "broken.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotebookError, match=words) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))


def test_bytes_that_are_no_text_are_named(tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotebookError, match="cannot be read as UTF-8"):
        load(path)
