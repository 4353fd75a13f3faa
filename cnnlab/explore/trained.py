"""The small network that comes with the explorers, and the way it was made.

``python -m cnnlab.explore.trained`` trains it anew on the offline digits and writes the file. That
takes a few seconds; the digits held back are not looked at before the end.
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnlab import data, nn

FILE = Path(__file__).with_name("trained.npz")
HELD_BACK = 360  # of 1797 digits, the last of a fixed shuffle


def untrained(seed: int = 0) -> nn.Sequential:
    """Two convolutions with pooling and one dense layer, for digits of 8 x 8."""
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 12, 3, padding=1, rng=rng),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(48, 10, rng=rng),
    )


def examples() -> tuple[tuple[npt.NDArray, npt.NDArray], tuple[npt.NDArray, npt.NDArray]]:
    """(images, labels) to learn from, and those held back; images (N, 1, 8, 8) from 0 to 1."""
    digits = data.digits()
    order = np.random.default_rng(0).permutation(len(digits.images))
    images = (digits.images[order, np.newaxis] / 16).astype(np.float32)
    labels = digits.labels[order]
    cut = len(images) - HELD_BACK
    return (images[:cut], labels[:cut]), (images[cut:], labels[cut:])


def digit_network() -> nn.Sequential:
    """The trained network."""
    return untrained().load(FILE)


def main() -> None:
    """Train, say what the held-back digits say, and write the file."""
    network = untrained()
    learn, held_back = examples()
    optimizer = nn.Adam(network, lr=0.003, weight_decay=1e-4)
    nn.fit(network, *learn, epochs=60, batch_size=32, optimizer=optimizer, rng=0)
    network.save(FILE, overwrite=True)
    sys.stdout.write(f"{nn.accuracy(network, *held_back):.1%} of {HELD_BACK} held-back digits\n")


if __name__ == "__main__":
    main()
