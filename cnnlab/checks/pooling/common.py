"""What the checks of assignment 06 share: worked arrays, and loops to build wrong versions."""

import numpy as np

from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case
from cnnlab.checks.sentences import size

# The map of lesson 06 and of its explorer.
WORKED_MAP = np.array([[[[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]]]])

# Below zero everywhere, with the largest number of each window in another corner.
NEGATIVE_MAP = np.array(
    [[[[-7.0, -3, -9, -4, -1], [-6, -2, -8, -5.5, -12], [-1.5, -10, -4.5, -3.5, -11]]]]
)

_rng = np.random.default_rng(606)
SMALL = _rng.permutation([*range(-12, 0), *range(1, 13)]).reshape(1, 2, 3, 4)  # read with ease
BATCH = signed(_rng, 2, 3, 5, 7)  # two images, three channels, sides that leave pixels over
WIDE = signed(_rng, 2, 2, 7, 8)
WHOLE = whole_signed(_rng, 1, 2, 6, 4)
BYTES = _rng.choice(256, size=(1, 2, 4, 6), replace=False).astype(np.uint8)


def pool_case(input, kernel_size, stride):
    name = f"a batch of {size(input.shape)}, windows of {kernel_size}, stride {stride}"
    return Case(name, (input, kernel_size, stride))


def places(input, kernel_size, stride):
    """Rows and columns of windows."""
    return tuple((n - kernel_size) // stride + 1 for n in input.shape[2:])


def places_in_words(input, kernel_size, stride):
    rows, columns = places(input, kernel_size, stride)
    return (
        f"Every one of the {input.shape[1]} channels stays, and in each of them {rows} rows and "
        f"{columns} columns of windows fit."
    )


def pooled(number, start=None, span=None):
    """Loops over windows with one mistake: ``number(window)`` makes a value of a window.

    ``start(i, j, stride)`` is the top-left pixel, ``span(kernel_size, stride)`` a window's side.
    """

    def version(input, kernel_size, stride):
        input = np.asarray(input, float)
        rows, columns = places(input, kernel_size, stride)
        side = span(kernel_size, stride) if span else kernel_size
        answer = np.zeros((*input.shape[:2], rows, columns))
        for n, c, i, j in np.ndindex(answer.shape):
            row, column = start(i, j, stride) if start else (i * stride, j * stride)
            answer[n, c, i, j] = number(input[n, c, row : row + side, column : column + side])
        return answer

    return version


def partial_windows(number):
    """Windows that stick out count too, with what there is of them."""

    def version(input, kernel_size, stride):
        input = np.asarray(input, float)
        rows, columns = (-((kernel_size - n) // stride) + 1 for n in input.shape[2:])
        answer = np.zeros((*input.shape[:2], rows, columns))
        for n, c, i, j in np.ndindex(answer.shape):
            row, column = i * stride, j * stride
            window = input[n, c, row : row + kernel_size, column : column + kernel_size]
            answer[n, c, i, j] = number(window)
        return answer

    return version


def beyond_the_edge(right, **how):
    """The input is filled up until the last window fits."""

    def version(input, kernel_size, stride):
        input = np.asarray(input, float)
        rest = [(kernel_size - n) % stride for n in input.shape[2:]]
        sides = ((0, 0), (0, 0), (0, rest[0]), (0, rest[1]))
        return right(np.pad(input, sides, **how), kernel_size, stride)

    return version


def reshaped(reduce):
    """Blocks by a new shape alone: the axes were not moved, so the values mix."""

    def version(input, kernel_size, stride):
        N, C, H, W = input.shape
        rows, columns = H // kernel_size, W // kernel_size
        cut = input[:, :, : rows * kernel_size, : columns * kernel_size]
        return reduce(cut.reshape(N, C, rows, columns, kernel_size, kernel_size), axis=(4, 5))

    return version


def windows(input, kernel_size, stride):
    """All windows as two more axes."""
    view = np.lib.stride_tricks.sliding_window_view(input, (kernel_size, kernel_size), (2, 3))
    return view[:, :, ::stride, ::stride]


def one_size(input, answer):
    """The answer in an array of the input's size; the rest stays zero."""
    result = np.zeros(input.shape)
    result[:, :, : answer.shape[2], : answer.shape[3]] = answer
    return result


def with_gaps(right):
    """Written at the pixel where the window starts: zeros between the values."""

    def version(input, kernel_size, stride):
        answer = right(input, kernel_size, stride)
        result = np.zeros(input.shape)
        rows, columns = answer.shape[2:]
        result[:, :, : rows * stride : stride, : columns * stride : stride] = answer
        return result

    return version
