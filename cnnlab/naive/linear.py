"""The dense layer."""

import numpy as np


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
        IndexError: the sizes do not fit. `cnnlab.functional.linear` checks them.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.1; names as in
        `torch.nn.functional.linear`.

    >>> linear(np.array([[1, 10]]), np.array([[1, 2], [3, 4], [5, 6]]), bias=np.array([0, 0, 7]))
    array([[21., 43., 72.]])
    """
    y = np.zeros((*input.shape[:-1], len(weight)))
    for *n, o in np.ndindex(y.shape):
        for c in range(input.shape[-1]):
            y[(*n, o)] += input[(*n, c)] * weight[o, c]
        if bias is not None:
            y[(*n, o)] += bias[o]
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
        IndexError: the sizes do not fit. `cnnlab.functional.linear_input` checks them.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_input((1, 2), np.array([[1, 2], [3, 4]]), np.array([[1, 10]]))
    array([[31., 42.]])
    """
    dx = np.zeros(input_size)
    for *n, c in np.ndindex(dx.shape):
        for o in range(len(weight)):
            dx[(*n, c)] += grad_output[(*n, o)] * weight[o, c]
    return dx


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
        IndexError: the sizes do not fit. `cnnlab.functional.linear_weight` checks them.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_weight(np.array([[1, 10]]), (2, 2), np.array([[2, 3]]))
    array([[ 2., 20.],
           [ 3., 30.]])
    """
    dw = np.zeros(weight_size)
    for *n, o in np.ndindex(grad_output.shape):
        for c in range(weight_size[1]):
            dw[o, c] += grad_output[(*n, o)] * input[(*n, c)]
    return dw


def linear_bias(grad_output):
    r"""Gradient of `linear` with respect to the bias.

    .. math:: db[o] = \sum_n g[n, o]

    Shapes:
        grad_output (..., O) -> (O,)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.

    Raises:
        IndexError: grad_output has no axis.

    References:
        Goodfellow, Bengio & Courville (2016), "Deep learning", section 6.5.

    >>> linear_bias(np.array([[1, 2], [10, 20]]))
    array([11., 22.])
    """
    db = np.zeros(grad_output.shape[-1])
    for *n, o in np.ndindex(grad_output.shape):
        db[o] += grad_output[(*n, o)]
    return db
