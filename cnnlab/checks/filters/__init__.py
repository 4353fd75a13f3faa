"""The checks of assignment 02_filters, one module for each function."""

from cnnlab.checks.filters.convolve2d import LADDER as CONVOLVE2D
from cnnlab.checks.filters.correlate2d import LADDER as CORRELATE2D
from cnnlab.checks.filters.correlate2d_strided import LADDER as CORRELATE2D_STRIDED
from cnnlab.checks.filters.window_sum import LADDER as WINDOW_SUM

LADDERS = (WINDOW_SUM, CORRELATE2D, CORRELATE2D_STRIDED, CONVOLVE2D)
