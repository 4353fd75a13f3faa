"""Making feature maps larger or smaller: channels into pixels, and interpolation."""

from math import floor

import numpy as np


def pixel_shuffle(input, upscale_factor):
    r"""Build larger maps from groups of r r channels: sub-pixel convolution's last step.

    .. math:: y[n, c, h r + a, w r + b] = x[n, (c, a, b), h, w]

    Shapes:
        input (N, C r r, H, W) -> (N, C, H r, W r)

    Parameters:
        input: a batch of feature maps.
        upscale_factor: r, 1 or more.

    Raises:
        ValueError: r r does not divide the channels. `cnnlab.functional.pixel_shuffle` says so.

    References:
        Shi et al. (2016), arXiv:1609.05158, section 2.2; as `torch.nn.functional.pixel_shuffle`.

    >>> pixel_shuffle(np.array([1, 2, 3, 4]).reshape(1, 4, 1, 1), 2)
    array([[[[1., 2.],
             [3., 4.]]]])
    """
    r = upscale_factor
    N, C, H, W = input.shape
    x = input.reshape(N, C // (r * r), r, r, H, W)
    y = np.zeros((N, C // (r * r), H * r, W * r))
    for n, c, a, b, h, w in np.ndindex(x.shape):
        y[n, c, h * r + a, w * r + b] = x[n, c, a, b, h, w]
    return y


def pixel_unshuffle(input, downscale_factor):
    r"""Deal the pixels of r x r blocks out to r r channels: undoes `pixel_shuffle`.

    .. math:: y[n, (c, a, b), h, w] = x[n, c, h r + a, w r + b]

    Each of the two is the gradient of the other.

    Shapes:
        input (N, C, H r, W r) -> (N, C r r, H, W)

    Parameters:
        input: a batch of feature maps.
        downscale_factor: r, 1 or more.

    Raises:
        ValueError: r does not divide the sizes. `cnnlab.functional.pixel_unshuffle` says so.

    References:
        Shi et al. (2016), arXiv:1609.05158; as `torch.nn.functional.pixel_unshuffle`.

    >>> pixel_unshuffle(np.array([[[[1, 2], [3, 4]]]]), 2).ravel()
    array([1., 2., 3., 4.])
    """
    r = downscale_factor
    N, C, H, W = input.shape
    y = np.zeros((N, C, r, r, H // r, W // r))
    for n, c, a, b, h, w in np.ndindex(y.shape):
        y[n, c, a, b, h, w] = input[n, c, h * r + a, w * r + b]
    return y.reshape(N, C * r * r, H // r, W // r)


def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=False):
    r"""Resize feature maps by repeating pixels or by blending neighbours.

    .. math:: y[n, c, i, j] = \sum_{h, w} A[i, h]\; B[j, w]\; x[n, c, h, w]

    Row i of A holds the weights of the input rows that output row i is made of; B likewise. For
    "nearest" it is a single 1, at floor(i s), where s is the length of a step in the input. For
    "bilinear" it shares 1 between the two rows around t = (i + 1/2) s - 1/2, in proportion to
    their nearness, or around t = i (H - 1) / (OH - 1) with ``align_corners``.

    Shapes:
        input (N, C, H, W) -> (N, C, OH, OW), where OH = floor(H scale_factor); OW likewise

    Parameters:
        input: a batch of feature maps.
        size: height and width of the result, or one number for both; s is H / OH.
        scale_factor: larger by this factor, in place of size; s is 1 / scale_factor.
        mode: "nearest" or "bilinear".
        align_corners: for "bilinear": whether corner pixels stay exactly where they are.

    Raises:
        KeyError: ``mode`` is not one of the names above.

    References:
        Odena et al. (2016), "Deconvolution and checkerboard artifacts", doi:10.23915/distill.00003;
        names as in `torch.nn.functional.interpolate`.

    >>> interpolate(np.array([[[[0, 4]]]]), size=(1, 4))
    array([[[[0., 0., 4., 4.]]]])
    >>> interpolate(np.array([[[[0, 4]]]]), size=(1, 4), mode="bilinear")
    array([[[[0., 1., 3., 4.]]]])
    """
    N, C, H, W = input.shape
    A, B = _matrices(H, W, size, scale_factor, mode, align_corners)
    y = np.zeros((N, C, len(A), len(B)))
    for n, c, i, j in np.ndindex(y.shape):
        for h, w in np.ndindex(H, W):
            y[n, c, i, j] += A[i, h] * B[j, w] * input[n, c, h, w]
    return y


def interpolate_backward(
    grad_output, input_size, scale_factor=None, mode="nearest", align_corners=False
):
    r"""Gradient of `interpolate`: the same weights, the other way.

    .. math:: dx[n, c, h, w] = \sum_{i, j} A[i, h]\; B[j, w]\; g[n, c, i, j]

    Shapes:
        grad_output (N, C, OH, OW) -> input_size (N, C, H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        input_size: the shape of the input.
        scale_factor, mode, align_corners: as they were given to `interpolate`.

    Raises:
        KeyError: ``mode`` is not one of the names of `interpolate`.

    References:
        Odena et al. (2016), doi:10.23915/distill.00003.

    >>> interpolate_backward(np.array([[[[1, 2, 3, 4]]]]), (1, 1, 1, 2))
    array([[[[3., 7.]]]])
    """
    N, C, H, W = input_size
    size = None if scale_factor else grad_output.shape[2:]
    A, B = _matrices(H, W, size, scale_factor, mode, align_corners)
    dx = np.zeros(input_size)
    for n, c, h, w in np.ndindex(dx.shape):
        for i, j in np.ndindex(len(A), len(B)):
            dx[n, c, h, w] += A[i, h] * B[j, w] * grad_output[n, c, i, j]
    return dx


def _matrices(H, W, size, scale_factor, mode, align_corners):
    """A (OH, H) and B (OW, W): the weights along each axis. A step s is a fraction."""
    if size is None:
        fh, fw = scale_factor if np.ndim(scale_factor) else (scale_factor, scale_factor)
        (OH, OW), rows, columns = (floor(H * fh), floor(W * fw)), (1, fh), (1, fw)
    else:
        OH, OW = size if np.ndim(size) else (size, size)
        rows, columns = (H, OH), (W, OW)
    weights = {"nearest": _nearest, "bilinear": _linear}[mode]
    return weights(H, OH, *rows, align_corners), weights(W, OW, *columns, align_corners)


def _nearest(H, OH, s, per, align_corners):
    A = np.zeros((OH, H))
    for i in range(OH):
        A[i, min(floor(i * s / per), H - 1)] = 1
    return A


def _linear(H, OH, s, per, align_corners):
    A = np.zeros((OH, H))
    for i in range(OH):
        t = i * (H - 1) / max(OH - 1, 1) if align_corners else max((i + 0.5) * s / per - 0.5, 0)
        above = min(floor(t), H - 1)
        below = min(above + 1, H - 1)
        A[i, above] += 1 - (t - above)
        A[i, below] += t - above
    return A
