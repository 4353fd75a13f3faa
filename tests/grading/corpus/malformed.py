"""Broken and odd notebook files: the bytes, and words of the one line they get.

``id`` is the case's number in the corpus; the others have none.
"""

import base64
import gzip
import io
import json
import zipfile
from dataclasses import dataclass

from tests.grading.corpus.course import FILE, bytes_of, cell_of, notebook

GOOD = bytes_of(notebook())
TEXT = GOOD.decode()
FIRST = "def window_sum(image"


@dataclass(frozen=True)
class Bad:
    """A file that is refused; ``words`` stand in the reason."""

    name: str
    raw: bytes
    words: str
    id: str = ""


@dataclass(frozen=True)
class Odd:
    """A file that is odd and taken: its first answer must survive as ``source``."""

    name: str
    raw: bytes
    source: str | None = None
    note: str = ""
    id: str = ""


def changed(**fields):
    return bytes_of({**notebook(), **fields})


def with_cell(cell):
    made = notebook()
    made["cells"].append(cell)
    return bytes_of(made)


def with_source(source):
    """The first answer replaced by any JSON value."""
    made = notebook()
    cell_of(made, "window_sum")["source"] = source
    return bytes_of(made)


def with_metadata(metadata):
    return with_cell({"cell_type": "code", "source": "1", "metadata": metadata})


def zipped(name, content):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def nested(depth, kind="[]"):
    return (kind[0] * depth + kind[1] * depth).encode()


NOT_JSON = "not a notebook: broken JSON"
CANNOT = "cannot be read"
NOT_TEXT = "not UTF-8 text"
NOT_NOTEBOOK = "JSON but not a notebook"
NOT_LIST = "its cells are not a list"
NO_TEXT = "has no text"
NO_KIND = "is neither code nor text"
NO_CHARACTER = "holds a character that is no text"
FOREIGN = "is not the notebook of 02_filters"

BAD = [
    # no text at all
    Bad("empty", b"", "is empty; submit the notebook again"),
    Bad("white space", b" \r\n\t", "is empty"),
    Bad("a byte order mark and nothing else", b"\xef\xbb\xbf", NOT_JSON),
    Bad("cut off in the middle", GOOD[: len(GOOD) // 2], NOT_JSON, "K02"),
    Bad("the last byte is missing", GOOD[:-1], NOT_JSON),
    Bad("the first half is missing", GOOD[len(GOOD) // 2 :], NOT_JSON),
    Bad("twice in one file", GOOD + GOOD, "Extra data"),
    Bad("zeros at the end", GOOD + bytes(512), "Extra data"),
    Bad("all zeros", bytes(4096), NOT_JSON),
    Bad("conflict marks", b"<<<<<<< HEAD\n" + GOOD, NOT_JSON),
    Bad("a web page", b"<!doctype html><title>Sign in</title>", NOT_JSON),
    Bad("a Python file", b"import numpy as np\n", NOT_JSON),
    Bad("JavaScript's comments", b"// mine\n" + GOOD, NOT_JSON),
    Bad("a comma too many", GOOD[:-1] + b",}", NOT_JSON),
    Bad("single quotes", TEXT.replace('"', "'").encode(), NOT_JSON),
    Bad("a line break inside a text", TEXT.replace("def ", "def\n", 1).encode(), NOT_JSON),
    Bad("a zip under the notebook's name", zipped(FILE, GOOD), NOT_TEXT),
    Bad("gzip under the notebook's name", gzip.compress(GOOD, mtime=0), NOT_TEXT),
    Bad("base64", base64.b64encode(GOOD), NOT_JSON),
    Bad("every byte once", bytes(range(256)), NOT_TEXT),
    # encodings
    Bad("UTF-16", TEXT.encode("utf-16"), NOT_TEXT, "K05"),
    Bad("UTF-16 without a mark", TEXT.encode("utf-16-le"), NOT_JSON),
    Bad("UTF-32", TEXT.encode("utf-32"), NOT_TEXT),
    Bad("Latin-1", TEXT.replace("slide", "gl\xe4tten").encode("latin-1"), NOT_TEXT),
    Bad(
        "bytes that no text has",
        GOOD.replace(b"correlate2d", b"correl\xff\xfe", 1),
        NOT_TEXT,
        "K06",
    ),
    Bad("a surrogate as UTF-8", GOOD.replace(b"slide", b"\xed\xa0\x80", 1), NOT_TEXT),
    Bad("an overlong slash", GOOD.replace(b"slide", b"\xc0\xaf", 1), NOT_TEXT),
    Bad("a raw null byte", GOOD.replace(b"slide", b"\0", 1), NOT_JSON),
    # JSON that is no notebook
    Bad("a list", b"[]", NOT_NOTEBOOK),
    Bad("a number", b"7", NOT_NOTEBOOK),
    Bad("a text", b'"notebook"', NOT_NOTEBOOK),
    Bad("null", b"null", NOT_NOTEBOOK),
    Bad("another JSON file", b'{"name": "package"}', NOT_NOTEBOOK),
    # JSON at its limits
    Bad("lists in lists", nested(100_000), CANNOT, "J06"),
    Bad("lists that never close", b"[" * 200_000, CANNOT),
    Bad("objects in objects", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, CANNOT),
    Bad("deep output", with_cell({"outputs": "@"}).replace(b'"@"', nested(60_000)), CANNOT),
    Bad("a number of 5,000 digits", changed(nbformat="@").replace(b'"@"', b"9" * 5000), CANNOT),
    Bad("not a number", TEXT.replace('"points": 4', '"points": NaN').encode(), "says NaN", "K09"),
    Bad("infinity", changed(metadata="@").replace(b'"@"', b"Infinity"), "says Infinity"),
    Bad("minus infinity", changed(metadata="@").replace(b'"@"', b"-Infinity"), "says -Infinity"),
    Bad("cells twice", GOOD[:-1] + b', "cells": []}', "says cells twice in one place"),
    Bad(
        "a source twice",
        TEXT.replace('"source":', '"source": "", "source":').encode(),
        "source twice",
    ),
    Bad("two million values", changed(more=[[]] * 1_000_001), "more than 1000000 values; clear"),
    Bad("too many bytes", GOOD + b" " * 20 * 2**20, "MB, more than 20; clear its outputs"),
    # the wrong format
    Bad("format 3", b'{"nbformat": 3, "worksheets": [{"cells": []}]}', "format 3, not 4", "K07"),
    Bad("format 5", changed(nbformat=5), "format 5, not 4; open it in JupyterLab"),
    Bad("format as text", changed(nbformat="4"), "format '4', not 4"),
    Bad("format as fraction", changed(nbformat=4.0), "format 4.0, not 4"),
    Bad("format true", changed(nbformat=True), "format True, not 4"),
    Bad("format as list", changed(nbformat=[[4]]), "format unknown, not 4"),
    Bad("no format", b'{"cells": []}', "format None, not 4"),
    Bad("worksheets alone", b'{"nbformat": 4, "worksheets": []}', "format 4, not 4"),
    # cells
    Bad("cells are a mapping", changed(cells={}), NOT_LIST, "K12"),
    Bad("cells are null", changed(cells=None), NOT_LIST, "K12"),
    Bad("cells are a text", changed(cells="[]"), NOT_LIST),
    Bad("no cells", changed(cells=[]), FOREIGN),
    Bad("too many cells", changed(cells=notebook()["cells"] * 400), "cells, more than 2000"),
    Bad("a cell is a text", with_cell("print(1)"), NO_KIND),
    Bad("a cell is null", with_cell(None), NO_KIND),
    Bad("a cell of no kind", with_cell({"source": ""}), NO_KIND),
    Bad("a cell of an unknown kind", with_cell({"cell_type": "heading", "source": ""}), NO_KIND),
    Bad("a cell of a list for a kind", with_cell({"cell_type": [], "source": ""}), NO_KIND),
    Bad("a cell without a source", with_cell({"cell_type": "code"}), NO_TEXT),
    Bad("a source of a number", with_source(17), NO_TEXT, "K13"),
    Bad("a source of null", with_source(None), NO_TEXT),
    Bad("a source of a mapping", with_source({"text": "1"}), NO_TEXT),
    Bad("a source of mixed lines", with_source(["1\n", 2]), NO_TEXT),
    Bad("a source of lists", with_source([["1"]]), NO_TEXT),
    Bad("a null in a source", with_source("x = 1\0"), NO_CHARACTER, "K17"),
    Bad("half a pair in a source", with_source("x = '\ud800'"), NO_CHARACTER, "K17"),
    Bad(
        "a null in a text cell", with_cell({"cell_type": "markdown", "source": "\0"}), NO_CHARACTER
    ),
    Bad("far too much text", with_source("#" * 2_000_001), "characters in its cells; put data"),
    Bad(
        "the notebook of another exercise",
        changed(cells=[{"cell_type": "code", "source": "1", "metadata": {}}]),
        "it has none of its named cells. Submit the notebook that was handed out",
    ),
]

LINES = "def window_sum(image, kernel, row, column):\n    return 429"


def _same_ids():
    made = notebook()
    for cell in made["cells"]:
        cell["id"] = "same"
    return bytes_of(made)


def _without(*fields):
    made = notebook()
    for cell in made["cells"]:
        for name in fields:
            cell.pop(name, None)
    return bytes_of(made)


ODD = [
    Odd("a byte order mark", b"\xef\xbb\xbf" + GOOD, id="K04"),
    Odd("equal cell ids", _same_ids(), note="several cells share an id", id="K10"),
    Odd("Windows' line ends", with_source(LINES.replace("\n", "\r\n")), LINES, id="K14"),
    Odd("old line ends", with_source(LINES.replace("\n", "\r")), LINES),
    Odd(
        "mixed line ends",
        with_source(LINES.splitlines(keepends=True)[:1] + ["    return 429"]),
        LINES,
    ),
    Odd("a list with Windows' line ends", with_source(["a\r\n", "b\n", "c"]), "a\nb\nc"),
    Odd("a source of no lines", with_source([]), ""),
    Odd("pretty printing", json.dumps(notebook(), indent=4).encode()),
    Odd(
        "Windows' line ends in the file",
        json.dumps(notebook(), indent=1).replace("\n", "\r\n").encode(),
    ),
    Odd("characters beyond the first plane", with_source("x = '🦊'"), "x = '🦊'"),
    Odd("a pair written as two", with_source("@").replace(b'"@"', b'"\\ud83e\\udd8a"'), "🦊"),
    Odd("no ids, no outputs", _without("id", "outputs", "execution_count")),
    Odd(
        "outputs of nonsense", with_cell({"cell_type": "code", "source": "", "outputs": [7, None]})
    ),
    Odd("attachments of nonsense", with_cell({"cell_type": "raw", "source": "", "attachments": 3})),
    Odd("metadata of null", with_metadata(None)),
    Odd("metadata of a list", with_metadata([])),
    Odd("nbgrader's metadata is a number", with_metadata({"nbgrader": 3})),
    Odd("a name that is a number", with_metadata({"nbgrader": {"grade_id": 3}})),
    Odd("a name with a line break", with_metadata({"nbgrader": {"grade_id": "a\nb"}})),
    Odd("a name that is half a pair", with_metadata({"nbgrader": {"grade_id": "\udc00"}})),
    Odd("the notebook's metadata is null", changed(metadata=None)),
    Odd("a far future minor version", changed(nbformat_minor=10**30)),
    Odd("no minor version", changed(nbformat_minor=None)),
]
