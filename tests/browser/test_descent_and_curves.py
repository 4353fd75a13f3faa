"""The descent explorer under the hand, and the curves of a training that runs in JupyterLab."""

import pytest
from playwright.sync_api import expect

from cnnlab.explore import Descent
from tests.browser.notebook import FRONT
from tests.browser.widgets import Shown, open_cells

TRAIN = """import numpy as np
from cnnlab import nn
images = np.random.default_rng(0).normal(size=(400, 1, 6, 6)).astype(np.float32)
labels = (images.sum(axis=(1, 2, 3)) > 0).astype(int)
network = nn.Sequential(nn.Flatten(), nn.Linear(36, 2, rng=1))
history = nn.fit(network, images, labels, epochs=4, rng=1, progress=False,
                 validation=(images[:99], labels[:99]), on_epoch=curves.follow)"""


@pytest.fixture
def shown(show):
    return show(Descent("bowl", momentum=0, start=(2, 1)))


def places(shown, name):
    dots = shown.root.locator(f".paths .{name} circle")
    return dots.evaluate_all("all => all.map(one => [one.cx.baseVal.value, -one.cy.baseVal.value])")


def test_steps_on_the_bowl_shrink_by_the_learning_rate(shown):
    path = places(shown, "plain")
    assert len(path) == 41
    for n, (x, y) in enumerate(path):
        assert (x, y) == pytest.approx((2 * 0.97**n, 0.97**n), abs=1e-3)


def test_a_rate_that_is_too_large_runs_away(shown):
    shown.slider("Learning rate").press("End")
    expect(shown.root.locator("[aria-live]")).to_contain_text("runs away after")


def test_momentum_the_start_and_the_surface_are_changed(shown):
    shown.root.get_by_label("Surface", exact=True).select_option("valley")
    shown.slider("Momentum").press("End")
    shown.slider("Start, weight 1").press("Home")
    shown.settle()
    moved, plain = places(shown, "moved"), places(shown, "plain")
    assert moved[0] == plain[0] == [-4, 1]
    assert moved[1] == plain[1]
    assert moved[5] != plain[5]
    shown.slider("Steps").press("Home")
    shown.settle()
    assert len(places(shown, "moved")) == 1


def test_a_click_on_the_surface_starts_there(shown):
    box = shown.root.locator(".surface").bounding_box()
    x, y = box["x"] + 0.25 * box["width"], box["y"] + 0.125 * box["height"]
    shown.page.mouse.click(x, y)
    shown.settle()
    assert places(shown, "moved")[0] == pytest.approx([-2, 3], abs=0.11)


def test_curves_are_drawn_while_a_training_runs(lab, page):
    make = "from cnnlab.explore import Curves\ncurves = Curves(epochs=4)\ncurves"
    notebook = open_cells(lab, page, "curves.ipynb", make, TRAIN)
    notebook.show(0)
    shown = Shown(page.locator(f"{FRONT} .cnnlab-explorer"))
    expect(shown.root.locator("[aria-live]")).to_contain_text("Epoch 4 of 4. Training: loss ")
    lines = shown.root.locator("polyline")
    expect(lines).to_have_count(4)
    for n in range(4):
        assert len(lines.nth(n).get_attribute("points").split()) == 4
