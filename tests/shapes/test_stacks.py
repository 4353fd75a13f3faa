"""Counts of the course, worked by hand, and receptive fields found by shaking the input."""

import numpy as np
import pytest
from scipy import ndimage

from cnnlab import shapes
from cnnlab.errors import ShapeError
from cnnlab.shapes import (
    AdaptivePool,
    Block,
    Conv,
    ConvTranspose,
    Flatten,
    Linear,
    LocallyConnected,
    Pointwise,
    Pool,
)

RGB = (3, 32, 32)


@pytest.mark.parametrize(
    ("filters", "expected"), [(10, (10, 28, 28)), (2, (2, 28, 28)), (5, (5, 28, 28))]
)
def test_as_many_maps_as_filters(filters, expected):
    assert Conv(filters, 5).output_shape(RGB) == expected


def test_a_filter_is_as_deep_as_its_input():
    assert Conv(1, 5, bias=False).parameters(RGB) == 75
    assert Conv(1, 11).parameters((3, 227, 227)) == 364


def test_unshared_and_shared_kernels_of_alexnets_first_layer():
    shared, unshared = Conv(96, 11, 4), LocallyConnected(96, 11, 4)
    image = (3, 227, 227)
    assert np.prod(shared.output_shape(image)) == 290_400
    assert unshared.parameters(image) == 290_400 * 364 == 105_705_600
    assert shared.parameters(image) == 34_944
    assert Conv(96, 11, 4, bias=False).parameters(image) == 34_848


def test_a_dense_layer_on_a_photograph():
    assert Flatten().output_shape((3, 224, 224)) == (150_528,)
    assert Linear(1024, bias=False).parameters((150_528,)) == 154_140_672


def test_tiny_vgg_begins_with_thirty_kernels():
    assert Conv(10, 3, bias=False).parameters((3, 64, 64)) == 30 * 9


def test_inception_3a_with_reductions_keeps_two_fifths_of_the_weights():
    maps = (192, 28, 28)

    def unit(filters, size):
        return Conv(filters, size, padding=size // 2, bias=False)

    plain = Block("3a", ((unit(64, 1),), (unit(128, 3),), (unit(32, 5),), (Pool(3, 1, 1),)))
    reduced = Block(
        "3a",
        ((unit(64, 1),), (unit(96, 1), unit(128, 3)), (unit(16, 1), unit(32, 5))),
    )
    pooled = Block("pool", ((Pool(3, 1, 1), unit(32, 1)),))
    assert plain.parameters(maps) == 387_072
    assert reduced.parameters(maps) == 157_184
    assert round(157_184 / 387_072, 2) == 0.41
    assert plain.output_shape(maps)[0] == 416
    assert reduced.output_shape(maps)[0] + pooled.output_shape(maps)[0] == 256


def test_bottleneck_keeps_an_eighth_of_the_weights():
    maps = (256, 14, 14)
    plain = [Conv(256, 3, padding=1, bias=False)]
    narrow = [Conv(64, 1, bias=False), Conv(64, 3, padding=1, bias=False), Conv(256, 1, bias=False)]
    assert shapes.parameters(plain, maps) == 589_824
    assert shapes.parameters(narrow, maps) == 69_632
    assert round(69_632 / 589_824, 3) == 0.118


def test_depthwise_separable_convolution():
    plain = [Conv(256, 3, bias=False)]
    depthwise, pointwise = Conv(3, 3, groups=3, bias=False), Conv(256, 1, bias=False)
    assert shapes.parameters(plain, RGB) == 6_912
    assert (depthwise.parameters(RGB), pointwise.parameters(RGB)) == (27, 768)
    assert shapes.parameters([depthwise, pointwise], RGB) == 795


def test_aligned_face_network_layer_by_layer():
    table = shapes.table(shapes.DEEPFACE, (3, 152, 152))
    assert {row.title: row.parameters for row in table.rows if row.parameters} == {
        "conv 11×11, 32": 32 * (3 * 121 + 1),
        "conv 9×9, 16": 16 * (32 * 81 + 1),
        "local 9×9, 16": 55 * 55 * 16 * (16 * 81 + 1),
        "local 7×7, 16": 25 * 25 * 16 * (16 * 49 + 1),
        "local 5×5, 16": 21 * 21 * 16 * (16 * 25 + 1),
        "linear, 4096": 4096 * (21 * 21 * 16 + 1),
        "linear, 4030": 4030 * 4097,
    }
    assert table.parameters == 118_923_774  # the paper speaks of "more than 120 million"


def test_two_small_kernels_see_as_far_as_a_large_one_with_fewer_weights():
    small, large = [Conv(1, 3, bias=False)] * 2, [Conv(1, 5, bias=False)]
    assert shapes.receptive_field(small) == shapes.receptive_field(large) == (5, 5)
    image = (1, 32, 32)
    assert (shapes.parameters(small, image), shapes.parameters(large, image)) == (18, 25)


def test_a_dilated_kernel_sees_five_pixels_with_nine_weights():
    dilated = Conv(1, 3, dilation=2, bias=False)
    assert shapes.receptive_field([dilated]) == (5, 5)
    assert dilated.parameters((1, 9, 9)) == 9


STACKS = {
    "strides": [Conv(1, 3, stride=2), Conv(1, 5), Pool(2)],
    "dilations": [Conv(1, 3, dilation=2), Conv(1, 2, stride=2), Conv(1, 3, dilation=3)],
    "pools": [Pool(3, stride=2), Conv(1, 3), Pool(2), Conv(1, 3)],
    "oblong": [Conv(1, (3, 1), stride=(2, 1)), Conv(1, (1, 4), stride=(1, 3)), Conv(1, (2, 3))],
}


def shaken(stack, size):
    """Which input pixels reach output (0, 0): ones slid through kernels of ones, by SciPy."""
    seen = {}
    for place in np.ndindex(size, size):
        image = np.zeros((size, size))
        image[place] = 1
        for layer in stack:
            (kh, kw), (sh, sw) = shapes.layers.pair(layer.kernel_size), layer.window((1, 9, 9))[1]
            dh, dw = shapes.layers.pair(getattr(layer, "dilation", 1))
            ones = np.zeros((dh * (kh - 1) + 1, dw * (kw - 1) + 1))
            ones[::dh, ::dw] = 1
            image = ndimage.correlate(image, ones, mode="constant", origin=_corner(ones))[
                ::sh, ::sw
            ]
        if image[0, 0]:
            seen[place] = True
    rows, columns = zip(*seen, strict=True)
    return max(rows) + 1, max(columns) + 1


def _corner(kernel):
    """SciPy centres a kernel; this lays its first element on the pixel."""
    return [-(side // 2) for side in kernel.shape]


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)
def test_receptive_field_is_what_reaches_the_first_output(stack):
    assert shapes.receptive_field(stack) == shaken(stack, 22)


def test_a_block_sees_as_far_as_its_longest_path():
    block = Block("two", ((Conv(1, 1),), (Conv(1, 3, padding=1), Conv(1, 3, padding=1))))
    assert shapes.receptive_field([block, Conv(1, 3)]) == (7, 7)


def test_a_table_lists_what_is_inside_a_block_if_asked():
    block = Block("b", ((Conv(2, 1),), (Conv(3, 3, padding=1),)))
    flat, deep = (shapes.table([block, Pool(2)], (1, 8, 8), deep=deep) for deep in (False, True))
    assert [row.title for row in flat.rows] == ["b", "max pool 2×2"]
    assert [row.title for row in deep.rows] == [
        "b / conv 1×1, 2",
        "b / conv 3×3, 3",
        "max pool 2×2",
    ]
    assert [row.receptive_field for row in deep.rows] == [(1, 1), (3, 3), (4, 4)]
    assert flat.parameters == deep.parameters == 4 + 30
    assert flat.multiplications == deep.multiplications == 64 * (2 + 27)


def test_the_walk_of_a_small_network():
    walk = [Conv(12, 3, padding=1), Pointwise(), Pool(2), Flatten(), Linear(10)]
    rows = shapes.table(walk, RGB).rows
    assert [row.output_shape for row in rows] == [
        (12, 32, 32),
        (12, 32, 32),
        (12, 16, 16),
        (3072,),
        (10,),
    ]


def test_global_and_adaptive_pooling_fix_the_size():
    assert AdaptivePool(4).output_shape((256, 13, 11)) == (256, 4, 4)
    assert shapes.receptive_field([AdaptivePool(1)], (1, 9, 7)) == (9, 7)


def test_transposed_layer_counts():
    layer = ConvTranspose(5, 4, stride=3)
    assert layer.output_shape((2, 2, 2)) == (5, 7, 7)
    assert layer.parameters((2, 2, 2)) == 5 * (2 * 16 + 1)
    assert layer.multiplications((2, 2, 2)) == 2 * 2 * 2 * 5 * 16


def test_a_table_is_a_table_for_screen_readers():
    html = shapes.table([Conv(8, 3)], (1, 28, 28))._repr_html_()
    assert html.count('<th scope="col">') == 5
    assert '<th scope="row">conv 3×3, 8</th><td>8×26×26</td><td>80</td>' in html


def test_a_table_without_layers_is_its_input():
    empty = shapes.table([], (3, 4, 5))
    assert empty.output_shape == (3, 4, 5)
    assert empty.parameters == 0


@pytest.mark.parametrize(
    ("stack", "sentence"),
    [
        (
            [Conv(4, 3), Pool(2), Conv(4, 3)],
            "Layer 2 (conv 3×3, 4): A kernel that spans 3 pixels does not fit an input of 1",
        ),
        (
            [Linear(10)],
            "Layer 0 (linear, 10): linear, 10: needs one row of features, got (3, 5, 4)",
        ),
        ([Flatten(), Conv(4, 3)], "needs an input of shape (channels, height, width), got (60,)"),
        ([Conv(4, 3, groups=2)], "2 groups must divide the 3 channels and the 4 filters"),
        (
            [Block("b", ((Conv(2, 1),), (Conv(2, 3),)))],
            "b: the paths end in [(2, 5, 4), (2, 3, 2)], which do not concat",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_named(stack, sentence):
    with pytest.raises(ShapeError) as caught:
        shapes.table(stack, (3, 5, 4))
    assert sentence in str(caught.value)


@pytest.mark.parametrize("tail", [Flatten(), ConvTranspose(1, 3)])
def test_some_stacks_have_no_single_receptive_field(tail):
    with pytest.raises(ShapeError, match=r"sees the whole input|changes from pixel to pixel"):
        shapes.receptive_field([Conv(1, 3), tail], (1, 9, 9))


def test_a_table_goes_on_after_a_transposed_convolution():
    network = [Conv(4, 3), ConvTranspose(2, 4, stride=2), Conv(1, 3), Flatten(), Linear(5)]
    printed = str(shapes.table(network, (1, 8, 8))).splitlines()
    assert [line.split()[-1] for line in printed[3:8]] == ["3×3", "varies", "varies", "all", "all"]
