"""Labelled pictures in one form, whatever they are and wherever they come from."""

import difflib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from cnnlab.data.digits import digits
from cnnlab.data.downloads import SOURCES, fetch, source
from cnnlab.data.idx import read_idx
from cnnlab.errors import ArgumentError

HELD_BACK = 500  # of the 1797 digits
SPLIT_SEED = 11


class Part(NamedTuple):
    """Some of the pictures, and their labels."""

    images: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Pictures with labels. The first ``training`` of them are to learn from, the rest to judge by.

    Shapes: images (N, H, W), float32 from 0, empty paper, to 1, full ink; labels (N,), int64,
    places in ``classes``.
    """

    name: str
    images: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int64]
    classes: tuple[str, ...]
    training: int

    @property
    def train(self) -> Part:
        return Part(self.images[: self.training], self.labels[: self.training])

    @property
    def test(self) -> Part:
        return Part(self.images[self.training :], self.labels[self.training :])

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        height, width = self.images.shape[1:]
        return (
            f"Dataset {self.name!r}: {len(self.train.images)} images to learn from, "
            f"{len(self.test.images)} to judge by, {height} x {width}, {len(self.classes)} classes"
        )


def load(name: str = "digits", *, size: int | None = None) -> Dataset:
    """A data set: ``"digits"``, always here, or ``"mnist"`` or ``"fashion_mnist"``.

    The last two are downloaded at the first call, and kept. `cnnlab fetch mnist` on the command
    line does it beforehand. What is for training is fixed: by the publishers for the last two, by
    a seed for the digits, of which 500 are held back.

    Parameters
    ----------
    size
        Height and width of the pictures. The digits fill their 8 x 8 pixels. Drawn at another
        size they get the margin of MNIST, 4 of 28 pixels, so that they can be shifted.

    Raises
    ------
    ArgumentError
        No data set of that name, or a size below 8.
    EnvironmentProblem
        A download failed. The message says what to do.

    References
    ----------
    Digits: see `digits`. MNIST: Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998),
    "Gradient-based learning applied to document recognition"; CC BY-SA 3.0. Fashion-MNIST: H.
    Xiao, K. Rasul and R. Vollgraf (2017), arXiv:1708.07747; MIT licence.

    >>> load("digits", size=28)
    Dataset 'digits': 1297 images to learn from, 500 to judge by, 28 x 28, 10 classes
    >>> images, labels = load("digits").train
    >>> images.shape, labels.shape
    ((1297, 8, 8), (1297,))
    """
    if name != "digits" and name not in SOURCES:
        names = ["digits", *SOURCES]
        near = difflib.get_close_matches(str(name), names, 1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ArgumentError(f"load: no data set is named {name!r}; there are {names}.{hint}")
    if size is not None and size < 8:
        raise ArgumentError(f"load: size must be 8 or more, got {size}.")
    dataset = _digits() if name == "digits" else _downloaded(name)
    if size is None or size == dataset.images.shape[1]:
        return dataset
    margin = round(size / 7) if name == "digits" else 0
    images = _scaled(dataset.images, size, margin)
    return Dataset(name, images, dataset.labels, dataset.classes, dataset.training)


def _digits() -> Dataset:
    images, labels = digits()
    order = np.random.default_rng(SPLIT_SEED).permutation(len(images))
    pixels = images[order].astype(np.float32) / np.float32(16)
    return Dataset("digits", pixels, labels[order], tuple("0123456789"), len(images) - HELD_BACK)


def _downloaded(name: str) -> Dataset:
    train_images, train_labels, test_images, test_labels = map(read_idx, fetch(name))
    pixels = np.concatenate([train_images, test_images]).astype(np.float32)
    pixels /= 255
    labels = np.concatenate([train_labels, test_labels]).astype(np.int64)
    return Dataset(name, pixels, labels, source(name).classes, len(train_images))


def _scaled(images: npt.NDArray[np.float32], size: int, margin: int) -> npt.NDArray[np.float32]:
    """Each picture drawn in the middle of size x size, with a margin around it."""
    scaled = np.zeros((len(images), size, size), np.float32)
    inner = size - 2 * margin
    for picture, place in zip(images, scaled, strict=True):
        small = Image.fromarray(picture).resize((inner, inner), Image.Resampling.BILINEAR)
        place[margin : size - margin, margin : size - margin] = np.asarray(small)
    return scaled
