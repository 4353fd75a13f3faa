"""Intake reads anything and runs nothing: a submission comes out, or one line with a remedy."""

import json
import os
import random

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


def with_cell(cell):
    notebook = small.submission()
    notebook["cells"].append(cell)
    return notebook


BAD_FILES = {
    "empty": (b"", "is empty; submit"),
    "white space": (b"  \n", "is empty"),
    "cut off": (json.dumps(small.submission()).encode()[:500], "broken JSON in line 1"),
    "a web page": (b"<!doctype html><html></html>", "not a notebook: broken JSON"),
    "UTF-16": (json.dumps(small.submission()).encode("utf-16"), "not UTF-8"),
    "Latin-1": (b'{"cells": ["\xe9"]}', "not UTF-8"),
    "binary": (bytes(range(256)), "not UTF-8"),
    "a list": (b"[]", "JSON but not a notebook"),
    "a number": (b"7", "JSON but not a notebook"),
    "null": (b"null", "JSON but not a notebook"),
    "another JSON file": (b'{"name": "package"}', "JSON but not a notebook"),
    "nested beyond measure": (b"[" * 200_000, "cannot be read"),
    "a number beyond measure": (b'{"cells": ' + b"9" * 5000 + b"}", "cannot be read"),
    "format 3": ({"nbformat": 3, "worksheets": [{"cells": []}]}, "format 3, not 4; open it"),
    "format 5": (changed(nbformat=5), "format 5, not 4"),
    "format as text": (changed(nbformat="4"), "format '4', not 4"),
    "format true": (changed(nbformat=True), "format True, not 4"),
    "no format": ({"cells": []}, "format None, not 4"),
    "cells are a mapping": (changed(cells={}), "not a list"),
    "cells are null": (changed(cells=None), "not a list"),
    "no cells": (changed(cells=[]), "none of its named cells"),
    "a cell is text": (with_cell("print(1)"), "cell 9 is neither code nor text"),
    "a cell of no kind": (with_cell({"source": ""}), "cell 9 is neither"),
    "a cell of a list kind": (with_cell({"cell_type": [], "source": ""}), "cell 9 is neither"),
    "a cell without text": (with_cell({"cell_type": "code"}), "cell 9 has no text"),
    "a cell with numbers": (with_cell({"cell_type": "code", "source": [1]}), "cell 9 has no text"),
    "another notebook": (
        changed(cells=[{"cell_type": "code", "source": "1", "metadata": {}}]),
        "is not the notebook of sums",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason(put, manifest, name):
    content, part = BAD_FILES[name]
    reason = refusal(put(content), manifest)
    assert part in reason
    assert "sums.ipynb" in reason


@pytest.mark.parametrize(
    "metadata", [None, [], "x", {"nbgrader": 3}, {"nbgrader": {"grade_id": 3}}]
)
def test_odd_metadata_makes_a_cell_nameless(put, manifest, metadata):
    notebook = with_cell({"cell_type": "code", "source": "1", "metadata": metadata})
    assert read(put(notebook), manifest).cells[-1].grade_id is None


def test_long_and_odd_names_still_make_one_short_line(put, manifest):
    put(small.submission(), "a" * 240 + ".ipynb")
    put(small.submission(), "b\n" * 100 + ".ipynb")
    reason = refusal(put(small.submission(), "c" * 240 + ".ipynb"), manifest)
    assert "and 1 more could all be sums.ipynb" in reason
    assert intake.one_line("word " * 100) == ("word " * 40)[:199] + "…"


def test_a_lone_surrogate_becomes_a_question_mark(put, manifest):
    raw = json.dumps(small.submission()).replace("sum(values)", r"'\ud800'", 1).encode()
    assert "'?'" in read(put(raw), manifest).cells[2].source


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


def test_links_pipes_and_devices_are_not_opened(put, manifest, tmp_path):
    folder = put(small.submission(), "elsewhere.ipynb")
    os.rename(folder / "elsewhere.ipynb", tmp_path / "elsewhere.ipynb")
    (folder / "sums.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    assert "sums.ipynb is a symbolic link" in refusal(folder, manifest)
    (folder / "sums.ipynb").unlink()
    os.mkfifo(folder / "sums.ipynb")
    assert "sums.ipynb is not a plain file" in refusal(folder, manifest)
    (folder / "sums.ipynb").unlink()
    (folder / "sums.ipynb").mkdir()
    assert "sums.ipynb is not a plain file" in refusal(folder, manifest)


def test_a_linked_folder_is_not_followed(put, manifest, tmp_path):
    (tmp_path / "bob").symlink_to(put(small.submission()))
    assert "is not a folder" in refusal(tmp_path / "bob", manifest)


def test_a_huge_file_is_not_read(put, manifest):
    folder = put(small.submission())
    os.truncate(folder / "sums.ipynb", intake.NOTEBOOK_BYTES + 1)
    assert "more than 20; clear its outputs" in refusal(folder, manifest)


def test_files_beside_the_notebook_come_along_links_do_not(put, manifest, tmp_path):
    folder = put(small.submission())
    (folder / "data").mkdir()
    (folder / "data" / "cat.txt").write_bytes(b"meow")
    (folder / ".hidden").write_bytes(b"x")
    (folder / "timestamp.txt").write_text("2026-11-21 10:00:00 UTC\n")
    (folder / "secret").symlink_to("/etc/hostname")
    submission = read(folder, manifest)
    assert submission.files == (("data/cat.txt", b"meow"),)
    assert submission.timestamp == "2026-11-21 10:00:00 UTC"


def test_too_many_files_are_left_out_with_a_note(put, manifest):
    folder = put(small.submission())
    for number in range(intake.FILES_COUNT + 1):
        (folder / f"{number:03}.txt").write_bytes(b"")
    submission = read(folder, manifest)
    assert len(submission.files) == intake.FILES_COUNT
    assert "were left out" in submission.notes[0]


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


def outcome_of(folder, manifest):
    try:
        read(folder, manifest)
    except Refused:
        return bool(refusal(folder, manifest)) and "refused"
    return "read"


@pytest.mark.parametrize("seed", range(4))
def test_random_damage_never_breaks_intake(put, manifest, seed):
    """Bytes changed, cut, doubled: a submission or a reason, never another exception."""
    dice = random.Random(seed)
    whole = json.dumps(small.submission()).encode()
    outcomes = set()
    for _ in range(150):
        raw = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(raw))
            raw[place : place + dice.choice([0, 1, 1, 30])] = dice.randbytes(
                dice.choice([0, 1, 1, 20])
            )
        outcomes.add(outcome_of(put(bytes(raw)), manifest))
    assert outcomes == {"read", "refused"}
