"""The checks of `window_sum`: one number of one window."""

import numpy as np

from cnnlab.checks.filters.common import (
    BYTE_IMAGE,
    BYTE_KERNEL,
    CROSS,
    DIGITS_IMAGE,
    DIGITS_KERNEL,
    SIGNED_IMAGE,
    SIGNED_KERNEL,
    WORKED_IMAGE,
    to_type_of,
)
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import NUMBER


def window_sum(image, kernel, row, column):
    """(H, W), (KH, KW), top-left corner of the window -> one number"""
    KH, KW = kernel.shape
    window = np.asarray(image[row : row + KH, column : column + KW], dtype=float)
    return float((window * kernel).sum())


def _hidden(rng):
    def case(image: np.ndarray, kernel: np.ndarray, row: int, column: int) -> Case:
        return Case(f"the window at row {row}, column {column}", (image, kernel, row, column))

    image, kernel = signed(rng, 6, 7), signed(rng, 2, 3)
    return (
        Item("the window in the corner", (case(signed(rng, 5, 5), signed(rng, 3, 3), 0, 0),)),
        Item(
            "windows elsewhere",
            # One of the two numbers at row 1 is negative, whatever the seed.
            (case(image, kernel, 1, 3), case(image, -kernel, 1, 3), case(image, kernel, 4, 2)),
        ),
        Item(
            "bytes and whole numbers",
            (
                case(photo(rng, 5, 6), whole_signed(rng, 3, 2), 1, 2),
                case(whole_signed(rng, 5, 6), signed(rng, 2, 2), 3, 1),
            ),
        ),
        Item("the image is left as it was", (case(image, kernel, 2, 1),), keeps_input=True),
    )


def _at(image, kernel, row, column):
    KH, KW = kernel.shape
    return np.asarray(image[row : row + KH, column : column + KW], dtype=float)


def _cut_sum(window, kernel):
    """Multiply what there is of a window that sticks out."""
    return (window * kernel[: window.shape[0], : window.shape[1]]).sum()


LADDER = Ladder(
    task="window_sum",
    arguments=("image", "kernel", "row", "column"),
    reference=window_sum,
    returns=NUMBER,
    cases=(
        Case("the corner of a small image", (DIGITS_IMAGE, DIGITS_KERNEL, 0, 0)),
        Case("row 1, column 2 of the same image", (DIGITS_IMAGE, DIGITS_KERNEL, 1, 2)),
        Case("negative and fractional weights", (SIGNED_IMAGE, SIGNED_KERNEL, 2, 0)),
        Case("bytes", (BYTE_IMAGE, BYTE_KERNEL, 0, 1)),
        Case("the first window of lesson 02", (WORKED_IMAGE, CROSS, 0, 0)),
    ),
    hidden=_hidden,
    places=lambda image, kernel, row, column: "One window gives one number.",
    hint="Lay the kernel on the window by hand. Which product of yours differs from the paper's?",
    mistakes=(
        Mistake(
            "flipped-kernel",
            "Your kernel lies upside-down and mirrored. Which weight belongs on the window's "
            "top-left pixel?",
            lambda i, k, r, c: window_sum(i, k[::-1, ::-1], r, c),
        ),
        Mistake(
            "transposed-kernel",
            "The rows of your kernel became columns. Which index of a weight is its row?",
            lambda i, k, r, c: window_sum(i, k.T, r, c),
            lambda i, k, r, c: (_at(i, k, r, c) * k.T).sum(),
        ),
        Mistake(
            "swapped-row-and-column",
            "The window lies at another place. Which of the two numbers counts downwards?",
            lambda i, k, r, c: window_sum(i, k, c, r),
            lambda i, k, r, c: _cut_sum(_at(i, k, c, r), k),
        ),
        Mistake(
            "always-the-corner",
            "All windows of an image give the same number. Where do row and column enter?",
            lambda i, k, r, c: window_sum(i, k, 0, 0),
        ),
        Mistake(
            "one-place-late",
            "Your window starts one pixel too far down and to the right. From which number does "
            "Python count?",
            lambda i, k, r, c: _cut_sum(_at(i, k, r + 1, c + 1), k),
            lambda i, k, r, c: window_sum(i, k, r + 1, c + 1),
        ),
        Mistake(
            "window-too-small",
            "The last row and column of the kernel met no pixel. Is the end of a slice included?",
            lambda i, k, r, c: (_at(i, k, r, c) * k)[:-1, :-1].sum(),
        ),
        Mistake(
            "centred-window",
            "Your window has its middle where its top-left corner belongs. What do row and column "
            "name?",
            lambda i, k, r, c: window_sum(
                np.pad(i.astype(float), [(n // 2, n // 2) for n in k.shape]), k, r, c
            ),
        ),
        Mistake(
            "one-side-for-both",
            "It works for square kernels only. How wide is the kernel, and how high?",
            lambda i, k, r, c: (
                i[r : r + len(k), c : c + len(k)].astype(float) * k[:, : len(k)]
            ).sum(),
        ),
        Mistake(
            "kernel-ignored",
            "The weights leave no trace. What does each pixel meet before you add up?",
            lambda i, k, r, c: _at(i, k, r, c).sum(),
        ),
        Mistake(
            "image-ignored",
            "The pixels leave no trace. What does each weight meet before you add up?",
            lambda i, k, r, c: k.sum(),
        ),
        Mistake(
            "added-not-multiplied",
            "Pixels and weights were added to each other. What does a weight do to its pixel?",
            lambda i, k, r, c: (_at(i, k, r, c) + k).sum(),
        ),
        Mistake(
            "matrix-product",
            "You took a matrix product. Which operation lets each pixel meet only its own weight?",
            lambda i, k, r, c: (_at(i, k, r, c) @ k).sum(),
            lambda i, k, r, c: _at(i, k, r, c) @ k,
        ),
        Mistake(
            "products-not-summed",
            "You have all the products. What makes one number of them?",
            lambda i, k, r, c: _at(i, k, r, c) * k,
        ),
        Mistake(
            "sums-of-columns",
            "One sum for each row or column came back. What makes one number of them?",
            lambda i, k, r, c: (_at(i, k, r, c) * k).sum(axis=0),
            lambda i, k, r, c: (_at(i, k, r, c) * k).sum(axis=1),
            lambda i, k, r, c: sum(_at(i, k, r, c) * k),
        ),
        Mistake(
            "last-product-only",
            "Only one product of the window is left. What happens to the ones before it?",
            lambda i, k, r, c: _at(i, k, r, c)[-1, -1] * k[-1, -1],
        ),
        Mistake(
            "first-product-only",
            "Only the first product is there. When does your function return?",
            lambda i, k, r, c: _at(i, k, r, c)[0, 0] * k[0, 0],
        ),
        Mistake(
            "first-row-only",
            "Only the first row of the window counts. When does your function return?",
            lambda i, k, r, c: (_at(i, k, r, c) * k)[0].sum(),
        ),
        Mistake(
            "last-row-only",
            "Only the last row of the window counts. Where does your sum start again from zero?",
            lambda i, k, r, c: (_at(i, k, r, c) * k)[-1].sum(),
        ),
        Mistake(
            "averaged",
            "You divided the sum. Does the formula ask for a mean?",
            lambda i, k, r, c: (_at(i, k, r, c) * k).mean(),
            lambda i, k, r, c: window_sum(i, k, r, c) / k.sum(),
        ),
        Mistake(
            "largest-product",
            "You kept the largest product. What happens to the others in the formula?",
            lambda i, k, r, c: (_at(i, k, r, c) * k).max(),
        ),
        Mistake(
            "no-negatives",
            "Your number is never negative. Where does it lose its sign?",
            lambda i, k, r, c: abs(window_sum(i, k, r, c)),
            lambda i, k, r, c: max(window_sum(i, k, r, c), 0),
            lambda i, k, r, c: np.abs(_at(i, k, r, c) * k).sum(),
        ),
        Mistake(
            "bytes-wrapped",
            "With bytes the number is wrong: a byte ends at 255 and has nothing below zero. Which "
            "type can hold it?",
            lambda i, k, r, c: to_type_of(i, np.array(window_sum(i, k, r, c))),
        ),
        Mistake(
            "changes-image",
            "The image you were given now holds other numbers. Could you leave it as it is?",
            lambda i, k, r, c: _weigh_in_place(i, k, r, c),
        ),
    ),
    accepted=(
        lambda i, k, r, c: (i[r : r + k.shape[0], c : c + k.shape[1]] * k).sum(),
        lambda i, k, r, c: np.sum(k * i[r : r + k.shape[0], c : c + k.shape[1]], dtype=np.float32),
        lambda i, k, r, c: np.vdot(i[r : r + k.shape[0], c : c + k.shape[1]], k),
        lambda i, k, r, c: np.einsum("uv,uv", i[r : r + k.shape[0], c : c + k.shape[1]], k),
        lambda i, k, r, c: np.array(window_sum(i, k, r, c)),
        lambda i, k, r, c: sum(
            float(i[r + u, c + v]) * float(k[u, v])
            for v in range(k.shape[1])
            for u in range(k.shape[0])
        ),
        lambda i, k, r, c: (
            int(window_sum(i, k, r, c))
            if window_sum(i, k, r, c).is_integer()
            else window_sum(i, k, r, c)
        ),
    ),
)


def _weigh_in_place(image, kernel, row, column):
    right = window_sum(image, kernel, row, column)
    KH, KW = kernel.shape
    image[row : row + KH, column : column + KW] = 0
    return right
