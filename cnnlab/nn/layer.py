"""What every layer is: a forward step, a backward step, and the numbers that it learns."""

from collections.abc import Callable, Iterator

import numpy as np

from cnnlab.errors import ArgumentError, ShapeError, StateError
from cnnlab.shapes import Layer as Description

Hook = Callable[["Layer", np.ndarray, np.ndarray], None]


class Handle:
    """Takes a hook away again: by `remove`, or at the end of a ``with`` block.

    >>> from cnnlab import nn
    >>> layer, seen = nn.ReLU(), []
    >>> handle = layer.register_forward_hook(lambda *step: seen.append(step))
    >>> handle.remove()
    >>> _ = layer(np.array([[-1.0, 2.0]]))
    >>> seen
    []
    """

    def __init__(self, hooks: list[Hook], hook: Hook):
        self._hooks, self._hook = hooks, hook

    def remove(self) -> None:
        if self._hook in self._hooks:
            self._hooks.remove(self._hook)

    def __enter__(self) -> "Handle":
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


class Layer:
    """One step of a network.

    `forward` returns the output and keeps what `backward` needs. `backward` takes the gradient of
    the loss with respect to the output, sets ``gradients[name]`` for each parameter, and returns
    the gradient with respect to the input. Nothing is added up between two calls.

    Parameters are plain arrays, for example ``layer.weight``; assign to them or change them in
    place. What is assigned is copied, must have the same shape, and takes the layer's dtype, which
    is float32 unless `astype` was called.

    Raises: `ShapeError` if something of another shape is assigned; `StateError` from `backward`
    if no forward step came before it.

    >>> from cnnlab import nn
    >>> layer = nn.Linear(2, 1, rng=0)
    >>> layer.parameters().keys(), layer.weight.dtype
    (dict_keys(['weight', 'bias']), dtype('float32'))
    """

    parameter_names: tuple[str, ...] = ()
    buffer_names: tuple[str, ...] = ()  # kept in files, but not learnt by gradients

    def __init__(self) -> None:
        self.training = True
        self.gradients: dict[str, np.ndarray] = {}
        self._hooks: list[Hook] = []
        self._kept: tuple | None = None
        self._sizes: dict[tuple[int, ...], tuple[int, ...]] = {}

    def forward(self, input: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def backward(self, grad_output: np.ndarray, input_gradient: bool = True) -> np.ndarray | None:
        raise NotImplementedError

    def describe(self) -> Description:
        """The layer as data for `cnnlab.shapes`."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.parameter_names + self.buffer_names and hasattr(self, name):
            value = self._fitting(name, value)
        object.__setattr__(self, name, value)

    def _fitting(self, name: str, value: object) -> np.ndarray:
        old, new = getattr(self, name), np.array(value)
        if new.shape != old.shape or new.dtype.kind not in "fiub":
            raise ShapeError(
                f"{self!r}: {name} must be numbers of shape {old.shape}, got {new.dtype} of shape "
                f"{new.shape}."
            )
        return new.astype(old.dtype, copy=False)

    def __call__(self, input: np.ndarray) -> np.ndarray:
        output = self.forward(input)
        for hook in self._hooks:
            hook(self, input, output)
        return output

    def register_forward_hook(self, hook: Hook) -> Handle:
        """Call ``hook(layer, input, output)`` after each forward step, until it is removed.

        >>> from cnnlab import nn
        >>> layer, seen = nn.ReLU(), []
        >>> with layer.register_forward_hook(lambda layer, input, output: seen.append(output)):
        ...     _ = layer(np.array([[-1.0, 2.0]]))
        >>> seen
        [array([[0., 2.]])]
        """
        self._hooks.append(hook)
        return Handle(self._hooks, hook)

    def layers(self) -> Iterator["Layer"]:
        """This layer and those inside it."""
        yield self

    def parameters(self) -> dict[str, np.ndarray]:
        """The arrays that training changes, by name."""
        return {name: getattr(self, name) for name in self.parameter_names}

    def train(self, mode: bool = True) -> "Layer":
        """Dropout drops and batch normalisation looks at its batch."""
        for layer in self.layers():
            layer.training = mode
        return self

    def eval(self) -> "Layer":
        """Dropout passes on and batch normalisation uses its running mean."""
        return self.train(False)

    def astype(self, dtype: type | np.dtype | str) -> "Layer":
        """Turn every parameter into float32 or float64."""
        kind = np.dtype(dtype)
        if kind not in (np.float32, np.float64):
            raise ArgumentError(f"astype: networks compute in float32 or float64, not {kind}.")
        for layer in self.layers():
            for name in layer.parameter_names + layer.buffer_names:
                object.__setattr__(layer, name, getattr(layer, name).astype(kind))
        return self

    def _output_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """(N, C, H, W) -> the output's shape, worked out once for each size of image."""
        if shape[1:] not in self._sizes:
            self._sizes[shape[1:]] = self.describe().output_shape(shape[1:])
        return shape[0], *self._sizes[shape[1:]]

    def _keep(self, *values: object) -> None:
        self._kept = values

    def _recall(self) -> tuple:
        if self._kept is None:
            raise StateError(f"{self!r}: backward needs a forward step first. Call the layer once.")
        return self._kept

    def _check_grad(self, grad_output: np.ndarray, shape: tuple[int, ...]) -> None:
        if np.shape(grad_output) != shape:
            raise ShapeError(
                f"{self!r}: grad_output has shape {np.shape(grad_output)}, the output had {shape}. "
                "They must be equal."
            )

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def as_float(input: np.ndarray) -> np.ndarray:
    """float32 and float64 stay; other numbers become float32."""
    array = np.asarray(input)
    return array if array.dtype in (np.float32, np.float64) else array.astype(np.float32)


def check_maps(layer: Layer, input: np.ndarray, channels: int | None = None) -> np.ndarray:
    """An input of shape (N, C, H, W) with at least one image, or a `ShapeError`."""
    array = np.asarray(input)
    if array.ndim != 4:
        raise ShapeError(
            f"{layer!r}: expects an input (N, C, H, W), got shape {array.shape}. "
            "One image needs a leading axis: image[None]."
        )
    if not array.size:
        raise ShapeError(f"{layer!r}: the input of shape {array.shape} is empty.")
    if channels is not None and array.shape[1] != channels:
        raise ShapeError(
            f"{layer!r}: the input {array.shape} has {array.shape[1]} channels on axis 1, "
            f"the layer expects {channels}."
        )
    return array
