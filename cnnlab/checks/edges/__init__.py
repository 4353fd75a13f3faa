"""The checks of assignment 03_edges, one module for each function."""

from cnnlab.checks.edges import correlate_separable, gradient_magnitude, separate, vertical_edges

LADDERS = tuple(
    m.LADDER for m in (vertical_edges, gradient_magnitude, correlate_separable, separate)
)
