"""The checks of assignment 12_variants, one module for each function."""

from cnnlab.checks.variants import (
    correlate2d_dilated,
    correlate2d_transposed,
    depthwise_separable,
    receptive_field,
)

LADDERS = tuple(
    m.LADDER
    for m in (receptive_field, correlate2d_dilated, correlate2d_transposed, depthwise_separable)
)
