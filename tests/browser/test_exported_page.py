"""The sliding-window explorer in its exported page: the pictures, with no kernel and no network."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnlab.explore import PRESETS, SlidingWindow
from tests.browser.widgets import HEARD, Shown, open_bare
from tests.explore import cases


@pytest.fixture
def shown(show):
    return show(SlidingWindow())


def test_the_worked_example_is_shown_and_read_out(shown):
    assert shown.output() == [
        [429, 505, 686, 856],
        [261, 792, 412, 640],
        [633, 653, 851, 751],
        [608, 913, 713, 657],
    ]
    products = "18 × 1 + 54 × 0 + 51 × 1 + 55 × 0 + 121 × 1 + 75 × 0 + 35 × 1 + 24 × 0 + 204 × 1"
    assert shown.sentence == f"output[0, 0] = {products} = 429"


def test_every_preset_shows_the_numbers_of_scipy(shown):
    for name, settings in PRESETS.items():
        image, kernel = np.array(settings["image"]), np.array(settings["kernel"])
        stride, padding, dilation = (settings[n] for n in ("stride", "padding", "dilation"))
        if settings["mode"] == "transposed":
            expected = cases.transposed(image, kernel, stride, padding, dilation)
        else:
            laid = kernel if settings["mode"] == "correlation" else kernel[::-1, ::-1]
            expected = cases.correlated(image, laid, stride, padding, dilation)
        menu = shown.root.get_by_label("Preset")
        menu.select_option(name)
        assert shown.settle().output() == expected.tolist(), name
        expect(menu).to_have_value(name)
        expect(
            shown.root.locator(".floor").or_(shown.root.locator(".formula b")).first
        ).to_be_visible()
        assert shown.root.locator(".formula").inner_text().endswith(f"= {len(expected)}")


def test_pointing_at_an_output_pixel_shows_its_window(shown):
    shown.pixel(1, 2).hover()
    expect(shown.chosen).to_have_text("412")
    shown.settle()
    frame = shown.root.locator(".frame").bounding_box()
    corner = shown.root.locator(".image .line").nth(1).locator(".cell").nth(2).bounding_box()
    assert (frame["x"], frame["y"]) == pytest.approx((corner["x"], corner["y"]), abs=0.5)
    line = 1  # pixel between two cells
    assert frame["width"] == pytest.approx(3 * (corner["width"] + line), abs=0.5)
    products = shown.root.get_by_role("table", name="Products").get_by_role("cell")
    assert products.all_inner_texts() == ["75", "0", "95", "0", "113", "0", "104", "0", "25"]
    assert shown.root.locator(".total").inner_text() == "412"


def test_a_kernel_that_does_not_fit_is_said_and_not_drawn(shown):
    shown.slider("Kernel size").press("End")
    expect(shown.root.locator("[aria-live]")).to_have_text(
        "A 7 × 7 kernel does not fit a 6 × 6 image. "
        "Raise the padding to 1, or make the kernel smaller."
    )
    expect(shown.root.locator(".output")).to_be_hidden()
    expect(shown.root.locator(".frame")).to_be_hidden()
    shown.slider("Padding").press("ArrowRight")
    expect(shown.root.locator(".frame")).to_be_visible()
    assert shown.settle().sentence.startswith("output[0, 0] = ")


def test_convolution_turns_the_kernel_before_the_readers_eyes(shown):
    menu = shown.root.get_by_label("Preset")
    menu.select_option("turned kernel")
    turned = shown.root.get_by_role("table", name="Turned kernel")
    expect(turned).to_be_visible()
    numbers = turned.get_by_role("cell").all_inner_texts()
    assert numbers == ["1", "2", "1", "0", "0", "0", "−1", "−2", "−1"]
    assert shown.root.locator(".tap b").all_inner_texts() == numbers
    shown.root.get_by_role("radio", name="Correlation").check()
    expect(turned).to_be_hidden()
    assert shown.settle().output() == [[13, 20, 17], [18, 24, 18], [-13, -20, -17]]


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_motion_is_left_out_for_those_who_ask(shown, wish, moves):
    shown.page.emulate_media(reduced_motion=wish)
    shown.root.get_by_role("radio", name="Convolution").check()
    shown.settle()
    running = shown.root.evaluate("root => root.getAnimations({ subtree: true }).length")
    assert (running > 0) == moves


def test_the_dilated_mode_is_a_correlation_with_gaps(shown):
    shown.root.get_by_role("radio", name="Dilated").check()
    expect(shown.slider("Dilation")).to_have_value("2")
    by_hand = 18 + 244 + 204 + 15 + 78  # every other pixel of the first five rows and columns
    expect(shown.pixel(0, 0)).to_have_text(str(by_hand))
    shown.slider("Dilation").press("ArrowLeft")
    expect(shown.root.get_by_role("radio", name="Correlation")).to_be_checked()
    shown.root.get_by_role("radio", name="Dilated").check()
    shown.root.get_by_role("radio", name="Correlation").check()
    expect(shown.slider("Dilation")).to_have_value("1")


def test_the_transposed_mode_shows_zeros_between_and_around_the_pixels(shown):
    shown.root.get_by_label("Preset").select_option("no padding, transposed")
    shown.slider("Stride").press("ArrowRight")
    expect(shown.pixel(4, 4)).to_be_visible()
    assert shown.root.locator(".image .gap").count() == 5
    assert shown.root.locator(".image .border").count() == 49 - 9
    expect(shown.root.locator(".caption").first).to_have_text("Image 2 × 2, padded to 7 × 7")


def test_pixels_that_no_window_reads_are_marked_and_counted(shown):
    shown.root.get_by_label("Preset").select_option("worked example, stride 2")
    expect(shown.root.locator(".legend")).to_contain_text("11 read by no window")
    assert shown.root.locator(".image .unread").count() == 11
    shown.root.get_by_role("checkbox").check()
    shown.settle()
    counts = [int(t) for t in shown.root.locator(".image .cell").all_inner_texts()]
    assert sum(counts) == 4 * 9
    assert counts[14] == 4  # the pixel in the middle of all four windows


def test_weights_are_typed_and_stepped(shown):
    weight = shown.root.get_by_label("weight 0, 1")
    weight.fill("-2.5")
    expect(shown.pixel(0, 0)).to_have_text("294")  # 429 - 2.5 * 54
    weight.press("ArrowUp")
    expect(shown.pixel(0, 0)).to_have_text("348")
    weight.fill("")
    expect(shown.pixel(0, 0)).to_have_text("348")
    weight.blur()
    expect(weight).to_have_value("-1.5")


def test_what_a_smaller_kernel_cut_away_comes_back(shown):
    shown.root.get_by_label("weight 2, 2").fill("7")
    size = shown.slider("Kernel size")
    for key in ["ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"]:
        size.press(key)
    expect(shown.root.get_by_label("weight 2, 2")).to_have_value("7")


def test_play_walks_to_the_end_and_stops(shown):
    shown.slider("Speed").press("End")
    shown.root.get_by_role("button", name="Play").press("Enter")
    live = shown.root.locator("[aria-live]")
    expect(live).to_have_attribute("aria-live", "off")
    expect(shown.chosen).to_have_text("657")
    expect(shown.root.get_by_role("button", name="Play")).to_be_visible()
    expect(live).to_have_attribute("aria-live", "polite")
    shown.root.get_by_role("button", name="Step back").press("Enter")
    expect(shown.chosen).to_have_text("713")
    shown.root.get_by_role("button", name="First output pixel").press("Enter")
    expect(shown.chosen).to_have_text("429")


@pytest.fixture
def bare(page):
    return Shown(open_bare(page, SlidingWindow(selected=(3, 3))))


def test_a_late_word_on_the_chosen_pixel_does_no_harm(bare):
    bare.page.evaluate("model.set('stride', 2)")  # the output is 2 x 2; (3, 3) is chosen
    expect(bare.chosen).to_have_text("851")
    bare.page.evaluate("model.set('selected', [1, 0])")
    expect(bare.chosen).to_have_text("633")


# Moves the stride to and fro every 50 milliseconds, n times; tells when Python was told meanwhile
# and half a second later, and what it was told last.
DRAG = """async n => {
  const told = [], rest = ms => new Promise(after => setTimeout(after, ms));
  model.save_changes = () => told.push(model.get("stride"));
  const stride = [...document.querySelectorAll(".slider")]
    .find(one => one.textContent.startsWith("Stride")).querySelector("input");
  for (let i = 1; i <= n; i++) {
    stride.value = 1 + i % 3;
    stride.dispatchEvent(new Event("input", { bubbles: true }));
    await rest(50);
  }
  const meanwhile = told.length;
  await rest(500);
  return [meanwhile, told.length, told.at(-1)];
}"""


def test_python_hears_when_the_hand_rests_and_once_a_second_while_it_moves(bare):
    meanwhile, all_told, last = bare.page.evaluate(DRAG, 8)  # 0.4 seconds
    assert meanwhile <= 1  # none but where a slow machine made the hand rest
    assert 1 <= all_told <= 2
    assert last == 3
    meanwhile, _, last = bare.page.evaluate(DRAG, 31)  # 1.6 seconds, or somewhat more
    assert 1 <= meanwhile <= 4
    assert last == 2


def test_closing_leaves_nothing_behind(bare):
    failures = []
    bare.page.on("pageerror", lambda error: failures.append(error))
    assert bare.page.evaluate(HEARD) == 8
    bare.root.get_by_role("button", name="Play").press("Enter")
    bare.page.evaluate("close()")
    assert bare.page.evaluate(HEARD) == 0
    expect(bare.root).to_have_count(0)
    selected = bare.page.evaluate("model.get('selected')")
    bare.page.wait_for_timeout(500)  # longer than a step of the player
    assert bare.page.evaluate("model.get('selected')") == selected
    assert failures == []


def test_what_does_not_fit_beside_is_put_below(shown):
    shown.page.set_viewport_size({"width": 420, "height": 900})
    shown.settle()
    image, output = (shown.root.locator(s).bounding_box() for s in (".image", ".output"))
    assert output["y"] > image["y"] + image["height"]
    overflow = "() => document.documentElement.scrollWidth > innerWidth"
    assert not shown.page.evaluate(overflow)
