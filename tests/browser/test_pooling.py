"""The pooling explorer under the hand: windows, maxima, shifts, bins."""

import pytest
from playwright.sync_api import expect

from cnnlab.explore import Pooling

DIGIT = [[0, 0, 0, 0, 0, 0], [0, 0, 9, 0, 0, 0], [0, 8, 9, 0, 0, 0]] + [[0] * 6] * 3


def test_the_maxima_are_shown_with_the_places_they_came_from(show):
    shown = show(Pooling())
    assert shown.output() == [[9, 2], [6, 3]]
    assert shown.root.locator(".image .kept").all_inner_texts() == ["2", "9", "3", "6"]
    expect(shown.root.locator(".legend")).to_have_text("Ringed: 4 of 16 pixels reach the output.")
    shown.chosen.focus()
    shown.page.keyboard.press("ArrowDown")
    shown.settle()
    assert shown.sentence == "output[1, 0] = max(1, 3, 5, 6) = 6, from image[3, 1]"
    frame = shown.root.locator(".frame").bounding_box()
    corner = shown.root.locator(".image .line").nth(2).locator(".cell").first.bounding_box()
    assert (frame["x"], frame["y"]) == pytest.approx((corner["x"], corner["y"]), abs=0.5)


def test_windows_overlap_and_average(show):
    shown = show(Pooling())
    shown.slider("Stride").press("ArrowLeft")
    shown.settle()
    assert shown.output() == [[9, 9, 2], [9, 9, 3], [6, 6, 3]]
    shown.root.get_by_role("radio", name="Average").check()
    shown.settle()
    assert shown.output()[0] == [3.75, 3.75, 1.25]
    assert shown.root.locator(".image .kept").count() == 0


def test_a_small_shift_changes_many_pixels_and_few_outputs(show):
    shown = show(Pooling(DIGIT, kernel_size=3))
    assert shown.output() == [[9, 0], [0, 0]]
    shown.slider("Move the image down").press("ArrowRight")
    expect(shown.root.locator(".legend")).to_contain_text(
        "Moving changed 4 pixels and 1 of 4 outputs"
    )
    assert shown.output() == [[9, 0], [9, 0]]
    assert shown.root.locator(".output .changed").all_inner_texts() == ["9"]


def test_bins_of_a_pyramid_and_what_they_leave_out(show):
    shown = show(Pooling([[1] * 14] * 14, "pyramid", bins=4, edges="sliding"))
    expect(shown.root.locator(".legend")).to_contain_text("Hatched: 27 are read by no window.")
    shown.root.get_by_role("radio", name="Adaptive").check()
    expect(shown.root.locator(".legend")).not_to_contain_text("Hatched")
    expect(shown.slider("Window")).to_be_hidden()


def test_a_window_that_does_not_fit_is_said_and_not_drawn(show):
    shown = show(Pooling())
    shown.slider("Window").press("End")
    expect(shown.root.locator("[aria-live]")).to_have_text(
        "A 6 × 6 window does not fit a 4 × 4 image. Lower k to 4."
    )
    expect(shown.root.locator(".output")).to_be_hidden()
    shown.slider("Image size").press("End")
    expect(shown.root.locator(".output")).to_be_visible()
