"""Convolutions against SciPy and the loops of `naive`; gradients against central differences."""

from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

from cnnlab import kernels, naive, nn
from cnnlab.errors import ArgumentError, ShapeError, StateError
from cnnlab.nn import _engine
from tests.nn.gradients import assert_backward_is_the_derivative

# stride, padding, dilation, groups: rows and columns differ on purpose
SETTINGS = [
    (1, 0, 1, 1),
    (1, (2, 1), 1, 1),
    (1, (3, 0), 1, 1),  # the smallest kernels lie in the border alone
    ((2, 1), 0, 1, 1),
    ((3, 4), (1, 0), 1, 1),
    (1, (0, 3), (2, 3), 1),
    ((1, 2), 1, (3, 1), 2),
    (2, 2, 2, 2),
    (1, "same", (1, 2), 1),
    (1, "valid", 1, 2),
]
KERNELS = [(3, 2), (1, 1), (2, 5), (4, 1)]
settings = pytest.mark.parametrize(
    ("setting", "kernel"), list(product(SETTINGS, KERNELS)), ids=lambda value: str(value)
)


def filled(layer, rng):
    layer.astype(np.float64)
    layer.bias[:] = rng.normal(size=layer.bias.shape)
    return layer


@pytest.fixture(params=[1 << 22, 300], ids=["one block", "many blocks"])
def blocks(request, monkeypatch):
    """The engine cuts large pictures into blocks of rows; small blocks must not show."""
    monkeypatch.setattr(_engine, "BLOCK_BYTES", request.param)


def test_conv2d_is_a_sum_of_scipy_correlations(rng):
    x, conv = rng.normal(size=(2, 3, 9, 7)), filled(nn.Conv2d(3, 4, (3, 2)), rng)
    expected = [
        [
            sum(signal.correlate2d(image[c], kernels[c], "valid") for c in range(3)) + b
            for kernels, b in zip(conv.weight, conv.bias, strict=True)
        ]
        for image in x
    ]
    assert_allclose(conv(x), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("blocks")
@settings
def test_conv2d_is_the_sum_in_loops(setting, kernel, rng):
    x, conv = rng.normal(size=(2, 4, 10, 11)), filled(nn.Conv2d(4, 6, kernel, *setting), rng)
    expected = naive.conv2d(x, conv.weight, conv.bias, *setting)
    assert_allclose(conv(x), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("blocks")
@settings
def test_conv2d_backward_is_the_derivative(setting, kernel, rng):
    conv = filled(nn.Conv2d(4, 6, kernel, *setting), rng)
    assert_backward_is_the_derivative(conv, rng.normal(size=(2, 4, 10, 11)), rng)


# stride, padding, output_padding, groups, dilation
TRANSPOSED = [
    (1, 0, 0, 1, 1),
    (3, 0, 0, 1, 1),
    ((2, 3), (1, 0), (1, 2), 1, 1),
    (2, 0, 1, 2, 1),
    (1, 0, (1, 0), 1, (2, 3)),
    (1, 0, (2, 0), 1, (3, 1)),  # two rows that no kernel reaches
    ((3, 1), 0, 0, 2, (1, 2)),
]
transposed = pytest.mark.parametrize(
    ("setting", "kernel"), list(product(TRANSPOSED, KERNELS)), ids=lambda value: str(value)
)


@pytest.mark.usefixtures("blocks")
@transposed
def test_conv_transpose2d_is_the_sum_in_loops(setting, kernel, rng):
    layer = filled(
        nn.ConvTranspose2d(4, 6, kernel, setting[0], 0, *setting[2:4], True, setting[4]), rng
    )
    x = rng.normal(size=(2, 4, 4, 5))
    stride, _, output_padding, groups, dilation = setting
    expected = naive.conv_transpose2d(
        x, layer.weight, layer.bias, stride, 0, output_padding, groups, dilation
    )
    assert_allclose(layer(x), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.usefixtures("blocks")
@transposed
def test_conv_transpose2d_backward_is_the_derivative(setting, kernel, rng):
    stride, padding, output_padding, groups, dilation = setting
    layer = nn.ConvTranspose2d(
        4, 6, kernel, stride, padding, output_padding, groups, True, dilation
    )
    assert_backward_is_the_derivative(filled(layer, rng), rng.normal(size=(2, 4, 5, 6)), rng)


def test_a_transposed_convolution_is_the_transpose(rng):
    """<conv(x), y> equals <x, transposed(y)> with the same weight."""
    conv = nn.Conv2d(3, 5, 3, 2, 1, bias=False, rng=rng).astype(np.float64)
    back = nn.ConvTranspose2d(5, 3, 3, 2, 1, bias=False).astype(np.float64)
    back.weight = conv.weight
    x, y = rng.normal(size=(2, 3, 9, 7)), rng.normal(size=(2, 5, 5, 4))
    assert_allclose(np.vdot(conv(x), y), np.vdot(x, back(y)), rtol=1e-12)


def test_two_by_two_with_kernel_four_and_stride_three_gives_seven(rng):
    assert nn.ConvTranspose2d(1, 1, 4, 3, rng=rng)(np.ones((1, 1, 2, 2))).shape == (1, 1, 7, 7)


def test_the_first_layer_may_skip_its_input_gradient(rng):
    conv = nn.Conv2d(2, 3, 3, rng=rng)
    y = conv(rng.normal(size=(2, 2, 5, 6)))
    conv.backward(y)
    whole = dict(conv.gradients)
    assert conv.backward(y, input_gradient=False) is None
    for name, gradient in conv.gradients.items():
        assert_array_equal(gradient, whole[name])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_computes_in_the_type_of_its_weight(dtype, rng):
    conv = nn.Conv2d(1, 2, 3, rng=rng).astype(dtype)
    for image in [np.ones((1, 1, 5, 5), np.uint8), rng.normal(size=(1, 1, 5, 5))]:
        y = conv(image)
        assert y.dtype == dtype
        assert conv.backward(np.ones(y.shape)).dtype == dtype
        assert {gradient.dtype for gradient in conv.gradients.values()} == {np.dtype(dtype)}


def test_the_input_is_left_as_it_was(rng):
    x, conv = rng.normal(size=(2, 1, 6, 5)).astype(np.float32), nn.Conv2d(1, 2, 3, padding=1)
    before = x.copy()
    y = conv(x)
    conv.backward(y)
    assert_array_equal(x, before)


@pytest.mark.parametrize("order", ["C", "F"])
def test_any_order_in_memory_gives_the_same(order, rng):
    x, conv = rng.normal(size=(4, 3, 6, 5)), nn.Conv2d(3, 2, 3, rng=rng).astype(np.float64)
    other = np.asarray(x[:, :, ::-1], order=order)[:, :, ::-1]
    assert_array_equal(conv(other), conv(x))


def test_a_weight_set_by_hand_is_used():
    conv = nn.Conv2d(1, 1, 2, bias=False)
    conv.weight = [[[[0, 1], [2, 3]]]]
    image = np.arange(9.0).reshape(1, 1, 3, 3) + 0.5  # whole weights must not make whole images
    assert_array_equal(conv(image)[0, 0], np.array([[19, 25], [37, 43]]) + 3)
    assert conv.parameters().keys() == {"weight"}
    assert conv.weight.dtype == np.float32


def test_training_does_not_change_the_kernel_that_was_assigned():
    conv = nn.Conv2d(1, 1, 3)
    conv.weight = kernels.SOBEL_X[None, None]
    conv.weight += 1
    assert kernels.SOBEL_X[1, 1] == 0


@pytest.mark.parametrize("value", [kernels.SOBEL_X, [[[["a"]]]]], ids=["shape", "letters"])
def test_a_weight_that_does_not_fit_is_refused(value):
    with pytest.raises(ShapeError, match=r"weight must be numbers of shape \(1, 1, 3, 3\), got"):
        nn.Conv2d(1, 1, 3).weight = value


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: nn.Conv2d(1, 0, 3), ArgumentError, "must be at least 1"),
        (lambda: nn.Conv2d(1, 2, 3, stride=0), ArgumentError, "got stride 0"),
        (lambda: nn.Conv2d(3, 4, 3, groups=2), ArgumentError, "groups=2 must divide both"),
        (lambda: nn.Conv2d(1, 2, 3, padding=-1), ArgumentError, "padding must be at least 0"),
        (lambda: nn.Conv2d(1, 2, 3, 2, "same"), ArgumentError, "with stride (2, 2)"),
        (lambda: nn.Conv2d(1, 2, 3, padding="full"), ArgumentError, "got padding 'full'"),
        (lambda: nn.Conv2d(1, 2, 3, init="zero"), ArgumentError, "one of ['glorot', 'he']"),
        (
            lambda: nn.Conv2d(3, 4, 3)(np.zeros((2, 1, 5, 5))),
            ShapeError,
            "Conv2d(3, 4, 3): the input (2, 1, 5, 5) has 1 channels on axis 1, the layer expects 3",
        ),
        (
            lambda: nn.Conv2d(1, 4, 3)(np.zeros((1, 5, 5))),
            ShapeError,
            "expects an input (N, C, H, W), got shape (1, 5, 5). One image needs a leading axis",
        ),
        (lambda: nn.Conv2d(1, 4, 3)(np.zeros((0, 1, 5, 5))), ShapeError, "is empty"),
        (lambda: nn.Conv2d(1, 4, 6)(np.zeros((1, 1, 5, 5))), ShapeError, "spans 6 pixels does not"),
        (
            lambda: nn.Conv2d(1, 4, 3).backward(np.zeros(1)),
            StateError,
            "needs a forward step first",
        ),
        (lambda: nn.Conv2d(1, 2, 3).astype(int), ArgumentError, "float32 or float64, not int64"),
        (
            lambda: nn.ConvTranspose2d(1, 1, 3, 2, 0, 2)(np.zeros((1, 1, 3, 3))),
            ArgumentError,
            "output_padding must be at least 0 and smaller than the stride",
        ),
        (
            lambda: nn.ConvTranspose2d(1, 1, 3, padding=-1)(np.zeros((1, 1, 3, 3))),
            ArgumentError,
            "padding must be a number of pixels, at least 0",
        ),
    ],
)
def test_wrong_calls_are_told_what_was_expected(call, error, sentence):
    with pytest.raises(error) as caught:
        call()
    assert sentence in str(caught.value)


def test_a_gradient_of_another_shape_is_refused(rng):
    conv = nn.Conv2d(1, 2, 3, rng=rng)
    conv(np.zeros((1, 1, 5, 5)))
    with pytest.raises(ShapeError, match=r"grad_output has shape \(1, 2, 3, 4\), the output had"):
        conv.backward(np.zeros((1, 2, 3, 4)))
