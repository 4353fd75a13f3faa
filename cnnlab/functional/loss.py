"""Losses: one number that says how wrong the answers are."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks, _targets
from cnnlab.functional.softmax import log_softmax, softmax


def mse_loss(input, target, reduction="mean"):
    r"""The squared distance between answers and targets.

    .. math:: \ell_i = (x_i - t_i)^2

    "mean" divides the sum by the number of elements, "sum" does not, "none" keeps every element.

    Shapes:
        input (...), target (...) -> a number, or (...) for "none"

    Parameters:
        input: the answers.
        target: what they should be.
        reduction: "mean", "sum" or "none".

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: reduction is none of those above, a target is NaN, or there is no element to
            take the mean of.

    References:
        Rumelhart, Hinton & Williams (1986); name as in `torch.nn.functional.mse_loss`. The loss
        1/2 (t - x)^2 of many textbooks is half of it.

    >>> mse_loss(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    np.float64(2.0)
    """
    x, t = _pair("mse_loss", input, target)
    divisor = _targets.divisor("mse_loss", x.size, reduction)
    return _targets.reduced((x - t) ** 2, reduction, divisor)


def mse_loss_backward(grad_output, input, target, reduction="mean"):
    r"""Gradient of `mse_loss` with respect to its input.

    .. math:: dx_i = 2 g (x_i - t_i) / R

    R is the number of elements for "mean" and 1 otherwise.

    Shapes:
        grad_output a number, or (...) for "none"; input (...), target (...) -> (...)

    Parameters:
        grad_output: g, the gradient of whatever follows the loss; 1 if nothing does.
        input, target, reduction: as in `mse_loss`.

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: reduction is none of those above, a target is NaN, or there is no element to
            take the mean of.

    References:
        Rumelhart, Hinton & Williams (1986).

    >>> mse_loss_backward(1, np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    array([ 0., -2.])
    """
    name = "mse_loss_backward"
    x, t = _pair(name, input, target)
    divisor = _targets.divisor(name, x.size, reduction)
    g = _targets.upstream(name, grad_output, x.shape, reduction, x.dtype)
    return (x - t) * (2 * g / divisor)


def nll_loss(input, target, weight=None, ignore_index=-100, reduction="mean"):
    r"""Minus the log-probability that was given to the right class.

    .. math:: \ell_n = -w_{t_n}\; x[n, t_n]

    "mean" divides the sum by the sum of the weights, "sum" does not, "none" keeps every element.

    Shapes:
        input (N, K, ...), target (N, ...) -> a number, or (N, ...) for "none"

    Parameters:
        input: log-probabilities of the K classes, as from `log_softmax`.
        target: t, the right classes, whole numbers from 0 to K - 1.
        weight: w, one number for each class; None stands for ones.
        ignore_index: a target that does not count.
        reduction: "mean", "sum" or "none".

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: a target is NaN or no class, reduction is none of those above, or there is no
            example to take the mean of.

    References:
        Bridle (1990); names as in `torch.nn.functional.nll_loss`.

    >>> nll_loss(np.log([[0.5, 0.5], [0.25, 0.75]]), np.array([0, 1])).round(4)
    np.float64(0.4904)
    """
    x, t, share = _targets.classes("nll_loss", input, target, weight, ignore_index)
    divisor = _targets.divisor("nll_loss", share.sum(), reduction)
    return _targets.reduced(_picked(x, t, share), reduction, divisor)


def nll_loss_backward(grad_output, input, target, weight=None, ignore_index=-100, reduction="mean"):
    r"""Gradient of `nll_loss` with respect to its input.

    .. math:: dx[n, k] = -g\; w_k\; [k = t_n] / R

    R is the sum of the weights of the targets for "mean" and 1 otherwise.

    Shapes:
        grad_output a number, or (N, ...) for "none"; input (N, K, ...), target (N, ...)
        -> (N, K, ...)

    Parameters:
        grad_output: g, the gradient of whatever follows the loss; 1 if nothing does.
        input, target, weight, ignore_index, reduction: as in `nll_loss`.

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: a target is NaN or no class, reduction is none of those above, or there is no
            example to take the mean of.

    References:
        Bridle (1990).

    >>> nll_loss_backward(1, np.log([[0.5, 0.5], [0.25, 0.75]]), np.array([0, 1]))
    array([[-0.5,  0. ],
           [ 0. , -0.5]])
    """
    name = "nll_loss_backward"
    x, t, share = _targets.classes(name, input, target, weight, ignore_index)
    divisor = _targets.divisor(name, share.sum(), reduction)
    g = _targets.upstream(name, grad_output, t.shape, reduction, x.dtype)
    dx = np.zeros_like(x)
    np.put_along_axis(dx, t[:, None], (-g * share / divisor)[:, None], 1)
    return dx


def cross_entropy(input, target, weight=None, ignore_index=-100, reduction="mean"):
    r"""How surprised the scores are by the right class: softmax, logarithm, mean.

    .. math:: \ell_n = -w_{t_n} \log \mathrm{softmax}(x[n])_{t_n}
        \quad\text{or}\quad \ell_n = -\sum_k w_k\, t[n, k] \log \mathrm{softmax}(x[n])_k

    The second form is for targets that are probabilities, such as one-hot rows. "mean" divides the
    sum by the weights of the targets in the first form, by their number in the second.

    Shapes:
        input (N, K, ...), target (N, ...) or (N, K, ...) -> a number, or (N, ...) for "none"

    Parameters:
        input: scores of the K classes, any finite numbers.
        target: t, the right classes, whole numbers from 0 to K - 1; or a probability for every
            class, real numbers in the shape of the input.
        weight: w, one number for each class; None stands for ones.
        ignore_index: a target that does not count.
        reduction: "mean", "sum" or "none".

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: a target is NaN or no class, reduction is none of those above, or there is no
            example to take the mean of.

    References:
        Bridle (1990); Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.2.2.3;
        names as in `torch.nn.functional.cross_entropy`.

    >>> cross_entropy(np.zeros((1, 10)), np.array([3])).round(4)
    np.float64(2.3026)
    """
    name = "cross_entropy"
    if _targets.are_probabilities(input, target):
        x, t = _targets.probabilities(name, input, target, weight)
        loss = -(t * log_softmax(x, 1)).sum(axis=1)
        total = loss.size
    else:
        x, t, share = _targets.classes(name, input, target, weight, ignore_index)
        loss, total = _picked(log_softmax(x, 1), t, share), share.sum()
    return _targets.reduced(loss, reduction, _targets.divisor(name, total, reduction))


def cross_entropy_backward(
    grad_output, input, target, weight=None, ignore_index=-100, reduction="mean"
):
    r"""Gradient of `cross_entropy` with respect to the scores: probabilities minus targets.

    .. math:: dx[n, k] = g \Bigl(p_k \sum_l w_l\, t[n, l] - w_k\, t[n, k]\Bigr) / R,
        \quad p = \mathrm{softmax}(x[n])

    A target that is a class stands for a row with a single 1. R is what "mean" divides by.

    Shapes:
        grad_output a number, or (N, ...) for "none"; input (N, K, ...),
        target (N, ...) or (N, K, ...) -> (N, K, ...)

    Parameters:
        grad_output: g, the gradient of whatever follows the loss; 1 if nothing does.
        input, target, weight, ignore_index, reduction: as in `cross_entropy`.

    Raises:
        ShapeError: the shapes do not fit.
        ArgumentError: a target is NaN or no class, reduction is none of those above, or there is no
            example to take the mean of.

    References:
        Bridle (1990).

    >>> cross_entropy_backward(1, np.log([[1.0, 3.0]]), np.array([1]))
    array([[ 0.25, -0.25]])
    """
    name = "cross_entropy_backward"
    if _targets.are_probabilities(input, target):
        x, t = _targets.probabilities(name, input, target, weight)
        dx = softmax(x, 1) * t.sum(axis=1, keepdims=True) - t
        total = x.size // x.shape[1]
    else:
        x, t, share = _targets.classes(name, input, target, weight, ignore_index)
        dx, at = softmax(x, 1), t[:, None]
        np.put_along_axis(dx, at, np.take_along_axis(dx, at, 1) - 1, 1)  # p - y
        dx *= share[:, None]
        total = share.sum()
    divisor = _targets.divisor(name, total, reduction)
    g = _targets.upstream(name, grad_output, (len(x), *x.shape[2:]), reduction, x.dtype)
    dx *= g[:, None] / divisor if g.ndim else g / x.dtype.type(divisor)
    return dx


def _picked(y, t, share):
    """Minus the log-probability of each right class, weighted; exactly 0 where ignored."""
    picked = np.take_along_axis(y, t[:, None], 1)[:, 0]
    return np.where(share == 0, y.dtype.type(0), -share * picked)


def _pair(function, input, target):
    x, t = _checks.arrays(function, input=input, target=target)
    _checks.same_shape(function, ("input", x), ("target", t))
    if np.isnan(t).any():
        raise ArgumentError(
            f"{function}: target holds NaN, expected numbers to compare with.\n"
            "  Fix: leave examples without a target out."
        )
    return x, t
