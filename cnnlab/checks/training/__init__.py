"""The checks of assignment 10_training, one module for each function."""

from cnnlab.checks.training import (
    accuracy,
    network_backward,
    network_forward,
    read_digits,
    train,
)

LADDERS = tuple(m.LADDER for m in (accuracy, network_forward, network_backward, train, read_digits))
