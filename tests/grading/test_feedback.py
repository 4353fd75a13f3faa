"""Our quick way to a feedback page gives what nbgrader's slow way gives, and nothing runs in it."""

import re
from html import unescape

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from cnnlab.grading.feedback import Pages
from cnnlab.grading.gradebook import Book
from cnnlab.grading.model import Item, Outcome, Ran, Step
from tests.grading import small
from tests.grading.test_entries import POINTS, submission
from tests.grading.test_nbgrader import text_of

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def opened(prepared, tmp_path):
    book = Book(tmp_path)
    manifest, _ = book.register(small.NAME, prepared / "solutions" / small.NAME)
    yield book, manifest
    book.close()


def enter(opened, text="# Sums", outputs=(), student="ada"):
    """Save work with this text and these outputs; returns the marks."""
    book, manifest = opened
    steps = [Step("text", "markdown", text, text), Step("student", "code", "1 + 1", "1 + 1")]
    ran = [Ran("ok"), Ran("ok", tuple(outputs))]
    for cell in manifest.cells:
        kind = {"test": "test", "written": "text"}.get(cell.role, "student")
        steps.append(Step(kind, cell.cell_type, cell.source, cell.visible, cell.grade_id))
        ran.append(Ran("ok"))
    items = [Item(name, of, of / 2, "partly") for name, of in POINTS.items()]
    outcome = Outcome(tuple(steps), tuple(ran), tuple(items), (), "test")
    return book.save(submission(student), manifest, outcome, changed=True)


def page(opened, student="ada", items=()):
    book, manifest = opened
    return Pages(book).write(student, manifest, book.marks(manifest, student), items).read_text()


def page_by_nbgrader(book, student="ada"):
    """The page that ``nbgrader generate_feedback`` makes."""
    converter = GenerateFeedback(coursedir=CourseDirectory(), config=book.config)
    exporter = HTMLExporter(config=converter.config)
    for preprocessor in converter.preprocessors:
        exporter.register_preprocessor(preprocessor, enabled=True)
    notebook = nbformat.read(book.folder("autograded", student, "sums") / "sums.ipynb", 4)
    names = {"nbgrader": book.names("sums", "sums", student), "unique_key": "sums"}
    return exporter.from_notebook_node(notebook, resources=names)[0]


def test_the_words_of_a_page_are_those_of_nbgraders(opened):
    """With points and a comment by hand, a penalty, outputs of several kinds, and prose."""
    book, _ = opened
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "1 < 2\n\x1b[31mred\x1b[0m\n"},
        {"output_type": "error", "ename": "E", "evalue": "x", "traceback": ["E: x < y"]},
        {"output_type": "execute_result", "data": {"text/plain": "2"}, "metadata": {}},
    ]
    enter(opened, "# Sums\n\nA *word*, `x < y`, and a [link](https://example.org).", outputs)
    with Gradebook(book.url) as theirs:
        theirs.find_grade("why", "sums", "sums", "ada").manual_score = 1.25
        theirs.find_comment("why", "sums", "sums", "ada").manual_comment = "Say *more*."
        theirs.find_submission_notebook("sums", "sums", "ada").late_submission_penalty = 0.5
        theirs.db.commit()
    expected = words_of(page_by_nbgrader(book))
    assert words_of(page(opened)) == expected
    assert "Latesubmissionpenalty(Score:-0.5)" in expected
    assert "Say*more*." in expected or "Saymore." in expected


def words_of(text):
    """The words alone: how tags are laid out, and the signs of links to headings, do not count."""
    return "".join(unescape(text_of(text)).replace("¶", "").split())


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<meta http-equiv="refresh" content="0;url=https://example.org/">',
        '<link rel="dns-prefetch" href="//example.org">',
        "[press](javascript:alert(1))",
        '<form action="https://example.org"><button>press</button></form>',
        '<svg onload="alert(1)"><animate onbegin="alert(1)"/></svg>',
        '<iframe srcdoc="<b>x</b>"></iframe>',
    ],
)
def test_what_a_student_writes_is_only_text(opened, text):
    outputs = [{"output_type": "display_data", "data": {"text/html": text}, "metadata": {}}]
    enter(opened, text, outputs)
    body = page(opened).partition("<body")[2]
    assert not re.search(r"<(script|meta|link|form|button|svg|animate|iframe)\b", body)
    assert not re.search(r"<[^>]*\b(on\w+=|javascript:|https?:)", body)


def test_a_picture_keeps_its_data_its_size_and_has_words(opened):
    data = {"image/png": PIXEL, "text/plain": "<Figure>"}
    sizes = {"image/png": {"width": 7, "height": "9 onload=x()"}, "other": 1}
    enter(opened, outputs=[{"output_type": "display_data", "data": data, "metadata": sizes}])
    (picture,) = re.findall(r"<img\b[^>]*>", page(opened))
    assert f"data:image/png;base64,{PIXEL}" in picture
    assert re.search(r"\balt=.\w", picture)
    assert "7" in picture
    assert "onload" not in picture


def test_a_copy_is_valid_whatever_came_as_output(opened):
    """The outputs come from the student's side, whose word nobody takes."""
    book, _ = opened
    outputs = [
        {"output_type": "stream", "name": "screen", "text": None},
        {"output_type": "stream"},
        {"output_type": "error", "traceback": [1, None]},
        {"output_type": "display_data", "data": {"image/png": 5, "text/html": ["x"]}},
        {"output_type": "display_data", "data": "text"},
        {"output_type": "execute_result", "data": {"text/plain": "\ud800"}, "metadata": 3},
        {"output_type": "nonsense", "data": {"text/plain": "x"}},
        {},
    ]
    enter(opened, outputs=outputs)
    notebook = nbformat.read(book.folder("autograded", "ada", "sums") / "sums.ipynb", 4)
    nbformat.validate(notebook)
    assert len(notebook.cells[1].outputs) == 5
    assert page(opened)


def test_pages_of_two_students_share_nothing_of_their_own(opened):
    """What is remembered from page to page is the same text in both."""
    enter(opened, "mine is 1", student="ada")
    enter(opened, "mine is 2", student="bob")
    book, manifest = opened
    pages = Pages(book)
    texts = [
        pages.write(name, manifest, book.marks(manifest, name)).read_text()
        for name in ("ada", "bob", "ada")
    ]
    assert texts[0] == texts[2]
    assert ["mine is 1" in text for text in texts] == [True, False, True]
    assert ["mine is 2" in text for text in texts] == [False, True, False]


def test_what_the_items_say_stands_above_the_notebook(opened):
    enter(opened)
    item = {"grade_id": "total-check", "of": 3.0, "points": 1.5, "verdict": "partly"}
    said = page(opened, items=[{**item, "message": "", "hint": "Look at <b>."}])
    assert said.index("Look at &lt;b&gt;.") < said.index('id="notebook-container"')
