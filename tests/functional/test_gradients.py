"""Every gradient against central differences: <v, J u> must equal <vjp(v), u>, in both tiers."""

import numpy as np
import pytest

from cnnlab import functional
from tests.oracles import assert_vjp

SETTINGS = [
    {},
    {"stride": 2, "padding": 1},
    {"padding": 2, "dilation": 2, "groups": 2},
    {"stride": 3, "padding": 4, "dilation": 2},
    {"padding": "same"},
]
PROVEN: set[str] = set()


def proves(*names):
    """Note which gradients a test is about; the last test looks whether one was forgotten."""
    PROVEN.update(names)
    return lambda test: test


def distinct(rng, *size):
    """Numbers without ties, far enough apart for a nudge: pooling is smooth there."""
    return rng.permutation(int(np.prod(size))).reshape(size) / 10


@proves(*(f"conv{axes}d_{part}" for axes in (1, 2, 3) for part in ("input", "weight")), "conv_bias")
@pytest.mark.parametrize("kwargs", SETTINGS)
@pytest.mark.parametrize(("axes", "size"), [(1, (9,)), (2, (7, 6)), (3, (4, 5, 3))])
def test_convolution(tier, axes, size, kwargs, rng):
    x, b = rng.normal(size=(2, 4, *size)), rng.normal(size=2)
    w = rng.normal(size=(2, 4 // kwargs.get("groups", 1), *(3, 2, 2)[:axes]))
    conv, to_input, to_weight = (
        getattr(tier, f"conv{axes}d{end}") for end in ("", "_input", "_weight")
    )
    for forward, array, vjp in [
        (lambda x: conv(x, w, b, **kwargs), x, lambda v: to_input(x.shape, w, v, **kwargs)),
        (lambda w: conv(x, w, b, **kwargs), w, lambda v: to_weight(x, w.shape, v, **kwargs)),
        (lambda b: conv(x, w, b, **kwargs), b, tier.conv_bias),
    ]:
        assert_vjp(forward, array, vjp, rng)


@proves(*(f"conv_transpose{axes}d_{part}" for axes in (1, 2) for part in ("input", "weight")))
@pytest.mark.parametrize(
    "kwargs", [{}, {"stride": 3, "padding": 1, "output_padding": 2, "groups": 2}, SETTINGS[3]]
)
@pytest.mark.parametrize(("axes", "size"), [(1, (5,)), (2, (4, 5))])
def test_transposed_convolution(tier, axes, size, kwargs, rng):
    x = rng.normal(size=(2, 4, *size))
    w = rng.normal(size=(4, 4 // kwargs.get("groups", 1), *(3, 2)[:axes]))
    conv, to_input, to_weight = (
        getattr(tier, f"conv_transpose{axes}d{end}") for end in ("", "_input", "_weight")
    )
    for forward, array, vjp in [
        (lambda x: conv(x, w, **kwargs), x, lambda v: to_input(x.shape, w, v, **kwargs)),
        (lambda w: conv(x, w, **kwargs), w, lambda v: to_weight(x, w.shape, v, **kwargs)),
    ]:
        assert_vjp(forward, array, vjp, rng)


@proves("conv2d_local_input", "conv2d_local_weight")
@pytest.mark.parametrize("kwargs", [{}, {"stride": 2, "padding": 1}, {"padding": 2, "dilation": 2}])
def test_locally_connected(tier, kwargs, rng):
    x = rng.normal(size=(2, 3, 6, 5))
    out = tier.conv2d(x, np.ones((4, 3, 3, 2)), **kwargs).shape[2:]
    w, local = rng.normal(size=(*out, 4, 3, 3, 2)), tier.conv2d_local
    to_input, to_weight = tier.conv2d_local_input, tier.conv2d_local_weight
    for forward, array, vjp in [
        (lambda x: local(x, w, **kwargs), x, lambda v: to_input(x.shape, w, v, **kwargs)),
        (lambda w: local(x, w, **kwargs), w, lambda v: to_weight(x, w.shape, v, **kwargs)),
    ]:
        assert_vjp(forward, array, vjp, rng)


@pytest.mark.parametrize("kwargs", [{}, {"dilation": 2, "padding": 1, "stride": 2}])
def test_unfold_and_fold_are_each_other_s_gradient(tier, kwargs, rng):
    x, size, kernel = rng.normal(size=(2, 3, 6, 5)), (6, 5), (3, 2)
    columns = tier.unfold(x, kernel, **kwargs)
    for forward, array, vjp in [
        (
            lambda x: tier.unfold(x, kernel, **kwargs),
            x,
            lambda v: tier.fold(v, size, kernel, **kwargs),
        ),
        (
            lambda y: tier.fold(y, size, kernel, **kwargs),
            columns,
            lambda v: tier.unfold(v, kernel, **kwargs),
        ),
    ]:
        assert_vjp(forward, array, vjp, rng)


@proves(*(f"{kind}_pool{axes}d_backward" for kind in ("max", "avg") for axes in (1, 2)))
@pytest.mark.parametrize(
    "kwargs", [{}, {"stride": 1, "padding": 1}, {"stride": 2, "ceil_mode": True}]
)
@pytest.mark.parametrize(("axes", "size"), [(1, (9,)), (2, (7, 6))])
def test_pooling(tier, axes, size, kwargs, rng):
    x = distinct(rng, 2, 3, *size)
    maximum, average = (getattr(tier, f"{kind}_pool{axes}d") for kind in ("max", "avg"))
    back = getattr(tier, f"max_pool{axes}d_backward")
    _, indices = maximum(x, 3, return_indices=True, **kwargs)
    assert_vjp(lambda x: maximum(x, 3, **kwargs), x, lambda v: back(v, indices, x.shape), rng)
    back = getattr(tier, f"avg_pool{axes}d_backward")
    for included in (True, False):
        more = kwargs | {"count_include_pad": included}
        assert_vjp(
            lambda x, m=more: average(x, 3, **m), x, lambda v, m=more: back(v, x.shape, 3, **m), rng
        )


@proves("adaptive_avg_pool2d_backward")
@pytest.mark.parametrize("size", [(3, 4), (9, 2), 1])
def test_adaptive_pooling(tier, size, rng):
    x = distinct(rng, 2, 3, 7, 6)
    back = tier.adaptive_avg_pool2d_backward
    assert_vjp(lambda x: tier.adaptive_avg_pool2d(x, size), x, lambda v: back(v, x.shape), rng)
    _, indices = tier.adaptive_max_pool2d(x, size, return_indices=True)
    back = tier.max_pool2d_backward
    assert_vjp(
        lambda x: tier.adaptive_max_pool2d(x, size), x, lambda v: back(v, indices, x.shape), rng
    )


@proves("global_avg_pool2d_backward")
def test_global_pooling(tier, rng):
    x = distinct(rng, 2, 3, 7, 6)
    back = tier.global_avg_pool2d_backward
    assert_vjp(tier.global_avg_pool2d, x, lambda v: back(v, x.shape), rng)
    _, indices = tier.global_max_pool2d(x, return_indices=True)
    back = tier.max_pool2d_backward
    assert_vjp(tier.global_max_pool2d, x, lambda v: back(v, indices, x.shape), rng)


@proves("spatial_pyramid_pool2d_backward")
@pytest.mark.parametrize("edges", ["adaptive", "sliding"])
def test_pyramid_pooling(tier, edges, rng):
    x, pool = distinct(rng, 2, 3, 7, 6), tier.spatial_pyramid_pool2d
    _, indices = pool(x, (1, 2, 4), edges, return_indices=True)
    back = tier.spatial_pyramid_pool2d_backward
    assert_vjp(lambda x: pool(x, (1, 2, 4), edges), x, lambda v: back(v, indices, x.shape), rng)


@proves("max_unpool2d_backward")
def test_unpooling(tier, rng):
    y, indices = tier.max_pool2d(distinct(rng, 2, 3, 7, 6), 2, return_indices=True)
    back = tier.max_unpool2d_backward
    assert_vjp(
        lambda y: tier.max_unpool2d(y, indices, 2, output_size=(7, 6)),
        y,
        lambda v: back(v, indices),
        rng,
    )


@proves("pad_backward")
@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "edge", "circular"])
def test_pad(tier, mode, rng):
    x, border = rng.normal(size=(2, 3, 5, 4)), (1, 2, 3, 0)
    back = tier.pad_backward
    assert_vjp(lambda x: tier.pad(x, border, mode, 1.5), x, lambda v: back(v, border, mode), rng)


@proves("interpolate_backward")
@pytest.mark.parametrize(
    "kwargs",
    [
        {"scale_factor": 2},
        {"size": (3, 7)},
        {"scale_factor": 1.5, "mode": "bilinear"},
        {"size": (9, 3), "mode": "bilinear", "align_corners": True},
    ],
)
def test_interpolate(tier, kwargs, rng):
    x = rng.normal(size=(2, 3, 5, 4))
    rest = {key: value for key, value in kwargs.items() if key != "size"}
    back = tier.interpolate_backward
    assert_vjp(lambda x: tier.interpolate(x, **kwargs), x, lambda v: back(v, x.shape, **rest), rng)


def test_pixel_shuffles_are_each_other_s_gradient(tier, rng):
    x, y = rng.normal(size=(2, 8, 2, 3)), rng.normal(size=(2, 2, 4, 6))
    there, back = tier.pixel_shuffle, tier.pixel_unshuffle
    assert_vjp(lambda x: there(x, 2), x, lambda v: back(v, 2), rng)
    assert_vjp(lambda y: back(y, 2), y, lambda v: there(v, 2), rng)


@proves("linear_input", "linear_weight", "linear_bias")
@pytest.mark.parametrize("batch", [(5,), (2, 3), ()])
def test_linear(tier, batch, rng):
    x, w, b = rng.normal(size=(*batch, 4)), rng.normal(size=(6, 4)), rng.normal(size=6)
    for forward, array, vjp in [
        (lambda x: tier.linear(x, w, b), x, lambda v: tier.linear_input(x.shape, w, v)),
        (lambda w: tier.linear(x, w, b), w, lambda v: tier.linear_weight(x, w.shape, v)),
        (lambda b: tier.linear(x, w, b), b, tier.linear_bias),
    ]:
        assert_vjp(forward, array, vjp, rng)


@proves("relu_backward", "leaky_relu_backward", "sigmoid_backward", "tanh_backward")
@pytest.mark.parametrize("name", ["relu", "leaky_relu", "sigmoid", "tanh"])
def test_activations(tier, name, rng):
    x = rng.normal(size=(4, 5))
    x[np.abs(x) < 1e-3] = 1  # away from the kink
    forward, back = getattr(tier, name), getattr(tier, f"{name}_backward")
    known = x if "relu" in name else forward(x)
    assert_vjp(forward, x, lambda v: back(v, known), rng)


@proves("softmax_backward", "log_softmax_backward")
@pytest.mark.parametrize("dim", [0, 1, -1])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax(tier, name, dim, rng):
    x, forward = rng.normal(size=(3, 4, 2)), getattr(tier, name)
    back, y = getattr(tier, f"{name}_backward"), forward(x, dim)
    assert_vjp(lambda x: forward(x, dim), x, lambda v: back(v, y, dim), rng)


@proves("nll_loss_backward", "cross_entropy_backward", "mse_loss_backward")
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("weight", [None, [0.5, 2.0, 1.0, 1.5]])
@pytest.mark.parametrize("name", ["nll_loss", "cross_entropy", "one-hot cross_entropy", "mse_loss"])
def test_losses(tier, name, weight, reduction, rng):
    x, target = rng.normal(size=(3, 4, 2)), rng.integers(0, 4, (3, 2))
    target[0, 0] = -100
    if name in ("one-hot cross_entropy", "mse_loss"):
        target = rng.dirichlet(np.ones(4), (3, 2)).swapaxes(1, 2)
    kwargs = {"reduction": reduction}
    if name != "mse_loss" and weight:
        kwargs["weight"] = np.array(weight)
    name = name.removeprefix("one-hot ")
    loss, back = getattr(tier, name), getattr(tier, f"{name}_backward")
    assert_vjp(lambda x: loss(x, target, **kwargs), x, lambda v: back(v, x, target, **kwargs), rng)


@proves("dropout_backward")
def test_dropout(tier, rng):
    x = rng.normal(size=(4, 5))
    _, mask = tier.dropout(x, 0.4, rng=np.random.default_rng(3), return_mask=True)

    def forward(x):
        return tier.dropout(x, 0.4, rng=np.random.default_rng(3))

    assert_vjp(forward, x, lambda v: tier.dropout_backward(v, mask), rng)


@proves("batch_norm_backward")
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("part", [0, 1, 2])
def test_batch_norm(tier, training, part, rng):
    arrays = [rng.normal(size=(4, 3, 2)), rng.normal(size=3), rng.normal(size=3)]
    mean, var = rng.normal(size=3), rng.uniform(1, 2, size=3)

    def forward(changed):
        x, gamma, beta = [*arrays[:part], changed, *arrays[part + 1 :]]
        return tier.batch_norm(x, mean.copy(), var.copy(), gamma, beta, training)

    def vjp(v):
        return tier.batch_norm_backward(v, arrays[0], mean, var, arrays[1], training)[part]

    assert_vjp(forward, arrays[part], vjp, rng)


def test_no_gradient_was_forgotten():
    ends = ("_backward", "_input", "_weight", "_bias")
    assert {name for name in functional.__all__ if name.endswith(ends)} == PROVEN


def test_check_gradients_tells_right_from_wrong(tier, rng):
    """The student's instrument, on a convolution: right, a forgotten flip, a doubled sum."""
    x, w, g = (
        rng.normal(size=(1, 2, 5, 4)),
        rng.normal(size=(3, 2, 3, 2)),
        rng.normal(size=(1, 3, 3, 3)),
    )

    def conv(x):
        return functional.conv2d(x, w)

    right = functional.conv2d_input(x.shape, w, g)
    wrong = functional.conv2d_input(x.shape, w[:, :, ::-1, ::-1], g)
    assert tier.check_gradients(conv, x, right, g) < 1e-7
    assert tier.check_gradients(conv, x, wrong, g) > 0.1
    assert tier.check_gradients(conv, x, 2 * right, g) == pytest.approx(1 / 3, abs=1e-6)
    assert tier.check_gradients(lambda x: 0 * x, x, np.zeros(x.shape)) == 0
