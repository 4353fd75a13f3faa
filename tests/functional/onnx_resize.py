"""ONNX's Resize, told in `interpolate`: which of its many positions and roundings are ours."""

import math

from cnnlab import functional as F
from tests.functional.onnx_words import Inexpressible


def resize(inputs, settings, _):
    x, _, scales, sizes = (*inputs, None, None, None)[:4]
    scales = None if scales is None or not len(scales) else scales.tolist()
    mode, position = (
        settings.get("mode", "nearest"),
        settings.get("coordinate_transformation_mode", "half_pixel"),
    )
    if mode == "cubic":
        raise Inexpressible("no cubic interpolation")
    if settings.get("antialias", 0):
        raise Inexpressible("no antialiasing")
    if position == "tf_crop_and_resize":
        raise Inexpressible("no cropping while resizing")
    steps = resize_steps(x, scales, sizes, settings)
    if any(step != (1.0, n) for step, n in zip(steps[:2], x.shape[:2], strict=True)):
        raise Inexpressible("batch and channels cannot be resized")
    (fh, OH), (fw, OW) = steps[2:]
    if mode == "linear":
        return resize_linear(x, (fh, fw), (OH, OW), scales, position)
    for n, factor, out in ((x.shape[2], fh, OH), (x.shape[3], fw, OW)):
        if onnx_nearest(n, factor, out, position, settings) != [
            int(i / factor) for i in range(out)
        ]:
            raise Inexpressible("other neighbours than floor(i / scale)")
    return F.interpolate(x, scale_factor=(fh, fw)) if scales else F.interpolate(x, size=(OH, OW))


def resize_steps(x, scales, sizes, settings):
    """(factor, size) of every axis."""
    axes = [axis % x.ndim for axis in settings.get("axes", range(x.ndim))]
    steps = [(1.0, n) for n in x.shape]
    if scales:
        for axis, factor in zip(axes, scales, strict=True):
            steps[axis] = factor, math.floor(x.shape[axis] * factor)
        return steps
    policy = settings.get("keep_aspect_ratio_policy", "stretch")
    factors = [int(n) / x.shape[axis] for axis, n in zip(axes, sizes, strict=True)]
    if policy != "stretch":
        one = min(factors) if policy == "not_larger" else max(factors)
        factors = [one] * len(factors)
    for axis, factor in zip(axes, factors, strict=True):
        steps[axis] = factor, math.floor(x.shape[axis] * factor + 0.5)
    return steps


def resize_linear(x, factors, sizes, scales, position):
    whole = all(n * f == out for n, f, out in zip(x.shape[2:], factors, sizes, strict=True))
    if position in ("half_pixel_symmetric", "align_corners") and not whole:
        raise Inexpressible(f"no {position} where the new size was rounded")
    if position == "pytorch_half_pixel" and min(sizes) == 1:
        raise Inexpressible("PyTorch's exception for a size of 1")
    if position == "align_corners":
        return F.interpolate(x, sizes, None, "bilinear", align_corners=True)
    if scales:
        return F.interpolate(x, None, tuple(factors), "bilinear")
    return F.interpolate(x, sizes, None, "bilinear")


def onnx_nearest(n, factor, out, position, settings):
    """The neighbours that ONNX takes, from the text of the operator."""
    rounds = {
        "round_prefer_floor": lambda t: math.ceil(t - 0.5),
        "round_prefer_ceil": lambda t: math.floor(t + 0.5),
        "floor": math.floor,
        "ceil": math.ceil,
    }[settings.get("nearest_mode", "round_prefer_floor")]
    places = {
        "half_pixel": lambda i: (i + 0.5) / factor - 0.5,
        "asymmetric": lambda i: i / factor,
        "align_corners": lambda i: i * (n - 1) / max(out - 1, 1),
    }[position]
    return [min(max(rounds(places(i)), 0), n - 1) for i in range(out)]
