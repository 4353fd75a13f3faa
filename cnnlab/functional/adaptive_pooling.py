"""Pooling to a given size, and to one number."""

import numpy as np

from cnnlab.functional import _bins, _checks, _geometry
from cnnlab.functional._matrices import resample


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
        ShapeError: input has not four axes, or no pixel.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2, with the bin edges of
        `torch.nn.functional.adaptive_avg_pool2d`.

    >>> adaptive_avg_pool2d(np.array([[[[1, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[2., 4.]]]])
    """
    x, (OH, OW) = _checked("adaptive_avg_pool2d", input, output_size)
    return resample(x, _means(x.shape[2], OH), _means(x.shape[3], OW))


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
        ShapeError: input has not four axes, or no pixel.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        He et al. (2015), arXiv:1406.4729, section 2.2, with the bin edges of
        `torch.nn.functional.adaptive_max_pool2d`.

    >>> adaptive_max_pool2d(np.array([[[[1, 2, 3, 4, 5]]]]), (1, 2))
    array([[[[3., 5.]]]])
    """
    x, (OH, OW) = _checked("adaptive_max_pool2d", input, output_size)
    H, W = x.shape[2:]
    y, indices = _bins.largest(x, _bins.adaptive(H, OH), _bins.adaptive(W, OW))
    y, indices = (part.reshape(*x.shape[:2], OH, OW) for part in (y, indices))
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
        ShapeError: the sizes do not belong together.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        `adaptive_avg_pool2d`, read backwards.

    >>> adaptive_avg_pool2d_backward(np.array([[[[3, 6]]]]), (1, 1, 1, 5))
    array([[[[1., 1., 3., 2., 2.]]]])
    """
    name = "adaptive_avg_pool2d_backward"
    g, (N, C, H, W) = _checked_backward(name, grad_output, input_size)
    if 0 in g.shape[2:]:
        shape = ("grad_output", g.shape, "(N, C, OH, OW)")
        raise _checks.misfit(name, "grad_output is empty.", "pass at least one bin.", shape)
    _geometry.output_fits(name, g, (N, C, *g.shape[2:]))
    return resample(g, _means(H, g.shape[2]).T, _means(W, g.shape[3]).T)


def global_avg_pool2d(input):
    r"""Average every feature map to one number.

    .. math:: y[n, c] = \frac{1}{H W} \sum_{h, w} x[n, c, h, w]

    Shapes:
        input (N, C, H, W) -> (N, C, 1, 1)

    Parameters:
        input: a batch of feature maps.

    Raises:
        ShapeError: input has not four axes, or no pixel.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Lin, Chen & Yan (2014), "Network in network", arXiv:1312.4400, section 3.2.

    >>> global_avg_pool2d(np.array([[[[1, 2], [3, 6]]]]))
    array([[[[3.]]]])
    """
    x, _ = _checked("global_avg_pool2d", input, 1)
    return x.mean(axis=(2, 3), keepdims=True)


def global_avg_pool2d_backward(grad_output, input_size):
    r"""Gradient of `global_avg_pool2d`: every pixel gets an equal share.

    .. math:: dx[n, c, h, w] = g[n, c] / (H W)

    Shapes:
        grad_output (N, C, 1, 1) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.

    Raises:
        ShapeError: the sizes do not belong together.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Lin, Chen & Yan (2014), arXiv:1312.4400, section 3.2.

    >>> global_avg_pool2d_backward(np.array([[[[8]]]]), (1, 1, 2, 2))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    name = "global_avg_pool2d_backward"
    g, size = _checked_backward(name, grad_output, input_size)
    _geometry.output_fits(name, g, (*size[:2], 1, 1))
    return np.repeat(np.repeat(g / (size[2] * size[3]), size[2], 2), size[3], 3)


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
        ShapeError: input has not four axes, or no pixel.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Oquab et al. (2015), "Is object localization for free?", section 3.

    >>> global_max_pool2d(np.array([[[[1, 2], [3, 6]]]]), return_indices=True)
    (array([[[[6.]]]]), array([[[[3]]]]))
    """
    x, _ = _checked("global_max_pool2d", input, 1)
    y, indices = _bins.largest(x, [slice(None)], [slice(None)])
    y, indices = (part.reshape(*x.shape[:2], 1, 1) for part in (y, indices))
    return (y, indices) if return_indices else y


def _means(L, parts):
    """Row i holds 1 / R at the R places of bin i."""
    A = np.zeros((parts, L))
    for i, bin in enumerate(_bins.adaptive(L, parts)):
        A[i, bin] = 1 / (bin.stop - bin.start)
    return A


def _checked(function, input, output_size):
    (x,) = _checks.arrays(function, input=input)
    _checks.axes(function, "input", x, "(N, C, H, W)")
    if 0 in x.shape[2:]:
        shape = ("input", x.shape, "(N, C, H, W)")
        raise _checks.misfit(
            function, "the feature maps are empty.", "pass at least one pixel.", shape
        )
    pair = output_size if isinstance(output_size, (tuple, list)) else (output_size,) * 2
    if len(pair) == 2:
        pair = [
            n if wanted is None else wanted for wanted, n in zip(pair, x.shape[2:], strict=True)
        ]
    return x, _checks.whole(function, "output_size", tuple(pair), 2, 1)


def _checked_backward(function, grad_output, input_size):
    (g,) = _checks.arrays(function, grad_output=grad_output)
    _checks.axes(function, "grad_output", g, "(N, C, OH, OW)")
    size = _checks.size(function, "input_size", input_size, "(N, C, H, W)")
    if 0 in size[2:]:
        shape = ("input_size", size, "(N, C, H, W)")
        raise _checks.misfit(
            function, "the feature maps are empty.", "pass at least one pixel.", shape
        )
    return g, size
