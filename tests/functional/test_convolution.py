"""Convolution layers against sums of SciPy's correlations, in both tiers and every memory order."""

import tracemalloc
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from cnnlab import functional
from cnnlab.functional import _lowering
from tests import oracles

SETTINGS = list(product([1, 2, 3], [0, 1, 3], [1, 2], [1, 2]))
EXACT = {"rtol": 1e-12, "atol": 1e-12}


def batch_last(x):
    """The same numbers with neighbouring images as neighbours in memory."""
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(x, 0, -1)), -1, 0)


def every_other(x):
    """The same numbers, none of them neighbours in memory."""
    return np.repeat(x, 2, axis=-1)[..., ::2]


ORDERS = {"rows": np.ascontiguousarray, "batch last": batch_last, "gaps": every_other}


@pytest.mark.parametrize(("stride", "padding", "dilation", "groups"), SETTINGS)
def test_conv2d_is_a_sum_of_scipy_correlations(tier, stride, padding, dilation, groups, rng):
    x = rng.normal(size=(2, 4, 9, 7))  # odd, unequal sides: transposed bugs show
    w = rng.normal(size=(6, 4 // groups, 3, 2))
    b = rng.normal(size=6)
    expected = oracles.conv_by_scipy(x, w, b, stride, padding, dilation, groups)
    ours = tier.conv2d(x, w, b, stride, padding, dilation, groups)
    assert_allclose(ours, expected, **EXACT)


@pytest.mark.parametrize(("stride", "padding", "dilation", "groups"), SETTINGS)
def test_conv1d_is_a_sum_of_scipy_correlations(tier, stride, padding, dilation, groups, rng):
    x, w, b = (rng.normal(size=size) for size in [(2, 4, 11), (6, 4 // groups, 3), 6])
    expected = oracles.conv_by_scipy(x, w, b, stride, padding, dilation, groups)
    assert_allclose(tier.conv1d(x, w, b, stride, padding, dilation, groups), expected, **EXACT)


@pytest.mark.parametrize(
    ("stride", "padding", "dilation", "groups"),
    [(1, 0, 1, 1), (2, 1, 1, 2), (3, 2, 2, 2), (1, 3, 2, 1)],
)
def test_conv3d_is_a_sum_of_scipy_correlations(tier, stride, padding, dilation, groups, rng):
    x, w, b = (rng.normal(size=size) for size in [(2, 2, 5, 6, 4), (2, 2 // groups, 3, 2, 2), 2])
    expected = oracles.conv_by_scipy(x, w, b, stride, padding, dilation, groups)
    assert_allclose(tier.conv3d(x, w, b, stride, padding, dilation, groups), expected, **EXACT)


def test_settings_may_differ_down_and_across(tier, rng):
    x, w = rng.normal(size=(2, 3, 9, 11)), rng.normal(size=(4, 3, 2, 3))
    expected = oracles.conv_by_scipy(x, w, None, (2, 3), [(1, 1), (2, 2)], (3, 2))
    assert_allclose(tier.conv2d(x, w, None, (2, 3), (1, 2), (3, 2)), expected, **EXACT)


@pytest.mark.parametrize("kernel", [(3, 5), (2, 4), (1, 1), (4, 3)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_keeps_the_size_and_leans_to_the_far_side(tier, kernel, dilation, rng):
    x, w = rng.normal(size=(2, 2, 8, 9)), rng.normal(size=(3, 2, *kernel))
    totals = [dilation * (K - 1) for K in kernel]
    borders = [(total // 2, total - total // 2) for total in totals]
    expected = oracles.conv_by_scipy(x, w, None, 1, borders, dilation)
    ours = tier.conv2d(x, w, padding="same", dilation=dilation)
    assert ours.shape[2:] == x.shape[2:]
    assert_allclose(ours, expected, **EXACT)
    valid = tier.conv2d(x, w, padding="valid", dilation=dilation)
    assert_allclose(valid, oracles.conv_by_scipy(x, w, None, 1, 0, dilation), **EXACT)


def test_one_by_one_kernels_mix_the_channels_of_every_pixel(tier, rng):
    x, w = rng.normal(size=(2, 4, 3, 5)), rng.normal(size=(6, 4))
    expected = np.einsum("oc, nchw -> nohw", w, x)
    assert_allclose(tier.conv2d(x, w[:, :, None, None]), expected, **EXACT)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("groups", [1, 2])
def test_one_by_one_kernels_in_every_memory_order(order, groups, rng):
    x = ORDERS[order](rng.normal(size=(3, 4, 5, 7)))
    g = ORDERS[order](rng.normal(size=(3, 6, 5, 7)))
    w, b = rng.normal(size=(6, 4 // groups, 1, 1)), rng.normal(size=6)
    expected = oracles.conv_by_scipy(x, w, b, groups=groups)
    assert_allclose(functional.conv2d(x, w, b, groups=groups), expected, **EXACT)
    dx = functional.conv2d_input(x.shape, w, g, groups=groups)
    dw = functional.conv2d_weight(x, w.shape, g, groups=groups)
    for k in range(groups):
        c, o = (slice(k * n // groups, (k + 1) * n // groups) for n in (4, 6))
        assert_allclose(dx[:, c], np.einsum("nohw, oc -> nchw", g[:, o], w[o, :, 0, 0]), **EXACT)
        assert_allclose(dw[o, :, 0, 0], np.einsum("nohw, nchw -> oc", g[:, o], x[:, c]), **EXACT)


@st.composite
def convolutions(draw, transposed=False):
    """Arguments of a convolution that fit together: shapes, settings, types and memory order."""
    small = st.integers(1, 3)
    groups, depth, filters, N = draw(small), draw(small), draw(small), draw(st.integers(1, 5))
    kernel = draw(st.tuples(st.integers(1, 4), st.integers(1, 4)))
    stride, dilation = draw(st.tuples(small, small)), draw(st.tuples(small, small))
    padding = draw(st.tuples(st.integers(0, 4), st.integers(0, 4)))
    least = [
        max(1, d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    H, W = (draw(st.integers(n, n + 6)) for n in least)
    dtype, order = (
        draw(st.sampled_from([np.float32, np.float64])),
        draw(st.sampled_from(list(ORDERS))),
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    x = ORDERS[order](rng.normal(size=(N, groups * depth, H, W)).astype(dtype))
    w = rng.normal(size=(groups * filters, depth, *kernel)).astype(dtype)
    b = rng.normal(size=groups * filters).astype(dtype)
    return x, w, b, stride, padding, dilation, groups


@settings(max_examples=150, deadline=None)
@given(
    convolutions(), st.sampled_from([(_lowering.BLOCK, _lowering.COLUMNS), (4000, 20), (500, 7)])
)
def test_any_convolution_and_its_gradients(arguments, limits):
    """<g, conv(x)> is linear in x and in w, so both gradients follow from it, exactly."""
    x, w, b, *rest = arguments
    stride, padding, dilation, groups = rest
    rough = x.dtype == np.float32
    tolerance = {"rtol": 1e-3, "atol": 1e-4} if rough else {"rtol": 1e-11, "atol": 1e-11}
    borders = [(p, p) for p in padding]
    expected = oracles.conv_by_scipy(x, w, b, stride, borders, dilation, groups)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_lowering, "BLOCK", limits[0])  # small limits take small arrays apart, too
        patch.setattr(_lowering, "COLUMNS", limits[1])
        y = functional.conv2d(x, w, b, *rest)
        g = np.random.default_rng(1).normal(size=y.shape).astype(x.dtype)
        g = np.copy(g, order="C") if not _lowering.batch_last(x) else batch_last(g)
        dx = functional.conv2d_input(x.shape, w, g, *rest)
        dw = functional.conv2d_weight(x, w.shape, g, *rest)
    assert y.dtype == dx.dtype == dw.dtype == x.dtype
    assert_allclose(y, expected, **tolerance)
    # every input pixel and every weight, each by its own linear form
    ones = [
        (dx, x, lambda e: oracles.conv_by_scipy(e, w, None, stride, borders, dilation, groups)),
        (dw, w, lambda e: oracles.conv_by_scipy(x, e, None, stride, borders, dilation, groups)),
    ]
    picks = np.random.default_rng(2)
    for gradient, array, form in ones:
        for _ in range(3):
            e = picks.normal(size=array.shape)
            same = {"rtol": 0, "atol": 1e-2 if rough else 1e-9}
            assert_allclose(np.vdot(gradient, e), np.vdot(g, form(e)), **same)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_type_and_memory_order_are_kept(order, dtype, rng):
    x = ORDERS[order](rng.normal(size=(3, 2, 6, 5)).astype(dtype))
    w = rng.normal(size=(4, 2, 3, 3)).astype(dtype)
    y = functional.conv2d(x, w)
    assert y.dtype == dtype
    assert _lowering.batch_last(y) == (order == "batch last")
    dx = functional.conv2d_input(x.shape, w, y)
    assert dx.dtype == dtype
    assert _lowering.batch_last(dx) == (order == "batch last")


@pytest.mark.parametrize(
    ("image", "weight", "result"),
    [
        (np.uint8, np.uint8, np.float64),
        (np.uint8, np.float32, np.float32),
        (np.int64, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.float16, np.float16, np.float32),
        (bool, np.float64, np.float64),
    ],
)
def test_integers_follow_the_other_array(image, weight, result):
    x, w = np.full((1, 1, 2, 2), 200).astype(image), np.full((1, 1, 2, 2), 2).astype(weight)
    y = functional.conv2d(x, w)
    assert y.dtype == result
    assert y.item() == 4 * float(x.flat[0]) * float(w.flat[0])  # no wrap-around at 256


def test_an_empty_batch_gives_an_empty_result():
    x, w = np.zeros((0, 3, 8, 8), np.float32), np.ones((4, 3, 3, 3), np.float32)
    y = functional.conv2d(x, w, padding=1)
    assert (y.shape, y.dtype) == ((0, 4, 8, 8), np.float32)
    assert functional.conv2d_input(x.shape, w, y, padding=1).shape == x.shape
    assert_array_equal(functional.conv2d_weight(x, w.shape, y, padding=1), np.zeros(w.shape))


def test_arguments_are_left_alone(tier, rng):
    arrays = [rng.normal(size=size) for size in [(2, 4, 6, 5), (4, 2, 3, 3), 4]]
    copies = [array.copy() for array in arrays]
    tier.conv2d(*arrays, padding=1, groups=2)
    for array, copy in zip(arrays, copies, strict=True):
        assert_array_equal(array, copy)


SHAPES = [
    ((64, 6, 14, 14), 16, 5, {}),
    ((32, 32, 32, 32), 64, 3, {"padding": 1}),
    ((8, 64, 56, 56), 64, 3, {"padding": 1}),
    ((8, 64, 56, 56), 128, 3, {"stride": 2}),
    ((8, 64, 28, 28), 64, 3, {"dilation": 2}),
    ((8, 128, 28, 28), 128, 3, {"groups": 128}),
    ((8, 256, 28, 28), 64, 1, {}),
    ((1, 1, 1024, 1024), 1, 5, {}),
    ((1, 1, 512, 512), 1, 31, {}),
]


@pytest.mark.parametrize("order", ["rows", "batch last"])
@pytest.mark.parametrize(("size", "filters", "kernel", "settings"), SHAPES)
def test_a_forward_pass_needs_4_megabytes_beside_input_and_output(
    size, filters, kernel, settings, order
):
    x = ORDERS[order](np.ones(size, np.float32))
    w = np.ones((filters, size[1] // settings.get("groups", 1), kernel, kernel), np.float32)
    tracemalloc.start()
    try:
        y = functional.conv2d(x, w, **settings)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert y.max() == w[0].size
    assert peak - y.nbytes <= 4 * 2**20
