"""The checks of `slide_pair`: one pair of weights slides along the rows of an image."""

import numpy as np

from cnnlab.checks.inputs import photo, signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.values import LIST, close


def slide_pair(image, pair):
    """(H, W), (2,) -> (H, W - 1)"""
    image = np.asarray(image, dtype=float)
    return pair[0] * image[:, :-1] + pair[1] * image[:, 1:]


def _pair_hidden(rng):
    def case(image: np.ndarray) -> Case:
        name = f"a {image.shape[0]} x {image.shape[1]} image"
        return Case(name, (image, signed(rng, 1, 2)[0]))

    return (
        Item("a wide image", (case(signed(rng, 3, 6)),)),
        Item(
            "a tall image, and one of two columns",
            (case(signed(rng, 6, 4)), case(signed(rng, 3, 2))),
        ),
        Item("bytes", (case(photo(rng, 4, 5)),)),
        Item("the image is left as it was", (case(signed(rng, 4, 3)),), keeps_input=True),
    )


FOUR = np.array([[1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 1]])


def _linear(arguments, answers):
    one, other, both = answers
    return bool(close(one + other, both).all())


LADDER = Ladder(
    task="slide_pair",
    arguments=("image", "pair"),
    reference=slide_pair,
    cases=(
        Case("a 2 x 4 image", (np.array([[3, 1, 4, 2], [5, 9, 7, 6]]), np.array([1, 10]))),
        Case("the digit 4", (FOUR, np.array([1, 0.3]))),
        Case("negative weights", (np.array([[2.0, -1, 7], [4, 0, -3]]), np.array([-2, 0.5]))),
        Case(
            "bytes",
            (np.array([[200, 100, 7], [30, 250, 90], [5, 60, 80]], np.uint8), np.array([0.1, 5])),
        ),
    ),
    hidden=_pair_hidden,
    returns=LIST,
    places=lambda image, pair: (
        f"Two neighbours fit side by side into {image.shape[1]} columns in "
        f"{image.shape[1] - 1} places, in each of {image.shape[0]} rows."
    ),
    hint="Take the first two pixels of a row. Which weight meets which, and what becomes of the "
    "two products?",
    properties=(
        Property(
            "linear",
            (
                Case("one image", (np.array([[1.0, 2, 0], [0, 5, 7]]), np.array([2.0, 3]))),
                Case("another", (np.array([[4.0, 0, 1], [3, 0, 2]]), np.array([2.0, 3]))),
                Case("both together", (np.array([[5.0, 2, 1], [3, 5, 9]]), np.array([2.0, 3]))),
            ),
            _linear,
            "The answer to two images laid over each other is not the sum of their answers.",
            "Multiplying and adding would keep that. Which other step do you take?",
        ),
    ),
    mistakes=(
        Mistake(
            "swapped-weights",
            "The left pixel met the right weight. Which weight stands first in the pair?",
            lambda image, pair: slide_pair(image, pair[::-1]),
        ),
        Mistake(
            "down-the-rows",
            "You joined pixels that stand above each other. Along which axis are the neighbours?",
            lambda image, pair: pair[0] * image[:-1] + pair[1] * image[1:],
        ),
        Mistake(
            "one-weight-only",
            "One pixel of each pair leaves no trace. What does the second weight do?",
            lambda image, pair: pair[0] * image[:, :-1],
            lambda image, pair: pair[1] * image[:, 1:],
        ),
        Mistake(
            "same-width",
            "Your result is as wide as the image. What is the right neighbour of the last pixel?",
            lambda image, pair: np.pad(slide_pair(image, pair), ((0, 0), (0, 1))),
            lambda image, pair: pair[0] * image + pair[1] * np.roll(image, -1, axis=1),
            lambda image, pair: slide_pair(np.pad(image, ((0, 0), (0, 1))), pair),
            lambda image, pair: slide_pair(np.pad(image, ((0, 0), (1, 0))), pair),
        ),
        Mistake(
            "zeros-on-both-sides",
            "Your result is wider than the image. Does this function lay zeros beside it?",
            lambda image, pair: slide_pair(np.pad(image, ((0, 0), (1, 1))), pair),
        ),
        Mistake(
            "step-of-two",
            "You left out every second place. How far does the pair move each time?",
            lambda image, pair: slide_pair(image, pair)[:, ::2],
        ),
        Mistake(
            "one-place-short",
            "The last place of each row is missing. Where does the pair stand when it ends?",
            lambda image, pair: slide_pair(image, pair)[:, :-1],
        ),
        Mistake(
            "last-row-missing",
            "The last row is missing. How many rows does the image have, counted from zero?",
            lambda image, pair: slide_pair(image, pair)[:-1],
        ),
        Mistake(
            "first-row-only",
            "Only the top row came back. Where does your function meet the others?",
            lambda image, pair: slide_pair(image, pair)[0],
            lambda image, pair: slide_pair(image, pair)[:1],
        ),
        Mistake(
            "averaged",
            "You halved the sum. Does the exercise ask for the mean of the two products?",
            lambda image, pair: slide_pair(image, pair) / 2,
        ),
        Mistake(
            "multiplied-together",
            "The two products were multiplied with each other. What should join them?",
            lambda image, pair: pair[0] * image[:, :-1] * (pair[1] * image[:, 1:]),
        ),
        Mistake(
            "difference",
            "The second product was taken away. What should join the two?",
            lambda image, pair: pair[0] * image[:, :-1] - pair[1] * image[:, 1:],
        ),
        Mistake(
            "added-weights",
            "The weights were added to the pixels. What does a weight do to its pixel?",
            lambda image, pair: image[:, :-1] + pair[0] + image[:, 1:] + pair[1],
        ),
        Mistake(
            "no-negatives",
            "Your answers are never negative. Where do they lose their sign?",
            lambda image, pair: np.abs(slide_pair(image, pair)),
            lambda image, pair: np.maximum(slide_pair(image, pair), 0),
        ),
        Mistake(
            "cut-to-image-type",
            "Your answers are cut to whole numbers, because they went into an array of the "
            "image's type. Which type can hold them?",
            lambda image, pair: _in_image_type(image, pair),
        ),
        Mistake(
            "changes-image",
            "The image you were given now holds other numbers. Could you leave it, and make a new "
            "one?",
            lambda image, pair: _slide_in_place(image, pair),
        ),
    ),
    accepted=(
        lambda image, pair: pair[1] * image[:, 1:] + pair[0] * image[:, :-1],
        lambda image, pair: [
            [pair[0] * row[j] + pair[1] * row[j + 1] for j in range(len(row) - 1)]
            for row in image.tolist()
        ],
        lambda image, pair: [pair[0] * row[:-1] + pair[1] * row[1:] for row in image],
        lambda image, pair: np.lib.stride_tricks.sliding_window_view(image, 2, axis=1) @ pair,
        lambda image, pair: np.array([np.correlate(row, pair) for row in image.astype(float)]),
        lambda image, pair: np.asfortranarray(slide_pair(image, pair)).astype(np.float32),
        lambda image, pair: np.stack(
            [image[:, j : j + 2] @ pair for j in range(image.shape[1] - 1)], axis=1
        ),
    ),
)


def _in_image_type(image, pair):
    answer = slide_pair(image, pair)
    return answer if image.dtype.kind == "f" else answer.astype(np.int64).astype(image.dtype)


def _slide_in_place(image, pair):
    right = slide_pair(image, pair)
    image[:, :-1] = right
    return right
