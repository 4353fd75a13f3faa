"""The channels explorer under the hand: filters, kernels, maps, sums, counts."""

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy import signal

from cnnlab.explore import Channels
from cnnlab.explore.channels import BIAS, INPUT, WEIGHT


@pytest.fixture
def shown(show):
    return show(Channels(selected=(1, 2)))


def maps(filter_, padding=0):
    planes = np.pad(INPUT, [(0, 0), (padding, padding), (padding, padding)])
    kernels = WEIGHT[filter_]
    return [signal.correlate2d(p, k, "valid") for p, k in zip(planes, kernels, strict=True)]


def test_each_plane_has_its_map_and_they_add_up(shown):
    for place, expected in enumerate(maps(0)):
        cells = shown.root.get_by_role("table", name=f"Map {place}").get_by_role("cell")
        numbers = [int(text.replace("−", "-")) for text in cells.all_inner_texts()]
        assert numbers == expected.ravel().tolist()
    assert shown.output() == (sum(maps(0)) + BIAS[0]).tolist()
    assert shown.sentence == "output[0][1, 2] = (−1) + 1 + 2 + bias 1 = 3"
    assert shown.root.locator(".map .lit").all_inner_texts() == ["−1", "1", "2"]


def test_another_filter_and_padding(shown):
    shown.root.get_by_label("Filter").select_option("1")
    shown.slider("Padding").press("ArrowRight")
    shown.settle()
    assert shown.output() == (sum(maps(1, padding=1)) + BIAS[1]).tolist()
    expect(shown.root.get_by_label("Bias")).to_have_value("0")


def test_many_cells_are_mosaics_that_still_show_which_numbers_add_up(shown):
    shown.slider("Padding").press("End")
    shown.settle()
    for place, expected in enumerate(maps(0, padding=2)):
        chosen = shown.root.get_by_role("img", name=f"Map {place}").locator("path.lit")
        assert chosen.get_attribute("d").startswith("M2 1h")
        box, whole = chosen.bounding_box(), chosen.locator("xpath=..").bounding_box()
        side = whole["width"] / expected.shape[1]
        assert box["width"] < 2 * side
        # Outlines of SVG are as wide as so many squares.
        assert chosen.evaluate("path => getComputedStyle(path).outlineStyle") == "none"
        assert box["x"] + box["width"] / 2 == pytest.approx(whole["x"] + 2.5 * side, abs=2)
    assert shown.sentence.endswith(f"= {sum(maps(0, padding=2))[1, 2] + BIAS[0]}")


def test_weights_and_bias_are_changed(shown):
    shown.root.get_by_label("weight 0, 0").nth(1).fill("5")  # of the second plane's kernel
    shown.root.get_by_label("Bias").fill("-2")
    shown.settle()
    first = 5 * np.array(INPUT)[1, :3, :3]
    assert shown.output() == (sum(maps(0)) + first - 2).tolist()


def test_one_by_one_mixes_planes_and_the_larger_kernels_come_back(shown):
    shown.root.get_by_role("radio", name="1 × 1").check()
    shown.settle()
    mixed = np.tensordot(np.array(WEIGHT)[0, :, 1, 1], INPUT, 1) + BIAS[0]
    assert shown.output() == mixed.tolist()
    expect(shown.root.locator(".strip")).to_contain_text(
        "2 × 3 × 1 × 1 = 6 weights and 2 biases: 8."
    )
    shown.root.get_by_role("radio", name="3 × 3").check()
    shown.settle()
    assert shown.output() == (sum(maps(0)) + BIAS[0]).tolist()


def test_counts_are_live(shown):
    expect(shown.root.locator(".strip")).to_contain_text("2 × 3 × 3 × 3 = 54 weights")
    expect(shown.root.locator(".strip")).to_contain_text("2 × 3 × 3 × 27 = 486 in all")
    shown.slider("Padding").press("ArrowRight")
    expect(shown.root.locator(".strip")).to_contain_text("2 × 5 × 5 × 27 = 1350 in all")
