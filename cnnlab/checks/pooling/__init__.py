"""The checks of assignment 06_pooling, one module for each function."""

from cnnlab.checks.pooling import (
    avg_pool2d,
    bin_edges,
    global_avg_pool2d,
    max_pool2d,
    spatial_pyramid_pool2d,
)

MODULES = (max_pool2d, avg_pool2d, global_avg_pool2d, bin_edges, spatial_pyramid_pool2d)
LADDERS = tuple(m.LADDER for m in MODULES)
