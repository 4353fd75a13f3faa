"""Pictures for the lessons: images, matrices with numbers, kernels, feature maps, windows.

Every function draws into ``ax`` where one is given and makes a figure of its own where not. It
returns the Axes (or the Figure, when it draws several panels) and never calls ``show``. Grey
images keep a fixed scale, signed data is centred at zero with white for zero, and every drawing
carries a text alternative, made from its data, that reaches the notebook page.
"""

from cnnlab.plot._alt import alt_text, describe
from cnnlab.plot._notebook import install, still
from cnnlab.plot._style import SIGNED
from cnnlab.plot.architecture import show_architecture
from cnnlab.plot.equations import show_equation
from cnnlab.plot.gradients import show_graph, show_paths
from cnnlab.plot.ideas import show_bars, show_connections, show_wraparound
from cnnlab.plot.images import show_image, show_images
from cnnlab.plot.maps import show_feature_maps, show_windows
from cnnlab.plot.matrices import show_kernel, show_kernels, show_matrix
from cnnlab.plot.responses import show_responses
from cnnlab.plot.training import show_gradients, show_history, show_predictions

__all__ = [
    "SIGNED",
    "alt_text",
    "describe",
    "show_architecture",
    "show_bars",
    "show_connections",
    "show_equation",
    "show_feature_maps",
    "show_gradients",
    "show_graph",
    "show_history",
    "show_image",
    "show_images",
    "show_kernel",
    "show_kernels",
    "show_matrix",
    "show_paths",
    "show_predictions",
    "show_responses",
    "show_windows",
    "show_wraparound",
    "still",
]

install()
