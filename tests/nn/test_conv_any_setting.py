"""Convolution layers over random shapes, strides, paddings, dilations, groups and block sizes."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from cnnlab import naive, nn
from cnnlab.nn import _engine

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def layers(draw):
    """A float64 layer with its input; the kernel fits the padded input."""
    groups = draw(st.integers(1, 2))
    kernel, stride, dilation = draw(st.tuples(pairs, pairs, pairs))
    padding = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    size = draw(st.tuples(st.integers(1, 8), st.integers(1, 8)))
    spans = (d * (k - 1) + 1 for d, k in zip(dilation, kernel, strict=True))
    assume(all(n + 2 * p >= s for n, p, s in zip(size, padding, spans, strict=True)))
    inputs, outputs = groups * draw(st.integers(1, 2)), groups * draw(st.integers(1, 3))
    conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, groups, rng=1)
    conv.astype(np.float64)
    conv.bias = np.arange(outputs)
    x = np.random.default_rng(2).normal(size=(draw(st.integers(1, 3)), inputs, *size))
    return conv, x


@settings(deadline=None, max_examples=60)
@given(layers(), st.integers(1, 4000))
def test_any_convolution_is_the_sum_in_loops_and_its_backward_the_transpose(layer, block):
    (conv, x), before = layer, _engine.BLOCK_BYTES
    _engine.BLOCK_BYTES = block
    try:
        y = conv(x)
        dx = conv.backward(y)
    finally:
        _engine.BLOCK_BYTES = before
    setting = conv.stride, conv.padding, conv.dilation, conv.groups
    expected = naive.conv2d(x, conv.weight, conv.bias, *setting)
    assert_allclose(y, expected, rtol=1e-10, atol=1e-10)
    linear = y - conv.bias[:, None, None]  # <A x, y> = <x, A.T y>, and the same for the weight
    assert_allclose(np.vdot(x, dx), np.vdot(linear, y), rtol=1e-9, atol=1e-9)
    assert_allclose(
        np.vdot(conv.weight, conv.gradients["weight"]), np.vdot(linear, y), rtol=1e-9, atol=1e-9
    )
