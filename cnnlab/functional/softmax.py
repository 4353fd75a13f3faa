"""Scores to probabilities along one axis."""

import numpy as np

from cnnlab.functional import _checks


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
        ShapeError: there is no axis dim, or it is empty.
        ArgumentError: an array does not hold real numbers.

    References:
        Bridle (1990), "Probabilistic interpretation of feedforward classification network outputs";
        name as in `torch.nn.functional.softmax`.

    >>> softmax(np.log([[1.0, 3.0, 4.0]]), dim=1)
    array([[0.125, 0.375, 0.5  ]])
    """
    x = _checked("softmax", dim, input=input)[0]
    e = np.exp(x - x.max(axis=dim, keepdims=True))
    e /= e.sum(axis=dim, keepdims=True)
    return e


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
        ShapeError: the shapes differ, or there is no axis dim.
        ArgumentError: an array does not hold real numbers.

    References:
        Bridle (1990).

    >>> softmax_backward(np.array([1.0, 0.0]), np.array([0.25, 0.75]), dim=0)
    array([ 0.1875, -0.1875])
    """
    g, y = _checked("softmax_backward", dim, grad_output=grad_output, output=output)
    return y * (g - (g * y).sum(axis=dim, keepdims=True))


def log_softmax(input, dim):
    r"""The logarithm of `softmax`, without taking the logarithm of a tiny number.

    .. math:: y_k = x_k - m - \log \sum_l e^{x_l - m}, \quad m = \max_l x_l

    Shapes:
        input (...) -> (...)

    Parameters:
        input: scores, any finite numbers.
        dim: the axis along which the probabilities sum to 1.

    Raises:
        ShapeError: there is no axis dim, or it is empty.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 4.1; name as in
        `torch.nn.functional.log_softmax`.

    >>> log_softmax(np.array([1000.0, 0.0]), dim=0)
    array([    0., -1000.])
    """
    x = _checked("log_softmax", dim, input=input)[0]
    x = x - x.max(axis=dim, keepdims=True)
    x -= np.log(np.exp(x).sum(axis=dim, keepdims=True))
    return x


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
        ShapeError: the shapes differ, or there is no axis dim.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.2.2.3.

    >>> log_softmax_backward(np.array([1.0, 0.0]), np.log([0.25, 0.75]), dim=0)
    array([ 0.75, -0.75])
    """
    g, y = _checked("log_softmax_backward", dim, grad_output=grad_output, output=output)
    return g - np.exp(y) * g.sum(axis=dim, keepdims=True)


def _checked(function, dim, **given):
    """Arrays of one shape that have an axis ``dim`` with at least one element."""
    found = _checks.arrays(function, **given)
    if len(found) == 2:
        _checks.same_shape(function, *zip(given, found, strict=True))
    shape, name = found[0].shape, next(iter(given))
    (dim,) = _checks.whole(function, "dim", dim, 1, -len(shape))
    if dim >= len(shape) or shape[dim] == 0:
        problem = f"there is no score along dim={dim}."
        fix = f"choose dim from {-len(shape)} to {len(shape) - 1}, an axis with scores."
        raise _checks.misfit(function, problem, fix, (name, shape, ""))
    return found
