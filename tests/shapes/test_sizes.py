"""Output sizes against an oracle without formulas: count the windows by laying them down."""

from itertools import product

import pytest

from cnnlab.errors import ArgumentError, ShapeError
from cnnlab.shapes import conv_output_size, conv_transpose_output_size, pool_output_size


def counted_windows(size, kernel, stride, padding, dilation):
    """Lay the kernel down at every stride-th place and count those that lie inside."""
    inside = set(range(size + 2 * padding))
    starts = range(0, size + 2 * padding, stride)
    return sum({start + tap * dilation for tap in range(kernel)} <= inside for start in starts)


SMALL = list(product(range(1, 9), range(1, 5), range(1, 4), range(3), range(1, 3)))


def test_conv_output_size_counts_the_windows():
    fitting = 0
    for setting in SMALL:
        if expected := counted_windows(*setting):
            fitting += 1
            assert conv_output_size(*setting) == expected, setting
        else:
            with pytest.raises(ShapeError):
                conv_output_size(*setting)
    assert fitting > 400


@pytest.mark.parametrize(
    ("special", "expected"),
    [
        (lambda i, k: conv_output_size(i, k), lambda i, k: i - k + 1),
        (lambda i, k: conv_output_size(i, k, padding=2), lambda i, k: i - k + 2 * 2 + 1),
        (lambda i, k: conv_output_size(i, k, padding=k // 2), lambda i, k: i),
        (lambda i, k: conv_output_size(i, k, padding=k - 1), lambda i, k: i + k - 1),
        (lambda i, k: conv_output_size(i, k, 2), lambda i, k: (i - k) // 2 + 1),
        (lambda i, k: conv_output_size(i, k, 3, 1), lambda i, k: (i + 2 - k) // 3 + 1),
    ],
    ids=["no padding", "any padding", "half", "full", "any stride", "both"],
)
def test_the_six_special_cases(special, expected):
    for size, kernel in product(range(5, 12), [1, 3, 5]):
        assert special(size, kernel) == expected(size, kernel)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [((32, 3, 1, 0), 30), ((7, 3, 2), 3), ((6, 3, 2, 1), 3), ((5, 3, 2, 1), 3), ((227, 11, 4), 55)],
)
def test_sizes_of_the_course(arguments, expected):
    assert conv_output_size(*arguments) == expected


def test_valid_adds_nothing_and_same_keeps_the_size():
    assert conv_output_size(9, 4, padding="valid") == 6
    assert conv_output_size(9, 4, padding="same") == 9


def covered_pixels(size, kernel, stride, padding, dilation):
    """Lay the kernel on the output once an input pixel; count the pixels that stay."""
    touched = {
        place * stride + tap * dilation for place, tap in product(range(size), range(kernel))
    }
    return max(touched) + 1 - 2 * padding


def test_transposed_size_counts_the_pixels_that_the_kernels_touch():
    for setting in SMALL:
        expected = covered_pixels(*setting)
        size, kernel, stride, padding, dilation = setting
        arguments = (size, kernel, stride, padding, 0, dilation)
        if expected >= 1:
            assert conv_transpose_output_size(*arguments) == expected, setting
        else:
            with pytest.raises(ShapeError, match="cuts the whole output away"):
                conv_transpose_output_size(*arguments)


def test_transposed_size_comes_back_for_one_output_padding():
    for size, kernel, stride in product(range(4, 12), [3, 4], [1, 2, 3]):
        small = conv_output_size(size, kernel, stride, 1)
        back = [conv_transpose_output_size(small, kernel, stride, 1, p) for p in range(stride)]
        assert size in back


def test_two_by_two_with_kernel_four_and_stride_three_gives_seven():
    assert conv_transpose_output_size(2, 4, stride=3) == 7
    assert conv_output_size(5, 3, 2) == 2
    assert conv_transpose_output_size(2, 3, stride=2) == 5


def counted_pools(size, kernel, stride, padding, ceil_mode):
    """Windows that fit; with ceil_mode one more, if it sees a pixel or the padding before it."""
    fitting = counted_windows(size, kernel, stride, padding, 1)
    last_seen = (fitting - 1) * stride + kernel
    left_out = last_seen < size + 2 * padding
    return fitting + (ceil_mode and left_out and fitting * stride < size + padding)


def test_pool_output_size_counts_the_windows():
    for size, kernel, stride, padding, ceil in product(
        range(3, 12), range(1, 4), range(1, 5), range(2), [False, True]
    ):
        if 2 * padding <= kernel:
            expected = counted_pools(size, kernel, stride, padding, ceil)
            got = pool_output_size(size, kernel, stride, padding, ceil_mode=ceil)
            assert got == expected, (size, kernel, stride, padding, ceil)


def test_spatial_pyramid_bins_of_a_13_by_13_map():
    assert pool_output_size(13, 5, 4) == 3
    assert pool_output_size(13, 7, 6) == 2
    assert pool_output_size(13, 13, 13) == 1


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: conv_output_size(5, 3, 0), ArgumentError, "stride must be a whole number of at"),
        (lambda: conv_output_size(0, 3), ArgumentError, "size must be a whole number"),
        (lambda: conv_output_size(5, 2.5), ArgumentError, "got 2.5"),
        (lambda: conv_output_size(5, 3, padding=-1), ArgumentError, 'or "valid" or "same"; got -1'),
        (lambda: conv_output_size(5, 3, padding="full"), ArgumentError, "got 'full'"),
        (lambda: conv_output_size(5, 3, 2, "same"), ArgumentError, "needs stride 1, got stride 2"),
        (
            lambda: conv_output_size(4, 3, 1, 0, 3),
            ShapeError,
            "spans 7 pixels does not fit an input of 4 with 0 padded on either side. Use a smaller "
            "kernel or at least 2 more padding",
        ),
        (
            lambda: conv_transpose_output_size(3, 3, 2, 0, 2),
            ArgumentError,
            "smaller than the stride or the dilation (2), got 2",
        ),
        (lambda: pool_output_size(8, 2, padding=2), ArgumentError, "at most half its kernel size"),
    ],
)
def test_wrong_numbers_are_told_what_was_expected(call, error, sentence):
    with pytest.raises(error) as caught:
        call()
    assert sentence in str(caught.value)
