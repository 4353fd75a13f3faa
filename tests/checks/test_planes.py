"""Arrays of one, three and four axes: the report names the place and shows the plane."""

import numpy as np
import pytest

from cnnlab import naive
from cnnlab.checks import Case, Check, Item, Ladder, Several
from cnnlab.checks.picture import draw
from cnnlab.checks.report import Report
from cnnlab.checks.tables import answers, axes_of, inputs, number, place_in_words
from cnnlab.checks.values import ARRAY

rng = np.random.default_rng(7)
IMAGES = rng.integers(-9, 9, (2, 3, 4, 5)).astype(float)
WEIGHT = rng.integers(-9, 9, (2, 3, 2, 3)).astype(float)


def ladder(reference, arguments, values, **more):
    return Ladder(
        task=reference.__name__,
        arguments=arguments,
        reference=reference,
        cases=(Case("a case", values),),
        hidden=lambda rng: (Item("it", (Case("it", values),)),),
        mistakes=(),
        accepted=(),
        hint="Where?",
        places=lambda *values: "",
        **more,
    )


def conv2d(input, weight):
    return naive.conv2d(input, weight)


def one_off(place):
    def wrong(input, weight):
        answer = conv2d(input, weight)
        answer[place] += 7.5
        return answer

    return wrong


CONV = Check(ladder(conv2d, ("input", "weight"), (IMAGES, WEIGHT)))


def test_the_first_wrong_value_is_named_by_its_axes():
    result = CONV.result(one_off((1, 0, 2, 1)))
    assert place_in_words(result) == "image 1, channel 0, row 2, column 1"
    text = str(Report(result, ARRAY))
    assert "First wrong: image 1, channel 0, row 2, column 1, counted from 0." in text
    assert "1 of the 36 values are not right" in text


def test_the_plane_that_holds_it_is_shown_with_its_image():
    result = CONV.result(one_off((1, 0, 2, 1)))
    shown = {table.caption: table.matrix for table in answers(result)}
    assert list(shown) == ["yours, image 1, channel 0", "right or wrong, image 1, channel 0"]
    assert (shown["yours, image 1, channel 0"] == one_off((1, 0, 2, 1))(IMAGES, WEIGHT)[1, 0]).all()
    assert (~shown["right or wrong, image 1, channel 0"]).sum() == 1
    captions = [table.caption for table in inputs(result)]
    assert captions[:3] == [f"input, image 1, channel {c}" for c in range(3)]
    assert captions[3:] == [f"weight, filter {f}, channel {c}" for f in (0, 1) for c in range(3)]


def test_the_picture_shows_that_plane_and_leaves_many_inputs_to_tables():
    result = CONV.result(one_off((1, 0, 2, 1)))
    figure, pictured = draw(result)
    titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
    assert titles == ["yours\nimage 1\nchannel 0", "1 is wrong"]
    page = Report(result, ARRAY, pictured)._repr_mimebundle_()["text/html"]
    assert "input, image 1, channel 2" in page
    assert "yours" not in page


def test_many_planes_are_cut():
    wide = Check(
        ladder(conv2d, ("input", "weight"), (np.ones((1, 9, 3, 3)), np.ones((2, 9, 2, 2))))
    )
    captions = [t.caption for t in inputs(wide.result(one_off((0, 1, 0, 0))))]
    assert captions.count("input, the rest") == captions.count("weight, the rest") == 1
    assert len(captions) == 14


def stack(images):
    return images * 2.0


STACK = Check(ladder(stack, ("images",), (rng.normal(size=(3, 2, 4)),)))


def test_three_axes_are_channel_row_column():
    result = STACK.result(lambda images: np.where(images == images[2, 1, 3], 9, 2 * images))
    assert place_in_words(result) == "channel 2, row 1, column 3"
    figure, _ = draw(result)
    assert len([ax for ax in figure.axes if ax.get_title()]) == 5


def test_one_axis_is_a_row_of_places():
    line = Check(ladder(stack, ("images",), (np.arange(1.0, 6),)))
    result = line.result(lambda images: images * 2 + (images == 4))
    assert place_in_words(result) == "place 3"
    assert "First wrong: place 3, counted from 0." in str(Report(result, ARRAY))
    assert draw(result)[0] is not None


def gradients(weight):
    return weight * 2.0, weight.sum(axis=(1, 2, 3))


SEVERAL = Several(grad_weight=ARRAY, grad_bias=ARRAY)
GRADIENTS = Check(ladder(gradients, ("weight",), (WEIGHT,), returns=SEVERAL))


def test_weights_have_filters():
    result = GRADIENTS.result(lambda w: (w * (2 + (w == w[1, 2, 0, 1])), gradients(w)[1]))
    assert result.part == "grad_weight"
    assert place_in_words(result).startswith("filter ")
    assert next(answers(result)).caption.startswith("your grad_weight, filter ")
    result = GRADIENTS.result(lambda w: (w * 2, w.sum(axis=(1, 2, 3)) + [0, 1]))
    assert place_in_words(result) == "place 1"


def test_a_ladder_may_name_its_axes():
    named = Check(ladder(stack, ("images",), (np.ones((2, 3)),), axes={"": ("image", "class")}))
    result = named.result(lambda images: images * [[2, 2, 2], [2, 5, 2]])
    assert place_in_words(result) == "image 1, class 1"


def test_given_axes_are_for_answers_of_that_rank():
    named = Check(ladder(stack, ("images",), (np.ones((2, 3)),), axes={"": ("image", "class")}))
    result = named.result(lambda images: np.ones((2, 2, 2, 2)))
    assert next(answers(result)).caption == "yours, image 0, channel 0"
    assert str(Report(result, ARRAY))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10010.0, "10010"),
        (np.int64(50000), "50000"),
        (-0.0, "0"),
        (0.123456, "0.1235"),
        (12345.678, "1.235e+04"),
        (3e12, "3e+12"),
        (np.nan, "nan"),
        (-np.inf, "-inf"),
        (True, "True"),
    ],
)
def test_whole_numbers_are_written_in_full(value, text):
    assert number(value) == text


def test_answers_of_more_axes_get_numbers():
    assert axes_of("x", np.ones((1,) * 5), {}) == ("axis 0", "axis 1", "axis 2", "axis 3", "axis 4")
    deep = Check(ladder(stack, ("images",), (np.ones((2, 1, 2, 2, 2)),)))
    result = deep.result(lambda images: images)
    assert "First wrong: axis 0 0, axis 1 0" in str(Report(result, ARRAY))


@pytest.mark.parametrize("place", [(0,), (1, 2), (0, 0, 0, 0, 0)])
def test_no_rank_breaks_the_report(place):
    shape = tuple(n + 2 for n in place)
    some = Check(ladder(stack, ("images",), (np.arange(1.0, np.prod(shape) + 1).reshape(shape),)))
    for wrong in (np.zeros(shape), np.zeros((3, 4)), np.full(shape, np.nan), np.zeros((0, 3))):
        result = some.result(lambda images, wrong=wrong: wrong)
        assert not result.passed
        assert str(Report(result, ARRAY))
        draw(result)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (lambda right: right[:, :, ::-1], "upside-down"),
        (lambda right: right[..., ::-1], "mirrored"),
        (lambda right: right.swapaxes(2, 3), "transposed"),
        (lambda right: -right, "negated"),
        (lambda right: right[::-1], "values"),
    ],
)
def test_rows_and_columns_of_a_stack_are_its_last_axes(change, mistake):
    result = CONV.result(lambda input, weight: change(conv2d(input, weight)))
    assert result.mistake == f"conv2d.{mistake}"
