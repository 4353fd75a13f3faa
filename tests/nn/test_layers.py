"""The other layers against `naive`, hand-worked numbers and central differences."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from cnnlab import naive, nn
from cnnlab.errors import ArgumentError, ShapeError
from tests.nn.gradients import assert_backward_is_the_derivative

# kernel_size, stride, padding: tiles, overlap, gaps, a rest, a border, and as many taps as pixels
POOLS = [
    ((3, 4), 3, 0),
    (2, None, 0),
    ((3, 2), None, 0),
    (3, 2, 0),
    (3, 1, 1),
    ((2, 1), (3, 2), 0),
    ((4, 3), (2, 3), (2, 1)),
]
pools = pytest.mark.parametrize("setting", POOLS, ids=str)


@pools
def test_max_pooling_is_the_maximum_in_loops(setting, rng):
    x = rng.normal(size=(2, 3, 9, 8)) - 5  # all negative: a border of zeros would win
    assert_array_equal(nn.MaxPool2d(*setting)(x), naive.max_pool2d(x, *setting))


@pools
def test_average_pooling_is_the_mean_in_loops(setting, rng):
    x = rng.normal(size=(2, 3, 9, 8))
    assert_allclose(nn.AvgPool2d(*setting)(x), naive.avg_pool2d(x, *setting), rtol=1e-12)


@pools
@pytest.mark.parametrize("layer", [nn.MaxPool2d, nn.AvgPool2d])
def test_pooling_backward_is_the_derivative(layer, setting, rng):
    x = rng.permutation(2.0 * 3 * 9 * 8 * np.arange(2 * 3 * 9 * 8)).reshape(2, 3, 9, 8) / 400
    assert_backward_is_the_derivative(layer(*setting), x, rng, rtol=1e-5)


def test_of_equal_numbers_the_first_row_by_row_gets_the_gradient():
    x = np.array([[1.0, 5.0], [5.0, 2.0]]).reshape(1, 1, 2, 2)
    pool = nn.MaxPool2d(2)
    pool(x)
    assert_array_equal(pool.backward(np.full((1, 1, 1, 1), 7.0))[0, 0], [[0, 7], [0, 0]])


@pools
def test_tied_maxima_get_the_gradient_that_naive_gives_them(setting, rng):
    x = rng.integers(0, 3, size=(2, 3, 9, 8)).astype(float)
    pool = nn.MaxPool2d(*setting)
    v = rng.normal(size=pool(x).shape)
    size, indices = setting, naive.max_pool2d(x, *setting, return_indices=True)[1]
    expected = np.zeros((2, 3, 72))
    for n, c in np.ndindex(2, 3):
        np.add.at(expected[n, c], indices[n, c].ravel(), v[n, c].ravel())
    assert_allclose(pool.backward(v), expected.reshape(x.shape), err_msg=str(size))


def test_a_large_window_keeps_its_place(rng):
    """784 taps do not fit in a byte."""
    x = rng.permutation(784.0 * np.ones(784).cumsum()).reshape(1, 1, 28, 28)
    pool = nn.MaxPool2d(28)
    assert pool(x)[0, 0, 0, 0] == x.max()
    assert_array_equal(pool.backward(np.ones((1, 1, 1, 1))), x == x.max())


def test_linear_is_a_matrix_product(rng):
    layer = nn.Linear(5, 3, rng=rng).astype(np.float64)
    layer.bias[:] = [1, 2, 3]
    x = rng.normal(size=(4, 5))
    expected = [[layer.weight[o] @ row + o + 1 for o in range(3)] for row in x]
    assert_allclose(layer(x), expected, rtol=1e-12)


@pytest.mark.parametrize("bias", [True, False])
def test_linear_backward_is_the_derivative(bias, rng):
    layer = nn.Linear(5, 3, bias, rng=rng)
    assert_backward_is_the_derivative(layer, rng.normal(size=(4, 5)), rng)


@pytest.mark.parametrize("layer", [nn.ReLU(), nn.Sigmoid(), nn.Tanh(), nn.Flatten()], ids=repr)
def test_pointwise_backward_is_the_derivative(layer, rng):
    assert_backward_is_the_derivative(layer, rng.normal(size=(2, 3, 4, 5)), rng)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [(nn.Sigmoid(), special.expit), (nn.Tanh(), np.tanh), (nn.ReLU(), lambda x: x * (x > 0))],
)
def test_pointwise_layers_have_scipys_values(layer, expected):
    x = np.linspace(-800, 800, 33).reshape(1, 33)
    assert_allclose(layer(x), expected(x), atol=1e-15)


def test_relu_has_slope_zero_at_zero():
    layer = nn.ReLU()
    layer(np.array([[-1.0, 0.0, 1.0]]))
    assert_array_equal(layer.backward(np.ones((1, 3))), [[0, 0, 1]])


def test_flatten_keeps_the_order_of_numpy(rng):
    x = rng.normal(size=(2, 3, 4, 5))
    assert_array_equal(nn.Flatten()(x), x.reshape(2, -1))


def test_dropout_keeps_the_mean_and_passes_the_gradient_where_it_passed_numbers():
    layer = nn.Dropout(0.3, rng=1)
    y = layer(np.ones((100, 200)))
    assert set(np.unique(y)) == {0.0, 1 / (1 - np.float64(0.3))}
    assert abs((y == 0).mean() - 0.3) < 0.01
    assert_array_equal(layer.backward(np.ones_like(y)), y)
    assert not np.array_equal(layer(np.ones((100, 200))), y)


def test_dropout_in_evaluation_changes_nothing(rng):
    layer, x = nn.Dropout(0.3, rng=1).eval(), rng.normal(size=(3, 4))
    assert_array_equal(layer(x), x)
    assert_array_equal(layer.backward(x), x)


def test_batch_norm_gives_each_channel_mean_0_and_variance_1(rng):
    layer = nn.BatchNorm2d(3).astype(np.float64)
    y = layer(rng.normal(loc=5, scale=7, size=(4, 3, 5, 6)))
    assert_allclose(y.mean(axis=(0, 2, 3)), 0, atol=1e-12)
    assert_allclose(y.var(axis=(0, 2, 3)), 1, rtol=1e-5)


def test_batch_norm_keeps_running_averages_of_the_unbiased_variance(rng):
    layer = nn.BatchNorm2d(2, momentum=0.25).astype(np.float64)
    x, other = rng.normal(size=(2, 3, 2, 4, 5))
    layer(x)
    layer(other)
    mean = 0.25 * (0.75 * x.mean(axis=(0, 2, 3)) + other.mean(axis=(0, 2, 3)))
    var = 0.75 * (0.75 + 0.25 * x.var(axis=(0, 2, 3), ddof=1)) + 0.25 * other.var(
        axis=(0, 2, 3), ddof=1
    )
    assert_allclose(layer.running_mean, mean)
    assert_allclose(layer.running_var, var)


@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_backward_is_the_derivative(training, rng):
    layer = nn.BatchNorm2d(3).astype(np.float64)
    layer(rng.normal(loc=1, size=(4, 3, 5, 2)))
    layer.weight[:], layer.bias[:] = [1, 2, -3], [0.5, 0, 1]
    layer.train(training)
    if training:
        layer.momentum = 0  # the averages must not move between two looks
    assert_backward_is_the_derivative(layer, rng.normal(size=(4, 3, 5, 2)), rng)


def test_batch_norm_in_evaluation_uses_the_running_averages():
    layer = nn.BatchNorm2d(1, eps=1e-12).eval()
    layer.running_mean[:], layer.running_var[:] = 3, 4
    layer.weight[:], layer.bias[:] = 10, 1
    assert_allclose(layer(np.full((1, 1, 1, 1), 5.0)), 11)


def test_he_and_glorot_have_the_variance_of_their_papers():
    he = nn.Conv2d(50, 40, 3, rng=0).weight
    assert_allclose(he.var(), 2 / (50 * 9), rtol=0.03)
    glorot = nn.Linear(300, 200, init="glorot", rng=0).weight
    assert_allclose(glorot.var(), 2 / (300 + 200), rtol=0.03)
    assert abs(glorot).max() <= np.sqrt(6 / 500)
    transposed = nn.ConvTranspose2d(50, 40, 3, rng=0).weight
    assert_allclose(transposed.var(), 2 / (50 * 9), rtol=0.03)


def test_the_same_seed_draws_the_same_weights_in_float32():
    one, two, other = (nn.Conv2d(1, 2, 3, rng=seed).weight for seed in (1, 1, 2))
    assert_array_equal(one, two)
    assert not np.array_equal(one, other)
    assert one.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: nn.Linear(0, 1), ArgumentError, "must be at least 1"),
        (
            lambda: nn.Linear(4, 2)(np.zeros((3, 5))),
            ShapeError,
            "Linear(4, 2): expects an input (N, 4), got shape (3, 5). nn.Flatten turns maps",
        ),
        (lambda: nn.Linear(4, 2)(np.zeros((0, 4))), ShapeError, "is empty"),
        (lambda: nn.Dropout(1.0), ArgumentError, "p must be at least 0 and below 1, got 1.0"),
        (lambda: nn.BatchNorm2d(2, eps=0), ArgumentError, "eps above 0"),
        (
            lambda: nn.BatchNorm2d(2)(np.zeros((1, 2, 1, 1))),
            ShapeError,
            "one number a channel has no variance. Train with more images, or call eval()",
        ),
        (lambda: nn.MaxPool2d(0), ArgumentError, "kernel_size and stride must be at least 1"),
        (lambda: nn.AvgPool2d(2, padding=2), ArgumentError, "at most half the kernel_size (2, 2)"),
        (
            lambda: nn.MaxPool2d(3)(np.zeros((1, 1, 2, 5))),
            ShapeError,
            "spans 3 pixels does not fit",
        ),
        (lambda: nn.Flatten()(np.zeros((3, 4))), ShapeError, "expects an input (N, C, H, W)"),
    ],
)
def test_wrong_calls_are_told_what_was_expected(call, error, sentence):
    with pytest.raises(error) as caught:
        call()
    assert sentence in str(caught.value)
