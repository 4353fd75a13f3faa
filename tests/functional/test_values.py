"""Values worked by hand, and figures of the course, for activations, losses and resizing."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal


def test_relu_of_the_course(tier):
    assert_array_equal(tier.relu(np.array([2.24, -2.24, 0])), [2.24, 0, 0])


def test_sigmoid_and_tanh_saturate_without_a_warning(tier):
    x = np.array([-1e4, -30.0, 0.0, 30.0, 1e4])
    assert_allclose(tier.sigmoid(x), [0, math.exp(-30), 0.5, 1, 1], rtol=1e-12)
    assert_allclose(tier.tanh(x), [-1, -1, 0, 1, 1], rtol=1e-12)


def test_softmax_is_stable_for_large_scores(tier):
    x = np.array([[1000.0, 1000.0, 0.0], [-1e5, 0.0, 1e5]])
    assert_allclose(tier.softmax(x, 1), [[0.5, 0.5, 0], [0, 0, 1]], atol=1e-15)
    expected = [[-math.log(2), -math.log(2), -1000 - math.log(2)], [-2e5, -1e5, 0]]
    assert_allclose(tier.log_softmax(x, 1), expected, rtol=1e-12)


def test_softmax_gives_back_the_probabilities_of_the_course(tier):
    p = np.array([0.0, 0.1, 0.1, 0.75, 0, 0, 0, 0, 0, 0.05])
    with np.errstate(divide="ignore"):
        scores = np.maximum(np.log(p), -1e3)
    assert_allclose(tier.softmax(scores[None], 1)[0], p, atol=1e-12)
    assert p.argmax() == 3


def test_an_untrained_network_of_ten_classes_loses_ln_10(tier, rng):
    target = rng.integers(0, 10, 8)
    assert_allclose(tier.cross_entropy(np.zeros((8, 10)), target), math.log(10), rtol=1e-12)


def test_the_gradient_of_cross_entropy_is_probabilities_minus_targets(tier, rng):
    x, target = rng.normal(size=(3, 4)), np.array([2, 0, 3])
    expected = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True) - np.eye(4)[target]
    assert_allclose(
        tier.cross_entropy_backward(1, x, target, reduction="sum"), expected, rtol=1e-12
    )
    rows = np.eye(4)[target]
    assert_allclose(tier.cross_entropy_backward(1, x, rows, reduction="sum"), expected, rtol=1e-12)


def test_an_ignored_example_changes_nothing(tier, rng):
    x, target = rng.normal(size=(4, 3)), np.array([1, -100, 0, 2])
    counted = [0, 2, 3]
    assert_allclose(tier.cross_entropy(x, target), tier.cross_entropy(x[counted], target[counted]))
    assert not tier.cross_entropy_backward(1, x, target)[1].any()


def test_pad_is_zero_unless_told_otherwise(tier):
    assert_array_equal(tier.pad(np.array([5.0]), (1, 2)), [0, 5, 0, 0])


def test_dropout_keeps_the_mean_and_obeys_its_seed(tier):
    x = np.ones((100, 100))
    y = tier.dropout(x, 0.3, rng=np.random.default_rng(5))
    assert set(np.unique(y)) == {0, 1 / 0.7}
    assert y.mean() == pytest.approx(1, abs=0.02)
    assert_array_equal(tier.dropout(x, 0.3, rng=np.random.default_rng(5)), y)
    assert (tier.dropout(x, 0.3) != tier.dropout(x, 0.3)).any()


def test_dropout_at_its_ends(tier):
    x = np.arange(6.0)
    assert_array_equal(tier.dropout(x, 0.0), x)
    assert_array_equal(tier.dropout(x, 0.9, training=False), x)


def test_certain_silence(tier):
    assert not tier.dropout(np.arange(6.0), 1.0).any()


def test_batch_norm_centres_and_scales_every_channel(tier, rng):
    x = rng.normal(3, 5, size=(6, 2, 4, 3))
    mean, var = np.zeros(2), np.ones(2)
    y = tier.batch_norm(x, mean, var, training=True, momentum=0.25, eps=0)
    assert_allclose(y.mean(axis=(0, 2, 3)), 0, atol=1e-12)
    assert_allclose(y.var(axis=(0, 2, 3)), 1, rtol=1e-12)
    assert_allclose(mean, 0.25 * x.mean(axis=(0, 2, 3)), rtol=1e-12)
    assert_allclose(var, 0.75 + 0.25 * x.var(axis=(0, 2, 3), ddof=1), rtol=1e-12)


def test_two_numbers_are_enough_for_batch_norm(tier):
    y = tier.batch_norm(np.array([[1.0], [3.0]]), None, None, training=True, eps=0)
    assert_array_equal(y, [[-1], [1]])


def test_nearest_upsampling_is_the_kronecker_product_with_ones(tier, rng):
    x = rng.normal(size=(1, 1, 3, 4))
    expected = np.kron(x[0, 0], np.ones((2, 2)))
    assert_array_equal(tier.interpolate(x, scale_factor=2)[0, 0], expected)


def test_interpolation_keeps_a_constant_and_aligned_corners(tier, rng):
    x = rng.normal(size=(1, 2, 4, 5))
    for kwargs in ({"mode": "bilinear"}, {"mode": "bilinear", "align_corners": True}, {}):
        y = tier.interpolate(np.ones_like(x), size=(7, 3), **kwargs)
        assert_allclose(y, 1, rtol=1e-12)
    y = tier.interpolate(x, size=(9, 11), mode="bilinear", align_corners=True)
    assert_allclose(y[..., ::8, ::10], x[..., ::3, ::4], rtol=1e-12)


def test_pixel_shuffle_and_unshuffle_undo_each_other(tier, rng):
    x = rng.normal(size=(2, 12, 3, 5))
    y = tier.pixel_shuffle(x, 2)
    assert y.shape == (2, 3, 6, 10)
    assert_array_equal(tier.pixel_unshuffle(y, 2), x)
