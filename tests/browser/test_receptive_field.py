"""The receptive-field explorer under the hand: layers, the chosen unit, overlaps."""

import pytest
from playwright.sync_api import expect

from cnnlab.explore import ReceptiveField


@pytest.fixture
def shown(show):
    return show(ReceptiveField())


def lit(shown):
    """How many squares are lit in each row, the last layer first."""
    squares = shown.root.locator(".drawing rect.lit")
    heights = squares.evaluate_all("all => all.map(one => one.y.baseVal.value)")
    return [heights.count(height) for height in sorted(set(heights))]


def test_two_small_kernels_see_as_far_as_a_large_one(shown):
    assert lit(shown) == [1, 3, 5]
    assert "sees 5 × 5 pixels" in shown.sentence
    assert "9 + 9 = 18; one kernel that sees as much has 25." in shown.sentence


def test_the_field_grows_with_layers_strides_and_dilations(shown):
    stride = shown.slider("Stride, layer 1")
    stride.press("ArrowRight")
    expect(stride).to_be_focused()
    expect(shown.root.locator("[aria-live]")).to_contain_text("sees 7 × 7 pixels")
    assert lit(shown) == [1, 3, 7]
    shown.slider("Dilation, layer 2").press("ArrowRight")
    expect(shown.root.locator("[aria-live]")).to_contain_text("sees 11 × 11 pixels")
    assert lit(shown) == [1, 3, 9]  # with holes
    shown.root.get_by_role("button", name="Add a layer").press("Enter")
    expect(shown.root.locator("[aria-live]")).to_contain_text("sees 15 × 15 pixels")
    shown.root.get_by_role("button", name="Take layer 1 away").press("Enter")
    expect(shown.root.locator("[aria-live]")).to_contain_text("sees 7 × 7 pixels")


def test_a_pooling_learns_no_weights(shown):
    pooling = shown.root.get_by_role("checkbox", name="Pooling, layer 2")
    pooling.check()
    line = shown.root.locator("[aria-live]")
    expect(line).to_contain_text("9 + 0 = 9 (pooling learns none)")
    shown.slider("Kernel, layer 2").press("ArrowLeft")
    expect(line).to_contain_text("sees 4 × 4 pixels")
    expect(line).to_contain_text("9 + 0 = 9")
    pooling.uncheck()
    expect(line).to_contain_text("9 + 4 = 13; one")


def test_another_unit_sees_other_pixels(shown):
    first = shown.root.locator(".drawing rect.lit").last.get_attribute("x")
    shown.slider("Unit of the last layer").press("ArrowRight")
    shown.settle()
    assert lit(shown) == [1, 3, 5]
    assert shown.root.locator(".drawing rect.lit").last.get_attribute("x") != first


def test_layers_that_do_not_fit_are_said(shown):
    for layer in (1, 2):
        for knob in ("Kernel", "Dilation"):
            shown.slider(f"{knob}, layer {layer}").press("End")
    expect(shown.root.locator("[aria-live]")).to_contain_text("need more pixels")
    expect(shown.root.locator(".drawing")).to_be_hidden()


def test_overlaps_are_even_where_the_stride_divides_the_kernel(shown):
    shown.root.get_by_role("radio", name="Overlap").check()
    expect(shown.root.locator("[aria-live]")).to_contain_text(
        "from 1 to 4 products. A checkerboard."
    )
    shown.slider("Kernel size").press("ArrowRight")
    expect(shown.root.locator("[aria-live]")).to_contain_text(
        "pixel gets 4 products. No checkerboard."
    )
    cells = shown.root.locator(".overlap .cell").all_inner_texts()
    assert len(cells) == 14**2
    assert cells[7 * 14 + 7] == "4"
