"""nbgrader's feedback pages, made so that they run no script and call no address."""

import re
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from cnnlab.files import write_text
from cnnlab.grading.gradebook import Book
from cnnlab.grading.model import Manifest

POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'\">"
)
SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.S | re.I)


class Pages:
    """Writes feedback pages; nbgrader's template is loaded once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        converter = GenerateFeedback(coursedir=CourseDirectory(), config=book.config)
        self.exporter = HTMLExporter(config=converter.config)
        for preprocessor in converter.preprocessors:
            self.exporter.register_preprocessor(preprocessor, enabled=True)

    def write(self, student: str, manifest: Manifest) -> Path:
        """The page of one student, from the autograded copy and the marks in the gradebook."""
        book = self.book
        source = (
            book.folder("autograded", student, manifest.assignment) / f"{manifest.notebook}.ipynb"
        )
        names = book.names(manifest.assignment, manifest.notebook, student)
        resources: dict[str, Any] = {"nbgrader": names, "unique_key": manifest.notebook}
        page, _ = self.exporter.from_notebook_node(
            nbformat.read(source, as_version=4), resources=resources
        )
        path = book.folder("feedback", student, manifest.assignment) / f"{manifest.notebook}.html"
        write_text(path, _still(page))
        return path


def _still(page: str) -> str:
    """The page without its scripts, under a policy that would not run one."""
    page = SCRIPT.sub("", page).replace("<html>", '<html lang="en">', 1)
    return page.replace("<head>", f"<head>\n{POLICY}", 1)
