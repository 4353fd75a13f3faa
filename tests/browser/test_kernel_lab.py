"""The kernel lab under the hand: kernels, weights, views, one's own picture; and in JupyterLab."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from scipy import ndimage

from cnnlab.explore import KernelLab
from tests.browser.notebook import FRONT
from tests.browser.widgets import ASK, Shown, open_cells

RNG = np.random.default_rng(3)
IMAGE = RNG.integers(0, 256, (12, 16)).astype(np.uint8)
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
PIXELS = """root => {
  const canvas = root.querySelector(".output canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return { width, height, data: [...data] };
}"""


@pytest.fixture
def shown(show):
    return show(KernelLab(IMAGE, selected=(5, 6)))


def answer(kernel):
    return ndimage.correlate(IMAGE.astype(float), kernel, mode="nearest")


def painted(shown):
    """Red minus blue of every pixel of the answer: below zero is orange, above purple."""
    picture = shown.root.evaluate(PIXELS)
    bytes_ = np.array(picture["data"]).reshape(picture["height"], picture["width"], 4)
    return bytes_[..., 0].astype(int) - bytes_[..., 2]


def test_the_answer_has_the_signs_of_scipys(shown):
    expected = answer(SOBEL)
    warm = painted(shown)
    strong = np.abs(expected) > 0.1 * np.abs(expected).max()
    assert warm.shape == IMAGE.shape
    assert ((warm > 0) == (expected < 0))[strong].all()


def test_the_arithmetic_of_the_chosen_pixel_is_read_out(shown):
    window = IMAGE[4:7, 5:8].astype(int)
    assert shown.sentence.startswith(f"output[5, 6] = {window[0, 0]} × (−1) + ")
    total = f"{(window * SOBEL).sum()}".replace("-", "−")
    assert shown.sentence.endswith(f" = {total}")
    assert shown.root.locator(".total").inner_text() == total


def test_arrow_keys_and_the_pointer_choose_a_pixel(shown):
    shown.chosen.focus()
    for key in ["ArrowRight", "ArrowDown", "Control+Home", "End"]:
        shown.page.keyboard.press(key)
    expect(shown.chosen).to_be_focused()
    shown.settle()
    assert shown.sentence.startswith("output[0, 15] = ")
    box = shown.root.locator(".output").bounding_box()
    shown.page.mouse.move(box["x"] + 2.5 / 16 * box["width"], box["y"] + 9.5 / 12 * box["height"])
    shown.settle()
    assert shown.sentence.startswith("output[9, 2] = ")


def test_a_kernel_is_chosen_edited_and_recognised(shown):
    menu = shown.root.get_by_label("Kernel", exact=True)
    expect(menu).to_have_value("sobel_x")
    menu.select_option("laplacian_4")
    expect(shown.root.get_by_label("weight 1, 1")).to_have_value("-4")
    expect(shown.root.locator(".recipe")).to_contain_text("Not separable")
    shown.root.get_by_label("weight 1, 1").fill("5")
    expect(menu).to_have_value("")
    menu.select_option("sobel_x")
    expect(shown.root.locator(".recipe")).to_have_text(
        "Separable: column (1, 2, 1) times row (−1, 0, 1). 6 products a pixel in two passes, not 9."
    )


def test_a_larger_kernel_keeps_its_middle(shown):
    shown.root.get_by_role("radio", name="5 × 5").check()
    expect(shown.root.get_by_label("weight 2, 3")).to_have_value("2")
    expect(shown.root.get_by_label("weight 0, 0")).to_have_value("0")
    total = f"{answer(SOBEL)[5, 6]:g}".replace("-", "−")
    expect(shown.root.locator(".total")).to_have_text(total)
    shown.root.get_by_role("radio", name="3 × 3").check()
    expect(shown.root.get_by_label("Kernel", exact=True)).to_have_value("sobel_x")


def test_magnitude_and_direction(shown):
    gx, gy = answer(SOBEL)[5, 6], answer(np.rot90(SOBEL, -1))[5, 6]
    shown.root.get_by_role("radio", name="Magnitude").check()
    shown.settle()
    said = f"gx {gx:g}, gy {gy:g}, √ ".replace("-", "−")
    assert shown.chosen.get_attribute("aria-label").startswith(said)
    assert (painted(shown) == 0).all()  # gray
    expect(shown.root.locator(".arrows")).to_be_hidden()
    shown.root.get_by_role("radio", name="Direction").check()
    expect(shown.root.locator(".arrows")).to_be_visible()
    drawn = "root => root.querySelector('.arrows').toDataURL().length"
    assert shown.root.evaluate(drawn) > 3000


def test_ones_own_picture_is_filtered_and_stays_in_the_page(shown):
    picture = np.zeros((300, 600), np.uint8)
    picture[:, 300:] = 200
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    opener = shown.root.get_by_label("Open a picture")
    opener.set_input_files({"name": "mine.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(shown.root.get_by_role("status")).to_have_text("This picture stays on this page.")
    expect(shown.root.locator(".caption").first).to_have_text("Photograph 128 × 256")
    shown.settle()
    purple = painted(shown) < -20
    assert purple[:, 126:130].any(axis=1).all()
    assert not purple[:, :120].any()
    opener.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    expect(shown.root.get_by_role("status")).to_contain_text("This file is no picture")
    shown.root.get_by_role("button", name="Use the camera").click()
    expect(shown.root.get_by_role("status")).to_contain_text("The camera cannot be used here")
    shown.root.get_by_role("button", name="First picture again").click()
    expect(shown.root.locator(".caption").first).to_have_text("Photograph 12 × 16")


def test_the_colours_follow_the_theme(page, show):
    page.emulate_media(color_scheme="light")
    shown = show(KernelLab(np.full((8, 8), 50, np.uint8)))
    shown.root.get_by_label("weight 0, 0").fill("-9")
    shown.settle()
    light = shown.root.evaluate(PIXELS)["data"][:3]
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert shown.root.evaluate(PIXELS)["data"][:3] != light


def test_in_jupyterlab_traits_go_both_ways(lab, page, wait_until):
    make = "from cnnlab.explore import KernelLab\nexplorer = KernelLab()\nexplorer"
    open_cells(lab, page, "kernel_lab.ipynb", make).show(0)
    shown = Shown(page.locator(f"{FRONT} .cnnlab-explorer"))
    shown.root.get_by_label("weight 0, 0").fill("4")
    wait_until(lambda: page.evaluate(ASK, "print(explorer.kernel[0][0])") == "4.0")
    page.evaluate(ASK, "explorer.kernel, explorer.view = [[1.0] * 5] * 5, 'magnitude'")
    expect(shown.root.get_by_role("radio", name="5 × 5")).to_be_checked()
    expect(shown.root.get_by_role("radio", name="Magnitude")).to_be_checked()
    page.evaluate(ASK, "import numpy as np\nexplorer.image = np.arange(30).reshape(5, 6)")
    expect(shown.root.locator(".caption").first).to_have_text("Photograph 5 × 6")
