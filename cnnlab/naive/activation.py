"""Activations: one function applied to every number."""

from math import exp
from math import tanh as _tanh

import numpy as np


def relu(input):
    r"""Keep positive numbers, replace the others by zero.

    .. math:: y = \max(x, 0)

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        TypeError: the input holds no real numbers.

    References:
        Nair & Hinton (2010), "Rectified linear units improve restricted Boltzmann machines".

    >>> relu(np.array([-1.5, 0, 2.24]))
    array([0.  , 0.  , 2.24])
    """
    y = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        y[i] = 0 if input[i] <= 0 else input[i]
    return y


def relu_backward(grad_output, input):
    r"""Gradient of `relu`: it passes where the input was positive; at 0 it is 0.

    .. math:: dx = g\; [x > 0]

    Shapes:
        grad_output (...), input (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input: the input of the forward pass; its output serves as well.

    Raises:
        IndexError: the shapes differ. `cnnlab.functional.relu_backward` checks them.

    References:
        Glorot, Bordes & Bengio (2011), "Deep sparse rectifier neural networks".

    >>> relu_backward(np.array([5, 6, 7]), np.array([-1.5, 0, 2.24]))
    array([0., 0., 7.])
    """
    dx = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        dx[i] = grad_output[i] if input[i] > 0 else 0
    return dx


def leaky_relu(input, negative_slope=0.01):
    r"""Keep positive numbers, scale the others down.

    .. math:: y = x \text{ if } x > 0 \text{ else } a x

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.
        negative_slope: a, the slope left of zero.

    Raises:
        TypeError: the input holds no real numbers.

    References:
        Maas, Hannun & Ng (2013), "Rectifier nonlinearities improve neural network acoustic models".

    >>> leaky_relu(np.array([-2, 0, 2]), 0.25)
    array([-0.5,  0. ,  2. ])
    """
    y = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        y[i] = input[i] if input[i] > 0 else negative_slope * input[i]
    return y


def leaky_relu_backward(grad_output, input, negative_slope=0.01):
    r"""Gradient of `leaky_relu`.

    .. math:: dx = g \text{ if } x > 0 \text{ else } a g

    Shapes:
        grad_output (...), input (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input: the input of the forward pass.
        negative_slope: a, the slope left of zero.

    Raises:
        IndexError: the shapes differ. `cnnlab.functional.leaky_relu_backward` checks them.

    References:
        Maas, Hannun & Ng (2013).

    >>> leaky_relu_backward(np.array([4, 4, 4]), np.array([-2, 0, 2]), 0.25)
    array([1., 1., 4.])
    """
    dx = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        dx[i] = grad_output[i] if input[i] > 0 else negative_slope * grad_output[i]
    return dx


def sigmoid(input):
    r"""Squeeze every number between 0 and 1.

    .. math:: y = 1 / (1 + e^{-x})

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        TypeError: the input holds no real numbers.

    References:
        Rumelhart, Hinton & Williams (1986), "Learning representations by back-propagating errors".

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    y = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        x = input[i]
        y[i] = 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
    return y


def sigmoid_backward(grad_output, output):
    r"""Gradient of `sigmoid`, from its output.

    .. math:: dx = g\; y\; (1 - y)

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.

    Raises:
        IndexError: the shapes differ. `cnnlab.functional.sigmoid_backward` checks them.

    References:
        Rumelhart, Hinton & Williams (1986).

    >>> sigmoid_backward(np.array([8.0]), np.array([0.5]))
    array([2.])
    """
    dx = np.zeros(output.shape)
    for i in np.ndindex(output.shape):
        dx[i] = grad_output[i] * output[i] * (1 - output[i])
    return dx


def tanh(input):
    r"""Squeeze every number between -1 and 1.

    .. math:: y = (e^x - e^{-x}) / (e^x + e^{-x})

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        TypeError: the input holds no real numbers.

    References:
        LeCun et al. (1998), "Efficient backprop", section 4.4.

    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    y = np.zeros(input.shape)
    for i in np.ndindex(input.shape):
        y[i] = _tanh(input[i])
    return y


def tanh_backward(grad_output, output):
    r"""Gradient of `tanh`, from its output.

    .. math:: dx = g\; (1 - y^2)

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.

    Raises:
        IndexError: the shapes differ. `cnnlab.functional.tanh_backward` checks them.

    References:
        LeCun et al. (1998), "Efficient backprop", section 4.4.

    >>> tanh_backward(np.array([8.0]), np.array([0.5]))
    array([6.])
    """
    dx = np.zeros(output.shape)
    for i in np.ndindex(output.shape):
        dx[i] = grad_output[i] * (1 - output[i] ** 2)
    return dx
