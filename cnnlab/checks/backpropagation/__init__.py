"""The checks of assignment 09_backpropagation, one module for each function."""

from cnnlab.checks.backpropagation.cross_entropy_backward import LADDER as CROSS_ENTROPY_BACKWARD
from cnnlab.checks.backpropagation.linear_backward import LADDER as LINEAR_BACKWARD
from cnnlab.checks.backpropagation.numerical_gradient import LADDER as NUMERICAL_GRADIENT
from cnnlab.checks.backpropagation.relu_backward import LADDER as RELU_BACKWARD
from cnnlab.checks.backpropagation.sgd_step import LADDER as SGD_STEP

LADDERS = (RELU_BACKWARD, LINEAR_BACKWARD, NUMERICAL_GRADIENT, CROSS_ENTROPY_BACKWARD, SGD_STEP)
