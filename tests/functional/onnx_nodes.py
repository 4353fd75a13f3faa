"""ONNX's node tests, told in our functions.

Each function takes the inputs and attributes of one ONNX node and answers with our operations. What
ours cannot say raises `Inexpressible` with the reason. Sizes and borders follow the text of ONNX's
operators, so only the arithmetic is ours.
"""

import math
import warnings
from functools import cache

import numpy as np

from cnnlab import functional as F
from tests.functional.onnx_pooling import average_pool, lp_pool, max_pool
from tests.functional.onnx_resize import resize
from tests.functional.onnx_words import Inexpressible, borders, padded


@cache
def cases():
    """Every published case with a single node of an operator that stands below."""
    import onnx
    from onnx.backend.test.case.node import collect_testcases

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collected = collect_testcases(None)
    found = {}
    for case in collected:
        nodes = case.model.graph.node
        if len(nodes) == 1 and nodes[0].op_type in OPERATORS and case.data_sets:
            settings = {a.name: onnx.helper.get_attribute_value(a) for a in nodes[0].attribute}
            found[case.name] = nodes[0], settings, case
    return found


def answer(node, settings, inputs):
    """Our outputs for one node; text attributes come as bytes."""
    settings = {k: v.decode() if isinstance(v, bytes) else v for k, v in settings.items()}
    given = iter(inputs)
    inputs = [next(given) if name else None for name in node.input]
    result = OPERATORS[node.op_type](inputs, settings, len([name for name in node.output if name]))
    return result if isinstance(result, tuple) else (result,)


def conv(inputs, settings, _):
    x, w, b = (*inputs, None)[:3]
    axes = x.ndim - 2
    strides, dilations = (settings.get(name, [1] * axes) for name in ("strides", "dilations"))
    x = padded(x, borders(settings, x.shape[2:], w.shape[2:], strides, dilations))
    function = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}[axes]
    return function(x, w, b, strides, 0, dilations, settings.get("group", 1))


def conv_transpose(inputs, settings, _):
    """Whole stamps first, then what pads and output_shape cut off or add."""
    x, w, b = (*inputs, None)[:3]
    axes, groups = x.ndim - 2, settings.get("group", 1)
    strides, dilations = (settings.get(name, [1] * axes) for name in ("strides", "dilations"))
    extra = settings.get("output_padding", [0] * axes)
    whole = [
        (n - 1) * s + d * (k - 1) + 1 + e
        for n, s, d, k, e in zip(x.shape[2:], strides, dilations, w.shape[2:], extra, strict=True)
    ]
    if axes == 3:
        size = (len(x), w.shape[1] * groups, *whole)
        y = F.conv3d_input(size, w, x, strides, 0, dilations, groups)
    else:
        function = {1: F.conv_transpose1d, 2: F.conv_transpose2d}[axes]
        y = function(x, w, None, strides, 0, extra, groups, dilations)
    y = y if b is None else y + b.reshape(-1, *[1] * axes)
    return cut(y, settings, x.shape[2:], strides, whole)


def cut(y, settings, size, strides, whole):
    auto = settings.get("auto_pad", "NOTSET")
    wanted = settings.get("output_shape")
    if wanted is None and auto.startswith("SAME"):
        wanted = [n * s for n, s in zip(size, strides, strict=True)]
    if wanted is None:
        pads = settings.get("pads", [0] * (2 * len(size)))
        sides = list(zip(pads[: len(size)], pads[len(size) :], strict=True))
    else:
        totals = [n - w for n, w in zip(whole, wanted, strict=True)]
        upper = auto == "SAME_UPPER"
        halves = [(t // 2, t - t // 2) if upper else (t - t // 2, t // 2) for t in totals]
        sides = halves
    y = padded(y, [(max(0, -before), max(0, -after)) for before, after in sides])
    for axis, (before, after) in enumerate(sides, start=2):
        y = np.take(y, range(max(0, before), y.shape[axis] - max(0, after)), axis)
    return y


def gemm(inputs, settings, _):
    a, b, c = (*inputs, None)[:3]
    a = a.T if settings.get("transA", 0) else a
    w = b if settings.get("transB", 0) else b.T
    y = F.linear(settings.get("alpha", 1.0) * a, w)
    return y if c is None else y + settings.get("beta", 1.0) * c


def batch_normalization(inputs, settings, _):
    if settings.get("training_mode", 0):
        raise Inexpressible("ours records the unbiased variance, as PyTorch does")
    x, scale, bias, mean, var = inputs
    return F.batch_norm(x, mean, var, scale, bias, eps=settings.get("epsilon", 1e-5))


def depth_to_space(inputs, settings, _):
    (x,), r = inputs, settings["blocksize"]
    if settings.get("mode", "DCR") == "DCR":  # depth comes last among the channels
        N, C, H, W = x.shape
        x = x.reshape(N, r * r, C // (r * r), H, W).swapaxes(1, 2).reshape(x.shape)
    return F.pixel_shuffle(x, r)


def space_to_depth(inputs, settings, _):
    (x,), r = inputs, settings["blocksize"]
    y = F.pixel_unshuffle(x, r)
    if settings.get("mode", "DCR") == "DCR":
        N, C = x.shape[:2]
        y = y.reshape(N, C, r * r, *y.shape[2:]).swapaxes(1, 2).reshape(y.shape)
    return y


def col2im(inputs, settings, _):
    x, size, block = inputs
    size, block = size.tolist(), block.tolist()
    axes = len(block)
    strides, dilations = (settings.get(name, [1] * axes) for name in ("strides", "dilations"))
    pads = settings.get("pads", [0] * (2 * axes))
    if axes == 2 and pads[:2] == pads[2:]:
        return F.fold(x, size, block, dilations, pads[:2], strides)
    if pads[:axes] != pads[axes:]:
        raise Inexpressible("fold pads both sides alike")
    K = math.prod(block)  # every column goes back through a kernel with a single 1
    C = x.shape[1] // K
    weight = np.tile(np.eye(K, dtype=x.dtype).reshape(K, 1, *block), (C, *[1] * (axes + 1)))
    out = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, p, d, k, s in zip(size, pads, dilations, block, strides, strict=False)
    ]
    g = x.reshape(len(x), C * K, *out)
    return F.conv3d_input((len(x), C, *size), weight, g, strides, pads[:3], dilations, C)


def pad(inputs, settings, _):
    x, pads, value, axes = (*inputs, None, None)[:4]
    axes = np.arange(x.ndim) if axes is None else axes % x.ndim
    sides = [(0, 0)] * x.ndim
    for axis, before, after in zip(axes, pads[: len(axes)], pads[len(axes) :], strict=True):
        sides[axis] = int(before), int(after)
    mode = {"wrap": "circular"}.get(
        settings.get("mode", "constant"), settings.get("mode", "constant")
    )
    flat = [n for side in reversed(sides) for n in side]
    value = 0 if value is None else float(np.asarray(value).item())
    return F.pad(x, flat, mode, value).astype(x.dtype)


def softmax_cross_entropy(inputs, settings, outputs):
    x, target, weight = (*inputs, None)[:3]
    ignored = settings.get("ignore_index", -100)
    loss = F.cross_entropy(x, target, weight, ignored, settings.get("reduction", "mean"))
    return (loss, F.log_softmax(x, 1)) if outputs == 2 else loss


def nll(inputs, settings, _):
    x, target, weight = (*inputs, None)[:3]
    ignored = settings.get("ignore_index", -100)
    return F.nll_loss(x, target, weight, ignored, settings.get("reduction", "mean"))


def max_unpool(inputs, settings, _):
    x, indices, size = (*inputs, None)[:3]
    kernel = settings["kernel_shape"]
    strides = settings.get("strides", [1] * len(kernel))
    area = [(n - 1) * s + k for n, s, k in zip(x.shape[2:], strides, kernel, strict=True)]
    planes = np.arange(x.shape[0] * x.shape[1]).reshape(*x.shape[:2], 1, 1) * math.prod(area)
    y = F.max_unpool2d(x, indices - planes, kernel, strides)
    missing = [0, 0] if size is None else np.subtract(size[2:], y.shape[2:]).tolist()
    return padded(y, [(0, n) for n in missing])


OPERATORS = {
    "AveragePool": average_pool,
    "BatchNormalization": batch_normalization,
    "Col2Im": col2im,
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "DepthToSpace": depth_to_space,
    "Gemm": gemm,
    "GlobalAveragePool": lambda inputs, *_: F.global_avg_pool2d(*inputs),
    "GlobalMaxPool": lambda inputs, *_: F.global_max_pool2d(*inputs),
    "LeakyRelu": lambda inputs, settings, _: F.leaky_relu(*inputs, settings.get("alpha", 0.01)),
    "LogSoftmax": lambda inputs, settings, _: F.log_softmax(*inputs, settings.get("axis", -1)),
    "LpPool": lp_pool,
    "MaxPool": max_pool,
    "MaxUnpool": max_unpool,
    "NegativeLogLikelihoodLoss": nll,
    "Pad": pad,
    "Relu": lambda inputs, *_: F.relu(*inputs),
    "Resize": resize,
    "Sigmoid": lambda inputs, *_: F.sigmoid(*inputs),
    "Softmax": lambda inputs, settings, _: F.softmax(*inputs, settings.get("axis", -1)),
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
    "SpaceToDepth": space_to_depth,
    "Tanh": lambda inputs, *_: F.tanh(*inputs),
}
