"""The checks of assignment 09b_layer_gradients, one module for each function."""

from cnnlab.checks.layer_gradients import (
    avg_pool2d_backward,
    conv1x1_backward,
    conv2d_backward,
    max_pool2d_backward,
    relative_error,
)

LADDERS = tuple(
    m.LADDER
    for m in (
        relative_error,
        avg_pool2d_backward,
        max_pool2d_backward,
        conv1x1_backward,
        conv2d_backward,
    )
)
