"""Losses against SciPy, and steps against the formulas of the papers written out by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import special

from cnnlab import nn
from cnnlab.errors import ArgumentError, ShapeError, StateError


def test_cross_entropy_is_the_mean_of_scipys_log_softmax(rng):
    scores, target = rng.normal(size=(5, 7)) * 10, rng.integers(0, 7, 5)
    expected = -special.log_softmax(scores, axis=1)[np.arange(5), target].mean()
    assert_allclose(nn.CrossEntropyLoss()(scores, target), expected, rtol=1e-12)


def test_cross_entropy_backward_is_p_minus_y_over_n(rng):
    scores, target, loss = rng.normal(size=(5, 7)), rng.integers(0, 7, 5), nn.CrossEntropyLoss()
    loss(scores, target)
    expected = (special.softmax(scores, axis=1) - np.eye(7)[target]) / 5
    assert_allclose(loss.backward(), expected, atol=1e-15)


def test_cross_entropy_backward_is_the_derivative(rng):
    scores, target, loss = rng.normal(size=(5, 7)), rng.integers(0, 7, 5), nn.CrossEntropyLoss()
    u = rng.normal(size=(5, 7))
    numeric = (loss(scores + 1e-6 * u, target) - loss(scores - 1e-6 * u, target)) / 2e-6
    loss(scores, target)
    assert_allclose(np.vdot(loss.backward(), u), numeric, rtol=1e-7)


def test_large_scores_do_not_overflow():
    loss = nn.CrossEntropyLoss()
    assert loss(np.array([[1000.0, 0.0]]), np.array([0])) == 0
    assert loss(np.array([[1000.0, 0.0]]), np.array([1])) == 1000
    assert np.isfinite(loss.backward()).all()


def test_ten_equal_scores_cost_ln_ten():
    assert_allclose(nn.CrossEntropyLoss()(np.ones((3, 10)), np.array([1, 2, 3])), np.log(10))


@pytest.mark.parametrize(
    ("scores", "target", "error", "sentence"),
    [
        (np.zeros((2, 3)), np.array([0, 3]), ArgumentError, "Labels must lie from 0 to 2"),
        (np.zeros((2, 3)), np.array([-1, 0]), ArgumentError, "got -1 to 0"),
        (np.zeros((2, 3)), np.array([0, np.nan]), ArgumentError, "whole numbers, got float64"),
        (np.zeros((2, 3)), np.eye(3)[:2], ShapeError, "One-hot labels: pass labels.argmax(axis=1)"),
        (np.zeros((0, 3)), np.array([], int), ShapeError, "N of at least 1"),
        (np.zeros(3), np.array([0]), ShapeError, "Scores must be (N, K)"),
    ],
)
def test_labels_that_do_not_fit_are_refused(scores, target, error, sentence):
    with pytest.raises(error) as caught:
        nn.CrossEntropyLoss()(scores, target)
    assert sentence in str(caught.value)


def test_a_gradient_needs_a_loss():
    with pytest.raises(StateError, match="Call the loss once"):
        nn.CrossEntropyLoss().backward()


@pytest.fixture
def network(rng):
    """Two parameters, with gradients that a test sets by hand."""
    return nn.Sequential(nn.Linear(2, 1, rng=rng).astype(np.float64))


def steps(network, optimizer, gradients):
    """The weight after each of several steps with given gradients."""
    layer, seen = network[0], []
    layer.weight[:], layer.bias[:] = [[1.0, -2.0]], 0
    for gradient in gradients:
        layer.gradients = {"weight": np.array([gradient]), "bias": np.zeros(1)}
        optimizer.step()
        seen.append(layer.weight[0].copy())
    return np.array(seen)


GRADIENTS = [[0.5, 1.0], [-1.0, 2.0], [0.25, 0.0]]


def test_sgd_goes_down_the_gradient(network):
    moved = steps(network, nn.SGD(network, lr=0.1), GRADIENTS)
    assert_allclose(moved, [[0.95, -2.1], [1.05, -2.3], [1.025, -2.3]])


def test_momentum_remembers_nine_tenths(network):
    moved = steps(network, nn.SGD(network, lr=0.1, momentum=0.9), GRADIENTS)
    velocity = [[0.5, 1.0], [0.45 - 1.0, 0.9 + 2.0], [-0.495 + 0.25, 2.61]]
    assert_allclose(moved, [1.0, -2.0] - 0.1 * np.cumsum(velocity, axis=0))


def test_weight_decay_pulls_towards_zero(network):
    moved = steps(network, nn.SGD(network, lr=0.1, weight_decay=0.5), [[0.0, 0.0]])
    assert_allclose(moved, [[0.95, -1.9]])


def test_adams_first_step_is_the_learning_rate_in_every_direction(network):
    moved = steps(network, nn.Adam(network, lr=0.01), [[1e-3, -50.0]])
    assert_allclose(moved, [[0.99, -1.99]], rtol=1e-6)


def test_adam_follows_algorithm_1(network):
    moved = steps(network, nn.Adam(network, 0.1, (0.8, 0.9), 1e-3, 0.5), GRADIENTS)
    weight, m, v = np.array([1.0, -2.0]), np.zeros(2), np.zeros(2)
    for t, gradient in enumerate(GRADIENTS, start=1):
        g = np.array(gradient) + 0.5 * weight
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g**2
        weight = weight - 0.1 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.9**t)) + 1e-3)
        assert_allclose(moved[t - 1], weight)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda n: nn.SGD(n, lr=0), "SGD: lr must be above 0, got 0"),
        (lambda n: nn.SGD(n, lr=float("nan")), "lr must be above 0, got nan"),
        (lambda n: nn.SGD(n, 0.1, momentum=1), "momentum must be at least 0 and below 1, got 1"),
        (lambda n: nn.SGD(n, 0.1, weight_decay=-1), "weight_decay must be at least 0, got -1"),
        (lambda n: nn.Adam(n, betas=(0.9, 1)), "betas must be at least 0 and below 1"),
    ],
)
def test_wrong_settings_are_refused(call, sentence, network):
    with pytest.raises(ArgumentError) as caught:
        call(network)
    assert sentence in str(caught.value)


def test_a_step_needs_gradients(network):
    with pytest.raises(StateError, match=r"Linear\(2, 1\) has no gradient of its weight yet"):
        nn.SGD(network, 0.1).step()
