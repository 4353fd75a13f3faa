"""The backward explorer under the hand: what one output sends back, what all send, ties."""

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy import signal

from cnnlab.explore import Backward
from cnnlab.explore.backward import INPUT, KERNEL


@pytest.fixture
def shown(show):
    return show(Backward(selected=(0, 1)))


def numbers(shown, name, columns):
    cells = shown.root.get_by_role("table", name=name, exact=True).get_by_role("cell")
    flat = [float(text.replace("−", "-")) for text in cells.all_inner_texts()]
    return np.reshape(flat, (-1, columns)).tolist()


def test_one_output_of_a_convolution_sends_its_gradient_times_the_weights(shown):
    expected = np.zeros((4, 4))
    expected[0:2, 2:4] = 10 * np.array(KERNEL)
    assert numbers(shown, "Gradient of the input", 4) == expected.tolist()
    window = np.array(INPUT)[0:2, 2:4]
    assert numbers(shown, "Gradient of the kernel", 2) == (10 * window).tolist()
    assert shown.sentence == "output[0, 1] sends its 10 to 4 pixels, each times its weight"


def test_all_outputs_add_up(shown):
    shown.root.get_by_role("checkbox").check()
    shown.slider("Stride").press("ArrowLeft")
    shown.settle()
    g = np.array(shown.output())
    assert g.shape == (3, 3)
    assert numbers(shown, "Gradient of the input", 4) == signal.convolve2d(g, KERNEL).tolist()
    dw = signal.correlate2d(INPUT, g, "valid")
    assert numbers(shown, "Gradient of the kernel", 2) == dw.tolist()


def test_max_pooling_sends_all_to_the_first_of_equals(shown):
    shown.root.get_by_role("radio", name="Max pooling").check()
    shown.settle()
    expected = np.zeros((4, 4))
    expected[0, 2] = 10
    assert numbers(shown, "Gradient of the input", 4) == expected.tolist()
    assert "the first of 2 that are largest" in shown.sentence
    expect(shown.root.get_by_role("table", name="Gradient of the kernel")).to_be_hidden()


def test_average_pooling_sends_equal_parts(shown):
    shown.root.get_by_role("radio", name="Average pooling").check()
    shown.root.get_by_role("checkbox").check()
    shown.settle()
    expected = np.kron([[1, 10], [100, 1000]], np.full((2, 2), 0.25))
    assert numbers(shown, "Gradient of the input", 4) == expected.tolist()


def test_the_gradient_that_comes_back_is_typed_and_chosen_by_keys(shown):
    shown.root.get_by_label("Gradient of the chosen output").fill("-4")
    shown.settle()
    assert shown.output() == [[1, -4], [100, 1000]]
    shown.chosen.focus()
    shown.page.keyboard.press("ArrowDown")
    shown.settle()
    assert shown.sentence.startswith("output[1, 1] sends its 1000")
    expect(shown.root.get_by_label("Gradient of the chosen output")).to_have_value("1000")
