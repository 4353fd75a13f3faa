"""The checks of assignment 05_channels, one module for each function."""

from cnnlab.checks.channels import conv2d, conv2d_parameters, filter_response, filter_sum

LADDERS = tuple(m.LADDER for m in (filter_sum, filter_response, conv2d, conv2d_parameters))
