"""The network explorer under the hand: draw, choose maps, read the bars; and in JupyterLab."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlab.explore import Network, trained
from tests.browser.notebook import FRONT
from tests.browser.widgets import ASK, Shown, open_cells


@pytest.fixture
def shown(show):
    return show(Network())


def shares(shown):
    texts = shown.root.locator(".share").all_inner_texts()
    return [float(text.split("→")[1].strip(" %")) for text in texts]


def expected(image):
    scores = trained.digit_network()(np.array(image, np.float32)[None, None])[0]
    powers = np.exp(scores - scores.max())
    return 100 * powers / powers.sum()


def test_the_bars_are_the_networks_probabilities(shown):
    samples = Network()._samples
    assert shares(shown) == pytest.approx(expected(samples[3]), abs=0.06)
    shown.root.get_by_role("button", name="Another digit").click()
    shown.settle()
    assert shares(shown) == pytest.approx(expected(samples[0]), abs=0.06)
    expect(shown.root.locator("[aria-live]")).to_contain_text("Reads 0 with")


def test_drawing_with_the_pointer_changes_what_is_read(shown):
    shown.root.get_by_role("button", name="Clear").click()
    shown.settle()
    assert shares(shown) == pytest.approx(expected(np.zeros((8, 8))), abs=0.06)
    box = shown.root.get_by_role("grid", name="Drawing").bounding_box()
    place = lambda part: box["x"] + (part + 0.5) / 8 * box["width"]  # noqa: E731
    height = lambda part: box["y"] + (part + 0.5) / 8 * box["height"]  # noqa: E731
    shown.page.mouse.move(place(4), height(0))
    shown.page.mouse.down()
    for row in range(8):
        shown.page.mouse.move(place(4), height(row), steps=2)
    shown.page.mouse.up()
    shown.settle()
    expect(shown.root.locator("[aria-live]")).to_contain_text("Reads 1 with")


def test_drawing_with_the_keyboard(shown):
    shown.root.get_by_role("button", name="Clear").press("Enter")
    shown.chosen.focus()
    for key in ["ArrowDown", "ArrowRight", "Space"]:
        shown.page.keyboard.press(key)
    expect(shown.chosen).to_be_focused()
    expect(shown.chosen).to_have_attribute("aria-label", "ink 1")
    shown.root.get_by_label("Erase").check()
    shown.chosen.focus()
    shown.page.keyboard.press("Space")
    expect(shown.chosen).to_have_attribute("aria-label", "ink 0")


def test_a_map_is_chosen_and_its_making_shown(shown):
    layer = shown.root.get_by_role("group", name="Conv2d(6, 12, 3)")
    layer.get_by_role("button").nth(0).click()
    layer.get_by_role("button").nth(0).press("ArrowRight")
    chosen = layer.get_by_role("button").nth(1)
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(shown.root.locator(".strip .title")).to_have_text(
        "Map 1 of Conv2d(6, 12, 3): each of 6 maps is correlated with its kernel, and all are "
        "added up, with the bias."
    )
    assert shown.root.locator(".making .card").count() == 6


def test_in_jupyterlab_it_follows_a_network_that_learns(lab, page):
    make = (
        "from cnnlab import nn\nfrom cnnlab.explore import Network, trained\n"
        "own = trained.untrained(seed=3)\nexplorer = Network(own)\nexplorer"
    )
    open_cells(lab, page, "network.ipynb", make).show(0)
    shown = Shown(page.locator(f"{FRONT} .cnnlab-explorer"))
    before = shares(shown)
    page.evaluate(ASK, "own.load(trained.FILE)\nexplorer.refresh()")
    expect(shown.root.locator("[aria-live]")).to_contain_text("Reads 3 with")
    assert shares(shown) != before
    shown.root.get_by_role("button", name="Clear").click()
    shown.settle()
    page.wait_for_timeout(300)
    assert page.evaluate(ASK, "print(sum(map(sum, explorer.image)))") == "0.0"
