"""The report on a class in a browser: light, dark, narrow and on paper; no script, no address."""

import pytest
from playwright.sync_api import expect

from cnnlab.grading.page import report_page
from cnnlab.grading.results import Results
from cnnlab.grading.similar import Alike
from tests.grading.made_up import OF, item, missing, row

EVIL = (
    '<img src="http://example.org/x" onerror="document.title=1"><script>document.title=2</script>'
)


def results():
    turned = item("add-check", 0, "add.turned", "Which way does it lie?")
    rows = [row(f"s{k:02}", (4, 4 - k % 3, 2), flags=[EVIL] if k == 3 else []) for k in range(20)]
    rows += [row("tess", (0, 1, None), [turned]), row("ugo", (0, 4, 2), [turned])]
    rows += [row("vic", (4, 4, 2), level="C: plain process")]
    rows += [missing(EVIL, EVIL), missing("yve", "sums.ipynb is empty", submitted=True)]
    return Results("sums", rows, OF)


@pytest.fixture
def address(tmp_path):
    path = tmp_path / "sums.html"
    path.write_text(report_page(results(), [Alike(("s01", EVIL), 0.8, ("add",))]))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_barrier_that_axe_can_find(address, page, scheme, width, node_modules):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    # Given to the browser from outside: the page itself runs no script.
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("() => axe.run()")
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_runs_nothing_and_asks_nobody(address, page):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    expect(page).to_have_title("sums: report")
    assert asked == [address]
    assert said == []  # nothing of the page had to be refused either
    assert page.evaluate("document.scripts.length + document.images.length") == 0
    expect(page.get_by_text(EVIL).first).to_be_visible()


def test_a_script_that_came_in_would_not_run(address, page, tmp_path):
    """The policy holds by itself, not only for what the template lets through."""
    path = tmp_path / "sums.html"
    path.write_text(
        path.read_text().replace("</main>", "<script>document.title = 3</script></main>")
    )
    page.goto(address)
    expect(page).to_have_title("sums: report")


def test_the_drawing_shows_and_says_what_the_table_says(address, page):
    page.goto(address)
    drawing = page.get_by_role("img")
    rows = page.get_by_role("table", name="The same in numbers").get_by_role("row")
    table = [int(row.split("\t")[-1]) for row in rows.all_inner_texts()[1:]]
    heights = [box.bounding_box()["height"] for box in drawing.locator("rect").all()]
    counts = [round(height / max(heights) * max(table)) for height in heights]
    assert counts == table
    assert f"9 to 10 points: {table[-1]}" in drawing.get_attribute("aria-label")


def test_a_level_without_a_sandbox_is_the_largest_text_under_the_title(address, page):
    page.goto(address)
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('main p')].map("
        "p => [p.className, parseFloat(getComputedStyle(p).fontSize)])"
    )
    stamped = max(size for name, size in sizes if name == "stamp")
    assert stamped >= 1.5 * max(size for name, size in sizes if name != "stamp")


def test_on_paper_it_is_dark_on_white_with_all_of_it(address, page):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")
