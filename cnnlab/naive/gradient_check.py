"""Derivatives by trying: central differences."""

import numpy as np


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
        ValueError: grad_output does not fit the output.

    References:
        Nocedal & Wright (2006), "Numerical optimization", section 8.1.

    >>> numerical_gradient(lambda x: (x**3).sum(), np.array([1.0, 2.0])).round(4)
    array([ 3., 12.])
    """
    dx = np.zeros(input.shape)
    for i in np.ndindex(dx.shape):
        nudge = np.zeros(dx.shape)
        nudge[i] = eps
        slope = (function(input + nudge) - function(input - nudge)) / (2 * eps)
        dx[i] = np.sum(grad_output * slope)
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
        ValueError: the shapes do not fit. `cnnlab.functional.check_gradients` checks them.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 11.5.

    >>> x = np.array([1.0, 2.0])
    >>> check_gradients(lambda x: (x**3).sum(), x, 3 * x**2) < 1e-7
    True
    >>> check_gradients(lambda x: (x**3).sum(), x, x**2) > 0.4
    True
    """
    n = numerical_gradient(function, input, grad_output, eps)
    size = np.sqrt(np.sum(gradient**2)) + np.sqrt(np.sum(n**2))
    return float(np.sqrt(np.sum((gradient - n) ** 2)) / size) if size else 0.0
