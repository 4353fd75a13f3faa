"""The checks of assignment 09b_layer_gradients, one module for each function."""

from cnnlab.checks.layer_gradients.avg_pool2d_backward import LADDER as AVG_POOL2D_BACKWARD
from cnnlab.checks.layer_gradients.conv1x1_backward import LADDER as CONV1X1_BACKWARD
from cnnlab.checks.layer_gradients.conv2d_backward import LADDER as CONV2D_BACKWARD
from cnnlab.checks.layer_gradients.max_pool2d_backward import LADDER as MAX_POOL2D_BACKWARD
from cnnlab.checks.layer_gradients.relative_error import LADDER as RELATIVE_ERROR

LADDERS = (
    RELATIVE_ERROR,
    AVG_POOL2D_BACKWARD,
    MAX_POOL2D_BACKWARD,
    CONV1X1_BACKWARD,
    CONV2D_BACKWARD,
)
