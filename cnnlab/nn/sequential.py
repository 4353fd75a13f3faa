"""Layers in a row."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from cnnlab import shapes
from cnnlab.errors import ArgumentError, StateError
from cnnlab.nn import files
from cnnlab.nn.layer import Hook, Layer


class Sequential(Layer):
    r"""A network: the output of each layer is the input of the next.

    .. math:: y = f_L(\ldots f_2(f_1(x)))

    Shapes: those of the first layer's input and the last layer's output.

    Parameters: ``layers``, in order; a `Sequential` counts as one layer.
    Raises: `ArgumentError` if one of them is no layer.

    >>> from cnnlab import nn
    >>> network = nn.Sequential(nn.Conv2d(1, 8, 3), nn.MaxPool2d(2), nn.Flatten())
    >>> network(np.zeros((5, 1, 28, 28), np.float32)).shape
    (5, 1352)
    >>> len(network), network[0]
    (3, Conv2d(1, 8, 3))

    References: ``torch.nn.Sequential``.
    """

    def __init__(self, *layers: Layer):
        super().__init__()
        for place, layer in enumerate(layers):
            if not isinstance(layer, Layer):
                raise ArgumentError(f"Sequential: argument {place} is no layer: {layer!r}.")
        self._layers = list(layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __getitem__(self, place: int) -> Layer:
        return self._layers[place]

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers)

    def forward(self, input: np.ndarray) -> np.ndarray:
        for layer in self._layers:
            input = layer(input)
        return input

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        """Run the layers backward.

        Without ``input_gradient`` the run ends at the first layer that learns: what lies before it
        needs no gradient.
        """
        last = 0 if input_gradient else self._first_that_learns()
        for place in range(len(self) - 1, last - 1, -1):
            wanted = input_gradient or place > last
            gradient = self._layers[place].backward(grad_output, wanted)
            if gradient is None:
                return None
            grad_output = gradient
        return grad_output

    def layers(self) -> Iterator[Layer]:
        yield self
        for layer in self._layers:
            yield from layer.layers()

    def named_layers(self) -> Iterator[tuple[str, Layer]]:
        """Each layer that is not a `Sequential`, with its place, as "0" or "2.1"."""
        for place, layer in enumerate(self._layers):
            if isinstance(layer, Sequential):
                yield from ((f"{place}.{name}", inner) for name, inner in layer.named_layers())
            else:
                yield str(place), layer

    def parameters(self) -> dict[str, np.ndarray]:
        """Every array that training changes, as "0.weight", "0.bias", ..."""
        return {
            f"{place}.{name}": value
            for place, layer in self.named_layers()
            for name, value in layer.parameters().items()
        }

    def learnt(self) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
        """Name, array and gradient of every parameter, for an optimiser.

        Raises: `StateError` if a layer has not run backward.
        """
        for place, layer in self.named_layers():
            for name, value in layer.parameters().items():
                if name not in layer.gradients:
                    raise StateError(
                        f"{layer!r} has no gradient of its {name} yet. "
                        "Call backward on the network before the optimiser's step."
                    )
                yield f"{place}.{name}", value, layer.gradients[name]

    def feature_maps(self, input: np.ndarray) -> dict[str, np.ndarray]:
        """The output of every layer for this input, by place and layer.

        >>> from cnnlab import nn
        >>> maps = Sequential(nn.ReLU(), nn.Flatten()).feature_maps(np.ones((1, 2, 3, 3)))
        >>> {name: output.shape for name, output in maps.items()}
        {'0 ReLU()': (1, 2, 3, 3), '1 Flatten()': (1, 18)}
        """
        seen: dict[str, np.ndarray] = {}
        handles = [
            layer.register_forward_hook(_recorder(seen, f"{place} {layer!r}"))
            for place, layer in self.named_layers()
        ]
        try:
            self(input)
        finally:
            for handle in handles:
                handle.remove()
        return seen

    def describe(self) -> shapes.Block:
        return shapes.Block("sequential", (tuple(layer.describe() for layer in self._layers),))

    def summary(self, input_shape: tuple[int, ...]) -> shapes.Table:
        """What each layer makes, learns, multiplies and sees; print it, or show it in a notebook.

        Parameters: ``input_shape`` (C, H, W) of one image.
        Raises: `ShapeError` where a layer does not fit, naming its place.
        """
        return shapes.table((layer.describe() for _, layer in self.named_layers()), input_shape)

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write what was learnt to ``path``, an .npz file of plain arrays, and return the path.

        Raises: `ArgumentError` if the file exists and ``overwrite`` is not True, or the folder does
        not exist.
        """
        return files.save(self._state(), path, overwrite=overwrite)

    def load(self, path: str | Path) -> "Sequential":
        """Read what `save` wrote into this network, and return the network.

        Raises: `ArgumentError` if the file is missing or is no such file; `ShapeError` if it holds
        another network.

        >>> import tempfile
        >>> from cnnlab import nn
        >>> one, two = (nn.Sequential(nn.Linear(3, 2, rng=seed)) for seed in (0, 1))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = two.load(one.save(folder + "/learnt.npz"))
        >>> np.array_equal(one[0].weight, two[0].weight)
        True
        """
        found = files.load(path, {name: value.shape for name, value in self._state().items()})
        for place, layer in self.named_layers():
            for name in layer.parameter_names + layer.buffer_names:
                setattr(layer, name, found[f"{place}.{name}"])
        return self

    def _state(self) -> dict[str, np.ndarray]:
        return {
            f"{place}.{name}": getattr(layer, name)
            for place, layer in self.named_layers()
            for name in layer.parameter_names + layer.buffer_names
        }

    def _first_that_learns(self) -> int:
        places = (place for place, layer in enumerate(self._layers) if layer.parameters())
        return next(places, len(self))

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self._layers))})"


def _recorder(seen: dict[str, np.ndarray], name: str) -> Hook:
    def record(layer: Layer, input: np.ndarray, output: np.ndarray) -> None:
        seen[name] = output

    return record
