"""Derivatives by trying: central differences."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks


def numerical_gradient(function, input, grad_output=1, eps=1e-6):
    r"""Nudge every number of the input up and down and see how the output moves.

    .. math:: dx_i \approx \Bigl\langle g,\; \frac{f(x + \epsilon e_i) - f(x - \epsilon e_i)}
        {2 \epsilon} \Bigr\rangle

    Shapes:
        input (...), grad_output a number or the shape of the output -> (...)

    Parameters:
        function: f, takes an array and returns a number or an array.
        input: x, the place at which the gradient is wanted.
        grad_output: g, the gradient of the loss with respect to the output.
        eps: the length of a nudge.

    Raises:
        ShapeError: gradient or grad_output does not fit.
        ArgumentError: function cannot be called, eps is not between 1e-12 and 1, or an array does
            not hold real numbers.

    References:
        Nocedal & Wright (2006), "Numerical optimization", section 8.1.

    >>> numerical_gradient(lambda x: (x**3).sum(), np.array([1.0, 2.0])).round(4)
    array([ 3., 12.])
    """
    name = "numerical_gradient"
    x, g = _read(name, function, input, grad_output, eps)
    _fits(name, function(x.copy()), g)
    dx, flat = np.empty_like(x), x.reshape(-1)
    for i, number in enumerate(flat):
        flat[i] = number + eps
        above = np.array(function(x.copy()), float)
        flat[i] = number - eps
        below = np.array(function(x.copy()), float)
        flat[i] = number
        dx.flat[i] = np.vdot(np.broadcast_to(g, above.shape), above - below) / (2 * eps)
    return dx


def check_gradients(function, input, gradient, grad_output=1, eps=1e-6):
    r"""The relative error of a gradient against central differences.

    .. math:: \|d - n\| / (\|d\| + \|n\|), \quad n = \text{numerical\_gradient}(f, x)

    In float64 a right gradient of a smooth function is below 1e-7; a wrong one is near 1. At a
    kink, such as ReLU at 0, the two sides differ and so does the result.

    Shapes:
        input (...), gradient (...), grad_output a number or the shape of the output -> a number

    Parameters:
        function: f, takes an array and returns a number or an array.
        input: x, the place at which the gradient was computed.
        gradient: d, the gradient to be checked.
        grad_output: g, the gradient of the loss with respect to the output.
        eps: the length of a nudge.

    Raises:
        ShapeError: gradient or grad_output does not fit.
        ArgumentError: function cannot be called, eps is not between 1e-12 and 1, or an array does
            not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 11.5.

    >>> x = np.array([1.0, 2.0])
    >>> check_gradients(lambda x: (x**3).sum(), x, 3 * x**2) < 1e-7
    True
    >>> check_gradients(lambda x: (x**3).sum(), x, x**2) > 0.4
    True
    """
    (gradient,) = _checks.arrays("check_gradients", gradient=gradient)
    x, g = _read("check_gradients", function, input, grad_output, eps)
    _checks.same_shape("check_gradients", ("input", x), ("gradient", gradient))
    n = numerical_gradient(function, x, g, eps)
    size = np.linalg.norm(gradient) + np.linalg.norm(n)
    return float(np.linalg.norm(gradient - n) / size) if size else 0.0


def _read(name, function, input, grad_output, eps):
    """A copy of the input in float64: in float32 a nudge of 1e-6 would be rounded away."""
    if not callable(function):
        raise ArgumentError(
            f"{name}: function is {function!r}, expected a function of one array.\n"
            "  Fix: write for example lambda x: relu(x)."
        )
    _checks.real(name, "eps", eps, 1e-12, 1)
    x, g = _checks.arrays(name, input=input, grad_output=grad_output)
    return np.array(x, float, order="C"), g.astype(float)


def _fits(name, output, g):
    if g.ndim and g.shape != np.shape(output):
        shapes = [
            ("grad_output", g.shape, "what came"),
            ("output", np.shape(output), "of function"),
        ]
        problem = "grad_output has not the shape of the function's output."
        raise _checks.misfit(name, problem, "pass 1, or one number for each output.", *shapes)
