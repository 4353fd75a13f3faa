"""nbgrader's feedback pages, made so that they run no script and call no address."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat import NotebookNode, from_dict, v4
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades

from cnnlab.files import write_text
from cnnlab.grading.clean import REMEMBERED_CHARS, clean_markdown
from cnnlab.grading.entries import Marks
from cnnlab.grading.gradebook import Book
from cnnlab.grading.model import Manifest
from cnnlab.grading.summary import summary

POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'\">"
)
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.S | re.I)
NAMELESS = re.compile(r"<img\b(?![^>]*\balt=)", re.I)
NO_NAME = '<img alt="A picture without a description"'
OURS = (GetGrades, CSSHTMLHeaderPreprocessor)


class Pages:
    """Writes feedback pages; nbgrader's template and its styles are loaded once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        converter = GenerateFeedback(coursedir=CourseDirectory(), config=book.config)
        self.printer = _Printer(config=converter.config)
        # What a course has added in its configuration; the usual two are done here, faster.
        self.added = [p(parent=self.printer) for p in converter.preprocessors if p not in OURS]

    def write(
        self,
        student: str,
        manifest: Manifest,
        marks: Marks,
        items: Sequence[dict[str, Any]] = (),
    ) -> Path:
        """The page of one student, from the autograded copy and the marks in the gradebook.

        ``items`` are those of the record; what they say stands above the notebook.
        """
        book, name = self.book, manifest.notebook
        source = book.folder("autograded", student, manifest.assignment) / f"{name}.ipynb"
        notebook = from_dict(json.loads(source.read_text("utf-8")))
        _lay_in(notebook, manifest, marks)
        about = {
            **book.names(manifest.assignment, name, student),
            "score": marks.points,
            "max_score": marks.max_points,
            "late_penalty": marks.penalty,
        }
        resources = self.printer.resources({"nbgrader": about, "unique_key": name})
        for step in self.added:
            notebook, resources = step.preprocess(notebook, resources)
        page = self.printer.template.render(nb=notebook, resources=resources)
        path = book.folder("feedback", student, manifest.assignment) / f"{name}.html"
        top = summary(items, marks) if items else ""
        write_text(path, _still(page, top), durable=False)  # it can be made again
        return path


def _lay_in(notebook: NotebookNode, manifest: Manifest, marks: Marks) -> None:
    """Scores and comments into the cells, as nbgrader's `GetGrades` does."""
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader")
        known = manifest.cell(about["grade_id"]) if about else None
        if known is None:
            continue
        if known.grade_id in marks.by_item:
            about["score"] = marks.by_item[known.grade_id] or 0.0
            about["points"] = known.points
        if known.grade_id in marks.comments:
            about["comment"] = marks.comments[known.grade_id]


class _Printer(HTMLExporter):
    """nbconvert's HTML from its template alone.

    The exporter's own way checks the notebook against its schema after every step and reads each
    page again when it is done. Both take longer than all the rest.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        remembered = lru_cache(maxsize=512)(highlight)

        def highlight_code(source: str, metadata: Any = None) -> str:
            return (remembered if len(source) < REMEMBERED_CHARS else highlight)(source)

        self.register_filter("highlight_code", highlight_code)
        self.register_filter("markdown2html", clean_markdown)
        self.register_filter("filter_data_type", WidgetsDataTypeFilter({}, {}, parent=self))
        self._shared = self._resources_of_all()

    def _resources_of_all(self) -> dict[str, Any]:
        """The styles and settings that nbconvert gives to the template."""
        nothing = {"score": 0, "max_score": 0, "late_penalty": 0}
        about: dict[str, Any] = {"nbgrader": nothing, "inlining": {"css": []}}
        about = TemplateExporter.from_notebook_node(self, v4.new_notebook(), about)[1]
        return CSSHTMLHeaderPreprocessor(parent=self).preprocess(None, about)[1]

    def resources(self, own: dict[str, Any]) -> dict[str, Any]:
        """What the template reads beside the notebook."""
        return {**self._shared, **own}


def _still(page: str, top: str) -> str:
    """The page without its scripts, under a policy that would not run one."""
    page = SCRIPT.sub("", page).replace("<html>", '<html lang="en">', 1)
    page = NAMELESS.sub(NO_NAME, page).replace("<body>", f"<body>\n{top}", 1)
    return page.replace("<head>", f"<head>\n{POLICY}", 1)
