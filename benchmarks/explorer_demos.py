"""What `benchmarks.explorer_latency` measures: each explorer with a control, and its twin."""

from dataclasses import dataclass

IMAGE = "[[(3 * r + 5 * c + r * c) % 10 for c in range(28)] for r in range(28)]"

# The same demonstrations with `interact` and inline Matplotlib: the same pictures, with numbers
# where the explorer shows them, and the window with its products; nothing to point at.
WINDOW = """%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact
from scipy.signal import correlate2d

def draw(ax, data, numbers):
    ax.imshow(data)
    for (r, c), value in np.ndenumerate(data) if numbers else ():
        ax.text(c, r, value, ha="center", va="center", fontsize=6)

@interact(padding=IntSlider(min=0, max=6))
def show(padding):
    padded = np.pad(image, padding)
    output = correlate2d(padded, EXAMPLE_KERNEL, "valid")
    window = padded[:3, :3]
    figure, axes = plt.subplots(2, 3)
    for ax, data in zip(axes[0], [padded, EXAMPLE_KERNEL, output]):
        draw(ax, data, NUMBERS or data is EXAMPLE_KERNEL)
    axes[0, 0].add_patch(plt.Rectangle((-0.5, -0.5), 3, 3, fill=False, linewidth=3))
    products = window * np.array(EXAMPLE_KERNEL)
    for ax, data in zip(axes[1], [window, EXAMPLE_KERNEL, products]):
        draw(ax, data, True)
    axes[1, 2].set_title(f"sum {products.sum()}")
    plt.show()"""
LAB = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact
from scipy.signal import correlate2d
photo = np.array(explorer.image)
kernel = np.array(explorer.kernel)

@interact(middle=FloatSlider(min=0, max=6, step=1))
def show(middle):
    kernel[1, 1] = middle
    figure, axes = plt.subplots(1, 3)
    axes[0].imshow(photo, cmap="gray")
    axes[1].imshow(kernel, cmap="PuOr")
    for (r, c), value in np.ndenumerate(kernel):
        axes[1].text(c, r, f"{value:g}", ha="center", va="center")
    axes[2].imshow(correlate2d(photo, kernel, "same"), cmap="PuOr")
    plt.show()"""
POOLING = """%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, interact
from cnnlab import functional
image = np.array(explorer.image)

@interact(size=IntSlider(min=1, max=5))
def show(size):
    pooled = functional.max_pool2d(image[None, None], size, stride=2)[0, 0]
    figure, axes = plt.subplots(1, 2)
    for ax, data in zip(axes, [image, pooled]):
        ax.imshow(data)
        for (r, c), value in np.ndenumerate(data):
            ax.text(c, r, f"{value:g}", ha="center", va="center", fontsize=6)
    plt.show()"""


@dataclass(frozen=True)
class Demo:
    """One explorer, the control that is moved, the keys that move it, and how far."""

    name: str
    make: str
    control: str  # the control's selector, and the words its label begins with
    label: str = ""
    keys: tuple[str, str] = ("ArrowRight", "ArrowLeft")
    steps: int = 6
    twin: str = ""


SLIDERS = ".slider"
DEMOS = (
    Demo(
        "SlidingWindow, 6 x 6, numbers",
        "import numpy as np\n"
        "from cnnlab.explore.presets import EXAMPLE_IMAGE, EXAMPLE_KERNEL\n"
        "image = np.array(EXAMPLE_IMAGE)\n"
        "explorer = SlidingWindow(image, EXAMPLE_KERNEL)",
        SLIDERS,
        "Padding",
        twin=WINDOW.replace("NUMBERS", "True"),
    ),
    Demo(
        "SlidingWindow, 28 x 28",
        "import numpy as np\n"
        "from cnnlab.explore.presets import EXAMPLE_KERNEL\n"
        f"image = np.array({IMAGE})\n"
        "explorer = SlidingWindow(image, EXAMPLE_KERNEL)",
        SLIDERS,
        "Padding",
        twin=WINDOW.replace("NUMBERS", "False"),
    ),
    Demo(
        "KernelLab, a weight",
        "explorer = KernelLab()",
        "input[aria-label='weight 1, 1']",
        keys=("ArrowUp", "ArrowDown"),
        twin=LAB,
    ),
    Demo(
        "Pooling, window size",
        "explorer = Pooling(stride=2)",
        SLIDERS,
        "Window",
        steps=4,
        twin=POOLING,
    ),
    Demo("Channels, padding", "explorer = Channels()", SLIDERS, "Padding", steps=2),
    Demo("Backward, stride", "explorer = Backward(mode='average')", SLIDERS, "Stride", steps=2),
    Demo("ReceptiveField, unit", "explorer = ReceptiveField(unit=0)", SLIDERS, "Unit"),
    Demo("Descent, learning rate", "explorer = Descent()", SLIDERS, "Learning rate"),
    Demo(
        "Network, another digit",
        "explorer = Network()",
        "button",
        "Another digit",
        keys=("Enter", "Enter"),
    ),
)
