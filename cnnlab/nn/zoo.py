"""Small networks that the course trains, with random first weights."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.nn.conv import Conv2d
from cnnlab.nn.dense import Dropout, Flatten, Linear, ReLU, Sigmoid, Tanh
from cnnlab.nn.initial import Initial, Rng, glorot_uniform
from cnnlab.nn.layer import Layer
from cnnlab.nn.pooling import AvgPool2d, MaxPool2d
from cnnlab.nn.sequential import Sequential


def small(
    rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int
) -> np.ndarray:
    """Normal numbers over the fan: scores begin near zero, so the first loss is near ln K."""
    return rng.normal(size=shape) / fan_in


def eight_filter_net(*, rng: Rng = None) -> Sequential:
    """Eight 3 x 3 filters, pooling, and ten scores from 1352 numbers.

    Shapes: (N, 1, 28, 28) -> (N, 10)
    Parameters: ``rng``, a Generator or a seed.
    Raises: `ShapeError` for images of another size, when it is called.

    >>> eight_filter_net(rng=0).summary((1, 28, 28)).parameters
    13610

    References: Zhou (2019), "CNNs, part 1: an introduction to convolutional neural networks".
    """
    rng = np.random.default_rng(rng)
    return Sequential(
        Conv2d(1, 8, 3, init=small, rng=rng),
        MaxPool2d(2),
        Flatten(),
        Linear(1352, 10, init=small, rng=rng),
    )


def nielsen_dense(*, rng: Rng = None) -> Sequential:
    """784 pixels, 100 hidden numbers, 10 scores: the first rung of the ladder.

    Shapes: (N, 1, 28, 28) -> (N, 10)
    Parameters and Raises: as `eight_filter_net`.

    >>> nielsen_dense(rng=0).summary((1, 28, 28)).parameters      # 785 * 100 + 101 * 10
    79510

    References: Nielsen (2015), Neural Networks and Deep Learning, chapter 6.
    """
    return Sequential(Flatten(), *_dense(784, (100,), "sigmoid", 0.0, np.random.default_rng(rng)))


def nielsen_one_convolution(*, rng: Rng = None) -> Sequential:
    """Twenty 5 x 5 filters, pooling, 100 hidden numbers, 10 scores.

    Shapes, Parameters, Raises and References: as `nielsen_dense`.

    >>> nielsen_one_convolution(rng=0).summary((1, 28, 28)).parameters
    289630
    """
    rng = np.random.default_rng(rng)
    return Sequential(
        *_convolved(1, 20, "sigmoid", rng),
        Flatten(),
        *_dense(20 * 12 * 12, (100,), "sigmoid", 0.0, rng),
    )


def nielsen_two_convolutions(
    hidden: tuple[int, ...] = (100,),
    activation: str = "relu",
    dropout: float = 0.0,
    *,
    rng: Rng = None,
) -> Sequential:
    """Twenty, then forty 5 x 5 filters, each with pooling; then dense layers and 10 scores.

    Parameters: ``hidden``, the sizes of the dense layers between; ``activation``, "relu",
    "sigmoid" or "tanh"; ``dropout``, the share of numbers dropped before each dense layer.
    Shapes and References: as `nielsen_dense`.
    Raises: `ArgumentError` for an unknown activation.

    >>> nielsen_two_convolutions((1000, 1000), dropout=0.5, rng=0).summary((1, 28, 28)).output_shape
    (10,)
    """
    rng = np.random.default_rng(rng)
    return Sequential(
        *_convolved(1, 20, activation, rng),
        *_convolved(20, 40, activation, rng),
        Flatten(),
        *_dense(40 * 4 * 4, hidden, activation, dropout, rng),
    )


def lenet5(size: int = 28, *, rng: Rng = None) -> Sequential:
    """LeNet-5 as it is built today: plain average pooling, all maps connected, ten scores.

    Shapes: (N, 1, size, size) -> (N, 10)
    Parameters: ``size``, 28 (padded by 2) or 32.
    Raises: `ArgumentError` for another size.

    >>> lenet5(rng=0).summary((1, 28, 28)).parameters
    61706

    References: LeCun, Bottou, Bengio and Haffner (1998), section II.
    """
    if size not in (28, 32):
        raise ArgumentError(f"lenet5: size must be 28 or 32 pixels, got {size!r}.")
    rng = np.random.default_rng(rng)
    init = "glorot"
    return Sequential(
        Conv2d(1, 6, 5, padding=(32 - size) // 2, init=init, rng=rng),
        Tanh(),
        AvgPool2d(2),
        Conv2d(6, 16, 5, init=init, rng=rng),
        Tanh(),
        AvgPool2d(2),
        Flatten(),
        *_dense(16 * 5 * 5, (120, 84), "tanh", 0.0, rng),
    )


def tiny_vgg(classes: int = 10, *, rng: Rng = None) -> Sequential:
    """Two pairs of 3 x 3 convolutions with ten filters each, small enough to draw whole.

    Shapes: (N, 3, 64, 64) -> (N, classes)
    Parameters: ``classes``, how many scores; ``rng``, a Generator or a seed.
    Raises: `ArgumentError` for less than one class.

    >>> [row.output_shape for row in tiny_vgg(rng=0).summary((3, 64, 64)).rows][4::5]
    [(10, 30, 30), (10, 13, 13)]

    References: Wang et al. (2020), "CNN Explainer", arXiv:2004.15004.
    """
    rng = np.random.default_rng(rng)
    layers: list[Layer] = []
    for channels in (3, 10):
        layers += [Conv2d(channels, 10, 3, rng=rng), ReLU(), Conv2d(10, 10, 3, rng=rng), ReLU()]
        layers += [MaxPool2d(2)]
    return Sequential(*layers, Flatten(), Linear(10 * 13 * 13, classes, rng=rng))


def _steep(
    rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int
) -> np.ndarray:
    """Four times `glorot_uniform`: the slope of a sigmoid at 0 is a quarter of tanh's."""
    return 4 * glorot_uniform(rng, shape, fan_in, fan_out)


ACTIVATIONS: dict[str, tuple[type[Layer], Initial]] = {
    "relu": (ReLU, "he"),
    "sigmoid": (Sigmoid, _steep),
    "tanh": (Tanh, "glorot"),
}


def _activation(name: str) -> tuple[type[Layer], Initial]:
    if name not in ACTIVATIONS:
        raise ArgumentError(f"activation must be one of {sorted(ACTIVATIONS)}, got {name!r}.")
    return ACTIVATIONS[name]


def _convolved(
    channels: int, filters: int, activation: str, rng: np.random.Generator
) -> tuple[Layer, ...]:
    """Pooling before the activation gives the same numbers with a quarter of the work."""
    kind, init = _activation(activation)
    return Conv2d(channels, filters, 5, init=init, rng=rng), MaxPool2d(2), kind()


def _dense(
    inputs: int,
    hidden: tuple[int, ...],
    activation: str,
    dropout: float,
    rng: np.random.Generator,
) -> list[Layer]:
    kind, init = _activation(activation)
    layers: list[Layer] = []
    for features in hidden:
        if dropout:
            layers.append(Dropout(dropout, rng=rng))
        layers += [Linear(inputs, features, init=init, rng=rng), kind()]
        inputs = features
    if dropout:
        layers.append(Dropout(dropout, rng=rng))
    # Scores stay as they are, since the softmax is in the loss: no steep weights for them.
    return [*layers, Linear(inputs, 10, init="glorot" if init is _steep else init, rng=rng)]
