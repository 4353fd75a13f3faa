"""Scores to probabilities along one axis."""

from math import exp, log

import numpy as np


def softmax(input, dim):
    r"""Turn scores into probabilities: positive numbers that sum to 1.

    .. math:: y_k = e^{x_k - m} / \sum_l e^{x_l - m}, \quad m = \max_l x_l

    The largest score m cancels out; it keeps the exponentials finite.

    Shapes:
        input (...) -> (...)

    Parameters:
        input: scores, any finite numbers.
        dim: the axis along which the result sums to 1.

    Raises:
        IndexError: there is no such axis.

    References:
        Bridle (1990), "Probabilistic interpretation of feedforward classification network outputs";
        name as in `torch.nn.functional.softmax`.

    >>> softmax(np.log([[1.0, 3.0, 4.0]]), dim=1)
    array([[0.125, 0.375, 0.5  ]])
    """
    x, y = np.moveaxis(input, dim, -1), np.zeros(input.shape)
    rows = np.moveaxis(y, dim, -1)
    for n in np.ndindex(x.shape[:-1]):
        m = max(x[n])
        total = sum(exp(score - m) for score in x[n])
        for k in range(x.shape[-1]):
            rows[(*n, k)] = exp(x[(*n, k)] - m) / total
    return y


def softmax_backward(grad_output, output, dim):
    r"""Gradient of `softmax`, from its output.

    .. math:: dx_k = y_k \Bigl(g_k - \sum_l g_l y_l\Bigr)

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.
        dim: the axis along which the output sums to 1.

    Raises:
        IndexError: there is no such axis.

    References:
        Bridle (1990).

    >>> softmax_backward(np.array([1.0, 0.0]), np.array([0.25, 0.75]), dim=0)
    array([ 0.1875, -0.1875])
    """
    g, y, dx = (
        np.moveaxis(grad_output, dim, -1),
        np.moveaxis(output, dim, -1),
        np.zeros(output.shape),
    )
    rows = np.moveaxis(dx, dim, -1)
    for n in np.ndindex(y.shape[:-1]):
        common = sum(g[(*n, l)] * y[(*n, l)] for l in range(y.shape[-1]))
        for k in range(y.shape[-1]):
            rows[(*n, k)] = y[(*n, k)] * (g[(*n, k)] - common)
    return dx


def log_softmax(input, dim):
    r"""The logarithm of `softmax`, without taking the logarithm of a tiny number.

    .. math:: y_k = x_k - m - \log \sum_l e^{x_l - m}, \quad m = \max_l x_l

    Shapes:
        input (...) -> (...)

    Parameters:
        input: scores, any finite numbers.
        dim: the axis along which the probabilities sum to 1.

    Raises:
        IndexError: there is no such axis.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 4.1; name as in
        `torch.nn.functional.log_softmax`.

    >>> log_softmax(np.array([1000.0, 0.0]), dim=0)
    array([    0., -1000.])
    """
    x, y = np.moveaxis(input, dim, -1), np.zeros(input.shape)
    rows = np.moveaxis(y, dim, -1)
    for n in np.ndindex(x.shape[:-1]):
        m = max(x[n])
        total = log(sum(exp(score - m) for score in x[n]))
        for k in range(x.shape[-1]):
            rows[(*n, k)] = x[(*n, k)] - m - total
    return y


def log_softmax_backward(grad_output, output, dim):
    r"""Gradient of `log_softmax`, from its output.

    .. math:: dx_k = g_k - e^{y_k} \sum_l g_l

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.
        dim: the axis along which the probabilities sum to 1.

    Raises:
        IndexError: there is no such axis.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.2.2.3.

    >>> log_softmax_backward(np.array([1.0, 0.0]), np.log([0.25, 0.75]), dim=0)
    array([ 0.75, -0.75])
    """
    g, y, dx = (
        np.moveaxis(grad_output, dim, -1),
        np.moveaxis(output, dim, -1),
        np.zeros(output.shape),
    )
    rows = np.moveaxis(dx, dim, -1)
    for n in np.ndindex(y.shape[:-1]):
        total = sum(g[n])
        for k in range(y.shape[-1]):
            rows[(*n, k)] = g[(*n, k)] - exp(y[(*n, k)]) * total
    return dx
