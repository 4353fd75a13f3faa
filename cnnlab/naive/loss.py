"""Losses: one number that says how wrong the answers are."""

import numpy as np

from cnnlab.naive.softmax import log_softmax, softmax


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
        KeyError: ``reduction`` is not one of the names above.

    References:
        Rumelhart, Hinton & Williams (1986); name as in `torch.nn.functional.mse_loss`. The loss
        1/2 (t - x)^2 of many textbooks is half of it.

    >>> mse_loss(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    np.float64(2.0)
    """
    loss = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        loss[i] = (input[i] - target[i]) ** 2
    return _reduced(loss, reduction, loss.size)


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
        KeyError: ``reduction`` is not one of the names of `mse_loss`.

    References:
        Rumelhart, Hinton & Williams (1986).

    >>> mse_loss_backward(1, np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    array([ 0., -2.])
    """
    R = {"mean": input.size, "sum": 1, "none": 1}[reduction]
    g, dx = np.broadcast_to(grad_output, input.shape), np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        dx[i] = 2 * g[i] * (input[i] - target[i]) / R
    return dx


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
        IndexError: a target is no class. `cnnlab.functional.nll_loss` checks everything.

    References:
        Bridle (1990); names as in `torch.nn.functional.nll_loss`.

    >>> nll_loss(np.log([[0.5, 0.5], [0.25, 0.75]]), np.array([0, 1])).round(4)
    np.float64(0.4904)
    """
    w = np.ones(input.shape[1]) if weight is None else weight
    loss, R = np.zeros(target.shape), 0.0
    for n, *place in np.ndindex(target.shape):
        t = target[(n, *place)]
        if t != ignore_index:
            loss[(n, *place)] = -w[t] * input[(n, t, *place)]
            R += w[t]
    return _reduced(loss, reduction, R)


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
        IndexError: a target is no class. `cnnlab.functional.nll_loss_backward` checks everything.

    References:
        Bridle (1990).

    >>> nll_loss_backward(1, np.log([[0.5, 0.5], [0.25, 0.75]]), np.array([0, 1]))
    array([[-0.5,  0. ],
           [ 0. , -0.5]])
    """
    w = np.ones(input.shape[1]) if weight is None else weight
    counted = [w[t] for t in target.ravel() if t != ignore_index]
    R = {"mean": sum(counted), "sum": 1, "none": 1}[reduction]
    g, dx = np.broadcast_to(grad_output, target.shape), np.zeros(input.shape)
    for n, *place in np.ndindex(target.shape):
        t = target[(n, *place)]
        if t != ignore_index:
            dx[(n, t, *place)] = -g[(n, *place)] * w[t] / R
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
        IndexError: a target is no class. `cnnlab.functional.cross_entropy` checks everything.

    References:
        Bridle (1990); Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.2.2.3;
        names as in `torch.nn.functional.cross_entropy`.

    >>> cross_entropy(np.zeros((1, 10)), np.array([3])).round(4)
    np.float64(2.3026)
    """
    y = log_softmax(input, 1)
    if target.shape != input.shape:
        return nll_loss(y, target, weight, ignore_index, reduction)
    w = np.ones(input.shape[1]) if weight is None else weight
    loss = np.zeros((len(input), *input.shape[2:]))
    for n, k, *place in np.ndindex(input.shape):
        loss[(n, *place)] -= w[k] * target[(n, k, *place)] * y[(n, k, *place)]
    return _reduced(loss, reduction, loss.size)


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
        IndexError: a target is no class; `cnnlab.functional` checks everything.

    References:
        Bridle (1990).

    >>> cross_entropy_backward(1, np.log([[1.0, 3.0]]), np.array([1]))
    array([[ 0.25, -0.25]])
    """
    K = input.shape[1]
    w, p = np.ones(K) if weight is None else weight, softmax(input, 1)
    t = target if target.shape == input.shape else _one_hot(target, K, ignore_index)
    counted = sum(w[k] * t[(n, k, *place)] for n, k, *place in np.ndindex(t.shape))
    R = t.size / K if target.shape == input.shape else counted
    R, g = (R if reduction == "mean" else 1), np.broadcast_to(grad_output, p[:, 0].shape)
    dx = np.zeros(input.shape)
    for n, k, *place in np.ndindex(input.shape):
        total = sum(w[l] * t[(n, l, *place)] for l in range(K))
        error = p[(n, k, *place)] * total - w[k] * t[(n, k, *place)]
        dx[(n, k, *place)] = g[(n, *place)] * error / R
    return dx


def _one_hot(target, K, ignore_index):
    """Class t becomes a row of K numbers with a single 1; an ignored one a row of zeros."""
    rows = np.zeros((len(target), K, *target.shape[1:]))
    for n, *place in np.ndindex(target.shape):
        if target[(n, *place)] != ignore_index:
            rows[(n, target[(n, *place)], *place)] = 1
    return rows


def _reduced(loss, reduction, R):
    if reduction == "mean":
        return loss.sum() / R
    return {"sum": loss.sum(), "none": loss}[reduction]
