"""The checks of assignment 03_edges, one module for each function."""

from cnnlab.checks.edges.correlate_separable import LADDER as CORRELATE_SEPARABLE
from cnnlab.checks.edges.gradient_magnitude import LADDER as GRADIENT_MAGNITUDE
from cnnlab.checks.edges.separate import LADDER as SEPARATE
from cnnlab.checks.edges.vertical_edges import LADDER as VERTICAL_EDGES

LADDERS = (VERTICAL_EDGES, GRADIENT_MAGNITUDE, CORRELATE_SEPARABLE, SEPARATE)
