"""A student's feedback page in a browser: the summary, nothing that runs, nothing hidden."""

import pytest
from playwright.sync_api import expect

from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.run import grade_class
from tests.grading import small
from tests.grading.conftest import job_of
from tests.grading.inline import Inline

HOSTILE = """\
from IPython.display import HTML, Javascript, display
display(HTML("<img src='http://example.org/x' onerror='document.title=1'>"
             "<script>document.title = 2</script><a href='http://example.org'>look</a>"))
display(Javascript("document.title = 3"))
print("<script>document.title = 4</script>")
"""


@pytest.fixture(scope="module")
def feedback(tmp_path_factory):
    """The page of a student with one wrong answer, and with outputs that would do things."""
    folder = small.write_course(tmp_path_factory.mktemp("feedback"))
    wrong = "def total(values):\n    raise ValueError('</style><script>document.title=5</script>')"
    notebook = small.submission({**small.RIGHT, "total": wrong + "\n" + HOSTILE})
    notebook["cells"].append(
        {"cell_type": "markdown", "metadata": {}, "source": HOSTILE, "id": "own"}
    )
    small.hand_in(folder / "submitted", "ada", notebook)
    (row,) = grade_class(job_of(folder), PlainProcess(), pool=Inline).rows
    assert row.marks.points == 3
    return folder / "out" / "feedback" / "ada" / "sums" / "sums.html"


def test_the_page_runs_nothing_and_asks_nobody(feedback, page):
    asked, got = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: got.append(request.url))
    page.goto(feedback.as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    # nbgrader's style sheet names fonts beside the page; the policy does not let them be read.
    assert [url for url in got if not url.startswith("data:")] == [feedback.as_uri()]
    title = page.title()
    assert not title.isdigit()
    assert page.evaluate("document.scripts.length") == 0
    assert page.locator("a[href^=http]").count() == 0


def test_the_summary_says_each_items_points_and_what_happened(feedback, page):
    page.goto(feedback.as_uri())
    expect(page.get_by_role("heading", name="Your result: 3 of 8 points")).to_be_visible()
    table = page.get_by_role("table", name="Item by item; the whole notebook follows below")
    rows = [row.split("\t") for row in table.get_by_role("row").all_inner_texts()]
    points = {row[0].strip(): row[1].strip() for row in rows[1:]}
    assert points == {
        "total-check": "0 of 3",
        "mean-check": "2 of 2",
        "open-check": "1 of 1",
        "why": "? of 2",
    }
    failed = table.get_by_role("row").filter(has_text="total-check")
    expect(failed).to_contain_text("It did not pass: ValueError was raised")
    expect(table.get_by_role("row").filter(has_text="why")).to_contain_text(
        "It waits for your teacher."
    )


def test_nothing_of_a_hidden_test_is_anywhere_in_the_page(feedback, page):
    source = feedback.read_text()
    for secret in ("SECRET", "4011", "HIDDEN", "== expected"):
        assert secret not in source
    page.goto(feedback.as_uri())
    expect(page.get_by_text("total of nothing").first).to_be_visible()  # the open part is there


@pytest.mark.parametrize("width", [1280, 480])
def test_the_summary_has_no_barrier_that_axe_can_find(feedback, page, width, node_modules):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(feedback.as_uri())
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("() => axe.run('.cnnlab-summary')")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []


def test_the_summary_can_be_read_beside_the_notebook(feedback, page):
    """Its letters are as large as the notebook's, whatever measure the page uses."""
    page.goto(feedback.as_uri())
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    notebook = page.locator(".rendered_html p, .jp-RenderedHTMLCommon p").first.evaluate(size)
    assert page.locator(".cnnlab-summary td p").first.evaluate(size) >= notebook - 0.5
