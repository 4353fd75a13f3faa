"""The Python side of the explorer: traits, errors, presets, and what stands in for it in print."""

import json

import nbclient
import nbformat
import numpy as np
import pytest
import traitlets
from numpy.testing import assert_array_equal

from cnnlab.errors import ArgumentError, ShapeError, UsageError
from cnnlab.explore import PRESETS, SlidingWindow
from tests.explore import cases

IMAGE = np.arange(20.0).reshape(4, 5)
KERNEL = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])


@pytest.fixture
def explorer():
    return SlidingWindow(IMAGE, KERNEL)


class TestTraits:
    def test_the_default_is_the_worked_example(self):
        explorer = SlidingWindow()
        image, kernel = np.array(explorer.image), np.array(explorer.kernel)
        output = cases.correlated(image, kernel, 1, 0, 1)
        assert output[0, 0] == 429
        assert explorer.output_shape == (4, 4)

    def test_matrices_cannot_be_changed_in_silence(self, explorer):
        assert_array_equal(explorer.kernel, KERNEL)
        with pytest.raises(TypeError):
            explorer.kernel[0][0] = 5

    def test_lists_of_whole_numbers_are_matrices_too(self):
        assert SlidingWindow(kernel=[[1, 2]]).kernel == ((1.0, 2.0),)

    def test_the_explorer_keeps_a_copy(self):
        image = IMAGE.copy()
        explorer = SlidingWindow(image, KERNEL)
        image[0, 0] = 99
        assert explorer.image[0][0] == 0

    def test_changes_are_observed_once(self, explorer):
        seen = []
        explorer.observe(lambda change: seen.append(change["new"]), "kernel")
        explorer.kernel = KERNEL
        assert seen == []
        explorer.kernel = -KERNEL
        assert_array_equal(seen, [-KERNEL])

    def test_two_explorers_can_be_linked(self, explorer):
        other = SlidingWindow()
        traitlets.link((explorer, "kernel"), (other, "kernel"))
        traitlets.link((explorer, "stride"), (other, "stride"))
        other.kernel = [[1.0, 0.0], [2.0, 3.0]]
        explorer.stride = 2
        assert_array_equal(explorer.kernel, [[1, 0], [2, 3]])
        assert other.stride == 2

    def test_the_page_is_sent_plain_numbers(self, explorer):
        state = explorer.get_state(["image", "kernel", "selected", "_presets"])
        assert json.loads(json.dumps(state))["kernel"] == KERNEL.tolist()

    def test_what_the_page_sends_is_taken_over(self, explorer):
        seen = []
        explorer.observe(lambda change: seen.append(change["name"]), list(explorer.keys))
        explorer.set_state({"kernel": [[1, 2], [3, 4]], "stride": 2, "selected": [1, 1]})
        assert_array_equal(explorer.kernel, [[1, 2], [3, 4]])
        assert (explorer.stride, explorer.selected) == (2, (1, 1))
        assert sorted(seen) == ["kernel", "selected", "stride"]

    def test_the_page_may_say_that_a_kernel_does_not_fit(self, explorer):
        explorer.set_state({"dilation": 8})
        assert explorer.dilation == 8
        assert "does not fit" in repr(explorer)
        with pytest.raises(ShapeError):
            _ = explorer.output_shape


class TestSelectedPixel:
    def test_it_moves_in_when_the_output_shrinks(self):
        explorer = SlidingWindow(selected=(3, 3))
        explorer.stride = 2
        assert explorer.selected == (1, 1)

    def test_it_stays_where_nothing_fits(self):
        explorer = SlidingWindow(selected=(3, 2))
        explorer.dilation = 5
        assert explorer.selected == (3, 2)
        explorer.dilation = 1
        assert explorer.selected == (3, 2)

    def test_outside_is_refused_with_the_range(self):
        with pytest.raises(ArgumentError) as caught:
            SlidingWindow().selected = (4, 0)
        for part in ["(4, 0)", "4 x 4", "a row up to 3 and a column up to 3"]:
            assert part in str(caught.value)


WRONG = [
    ({"strid": 2}, ArgumentError, "no setting 'strid'; did you mean 'stride'?"),
    ({"colour": 2}, ArgumentError, "no setting 'colour'; it has dilation, image, kernel"),
    ({"stride": 0}, ArgumentError, "from 1 to 8, got 0. Fix: stride=1 moves the window"),
    ({"stride": 1.5}, ArgumentError, "stride: expected a whole number from 1 to 8, got 1.5"),
    ({"stride": True}, ArgumentError, "got True"),
    ({"dilation": 0}, ArgumentError, "dilation=1 leaves no gap"),
    ({"padding": -1}, ArgumentError, "padding: expected a whole number from 0 to 16, got -1"),
    ({"padding": "same"}, ArgumentError, "got 'same'. Fix: padding=1"),
    ({"mode": "corelation"}, ArgumentError, "did you mean 'correlation'?"),
    ({"mode": "dilated"}, ArgumentError, "give dilation=2 with mode='correlation'"),
    ({"mode": 3}, ArgumentError, "one of correlation, convolution, transposed, got 3"),
    ({"selected": 3}, ArgumentError, "a row and a column counted from 0"),
    ({"selected": (-1, 0)}, ArgumentError, "got (-1, 0)"),
    ({"kernel": [[1, 2], [3]]}, ShapeError, "rows of equal length"),
    ({"kernel": "abc"}, ShapeError, "expected a matrix of numbers (rows, columns), got 'abc'"),
    ({"kernel": []}, ShapeError, "(0,)"),
    ({"image": np.zeros((4, 4, 3))}, ShapeError, "choose one channel of an image"),
    ({"image": np.zeros((40, 8))}, ShapeError, "image[:32, :32]"),
    ({"kernel": np.zeros((12, 1))}, ShapeError, "choose a smaller kernel"),
    ({"image": [[1, np.nan]]}, ArgumentError, "np.nan_to_num(image)"),
    ({"image": [[1]]}, ShapeError, "Use a smaller kernel or at least 1 more padding"),
    ({"mode": "transposed", "padding": 5}, ShapeError, "Use less padding"),
]


@pytest.mark.parametrize(("settings", "error", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_what_makes_no_sense_is_refused_with_a_remedy(settings, error, words):
    with pytest.raises(error) as caught:
        SlidingWindow(**settings)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_refused_value_changes_nothing(explorer):
    with pytest.raises(ArgumentError):
        explorer.stride = 0
    with pytest.raises(ShapeError):
        explorer.kernel = [[1, 2], [3]]
    assert explorer.stride == 1
    assert_array_equal(explorer.kernel, KERNEL)


# The sizes that Dumoulin & Visin (2016) give under their figures: i, k, s, p, d, output.
PICTURES = {
    "no padding": (4, 3, 1, 0, 1, 2),
    "arbitrary padding": (5, 4, 1, 2, 1, 6),
    "half padding": (5, 3, 1, 1, 1, 5),
    "full padding": (5, 3, 1, 2, 1, 7),
    "no padding, transposed": (2, 3, 1, 0, 1, 4),
    "arbitrary padding, transposed": (6, 4, 1, 2, 1, 5),
    "half padding, transposed": (5, 3, 1, 1, 1, 5),
    "full padding, transposed": (7, 3, 1, 2, 1, 5),
    "no padding, strides": (5, 3, 2, 0, 1, 2),
    "padding, strides": (5, 3, 2, 1, 1, 3),
    "padding, strides, odd": (6, 3, 2, 1, 1, 3),
    "dilation": (7, 3, 1, 0, 2, 3),
}


class TestPresets:
    @pytest.mark.parametrize("name", PICTURES)
    def test_the_twelve_arithmetic_pictures_have_the_published_sizes(self, name):
        i, k, s, p, d, output = PICTURES[name]
        explorer = SlidingWindow(**PRESETS[name])
        assert np.shape(explorer.image) == (i, i)
        assert np.shape(explorer.kernel) == (k, k)
        assert (explorer.stride, explorer.padding, explorer.dilation) == (s, p, d)
        assert explorer.mode == ("transposed" if "transposed" in name else "correlation")
        assert explorer.output_shape == (output, output)

    def test_the_numbers_are_those_of_the_guides_first_figure(self):
        settings = PRESETS["half padding"]
        output = cases.correlated(
            np.array(settings["image"]), np.array(settings["kernel"]), 1, 0, 1
        )
        assert_array_equal(output, [[12, 12, 17], [10, 17, 19], [9, 6, 14]])

    def test_the_worked_examples_are_those_of_the_lessons(self):
        binary, turned = PRESETS["binary image"], PRESETS["turned kernel"]
        output = cases.correlated(np.array(binary["image"]), np.array(binary["kernel"]), 1, 0, 1)
        assert_array_equal(output, [[4, 3, 4], [2, 4, 3], [2, 3, 4]])
        assert turned["mode"] == "convolution"
        flipped = np.array(turned["kernel"])[::-1, ::-1]
        output = cases.correlated(np.array(turned["image"]), flipped, 1, 1, 1)
        assert_array_equal(output, [[-13, -20, -17], [-18, -24, -18], [13, 20, 17]])

    def test_the_page_offers_every_preset(self):
        state = SlidingWindow().get_state(["_presets", "_groups"])
        assert state["_presets"] == PRESETS
        assert [name for _, names in state["_groups"] for name in names] == list(PRESETS)
        assert set(PICTURES) < set(PRESETS)

    def test_every_preset_sets_everything(self):
        for settings in PRESETS.values():
            assert set(settings) == {"image", "kernel", "stride", "padding", "dilation", "mode"}


class TestInPrint:
    def test_one_line_stands_for_the_explorer(self, explorer):
        data, _ = explorer._repr_mimebundle_()
        assert data["text/plain"] == (
            "SlidingWindow: 4 x 5 image, 2 x 3 kernel, correlation, stride 1, padding 0, "
            "dilation 1: output 3 x 3"
        )

    def test_a_notebook_without_a_page_runs_in_peace(self, tmp_path):
        source = "from cnnlab.explore import SlidingWindow\nSlidingWindow(stride=2)"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        nbclient.execute(notebook, kernel_name="python3", cwd=tmp_path)
        (output,) = notebook.cells[0].outputs  # nothing on stderr, no error
        assert output.data["text/plain"].startswith("SlidingWindow: 6 x 6 image")

    def test_an_exported_page_holds_everything_and_asks_for_nothing(self, explorer, tmp_path):
        page = explorer.export(tmp_path / "page.html").read_text(encoding="utf-8")
        assert "{{" not in page.replace("{{}}", "")
        for part in ["4 x 5 image", "cnnlab-explorer", json.dumps(KERNEL.tolist())]:
            assert part in page
        for address in ["http:", "https:", "src=", "url("]:
            assert address not in page

    def test_an_existing_page_is_kept(self, explorer, tmp_path):
        page = tmp_path / "page.html"
        page.write_text("mine", encoding="utf-8")
        with pytest.raises(UsageError, match="overwrite=True"):
            explorer.export(page)
        assert page.read_text(encoding="utf-8") == "mine"
        assert explorer.export(str(page), overwrite=True) == page
        assert page.read_text(encoding="utf-8") != "mine"
