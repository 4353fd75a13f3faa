"""Correlation and convolution of one image with one kernel."""

import numpy as np


def correlate2d(image, kernel, mode="valid", boundary="fill", fillvalue=0):
    r"""Lay ``kernel`` on ``image``, multiply, add up, move one step.

    .. math:: y[i, j] = \sum_{u, v} x[i + u,\; j + v]\; k[u, v]

    Here x is the image, extended by a border when ``mode`` asks for one.

    Shapes:
        image (H, W), kernel (KH, KW) -> (OH, OW), where OH is H - KH + 1 for "valid",
        H for "same" and H + KH - 1 for "full"; OW likewise.

    Parameters:
        image: the pixels, real numbers.
        kernel: the weights, real numbers.
        mode: "valid" keeps the kernel inside the image; "same" keeps the size of the image;
            "full" uses every place where kernel and image overlap.
        boundary: what lies beyond the border: "fill" puts ``fillvalue`` there, "wrap" repeats
            the image, "symm" mirrors it, edge pixels included.
        fillvalue: the value beyond the border for "fill".

    Raises:
        KeyError: ``mode`` or ``boundary`` is not one of the names above.
        ValueError: the kernel does not fit into the extended image.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 1.1. Modes and boundaries are those of
        `scipy.signal.correlate2d`. See also `convolve2d`, which turns the kernel first.

    >>> correlate2d(np.arange(9).reshape(3, 3), np.arange(4).reshape(2, 2))
    array([[19., 25.],
           [37., 43.]])
    """
    KH, KW = kernel.shape
    rows, columns = _border(KH, mode), _border(KW, mode)
    x = _extended(image, rows, columns, boundary, fillvalue)
    H, W = x.shape
    y = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            for u in range(KH):
                for v in range(KW):
                    y[i, j] += x[i + u, j + v] * kernel[u, v]
    return y


def convolve2d(image, kernel, mode="valid", boundary="fill", fillvalue=0):
    r"""Turn ``kernel`` by 180 degrees, then correlate: convolution in the strict sense.

    .. math:: y[i, j] = \sum_{u, v} x[i - u,\; j - v]\; k[u, v]

    The sum runs over all pixels of the extended image for "full"; "same" and "valid" keep the
    middle of that result.

    Shapes:
        image (H, W), kernel (KH, KW) -> (OH, OW), sizes as in `correlate2d`.

    Parameters:
        image: the pixels, real numbers.
        kernel: the weights, real numbers.
        mode: "valid", "same" or "full", as in `correlate2d`.
        boundary: "fill", "wrap" or "symm", as in `correlate2d`.
        fillvalue: the value beyond the border for "fill".

    Raises:
        KeyError: ``mode`` or ``boundary`` is not one of the names above.
        ValueError: the kernel does not fit into the extended image.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 1.1. Modes and boundaries are those of
        `scipy.signal.convolve2d`.

    >>> convolve2d(np.arange(9).reshape(3, 3), np.arange(4).reshape(2, 2))
    array([[ 5., 11.],
           [23., 29.]])
    """
    KH, KW = kernel.shape
    rows, columns = _border(KH, mode)[::-1], _border(KW, mode)[::-1]
    x = _extended(image, rows, columns, boundary, fillvalue)
    H, W = x.shape
    y = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            for u in range(KH):
                for v in range(KW):
                    y[i, j] += x[i + KH - 1 - u, j + KW - 1 - v] * kernel[u, v]
    return y


def _border(K, mode):
    """Pixels before and after the image for a correlation; a convolution swaps the two."""
    return {"valid": (0, 0), "same": ((K - 1) // 2, K // 2), "full": (K - 1, K - 1)}[mode]


def _extended(image, rows, columns, boundary, fillvalue):
    """The image as float64 with a border around it."""
    source = {"fill": _fill, "wrap": _wrap, "symm": _symm}[boundary]
    H, W = image.shape
    x = np.full((sum(rows) + H, sum(columns) + W), float(fillvalue))
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            p, q = source(i - rows[0], H), source(j - columns[0], W)
            if p is not None and q is not None:
                x[i, j] = image[p, q]
    return x


def _fill(i, n):
    """Beyond the border lies no pixel."""
    return i if 0 <= i < n else None


def _wrap(i, n):
    """Index n is index 0 again."""
    return i % n


def _symm(i, n):
    """Indices n, n + 1, ... walk back from the last pixel."""
    return min(i % (2 * n), 2 * n - 1 - i % (2 * n))
