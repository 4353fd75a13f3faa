"""Spatial pyramid pooling: any image size, one length of vector."""

import numpy as np


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
        KeyError: ``edges`` is not one of the names above.

    References:
        He et al. (2015), arXiv:1406.4729, sections 2.2 and 2.3.

    >>> spatial_pyramid_pool2d(np.arange(16).reshape(1, 1, 4, 4), levels=(1, 2))
    array([[15.,  5.,  7., 13., 15.]])
    """
    between = {"adaptive": _adaptive, "sliding": _sliding}[edges]
    N, C, H, W = input.shape
    bins = [(t, i, j) for t in levels for i in range(t) for j in range(t)]
    y, indices = np.zeros((N, C, len(bins))), np.zeros((N, C, len(bins)), int)
    for n, c, k in np.ndindex(y.shape):
        t, i, j = bins[k]
        places = [h * W + w for h in between(i, H, t) for w in between(j, W, t)]
        plane = input[n, c].ravel()
        indices[n, c, k] = places[np.argmax([plane[place] for place in places])]
        y[n, c, k] = plane[indices[n, c, k]]
    y, indices = y.reshape(N, -1), indices.reshape(N, -1)
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
        IndexError: an index lies outside; `cnnlab.functional` checks them.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2.

    >>> g, indices = np.array([[1, 2, 3, 4, 5]]), np.array([[3, 0, 1, 2, 3]])
    >>> spatial_pyramid_pool2d_backward(g, indices, (1, 1, 2, 2))
    array([[[[2., 3.],
             [4., 6.]]]])
    """
    N, C, H, W = input_size
    dx = np.zeros((N, C, H * W))
    g, places = grad_output.reshape(N, C, -1), indices.reshape(N, C, -1)
    for n, c, k in np.ndindex(g.shape):
        dx[n, c, places[n, c, k]] += g[n, c, k]
    return dx.reshape(input_size)


def _adaptive(i, a, n):
    return range(i * a // n, -(-(i + 1) * a // n))


def _sliding(i, a, n):
    return range(i * (a // n), i * (a // n) + -(-a // n))
