"""The checks of `correlate2d_strided`: the kernel moves several pixels at a time."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters.common import (
    BYTE_IMAGE,
    BYTE_KERNEL,
    CROSS,
    DIGITS_IMAGE,
    DIGITS_KERNEL,
    WORKED_IMAGE,
    product_sum,
    slide,
    to_type_of,
)
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.versions import clears

every_place = naive.correlate2d


def correlate2d_strided(image, kernel, stride):
    """(H, W), (KH, KW), stride S -> ((H - KH) // S + 1, (W - KW) // S + 1)"""
    return every_place(image, kernel)[::stride, ::stride]


def _places(image, kernel, stride):
    rows, columns = ((n - k) // stride + 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    return (
        f"With a stride of {stride}, a {size(kernel.shape)} kernel lies on a {size(image.shape)} "
        f"image at {rows} places down and {columns} across."
    )


def _hidden(rng):
    def case(image: np.ndarray, kernel: np.ndarray, stride: int) -> Case:
        return Case(f"a {size(image.shape)} image, a stride of {stride}", (image, kernel, stride))

    return (
        Item("a stride of one", (case(signed(rng, 5, 7), signed(rng, 2, 3), 1),)),
        Item(
            "a stride that divides",
            (
                case(signed(rng, 6, 8), signed(rng, 2, 2), 2),
                case(signed(rng, 7, 5), signed(rng, 3, 3), 2),
            ),
        ),
        Item(
            "a stride that leaves pixels over",
            (
                case(signed(rng, 6, 9), signed(rng, 3, 2), 2),
                case(signed(rng, 9, 6), signed(rng, 2, 3), 3),
                case(photo(rng, 6, 7), whole_signed(rng, 3, 2), 2),
            ),
        ),
        Item(
            "the image is left as it was",
            (case(signed(rng, 6, 5), signed(rng, 2, 3), 2),),
            keeps_input=True,
        ),
    )


def _places_only(rows, columns):
    """A stride along one axis only."""

    def version(x, k, s):
        return every_place(x, k)[:: s if rows else 1, :: s if columns else 1]

    return version


def _right_size(x, k, s, start):
    """As many values as there should be, each from the window that ``start`` names."""
    result = np.zeros_like(correlate2d_strided(x, k, s))
    KH, KW = k.shape
    for i, j in np.ndindex(result.shape):
        row, column = start(i, j)
        window = np.asarray(x, float)[row : row + KH, column : column + KW]
        result[i, j] = product_sum(window, k)
    return result


def _window_of_stride(x, k, s):
    """The window ends after ``stride`` pixels, not after the kernel's size."""
    return slide(x, k, lambda w, k: product_sum(w[:s, :s], k), step=s)


def _with_gaps(x, k, s):
    answer = every_place(x, k)
    result = np.zeros_like(answer)
    result[::s, ::s] = answer[::s, ::s]
    return result


def _rounded_up(x, k, s):
    """Windows that stick out at the end count too, over zeros."""
    (H, W), (KH, KW) = x.shape, k.shape
    spare = [(0, -(-(n - m) // s) * s + m - n) for n, m in ((H, KH), (W, KW))]
    return correlate2d_strided(np.pad(np.asarray(x, float), spare), k, s)


def _flipped(x, k, s):
    return correlate2d_strided(x, k[::-1, ::-1], s)


LADDER = Ladder(
    task="correlate2d_strided",
    arguments=("image", "kernel", "stride"),
    reference=correlate2d_strided,
    cases=(
        Case("a 3 x 5 image, a stride of 2", (DIGITS_IMAGE, DIGITS_KERNEL, 2)),
        Case("a 3 x 5 image, a stride of 1", (DIGITS_IMAGE, DIGITS_KERNEL, 1)),
        Case("bytes, a stride of 2", (BYTE_IMAGE, BYTE_KERNEL, 2)),
        Case("the 6 x 6 image of lesson 02, a stride of 2", (WORKED_IMAGE, CROSS, 2)),
        Case(
            "a 7 x 9 image, a 2 x 3 kernel, a stride of 3",
            (
                np.arange(63.0).reshape(7, 9) ** 2 % 17 - 8,
                np.array([[1.0, -2, 3], [0.5, 4, -5]]),
                3,
            ),
        ),
    ),
    hidden=_hidden,
    places=_places,
    hint="Choose one wrong value. At which pixel does its window start, and at which should it?",
    mistakes=(
        Mistake(
            "start-not-multiplied",
            "Your answer has the right size, and its windows still lie side by side. At which "
            "pixel does the second window start?",
            lambda x, k, s: _right_size(x, k, s, lambda i, j: (i, j)),
        ),
        Mistake(
            "rows-only",
            "Your columns still move one pixel at a time. Where does the stride enter across?",
            _places_only(True, False),
            lambda x, k, s: _right_size(x, k, s, lambda i, j: (i * s, j)),
        ),
        Mistake(
            "columns-only",
            "Your rows still move one pixel at a time. Where does the stride enter going down?",
            _places_only(False, True),
            lambda x, k, s: _right_size(x, k, s, lambda i, j: (i, j * s)),
        ),
        Mistake(
            "stride-added",
            "Only the first window lies where it should, or none does. What do you do to an index "
            "to count in steps?",
            lambda x, k, s: _right_size(x, k, s, lambda i, j: (i + s, j + s)),
            lambda x, k, s: _right_size(x, k, s, lambda i, j: (i + s - 1, j + s - 1)),
        ),
        Mistake(
            "window-of-stride-size",
            "Your windows are as large as the stride. What decides the size of a window?",
            _window_of_stride,
        ),
        Mistake(
            "stride-ignored",
            "Your answer is as large as with a stride of one. Where does the stride enter?",
            lambda x, k, s: every_place(x, k),
        ),
        Mistake(
            "image-thinned-out",
            "You left out pixels of the image before you laid the kernel on it. What does the "
            "stride move?",
            lambda x, k, s: every_place(x[::s, ::s], k),
        ),
        Mistake(
            "kernel-thinned-out",
            "You left out weights of the kernel. What does the stride move?",
            lambda x, k, s: every_place(x, k[::s, ::s]),
        ),
        Mistake(
            "gaps-of-zeros",
            "Between your values stand rows and columns of zeros. Where is the second value "
            "written?",
            _with_gaps,
        ),
        Mistake(
            "rounded-up",
            "Your last window sticks out of the image. Does a place count that only half fits?",
            _rounded_up,
        ),
        Mistake(
            "one-place-short",
            "The last places are missing. How many steps fit, and how many places are that?",
            lambda x, k, s: correlate2d_strided(x, k, s)[:-1, :-1],
            lambda x, k, s: every_place(x, k)[:-1:s, :-1:s],
        ),
        Mistake(
            "last-places-empty",
            "The size is right, and the last row and column stayed zero. Where do your loops stop?",
            lambda x, k, s: np.pad(correlate2d_strided(x, k, s)[:-1, :-1], ((0, 1), (0, 1))),
        ),
        Mistake(
            "always-two",
            "It works for a stride of two only. Which number stands where the stride belongs?",
            lambda x, k, s: correlate2d_strided(x, k, 2),
        ),
        Mistake(
            "step-of-kernel-size",
            "Your steps are as long as the kernel. How far should the window move?",
            lambda x, k, s: every_place(x, k)[:: k.shape[0], :: k.shape[1]],
        ),
        Mistake(
            "starts-late",
            "You skip the first places. At which pixel does the first window start?",
            lambda x, k, s: every_place(x, k)[s - 1 :: s, s - 1 :: s],
            lambda x, k, s: every_place(x, k)[1::s, 1::s],
        ),
        Mistake(
            "averaged-places",
            "You averaged neighbouring answers. What happens to the places that are passed over?",
            lambda x, k, s: _block_means(every_place(x, k), s),
        ),
        Mistake(
            "flipped-kernel",
            "Your kernel lies upside-down and mirrored: that is convolution. Which weight belongs "
            "on the window's top-left pixel here?",
            _flipped,
        ),
        Mistake(
            "transposed-kernel",
            "The rows of your kernel became columns. Which index of a weight is its row?",
            lambda x, k, s: correlate2d_strided(x, k.T, s),
            lambda x, k, s: slide(x, k, lambda w, k: (w * k.T).sum(), step=s),
        ),
        Mistake(
            "one-side-for-both",
            "It works for square kernels only. How wide is the kernel, and how high?",
            lambda x, k, s: correlate2d_strided(x, k[:, : k.shape[0]], s),
        ),
        Mistake(
            "no-negatives",
            "Your answers are never negative. Where do they lose their sign?",
            lambda x, k, s: np.abs(correlate2d_strided(x, k, s)),
            lambda x, k, s: np.maximum(correlate2d_strided(x, k, s), 0),
        ),
        Mistake(
            "nothing-written",
            "Every value is zero. Which line writes a sum into your answer?",
            lambda x, k, s: np.zeros_like(correlate2d_strided(x, k, s)),
        ),
        Mistake(
            "cut-to-image-type",
            "Your answers went into an array of the image's type, and what did not fit was cut or "
            "wrapped around. Which type can hold them?",
            lambda x, k, s: to_type_of(x, correlate2d_strided(x, k, s)),
        ),
        Mistake(
            "clears-image",
            "The image you were given now holds other numbers. Could you leave it as it is?",
            clears(correlate2d_strided),
        ),
    ),
    accepted=(
        lambda x, k, s: slide(x, k, product_sum, step=s),
        lambda x, k, s: slide(x, k, product_sum, step=s).astype(np.float32),
        lambda x, k, s: np.einsum("ijuv,uv->ij", _windows(x, k)[::s, ::s], k),
        lambda x, k, s: np.asfortranarray(slide(x, k, product_sum)[::s, ::s]),
        lambda x, k, s: np.array(
            [
                [
                    float((x[i : i + k.shape[0], j : j + k.shape[1]] * k).sum())
                    for j in range(0, x.shape[1] - k.shape[1] + 1, s)
                ]
                for i in range(0, x.shape[0] - k.shape[0] + 1, s)
            ]
        ),
    ),
)


def _windows(image, kernel):
    return np.lib.stride_tricks.sliding_window_view(image, kernel.shape)


def _block_means(answer, stride):
    rows, columns = (n // stride * stride for n in answer.shape)
    blocks = answer[:rows, :columns].reshape(rows // stride, stride, columns // stride, stride)
    return blocks.mean(axis=(1, 3))
