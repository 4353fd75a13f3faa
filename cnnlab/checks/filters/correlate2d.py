"""The checks of `correlate2d`: a kernel slides over an image."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters.common import (
    BINARY_IMAGE,
    BYTE_IMAGE,
    BYTE_KERNEL,
    CROSS,
    DIGITS_IMAGE,
    DIGITS_KERNEL,
    SIGNED_IMAGE,
    SIGNED_KERNEL,
    WORKED_IMAGE,
    product_sum,
    slide,
)
from cnnlab.checks.filters.correlate2d_mistakes import MISTAKES
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close


def places(image, kernel):
    """How often the kernel fits, in words."""
    rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    return (
        f"A {size(kernel.shape)} kernel fits a {size(image.shape)} image in {rows} places down "
        f"and {columns} across."
    )


def _hidden(rng):
    def case(image: np.ndarray, kernel: np.ndarray) -> Case:
        return Case(f"a {size(image.shape)} image, a {size(kernel.shape)} kernel", (image, kernel))

    return (
        Item("square image, square kernel", (case(signed(rng, 5, 5), signed(rng, 3, 3)),)),
        Item(
            "sides that differ",
            (
                case(signed(rng, 5, 8), signed(rng, 2, 3)),
                case(signed(rng, 7, 4), signed(rng, 4, 2)),
                case(signed(rng, 3, 4), signed(rng, 3, 4)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photo(rng, 4, 6), whole_signed(rng, 2, 2)),
                case(whole_signed(rng, 4, 5), signed(rng, 2, 3)),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 4, 6), signed(rng, 2, 3)),),
            keeps_input=True,
        ),
    )


def _one_value(arguments, answers):
    return bool(close(answers[0], np.full_like(answers[0], answers[0].flat[0])).all())


def _every_weight_once(arguments, answers):
    (_, kernel), seen = arguments[0], np.sort(answers[0][answers[0] != 0])
    return seen.shape == (kernel.size,) and bool(close(seen, np.sort(kernel.ravel())).all())


def _linear(arguments, answers):
    one, other, both = answers
    return bool(close(one + other, both).all())


def _spot(height, width, row, column):
    image = np.zeros((height, width))
    image[row, column] = 1
    return image


PROPERTIES = (
    Property(
        "constant image",
        (Case("an image of one brightness", (np.full((4, 6), 3.0), SIGNED_KERNEL)),),
        _one_value,
        "On an image of one brightness all windows look alike, yet your answers differ.",
        "What does one window of yours keep from the window before it?",
    ),
    Property(
        "single bright pixel",
        (Case("an image with a single bright pixel", (_spot(5, 7, 2, 3), SIGNED_KERNEL)),),
        _every_weight_once,
        "A single bright pixel meets every weight once, so every weight should show up once.",
        "Which weights are missing from your answer, or come too often?",
    ),
    Property(
        "linear",
        (
            Case("one image", (SIGNED_IMAGE, SIGNED_KERNEL)),
            Case("another", (SIGNED_IMAGE[::-1] ** 2, SIGNED_KERNEL)),
            Case("both together", (SIGNED_IMAGE + SIGNED_IMAGE[::-1] ** 2, SIGNED_KERNEL)),
        ),
        _linear,
        "The answer to two images laid over each other is not the sum of their answers.",
        "Multiplying and adding would keep that. Which other step do you take?",
    ),
)


LADDER = Ladder(
    task="correlate2d",
    arguments=("image", "kernel"),
    reference=naive.correlate2d,
    cases=(
        Case("a 3 x 5 image of digits, a 2 x 2 kernel", (DIGITS_IMAGE, DIGITS_KERNEL)),
        Case("bytes and negative weights", (BYTE_IMAGE, BYTE_KERNEL)),
        Case("a 4 x 5 image, a 2 x 3 kernel", (SIGNED_IMAGE, SIGNED_KERNEL)),
        Case("whole numbers, fractional weights", (BYTE_IMAGE.astype(int), SIGNED_KERNEL)),
        Case("the 5 x 5 image of lesson 02", (BINARY_IMAGE, CROSS)),
        Case("the 6 x 6 image of lesson 02", (WORKED_IMAGE, CROSS)),
    ),
    hidden=_hidden,
    places=places,
    hint="Choose one wrong value and find its window. Which products does the formula add there?",
    properties=PROPERTIES,
    mistakes=MISTAKES,
    accepted=(
        lambda x, k: np.einsum("ijuv,uv->ij", _windows(x, k), k),
        lambda x, k: np.tensordot(_windows(x, k), k, axes=2),
        lambda x, k: (_windows(x, k) * k).sum(axis=(2, 3)),
        lambda x, k: slide(x, k, product_sum),
        lambda x, k: slide(x, k, product_sum).astype(np.float32),
        lambda x, k: np.asfortranarray(naive.correlate2d(x, k).astype(np.float32)),
        lambda x, k: _scatter(x, k),
        lambda x, k: _scipy_signal().correlate2d(x.astype(float), k.astype(float), mode="valid"),
        lambda x, k: _scipy_signal().convolve2d(x.astype(float), k[::-1, ::-1], mode="valid"),
    ),
)


def _scatter(image, kernel):
    """Weights outside, places inside: one shifted image for each weight."""
    (H, W), (KH, KW) = image.shape, kernel.shape
    rows, columns = H - KH + 1, W - KW + 1
    parts = [
        float(kernel[u, v]) * image[u : u + rows, v : v + columns].astype(float)
        for v in range(KW)
        for u in range(KH)
    ]
    return np.sum(parts, axis=0)


def _scipy_signal():
    from scipy import signal  # over half a second, so only when it is asked for

    return signal


def _windows(image, kernel):
    return np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
