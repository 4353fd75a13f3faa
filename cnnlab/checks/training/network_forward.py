"""The checks of `network_forward`: from a batch of images to scores."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.training import network
from cnnlab.checks.values import ARRAY, Several

DIGITS = np.array([[[1, 2, 3, 4, 5], [6, 7, 8, 9, 1], [2, 4, 6, 8, 3]]]).astype(float)
LEGIBLE = [
    np.array([[[1.0, 10.0], [100.0, 1000.0]]]),
    np.array([0.5]),
    np.array([[1.0, 0.0], [0.0, 0.01], [2.0, -1.0]]),
    np.array([0.0, 7.0, 0.25]),
]


def _worked(seed, images, kernels, classes):
    return network.drawn(np.random.default_rng(seed), images, kernels, classes)


def _hidden(rng):
    def case(images, kernels, classes):
        return Case(f"{images[0]} images", network.drawn(rng, images, kernels, classes))

    return (
        Item("square images", (case((3, 6, 6), (2, 3, 3), 4),)),
        Item("sides that differ", (case((2, 6, 5), (3, 3, 2), 4), case((4, 4, 9), (2, 1, 4), 3))),
        Item("maps with odd sides", (case((4, 7, 6), (3, 3, 2), 3),)),
        Item(
            "the arguments are left as they were",
            (case((3, 5, 4), (2, 2, 3), 2),),
            keeps_input=True,
        ),
    )


def _places(parameters, images):
    (F, KH, KW), (N, H, W) = parameters[0].shape, images.shape
    rows, columns = H - KH + 1, W - KW + 1
    return (
        f"{F} filters of {KH} x {KW} fit {H} x {W} images in {rows} places down and {columns} "
        f"across; pooling halves that. Each of the {N} images gets {len(parameters[2])} scores."
    )


def _with_maps(change):
    """A wrong version: other maps, and what follows from them."""

    def version(parameters, images):
        weight, bias, dense_weight, dense_bias = parameters
        maps = change(images, weight, bias)
        pooled = network.blocks(maps).max(axis=-1)
        return maps, pooled, pooled.reshape(len(images), -1) @ dense_weight.T + dense_bias

    return version


def _with_scores(change):
    """A wrong version: right maps, and scores made otherwise."""

    def version(parameters, images):
        maps, pooled, _ = network.forward(parameters, images)
        return maps, pooled, change(pooled, *parameters[2:])

    return version


def _with_pooling(change):
    def version(parameters, images):
        maps = network.convolve(images, *parameters[:2])
        pooled = change(network.blocks(maps))
        rows = pooled.reshape(len(images), -1)
        return maps, pooled, rows @ parameters[2].T + parameters[3]

    return version


def _rows(pooled):
    return pooled.reshape(len(pooled), -1)


def _first_image(images):
    return np.repeat(images[:1], len(images), axis=0)


def _loops(parameters, images):
    """Every filter and image by itself."""
    weight, bias, dense_weight, dense_bias = parameters
    KH, KW = weight.shape[1:]
    N, H, W = images.shape
    maps = np.zeros((N, len(weight), H - KH + 1, W - KW + 1))
    for n, f, i, j in np.ndindex(maps.shape):
        maps[n, f, i, j] = (images[n, i : i + KH, j : j + KW] * weight[f]).sum() + bias[f]
    pooled = np.zeros((N, len(weight), maps.shape[2] // 2, maps.shape[3] // 2))
    for n, f, i, j in np.ndindex(pooled.shape):
        pooled[n, f, i, j] = maps[n, f, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()
    return maps, pooled, np.array([dense_weight @ p.ravel() + dense_bias for p in pooled])


MISTAKES = (
    Mistake(
        "filter-bias-missing",
        "Your maps have the right pattern and miss a constant. What does a filter have besides "
        "its weights?",
        _with_maps(lambda x, w, b: network.convolve(x, w, 0 * b)),
    ),
    Mistake(
        "bias-for-every-product",
        "Every map is off by a constant of its own. How often may a filter's bias be added to one "
        "sum?",
        _with_maps(lambda x, w, b: network.convolve(x, w, b * w[0].size)),
    ),
    Mistake(
        "one-bias-for-all",
        "One map is right and the others are off by a constant. Does each filter add its own bias?",
        _with_maps(lambda x, w, b: network.convolve(x, w, 0 * b + b[0])),
        _with_maps(lambda x, w, b: network.convolve(x, w, 0 * b + b[-1])),
        _with_maps(lambda x, w, b: network.convolve(x, w, 0 * b + b.sum())),
    ),
    Mistake(
        "bias-subtracted",
        "Your maps are off by twice a constant. Which sign has the bias?",
        _with_maps(lambda x, w, b: network.convolve(x, w, -b)),
    ),
    Mistake(
        "kernel-turned",
        "Your filters lie upside down and mirrored. Which weight meets the first pixel of a "
        "window?",
        _with_maps(lambda x, w, b: network.convolve(x, w[:, ::-1, ::-1], b)),
    ),
    Mistake(
        "averaged",
        "Your products are averaged. What does the formula do with them?",
        _with_maps(lambda x, w, b: network.convolve(x, w / w[0].size, b)),
    ),
    Mistake(
        "weights-ignored",
        "All your maps show the same pattern. Where do the weights of each filter come in?",
        _with_maps(lambda x, w, b: network.convolve(x, np.ones_like(w), b)),
    ),
    Mistake(
        "one-filter-for-all",
        "All your maps come from the same filter. Which filter belongs to which map?",
        _with_maps(lambda x, w, b: network.convolve(x, 0 * w + w[:1], b)),
        _with_maps(lambda x, w, b: network.convolve(x, 0 * w + w[:1], 0 * b + b[0])),
        _with_maps(lambda x, w, b: network.convolve(x, 0 * w + w[-1:], b)),
    ),
    Mistake(
        "filters-added-up",
        "Every map holds the sum of all filters. Over which axes does a product add up?",
        _with_maps(lambda x, w, b: network.convolve(x, 0 * w + w.sum(axis=0), b)),
    ),
    Mistake(
        "first-image-for-all",
        "All your images get the maps of the first one. Which axis counts the images?",
        _with_maps(lambda x, w, b: network.convolve(_first_image(x), w, b)),
    ),
    Mistake(
        "images-added-up",
        "Every image gets the sum of the whole batch. Do images of one batch ever mix?",
        _with_maps(lambda x, w, b: network.convolve(0 * x + x.sum(axis=0), w, b)),
    ),
    Mistake(
        "relu-in-between",
        "Your maps hold no negative numbers. Does this network have a ReLU?",
        _with_maps(lambda x, w, b: np.maximum(network.convolve(x, w, b), 0)),
    ),
    Mistake(
        "average-pooling",
        "You averaged each block of four. Which of the four goes on?",
        _with_pooling(lambda blocks: blocks.mean(axis=-1)),
    ),
    Mistake(
        "smallest-of-four",
        "The smallest of four goes on. Which one should?",
        _with_pooling(lambda blocks: blocks.min(axis=-1)),
    ),
    Mistake(
        "pooling-from-zero",
        "A block of negative numbers pools to zero. From which number does your maximum start?",
        _with_pooling(lambda blocks: np.maximum(blocks.max(axis=-1), 0)),
    ),
    Mistake(
        "dense-bias-missing",
        "Maps and pooling are right, and each class misses a constant. What does the dense layer "
        "add at the end?",
        _with_scores(lambda p, w, b: _rows(p) @ w.T),
    ),
    Mistake(
        "channels-last",
        "Maps and pooling are right. In which order do the numbers of one image stand in its row?",
        _with_scores(lambda p, w, b: _rows(np.moveaxis(p, 1, -1)) @ w.T + b),
    ),
    Mistake(
        "batch-mixed-up",
        "Your rows hold numbers of several images. Which axis stays when you flatten?",
        _with_scores(lambda p, w, b: p.reshape(-1, len(p)).T @ w.T + b),
        _with_scores(lambda p, w, b: p.reshape(-1, len(p)) @ w.T + b),
    ),
    Mistake(
        "batch-flattened-too",
        "You made one long row of the whole batch. How many rows should it have?",
        _with_scores(lambda p, w, b: p.ravel() @ w.T + b),
    ),
    Mistake(
        "rows-and-columns-swapped",
        "Your flattened batch has a row for each input. What should a row belong to?",
        _with_scores(lambda p, w, b: _rows(p).T @ w.T + b),
    ),
    Mistake(
        "softmax-at-the-end",
        "Your scores lie between zero and one. Who takes the softmax, the network or its loss?",
        _with_scores(lambda p, w, b: network.softmax(_rows(p) @ w.T + b)),
    ),
    Mistake(
        "relu-at-the-end",
        "Your scores hold no negative numbers. What becomes of a class that is very unlikely?",
        _with_scores(lambda p, w, b: np.maximum(_rows(p) @ w.T + b, 0)),
    ),
    Mistake(
        "scores-turned",
        "Your scores have a row for each class. What should one row belong to?",
        _with_scores(lambda p, w, b: (_rows(p) @ w.T + b).T),
    ),
)

LADDER = Ladder(
    task="network_forward",
    arguments=("parameters", "images"),
    reference=network.forward,
    cases=(
        Case("one 3 x 5 image of digits, one filter", (LEGIBLE, DIGITS)),
        Case("2 images, 3 filters, 4 classes", _worked(101, (2, 5, 6), (3, 2, 3), 4)),
        Case("4 images, as many as inputs", _worked(103, (4, 5, 5), (1, 2, 2), 3)),
        Case("4 images, 2 filters, 3 classes", _worked(102, (4, 7, 6), (2, 3, 2), 3)),
    ),
    hidden=_hidden,
    places=_places,
    hint="Choose one wrong number and follow it back by hand. At which step does it go astray?",
    returns=Several(maps=ARRAY, pooled=ARRAY, scores=ARRAY),
    axes={"images": ("image", "row", "column"), "scores": ("image", "class")},
    mistakes=MISTAKES,
    accepted=(
        _loops,
        lambda p, x: list(network.forward(p, x)),
        lambda p, x: tuple(np.asfortranarray(a.astype(np.float32)) for a in network.forward(p, x)),
    ),
)
