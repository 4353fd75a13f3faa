"""The checks of assignment 12_variants, one module for each function."""

from cnnlab.checks.variants.correlate2d_dilated import LADDER as CORRELATE2D_DILATED
from cnnlab.checks.variants.correlate2d_transposed import LADDER as CORRELATE2D_TRANSPOSED
from cnnlab.checks.variants.depthwise_separable import LADDER as DEPTHWISE_SEPARABLE
from cnnlab.checks.variants.receptive_field import LADDER as RECEPTIVE_FIELD

LADDERS = (RECEPTIVE_FIELD, CORRELATE2D_DILATED, CORRELATE2D_TRANSPOSED, DEPTHWISE_SEPARABLE)
