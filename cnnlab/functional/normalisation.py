"""Dropout and batch normalisation: layers that behave differently while training."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks


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
        ArgumentError: p or rng is not what is asked for above, or the array does not hold real
            numbers.

    References:
        Srivastava et al. (2014), "Dropout: a simple way to prevent neural networks from
        overfitting", section 10 for the scaling while training.

    >>> dropout(np.ones(8), p=0.5, rng=np.random.default_rng(1))
    array([2., 2., 0., 2., 0., 0., 2., 0.])
    """
    (x,) = _checks.arrays("dropout", input=input)
    _checks.real("dropout", "p", p, 0, 1)
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise ArgumentError(
            f"dropout: rng is {rng!r}, expected a numpy.random.Generator.\n"
            "  Fix: write for example rng=np.random.default_rng(1)."
        )
    m = np.ones_like(x)
    if training:
        kept = (np.random.default_rng() if rng is None else rng).random(x.shape) >= p
        m = kept * x.dtype.type(1 / (1 - p) if p < 1 else 0)
    y = x * m
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
        ShapeError: the shapes differ.
        ArgumentError: an array does not hold real numbers.

    References:
        Srivastava et al. (2014), section 5.1.

    >>> dropout_backward(np.array([1.0, 3.0]), np.array([0.0, 2.0]))
    array([0., 6.])
    """
    g, m = _checks.arrays("dropout_backward", grad_output=grad_output, mask=mask)
    _checks.same_shape("dropout_backward", ("grad_output", g), ("mask", m))
    return g * m


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
        ShapeError: the shapes do not fit, or a channel has fewer than two numbers in training.
        ArgumentError: a setting is outside its range, or a running array is not a float array (C,).

    References:
        Ioffe & Szegedy (2015), arXiv:1502.03167, algorithm 1; as `torch.nn.functional.batch_norm`.

    >>> batch_norm(np.array([[1.0], [3.0]]), None, None, training=True, eps=0)
    array([[-1.],
           [ 1.]])
    """
    name = "batch_norm"
    x, weight, bias = _checks.arrays(
        name, ("weight", "bias"), input=input, weight=weight, bias=bias
    )
    _checks.real(name, "momentum", momentum, 0, 1)
    running = _running(name, x, running_mean, running_var, training)
    _channels(name, x, weight=weight, bias=bias)
    mean, var = _statistics(x, running, training)
    if training and running[0] is not None:
        R = x.size // x.shape[1]
        running_mean += momentum * (mean - running_mean)
        running_var += momentum * (var * R / (R - 1) - running_var)
    y = (x - _across(mean, x)) * _across(_scale(name, var, weight, eps), x)
    if bias is not None:
        y += _across(bias, x)
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
        ShapeError: the shapes do not fit, or a channel has fewer than two numbers in training.
        ArgumentError: a setting is outside its range, or a running array is not a float array (C,).

    References:
        Ioffe & Szegedy (2015), arXiv:1502.03167, section 3.

    >>> x, g = np.array([[1.0], [3.0], [5.0]]), np.array([[1.0], [0.0], [1.0]])
    >>> dx, dgamma, dbeta = batch_norm_backward(g, x, np.array([3.0]), np.array([4.0]), eps=0)
    >>> dx.ravel(), dgamma, dbeta
    (array([0.5, 0. , 0.5]), array([0.]), array([2.]))
    """
    name = "batch_norm_backward"
    g, x, weight = _checks.arrays(
        name, ("weight",), grad_output=grad_output, input=input, weight=weight
    )
    _checks.same_shape(name, ("grad_output", g), ("input", x))
    running = _running(name, x, running_mean, running_var, training)
    _channels(name, x, weight=weight)
    mean, var = _statistics(x, running, training)
    rest = (0, *range(2, x.ndim))
    x_hat = (x - _across(mean, x)) * _across(_scale(name, var, None, eps), x)
    dbeta, dgamma = g.sum(axis=rest), (g * x_hat).sum(axis=rest)
    if training:
        g = g - (_across(dbeta, x) + x_hat * _across(dgamma, x)) / (x.size // x.shape[1])
    return g * _across(_scale(name, var, weight, eps), x), dgamma, dbeta


def _statistics(x, running, training):
    """Mean and variance of every channel, of the batch or as recorded."""
    if not training:
        return (np.asarray(part, x.dtype) for part in running)
    rest = (0, *range(2, x.ndim))
    mean = x.mean(axis=rest)
    return mean, ((x - _across(mean, x)) ** 2).mean(axis=rest)


def _scale(function, var, weight, eps):
    _checks.real(function, "eps", eps, 0, np.inf, open_end=True)
    scale = 1 / np.sqrt(var + var.dtype.type(eps))
    return scale if weight is None else scale * weight


def _across(numbers, x):
    """One number for each channel, shaped to meet (N, C, ...)."""
    return numbers.reshape(-1, *[1] * (x.ndim - 2))


def _running(function, x, mean, var, training):
    """The record of mean and variance, which training changes in place."""
    if x.ndim < 2 or (training and x.size < 2 * x.shape[1]) or not x.shape[1]:
        problem = "input holds too few numbers; a channel's variance needs two."
        fix = "pass a batch (N, C, ...) with at least two numbers in every channel."
        raise _checks.misfit(function, problem, fix, ("input", x.shape, "(N, C, ...)"))
    if mean is None and var is None and training:
        return None, None
    for name, record in (("running_mean", mean), ("running_var", var)):
        good = isinstance(record, np.ndarray) and record.dtype.kind == "f"
        if not good or record.shape != (x.shape[1],):
            raise ArgumentError(
                f"{function}: {name} is {getattr(record, 'shape', record)!r}, expected a float "
                f"array with one number for each of {x.shape[1]} channels.\n"
                "  Fix: begin with np.zeros(C) for running_mean and np.ones(C) for running_var."
            )
    return mean, var


def _channels(function, x, **numbers):
    for name, array in numbers.items():
        if array is not None and array.shape != (x.shape[1],):
            problem = f"{name} does not hold one number for each of {x.shape[1]} channels."
            shapes = [(name, array.shape, "expected (C,)"), ("input", x.shape, "(N, C, ...)")]
            raise _checks.misfit(function, problem, f"make {name}.shape equal (C,).", *shapes)
