"""Pooling to a given size, to one number, and to a pyramid of sizes."""

import numpy as np


def adaptive_avg_pool2d(input, output_size):
    r"""Average bins that share the image out as evenly as whole pixels allow.

    .. math::
        y[n, c, i, j] = \text{mean of } x[n, c, h, w], \quad
        \lfloor i H / OH \rfloor \le h < \lceil (i + 1) H / OH \rceil

    and likewise for w. No pixel is left out; neighbouring bins may share some.

    Shapes:
        input (N, C, H, W) -> (N, C, OH, OW), where output_size is (OH, OW)

    Parameters:
        input: a batch of feature maps.
        output_size: height and width of the result, or one number for both; None keeps a size.

    Raises:
        ZeroDivisionError: a size is 0. `cnnlab.functional.adaptive_avg_pool2d` checks everything.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2, with the bin edges of
        `torch.nn.functional.adaptive_avg_pool2d`.

    >>> adaptive_avg_pool2d(np.array([[[[1, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[2., 4.]]]])
    """
    N, C, H, W = input.shape
    OH, OW = _output(output_size, H, W)
    y = np.zeros((N, C, OH, OW))
    for n, c, i, j in np.ndindex(y.shape):
        rows, columns = _bin(i, H, OH), _bin(j, W, OW)
        for h in rows:
            for w in columns:
                y[n, c, i, j] += input[n, c, h, w] / (len(rows) * len(columns))
    return y


def adaptive_max_pool2d(input, output_size, return_indices=False):
    r"""Keep the maximum of bins that share the image out as evenly as whole pixels allow.

    .. math::
        y[n, c, i, j] = \max x[n, c, h, w], \quad
        \lfloor i H / OH \rfloor \le h < \lceil (i + 1) H / OH \rceil

    and likewise for w. `max_pool2d_backward` is its gradient, too.

    Shapes:
        input (N, C, H, W) -> (N, C, OH, OW), where output_size is (OH, OW)

    Parameters:
        input: a batch of feature maps.
        output_size: height and width of the result, or one number for both; None keeps a size.
        return_indices: return the positions of the maxima, h W + w, too; first among equals.

    Raises:
        ZeroDivisionError: a size is 0. `cnnlab.functional.adaptive_max_pool2d` checks everything.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2, with the bin edges of
        `torch.nn.functional.adaptive_max_pool2d`.

    >>> adaptive_max_pool2d(np.array([[[[1, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[3., 5.]]]])
    """
    N, C, H, W = input.shape
    OH, OW = _output(output_size, H, W)
    y, indices = np.zeros((N, C, OH, OW)), np.zeros((N, C, OH, OW), int)
    for n, c, i, j in np.ndindex(y.shape):
        places = [h * W + w for h in _bin(i, H, OH) for w in _bin(j, W, OW)]
        plane = input[n, c].ravel()
        indices[n, c, i, j] = places[np.argmax([plane[place] for place in places])]
        y[n, c, i, j] = plane[indices[n, c, i, j]]
    return (y, indices) if return_indices else y


def adaptive_avg_pool2d_backward(grad_output, input_size):
    r"""Gradient of `adaptive_avg_pool2d`: every pixel of a bin gets an equal share.

    .. math:: dx[n, c, h, w] \mathrel{+}= g[n, c, i, j] / (\text{pixels of bin } i, j)

    Shapes:
        grad_output (N, C, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.

    Raises:
        ZeroDivisionError: a size is 0; `cnnlab.functional` checks everything.

    References:
        `adaptive_avg_pool2d`, read backwards.

    >>> adaptive_avg_pool2d_backward(np.array([[[[3, 6]]]]), (1, 1, 1, 5))
    array([[[[1., 1., 3., 2., 2.]]]])
    """
    dx = np.zeros(input_size)
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows = _bin(i, input_size[2], grad_output.shape[2])
        columns = _bin(j, input_size[3], grad_output.shape[3])
        for h in rows:
            for w in columns:
                dx[n, c, h, w] += grad_output[n, c, i, j] / (len(rows) * len(columns))
    return dx


def global_avg_pool2d(input):
    r"""Average every feature map to one number.

    .. math:: y[n, c] = \frac{1}{H W} \sum_{h, w} x[n, c, h, w]

    Shapes:
        input (N, C, H, W) -> (N, C, 1, 1)

    Parameters:
        input: a batch of feature maps.

    Raises:
        ZeroDivisionError: a map is empty. `cnnlab.functional.global_avg_pool2d` checks everything.

    References:
        Lin, Chen & Yan (2014), "Network in network", arXiv:1312.4400, section 3.2.

    >>> global_avg_pool2d(np.array([[[[1, 2], [3, 6]]]]))
    array([[[[3.]]]])
    """
    N, C, H, W = input.shape
    y = np.zeros((N, C, 1, 1))
    for n, c, h, w in np.ndindex(input.shape):
        y[n, c, 0, 0] += input[n, c, h, w] / (H * W)
    return y


def global_avg_pool2d_backward(grad_output, input_size):
    r"""Gradient of `global_avg_pool2d`: every pixel gets an equal share.

    .. math:: dx[n, c, h, w] = g[n, c] / (H W)

    Shapes:
        grad_output (N, C, 1, 1) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.

    Raises:
        IndexError: the sizes do not belong together; `cnnlab.functional` checks them.

    References:
        Lin, Chen & Yan (2014), arXiv:1312.4400, section 3.2.

    >>> global_avg_pool2d_backward(np.array([[[[8]]]]), (1, 1, 2, 2))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    N, C, H, W = input_size
    dx = np.zeros(input_size)
    for n, c, h, w in np.ndindex(dx.shape):
        dx[n, c, h, w] = grad_output[n, c, 0, 0] / (H * W)
    return dx


def global_max_pool2d(input, return_indices=False):
    r"""Keep the largest number of every feature map.

    .. math:: y[n, c] = \max_{h, w} x[n, c, h, w]

    `max_pool2d_backward` is its gradient.

    Shapes:
        input (N, C, H, W) -> (N, C, 1, 1)

    Parameters:
        input: a batch of feature maps.
        return_indices: return the positions of the maxima, h W + w, too; first among equals.

    Raises:
        ValueError: a map is empty. `cnnlab.functional.global_max_pool2d` checks everything.

    References:
        Oquab et al. (2015), "Is object localization for free?", section 3.

    >>> global_max_pool2d(np.array([[[[1, 2], [3, 6]]]]), return_indices=True)
    (array([[[[6.]]]]), array([[[[3]]]]))
    """
    y, indices = np.zeros((*input.shape[:2], 1, 1)), np.zeros((*input.shape[:2], 1, 1), int)
    for n, c in np.ndindex(input.shape[:2]):
        indices[n, c] = np.argmax(input[n, c])
        y[n, c] = input[n, c].ravel()[indices[n, c, 0, 0]]
    return (y, indices) if return_indices else y


def _output(size, H, W):
    """None keeps the size of that axis."""
    OH, OW = (size, size) if np.ndim(size) == 0 else size
    return (H if OH is None else OH), (W if OW is None else OW)


def _bin(i, L, parts):
    """The places of bin i when L places are shared out to so many parts."""
    return range(i * L // parts, -(-(i + 1) * L // parts))
