"""The checks of assignment 04_padding_and_stride, one module for each function."""

from cnnlab.checks.padding import correlate2d_padded, output_size, padding_for, zero_pad

LADDERS = tuple(m.LADDER for m in (zero_pad, output_size, padding_for, correlate2d_padded))
