"""The checks of assignment 06_pooling, one module for each function."""

from cnnlab.checks.pooling.avg_pool2d import LADDER as AVG_POOL2D
from cnnlab.checks.pooling.bin_edges import LADDER as BIN_EDGES
from cnnlab.checks.pooling.global_avg_pool2d import LADDER as GLOBAL_AVG_POOL2D
from cnnlab.checks.pooling.max_pool2d import LADDER as MAX_POOL2D
from cnnlab.checks.pooling.spatial_pyramid_pool2d import LADDER as SPATIAL_PYRAMID_POOL2D

LADDERS = (MAX_POOL2D, AVG_POOL2D, GLOBAL_AVG_POOL2D, BIN_EDGES, SPATIAL_PYRAMID_POOL2D)
