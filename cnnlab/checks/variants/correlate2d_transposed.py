"""The checks of `correlate2d_transposed`: every pixel stamps the kernel onto the answer."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close
from cnnlab.checks.variants.common import SIGNED_KERNEL, STAMP, STAMPING_IMAGE
from cnnlab.checks.variants.correlate2d_transposed_mistakes import MISTAKES, right

TALL_IMAGE = np.array([[2.0, -3], [0.5, 5], [-4, 1]])
BYTE_IMAGE = np.array([[10, 200, 30], [250, 5, 60]], np.uint8)
BYTE_KERNEL = np.array([[1, -1], [-2, 3], [4, 2]])


def places(image, kernel, stride, padding):
    """How large the answer is, in words."""
    grown = tuple((n - 1) * stride + k for n, k in zip(image.shape, kernel.shape, strict=True))
    left = tuple(n - 2 * padding for n in grown)
    words = (
        f"The stamps of a {size(image.shape)} image with a {size(kernel.shape)} kernel and a "
        f"stride of {stride} cover {size(grown)} pixels."
    )
    return words + (f" Cut by {padding} on each side, {size(left)} are left." if padding else "")


def _case(image, kernel, stride, padding):
    name = (
        f"a {size(image.shape)} image, a {size(kernel.shape)} kernel, stride {stride}, "
        f"padding {padding}"
    )
    return Case(name, (image, kernel, stride, padding))


def _hidden(rng):
    return (
        Item(
            "no stride, no padding",
            (
                _case(signed(rng, 3, 2), signed(rng, 2, 3), 1, 0),
                _case(signed(rng, 2, 4), signed(rng, 3, 2), 1, 0),
            ),
        ),
        Item(
            "stamps that overlap",
            (
                _case(signed(rng, 2, 3), signed(rng, 3, 4), 2, 0),
                _case(signed(rng, 3, 2), signed(rng, 5, 4), 3, 0),
            ),
        ),
        Item("stamps with gaps between them", (_case(signed(rng, 3, 2), signed(rng, 2, 1), 3, 0),)),
        Item(
            "padding",
            (
                _case(signed(rng, 3, 4), signed(rng, 4, 3), 2, 1),
                _case(signed(rng, 4, 3), signed(rng, 5, 6), 2, 2),
            ),
        ),
        Item(
            "bytes and whole numbers, left as they were",
            (
                _case(photo(rng, 2, 3), whole_signed(rng, 3, 2), 2, 0),
                _case(whole_signed(rng, 3, 2), signed(rng, 2, 3), 1, 0),
            ),
            keeps_input=True,
        ),
    )


def _every_stamp(arguments, answers):
    """A product goes into the answer for each pixel and weight, and none is lost."""
    image, kernel, *_ = arguments[0]
    return bool(close(np.asarray(answers[0].sum()), np.asarray(image.sum() * kernel.sum())))


def _by_weights(image, kernel, stride, padding):
    """Weights outside, pixels inside: each weight lays down a spread copy of the image."""
    (H, W), (KH, KW) = image.shape, kernel.shape
    grown = np.zeros(((H - 1) * stride + KH, (W - 1) * stride + KW))
    for (u, v), weight in np.ndenumerate(kernel):
        rows = slice(u, u + (H - 1) * stride + 1, stride)
        columns = slice(v, v + (W - 1) * stride + 1, stride)
        grown[rows, columns] += float(weight) * image
    return grown[padding : len(grown) - padding, padding : grown.shape[1] - padding]


def _by_gaps(image, kernel, stride, padding):
    """Zeros between the pixels, then the wide correlation with the turned kernel."""
    spread = np.zeros([(n - 1) * stride + 1 for n in image.shape])
    spread[::stride, ::stride] = image
    wide = naive.correlate2d(spread, kernel[::-1, ::-1], "full")
    return wide[padding : wide.shape[0] - padding, padding : wide.shape[1] - padding]


def _by_matrix(image, kernel, stride, padding):
    """The matrix of the strided correlation, turned over, times the pixels."""
    H, W = ((n - 1) * stride + k for n, k in zip(image.shape, kernel.shape, strict=True))
    matrix = np.zeros((image.size, H * W))
    for row, (i, j) in enumerate(np.ndindex(image.shape)):
        plane = np.zeros((H, W))
        top, left = i * stride, j * stride
        plane[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
        matrix[row] = plane.ravel()
    wide = (matrix.T @ image.ravel()).reshape(H, W)
    return wide[padding : H - padding, padding : W - padding]


LADDER = Ladder(
    task="correlate2d_transposed",
    arguments=("image", "kernel", "stride", "padding"),
    reference=right,
    cases=(
        _case(STAMPING_IMAGE, STAMP, 1, 0),
        _case(STAMPING_IMAGE, STAMP, 2, 0),
        _case(STAMPING_IMAGE, STAMP, 3, 0),
        _case(TALL_IMAGE, SIGNED_KERNEL, 1, 0),
        _case(BYTE_IMAGE, BYTE_KERNEL, 2, 0),
        _case(TALL_IMAGE, SIGNED_KERNEL, 3, 1),
        _case(BYTE_IMAGE.astype(int), SIGNED_KERNEL, 2, 1),
        _case(BYTE_IMAGE.astype(float), SIGNED_KERNEL.T, 2, 1),
    ),
    hidden=_hidden,
    places=places,
    hint="Choose one wrong value. Which pixels reach it with their stamps, and with which weight?",
    properties=(
        Property(
            "nothing lost",
            (_case(TALL_IMAGE, SIGNED_KERNEL, 2, 0),),
            _every_stamp,
            "Every pixel lays down all its weights, so the sum of the answer is the sum of the "
            "pixels times the sum of the weights. Yours has another sum.",
            "What happens to a value on which a second stamp lands?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        _by_weights,
        _by_gaps,
        _by_matrix,
        lambda *given: right(*given).astype(np.float32),
        lambda *given: np.asfortranarray(right(*given)),
    ),
)
