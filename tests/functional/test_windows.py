"""Unfolding, matrices, transposed and locally connected layers: several roads, one result."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cnnlab import functional
from tests import oracles

EXACT = {"rtol": 1e-11, "atol": 1e-11}
SETTINGS = [
    {},
    {"stride": 2, "padding": 1},
    {"padding": 2, "dilation": 2},
    {"stride": 3, "padding": 4, "dilation": 2},
]


@pytest.mark.parametrize("kwargs", SETTINGS)
def test_a_convolution_is_one_product_of_matrices(tier, kwargs, rng):
    x, w = rng.normal(size=(2, 3, 7, 6)), rng.normal(size=(4, 3, 3, 2))
    columns = tier.unfold(x, (3, 2), **kwargs)
    expected = oracles.conv_by_scipy(x, w, **kwargs)
    assert_allclose((w.reshape(4, -1) @ columns).reshape(expected.shape), expected, **EXACT)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("kwargs", [*SETTINGS, {"padding": "same"}])
def test_the_matrix_of_a_convolution_and_its_transpose(tier, kwargs, groups, rng):
    x, w = rng.normal(size=(1, 4, 7, 6)), rng.normal(size=(4, 4 // groups, 3, 2))
    A = tier.conv2d_matrix(x.shape[1:], w, groups=groups, **kwargs)
    scipy_kwargs = (
        kwargs | {"padding": [(1, 1), (0, 1)]} if kwargs.get("padding") == "same" else kwargs
    )
    y = oracles.conv_by_scipy(x, w, groups=groups, **scipy_kwargs)
    assert_allclose(A @ x.ravel(), y.ravel(), **EXACT)
    dx = functional.conv2d_input(x.shape, w, y, groups=groups, **kwargs)
    assert_allclose(A.T @ y.ravel(), dx.ravel(), **EXACT)


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize(
    ("stride", "padding", "extra", "dilation"),
    [
        (1, 0, 0, 1),
        (2, 0, 1, 1),
        (3, 1, 2, 1),
        (2, 2, 1, 2),
        (1, 1, 1, 3),
        ((2, 3), (1, 0), (0, 2), 1),
    ],
)
def test_transposed_convolution_is_zeros_between_pixels_then_a_full_convolution(
    tier, stride, padding, extra, dilation, groups, rng
):
    x, w, b = (
        rng.normal(size=(2, 4, 4, 5)),
        rng.normal(size=(4, 6 // groups, 3, 2)),
        rng.normal(size=6),
    )
    expected = oracles.conv_transpose_by_scipy(x, w, b, stride, padding, extra, groups, dilation)
    ours = tier.conv_transpose2d(x, w, b, stride, padding, extra, groups, dilation)
    assert_allclose(ours, expected, **EXACT)
    if isinstance(stride, int):
        x, w = x[:, :, 0], w[:, :, 0]
        expected = oracles.conv_transpose_by_scipy(
            x, w, b, stride, padding, extra, groups, dilation
        )
        ours = tier.conv_transpose1d(x, w, b, stride, padding, extra, groups, dilation)
        assert_allclose(ours, expected, **EXACT)


def test_sizes_of_transposed_convolutions(tier):
    def size(n, k, **kwargs):
        return tier.conv_transpose2d(np.ones((1, 1, n, n)), np.ones((1, 1, k, k)), **kwargs).shape[
            2:
        ]

    assert size(2, 4, stride=3) == (7, 7)
    assert size(2, 3, stride=2) == (5, 5)
    assert tier.conv2d(np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3)), stride=2).shape[2:] == (2, 2)
    for before in (5, 6):  # both become 2 under stride 3: output_padding says which one comes back
        n = tier.conv2d(np.ones((1, 1, before, before)), np.ones((1, 1, 2, 2)), stride=3).shape[2]
        assert size(n, 2, stride=3, output_padding=before - 5) == (before, before)


def test_overlaps_are_uneven_unless_the_stride_divides_the_kernel(tier):
    def overlaps(k):
        y = tier.conv_transpose1d(np.ones((1, 1, 6)), np.ones((1, 1, k)), stride=2)
        return set(y[0, 0, k : 1 - k])

    assert overlaps(3) == {1, 2}
    assert overlaps(5) == {2, 3}
    assert overlaps(4) == {2}


def test_equal_weights_everywhere_make_a_convolution(tier, rng):
    x, w, b = rng.normal(size=(2, 3, 7, 6)), rng.normal(size=(4, 3, 3, 2)), rng.normal(size=4)
    for kwargs in SETTINGS:
        expected = oracles.conv_by_scipy(x, w, b, **kwargs)
        out = expected.shape[2:]
        weight = np.broadcast_to(w, (*out, *w.shape))
        bias = np.broadcast_to(b[:, None, None], (4, *out))
        assert_allclose(tier.conv2d_local(x, weight, bias, **kwargs), expected, **EXACT)


def test_other_weights_in_one_place_change_that_place_alone(tier, rng):
    x, w = rng.normal(size=(2, 3, 5, 4)), rng.normal(size=(3, 3, 2, 3, 3, 2))
    before = tier.conv2d_local(x, w)
    w[1, 2] += 1
    changed = (tier.conv2d_local(x, w) != before).any(axis=(0, 1))
    assert_array_equal(np.argwhere(changed), [[1, 2]])


def test_fold_counts_how_often_a_pixel_is_used(tier):
    ones = tier.unfold(np.ones((1, 1, 5, 5)), 3)
    counts = tier.fold(ones, 5, 3)[0, 0]
    expected = np.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1])
    assert_array_equal(counts, expected)  # a corner is seen once, the middle nine times
