"""The checks of `correlate2d_dilated`: a kernel with gaps between its weights."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close
from cnnlab.checks.variants.common import DIGITS_IMAGE, DIGITS_KERNEL, SIGNED_KERNEL
from cnnlab.checks.variants.correlate2d_dilated_mistakes import MISTAKES, right

BYTE_IMAGE = np.array(
    [[10, 200, 30, 90, 77], [250, 5, 60, 120, 3], [7, 80, 9, 255, 41], [66, 8, 190, 21, 99]],
    np.uint8,
)
BYTE_KERNEL = np.array([[1, -1], [-2, 3]])
SIGNED_IMAGE = np.array(
    [
        [2.0, -3, 0.5, 5, 1, -9, 10, 13],
        [4, 1.5, -6, 2.5, -1, 6.5, -4.5, 7.5],
        [-2, 7, 3, -4, 6, 9, -8.5, -12],
        [-7, -5, 8, 0.25, 3.5, 11, -10, 14],
        [12, -11, 5.5, -2.5, 8.5, -0.5, 4.5, 9.5],
    ]
)


def places(image, kernel, dilation):
    """How often the spread kernel fits, in words."""
    spread = tuple((k - 1) * dilation + 1 for k in kernel.shape)
    rows, columns = (n - k + 1 for n, k in zip(image.shape, spread, strict=True))
    return (
        f"With a dilation of {dilation} a {size(kernel.shape)} kernel covers {size(spread)} "
        f"pixels. It fits a {size(image.shape)} image in {rows} places down and {columns} across."
    )


def _case(image, kernel, dilation):
    name = f"a {size(image.shape)} image, a {size(kernel.shape)} kernel, dilation {dilation}"
    return Case(name, (image, kernel, dilation))


def _hidden(rng):
    return (
        Item("no gaps", (_case(signed(rng, 4, 6), signed(rng, 2, 3), 1),)),
        Item(
            "a dilation of 2",
            (
                _case(signed(rng, 7, 9), signed(rng, 3, 2), 2),
                _case(signed(rng, 6, 5), signed(rng, 2, 3), 2),
            ),
            parts=2,
        ),
        Item(
            "larger gaps",
            (
                _case(signed(rng, 8, 9), signed(rng, 2, 3), 3),
                _case(signed(rng, 10, 7), signed(rng, 3, 2), 4),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                _case(photo(rng, 6, 7), whole_signed(rng, 2, 2), 2),
                _case(whole_signed(rng, 5, 7), signed(rng, 2, 3), 2),
            ),
        ),
        Item(
            "the image is left as it was",
            (_case(signed(rng, 6, 7), signed(rng, 2, 3), 2),),
            keeps_input=True,
        ),
    )


def _every_weight_once(arguments, answers):
    (_, kernel, _), seen = arguments[0], np.sort(answers[0][answers[0] != 0])
    return seen.shape == (kernel.size,) and bool(close(seen, np.sort(kernel.ravel())).all())


def _spot():
    image = np.zeros((9, 15))
    image[4, 7] = 1
    return image


def _windows(image, kernel, dilation):
    spread = [(k - 1) * dilation + 1 for k in kernel.shape]
    every = np.lib.stride_tricks.sliding_window_view(image, spread)
    return every[..., ::dilation, ::dilation]


def _shifted(image, kernel, dilation):
    """Weights outside, places inside: one shifted image for each weight."""
    shape = [n - (k - 1) * dilation for n, k in zip(image.shape, kernel.shape, strict=True)]
    total = np.zeros(shape)
    for (u, v), weight in np.ndenumerate(kernel):
        row, column = u * dilation, v * dilation
        total += weight * image[row : row + shape[0], column : column + shape[1]].astype(float)
    return total


def _spread_kernel(image, kernel, dilation):
    spread = np.zeros([(k - 1) * dilation + 1 for k in kernel.shape])
    spread[::dilation, ::dilation] = kernel
    return naive.correlate2d(image, spread)


LADDER = Ladder(
    task="correlate2d_dilated",
    arguments=("image", "kernel", "dilation"),
    reference=right,
    cases=(
        _case(DIGITS_IMAGE, DIGITS_KERNEL, 1),
        _case(DIGITS_IMAGE, DIGITS_KERNEL, 2),
        _case(BYTE_IMAGE, BYTE_KERNEL, 2),
        _case(SIGNED_IMAGE, SIGNED_KERNEL, 2),
        _case(SIGNED_IMAGE, SIGNED_KERNEL, 3),
    ),
    hidden=_hidden,
    places=places,
    hint="Choose one wrong value and mark on the image which pixels the kernel's weights lie on "
    "there. Which ones should they be?",
    properties=(
        Property(
            "single bright pixel",
            (Case("an image with a single bright pixel", (_spot(), SIGNED_KERNEL, 2)),),
            _every_weight_once,
            "A single bright pixel meets every weight once, so every weight should show up once.",
            "Which weights are missing from your answer, or come too often?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda x, k, d: np.einsum("ijuv,uv->ij", _windows(x, k, d), k),
        lambda x, k, d: (_windows(x, k, d) * k).sum(axis=(2, 3)),
        _shifted,
        _spread_kernel,
        lambda x, k, d: right(x, k, d).astype(np.float32),
        lambda x, k, d: np.asfortranarray(right(x, k, d)),
    ),
)
