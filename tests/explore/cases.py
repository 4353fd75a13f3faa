"""Settings and the numbers that SciPy finds for them, for the JavaScript to be judged by.

SciPy knows neither stride nor dilation: a dilated kernel is written out with its zeros, a stride
takes every s-th value. A transposed convolution is added up from the other side than in the
explorer: every pixel of the image stamps its multiple of the kernel on the output.
"""

from itertools import product

import numpy as np
from scipy import ndimage, signal

SIZES = [((1, 1), (1, 1)), ((5, 4), (3, 2)), ((6, 6), (3, 3)), ((4, 7), (1, 4)), ((7, 5), (2, 3))]


def all_cases(rng):
    """Every mode with every stride, padding and dilation on images and kernels of unequal sides."""
    modes = ["correlation", "convolution", "transposed"]
    grid = product(SIZES, modes, [1, 2, 3], [0, 1, 2, 4], [1, 2, 3])
    return [case(rng, *settings) for settings in grid]


def case(rng, sizes, mode, stride, padding, dilation):
    image = rng.integers(-9, 10, sizes[0]).astype(float)
    kernel = rng.integers(-9, 10, sizes[1]).astype(float)
    direct = {"stride": stride, "padding": padding, "dilation": dilation}
    output = (
        transposed(image, kernel, **direct)
        if mode == "transposed"
        else correlated(image, kernel[::-1, ::-1] if mode == "convolution" else kernel, **direct)
    )
    reads = None if output is None else reads_of(image.shape, kernel.shape, mode, **direct)
    settings = {"image": image.tolist(), "kernel": kernel.tolist(), "mode": mode, **direct}
    return {"settings": settings, "output": rows(output), "reads": rows(reads)}


def rows(array):
    return None if array is None else array.tolist()


def correlated(image, kernel, stride, padding, dilation):
    """None where the kernel does not fit."""
    padded = np.pad(image, padding)
    holes = [dilation * (n - 1) + 1 for n in kernel.shape]
    if any(hole > n for hole, n in zip(holes, padded.shape, strict=True)):
        return None
    spread = np.zeros(holes)
    spread[::dilation, ::dilation] = kernel
    return signal.correlate2d(padded, spread, mode="valid")[::stride, ::stride]


def transposed(image, kernel, stride, padding, dilation):
    """None where the padding cuts everything away."""
    spread = np.zeros([dilation * (n - 1) + 1 for n in kernel.shape])
    spread[::dilation, ::dilation] = kernel
    (h, w), (sh, sw) = image.shape, spread.shape
    output = np.zeros(((h - 1) * stride + sh, (w - 1) * stride + sw))
    for (r, c), value in np.ndenumerate(image):
        output[r * stride : r * stride + sh, c * stride : c * stride + sw] += value * spread
    cut = output[padding : len(output) - padding, padding : output.shape[1] - padding]
    return cut if cut.size and min(output.shape) > 2 * padding else None


def reads_of(image_shape, kernel_shape, mode, stride, padding, dilation):
    """How many windows read each pixel: the sum that it alone makes with a kernel of ones."""
    ones = np.ones(kernel_shape)
    operator = transposed if mode == "transposed" else correlated
    counts = [
        operator(unit.reshape(image_shape), ones, stride, padding, dilation).sum()
        for unit in np.eye(image_shape[0] * image_shape[1])
    ]
    return np.array(counts).reshape(image_shape)


def photographs(rng):
    """Gray pictures and kernels with what `scipy.ndimage` makes of them, the edge repeated."""
    found = []
    for (h, w), (kh, kw) in product([(1, 1), (3, 8), (7, 5)], product([1, 3, 5], repeat=2)):
        for kind in ("any", "whole", "separable", "separable", "none"):
            image = rng.integers(0, 256, (h, w)).astype(float)
            kernel = {
                "any": rng.normal(size=(kh, kw)),
                "whole": rng.integers(-3, 4, (kh, kw)).astype(float),
                "separable": np.outer(rng.integers(-2, 3, kh), rng.normal(size=kw)),
                "none": np.zeros((kh, kw)),
            }[kind]
            found.append(_photograph(image, kernel))
    return found


def _photograph(image, kernel):
    answer = ndimage.correlate(image, kernel, mode="nearest")
    turned = ndimage.correlate(image, np.rot90(kernel, -1), mode="nearest")
    return {
        "image": image.tolist(),
        "kernel": kernel.tolist(),
        "answer": answer.tolist(),
        "magnitude": np.hypot(answer, turned).tolist(),
        "rank": int(np.linalg.matrix_rank(kernel)),
    }


def pools(rng):
    """Images and settings with what NumPy makes of each window, taken one by one."""
    grid = product([(4, 4), (5, 7), (6, 3)], ["max", "average"], [1, 2, 3, 5], [1, 2, 3, 4])
    found = [
        _pool(rng, size, mode, k, s, 2, "adaptive") for size, mode, k, s in grid for _ in range(3)
    ]
    levels = product([(4, 4), (5, 7), (13, 13), (14, 14)], [1, 2, 3, 4, 5], ["adaptive", "sliding"])
    found += [_pool(rng, size, "pyramid", 2, 2, n, edges) for size, n, edges in levels]
    return found


def _pool(rng, size, mode, k, stride, bins, edges):
    image = rng.integers(-9, 10, size)
    settings = {"mode": mode, "kernel_size": k, "stride": stride, "bins": bins, "edges": edges}
    spans = [_spans(n, settings) for n in size]
    one = {"settings": settings, "image": image.tolist()}
    if not all(spans) or (mode == "pyramid" and bins > min(size)):
        return one | {"output": None}
    index = np.arange(image.size).reshape(size)
    read, rows, places = np.zeros(size, bool), [], []
    for down in spans[0]:
        windows = [(down, across) for across in spans[1]]
        for window in windows:
            read[window] = True
        rows.append([image[w].mean() if mode == "average" else image[w].max() for w in windows])
        places.append([index[w].flat[image[w].argmax()] for w in windows])
    return one | {
        "output": np.array(rows, float).tolist(),
        "places": np.array(places).tolist(),
        "read": read.tolist(),
    }


def _spans(n, settings):
    """The slices along one axis, counted up until the next one would stand out."""
    if settings["mode"] != "pyramid":
        k, stride = settings["kernel_size"], settings["stride"]
        return [slice(start, start + k) for start in range(0, n - k + 1, stride)]
    parts = np.arange(settings["bins"])
    if settings["edges"] == "adaptive":
        starts = np.floor(parts * n / len(parts)).astype(int)
        stops = np.ceil((parts + 1) * n / len(parts)).astype(int)
    else:
        starts = parts * (n // len(parts))
        stops = starts + int(np.ceil(n / len(parts)))
    return [slice(a, b) for a, b in zip(starts, stops, strict=True)]


def stacks(rng):
    """Layers of several planes and filters; SciPy correlates plane by plane, and they are added."""
    grid = product([1, 2, 4], [1, 3], [(3, 3), (5, 4)], [(1, 1), (3, 3), (2, 3)], [0, 1, 2])
    return [_stack(rng, *settings) for settings in grid]


def _stack(rng, channels, filters, size, kernel, padding):
    x = rng.integers(-5, 6, (channels, *size)).astype(float)
    w = rng.integers(-3, 4, (filters, channels, *kernel)).astype(float)
    b = rng.integers(-9, 10, filters).astype(float)
    wide = np.pad(x, [(0, 0), (padding, padding), (padding, padding)])
    maps = np.array(
        [[signal.correlate2d(p, k, "valid") for p, k in zip(wide, f, strict=True)] for f in w]
    )
    output = maps.sum(axis=1) + b[:, np.newaxis, np.newaxis]
    settings = {"input": x, "weight": w, "bias": b}
    return {name: array.tolist() for name, array in settings.items()} | {
        "padding": padding,
        "maps": maps.tolist(),
        "output": output.tolist(),
        "parameters": w.size + b.size,
        "products": output.size * channels * kernel[0] * kernel[1],
    }


def backflows(rng):
    """Gradients: those of linear operations from their answers to unit inputs, max by its index."""
    kernels = [(1, 1), (2, 2), (3, 2)]
    grid = product([(4, 4), (5, 7)], ["convolution", "max", "average"], kernels, [1, 2, 3])
    return [_backflow(rng, *settings) for settings in grid]


def _backflow(rng, size, mode, kernel_shape, stride):
    if mode != "convolution":
        kernel_shape = (kernel_shape[0],) * 2
    x = rng.integers(-4, 5, size).astype(float)  # few numbers, so that there are ties
    k = rng.integers(-3, 4, kernel_shape).astype(float)
    used = k if mode == "convolution" else np.full(kernel_shape, 1 / k.size)
    y = signal.correlate2d(x, used, "valid")[::stride, ::stride]
    g = rng.integers(-9, 10, y.shape).astype(float)
    units = np.eye(x.size).reshape(-1, *size)
    dx = [(signal.correlate2d(unit, used, "valid")[::stride, ::stride] * g).sum() for unit in units]
    if mode == "max":
        y, dx = _max_back(x, g, kernel_shape[0], stride)
    settings = {"input": x, "kernel": k, "grad_output": g}
    return {name: array.tolist() for name, array in settings.items()} | {
        "mode": mode,
        "kernel_size": kernel_shape[0],
        "stride": stride,
        "output": y.tolist(),
        "dx": np.reshape(dx, size).tolist(),
        "dw": [
            (signal.correlate2d(x, unit, "valid")[::stride, ::stride] * g).sum()
            for unit in np.eye(k.size).reshape(-1, *kernel_shape)
        ],
    }


def _max_back(x, g, k, stride):
    y, dx = np.zeros_like(g), np.zeros_like(x)
    for place in np.ndindex(g.shape):
        window = tuple(slice(stride * p, stride * p + k) for p in place)
        flat = x[window].argmax()
        y[place] = x[window].flat[flat]
        dx[window].flat[flat] += g[place]
    return y, dx


def fields(rng):
    """Stacks of layers; lighting the inputs one by one shows which outputs depend on them."""
    found = []
    for _ in range(60):
        count = int(rng.integers(1, 5))
        layers = [[int(n) for n in rng.integers(1, (6, 4, 4))] for _ in range(count)]
        size = 70
        lit = np.eye(size)
        for k, s, d in layers:
            spread = np.zeros(d * (k - 1) + 1)
            spread[::d] = 1
            if lit.shape[1] < len(spread):
                lit = np.zeros((size, 0))
                break
            lit = np.array([np.correlate(row, spread, "valid")[::s] for row in lit])
        seen = [np.flatnonzero(column).tolist() for column in lit.T]
        found.append({"layers": layers, "size": size, "outputs": lit.shape[1], "seen": seen})
    return found


def overlaps():
    """A transposed convolution of ones: zeros between the inputs, then a full convolution."""
    found = []
    for n, k, s in product([1, 2, 6], range(1, 8), range(1, 5)):
        spread = np.zeros((n - 1) * s + 1)
        spread[::s] = 1
        counts = np.convolve(spread, np.ones(k))
        found.append({"inputs": n, "k": k, "s": s, "counts": counts.astype(int).tolist()})
    return found


SURFACES = {
    "bowl": lambda w: (w[0] ** 2 + w[1] ** 2) / 2,
    "valley": lambda w: (w[0] ** 2 + 12 * w[1] ** 2) / 2,
    "dips": lambda w: (w[0] ** 4 - 8 * w[0] ** 2) / 16 + w[0] / 4 + w[1] ** 2 / 2 + 1.7,
    "saddle": lambda w: w[0] ** 2 / 2 - w[1] ** 2 / 2 + w[1] ** 4 / 24 + 1.5,
}


def descents(rng):
    """Paths of gradient descent with slopes by SciPy's differences."""
    from scipy.optimize import approx_fprime

    found = []
    for (name, loss), rate, momentum in product(
        SURFACES.items(), [0.01, 0.05, 0.12], [0, 0.5, 0.9, 0.99]
    ):
        place = rng.uniform(-3.5, 3.5, 2)
        path, velocity = [place], np.zeros(2)
        for _ in range(20):
            velocity = momentum * velocity + approx_fprime(place, loss, 1e-8)
            place = place - rate * velocity
            path.append(place)
        one = {"surface": name, "rate": rate, "momentum": momentum, "start": path[0].tolist()}
        found.append(one | {"path": np.array(path).tolist()})
    return found
