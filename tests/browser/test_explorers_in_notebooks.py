"""All explorers in JupyterLab and Notebook 7: keys stay there, Python and page hear each other."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_explorer import SUBJECTS
from tests.browser.widgets import ASK, Shown, listeners, open_cells

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


# What Python sets; the slider, or another control and a key; and what Python hears of it.
DIALOGUES = {
    "SlidingWindow": ("stride = 2", "slider", "Padding", "ArrowRight", "padding"),
    "KernelLab": ("selected = (3, 4)", "spinbutton", "weight 1, 1", "ArrowUp", "kernel"),
    "Pooling": ("right = 1", "slider", "Move the image down", "ArrowRight", "down"),
    "Channels": ("filter = 1", "slider", "Padding", "ArrowRight", "padding"),
    "Backward": ("mode = 'max'", "slider", "Stride", "ArrowLeft", "stride"),
    "ReceptiveField": ("unit = 3", "slider", "Kernel, layer 1", "ArrowRight", "layers"),
    "Descent": ("surface = 'saddle'", "slider", "Steps", "ArrowRight", "steps"),
    "Curves": ("loss = [2.0, 1.0]", None, None, None, "loss"),
    "Network": ("layer = 3", "button", "Clear", "Enter", "image"),
}
TRAITS = "print({{k: v for k, v in {}.get_state().items() if k[0] != '_'}})"


@pytest.mark.parametrize("name", NAMES)
def test_python_and_page_hear_each_other_and_closing_leaves_nothing(name, lab, page, wait_until):
    page.set_viewport_size({"width": 1280, "height": 4000})
    setting, role, label, key, heard = DIALOGUES[name]
    first = f"from cnnlab.explore import {name}\nexplorer = {name}()\nexplorer"
    open_cells(lab, page, f"{name}.ipynb", first, f"other = {name}()\nother")
    roots = page.locator(".cnnlab-explorer")
    shown, other = Shown(roots.nth(0)).settle(), Shown(roots.nth(1)).settle()
    ask = lambda code: page.evaluate(ASK, code)  # noqa: E731
    untouched = other.root.inner_html(), ask(TRAITS.format("other"))

    before = shown.root.inner_html()
    ask(f"explorer.{setting}")
    wait_until(lambda: shown.root.inner_html() != before)
    if role:
        value = ask(f"print(explorer.{heard})")
        shown.root.get_by_role(role, name=label).first.press(key)
        wait_until(lambda: ask(f"print(explorer.{heard})") != value)
    assert (other.root.inner_html(), ask(TRAITS.format("other"))) == untouched

    devtools = page.context.new_cdp_session(page)
    shown.root.evaluate("root => { window.kept = root }")
    assert listeners(devtools)
    ask("explorer.close()")
    expect(roots).to_have_count(1)
    assert listeners(devtools) == []
    ask(f"other.{setting}")
    wait_until(lambda: roots.inner_html() != untouched[0])
