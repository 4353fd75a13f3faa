"""The checks of assignment 02_filters, one module for each function."""

from cnnlab.checks.filters import convolve2d, correlate2d, correlate2d_strided, window_sum

LADDERS = tuple(m.LADDER for m in (window_sum, correlate2d, correlate2d_strided, convolve2d))
