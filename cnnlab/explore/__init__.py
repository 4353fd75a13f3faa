"""Explorers: interactive views that answer under your hand, in JupyterLab and in a static page.

>>> from cnnlab.explore import SlidingWindow
>>> SlidingWindow(stride=2).output_shape
(2, 2)
"""

from cnnlab.explore.backward import Backward
from cnnlab.explore.channels import Channels
from cnnlab.explore.curves import Curves
from cnnlab.explore.descent import Descent
from cnnlab.explore.kernel_lab import KernelLab
from cnnlab.explore.network import Network
from cnnlab.explore.pooling import Pooling
from cnnlab.explore.presets import PRESETS
from cnnlab.explore.receptive_field import ReceptiveField
from cnnlab.explore.sliding_window import SlidingWindow

__all__ = [
    "PRESETS",
    "Backward",
    "Channels",
    "Curves",
    "Descent",
    "KernelLab",
    "Network",
    "Pooling",
    "ReceptiveField",
    "SlidingWindow",
]
