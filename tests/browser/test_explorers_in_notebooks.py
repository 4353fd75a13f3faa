"""All explorers in one notebook, in JupyterLab and Notebook 7: alive, and keys stay with them."""

import pytest

from tests.browser.test_every_explorer import SUBJECTS
from tests.browser.widgets import open_cells

NAMES = list(SUBJECTS)
KEYS = ["a", "b", "d", "d", "x", "m", "j", "ArrowUp", "ArrowDown"]
# Every control of every explorer on the page: kept for the test, and counted.
CONTROLS = """() => {
  window.controls = [...document.querySelectorAll(".cnnlab-explorer")].map(root =>
    [...root.querySelectorAll("button:not([tabindex='-1']), select, input, [tabindex='0']")]
      .filter(one => one.checkVisibility()));
  return window.controls.map(all => all.length);
}"""
FOCUS = """([n, i]) => {
  const one = window.controls[n][i];
  one.focus();
  return document.activeElement === one;
}"""
TEXTS = """() => [...document.querySelectorAll(".jp-Notebook .jp-InputArea-editor")]
  .map(one => one.innerText.trim())"""


@pytest.fixture
def cells():
    made = [f"from cnnlab.explore import {name}\n{name}()" for name in NAMES]
    return [*made, "untouched = 1"]


def pressed_in_every_explorer(page):
    """Press letters and arrows in the first, middle and last control of each explorer."""
    counts = page.evaluate(CONTROLS)
    assert len(counts) == len(NAMES)
    for n, count in enumerate(counts):
        for i in sorted({0, count // 2, count - 1} - {-1}) if count else []:
            if not page.evaluate(FOCUS, [n, i]):
                continue  # an earlier key has hidden it
            for key in KEYS:
                page.keyboard.press(key)


def test_in_jupyterlab_no_key_reaches_the_notebook(lab, page, cells):
    page.set_viewport_size({"width": 1280, "height": 9000})  # so that no cell is left out
    notebook = open_cells(lab, page, "all_explorers.ipynb", *cells)
    page.locator(".cnnlab-explorer").nth(len(NAMES) - 1).wait_for()
    before = [(cell["source"], cell["cell_type"]) for cell in notebook.cells]
    pressed_in_every_explorer(page)
    assert [(cell["source"], cell["cell_type"]) for cell in notebook.cells] == before


def test_in_notebook_7_no_key_reaches_the_notebook(lab, page, cells):
    page.set_viewport_size({"width": 1280, "height": 9000})
    open_cells(lab, page, "all_explorers.ipynb", *cells)
    page.goto(f"{lab.address}/notebooks/all_explorers.ipynb?token={lab.token}")
    page.locator(".jp-Notebook .jp-CodeCell").first.click()
    for _ in NAMES:
        page.keyboard.press("Shift+Enter")
    page.locator(".cnnlab-explorer").nth(len(NAMES) - 1).wait_for()
    before = page.evaluate(TEXTS)
    assert len(before) == len(cells)
    pressed_in_every_explorer(page)
    assert page.evaluate(TEXTS) == before
