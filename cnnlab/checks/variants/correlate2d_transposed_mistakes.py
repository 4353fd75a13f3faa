"""Known wrong versions of `correlate2d_transposed`, each with the hint it earns."""

import numpy as np

from cnnlab import naive
from cnnlab.checks.ladder import Mistake
from cnnlab.checks.variants.common import misplaced_kernels
from cnnlab.checks.versions import clears


def right(image, kernel, stride, padding):
    wide = naive.conv_transpose2d(image[None, None], kernel[None, None], None, stride)
    return _cut(wide[0, 0], padding)


def _cut(wide, padding):
    rows, columns = wide.shape
    return wide[padding : rows - padding, padding : columns - padding]


def _stamp(
    image,
    kernel,
    stride,
    padding,
    *,
    value=lambda old, pixel, kernel: old + pixel * kernel,
    shape=lambda n, k, stride: (n - 1) * stride + k,
    start=lambda i, stride: i * stride,
):
    """The loop over stamps, with room for mistakes. What lies outside is cut, or left zero."""
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    rows, columns = (shape(n, k, stride) for n, k in zip(image.shape, kernel.shape, strict=True))
    wide = np.zeros((rows, columns))
    for i, j in np.ndindex(image.shape):
        row, column = start(i, stride), start(j, stride)
        part = wide[row : row + kernel.shape[0], column : column + kernel.shape[1]]
        part[...] = value(part, image[i, j], kernel[: part.shape[0], : part.shape[1]])
    return _cut(wide, padding)


def _with(**changes):
    return lambda *given: _stamp(*given, **changes)


def _cropped(image, kernel, stride, padding):
    """TC3: what is left of the right answer in H S rows and W S columns."""
    answer = right(image, kernel, stride, padding)
    return answer[: image.shape[0] * stride, : image.shape[1] * stride]


def _height_for_both(image, kernel, stride, padding):
    KH, KW = kernel.shape
    H, W = image.shape
    wide = np.zeros(((H - 1) * stride + KH, (W - 1) * stride + KW))
    for i, j in np.ndindex(image.shape):
        row, column = i * stride, j * stride
        wide[row : row + KH, column : column + KH] += image[i, j] * kernel
    return _cut(wide, padding)


def _overlap_counts(image, kernel, stride):
    return right(np.ones(image.shape), np.ones(kernel.shape), stride, 0).clip(min=1)


def _enlarged(image, kernel, stride, padding):
    """TC6: every pixel becomes a block of equal ones, in an answer of the right size."""
    blocks = np.kron(image, np.ones((stride, stride)))
    result = np.zeros(right(image, kernel, stride, padding).shape)
    rows, columns = (min(a, b) for a, b in zip(blocks.shape, result.shape, strict=True))
    result[:rows, :columns] = blocks[:rows, :columns]
    return result


def _gaps(image, stride):
    spread = np.zeros([(n - 1) * stride + 1 for n in image.shape])
    spread[::stride, ::stride] = image
    return spread


def _kept(n, padding):
    return slice(padding, n - padding)


def _to_minus(n, padding):
    """With a padding of 0 nothing is left."""
    return slice(padding, -padding)


def _all(n, padding):
    return slice(None)


def _sides(rows, columns):
    """Another slice of rows or columns is kept."""

    def version(image, kernel, stride, padding):
        wide = right(image, kernel, stride, 0)
        H, W = wide.shape
        return wide[rows(H, padding), columns(W, padding)]

    return version


def _written_into_right_size(*given):
    """With a padding of 0 this stops: nothing does not fit."""
    result = np.zeros(right(*given).shape)
    result[:] = _sides(_to_minus, _to_minus)(*given)
    return result


def _only(rows, columns):
    def version(image, kernel, stride, padding):
        kept = np.zeros(np.shape(image))
        kept[rows, columns] = image[rows, columns]
        return right(kept, kernel, stride, padding)

    return version


def _cut_to_image_type(image, kernel, stride, padding):
    answer = right(image, kernel, stride, padding)
    if image.dtype.kind == "f":
        return answer
    return answer.astype(np.int64).astype(image.dtype)


MISTAKES = (
    *misplaced_kernels(right),
    Mistake(
        "stamps-overwrite",
        "Where two stamps meet, only the later one is left. What should become of the earlier?",
        _with(value=lambda old, pixel, kernel: pixel * kernel),
    ),
    Mistake(
        "overlaps-averaged",
        "Where stamps meet, you took their mean. What does the sum over all stamps ask for?",
        lambda x, k, s, p: _cut(right(x, k, s, 0) / _overlap_counts(x, k, s), p),
    ),
    Mistake(
        "size-of-strides",
        "Your result has as many rows as the image has, times the stride. How many rows does the "
        "last stamp need?",
        _cropped,
        _with(shape=lambda n, k, s: n * s),
    ),
    Mistake(
        "one-stride-too-large",
        "Empty rows and columns are left at the end. How many steps lie between the first stamp "
        "and the last?",
        _with(shape=lambda n, k, s: n * s + k),
        lambda x, k, s, p: np.pad(right(x, k, s, p), ((0, s), (0, s))),
        _with(shape=lambda n, k, s: n * s + k - 1),
    ),
    Mistake(
        "one-too-small",
        "The last row and the last column are missing. How many pixels does a stamp cover?",
        lambda x, k, s, p: right(x, k, s, p)[:-1, :-1],
        _with(shape=lambda n, k, s: (n - 1) * s + k - 1),
    ),
    Mistake(
        "stride-ignored",
        "Your stamps stand one pixel apart. What does the stride say about their distance?",
        lambda x, k, s, p: right(x, k, 1, p),
        _with(start=lambda i, s: i),
    ),
    Mistake(
        "step-of-kernel-size",
        "Your stamps never meet: each begins where the one before it ends. What does the stride "
        "say about their distance?",
        lambda x, k, s, p: _cut(np.kron(x, k), p),
    ),
    Mistake(
        "padding-ignored",
        "The padding leaves no trace. What does it do to the border of this answer?",
        lambda x, k, s, p: right(x, k, s, 0),
    ),
    Mistake(
        "padding-added",
        "You laid zeros around. Does padding make the answer of a transposed convolution larger "
        "or smaller?",
        lambda x, k, s, p: np.pad(right(x, k, s, 0), p),
    ),
    Mistake(
        "image-padded",
        "You laid zeros around the image before stamping. What does the padding do to the "
        "answer of a transposed convolution?",
        lambda x, k, s, p: right(np.pad(x, p), k, s, 0),
    ),
    Mistake(
        "padding-on-one-side",
        "The border was cut off on one side only. How many sides has it?",
        lambda x, k, s, p: right(x, k, s, 0)[p:, p:],
        lambda x, k, s, p: right(x, k, s, 0)[: -p or None, : -p or None],
        lambda x, k, s, p: right(x, k, s, 0)[2 * p :, 2 * p :],
        lambda x, k, s, p: right(x, k, s, 0)[: -2 * p or None, : -2 * p or None],
    ),
    Mistake(
        "padding-on-two-sides",
        "The border was cut off on two sides, and stands on the other two. How many sides has it?",
        _sides(_kept, _all),
        _sides(_all, _kept),
    ),
    Mistake(
        "padding-doubled",
        "You cut twice as much as was asked. How many pixels go on each single side?",
        lambda x, k, s, p: right(x, k, s, 2 * p),
    ),
    Mistake(
        "nothing-left-at-padding-zero",
        "With a padding of zero nothing is left when you have cut. What does an end of minus zero "
        "mean in a slice?",
        _sides(_to_minus, _to_minus),
        _sides(_to_minus, _kept),
        _sides(_kept, _to_minus),
        _sides(_to_minus, _all),
        _sides(_all, _to_minus),
        _written_into_right_size,
    ),
    Mistake(
        "image-enlarged",
        "Each pixel became a block of equal pixels. What does the kernel do in this function?",
        _enlarged,
    ),
    Mistake(
        "convolved-downwards",
        "Your answer is what the ordinary correlation gives, and it is smaller than the image. "
        "Which way does this function go?",
        lambda x, k, s, p: naive.conv2d(x[None, None], k[None, None], None, s, p)[0, 0],
    ),
    Mistake(
        "gaps-only",
        "There are zeros between the pixels, and no weight has touched them. Where is the kernel?",
        lambda x, k, s, p: _gaps(x, s),
    ),
    Mistake(
        "narrow-after-gaps",
        "After laying zeros between the pixels you let the kernel stay inside. How far may it "
        "hang over the edge, so that each pixel reaches every place of its stamp?",
        lambda x, k, s, p: naive.correlate2d(_gaps(x, s), k[::-1, ::-1], "valid"),
        lambda x, k, s, p: naive.correlate2d(_gaps(x, s), k, "valid"),
        lambda x, k, s, p: naive.correlate2d(_gaps(x, s), k[::-1, ::-1], "same"),
    ),
    Mistake(
        "one-side-for-both",
        "It works for square kernels only. How wide is the kernel, and how high?",
        _height_for_both,
    ),
    Mistake(
        "swapped-sides",
        "Height and width of your result have changed places. Which side of the image counts rows?",
        lambda x, k, s, p: np.zeros(right(x, k, s, p).shape[::-1]),
    ),
    Mistake(
        "transposed-image",
        "The pixels were read along the columns. Which index of a pixel is its row?",
        lambda x, k, s, p: right(x.T, k, s, p),
    ),
    Mistake(
        "pixel-ignored",
        "All your stamps are equally strong. What does a bright pixel do to its stamp?",
        _with(value=lambda old, pixel, kernel: old + kernel),
    ),
    Mistake(
        "added-not-multiplied",
        "Pixel and weights were added to each other. What does a pixel do to its stamp?",
        _with(value=lambda old, pixel, kernel: old + pixel + kernel),
    ),
    Mistake(
        "first-stamp-only",
        "Only the first pixel has stamped. How deep inside the loops do you hand the answer back?",
        _only(0, 0),
    ),
    Mistake(
        "first-row-only",
        "Only the first row of pixels has stamped. How deep inside the loops do you hand the "
        "answer back?",
        _only(0, slice(None)),
    ),
    Mistake(
        "last-stamp-only",
        "Only the last pixel has stamped. What happens to the answer of the earlier ones?",
        _only(-1, -1),
    ),
    Mistake(
        "cut-to-image-type",
        "Your answers went into an array of the image's type, and what did not fit was cut or "
        "wrapped round. Which numbers should the answer be able to hold?",
        _cut_to_image_type,
    ),
    Mistake(
        "clears-image",
        "Your function changes the image that it was given. Whose array do you write into?",
        clears(right),
    ),
)
