"""Arithmetic of shapes: output sizes, receptive fields, parameters and multiplications.

No array is made here; a network is a tuple of layers that are data.

>>> network = [Conv(8, 3), Pool(2), Flatten(), Linear(10)]
>>> output_shape(network, (1, 28, 28)), parameters(network, (1, 28, 28))
((10,), 13610)
"""

from cnnlab.shapes.architectures import ARCHITECTURES, Architecture, Published
from cnnlab.shapes.builders import DEEPFACE
from cnnlab.shapes.convolutions import Conv, ConvTranspose, LocallyConnected
from cnnlab.shapes.layers import (
    AdaptivePool,
    BatchNorm,
    Flatten,
    Layer,
    Linear,
    Pointwise,
    Pool,
)
from cnnlab.shapes.sizes import conv_output_size, conv_transpose_output_size, pool_output_size
from cnnlab.shapes.stacks import (
    Block,
    depth,
    multiplications,
    output_shape,
    parameters,
    receptive_field,
    table,
)
from cnnlab.shapes.tables import Row, Table

__all__ = [
    "ARCHITECTURES",
    "DEEPFACE",
    "AdaptivePool",
    "Architecture",
    "BatchNorm",
    "Block",
    "Conv",
    "ConvTranspose",
    "Flatten",
    "Layer",
    "Linear",
    "LocallyConnected",
    "Pointwise",
    "Pool",
    "Published",
    "Row",
    "Table",
    "conv_output_size",
    "conv_transpose_output_size",
    "depth",
    "multiplications",
    "output_shape",
    "parameters",
    "pool_output_size",
    "receptive_field",
    "table",
]
