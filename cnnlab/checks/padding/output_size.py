"""The checks of `output_size`: at how many places a kernel fits along one axis."""

from fractions import Fraction

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.values import INTEGER


def output_size(size, kernel_size, stride, padding):
    """pixels along one axis, each a whole number -> a whole number"""
    room = size + 2 * padding - kernel_size
    return 0 if room < 0 else room // stride + 1


def _case(size, kernel_size, stride, padding):
    name = f"size {size}, kernel {kernel_size}, stride {stride}, padding {padding}"
    return Case(name, (size, kernel_size, stride, padding))


def _hidden(rng):
    def draw(low, high):
        return int(rng.integers(low, high))

    kernel, steps = draw(4, 9), draw(3, 8)
    stride = draw(4, 7)
    large, even = draw(60, 90), 2 * draw(12, 20) + 1
    return (
        Item("a stride of one", (_case(large, kernel, 1, 0), _case(even, kernel + 1, 1, 3))),
        Item(
            "a stride that divides",
            # size + 2 padding - kernel is steps, or steps + 1, times the stride.
            (
                _case(steps * stride + kernel, kernel, stride, 0),
                _case((steps + 1) * stride + kernel - 2, kernel + 2, stride, 2),
            ),
        ),
        Item(
            "a stride that leaves pixels over",
            (
                _case(steps * stride + kernel + stride - 1, kernel, stride, 0),
                _case((steps + 2) * stride + kernel - 4, kernel + 1, stride, 3),
            ),
        ),
        Item(
            "kernels that fit nowhere, or just once",
            (
                _case(kernel, kernel + 1, stride, 0),
                _case(3, 12 + kernel, stride, 1),
                _case(kernel, kernel, stride, 0),
            ),
        ),
    )


def _formula(size):
    """A wrong formula where the kernel fits, and 0 where it does not."""
    return lambda i, k, s, p: size(i, k, s, p) if i + 2 * p >= k else 0


def _rounded(value: Fraction) -> int:
    return round(value)


LADDER = Ladder(
    task="output_size",
    arguments=("size", "kernel_size", "stride", "padding"),
    reference=output_size,
    returns=INTEGER,
    cases=(
        _case(5, 3, 1, 0),
        _case(7, 3, 2, 0),
        _case(8, 3, 2, 0),
        _case(6, 3, 2, 1),
        _case(7, 2, 3, 3),
        _case(28, 5, 1, 2),
        _case(32, 3, 1, 0),
        _case(20, 6, 4, 1),
        _case(8, 2, 5, 0),
        _case(4, 4, 3, 0),
        _case(2, 3, 2, 0),
        _case(2, 9, 2, 1),
    ),
    hidden=_hidden,
    places=lambda size, kernel_size, stride, padding: "The number of places is one number.",
    hint="Draw the padded row and move the kernel along it with your finger. How many times do you "
    "stop?",
    mistakes=(
        Mistake(
            "steps-not-places",
            "You counted the steps. Is there not a place before the first step?",
            _formula(lambda i, k, s, p: (i + 2 * p - k) // s),
        ),
        Mistake(
            "padding-once",
            "The padding is in your count once. On how many sides does it lie?",
            _formula(lambda i, k, s, p: (i + p - k) // s + 1),
            lambda i, k, s, p: (i + p - k) // s + 1 if i + p >= k else 0,
        ),
        Mistake(
            "rounded-up",
            "You count a last place where the kernel sticks out. What happens to pixels that are "
            "left over?",
            _formula(lambda i, k, s, p: -(-(i + 2 * p - k) // s) + 1),
        ),
        Mistake(
            "rounded-to-nearest",
            "You round a part of a step up when it is more than half. Is a part of a step a place?",
            _formula(lambda i, k, s, p: _rounded(Fraction(i + 2 * p - k, s)) + 1),
            _formula(lambda i, k, s, p: _rounded(Fraction(i + 2 * p - k, s) + 1)),
        ),
        Mistake(
            "with-a-point",
            "A size is a whole number. Which division drops the part that is left over?",
            _formula(lambda i, k, s, p: (i + 2 * p - k) / s + 1),
        ),
        Mistake(
            "only-kernel-divided",
            "Only the kernel was divided by the stride. What has to be worked out before you "
            "divide?",
            _formula(lambda i, k, s, p: i + 2 * p - k // s + 1),
        ),
        Mistake(
            "one-added-before",
            "You added the first place before you divided. Which of the two comes first?",
            _formula(lambda i, k, s, p: (i + 2 * p - k + 1) // s),
        ),
        Mistake(
            "padding-after",
            "You added the padding after dividing. Does the kernel not step over it as well?",
            _formula(lambda i, k, s, p: (i - k) // s + 2 * p + 1),
            lambda i, k, s, p: (i - k) // s + 1 + 2 * p,
        ),
        Mistake(
            "padding-ignored",
            "The padding leaves no trace. Where does it make room?",
            lambda i, k, s, p: (i - k) // s + 1 if i >= k else 0,
            _formula(lambda i, k, s, p: (i - k) // s + 1),
        ),
        Mistake(
            "padding-taken-away",
            "The padding makes your row shorter. Does a frame make an image larger or smaller?",
            lambda i, k, s, p: max(0, (i - 2 * p - k) // s + 1),
            _formula(lambda i, k, s, p: (i - 2 * p - k) // s + 1),
        ),
        Mistake(
            "stride-ignored",
            "The stride leaves no trace. How many pixels is a step?",
            _formula(lambda i, k, s, p: i + 2 * p - k + 1),
        ),
        Mistake(
            "kernel-ignored",
            "The size of the kernel leaves no trace. How much room does it take?",
            _formula(lambda i, k, s, p: -(-i // s)),
            lambda i, k, s, p: -(-i // s),
            _formula(lambda i, k, s, p: (i + 2 * p) // s + 1),
            lambda i, k, s, p: (i + 2 * p) // s + 1,
            _formula(lambda i, k, s, p: (i + 2 * p) // s),
            lambda i, k, s, p: (i + 2 * p) // s,
        ),
        Mistake(
            "stride-multiplied",
            "You multiplied by the stride. Do longer steps stop at more places?",
            _formula(lambda i, k, s, p: (i + 2 * p - k) * s + 1),
        ),
        Mistake(
            "one-too-few",
            "You are short of one wherever no pixel is left over, or everywhere by a step. With a "
            "kernel as long as the row, how many places are there?",
            _formula(lambda i, k, s, p: (i + 2 * p - k - 1) // s + 1),
        ),
        Mistake(
            "kernel-counted-twice",
            "Your kernel takes nearly twice its room, as if there were gaps in it. How many pixels "
            "does it cover?",
            _formula(lambda i, k, s, p: (i + 2 * p - 2 * k + 1) // s + 1),
        ),
        Mistake(
            "below-zero",
            "Where the kernel does not fit, your count is below zero. How many places are there?",
            lambda i, k, s, p: (i + 2 * p - k) // s + 1,
        ),
        Mistake(
            "cut-towards-zero",
            "You find a place where the kernel does not fit. What becomes of a negative fraction "
            "when its point is cut off?",
            lambda i, k, s, p: int((i + 2 * p - k) / s) + 1,
            lambda i, k, s, p: max(0, int((i + 2 * p - k) / s) + 1),
            lambda i, k, s, p: max(1, (i + 2 * p - k) // s + 1),
        ),
        Mistake(
            "exchanged-stride-and-padding",
            "Stride and padding have changed places. Which of them comes first?",
            lambda i, k, s, p: output_size(i, k, max(p, 1), s),
        ),
        Mistake(
            "both-axes",
            "You counted the places of a square. How many are there along one axis?",
            lambda i, k, s, p: output_size(i, k, s, p) ** 2,
        ),
    ),
    accepted=(
        lambda i, k, s, p: max(0, (i + 2 * p - k) // s + 1),
        lambda i, k, s, p: np.int64(output_size(i, k, s, p)),
        lambda i, k, s, p: len(range(0, i + 2 * p - k + 1, s)),
        lambda i, k, s, p: max(0, divmod(i + 2 * p - k, s)[0] + 1),
        lambda i, k, s, p: max(0, int(np.floor((i + 2 * p - k) / s)) + 1),
        lambda i, k, s, p: sum(1 for a in range(i + 2 * p) if a % s == 0 and a + k <= i + 2 * p),
    ),
)
