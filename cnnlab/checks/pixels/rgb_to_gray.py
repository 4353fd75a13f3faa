"""The checks of `rgb_to_gray`: three colour planes become one grey plane."""

from typing import Any

import numpy as np

from cnnlab.checks.inputs import grays
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake

LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601: red, green, blue


def rgb_to_gray(image):
    """(H, W, 3), red green blue -> (H, W)"""
    return np.asarray(image, dtype=float) @ LUMA


def _colours(rng, height, width, dtype):
    planes = [grays(rng, height, width) for _ in range(3)]
    return np.stack(planes, axis=-1).astype(dtype)


def _gray_hidden(rng):
    def case(height: int, width: int, dtype: Any) -> Case:
        name = f"a {height} x {width} image of {np.dtype(dtype).name}"
        return Case(name, (_colours(rng, height, width, dtype),))

    return (
        Item("bytes as a camera gives them", (case(4, 6, np.uint8), case(5, 3, np.uint8))),
        Item("numbers with a point", (case(2, 5, float), case(1, 4, float))),
        Item("the image is left as it was", (case(3, 4, float),), keeps_input=True),
    )


PURE = np.array(
    [
        [[255, 0, 0], [0, 255, 0], [0, 0, 255], [10, 20, 40]],
        [[200, 100, 0], [0, 200, 100], [100, 0, 200], [90, 90, 90]],
    ],
    dtype=np.uint8,
)

LADDER = Ladder(
    task="rgb_to_gray",
    arguments=("image",),
    reference=rgb_to_gray,
    cases=(
        Case("a 2 x 4 image with pure red, green and blue", (PURE,)),
        Case("the same colours as numbers with a point, turned", (PURE.transpose(1, 0, 2) / 2.0,)),
    ),
    hidden=_gray_hidden,
    places=lambda image: (
        f"Three planes of {image.shape[0]} x {image.shape[1]} become one of the same size."
    ),
    hint="Work out one pure colour on paper. Which weight should it meet, and which does it meet?",
    mistakes=(
        Mistake(
            "plain-mean",
            "Pure green and pure blue came out equally bright. Do your three weights differ?",
            lambda image: np.asarray(image, float).mean(axis=-1),
        ),
        Mistake(
            "blue-first",
            "Pure red came out darker than pure blue. Which colour does the last axis start with?",
            lambda image: np.asarray(image, float) @ LUMA[::-1],
        ),
        Mistake(
            "unweighted-sum",
            "Your greys exceed white. What do the three weights add up to?",
            lambda image: np.asarray(image, float).sum(axis=-1),
        ),
        Mistake(
            "bytes-wrapped",
            "Bright colours came out dark: a sum did not fit into a byte. Which type adds up here?",
            lambda image: image[..., 0] + image[..., 1] + image[..., 2],
            lambda image: (image[..., 0] + image[..., 1] + image[..., 2]) / 3,
        ),
        Mistake(
            "one-colour-only",
            "Two of the three colours leave no trace. How do all planes enter a pixel?",
            lambda image: np.asarray(image, float)[..., 0],
            lambda image: np.asarray(image, float)[..., 1],
            lambda image: np.asarray(image, float)[..., 2],
            lambda image: np.asarray(image, float)[..., 0] * LUMA[0],
        ),
        Mistake(
            "brightest-colour",
            "Only the strongest colour of each pixel counts. What should the other two add?",
            lambda image: np.asarray(image, float).max(axis=-1),
        ),
        Mistake(
            "other-weights",
            "Your weights are those of another standard. Which three does the exercise give?",
            lambda image: np.asarray(image, float) @ [0.2126, 0.7152, 0.0722],
        ),
        Mistake(
            "cut-to-whole-numbers",
            "Your greys are whole numbers. Where do they lose what stands after the point?",
            lambda image: np.trunc(rgb_to_gray(image)),
            lambda image: np.round(rgb_to_gray(image)),
        ),
        Mistake(
            "scaled-too",
            "Your greys end at 1. Does this exercise ask you to scale?",
            lambda image: rgb_to_gray(image) / 255,
        ),
        Mistake(
            "wrong-axis",
            "The result lost its height or its width. Which axis holds the three colours?",
            lambda image: np.tensordot(np.asarray(image, float).mean(axis=0), LUMA, axes=1),
            lambda image: np.tensordot(np.asarray(image, float).sum(axis=0), LUMA, axes=1),
            lambda image: np.tensordot(np.asarray(image, float).mean(axis=1), LUMA, axes=1),
            lambda image: np.tensordot(np.asarray(image, float).sum(axis=1), LUMA, axes=1),
            lambda image: (np.asarray(image, float) * LUMA).sum(axis=0),
            lambda image: (np.asarray(image, float) * LUMA).sum(axis=1),
            lambda image: sum(w * np.asarray(image, float)[k] for k, w in enumerate(LUMA)),
        ),
        Mistake(
            "colours-not-summed",
            "Three planes came back. What makes one number of a pixel's three products?",
            lambda image: np.asarray(image, float) * LUMA,
        ),
        Mistake(
            "one-number",
            "All pixels ran together. Over which axis do you add up, and which should stay?",
            lambda image: (np.asarray(image, float) * LUMA).sum(),
        ),
    ),
    accepted=(
        lambda image: (image * LUMA).sum(axis=2),
        lambda image: 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2],
        lambda image: np.einsum("hwc,c->hw", image, LUMA),
        lambda image: np.tensordot(image, LUMA, axes=([2], [0])),
        lambda image: np.asfortranarray(image @ LUMA),
        lambda image: image.astype(np.float32) @ LUMA.astype(np.float32),
        lambda image: np.array([[pixel @ LUMA for pixel in row] for row in image]),
        lambda image: np.average(image, axis=-1, weights=LUMA),
    ),
)
