"""Activations: one function applied to every number."""

import numpy as np

from cnnlab.functional import _checks


def relu(input):
    r"""Keep positive numbers, replace the others by zero.

    .. math:: y = \max(x, 0)

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        ArgumentError: an array does not hold real numbers.

    References:
        Nair & Hinton (2010), "Rectified linear units improve restricted Boltzmann machines".

    >>> relu(np.array([-1.5, 0, 2.24]))
    array([0.  , 0.  , 2.24])
    """
    (x,) = _checks.arrays("relu", input=input)
    return np.maximum(x, 0)


def relu_backward(grad_output, input):
    r"""Gradient of `relu`: it passes where the input was positive; at 0 it is 0.

    .. math:: dx = g\; [x > 0]

    Shapes:
        grad_output (...), input (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input: the input of the forward pass; its output serves as well.

    Raises:
        ShapeError: the shapes differ.
        ArgumentError: an array does not hold real numbers.

    References:
        Glorot, Bordes & Bengio (2011), "Deep sparse rectifier neural networks".

    >>> relu_backward(np.array([5, 6, 7]), np.array([-1.5, 0, 2.24]))
    array([0., 0., 7.])
    """
    g, x = _checks.arrays("relu_backward", grad_output=grad_output, input=input)
    _checks.same_shape("relu_backward", ("grad_output", g), ("input", x))
    return g * (x > 0)


def leaky_relu(input, negative_slope=0.01):
    r"""Keep positive numbers, scale the others down.

    .. math:: y = x \text{ if } x > 0 \text{ else } a x

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.
        negative_slope: a, the slope left of zero.

    Raises:
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Maas, Hannun & Ng (2013), "Rectifier nonlinearities improve neural network acoustic models".

    >>> leaky_relu(np.array([-2, 0, 2]), 0.25)
    array([-0.5,  0. ,  2. ])
    """
    (x,) = _checks.arrays("leaky_relu", input=input)
    _checks.real("leaky_relu", "negative_slope", negative_slope, -np.inf, np.inf)
    return np.where(x > 0, x, x.dtype.type(negative_slope) * x)


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
        ShapeError: the shapes differ.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Maas, Hannun & Ng (2013).

    >>> leaky_relu_backward(np.array([4, 4, 4]), np.array([-2, 0, 2]), 0.25)
    array([1., 1., 4.])
    """
    g, x = _checks.arrays("leaky_relu_backward", grad_output=grad_output, input=input)
    _checks.same_shape("leaky_relu_backward", ("grad_output", g), ("input", x))
    _checks.real("leaky_relu_backward", "negative_slope", negative_slope, -np.inf, np.inf)
    return np.where(x > 0, g, g.dtype.type(negative_slope) * g)


def sigmoid(input):
    r"""Squeeze every number between 0 and 1.

    .. math:: y = 1 / (1 + e^{-x})

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        ArgumentError: an array does not hold real numbers.

    References:
        Rumelhart, Hinton & Williams (1986), "Learning representations by back-propagating errors".

    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0]))
    array([0. , 0.5, 1. ])
    """
    (x,) = _checks.arrays("sigmoid", input=input)
    e = np.exp(-np.abs(x))  # never overflows
    return np.where(x >= 0, 1, e) / (1 + e)


def sigmoid_backward(grad_output, output):
    r"""Gradient of `sigmoid`, from its output.

    .. math:: dx = g\; y\; (1 - y)

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.

    Raises:
        ShapeError: the shapes differ.
        ArgumentError: an array does not hold real numbers.

    References:
        Rumelhart, Hinton & Williams (1986).

    >>> sigmoid_backward(np.array([8.0]), np.array([0.5]))
    array([2.])
    """
    g, y = _checks.arrays("sigmoid_backward", grad_output=grad_output, output=output)
    _checks.same_shape("sigmoid_backward", ("grad_output", g), ("output", y))
    return g * y * (1 - y)


def tanh(input):
    r"""Squeeze every number between -1 and 1.

    .. math:: y = (e^x - e^{-x}) / (e^x + e^{-x})

    Shapes:
        input (...) -> (...)

    Parameters:
        input: any array of real numbers.

    Raises:
        ArgumentError: an array does not hold real numbers.

    References:
        LeCun et al. (1998), "Efficient backprop", section 4.4.

    >>> tanh(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """
    (x,) = _checks.arrays("tanh", input=input)
    return np.tanh(x)


def tanh_backward(grad_output, output):
    r"""Gradient of `tanh`, from its output.

    .. math:: dx = g\; (1 - y^2)

    Shapes:
        grad_output (...), output (...) -> (...)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        output: y, what the forward pass returned.

    Raises:
        ShapeError: the shapes differ.
        ArgumentError: an array does not hold real numbers.

    References:
        LeCun et al. (1998), "Efficient backprop", section 4.4.

    >>> tanh_backward(np.array([8.0]), np.array([0.5]))
    array([6.])
    """
    g, y = _checks.arrays("tanh_backward", grad_output=grad_output, output=output)
    _checks.same_shape("tanh_backward", ("grad_output", g), ("output", y))
    return g * (1 - y * y)
