"""The checks of assignment 05_channels, one module for each function."""

from cnnlab.checks.channels.conv2d import LADDER as CONV2D
from cnnlab.checks.channels.conv2d_parameters import LADDER as CONV2D_PARAMETERS
from cnnlab.checks.channels.filter_response import LADDER as FILTER_RESPONSE
from cnnlab.checks.channels.filter_sum import LADDER as FILTER_SUM

LADDERS = (FILTER_SUM, FILTER_RESPONSE, CONV2D, CONV2D_PARAMETERS)
