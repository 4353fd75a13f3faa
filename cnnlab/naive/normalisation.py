"""Dropout and batch normalisation: layers that behave differently while training."""

from math import sqrt

import numpy as np


def dropout(input, p=0.5, training=True, rng=None, return_mask=False):
    r"""Silence each number with probability p; scale the others up so that the mean stays.

    .. math:: y = x\, m, \quad m = 0 \text{ with probability } p, \text{ else } 1 / (1 - p)

    When not training, m is 1 everywhere.

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.
        p: probability of silence, from 0 to 1.
        training: whether to silence at all.
        rng: the `numpy.random.Generator` that decides; None takes a fresh one.
        return_mask: return m, too.

    Raises:
        ValueError: an array does not hold numbers. `cnnlab.functional.dropout` checks everything.

    References:
        Srivastava et al. (2014), "Dropout: a simple way to prevent neural networks from
        overfitting", section 10 for the scaling while training.

    >>> dropout(np.ones(8), p=0.5, rng=np.random.default_rng(1))
    array([2., 2., 0., 2., 0., 0., 2., 0.])
    """
    rng = np.random.default_rng() if rng is None else rng
    m = np.ones(input.shape)
    for i in np.ndindex(input.shape):
        if training:
            m[i] = 1 / (1 - p) if rng.random() >= p else 0
    y = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        y[i] = input[i] * m[i]
    return (y, m) if return_mask else y


def dropout_backward(grad_output, mask):
    r"""Gradient of `dropout`: what was silent stays silent.

    .. math:: dx = g\, m

    Shapes:
        grad_output (...), mask (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        mask: m, as `dropout` returned it.

    Raises:
        IndexError: the shapes differ. `cnnlab.functional.dropout_backward` checks them.

    References:
        Srivastava et al. (2014), section 5.1.

    >>> dropout_backward(np.array([1.0, 3.0]), np.array([0.0, 2.0]))
    array([0., 6.])
    """
    dx = np.zeros(grad_output.shape)
    for i in np.ndindex(grad_output.shape):
        dx[i] = grad_output[i] * mask[i]
    return dx


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    training=False,
    momentum=0.1,
    eps=1e-5,
):
    r"""Shift and scale every channel to mean 0 and variance 1, then by learnt numbers.

    .. math:: y[n, c] = \frac{x[n, c] - \mu_c}{\sqrt{\sigma^2_c + \epsilon}}\; \gamma_c + \beta_c

    While training, mu and sigma^2 are those of the batch, over all images and positions, and the
    running values move a little towards them (towards sigma^2 R / (R - 1) of R numbers, which is
    unbiased). Otherwise mu and sigma^2 are the running values.

    Shapes:
        input (N, C, ...), the other arrays (C,) -> (N, C, ...)

    Parameters:
        input: a batch of vectors or feature maps.
        running_mean, running_var: float arrays, changed in place while training; None in training
            keeps no record.
        weight, bias: gamma and beta; None stands for ones and zeros.
        training: whether to use the batch.
        momentum: how far the running values move, from 0 to 1.
        eps: a small positive number that keeps the root from 0.

    Raises:
        ZeroDivisionError: the batch is empty. `cnnlab.functional.batch_norm` checks everything.

    References:
        Ioffe & Szegedy (2015), arXiv:1502.03167, algorithm 1; as `torch.nn.functional.batch_norm`.

    >>> batch_norm(np.array([[1.0], [3.0]]), None, None, training=True, eps=0)
    array([[-1.],
           [ 1.]])
    """
    y = np.zeros(input.shape)
    for c in range(input.shape[1]):
        x = input[:, c]
        if training:
            mu = sum(x.flat) / x.size
            var = sum((number - mu) ** 2 for number in x.flat) / x.size
            if running_mean is not None:
                running_mean[c] += momentum * (mu - running_mean[c])
                running_var[c] += momentum * (var * x.size / (x.size - 1) - running_var[c])
        else:
            mu, var = running_mean[c], running_var[c]
        gamma, beta = (1 if weight is None else weight[c]), (0 if bias is None else bias[c])
        for i in np.ndindex(x.shape):
            y[:, c][i] = (x[i] - mu) / sqrt(var + eps) * gamma + beta
    return y


def batch_norm_backward(
    grad_output, input, running_mean, running_var, weight=None, training=False, eps=1e-5
):
    r"""Gradients of `batch_norm` with respect to input, weight and bias.

    .. math::
        d\beta_c = \sum g, \quad d\gamma_c = \sum g\, \hat{x}, \quad
        dx = \frac{\gamma_c}{\sqrt{\sigma^2_c + \epsilon}}
            \Bigl(g - \frac{d\beta_c + \hat{x}\, d\gamma_c}{R}\Bigr)

    The sums run over the R numbers of channel c; x-hat is the normalised input. When not training,
    mu and sigma^2 are constants and the fraction with R drops out.

    Shapes:
        grad_output (N, C, ...), input (N, C, ...), the other arrays (C,)
        -> (N, C, ...), (C,), (C,)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input, running_mean, running_var, weight, training, eps: as in `batch_norm`.

    Raises:
        ZeroDivisionError: the batch is empty; `cnnlab.functional` checks everything.

    References:
        Ioffe & Szegedy (2015), arXiv:1502.03167, section 3.

    >>> x, g = np.array([[1.0], [3.0], [5.0]]), np.array([[1.0], [0.0], [1.0]])
    >>> dx, dgamma, dbeta = batch_norm_backward(g, x, np.array([3.0]), np.array([4.0]), eps=0)
    >>> dx.ravel(), dgamma, dbeta
    (array([0.5, 0. , 0.5]), array([0.]), array([2.]))
    """
    C = input.shape[1]
    dx, dgamma, dbeta = np.zeros(input.shape), np.zeros(C), np.zeros(C)
    for c in range(C):
        x, g = input[:, c], grad_output[:, c]
        mu = sum(x.flat) / x.size if training else running_mean[c]
        var = sum((number - mu) ** 2 for number in x.flat) / x.size if training else running_var[c]
        root, gamma = sqrt(var + eps), 1 if weight is None else weight[c]
        for i in np.ndindex(x.shape):
            dbeta[c] += g[i]
            dgamma[c] += g[i] * (x[i] - mu) / root
        for i in np.ndindex(x.shape):
            common = (dbeta[c] + (x[i] - mu) / root * dgamma[c]) / x.size if training else 0
            dx[:, c][i] = gamma / root * (g[i] - common)
    return dx, dgamma, dbeta
