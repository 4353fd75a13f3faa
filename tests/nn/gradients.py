"""Judge a backward step by what the forward step does: central differences, nothing else."""

import numpy as np
from numpy.testing import assert_allclose

EPS = 1e-6


def assert_backward_is_the_derivative(layer, x, rng, rtol=1e-6, atol=1e-8):
    """<v, J u> by central differences equals <backward(v), u>, for the input and each parameter."""
    layer.astype(np.float64)
    v = rng.normal(size=layer(x).shape)
    dx = layer.backward(v)
    gradients = {name: value.copy() for name, value in layer.gradients.items()}
    assert gradients.keys() == layer.parameters().keys()

    def loss():
        return np.vdot(v, layer(x))

    for name, array in {"input": x, **layer.parameters()}.items():
        gradient = dx if name == "input" else gradients[name]
        assert gradient.shape == array.shape, name
        u = rng.normal(size=array.shape)
        array += EPS * u
        above = loss()
        array -= 2 * EPS * u
        below = loss()
        array += EPS * u
        numeric = (above - below) / (2 * EPS)
        assert_allclose(np.vdot(gradient, u), numeric, rtol=rtol, atol=atol, err_msg=name)
