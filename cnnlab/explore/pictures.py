"""A still picture of each explorer, for print and for pages that run no script.

Drawn by `cnnlab.plot` from the explorer's settings. The numbers come from `cnnlab.functional`: a
picture that differs from the page shows a mistake in one of them.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from cnnlab import functional, plot
from cnnlab.errors import ShapeError

Drawing = Any  # matplotlib's Figure or Axes


def picture(explorer: Any) -> Drawing | None:
    """The still picture of an explorer as it is now; None where there is nothing to draw."""
    names = [kind.__name__ for kind in type(explorer).__mro__]  # a reader's subclass has it too
    draw = next(PICTURES[name] for name in names if name in PICTURES)
    try:
        return draw(explorer)
    except ShapeError:  # the reader has chosen settings that fit nowhere
        return None


def _batch(matrix: Any) -> np.ndarray:
    return np.array(matrix, float)[np.newaxis, np.newaxis]


def _sliding_window(e: Any) -> Drawing:
    x, k = _batch(e.image), _batch(e.kernel)
    settings = {"stride": e.stride, "padding": e.padding, "dilation": e.dilation}
    if e.mode == "transposed":
        y = functional.conv_transpose2d(x, k, **settings)
    else:
        laid = k[..., ::-1, ::-1] if e.mode == "convolution" else k
        y = functional.conv2d(x, laid, **settings)
    parts = (x[0, 0], "∗" if e.mode == "convolution" else "⋆", k[0, 0], "=", y[0, 0])
    return plot.show_equation(*parts, kernels=[1], title=e.describe().split(": ", 1)[1])


def _kernel_lab(e: Any) -> Drawing:
    kernel = np.array(e.kernel)
    up, aside = (n // 2 for n in kernel.shape)
    wide = np.pad(e.image.astype(float), [(up, up), (aside, aside)], mode="edge")
    answer = functional.correlate2d(wide, kernel)
    if e.view != "response":
        turned = np.rot90(kernel, -1)
        wide = np.pad(e.image.astype(float), [(aside, aside), (up, up)], mode="edge")
        answer = np.hypot(answer, functional.correlate2d(wide, turned))
    named = "answer" if e.view == "response" else "magnitude"
    return plot.show_responses(e.image, answer, titles=["photograph", named])


def _pooling(e: Any) -> Drawing:
    x = np.array(e.image)
    shifted = np.zeros_like(x)
    (h, w), (down, right) = x.shape, (min(e.down, len(x)), min(e.right, x.shape[1]))
    shifted[down:, right:] = x[: h - down, : w - right]
    if e.mode == "pyramid":
        pooled = functional.spatial_pyramid_pool2d(_batch(shifted), e.bins, e.edges)
        y = pooled.reshape(e.bins, e.bins)
    else:
        pool = functional.max_pool2d if e.mode == "max" else functional.avg_pool2d
        y = pool(_batch(shifted), e.kernel_size, e.stride)[0, 0]
    return plot.show_equation(shifted, "→", y, titles=["image", e.mode])


def _channels(e: Any) -> Drawing:
    x, w = np.array(e.input), np.array(e.weight)
    bias = np.array(e.bias)
    y = functional.conv2d(x[np.newaxis], w, bias, padding=e.padding)[0, e.filter]
    wide = np.pad(x, [(0, 0), *[(e.padding, e.padding)] * 2])
    maps = [functional.correlate2d(p, k) for p, k in zip(wide, w[e.filter], strict=True)]
    parts = [part for one in maps for part in (one, "+")]
    titles = [*(f"map {c}" for c in range(len(x))), "bias", f"output {e.filter}"]
    signed = range(len(titles))
    return plot.show_equation(*parts, bias[e.filter], "=", y, kernels=signed, titles=titles)


def _backward(e: Any) -> Drawing:
    x, k, g = _batch(e.input), _batch(e.kernel), _batch(e.grad_output)
    if np.shape(e.grad_output) != e.output_shape:
        g = np.ones((1, 1, *e.output_shape))
    if not e.everything:
        only = np.zeros_like(g)
        only[0, 0][tuple(e.selected)] = g[0, 0][tuple(e.selected)]
        g = only
    if e.mode == "convolution":
        dx = functional.conv2d_input(x.shape, k, g, stride=e.stride)
    elif e.mode == "max":
        _, places = functional.max_pool2d(x, e.kernel_size, e.stride, return_indices=True)
        dx = functional.max_pool2d_backward(g, places, x.shape)
    else:
        dx = functional.avg_pool2d_backward(g, x.shape, e.kernel_size, e.stride)
    titles = ["input", "gradient of the output", "gradient of the input"]
    return plot.show_equation(x[0, 0], "", g[0, 0], "→", dx[0, 0], titles=titles)


def _receptive_field(e: Any) -> Drawing:
    if e.view == "overlap":
        counts = functional.conv_transpose1d(
            np.ones((1, 1, 6)), np.ones((1, 1, e.kernel_size)), stride=e.stride
        )[0, 0]
        return plot.show_matrix(np.outer(counts, counts), title="products in each output pixel")
    fields = [type(e)(e.layers[: n + 1]).field for n in range(len(e.layers))]
    names = [f"after layer {n + 1}" for n in range(len(fields))]
    return plot.show_bars(fields, names, title="Pixels along an axis that one unit sees")


def _descent(e: Any) -> Drawing:
    paths = {"with momentum": e.path(), "without": e.path(momentum=0)}
    reach = (-4.0, 4.0)
    return plot.show_paths(e.loss, paths, x_range=reach, y_range=reach, title=e.describe())


def _curves(e: Any) -> Drawing:
    if not e.loss:
        return None  # nothing is learned yet
    names = ("loss", "accuracy", "validation_loss", "validation_accuracy")
    return plot.show_history(SimpleNamespace(**{name: getattr(e, name) for name in names}))


def _network(e: Any) -> Drawing:
    maps = e.feature_maps()
    images = {name: found[0] for name, found in maps.items() if found.ndim == 4}
    if not images:
        return plot.show_image(np.array(e.image), value_range=(0, 1), title=e.describe())
    name = list(images)[min(e.layer, len(images) - 1)]
    shown = images[name][:12]
    return plot.show_feature_maps(shown, title=f"What layer {name} makes of the drawing")


PICTURES: dict[str, Callable[[Any], Drawing]] = {
    "Backward": _backward,
    "Channels": _channels,
    "Curves": _curves,
    "Descent": _descent,
    "KernelLab": _kernel_lab,
    "Network": _network,
    "Pooling": _pooling,
    "ReceptiveField": _receptive_field,
    "SlidingWindow": _sliding_window,
}
