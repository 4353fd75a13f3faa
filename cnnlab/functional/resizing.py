"""Making feature maps larger or smaller: channels into pixels, and interpolation."""

from math import floor

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks
from cnnlab.functional._matrices import resample


def pixel_shuffle(input, upscale_factor):
    r"""Build larger maps from groups of r r channels: sub-pixel convolution's last step.

    .. math:: y[n, c, h r + a, w r + b] = x[n, (c, a, b), h, w]

    Shapes:
        input (N, C r r, H, W) -> (N, C, H r, W r)

    Parameters:
        input: a batch of feature maps.
        upscale_factor: r, 1 or more.

    Raises:
        ShapeError: the axes do not fit, or the factor does not divide them.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Shi et al. (2016), arXiv:1609.05158, section 2.2; as `torch.nn.functional.pixel_shuffle`.

    >>> pixel_shuffle(np.array([1, 2, 3, 4]).reshape(1, 4, 1, 1), 2)
    array([[[[1., 2.],
             [3., 4.]]]])
    """
    (x,) = _checks.arrays("pixel_shuffle", input=input)
    _checks.axes("pixel_shuffle", "input", x, "(N, C r r, H, W)")
    (r,) = _checks.whole("pixel_shuffle", "upscale_factor", upscale_factor, 1, 1)
    N, C, H, W = x.shape
    if C % (r * r):
        problem = f"{C} channels are no multiple of {r} x {r}."
        fix = "choose a factor whose square divides the channels."
        raise _checks.misfit("pixel_shuffle", problem, fix, ("input", x.shape, "(N, C r r, H, W)"))
    x = x.reshape(N, C // (r * r), r, r, H, W).transpose(0, 1, 4, 2, 5, 3)  # N C H r W r
    return x.reshape(N, C // (r * r), H * r, W * r)


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
        ShapeError: the axes do not fit, or the factor does not divide them.
        ArgumentError: a setting is outside its range, or an array does not hold real numbers.

    References:
        Shi et al. (2016), arXiv:1609.05158; as `torch.nn.functional.pixel_unshuffle`.

    >>> pixel_unshuffle(np.array([[[[1, 2], [3, 4]]]]), 2).ravel()
    array([1., 2., 3., 4.])
    """
    (x,) = _checks.arrays("pixel_unshuffle", input=input)
    _checks.axes("pixel_unshuffle", "input", x, "(N, C, H r, W r)")
    (r,) = _checks.whole("pixel_unshuffle", "downscale_factor", downscale_factor, 1, 1)
    N, C, H, W = x.shape
    if H % r or W % r:
        problem = f"{H} x {W} pixels do not fall into blocks of {r} x {r}."
        fix = "choose a factor that divides height and width."
        raise _checks.misfit(
            "pixel_unshuffle", problem, fix, ("input", x.shape, "(N, C, H r, W r)")
        )
    x = x.reshape(N, C, H // r, r, W // r, r).transpose(0, 1, 3, 5, 2, 4)  # N C r r H W
    return x.reshape(N, C * r * r, H // r, W // r)


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
        ShapeError: the axes do not fit, or nothing would be left.
        ArgumentError: a setting is none of those above, or the array does not hold real numbers.

    References:
        Odena et al. (2016), "Deconvolution and checkerboard artifacts", doi:10.23915/distill.00003;
        names as in `torch.nn.functional.interpolate`.

    >>> interpolate(np.array([[[[0, 4]]]]), size=(1, 4))
    array([[[[0., 0., 4., 4.]]]])
    >>> interpolate(np.array([[[[0, 4]]]]), size=(1, 4), mode="bilinear")
    array([[[[0., 1., 3., 4.]]]])
    """
    (x,) = _checks.arrays("interpolate", input=input)
    _checks.axes("interpolate", "input", x, "(N, C, H, W)")
    return resample(x, *_weights("interpolate", x.shape, size, scale_factor, mode, align_corners))


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
        ShapeError: the axes do not fit, or nothing would be left.
        ArgumentError: a setting is none of those above, or the array does not hold real numbers.

    References:
        Odena et al. (2016), doi:10.23915/distill.00003.

    >>> interpolate_backward(np.array([[[[1, 2, 3, 4]]]]), (1, 1, 1, 2))
    array([[[[3., 7.]]]])
    """
    name = "interpolate_backward"
    (g,) = _checks.arrays(name, grad_output=grad_output)
    _checks.axes(name, "grad_output", g, "(N, C, OH, OW)")
    input_size = _checks.size(name, "input_size", input_size, "(N, C, H, W)")
    size = g.shape[2:] if scale_factor is None else None
    A, B = _weights(name, input_size, size, scale_factor, mode, align_corners)
    if g.shape != (*input_size[:2], len(A), len(B)):
        shapes = [
            ("grad_output", g.shape, "(N, C, OH, OW)"),
            ("input_size", input_size, "(N, C, H, W)"),
        ]
        problem = "grad_output has not the shape of the forward pass's output."
        fix = "pass the same sizes and settings as in the forward pass."
        raise _checks.misfit(name, problem, fix, *shapes)
    return resample(g, A.T, B.T)


def _weights(function, input_size, size, scale_factor, mode, align_corners):
    """A (OH, H) and B (OW, W): what every output row and column is made of."""
    weights = {"nearest": _nearest, "bilinear": _linear}
    _checks.choice(function, "mode", mode, tuple(weights))
    H, W = input_size[2:]
    if (size is None) == (scale_factor is None):
        given = "neither size nor" if size is None else "both size and"
        raise ArgumentError(
            f"{function}: {given} scale_factor given, expected one of them.\n"
            "  Fix: write for example scale_factor=2."
        )
    if size is None:
        factors = scale_factor if isinstance(scale_factor, (tuple, list)) else (scale_factor,) * 2
        for factor in factors if len(factors) == 2 else [scale_factor]:
            _checks.real(function, "scale_factor", factor, 0, np.inf, open_end=True)
        outs = [floor(n * factor) for n, factor in zip((H, W), factors, strict=True)]
        steps = [(1, factor) for factor in factors]
    else:
        outs = _checks.whole(function, "size", size, 2, 1)
        steps = list(zip((H, W), outs, strict=True))
    if min(*outs, H, W) < 1:
        problem = f"{H} x {W} pixels would become {outs[0]} x {outs[1]}."
        fix = "choose a larger scale_factor or a larger input."
        raise _checks.misfit(function, problem, fix, ("input", input_size, "(N, C, H, W)"))
    make = weights[mode]
    return [
        make(n, out, *step, align_corners) for n, out, step in zip((H, W), outs, steps, strict=True)
    ]


def _nearest(n, out, step, per, align_corners):
    """One 1 in every row, at floor(i step / per)."""
    places = np.floor(np.arange(out) * step / per).astype(int)
    return np.eye(n)[places.clip(max=n - 1)]


def _linear(n, out, step, per, align_corners):
    """Two neighbours in every row, in proportion to their nearness."""
    if align_corners:
        t = np.arange(out) * (n - 1) / max(out - 1, 1)
    else:
        t = ((np.arange(out) + 0.5) * step / per - 0.5).clip(0)
    above = np.floor(t).astype(int).clip(max=n - 1)
    below = (above + 1).clip(max=n - 1)
    far = (t - above)[:, None]
    return (1 - far) * np.eye(n)[above] + far * np.eye(n)[below]
