"""Intake reads anything and runs nothing: a submission comes out, or one line with a remedy."""

import json

import pytest

from cnnlab.grading import intake
from cnnlab.grading.intake import Refused, read_submission
from tests.grading import small


def read(folder, manifest):
    return read_submission(folder, "ada", manifest)


def refusal(folder, manifest):
    with pytest.raises(Refused) as caught:
        read(folder, manifest)
    reason = str(caught.value)
    assert 0 < len(reason) <= 200
    assert "\n" not in reason
    return reason


@pytest.fixture
def put(tmp_path):
    """Write a notebook (JSON or bytes) into the student's folder; returns that folder."""

    def write(notebook, name="sums.ipynb"):
        return small.hand_in(tmp_path, "ada", notebook, name).parent

    return write


def test_text_and_names_survive_and_nothing_else(put, manifest):
    notebook = small.submission()
    small.cell_of(notebook, "total")["outputs"] = [{"output_type": "nonsense"}]
    small.cell_of(notebook, "total")["metadata"]["nbgrader"]["points"] = 1000
    cells = read(put(notebook), manifest).cells
    assert [cell.grade_id for cell in cells][1:4] == ["imports", "total", "total-check"]
    assert cells[2].source == small.RIGHT_TOTAL
    assert set(vars(cells[2])) == {"cell_type", "source", "grade_id"}


def test_a_source_may_be_a_list_of_lines(put, manifest):
    notebook = small.submission()
    cell = small.cell_of(notebook, "total")
    cell["source"] = cell["source"].splitlines(keepends=True)
    assert read(put(notebook), manifest).cells[2].source == small.RIGHT_TOTAL


def test_a_byte_order_mark_is_no_reason_to_refuse(put, manifest):
    raw = b"\xef\xbb\xbf" + json.dumps(small.submission()).encode()
    assert read(put(raw), manifest).cells[2].source == small.RIGHT_TOTAL


@pytest.mark.parametrize("schema", [99, -1, "three", None, [], {"a": 1}])
def test_a_nonsense_schema_version_costs_nothing(put, manifest, schema):
    notebook = small.submission()
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = schema
    assert read(put(notebook), manifest).cells[2].grade_id == "total"


def changed(**fields):
    return {**small.submission(), **fields}


@pytest.mark.parametrize(
    "metadata", [None, [], "x", {"nbgrader": 3}, {"nbgrader": {"grade_id": 3}}]
)
def test_odd_metadata_makes_a_cell_nameless(put, manifest, metadata):
    notebook = small.submission()
    notebook["cells"].append({"cell_type": "code", "source": "1", "metadata": metadata})
    assert read(put(notebook), manifest).cells[-1].grade_id is None


def test_long_and_odd_names_still_make_one_short_line(put, manifest):
    put(small.submission(), "a" * 240 + ".ipynb")
    put(small.submission(), "b\n" * 100 + ".ipynb")
    reason = refusal(put(small.submission(), "c" * 240 + ".ipynb"), manifest)
    assert "and 1 more could all be sums.ipynb" in reason
    assert intake.one_line("word " * 100) == ("word " * 40)[:199] + "…"


def test_a_folder_without_a_notebook(tmp_path, manifest):
    folder = tmp_path / "ada" / "sums"
    folder.mkdir(parents=True)
    assert "the folder is empty" in refusal(folder, manifest)
    (folder / "notes.txt").write_text("")
    assert "no notebook: sums.ipynb was expected; there is notes.txt" in refusal(folder, manifest)


def test_a_file_where_the_folder_should_be(tmp_path, manifest):
    (tmp_path / "sums").write_text("")
    assert "is not a folder" in refusal(tmp_path / "sums", manifest)


def test_a_renamed_notebook_is_taken_and_noted(put, manifest):
    submission = read(put(small.submission(), "my answers (1).ipynb"), manifest)
    assert submission.notes == ("renamed: my answers (1).ipynb was taken for sums.ipynb",)


def test_the_right_name_wins_among_several(put, manifest):
    put({"any": "thing"}, "scratch.ipynb")
    submission = read(put(small.submission()), manifest)
    assert submission.notes == ("also there, not graded: scratch.ipynb",)


def test_of_several_the_only_copy_of_the_assignment_is_taken(put, manifest):
    put(changed(cells=[]), "a.ipynb")
    put(b"{", "b.ipynb")
    submission = read(put(small.submission(), "c.ipynb"), manifest)
    assert submission.notes == ("renamed: c.ipynb was taken for sums.ipynb",)


def test_two_copies_without_the_right_name_are_refused(put, manifest):
    put(small.submission(), "a.ipynb")
    reason = refusal(put(small.submission(), "b.ipynb"), manifest)
    assert "a.ipynb, b.ipynb could all be sums.ipynb; keep one" in reason


def test_the_hash_sees_every_byte_and_every_name(put, manifest):
    folder = put(small.submission())
    seen = {read(folder, manifest).sha256}
    (folder / "a.txt").write_bytes(b"1")
    seen.add(read(folder, manifest).sha256)
    (folder / "a.txt").rename(folder / "b.txt")
    seen.add(read(folder, manifest).sha256)
    put(small.submission({}))
    seen.add(read(folder, manifest).sha256)
    assert len(seen) == 4
