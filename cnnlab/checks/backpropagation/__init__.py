"""The checks of assignment 09_backpropagation, one module for each function."""

from cnnlab.checks.backpropagation import (
    cross_entropy_backward,
    linear_backward,
    numerical_gradient,
    relu_backward,
    sgd_step,
)

LADDERS = tuple(
    m.LADDER
    for m in (relu_backward, linear_backward, numerical_gradient, cross_entropy_backward, sgd_step)
)
