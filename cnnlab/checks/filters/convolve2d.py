"""The checks of `convolve2d`: the kernel turned by 180 degrees, zeros around the image."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters.common import padded, product_sum, slide, to_type_of
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake, Property
from cnnlab.checks.sentences import size
from cnnlab.checks.values import close
from cnnlab.checks.versions import clears

valid = naive.correlate2d


def convolve2d(image, kernel):
    """(H, W), (KH, KW) with odd sides -> (H, W)"""
    return naive.convolve2d(image, kernel, "same")


# Curriculum 2.4.
COUNTING_IMAGE = np.arange(1, 10).reshape(3, 3)
EDGE_KERNEL = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])

# One bright pixel off the middle writes the kernel into the answer.
SPOT = np.zeros((4, 5))
SPOT[1, 2] = 1
DIGITS = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])

SIGNED_IMAGE = np.array([[2.0, -3, 0.5, 5, 1], [4, 1, -6, 2, -1], [-2, 7, 3, -4, 6]])
SIGNED_KERNEL = np.array([[1.0, -2, 3, 0.25, -4]]) * np.array([[1.0], [-2], [0.5]])
SIGNED_KERNEL[0, 1], SIGNED_KERNEL[2, 4] = 6, -7  # no longer a product of two rows


def _hidden(rng):
    def case(image: np.ndarray, kernel: np.ndarray) -> Case:
        return Case(f"a {size(image.shape)} image, a {size(kernel.shape)} kernel", (image, kernel))

    return (
        Item(
            "square kernel",
            (
                case(signed(rng, 5, 5), signed(rng, 3, 3)),
                case(signed(rng, 4, 6), signed(rng, 3, 3)),
            ),
        ),
        Item(
            "sides that differ",
            (
                case(signed(rng, 5, 7), signed(rng, 3, 5)),
                case(signed(rng, 6, 4), signed(rng, 5, 1)),
                case(signed(rng, 4, 5), signed(rng, 1, 3)),
                case(signed(rng, 2, 3), signed(rng, 5, 5)),
            ),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photo(rng, 4, 6), whole_signed(rng, 3, 3)),
                case(whole_signed(rng, 4, 5), signed(rng, 1, 3)),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 4, 6), signed(rng, 3, 5)),),
            keeps_input=True,
        ),
    )


def _inside_is_constant(arguments, answers):
    inside = answers[0][1:-1, 1:-1]
    return bool(close(inside, np.full_like(inside, inside[0, 0])).all())


def _linear(arguments, answers):
    one, other, both = answers
    return bool(close(one + other, both).all())


def _turned(kernel):
    return np.asarray(kernel)[::-1, ::-1]


def _square_padding(image, kernel, side):
    p = kernel.shape[side] // 2
    return valid(np.pad(np.asarray(image, float), p), _turned(kernel))


MISTAKES = (
    Mistake(
        "not-turned",
        "Your kernel lies as it came: that is correlation. What does convolution do to it first?",
        lambda x, k: naive.correlate2d(x, k, "same"),
    ),
    Mistake(
        "rows-flipped-only",
        "Your kernel was turned upside-down and not mirrored. In how many directions does a turn "
        "by 180 degrees reverse it?",
        lambda x, k: naive.correlate2d(x, k[::-1], "same"),
    ),
    Mistake(
        "columns-flipped-only",
        "Your kernel was mirrored and not turned upside-down. In how many directions does a turn "
        "by 180 degrees reverse it?",
        lambda x, k: naive.correlate2d(x, k[:, ::-1], "same"),
    ),
    Mistake(
        "transposed",
        "The rows of your kernel became columns. Is that a turn by 180 degrees?",
        lambda x, k: naive.correlate2d(x, k.T, "same"),
        lambda x, k: valid(padded(x, k), k.T),
    ),
    Mistake(
        "quarter-turn",
        "Your kernel was turned by 90 degrees. How often must that be done?",
        lambda x, k: naive.correlate2d(x, np.rot90(k), "same"),
        lambda x, k: naive.correlate2d(x, np.rot90(k, -1), "same"),
        lambda x, k: valid(padded(x, k), np.rot90(k)),
        lambda x, k: valid(padded(x, k), np.rot90(k, -1)),
    ),
    Mistake(
        "image-turned",
        "Your answer is the right one turned by 180 degrees. Which of the two has to be turned?",
        lambda x, k: naive.correlate2d(np.asarray(x)[::-1, ::-1], k, "same"),
    ),
    Mistake(
        "both-turned",
        "Image and kernel were both turned. Which one stays as it lies?",
        lambda x, k: convolve2d(np.asarray(x)[::-1, ::-1], k),
    ),
    Mistake(
        "no-zeros-around",
        "Your answer is smaller than the image. What lies around the image here?",
        lambda x, k: valid(x, _turned(k)),
        lambda x, k: valid(x, k),
        lambda x, k: valid(x, k[::-1]),
        lambda x, k: valid(x, k[:, ::-1]),
        lambda x, k: valid(np.asarray(x)[::-1, ::-1], k),
    ),
    Mistake(
        "too-many-zeros",
        "Your answer is larger than the image. How far may the kernel stick out?",
        lambda x, k: naive.convolve2d(x, k, "full"),
        lambda x, k: naive.correlate2d(x, k, "full"),
        lambda x, k: valid(np.pad(np.asarray(x, float), [(n, n) for n in k.shape]), _turned(k)),
    ),
    Mistake(
        "zeros-after-only",
        "All zeros lie below and to the right. On how many sides does the kernel stick out?",
        lambda x, k: valid(np.pad(np.asarray(x, float), [(0, n - 1) for n in k.shape]), _turned(k)),
    ),
    Mistake(
        "zeros-before-only",
        "All zeros lie above and to the left. On how many sides does the kernel stick out?",
        lambda x, k: valid(np.pad(np.asarray(x, float), [(n - 1, 0) for n in k.shape]), _turned(k)),
    ),
    Mistake(
        "no-zeros-in-border",
        "The inside is right and the border is not. What does the exercise say lies around the "
        "image?",
        lambda x, k: valid(padded(x, k, mode="edge"), _turned(k)),
        lambda x, k: valid(padded(x, k, mode="wrap"), _turned(k)),
        lambda x, k: valid(padded(x, k, mode="symmetric"), _turned(k)),
        lambda x, k: valid(padded(x, k, constant_values=1), _turned(k)),
    ),
    Mistake(
        "zeros-around-answer",
        "The border of your answer is zero. Should the zeros lie around the image, or around the "
        "answer?",
        lambda x, k: padded(valid(x, _turned(k)), k),
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How many zeros belong above, and how many beside?",
        lambda x, k: _square_padding(x, k, 0),
        lambda x, k: _square_padding(x, k, 1),
        lambda x, k: valid(np.pad(np.asarray(x, float), 1), _turned(k)),
    ),
    Mistake(
        "no-negatives",
        "Your answers are never negative. Where do they lose their sign?",
        lambda x, k: np.abs(convolve2d(x, k)),
        lambda x, k: np.maximum(convolve2d(x, k), 0),
    ),
    Mistake(
        "averaged",
        "You divided each sum. Does the formula ask for a mean?",
        lambda x, k: convolve2d(x, k) / k.size,
    ),
    Mistake(
        "nothing-written",
        "Every value is zero. Which line writes a sum into your answer?",
        lambda x, k: np.zeros(x.shape),
    ),
    Mistake(
        "cut-to-image-type",
        "Your answers went into an array of the image's type, and what did not fit was cut or "
        "wrapped around. Which type can hold them?",
        lambda x, k: to_type_of(x, convolve2d(x, k)),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(convolve2d),
    ),
)

LADDER = Ladder(
    task="convolve2d",
    arguments=("image", "kernel"),
    reference=convolve2d,
    cases=(
        Case("an image with a single bright pixel", (SPOT, DIGITS)),
        Case("the 3 x 3 image of lesson 02", (COUNTING_IMAGE, EDGE_KERNEL)),
        Case("a 3 x 5 image, a 3 x 5 kernel", (SIGNED_IMAGE, SIGNED_KERNEL)),
        Case(
            "bytes, a 3 x 1 kernel",
            (np.array([[10, 200, 30], [250, 5, 60]], np.uint8), np.array([[2], [1], [-3]])),
        ),
    ),
    hidden=_hidden,
    places=lambda image, kernel: (
        f"With zeros around it, the middle of the kernel comes to lie on each pixel of the "
        f"{size(image.shape)} image once."
    ),
    hint="Choose one wrong value near the border and lay the turned kernel on it by hand. Which "
    "products fall on zeros?",
    properties=(
        Property(
            "constant image",
            (Case("an image of one brightness", (np.full((4, 6), 3.0), DIGITS)),),
            _inside_is_constant,
            "Inside an image of one brightness all windows look alike, yet your answers differ.",
            "What does one window of yours keep from the window before it?",
        ),
        Property(
            "linear",
            (
                Case("one image", (SIGNED_IMAGE, DIGITS)),
                Case("another", (SIGNED_IMAGE[::-1] ** 2, DIGITS)),
                Case("both together", (SIGNED_IMAGE + SIGNED_IMAGE[::-1] ** 2, DIGITS)),
            ),
            _linear,
            "The answer to two images laid over each other is not the sum of their answers.",
            "Multiplying and adding would keep that. Which other step do you take?",
        ),
    ),
    mistakes=MISTAKES,
    accepted=(
        lambda x, k: slide(padded(x, k), _turned(k), product_sum),
        lambda x, k: slide(padded(x, k), np.rot90(k, 2), product_sum).astype(np.float32),
        lambda x, k: np.asfortranarray(_stamps(x, k)),
        lambda x, k: np.einsum(
            "ijuv,uv->ij",
            np.lib.stride_tricks.sliding_window_view(padded(x, k), k.shape),
            np.flip(k),
        ),
        lambda x, k: _scipy_signal().convolve2d(x.astype(float), k, mode="same"),
        lambda x, k: naive.correlate2d(x[::-1, ::-1], k, "same")[::-1, ::-1],
    ),
)


def _stamps(image, kernel):
    """Every pixel stamps the kernel, as it lies, onto the answer; the border is cut off."""
    (H, W), (KH, KW) = image.shape, kernel.shape
    full = np.zeros((H + KH - 1, W + KW - 1))
    for i, j in np.ndindex(H, W):
        full[i : i + KH, j : j + KW] += float(image[i, j]) * kernel
    return full[KH // 2 : KH // 2 + H, KW // 2 : KW // 2 + W]


def _scipy_signal():
    from scipy import signal  # over half a second, so only when it is asked for

    return signal
