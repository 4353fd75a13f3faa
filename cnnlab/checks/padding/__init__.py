"""The checks of assignment 04_padding_and_stride, one module for each function."""

from cnnlab.checks.padding.correlate2d_padded import LADDER as CORRELATE2D_PADDED
from cnnlab.checks.padding.output_size import LADDER as OUTPUT_SIZE
from cnnlab.checks.padding.padding_for import LADDER as PADDING_FOR
from cnnlab.checks.padding.zero_pad import LADDER as ZERO_PAD

LADDERS = (ZERO_PAD, OUTPUT_SIZE, PADDING_FOR, CORRELATE2D_PADDED)
