"""The checks of `separate`: the column and the row that a kernel is the product of."""

import numpy as np

from cnnlab.checks.inputs import signed, whole_signed
from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.sentences import size
from cnnlab.checks.values import ARRAY, Several


def separate(kernel):
    """(KH, KW) of rank 1, its first row not zero -> column (KH,), its first number 1, row (KW,)"""
    row = np.array(kernel[0], float)
    widest = np.abs(row).argmax()
    return kernel[:, widest] / row[widest], row


def _svd(kernel):
    return np.linalg.svd(np.asarray(kernel, float))


def _product(column: list[float] | np.ndarray, row: list[float] | np.ndarray) -> Case:
    kernel = np.outer(column, row)
    return Case(f"a {size(kernel.shape)} kernel", (kernel,))


def _hidden(rng):
    one, other = signed(rng, 2)
    no_sum = np.array([0, one, other, -one - other])
    return (
        Item("as many rows as columns", (_product(signed(rng, 3), signed(rng, 3)),)),
        Item(
            "sides that differ",
            (_product(signed(rng, 2), signed(rng, 4)), _product(signed(rng, 5), signed(rng, 3))),
        ),
        Item(
            "a row that begins with zero, or adds up to zero", (_product(signed(rng, 3), no_sum),)
        ),
        Item(
            "whole numbers, and the kernel is left as it was",
            (_product(whole_signed(rng, 3), whole_signed(rng, 2)),),
            keeps_input=True,
        ),
    )


def _scaled(kernel, by):
    """The right column and row, each times a number that leaves a factor too large or small."""
    column, row = separate(kernel)
    in_column, in_row = by(kernel)
    return column * in_column, row * in_row


def _unscaled_svd(share_in_column):
    """The singular vectors as they come, the singular value shared out between them."""

    def version(kernel):
        left, values, right = _svd(kernel)
        value = values[0]
        return left[:, 0] * value**share_in_column, right[0] * value ** (1 - share_in_column)

    return version


def _first_of_svd(kernel):
    left, _, right = _svd(kernel)
    return left[:, 0], right[0]


def _other_factors(column_of, row_of):
    """The vectors that ``column_of`` and ``row_of`` take from the SVD, then scaled as asked."""

    def version(kernel):
        left, values, right = _svd(kernel)
        column, row = column_of(left), row_of(right)
        with np.errstate(all="ignore"):
            return column / column[0], row * column[0] * values[0]

    return version


def _by_sums(kernel):
    with np.errstate(all="ignore"):
        column = kernel.sum(axis=1) / kernel[0].sum()
    return column, np.asarray(kernel[0], float)


def _whole_division(kernel):
    row = kernel[0]
    widest = np.abs(row).argmax()
    return kernel[:, widest] // row[widest], row


def _corner_division(kernel):
    with np.errstate(all="ignore"):
        return kernel[:, 0] / kernel[0, 0], np.asarray(kernel[0], float)


def _row_scaled_too(kernel):
    with np.errstate(all="ignore"):
        return kernel[:, 0] / kernel[0, 0], kernel[0] / kernel[0, 0]


def _changes_kernel(kernel):
    answer = separate(kernel)
    kernel[...] = 0
    return answer


LADDER = Ladder(
    task="separate",
    arguments=("kernel",),
    reference=separate,
    returns=Several(column=ARRAY, row=ARRAY),
    cases=(
        _product([1, 2], [3, -5, 4]),
        Case("the vertical Sobel kernel", (np.outer([1, 2, 1], [-1, 0, 1]),)),
        _product([2.0, -3, 0.5, 7], [4, 0.25, -6]),
        Case("a kernel whose first column is zero", (np.outer([4, -3, 10], [0, 3, -2, 5]),)),
        Case("a kernel of small numbers", (np.outer([0.2, -0.5], [0.1, 0.3, -0.4]),)),
    ),
    hidden=_hidden,
    places=lambda kernel: (
        f"The column has a number for each of the {kernel.shape[0]} rows of the kernel, the row "
        f"one for each of its {kernel.shape[1]} columns."
    ),
    axes={"column": ("row",), "row": ("column",)},
    hint="Multiply each number of your column with each of your row. Where does the product differ "
    "from the kernel, and does your column begin with 1?",
    mistakes=(
        Mistake(
            "not-scaled",
            "Your product may be right, and your column does not begin with 1. By which number do "
            "you divide the column, and what must the row be multiplied by then?",
            *map(_unscaled_svd, (0, 0.5, 1)),
            lambda k: (k[:, np.abs(k[0]).argmax()], k[0] / k[0, np.abs(k[0]).argmax()]),
        ),
        Mistake(
            "singular-value-forgotten",
            "Your product has the kernel's pattern and not its strength. What stands between the "
            "two factors of a singular value decomposition?",
            _first_of_svd,
            lambda k: _scaled(k, lambda k: (1, 1 / _svd(k)[1][0])),
            lambda k: _scaled(k, lambda k: (1, _svd(k)[1][0] ** -0.5)),
        ),
        Mistake(
            "row-not-scaled",
            "Your column begins with 1, and your row no longer fits it. What becomes of the number "
            "that the column was divided by?",
            lambda k: _scaled(k, lambda k: (1, 1 / _svd(k)[0][0, 0])),
            lambda k: _scaled(k, lambda k: (1, _svd(k)[0][0, 0] ** -2)),
            lambda k: _scaled(k, lambda k: (1, 1 / (_svd(k)[0][0, 0] * _svd(k)[1][0]))),
        ),
        Mistake(
            "column-of-last-matrix",
            "The first column of the last matrix is not its first row. How does NumPy hand back "
            "the row factors?",
            _other_factors(lambda left: left[:, 0], lambda right: right[:, 0]),
        ),
        Mistake(
            "row-of-first-matrix",
            "The first row of the first matrix is not its first column. Where do the column "
            "factors stand?",
            _other_factors(lambda left: left[0], lambda right: right[0]),
        ),
        Mistake(
            "last-factors",
            "You took the last pair of factors, whose singular value is zero. Which pair carries "
            "the kernel?",
            _other_factors(lambda left: left[:, -1], lambda right: right[-1]),
            lambda k: (_svd(k)[0][:, -1], _svd(k)[2][-1]),
        ),
        Mistake(
            "edges-of-kernel",
            "You took the first column and the first row as they stand, so the corner counts "
            "twice. Which of them must be divided by it?",
            lambda k: (np.asarray(k[:, 0], float), np.asarray(k[0], float)),
        ),
        Mistake(
            "both-divided",
            "Column and row both begin with 1, so the strength of the kernel is lost. Which of the "
            "two keeps it?",
            _row_scaled_too,
        ),
        Mistake(
            "divided-by-corner",
            "It fails for kernels with a zero in the corner. Which other number could you divide "
            "by?",
            _corner_division,
        ),
        Mistake(
            "divided-by-sum",
            "It fails for kernels whose rows add up to zero, as those of Sobel do. Which other "
            "number could you divide by?",
            _by_sums,
        ),
        Mistake(
            "signs-lost",
            "Your factors have no minus signs. Where do they go?",
            lambda k: tuple(map(np.abs, separate(k))),
            lambda k: (np.abs(separate(k)[0]), separate(k)[1]),
            lambda k: (separate(k)[0], np.abs(separate(k)[1])),
        ),
        Mistake(
            "row-begins-with-one",
            "Your row begins with 1, and not your column. Which of the two does the exercise name?",
            lambda k: separate(k.T)[::-1],
        ),
        Mistake(
            "two-axes-left",
            "Your factors still have two axes. How many has a list of weights?",
            lambda k: (separate(k)[0][:, None], separate(k)[1][None]),
        ),
        Mistake(
            "whole-division",
            "The division dropped what stands behind the point. Which operator keeps it?",
            _whole_division,
        ),
        Mistake(
            "clears-kernel",
            "The kernel you were given now holds other numbers. Could you leave it as it is?",
            _changes_kernel,
        ),
    ),
    accepted=(
        lambda k: _other_factors(lambda left: left[:, 0], lambda right: right[0])(k),
        lambda k: [part.astype(np.float32) for part in separate(k)],
        lambda k: (k @ k[0] / (k[0] @ k[0]), k[0]),
        lambda k: ((k / k[0, np.argmax(np.abs(k[0]))])[:, np.argmax(np.abs(k[0]))], 1 * k[0]),
        lambda k: (np.asfortranarray(separate(k)[0]), k[0].copy()),
    ),
)
