r"""The kernels that everyone meets, as named data built from their factors.

All are correlation kernels: lay them on the image as they are printed, do not flip them. Axis -1
is x and points right, axis -2 is y and points down, so ``SOBEL_X`` answers to vertical edges and
is positive where the image grows brighter to the right. The arrays are float64 and read-only.

>>> SOBEL_X
array([[-1.,  0.,  1.],
       [-2.,  0.,  2.],
       [-1.,  0.,  1.]])
>>> sorted(KERNELS)[:4]
['box', 'emboss', 'gaussian', 'identity']
"""

import numpy as np
from numpy.typing import ArrayLike

from cnnlab.errors import ArgumentError, ShapeError

__all__ = [
    "BOX",
    "EMBOSS",
    "GAUSSIAN",
    "IDENTITY",
    "KERNELS",
    "LAPLACIAN_4",
    "LAPLACIAN_8",
    "PREWITT_X",
    "PREWITT_Y",
    "SCHARR_X",
    "SCHARR_Y",
    "SHARPEN",
    "SOBEL_X",
    "SOBEL_Y",
    "box",
    "factors",
    "gaussian",
    "get",
    "is_separable",
    "rank",
]

# One-dimensional factors. A kernel that is one column times one row is written as that product.
_ONE = (0, 1, 0)
_DIFFERENCE = (-1, 0, 1)  # the central difference, times two
_SECOND_DIFFERENCE = (1, -2, 1)
_MEAN = (1, 1, 1)
_BINOMIAL = (1, 2, 1)  # a row of Pascal's triangle: the small Gaussian
_SCHARR = (3, 10, 3)


def _kernel(values: ArrayLike) -> np.ndarray:
    kernel = np.array(values, dtype=np.float64)
    kernel.setflags(write=False)
    return kernel


def _product(column: tuple[int, ...], row: tuple[int, ...]) -> np.ndarray:
    return _kernel(np.outer(column, row))


# Leaves the image as it is.
IDENTITY = _product(_ONE, _ONE)

# Blurs: the mean of the window, and a mean that weighs the centre most.
BOX = _kernel(np.outer(_MEAN, _MEAN) / 9)
GAUSSIAN = _kernel(np.outer(_BINOMIAL, _BINOMIAL) / 16)

# First derivatives: a difference one way, a blur the other way.
# Prewitt, J. M. S. (1970), "Object enhancement and extraction", in: Picture Processing and
# Psychopictorics, pp. 75-149.
PREWITT_X = _product(_MEAN, _DIFFERENCE)
PREWITT_Y = _product(_DIFFERENCE, _MEAN)
# Sobel, I. and Feldman, G. (1968), "A 3x3 isotropic gradient operator for image processing", talk
# at the Stanford Artificial Intelligence Project; Duda and Hart (1973), Pattern Classification and
# Scene Analysis, p. 271.
SOBEL_X = _product(_BINOMIAL, _DIFFERENCE)
SOBEL_Y = _product(_DIFFERENCE, _BINOMIAL)
# Scharr, H. (2000), "Optimale Operatoren in der Digitalen Bildverarbeitung", thesis, Heidelberg:
# the 3 x 3 weights whose gradient turns most faithfully with the image.
SCHARR_X = _product(_SCHARR, _DIFFERENCE)
SCHARR_Y = _product(_DIFFERENCE, _SCHARR)

# Second derivatives: the sum along both axes, and the one that counts the diagonals too.
# Gonzalez and Woods, Digital Image Processing, 4th edition (2018), section 3.6.
LAPLACIAN_4 = _kernel(np.outer(_ONE, _SECOND_DIFFERENCE) + np.outer(_SECOND_DIFFERENCE, _ONE))
LAPLACIAN_8 = _kernel(np.outer(_MEAN, _MEAN) - 9 * np.outer(_ONE, _ONE))

# The image minus its Laplacian: every pixel moves away from its neighbours (same section).
SHARPEN = _kernel(IDENTITY - LAPLACIAN_4)

# A relief: the image plus its slope down the main diagonal, half the sum of both Sobel kernels.
EMBOSS = _kernel(IDENTITY + (SOBEL_X + SOBEL_Y) / 2)

KERNELS = {
    "identity": IDENTITY,
    "box": BOX,
    "gaussian": GAUSSIAN,
    "sharpen": SHARPEN,
    "emboss": EMBOSS,
    "prewitt_x": PREWITT_X,
    "prewitt_y": PREWITT_Y,
    "sobel_x": SOBEL_X,
    "sobel_y": SOBEL_Y,
    "scharr_x": SCHARR_X,
    "scharr_y": SCHARR_Y,
    "laplacian_4": LAPLACIAN_4,
    "laplacian_8": LAPLACIAN_8,
}


def get(name: str) -> np.ndarray:
    """The kernel called ``name``: ``get(name) = KERNELS[name]``, with a plain error.

    Shapes: (KH, KW)
    Parameters: ``name``, in small letters.
    Raises: `ArgumentError` if no kernel has that name.

    >>> get("sobel_x") is SOBEL_X
    True

    References: those beside each kernel in this module.
    """
    try:
        return KERNELS[name]
    except KeyError:
        known = ", ".join(KERNELS)
        raise ArgumentError(f"No kernel is called {name!r}. Choose one of: {known}.") from None


def box(size: int) -> np.ndarray:
    r"""The mean over a square window, :math:`k[u, v] = 1 / size^2`.

    Shapes: (size, size)

    Parameters: ``size``, pixels a side, at least 1.
    Raises: `ArgumentError` for a size below 1.

    >>> box(2)
    array([[0.25, 0.25],
           [0.25, 0.25]])

    References: Gonzalez and Woods, Digital Image Processing, 4th edition (2018), section 3.5.
    """
    _check_size("box", size)
    return np.full((size, size), 1 / size**2)


def gaussian(size: int, sigma: float) -> np.ndarray:
    r"""A bell of width ``sigma`` pixels, cut to a square window and scaled to the sum 1.

    .. math:: k[u, v] \propto e^{-u^2 / 2\sigma^2}\; e^{-v^2 / 2\sigma^2}

    ``u`` and ``v`` count from the centre of the window.

    Shapes: (size, size)

    Parameters: ``size``, pixels a side, at least 1 (odd, if the centre shall be a pixel);
    ``sigma``, the standard deviation in pixels, above 0.
    Raises: `ArgumentError` for a size below 1 or a sigma that is not above 0.

    >>> gaussian(3, 0.85).round(3)
    array([[0.063, 0.125, 0.063],
           [0.125, 0.25 , 0.125],
           [0.063, 0.125, 0.063]])

    References: Gonzalez and Woods, Digital Image Processing, 4th edition (2018), section 3.5.
    """
    _check_size("gaussian", size)
    if not sigma > 0:
        raise ArgumentError(f"gaussian: sigma must be above 0, got {sigma!r}.")
    offset = np.arange(size) - (size - 1) / 2
    bell = np.exp(-(offset**2) / (2 * sigma**2))
    bell /= bell.sum()
    return np.outer(bell, bell)


def rank(kernel: ArrayLike) -> int:
    r"""How many products of a column and a row the kernel is the sum of, by its singular values.

    .. math:: k = \sum_{i=1}^{rank} \sigma_i\; u_i v_i^T

    Shapes: kernel (KH, KW)
    Raises: `ShapeError` unless the kernel has two axes; `ArgumentError` if a value is not finite.

    >>> rank(SOBEL_X), rank(LAPLACIAN_4)
    (1, 2)

    References: Golub and Van Loan, Matrix Computations, 4th edition (2013), section 2.4.
    """
    return int(np.linalg.matrix_rank(_matrix("rank", kernel)))


def is_separable(kernel: ArrayLike) -> bool:
    r"""Whether the kernel is one column times one row, so that two short passes do its work.

    .. math:: k[u, v] = c[u]\; r[v]

    Shapes: kernel (KH, KW)
    Raises: as `rank`.

    >>> is_separable(GAUSSIAN), is_separable(SHARPEN)
    (True, False)

    References: as `factors`.
    """
    return rank(kernel) == 1


def factors(kernel: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    r"""The column and the row whose outer product is the kernel; the column's first number is 1.

    .. math:: k[u, v] = c[u]\; r[v]

    Shapes: kernel (KH, KW) -> column (KH,), row (KW,)
    Raises: `ArgumentError` if the kernel is not separable; `ShapeError` as `rank`.

    >>> column, row = factors(SOBEL_X)
    >>> column.round(6), row.round(6)
    (array([1., 2., 1.]), array([-1.,  0.,  1.]))

    References: Treitel and Shanks (1971), "The design of multistage separable planar filters",
    IEEE Transactions on Geoscience Electronics 9(1), pp. 10-27.
    """
    matrix = _matrix("factors", kernel)
    found = rank(matrix)
    if found != 1:
        raise ArgumentError(
            f"factors: the kernel has rank {found}, so it is not one column times one row. "
            "is_separable tells beforehand."
        )
    left, singular, right = np.linalg.svd(matrix)
    column, row = (_without_dust(factor[0]) for factor in (left.T, right))
    first = column[column != 0][0]
    return column / first, row * first * singular[0] + 0.0  # no -0


def _without_dust(unit_vector: np.ndarray) -> np.ndarray:
    """Rounding errors of the SVD become the zeros that they stand for."""
    return np.where(np.abs(unit_vector) < 1e-14, 0.0, unit_vector)


def _check_size(name: str, size: int) -> None:
    if size < 1 or size != int(size):
        raise ArgumentError(f"{name}: size must be a whole number of at least 1, got {size!r}.")


def _matrix(name: str, kernel: ArrayLike) -> np.ndarray:
    matrix = np.asarray(kernel, dtype=np.float64)
    if matrix.ndim != 2 or matrix.size == 0:
        raise ShapeError(f"{name}: a kernel has shape (KH, KW), got {matrix.shape}.")
    if not np.isfinite(matrix).all():
        raise ArgumentError(f"{name}: the kernel holds a value that is not finite.")
    return matrix
