"""The dense layer."""

import math

from cnnlab.functional import _checks


def linear(input, weight, bias=None):
    r"""Every output is a weighted sum of all inputs.

    .. math:: y[n, o] = b[o] + \sum_c x[n, c]\; w[o, c]

    Shapes:
        input (..., C), weight (O, C), bias (O,) -> (..., O)

    Parameters:
        input: a batch of vectors.
        weight: one row for each output.
        bias: one number for each output; None stands for zeros.

    Raises:
        ShapeError: the sizes do not fit.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.1; names as in
        `torch.nn.functional.linear`.

    >>> linear(np.array([[1, 10]]), np.array([[1, 2], [3, 4], [5, 6]]), bias=np.array([0, 0, 7]))
    array([[21., 43., 72.]])
    """
    x, weight, bias = _checks.arrays("linear", input=input, weight=weight, bias=bias)
    _fits("linear", x.shape, weight.shape)
    if bias is not None and bias.shape != weight.shape[:1]:
        problem = (
            f"bias has shape {bias.shape}, expected one number for each of {len(weight)} outputs."
        )
        shape = ("bias", bias.shape, "(O,)")
        raise _checks.misfit("linear", problem, "make bias.shape equal (weight.shape[0],).", shape)
    y = x @ weight.T
    if bias is not None:
        y += bias
    return y


def linear_input(input_size, weight, grad_output):
    r"""Gradient of `linear` with respect to its input.

    .. math:: dx[n, c] = \sum_o g[n, o]\; w[o, c]

    Shapes:
        weight (O, C), grad_output (..., O) -> input_size (..., C)

    Parameters:
        input_size: the shape of the input.
        weight: the weight of the forward pass.
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        ShapeError: the sizes do not belong to one forward pass.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_input((1, 2), np.array([[1, 2], [3, 4]]), np.array([[1, 10]]))
    array([[31., 42.]])
    """
    weight, g = _checks.arrays("linear_input", weight=weight, grad_output=grad_output)
    size = _checks.size("linear_input", "input_size", input_size, "(..., C)")
    _fits("linear_input", size, weight.shape)
    _output("linear_input", g, (*size[:-1], len(weight)))
    return g @ weight


def linear_weight(input, weight_size, grad_output):
    r"""Gradient of `linear` with respect to its weight.

    .. math:: dw[o, c] = \sum_n g[n, o]\; x[n, c]

    Shapes:
        input (..., C), grad_output (..., O) -> weight_size (O, C)

    Parameters:
        input: the input of the forward pass.
        weight_size: the shape of the weight.
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        ShapeError: the sizes do not belong to one forward pass.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_weight(np.array([[1, 10]]), (2, 2), np.array([[2, 3]]))
    array([[ 2., 20.],
           [ 3., 30.]])
    """
    x, g = _checks.arrays("linear_weight", input=input, grad_output=grad_output)
    size = _checks.size("linear_weight", "weight_size", weight_size, "(O, C)")
    _fits("linear_weight", x.shape, size)
    _output("linear_weight", g, (*x.shape[:-1], size[0]))
    rows = math.prod(g.shape[:-1])
    return g.reshape(rows, g.shape[-1]).T @ x.reshape(rows, x.shape[-1])


def linear_bias(grad_output):
    r"""Gradient of `linear` with respect to the bias.

    .. math:: db[o] = \sum_n g[n, o]

    Shapes:
        grad_output (..., O) -> (O,)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        ShapeError: the sizes do not belong to one forward pass.
        ArgumentError: an array does not hold real numbers.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_bias(np.array([[1, 2], [10, 20]]))
    array([11., 22.])
    """
    (g,) = _checks.arrays("linear_bias", grad_output=grad_output)
    if not g.ndim:
        shape = ("grad_output", g.shape, "expected (..., O)")
        raise _checks.misfit("linear_bias", "grad_output is one number.", "pass a batch.", shape)
    return g.sum(axis=tuple(range(g.ndim - 1)))


def _fits(function, input_size, weight_size):
    if len(weight_size) == 2 and len(input_size) and input_size[-1] == weight_size[1]:
        return
    shapes = [("input", input_size, "(..., C)"), ("weight", weight_size, "(O, C)")]
    problem = "the last axis of input is not the last axis of weight."
    raise _checks.misfit(function, problem, "make weight.shape[1] equal input.shape[-1].", *shapes)


def _output(function, g, expected):
    if g.shape != tuple(expected):
        shapes = [("grad_output", g.shape, "what came"), ("forward pass", expected, "(..., O)")]
        problem = "grad_output has not the shape of the forward pass's output."
        fix = "pass the gradient of the same forward pass."
        raise _checks.misfit(function, problem, fix, *shapes)
