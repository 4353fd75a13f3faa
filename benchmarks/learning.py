"""How long a network takes to learn to read digits, from random weights to a held-back test."""

import gzip
import time
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from benchmarks.rows import Bar
from cnnlab import nn

BAR = Bar(must=60.0, aim=15.0)
FILES = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
GOAL = 0.98
EPOCHS = 20


def lenet_on_offline_digits() -> tuple[float, str]:
    """LeNet-5 on scikit-learn's digits, four times enlarged, until it reads 98 % held back."""
    data = load_digits()
    images = (data.images[:, None] / 16 - 0.5).repeat(4, axis=2).repeat(4, axis=3)
    order = np.random.default_rng(0).permutation(len(images))
    images, labels = images[order].astype(np.float32), data.target[order]
    network = nn.zoo.lenet5(32, rng=0)
    optimizer = nn.SGD(network, 0.1, momentum=0.9)
    start = time.perf_counter()
    for epoch in range(1, EPOCHS + 1):
        nn.fit(
            network,
            images[:1437],
            labels[:1437],
            optimizer=optimizer,
            rng=epoch,
            progress=False,
        )
        share = nn.accuracy(network, images[1437:], labels[1437:])
        if share >= GOAL:
            break
    seconds = time.perf_counter() - start
    if share < GOAL:
        return float("inf"), f"only {share:.1%} after {EPOCHS} epochs"
    return seconds, f"{share:.1%} of 360 held-back digits after {epoch} epochs"


def eight_filters_on_mnist(folder: str) -> tuple[float, str]:
    """The eight-filter net on 8,000 real digits for three epochs."""
    images, labels = (_read(Path(folder) / name) for name in FILES)
    images = (images[:, None] / 255 - 0.5).astype(np.float32)
    network = nn.zoo.eight_filter_net(rng=0)
    start = time.perf_counter()
    nn.fit(
        network,
        images[:8000],
        labels[:8000],
        epochs=3,
        batch_size=16,
        optimizer=nn.SGD(network, 0.01, momentum=0.9),
        rng=0,
        progress=False,
    )
    seconds = time.perf_counter() - start
    share = nn.accuracy(network, images[8000:], labels[8000:])
    return seconds, f"{share:.1%} of 2,000 held-back digits"


def _read(path: Path) -> np.ndarray:
    """An IDX file: two zero bytes, a type, the number of axes, their sizes, the numbers."""
    content = gzip.decompress(path.read_bytes())
    axes = content[3]
    shape = np.frombuffer(content, ">i4", axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)
