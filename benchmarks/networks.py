"""One training step of whole networks, beside the same step in PyTorch."""

from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.machine import torch_or_none
from benchmarks.rows import Bar, Case
from cnnlab import nn

LEARNING_RATE = 0.03
NIELSEN, EIGHT = "Nielsen's two-convolution net", "eight-filter net"
BARS = {
    (NIELSEN, 10): Bar(must=0.85, aim=0.60),
    (NIELSEN, 64): Bar(must=0.95, aim=0.60),
    (EIGHT, 10): Bar(must=0.45, aim=0.30),
    (EIGHT, 64): Bar(must=0.45, aim=0.30),
}


def cases() -> Iterator[Case]:
    for (name, batch), bar in BARS.items():
        images, labels = batch_of_digits(batch)
        theirs = _torch_step(name, images, labels)
        yield Case(f"{name}, batch {batch}", our_step(name, images, labels), theirs, bar)


def batch_of_digits(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Noise of the shape of digits: speed does not depend on what is drawn."""
    rng = np.random.default_rng(1)
    images = rng.uniform(-0.5, 0.5, size=(count, 1, 28, 28)).astype(np.float32)
    return images, rng.integers(0, 10, count)


def our_step(name: str, images: np.ndarray, labels: np.ndarray) -> Callable[[], float]:
    build = {NIELSEN: nn.zoo.nielsen_two_convolutions, EIGHT: nn.zoo.eight_filter_net}[name]
    network, loss = build(rng=0), nn.CrossEntropyLoss()
    optimizer = nn.SGD(network, LEARNING_RATE)

    def step() -> float:
        value = loss(network(images), labels)
        network.backward(loss.backward(), input_gradient=False)
        optimizer.step()
        return value

    return step


def _torch_step(name: str, images: np.ndarray, labels: np.ndarray):
    torch = torch_or_none()
    if torch is None:
        return None
    network = _torch_network(torch, name)
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    x, y = torch.from_numpy(images), torch.from_numpy(labels)

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def _torch_network(torch, name: str):
    """The same layers in the same order."""
    t = torch.nn
    if name == EIGHT:
        return t.Sequential(t.Conv2d(1, 8, 3), t.MaxPool2d(2), t.Flatten(), t.Linear(1352, 10))
    features = (
        *(t.Conv2d(1, 20, 5), t.MaxPool2d(2), t.ReLU()),
        *(t.Conv2d(20, 40, 5), t.MaxPool2d(2), t.ReLU()),
    )
    dense = t.Flatten(), t.Linear(640, 100), t.ReLU(), t.Linear(100, 10)
    return t.Sequential(*features, *dense)
