"""Correlation and convolution of one image with one kernel."""

from typing import Any

import numpy as np

from cnnlab.functional import _checks, _geometry, _lowering

MODES = ("valid", "same", "full")
BOUNDARIES: dict[str, Any] = {"fill": "constant", "wrap": "wrap", "symm": "symmetric"}


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
        ShapeError: image or kernel has not two axes, or the kernel does not fit.
        ArgumentError: mode, boundary or fillvalue is none of those above, or an array does not hold
            real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 1.1. Modes and boundaries are those of
        `scipy.signal.correlate2d`. See also `convolve2d`, which turns the kernel first.

    >>> correlate2d(np.arange(9).reshape(3, 3), np.arange(4).reshape(2, 2))
    array([[19., 25.],
           [37., 43.]])
    """
    name = "correlate2d"
    image, kernel = _checked(name, image, kernel, mode, boundary)
    border = [_border(K, mode) for K in kernel.shape]
    return _valid(name, _extended(name, image, border, boundary, fillvalue), kernel)


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
        ShapeError: image or kernel has not two axes, or the kernel does not fit.
        ArgumentError: mode, boundary or fillvalue is none of those above, or an array does not hold
            real numbers.

    References:
        Dumoulin & Visin (2016), arXiv:1603.07285, section 1.1. Modes and boundaries are those of
        `scipy.signal.convolve2d`.

    >>> convolve2d(np.arange(9).reshape(3, 3), np.arange(4).reshape(2, 2))
    array([[ 5., 11.],
           [23., 29.]])
    """
    name = "convolve2d"
    image, kernel = _checked(name, image, kernel, mode, boundary)
    border = [_border(K, mode)[::-1] for K in kernel.shape]
    image = _extended(name, image, border, boundary, fillvalue)
    return _valid(name, image, kernel[::-1, ::-1])


def _checked(name, image, kernel, mode, boundary):
    image, kernel = _checks.arrays(name, image=image, kernel=kernel)
    _checks.axes(name, "image", image, "(H, W)")
    _checks.axes(name, "kernel", kernel, "(KH, KW)")
    _checks.choice(name, "mode", mode, MODES)
    _checks.choice(name, "boundary", boundary, tuple(BOUNDARIES))
    if 0 in image.shape:
        problem, shape = "the image is empty.", ("image", image.shape, "(H, W)")
        raise _checks.misfit(name, problem, "pass at least one pixel.", shape)
    return image, kernel


def _border(K, mode):
    """Pixels before and after; an even kernel leans to the far side, as in SciPy."""
    return {"valid": (0, 0), "same": ((K - 1) // 2, K // 2), "full": (K - 1, K - 1)}[mode]


def _extended(name, image, border, boundary, fillvalue):
    _checks.real(name, "fillvalue", fillvalue, -np.inf, np.inf)
    if boundary == "fill":
        return np.pad(image, border, constant_values=fillvalue)
    return np.pad(image, border, BOUNDARIES[boundary])


def _valid(name, image, kernel):
    rows, columns = _geometry.sliding(name, image.shape, kernel.shape, 1, 0, 1)
    x, weight = image[None, None], kernel[None, None]
    return _lowering.correlate(x, weight, None, rows, columns, groups=1)[0, 0]
