"""The sliding-window explorer in JupyterLab and Notebook 7: by keyboard, from Python, for all."""

import pytest
from playwright.sync_api import expect

from tests.browser.notebook import FRONT
from tests.browser.widgets import ASK, Shown, listeners, open_cells

MAKE = "from cnnlab.explore import SlidingWindow\nexplorer = SlidingWindow()\nexplorer"
THEME = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one.type === "radio" ? one.nextElementSibling : one);
  const name = one.ariaLabel ?? one.closest("label")?.innerText ?? one.innerText;
  return {
    inside: Boolean(one.closest(".cnnlab-explorer")),
    name: name.split("\\n")[0],
    ring: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3,
    keeps_keys: one.getAttribute("data-lm-suppress-shortcuts") === "true",
  };
}"""


@pytest.fixture
def notebook(lab, page):
    return open_cells(lab, page, "sliding.ipynb", MAKE, "untouched = 1")


@pytest.fixture
def shown(notebook):
    notebook.show(0)
    return Shown(notebook.page.locator(f"{FRONT} .cnnlab-explorer"))


@pytest.fixture
def python(shown, wait_until):
    """Wait until Python knows: ``python("explorer.stride", "2")``; the page tells it in turn."""

    def becomes(expression, value):
        said = ""

        def is_there():
            nonlocal said
            said = shown.page.evaluate(ASK, f"print({expression})")
            return said == value

        try:
            wait_until(is_there, seconds=5)
        except AssertionError:
            pytest.fail(f"{expression} is {said}, not {value}")

    return becomes


class TestKeyboard:
    def test_every_control_is_reached_shows_a_ring_and_keeps_its_keys(self, shown):
        page = shown.page
        page.keyboard.press("Escape")  # command mode, as a student leaves a cell
        stops = []
        for _ in range(80):
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUSED)
            if now["inside"]:
                stops.append(now)
            elif stops:
                break
        assert [stop["name"] for stop in stops] == [
            *["Correlation", "Preset"],
            *["Image size, i", "Kernel size, k", "Stride, s", "Padding, p", "Dilation, d"],
            *[f"weight {r}, {c}" for r in range(3) for c in range(3)],
            "429",  # the chosen output pixel
            *["First output pixel", "Step back", "Play", "Step", "Speed"],
            "Count the windows that read each pixel",
        ]
        assert [stop["name"] for stop in stops if not stop["ring"]] == []
        assert [stop["name"] for stop in stops if not stop["keeps_keys"]] == []

    def test_arrow_keys_walk_over_the_output(self, shown, python):
        shown.chosen.focus()
        for key, place, value in [
            ("ArrowRight", (0, 1), "505"),
            ("ArrowDown", (1, 1), "792"),
            ("End", (1, 3), "640"),
            ("ArrowRight", (1, 3), "640"),
            ("Control+End", (3, 3), "657"),
            ("ArrowUp", (2, 3), "751"),
            ("Home", (2, 0), "633"),
            ("Control+Home", (0, 0), "429"),
        ]:
            shown.page.keyboard.press(key)
            expect(shown.chosen).to_be_focused()
            expect(shown.chosen).to_have_text(value)
            assert shown.sentence.startswith(f"output[{place[0]}, {place[1]}] = ")
            assert shown.sentence.endswith(f" = {value}")
            python("explorer.selected", str(place))

    def test_letters_and_arrows_leave_the_notebook_alone(self, notebook, shown):
        before = [(cell["source"], cell["cell_type"]) for cell in notebook.cells]
        buttons = shown.root.get_by_role("button")
        for control in [shown.slider("Stride"), shown.chosen, buttons.last]:
            control.focus()
            for key in ["ArrowDown", "ArrowUp", "a", "b", "d", "d", "x", "y", "m", "j"]:
                shown.page.keyboard.press(key)
            expect(control).to_be_focused()
        assert [(cell["source"], cell["cell_type"]) for cell in notebook.cells] == before

    def test_notebook_7(self, lab, notebook, wait_until):
        page = notebook.page
        page.goto(f"{lab.address}/notebooks/sliding.ipynb?token={lab.token}")
        cells = page.locator(".jp-Notebook .jp-CodeCell")
        cells.first.click()
        page.keyboard.press("Shift+Enter")
        shown = Shown(page.locator(".cnnlab-explorer").first)
        shown.chosen.focus()
        page.keyboard.press("ArrowDown")
        expect(shown.chosen).to_have_text("261")
        shown.slider("Padding").focus()
        page.keyboard.press("ArrowRight")
        expect(shown.pixel(5, 5)).to_be_visible()
        for key in ["a", "b", "d", "d", "x"]:
            page.keyboard.press(key)
        expect(cells).to_have_count(2)


class TestTraits:
    def test_the_page_reaches_python(self, shown, python):
        shown.slider("Stride").press("ArrowRight")
        assert shown.settle().output() == [[429, 686], [633, 851]]
        shown.slider("Padding").press("End")
        python("(explorer.stride, explorer.padding)", "(2, 6)")
        shown.root.get_by_label("weight 0, 1").fill("-2.5")
        python("explorer.kernel[0]", "(1.0, -2.5, 1.0)")
        shown.root.get_by_label("Preset").select_option("half padding, transposed")
        python("(explorer.mode, explorer.stride, explorer.padding)", "('transposed', 1, 1)")
        shown.root.get_by_role("checkbox").check()
        python("explorer.show_reads", "True")
        shown.pixel(4, 2).hover()
        python("explorer.selected", "(4, 2)")
        shown.slider("Image size").press("ArrowLeft")
        python("(explorer.selected, len(explorer.image))", "((3, 2), 4)")

    def test_python_reaches_the_page(self, shown):
        tell = lambda code: shown.page.evaluate(ASK, code)  # noqa: E731
        tell("explorer.stride = 2\nexplorer.selected = (1, 0)")
        expect(shown.chosen).to_have_text("633")
        expect(shown.slider("Stride")).to_have_value("2")
        tell("explorer.kernel = [[1, 0], [0, -1]]")
        expect(shown.root.get_by_label("weight 1, 1")).to_have_value("-1")
        assert shown.output() == [[-103, -27, 156], [-119, -31, -21], [-70, 11, 78]]
        tell("explorer.mode = 'convolution'")
        expect(shown.root.get_by_role("radio", name="Convolution")).to_be_checked()
        assert tell("explorer.stride = 0").startswith("ArgumentError: stride: expected a whole")
        assert tell("SlidingWindow(strid=2)").endswith("did you mean 'stride'?")


def test_no_barrier_that_axe_can_find(shown, node_modules):
    page = shown.page
    page.add_script_tag(path=node_modules / "axe-core" / "axe.min.js")
    # JupyterLab's body hides its overflow and is 0 pixels high: axe takes all text for invisible.
    page.evaluate("() => { document.body.style.height = '100vh' }")
    states = [
        "explorer.selected = (2, 1)",
        "explorer.stride, explorer.padding, explorer.show_reads = 2, 1, True",
        "explorer.show_reads, explorer.mode, explorer.kernel = False, 'transposed', [[1, -2]]",
        "explorer.mode, explorer.padding, explorer.kernel = 'convolution', 0, [[1] * 7] * 7",
        "explorer.image = [[r * c for c in range(30)] for r in range(28)]",
    ]
    for theme in ["JupyterLab Dark", "JupyterLab Light"]:
        page.evaluate(THEME, theme)
        page.wait_for_function(f"() => document.body.dataset.jpThemeName === '{theme}'")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        for state in [f"explorer.set_state(SlidingWindow().get_state())\n{one}" for one in states]:
            page.evaluate(ASK, state)
            shown.settle()
            result = page.evaluate("() => axe.run('.cnnlab-explorer')")
            read = {rule["id"]: len(rule["nodes"]) for rule in result["passes"]}
            assert read.get("color-contrast", 0) > 40, f"{theme}: {state}: {read}"
            assert barriers(result) == [], f"{theme}: {state}"


def barriers(result):
    return [
        f"{violation['id']}: {node['html']}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def test_two_on_a_page_and_one_is_closed(lab, page):
    other = "other = SlidingWindow(stride=2)\nother"
    notebook = open_cells(lab, page, "two.ipynb", MAKE, other)
    notebook.show(0)
    roots = page.locator(f"{FRONT} .cnnlab-explorer")
    first, second = Shown(roots.nth(0)), Shown(roots.nth(1))

    first.root.get_by_role("radio", name="Convolution").check()
    second.root.get_by_role("radio", name="Transposed").check()
    second.slider("Kernel size").press("ArrowLeft")
    expect(first.root.get_by_role("radio", name="Convolution")).to_be_checked()
    expect(second.root.get_by_role("radio", name="Transposed")).to_be_checked()
    expect(first.slider("Kernel size")).to_have_value("3")
    assert first.output()[0] == [429, 505, 686, 856]
    assert page.locator(".cnnlab-explorer[id], .cnnlab-explorer [id]").count() == 0

    link = "import traitlets\nlinked = traitlets.link((explorer, 'stride'), (other, 'stride'))"
    page.evaluate(ASK, link)
    expect(second.slider("Stride")).to_have_value("1")
    second.slider("Stride").press("End")
    expect(first.slider("Stride")).to_have_value("5")

    devtools = page.context.new_cdp_session(page)
    first.root.evaluate("root => { window.kept = root }")
    first.root.get_by_role("button", name="Play").press("Enter")
    assert len(listeners(devtools)) > 15
    page.evaluate(ASK, "linked.unlink()\nexplorer.close()")
    expect(roots).to_have_count(1)
    assert listeners(devtools) == []
    second = Shown(roots)
    second.slider("Padding").press("ArrowRight")
    expect(second.slider("Padding")).to_have_value("1")
