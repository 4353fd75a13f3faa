"""The checks of `correlate2d_padded`: zeros around the image, then steps of several pixels."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.filters import correlate2d_strided as strided
from cnnlab.checks.filters.common import BYTE_IMAGE, BYTE_KERNEL, product_sum, slide
from cnnlab.checks.inputs import photo, signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.versions import clears

without_padding = strided.correlate2d_strided


def correlate2d_padded(image, kernel, stride, padding):
    """(H, W), (KH, KW), S, P -> ((H + 2 P - KH) // S + 1, (W + 2 P - KW) // S + 1)"""
    return without_padding(np.pad(image, padding), kernel, stride)


# Curriculum 4.4: the image and the kernel of lesson 04, from the guide of Dumoulin and Visin.
WORKED_IMAGE = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
)
WORKED_KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])

DIGITS_IMAGE = np.array([[1, 2, 8, 4], [7, 5, 3, 9], [2, 6, 1, 5]])
DIGITS_KERNEL = np.array([[1000, 100], [10, 1]])
SIGNED_IMAGE = np.arange(45.0).reshape(5, 9) ** 2 % 17 - 8
SIGNED_KERNEL = np.array([[1.0, -2, 3, -0.25], [0.5, 4, -5, 2]])


def _case(image, kernel, stride, padding):
    name = f"a {size(image.shape)} image, stride {stride}, padding {padding}"
    return Case(name, (image, kernel, stride, padding))


def _hidden(rng):
    return (
        Item(
            "padding, a stride of one",
            (_case(signed(rng, 4, 5), signed(rng, 3, 2), 1, 1),),
        ),
        Item(
            "a stride, no padding",
            (_case(signed(rng, 6, 9), signed(rng, 3, 2), 2, 0),),
        ),
        Item(
            "both",
            (
                _case(signed(rng, 6, 5), signed(rng, 3, 2), 2, 1),
                _case(signed(rng, 5, 7), signed(rng, 2, 3), 3, 2),
                _case(photo(rng, 4, 6), whole_signed(rng, 3, 2), 2, 1),
            ),
        ),
        Item(
            "the image is left as it was",
            (_case(signed(rng, 4, 5), signed(rng, 2, 3), 2, 1),),
            keeps_input=True,
        ),
    )


def _places(image, kernel, stride, padding):
    rows, columns = (
        (n + 2 * padding - k) // stride + 1 for n, k in zip(image.shape, kernel.shape, strict=True)
    )
    return (
        f"With a padding of {padding} and a stride of {stride}, a {size(kernel.shape)} kernel lies "
        f"on a {size(image.shape)} image at {rows} places down and {columns} across."
    )


def _after_padding(version):
    """A mistake of the stride, made on an image that was padded rightly."""
    return lambda x, k, s, p: version(np.pad(x, p), k, s)


def _written_where_it_starts(x, k, s, p):
    """Loops that walk over the image by steps and write each sum at its window's own index."""
    every, out = naive.correlate2d(np.pad(x, p), k), correlate2d_padded(x, k, s, p)
    out[...] = 0
    for i, j in np.ndindex(*every[::s, ::s].shape):
        out[i * s, j * s] = every[i * s, j * s]
    return out


def _padded(sides, **how):
    """The right steps over an image that was padded in another way."""

    def version(x, k, s, p):
        return without_padding(np.pad(np.asarray(x, float), sides(p), **how), k, s)

    return version


def _thinned_then_padded(x, k, s, p):
    return naive.correlate2d(np.pad(x[::s, ::s], p), k)


def _sized_without_padding(x, k, s, p):
    """The output has the size of an unpadded image; what lies beyond is missing."""
    rows, columns = without_padding(x, k, s).shape
    return correlate2d_padded(x, k, s, p)[:rows, :columns]


# Those of assignment 02; `clears-image` would clear the padded copy only.
ALSO = {"image-thinned-out": (_thinned_then_padded,), "gaps-of-zeros": (_written_where_it_starts,)}
HINTS = {
    "gaps-of-zeros": "Each value is written where its window starts, which leaves gaps or finds no "
    "place. Where is the second value written?"
}
OF_THE_STRIDE = tuple(
    Mistake(
        m.name, HINTS.get(m.name, m.hint), *map(_after_padding, m.versions), *ALSO.get(m.name, ())
    )
    for m in strided.LADDER.mistakes
    if m.name != "clears-image"
)

MISTAKES = (
    *OF_THE_STRIDE,
    Mistake(
        "padding-ignored",
        "The padding leaves no trace. Where do the zeros go?",
        lambda x, k, s, p: without_padding(x, k, s),
        _sized_without_padding,
    ),
    Mistake(
        "zeros-around-answer",
        "Zeros lie around your answer. What should they lie around?",
        lambda x, k, s, p: np.pad(without_padding(x, k, s), p),
    ),
    Mistake(
        "zeros-after-only",
        "All zeros lie below and to the right, or your windows begin behind the others. On how "
        "many sides do they belong?",
        _padded(lambda p: (0, 2 * p)),
        _padded(lambda p: (0, p)),
    ),
    Mistake(
        "zeros-before-only",
        "All zeros lie above and to the left. On how many sides do they belong?",
        _padded(lambda p: (2 * p, 0)),
        _padded(lambda p: (p, 0)),
    ),
    Mistake(
        "padded-one-way",
        "You padded rows or columns, and not both. On how many sides do the zeros belong?",
        _padded(lambda p: ((p, p), (0, 0))),
        _padded(lambda p: ((0, 0), (p, p))),
    ),
    Mistake(
        "no-zeros-in-border",
        "The inside is right and the border is not. What should lie around the image?",
        _padded(lambda p: p, mode="edge"),
        _padded(lambda p: p, mode="wrap"),
        _padded(lambda p: p, mode="symmetric"),
        _padded(lambda p: p, mode="reflect"),
        _padded(lambda p: p, constant_values=1),
        lambda x, k, s, p: without_padding(np.pad(x, p, constant_values=p), k, s),
    ),
    Mistake(
        "padding-of-one",
        "It works for a padding of one only. Which number stands where the padding belongs?",
        _padded(lambda p: 1),
    ),
    Mistake(
        "padding-twice",
        "Your frame is twice as wide as asked. Does the padding count one side, or both?",
        _padded(lambda p: 2 * p),
    ),
    Mistake(
        "padding-of-kernel",
        "Your frame is as wide as the kernel asks for, not as the padding says. Which number tells "
        "how wide?",
        lambda x, k, s, p: without_padding(np.pad(x, [(n // 2, n // 2) for n in k.shape]), k, s),
        lambda x, k, s, p: without_padding(np.pad(x, [(n - 1, n - 1) for n in k.shape]), k, s),
    ),
    Mistake(
        "stride-of-padding",
        "Stride and padding have changed places. Which of them comes first?",
        lambda x, k, s, p: correlate2d_padded(x, k, max(p, 1), s),
    ),
    Mistake(
        "clears-image",
        "The image you were given now holds other numbers. Could you leave it as it is?",
        clears(correlate2d_padded),
    ),
)

LADDER = Ladder(
    task="correlate2d_padded",
    arguments=("image", "kernel", "stride", "padding"),
    reference=correlate2d_padded,
    cases=(
        _case(DIGITS_IMAGE, DIGITS_KERNEL, 1, 1),
        _case(DIGITS_IMAGE, DIGITS_KERNEL, 2, 0),
        _case(WORKED_IMAGE, WORKED_KERNEL, 2, 1),
        _case(SIGNED_IMAGE, SIGNED_KERNEL, 3, 2),
        Case("bytes, stride 2, padding 1", (BYTE_IMAGE, BYTE_KERNEL, 2, 1)),
    ),
    hidden=_hidden,
    places=_places,
    hint="Choose one wrong value near the border. Which of its products fall on zeros, and at "
    "which pixel of the padded image does its window start?",
    mistakes=MISTAKES,
    accepted=(
        lambda x, k, s, p: slide(np.pad(x, p), k, product_sum, step=s),
        lambda x, k, s, p: naive.correlate2d(np.pad(x, p), k)[::s, ::s].astype(np.float32),
        lambda x, k, s, p: np.asfortranarray(slide(np.pad(x.astype(float), p), k, product_sum, s)),
        lambda x, k, s, p: np.einsum("ijuv,uv->ij", _windows(np.pad(x, p), k)[::s, ::s], k),
        lambda x, k, s, p: _only_real_pixels(x, k, s, p),
    ),
)


def _windows(image, kernel):
    return np.lib.stride_tricks.sliding_window_view(image, kernel.shape)


def _only_real_pixels(x, k, s, p):
    """No frame at all: products with pixels beyond the border are left out."""
    (H, W), (KH, KW) = x.shape, k.shape
    out = np.zeros(((H + 2 * p - KH) // s + 1, (W + 2 * p - KW) // s + 1))
    for i, j in np.ndindex(out.shape):
        for u, v in np.ndindex(KH, KW):
            row, column = i * s + u - p, j * s + v - p
            if 0 <= row < H and 0 <= column < W:
                out[i, j] += float(x[row, column]) * k[u, v]
    return out
