"""Spatial pyramid pooling: any image size, one length of vector."""

import numpy as np

from cnnlab.functional import _bins, _checks
from cnnlab.functional._indices import add_at, checked

EDGES = {"adaptive": _bins.adaptive, "sliding": _bins.sliding}


def spatial_pyramid_pool2d(input, levels=(1, 2, 4), edges="adaptive", return_indices=False):
    r"""Max pool into 1 x 1, 2 x 2, 4 x 4 bins and write all of them into one vector.

    .. math:: y[n, (c, t, i, j)] = \max x[n, c, h, w] \text{ over bin } (i, j) \text{ of level } t

    With n bins on an axis of length a, bin i of the "adaptive" edges runs from floor(i a / n) to
    ceil((i + 1) a / n) and nothing is left out. The "sliding" edges of the paper have windows
    of ceil(a / n) every floor(a / n); they leave pixels out where these do not reach the end.

    Shapes:
        input (N, C, H, W) -> (N, C B), where B is the sum of the squares of the levels

    Parameters:
        input: a batch of feature maps, any H and W that are at least as large as a level.
        levels: bins along each axis, one number for every level.
        edges: "adaptive" or "sliding".
        return_indices: return the positions of the maxima, h W + w, too; first among equals.

    Raises:
        ShapeError: the maps are smaller than the finest level.
        ArgumentError: a setting is none of those above, or the array does not hold real numbers.

    References:
        He et al. (2015), arXiv:1406.4729, sections 2.2 and 2.3.

    >>> spatial_pyramid_pool2d(np.arange(16).reshape(1, 1, 4, 4), levels=(1, 2))
    array([[15.,  5.,  7., 13., 15.]])
    """
    name = "spatial_pyramid_pool2d"
    (x,) = _checks.arrays(name, input=input)
    _checks.axes(name, "input", x, "(N, C, H, W)")
    _checks.choice(name, "edges", edges, tuple(EDGES))
    levels = tuple(levels) if isinstance(levels, (tuple, list)) else (levels,)
    levels = _checks.whole(name, "levels", levels, len(levels), 1)
    H, W = x.shape[2:]
    if min(H, W) < max(levels):
        problem = f"{max(levels)} bins along an axis need as many pixels, the input has {H} x {W}."
        fix = "pool larger maps, or leave the finest level out."
        raise _checks.misfit(name, problem, fix, ("input", x.shape, "(N, C, H, W)"))
    parts = [_bins.largest(x, EDGES[edges](H, n), EDGES[edges](W, n)) for n in levels]
    y, indices = (np.concatenate(part, axis=2) for part in zip(*parts, strict=True))  # N C B
    y, indices = (part.reshape(len(x), x.shape[1] * part.shape[2]) for part in (y, indices))
    return (y, indices) if return_indices else y


def spatial_pyramid_pool2d_backward(grad_output, indices, input_size):
    r"""Gradient of `spatial_pyramid_pool2d`: a pixel collects from every bin it won.

    .. math:: dx[n, c, \mathrm{indices}[n, (c, k)]] \mathrel{+}= g[n, (c, k)]

    Shapes:
        grad_output (N, C B), indices (N, C B) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        indices: the positions that `spatial_pyramid_pool2d` returned.
        input_size: the shape of the input.

    Raises:
        ShapeError: the sizes do not belong together.
        ArgumentError: an index lies outside, or an array does not hold numbers.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2.

    >>> g, indices = np.array([[1, 2, 3, 4, 5]]), np.array([[3, 0, 1, 2, 3]])
    >>> spatial_pyramid_pool2d_backward(g, indices, (1, 1, 2, 2))
    array([[[[2., 3.],
             [4., 6.]]]])
    """
    name = "spatial_pyramid_pool2d_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    size = _checks.size(name, "input_size", input_size, "(N, C, H, W)")
    indices = _checks.array(name, "indices", indices)
    _checks.same_shape(name, ("grad_output", g), ("indices", indices))
    N, C = size[:2]
    if g.ndim != 2 or len(g) != N or not C or g.shape[1] % C:
        problem = f"grad_output is not a batch of {N} vectors with equally many bins for {C} maps."
        fix = "pass the size of the array that was pooled."
        raise _checks.misfit(name, problem, fix, ("grad_output", g.shape, "(N, C B)"))
    g, indices = (part.reshape(N, C, g.shape[1] // C) for part in (g, indices))
    return add_at(g, checked(name, g, indices, size), size)
