"""Pooling against windows written out one by one, and against the figures of the course."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnlab import functional
from cnnlab.functional import _lowering
from tests import oracles
from tests.functional.test_convolution import ORDERS

IMAGE = np.array([[[[12, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]]]])


def test_max_pooling_keeps_the_largest_of_every_block(tier):
    assert_array_equal(tier.max_pool2d(IMAGE, 2), [[[[20, 30], [112, 37]]]])
    assert tier.max_pool2d(np.zeros((1, 8, 26, 26)), 2).shape == (1, 8, 13, 13)


def test_average_pooling_takes_the_mean_of_every_block(tier):
    assert_array_equal(tier.avg_pool2d(IMAGE, 2), [[[[13, 8], [79, 19.5]]]])
    assert tier.avg_pool2d(np.zeros((1, 1, 20, 20)), 10).shape == (1, 1, 2, 2)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_border_is_never_the_maximum_of_negative_numbers(tier, stride):
    x = -np.arange(1.0, 31.0).reshape(1, 1, 5, 6)
    y, indices = tier.max_pool2d(x, 3, stride, padding=1, return_indices=True)
    assert y.max() < 0
    assert_array_equal(x.ravel()[indices], y)


def test_the_first_of_equal_maxima_gets_the_gradient(tier):
    x = np.ones((1, 1, 4, 4))
    _, indices = tier.max_pool2d(x, 2, return_indices=True)
    assert_array_equal(indices, [[[[0, 2], [8, 10]]]])
    gradient = tier.max_pool2d_backward(np.ones((1, 1, 2, 2)), indices, x.shape)
    assert_array_equal(gradient.ravel().nonzero()[0], [0, 2, 8, 10])


def test_overlapping_windows_add_up_in_their_common_maximum(tier):
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 2] = 1
    _, indices = tier.max_pool2d(x, 3, 2, return_indices=True)
    gradient = tier.max_pool2d_backward(np.array([[[[1, 10], [100, 1000]]]]), indices, x.shape)
    assert gradient[0, 0, 2, 2] == gradient.sum() == 1111


def test_a_plane_of_minus_infinity_still_has_indices_inside(tier):
    x = np.full((1, 1, 3, 3), -np.inf)
    y, indices = tier.max_pool2d(x, 2, 2, padding=1, return_indices=True)
    assert np.isneginf(y).all()
    assert_array_equal(indices, [[[[0, 1], [3, 4]]]])


def test_nan_wins_every_window_that_holds_it(tier):
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    x[0, 0, 1, 1] = np.nan
    assert_array_equal(np.isnan(tier.max_pool2d(x, 2)), [[[[True, False], [False, False]]]])
    assert_array_equal(np.isnan(tier.avg_pool2d(x, 2)), [[[[True, False], [False, False]]]])


@st.composite
def poolings(draw):
    """An image with many ties, and a window that fits it."""
    kernel = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    stride, dilation = (draw(st.tuples(st.integers(1, 3), st.integers(1, 3))) for _ in "sd")
    least = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    H, W = (draw(st.integers(n, n + 5)) for n in least)
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    x = rng.integers(-2, 3, (draw(st.integers(1, 3)), 2, H, W))
    dtype = draw(st.sampled_from([np.float32, np.float64]))
    return (
        ORDERS[draw(st.sampled_from(list(ORDERS)))](x.astype(dtype)),
        kernel,
        stride,
        padding,
        dilation,
    )


@settings(max_examples=100, deadline=None)
@given(poolings())
def test_any_max_pooling(arguments):
    x, *window = arguments
    every = oracles.windows_of(x, *window, fill=-np.inf)
    positions = np.arange(x.shape[2] * x.shape[3]).reshape(1, 1, *x.shape[2:])
    places = oracles.windows_of(positions, *window, fill=-1)
    y, indices = functional.max_pool2d(x, *window, return_indices=True)
    first = every.argmax(axis=-1)[..., None]
    assert_array_equal(y, every.max(axis=-1))
    assert_array_equal(
        indices, np.take_along_axis(np.broadcast_to(places, every.shape), first, -1)[..., 0]
    )
    assert_array_equal(functional.max_pool2d(x, *window), y)
    assert y.dtype == x.dtype
    assert _lowering.batch_last(y) == _lowering.batch_last(x) or y.size == len(y)


@settings(max_examples=100, deadline=None)
@given(poolings(), st.booleans())
def test_any_average_pooling(arguments, count_include_pad):
    x, kernel, stride, padding, _ = arguments
    window = kernel, stride, padding, (1, 1)
    sums = oracles.windows_of(x, *window, fill=0).sum(axis=-1)
    counts = oracles.windows_of(np.ones_like(x), *window, fill=0).sum(axis=-1)
    expected = sums / (np.prod(kernel) if count_include_pad else counts)
    y = functional.avg_pool2d(x, kernel, stride, padding, count_include_pad=count_include_pad)
    assert_allclose(y, expected, rtol=1e-5, atol=1e-6)
    assert y.dtype == x.dtype


@pytest.mark.parametrize(
    ("size", "n", "window", "stride"),
    [(13, 4, 4, 3), (13, 3, 5, 4), (13, 2, 7, 6), (13, 1, 13, 13)],
)
def test_pyramid_windows_of_the_paper(tier, size, n, window, stride, rng):
    x = rng.normal(size=(2, 3, size, size))
    expected = tier.max_pool2d(x, window, stride)
    assert expected.shape[2:] == (n, n)
    y = tier.spatial_pyramid_pool2d(x, (n,), "sliding")
    assert_array_equal(y.reshape(2, 3, n, n), expected)


def test_a_pyramid_has_one_length_for_every_image_size(tier, rng):
    for size in [(13, 13), (10, 17), (4, 5)]:
        y = tier.spatial_pyramid_pool2d(rng.normal(size=(1, 2, *size)))
        assert y.shape == (1, 2 * 21)
    assert functional.spatial_pyramid_pool2d(np.zeros((1, 256, 13, 13))).size == 21 * 256


def test_sliding_edges_miss_the_last_row_and_column_and_adaptive_edges_do_not(tier):
    x = np.zeros((1, 1, 14, 14))
    x[0, 0, 13, :] = x[0, 0, :, 13] = 1
    assert tier.spatial_pyramid_pool2d(x, (4,), "sliding").max() == 0
    adaptive = tier.spatial_pyramid_pool2d(x, (4,), "adaptive").reshape(4, 4)
    assert_array_equal(adaptive, [[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 1], [1, 1, 1, 1]])


@pytest.mark.parametrize(("OH", "OW"), list(product([1, 3, 7, 10], [2, 5])))
def test_adaptive_bins_leave_no_pixel_out(tier, OH, OW, rng):
    x = rng.normal(size=(1, 1, 7, 5))
    y, indices = tier.adaptive_max_pool2d(x, (OH, OW), return_indices=True)
    assert y.max() == x.max()
    assert_array_equal(x.ravel()[indices], y)
    ones = tier.adaptive_avg_pool2d_backward(np.ones((1, 1, OH, OW)), x.shape)
    assert (ones > 0).all()
    assert ones.sum() == pytest.approx(OH * OW)


def test_adaptive_bins_that_divide_the_size_are_blocks(tier, rng):
    x = rng.normal(size=(2, 3, 6, 8))
    blocks = x.reshape(2, 3, 3, 2, 4, 2)
    assert_allclose(tier.adaptive_avg_pool2d(x, (3, 4)), blocks.mean(axis=(3, 5)), rtol=1e-12)
    assert_array_equal(
        tier.adaptive_max_pool2d(x, (3, None))[..., ::8], blocks.max(axis=3)[..., :1, 0]
    )
    assert_allclose(tier.global_avg_pool2d(x)[..., 0, 0], x.mean(axis=(2, 3)), rtol=1e-12)
    assert_array_equal(tier.global_max_pool2d(x)[..., 0, 0], x.max(axis=(2, 3)))


def test_unpooling_puts_the_maxima_back_and_pools_to_them_again(tier, rng):
    x = np.abs(rng.normal(size=(2, 3, 6, 8)))
    y, indices = tier.max_pool2d(x, 2, return_indices=True)
    z = tier.max_unpool2d(y, indices, 2)
    assert_array_equal(z[z > 0], x[z > 0])
    assert (z > 0).sum() == y.size
    assert_array_equal(tier.max_pool2d(z, 2), y)


def test_average_gradient_is_the_kronecker_product_with_ones(tier, rng):
    g = rng.normal(size=(1, 1, 3, 4))
    expected = np.kron(g[0, 0], np.ones((2, 2)) / 4)
    assert_allclose(tier.avg_pool2d_backward(g, (1, 1, 6, 8), 2)[0, 0], expected, rtol=1e-12)


@pytest.mark.parametrize("order", ORDERS)
def test_gradients_and_unpooling_keep_the_memory_order(order, rng):
    x = ORDERS[order](rng.normal(size=(3, 2, 6, 5)))
    y, indices = functional.max_pool2d(x, 2, 1, return_indices=True)
    dx = functional.max_pool2d_backward(y, indices, x.shape)
    plain = functional.max_pool2d_backward(np.array(y, order="C"), indices, x.shape)
    assert_allclose(dx, plain, rtol=1e-12)
    y, indices = functional.max_pool2d(x, 2, return_indices=True)
    z = functional.max_unpool2d(y, indices, 2, output_size=(6, 5))
    assert_array_equal(functional.max_unpool2d_backward(z, indices), y)
    average = functional.avg_pool2d_backward(y, x.shape, 2)
    last = order == "batch last"
    assert [_lowering.batch_last(array) for array in (y, dx, z, average)] == [last] * 4


def test_empty_batches_stay_empty():
    x = np.zeros((0, 3, 6, 6), np.float32)
    assert functional.max_pool2d(x, 2).shape == (0, 3, 3, 3)
    assert functional.avg_pool2d(x, 2).shape == (0, 3, 3, 3)
    assert functional.adaptive_avg_pool2d(x, 2).shape == (0, 3, 2, 2)
    assert functional.adaptive_max_pool2d(x, 2).shape == (0, 3, 2, 2)
    y, indices = functional.max_pool2d(x, 2, return_indices=True)
    assert functional.max_pool2d_backward(y, indices, x.shape).shape == x.shape
    assert functional.max_unpool2d(y, indices, 2).shape == x.shape
    assert functional.spatial_pyramid_pool2d(x).shape == (0, 3 * 21)
