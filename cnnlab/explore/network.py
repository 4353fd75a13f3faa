"""The network explorer: draw a digit and watch every layer answer."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from cnnlab import data, nn
from cnnlab.errors import ArgumentError
from cnnlab.explore.base import BUNDLES, Explorer
from cnnlab.explore.trained import digit_network
from cnnlab.explore.traits import Matrix, Pixel, Whole

POINTWISE = {nn.ReLU: "relu", nn.Sigmoid: "sigmoid", nn.Tanh: "tanh", nn.Dropout: "same"}
SIDE = 8  # of the offline digits


class Network(Explorer):
    r"""Draw a digit, and see the maps of every layer and the probabilities at the end.

    .. math:: p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}, \qquad z = f_L(\ldots f_1(x))

    Everything is computed in the page. Any `cnnlab.nn.Sequential` that takes one gray image and
    ends in scores can be looked at; the one that comes along reads digits of 8 x 8.

    Shapes: image (H, W) from 0 to 1 -> K scores

    Parameters
    ----------
    network
        A network; left out, a small one that was trained on the offline digits.
    image
        What is drawn at first, gray from 0 (paper) to 1 (ink), at most 32 x 32. Left out, a
        handwritten digit where the network takes 8 x 8, else ``size`` x ``size`` of nothing.
    size
        The sides of the image, where ``image`` is left out.
    classes
        A name for each score; left out, their numbers.
    layer, map
        The layer and the map whose making is shown, both counted from 0.
    selected
        Row and column of the pixel that the keyboard draws at.
    layout
        ipywidgets' Layout of the box around the explorer.

    Raises
    ------
    ShapeError
        The network does not take one gray image of this size.
    ArgumentError
        It has a layer that cannot be shown, does not end in scores, or the names do not fit.

    References
    ----------
    Wang et al. (2020), "CNN Explainer", arXiv:2004.15004; Harley (2015), "An interactive
    node-link visualization of convolutional neural networks", ISVC.

    >>> Network()
    Network: 8 layers, 1,210 parameters, image 8 x 8, 10 classes
    """

    _esm = BUNDLES / "network.js"
    _css = BUNDLES / "network.css"

    image = Matrix(np.zeros((SIDE, SIDE)), largest=32, shrink="shrink it, or crop it")
    layer = Whole(0, low=0, high=99, hint="layer=0 is the first layer")
    map = Whole(0, low=0, high=9999, hint="map=0 is the first map")
    selected = Pixel()
    _layers: Any = traitlets.List().tag(sync=True)
    _weights = traitlets.Bytes().tag(sync=True)
    _classes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _samples: Any = traitlets.List().tag(sync=True)

    def __init__(
        self,
        network: nn.Sequential | None = None,
        image: npt.ArrayLike | None = None,
        *,
        size: int | None = None,
        classes: Sequence[object] | None = None,
        **settings: Any,
    ) -> None:
        self._network = digit_network() if network is None else network
        if not isinstance(self._network, nn.Sequential):
            raise ArgumentError(
                f"network: expected a cnnlab.nn.Sequential, got {self._network!r}. "
                "Fix: put the layers into nn.Sequential(...)."
            )
        side = size or SIDE
        samples = _samples() if side == SIDE and image is None else []
        if image is None:
            image = samples[3] if samples else np.zeros((side, side))
        super().__init__(image=image, **settings)
        self._samples = samples
        self.refresh()
        drawn = np.array(self.image, np.float32)[np.newaxis, np.newaxis]
        scores = nn.predict(self._network, drawn).shape[1:]
        names = range(scores[0]) if classes is None else classes
        self._check_scores(scores, list(names))
        self._classes = [str(name) for name in names]

    def refresh(self) -> None:
        """Read the network's numbers anew, after it has learnt more."""
        parts: list[np.ndarray] = []
        layers = [_described(layer, parts) for _, layer in self._network.named_layers()]
        weights = np.concatenate([part.ravel() for part in parts] or [np.zeros(0)])
        with self.hold_sync():
            self._layers, self._weights = layers, weights.astype("<f4").tobytes()

    def feature_maps(self) -> dict[str, np.ndarray]:
        """What each layer makes of the drawing, by place and name."""
        self._network.eval()
        drawn = np.array(self.image, np.float32)[np.newaxis, np.newaxis]
        return self._network.feature_maps(drawn)

    def _check_scores(self, scores: tuple[int, ...], names: list[object]) -> None:
        if len(scores) != 1:
            raise ArgumentError(
                f"network: ends in an output of shape {scores}, not in a row of scores. "
                "Fix: end with nn.Flatten() and nn.Linear(...)."
            )
        if len(names) != scores[0]:
            raise ArgumentError(
                f"classes: expected {scores[0]} names, one for each score, got {len(names)}."
            )

    def describe(self) -> str:
        height, width = np.shape(self.image)
        count = sum(array.size for array in self._network.parameters().values())
        return (
            f"Network: {len(self._layers)} layers, {count:,} parameters, "
            f"image {height} x {width}, {len(self._classes)} classes"
        )


def _samples() -> list[list[list[float]]]:
    """One handwritten digit of each class."""
    images, labels = data.digits()
    firsts = [int(np.flatnonzero(labels == digit)[10]) for digit in range(10)]
    return [(images[n] / 16).tolist() for n in firsts]


def _described(layer: nn.Layer, parts: list[np.ndarray]) -> dict[str, Any]:
    """A layer as the page computes it; its numbers go to the end of ``parts``."""
    made: dict[str, Any] = {"name": repr(layer), "numbers": {}}

    def keep(name: str, array: np.ndarray | None) -> None:
        if array is not None:
            made["numbers"][name] = [sum(part.size for part in parts), array.size]
            parts.append(np.asarray(array))

    if isinstance(layer, nn.Conv2d):
        (above, below), (left, right) = layer.borders
        made |= {"kind": "convolution", "shape": layer.weight.shape, "groups": layer.groups}
        made |= {"stride": layer.stride, "dilation": layer.dilation}
        made["borders"] = [above, below, left, right]
    elif isinstance(layer, nn.MaxPool2d | nn.AvgPool2d):
        made["kind"] = "max" if isinstance(layer, nn.MaxPool2d) else "average"
        made |= {"size": layer.kernel_size, "stride": layer.stride, "padding": layer.padding}
    elif isinstance(layer, nn.Linear):
        made |= {"kind": "dense", "shape": layer.weight.shape}
    elif isinstance(layer, nn.BatchNorm2d):
        gain = layer.weight / np.sqrt(layer.running_var + layer.eps)
        keep("gain", gain)
        keep("shift", layer.bias - gain * layer.running_mean)
        return made | {"kind": "norm"}
    elif isinstance(layer, nn.Flatten):
        made["kind"] = "flatten"
    elif type(layer) in POINTWISE:
        made["kind"] = POINTWISE[type(layer)]
    else:
        raise ArgumentError(f"network: a layer {layer!r} cannot be shown in the page.")
    if isinstance(layer, nn.Conv2d | nn.Linear):
        keep("weight", layer.weight)
        keep("bias", layer.bias)
    return made
