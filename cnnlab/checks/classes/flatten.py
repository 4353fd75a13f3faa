"""The checks of `flatten`: each image's maps become one row of numbers."""

import numpy as np

from cnnlab.checks.inputs import grays, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.versions import clears


def flatten(input):
    """(N, C, H, W) -> (N, C * H * W)"""
    return np.array([[x for plane in maps for row in plane for x in row] for maps in input])


def _addresses(N, C, H, W):
    """Each number spells its own image, channel, row and column."""
    n, c, i, j = np.ogrid[1 : N + 1, 1 : C + 1, 1 : H + 1, 1 : W + 1]
    return 1000 * n + 100 * c + 10 * i + j


def _hidden(rng):
    def case(input: np.ndarray) -> Case:
        return Case(f"an input of {size(input.shape)}", (input,))

    return (
        Item("one image", (case(signed(rng, 1, 3, 2, 4)), case(signed(rng, 1, 2, 5, 3)))),
        Item("a batch", (case(signed(rng, 4, 2, 3, 5)), case(signed(rng, 2, 4, 3, 2)))),
        Item(
            "bytes and whole numbers",
            (
                case(grays(rng, 10, 12).astype(np.uint8).reshape(2, 4, 5, 3)),
                case(whole_signed(rng, 5, 2, 2, 3)),
            ),
        ),
        Item("the input is left as it was", (case(signed(rng, 3, 2, 4, 2)),), keeps_input=True),
    )


def _places(input):
    N, C, H, W = input.shape
    return (
        f"{N} times {C} maps of {H} x {W} numbers: each image becomes one row, with all of its "
        "numbers."
    )


LADDER = Ladder(
    task="flatten",
    arguments=("input",),
    reference=flatten,
    cases=(
        Case("two images with addresses as numbers", (_addresses(2, 2, 2, 3),)),
        Case("one image, 5 x 5 x 2", (_addresses(1, 2, 5, 5) / 4,)),
        Case("three images", (_addresses(3, 4, 1, 2) * -0.5,)),
        Case("bytes", (np.arange(48, dtype=np.uint8).reshape(4, 2, 3, 2)[::-1] * 5,)),
    ),
    hidden=_hidden,
    places=_places,
    axes={"": ("image", "number")},
    hint="Read one wrong value. Which image, channel, row and column did it come from?",
    mistakes=(
        Mistake(  # FL1
            "batch-flattened-too",
            "All images stand in one row. How many rows should there be?",
            lambda x: x.ravel(),
            lambda x: x.reshape(1, -1),
        ),
        Mistake(  # FL2
            "images-interleaved",
            "Your rows hold numbers of several images. How many numbers does one image have?",
            lambda x: x.reshape(-1, len(x)),
            lambda x: x.reshape(-1, len(x)).T,
        ),
        Mistake(  # FL3
            "images-in-columns",
            "Each image stands in a column of your answer. Which axis counts the images?",
            lambda x: flatten(x).T,
        ),
        Mistake(  # FL4
            "channels-last",
            "The channels of a pixel stand beside each other. What comes first: a whole pixel, or "
            "a whole channel?",
            lambda x: x.transpose(0, 2, 3, 1).reshape(len(x), -1),
        ),
        Mistake(
            "columns-first",
            "You walk down the columns. Which index of a map moves fastest?",
            lambda x: x.transpose(0, 1, 3, 2).reshape(len(x), -1),
        ),
        Mistake(
            "first-index-fastest",
            "Your numbers are read in the opposite order of their axes. Which index moves fastest?",
            lambda x: x.transpose(0, 3, 2, 1).reshape(len(x), -1),
            lambda x: x.reshape(len(x), -1, order="F"),
            lambda x: x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3], order="F"),
        ),
        Mistake(
            "channels-kept",
            "You flattened each map on its own. How many rows does an image make?",
            lambda x: x.reshape(*x.shape[:2], -1),
            lambda x: x.reshape(x.shape[0] * x.shape[1], -1),
        ),
        Mistake(
            "columns-kept",
            "Only some axes of an image came together. How many axes has your answer?",
            lambda x: x.reshape(len(x), -1, x.shape[3]),
        ),
        Mistake(
            "first-image-only",
            "Only one image came back. How many rows should there be?",
            lambda x: flatten(x)[:1],
            lambda x: flatten(x)[0],
            lambda x: flatten(x)[-1:],
        ),
        Mistake(
            "first-image-for-all",
            "Every row holds the same image. Where does your loop name the image?",
            lambda x: np.repeat(flatten(x)[:1], len(x), axis=0),
            lambda x: np.repeat(flatten(x)[-1:], len(x), axis=0),
        ),
        Mistake(
            "first-channel-only",
            "Only one channel came back. Which axes of an image go into its row?",
            lambda x: flatten(x[:, :1]),
            lambda x: flatten(x[:, -1:]),
        ),
        Mistake(
            "channels-summed",
            "The channels were added up. What does flattening calculate?",
            lambda x: flatten(x.sum(axis=1, keepdims=True)),
            lambda x: x.sum(axis=(2, 3)),
            lambda x: flatten(x.mean(axis=1, keepdims=True)),
        ),
        Mistake(
            "changes-input",
            "The array you were given has changed. Could you leave it as it is?",
            clears(flatten),
        ),
    ),
    accepted=(
        lambda x: x.reshape(len(x), -1),
        lambda x: x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3]),
        lambda x: np.array([image.ravel() for image in x]),
        lambda x: np.stack([image.flatten() for image in x]),
        lambda x: np.asfortranarray(x.reshape(len(x), -1)),
        lambda x: x.reshape(len(x), -1).astype(np.float32),
        lambda x: np.concatenate([x[:, c].reshape(len(x), -1) for c in range(x.shape[1])], axis=1),
    ),
)
