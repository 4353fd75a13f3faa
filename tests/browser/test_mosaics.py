"""Mosaics of the sliding-window explorer: squares, numbers, hatching, on every screen and paper."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlab.explore import SlidingWindow
from tests.browser.widgets import Shown
from tests.explore import cases

# Every text that is written on a canvas from now on, with its place as a part of the grid.
LISTEN = """() => {
  window.written = {};
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const grid = this.canvas.closest(".grid");
    (written[grid.ariaLabel] ??= []).push([text, x / grid.clientWidth, y / grid.clientHeight]);
    fillText.call(this, text, x, y);
  };
}"""
# How much red there is in each pixel of a square that the canvas has written on, square by square.
INK = """(grid, [rows, columns]) => {
  const canvas = grid.querySelector("canvas");
  const scale = canvas.width / canvas.getBoundingClientRect().width;
  const [high, wide] = [grid.clientHeight * scale / rows, grid.clientWidth * scale / columns];
  const square = (r, c) => {
    const place = [c * wide, r * high, wide, high].map(Math.round);
    const { data } = canvas.getContext("2d").getImageData(...place);
    const solid = [...data.keys()].filter(i => i % 4 === 3 && data[i] > 100);
    return solid.map(i => data[i - 3]);
  };
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => square(r, c)));
}"""


def test_a_large_image_is_a_mosaic_whose_pixels_can_still_be_chosen(show, rng):
    image, kernel = rng.integers(0, 10, (28, 24)), rng.integers(-3, 4, (3, 2))
    shown = show(SlidingWindow(image, kernel, selected=(3, 5)))
    expected = cases.correlated(image, kernel, 1, 0, 1)

    expect(shown.root.get_by_role("img", name="Image")).to_be_visible()
    output = shown.root.get_by_role("grid", name="Output")
    expect(output).to_have_attribute("aria-rowcount", "26")
    expect(output).to_have_attribute("aria-colcount", "23")
    shown.chosen.focus()
    shown.page.keyboard.press("ArrowDown")
    expect(shown.chosen).to_be_focused()
    expect(output.get_by_role("gridcell")).to_have_count(1)
    expect(output.get_by_role("row")).to_have_attribute("aria-rowindex", "5")
    expect(shown.chosen).to_have_attribute("aria-colindex", "6")
    expect(shown.chosen).to_have_attribute("aria-label", f"{expected[4, 5]:g}".replace("-", "−"))

    box = output.bounding_box()
    across, down = box["width"] / 23, box["height"] / 26
    shown.page.mouse.move(box["x"] + 20.5 * across, box["y"] + 11.5 * down)
    shown.settle()
    assert shown.sentence.startswith("output[11, 20] = ")
    marker = shown.chosen.bounding_box()
    assert marker["x"] == pytest.approx(box["x"] + 20 * across, abs=0.5)
    assert marker["y"] == pytest.approx(box["y"] + 11 * down, abs=0.5)


def test_the_squares_of_a_mosaic_have_the_colours_of_their_values(show):
    image = [[0] * 30 for _ in range(30)]
    image[7][20] = 200
    shown = show(SlidingWindow(image, [[1, -1]]))
    assert squares(shown, "image")["g32"] == "M20 7h1v1h-1z"
    assert squares(shown, "image")["g0"].count("M") == 899
    white = shown.root.locator(".image path.g32")
    assert white.evaluate("path => getComputedStyle(path).fill") == "rgb(255, 255, 255)"
    assert squares(shown, "output")["s-32"] == "M19 7h1v1h-1z"
    assert squares(shown, "output")["s32"] == "M20 7h1v1h-1z"


def squares(shown, name):
    """The squares of a mosaic by their level."""
    paths = shown.root.locator(f".{name} path").all()
    return {p.get_attribute("class").split()[0]: p.get_attribute("d") for p in paths}


def test_many_numbers_are_written_on_a_canvas_each_in_its_square(show, rng):
    image, kernel = rng.integers(0, 10, (14, 16)), rng.integers(-3, 4, (3, 2))
    shown = show(SlidingWindow(image, kernel))
    shown.page.evaluate(LISTEN)
    shown.slider("Padding").press("ArrowRight")
    shown.settle()
    output = cases.correlated(image, kernel, 1, 1, 1)
    for name, expected in [("Image", np.pad(image, 1)), ("Output", output)]:
        (rows, columns), written = expected.shape, shown.page.evaluate("written")[name]
        numbers = [float(text.replace("−", "-")) for text, _, _ in written]
        assert numbers == expected.ravel().tolist(), name
        places = [(int(y * rows), int(x * columns)) for _, x, y in written]
        assert places == list(np.ndindex(expected.shape)), name


@pytest.mark.parametrize("ratio", [1, 1.25, 2])
def test_numbers_lie_in_their_squares_on_every_screen(browser, tmp_path, ratio):
    # White along the diagonal of 18 x 18 black pixels: numbers there are black, the others white.
    explorer = SlidingWindow(255 * np.eye(18), np.eye(10))
    page = browser.new_page(device_scale_factor=ratio)
    page.goto(explorer.export(tmp_path / "explorer.html").as_uri())
    shown = Shown(page.locator(".cnnlab-explorer")).settle()
    reds = shown.root.locator(".image").evaluate(INK, [18, 18])
    for picture in shown.root.locator(".image svg, .image canvas").all():
        corner, whole = picture.bounding_box(), shown.root.locator(".image").bounding_box()
        assert (corner["x"], corner["y"]) == (whole["x"], whole["y"])
    for r, c in np.ndindex(18, 18):
        assert reds[r][c], f"nothing is written at {r}, {c}"
        assert (min(reds[r][c]) > 200) == (r != c), (r, c)
    assert all(all(row) for row in shown.root.locator(".output").evaluate(INK, [9, 9]))
    page.close()


def test_numbers_of_a_mosaic_follow_the_theme(show):
    shown = show(SlidingWindow(np.zeros((18, 18)), [[1]]))
    shown.page.emulate_media(color_scheme="light")
    light = shown.root.locator(".output").evaluate(INK, [18, 18])
    shown.page.emulate_media(color_scheme="dark")
    shown.page.wait_for_timeout(300)
    dark = shown.root.locator(".output").evaluate(INK, [18, 18])
    assert max(light[0][0]) < 50 < 200 < min(dark[0][0])


def test_what_no_window_reads_is_hatched_in_a_mosaic_too(show):
    # Windows of 3 stand 4 apart: rows and columns 3, 7, 11 and 15 of 18 are between them.
    shown = show(SlidingWindow(np.zeros((18, 18)), np.ones((3, 3)), stride=4))
    between = 18 * 18 - 12 * 12
    assert shown.root.locator(".legend").inner_text() == (
        f"Hatched: {between} read by no window, {between} in the image"
    )
    hatch = shown.root.locator(".image path").last
    drawn = hatch.get_attribute("d").split("M")[1:]
    assert len(drawn) == between
    assert drawn[0].startswith("3 0.5")
    assert hatch.evaluate("path => getComputedStyle(path).stroke") == "rgba(213, 94, 0, 0.75)"
