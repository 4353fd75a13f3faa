"""The checks of `network_backward`: from scores and labels to the gradients of all parameters."""

import numpy as np

from cnnlab.checks.ladder import Case, Item, Ladder, Mistake
from cnnlab.checks.training import network
from cnnlab.checks.values import ARRAY, Several


def _batch(rng, images, kernels, classes, loud=1.0):
    """Arguments that belong together; ``loud`` makes the scores large."""
    parameters, pixels = network.drawn(rng, images, kernels, classes)
    parameters[2] = loud * parameters[2]
    labels = network.labels_for(rng, len(pixels), classes)
    return parameters, pixels, labels, *network.forward(parameters, pixels)


def _case(name, seed, *shapes, **options):
    return Case(name, _batch(np.random.default_rng(seed), *shapes, **options))


def _hidden(rng):
    def case(*shapes, **options):
        return Case(f"{shapes[0][0]} images", _batch(rng, *shapes, **options))

    return (
        Item("square images", (case((5, 6, 6), (2, 3, 3), 4),)),
        Item("sides that differ", (case((4, 6, 5), (3, 3, 2), 5), case((7, 4, 9), (2, 1, 4), 3))),
        Item("maps with odd sides", (case((4, 7, 6), (3, 3, 2), 3),)),
        Item("very large scores", (case((5, 5, 6), (2, 2, 3), 4, loud=1e5),)),
        Item(
            "the arguments are left as they were",
            (case((3, 5, 4), (2, 2, 3), 2),),
            keeps_input=True,
        ),
    )


def _with(**steps):
    return lambda *given: network.backward(*given, **steps)


def _of_scores(change):
    """A wrong version that starts with another gradient of the scores."""
    return _with(slope=change)


def _of_probabilities(s, y):
    return -network.one_hot(y, s.shape[1]) / network.softmax(s) / len(y)


def _column_for_all(s, y):
    g = network.softmax(s)
    g[:, y] -= 1
    return g / len(y)


def _without_keepdims(s, y):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1) - network.one_hot(y, s.shape[1])) / len(y)


def _softmax_of(shifted):
    e = np.exp(shifted)
    return e / e.sum(axis=1, keepdims=True)


def _minus_label(p, y):
    return (p - network.one_hot(y, p.shape[1])) / len(y)


def _repeated(maps, grad_pooled, share=1.0):
    blocks = np.broadcast_to(grad_pooled[..., None, None] * share, (*grad_pooled.shape, 2, 2))
    return network.unblock(maps, blocks)


def _last_image(images, grad_maps, shape):
    return network.filter_gradient(images[-1:], grad_maps[-1:], shape)


MISTAKES = (
    Mistake(
        "label-minus-probability",
        "Every gradient has the opposite sign: a step against it would make the loss grow. Which "
        "of probability and label is taken from the other?",
        _of_scores(lambda s, y: -network.slope(s, y)),
    ),
    Mistake(
        "loss-not-averaged",
        "Your gradients grow with the size of the batch. Is the loss a sum over the images, or "
        "their mean?",
        _of_scores(lambda s, y: network.slope(s, y) * len(y)),
        _of_scores(lambda s, y: _minus_label(_softmax_of(s), y) * len(y)),
    ),
    Mistake(
        "averaged-over-classes",
        "Your gradients are too small. Over what is the loss a mean: images, classes, or both?",
        _of_scores(lambda s, y: network.slope(s, y) / s.shape[1]),
        _of_scores(lambda s, y: network.slope(s, y) * len(y) / s.shape[1]),
    ),
    Mistake(
        "averaged-twice",
        "Your gradients are divided by the number of images twice. Where has it been done already?",
        _of_scores(lambda s, y: network.slope(s, y) / len(y)),
    ),
    Mistake(
        "labels-forgotten",
        "No score is asked to rise. What happens to the probability of the right class?",
        _of_scores(lambda s, y: network.softmax(s) / len(y)),
    ),
    Mistake(
        "all-labels-in-each-row",
        "Every image is taught the labels of all. Which row goes with which label?",
        _of_scores(_column_for_all),
    ),
    Mistake(
        "counted-from-one",
        "Every image is taught the neighbour of its class. Which number has the first class?",
        _of_scores(lambda s, y: network.slope(s, (y - 1) % s.shape[1])),
        _of_scores(lambda s, y: network.slope(s, (y + 1) % s.shape[1])),
    ),
    Mistake(
        "softmax-forgotten",
        "You took the labels from the raw scores. What turns scores into probabilities?",
        _of_scores(_minus_label),
    ),
    Mistake(
        "softmax-twice",
        "You took the softmax of a softmax. Are the scores that come in probabilities already?",
        _of_scores(lambda s, y: _minus_label(network.softmax(network.softmax(s)), y)),
    ),
    Mistake(
        "softmax-down-the-batch",
        "The probabilities of one class add up to 1 over the images. Over what should they?",
        _of_scores(lambda s, y: _minus_label(network.softmax(s, axis=0), y)),
    ),
    Mistake(
        "plain-shares",
        "You divided the scores by their sum. What makes every number positive first?",
        _of_scores(lambda s, y: _minus_label(s / s.sum(axis=1, keepdims=True), y)),
    ),
    Mistake(
        "sigmoid-for-softmax",
        "The probabilities of one image do not add up to 1. Which function looks at all its scores "
        "together?",
        _of_scores(lambda s, y: _minus_label(0.5 * (1 + np.tanh(s / 2)), y)),
    ),
    Mistake(
        "stopped-at-probabilities",
        "Your gradient is that of the probabilities. Which step lies between them and the scores?",
        _of_scores(_of_probabilities),
    ),
    Mistake(
        "overflow",
        "Very large scores give numbers that are no numbers. What may be taken from all scores of "
        "an image without changing its probabilities?",
        _of_scores(lambda s, y: _minus_label(_softmax_of(s), y)),
    ),
    Mistake(
        "one-maximum-for-all",
        "An image whose scores lie far below the others fails. Whose largest score should be "
        "taken from its row?",
        _of_scores(lambda s, y: _minus_label(_softmax_of(s - s.max()), y)),
    ),
    Mistake(
        "sums-of-other-rows",
        "Each row is divided by sums that belong to other rows. Which axis did the sum lose?",
        _of_scores(_without_keepdims),
    ),
    Mistake(
        "mean-over-images-again",
        "The gradient of the filters is too small. The loss is a mean already: what should the "
        "shares of the images do?",
        _with(
            filter_gradient=lambda x, g, k: network.filter_gradient(x, g, k) / len(x),
        ),
        _with(
            filter_gradient=lambda x, g, k: network.filter_gradient(x, g, k) / len(x),
            grad_bias=lambda g: g.sum(axis=(0, 2, 3)) / len(g),
        ),
    ),
    Mistake(
        "mean-over-places",
        "The gradient of the filters is too small. A weight is used at every place: do the shares "
        "of the places add up, or average?",
        _with(
            filter_gradient=lambda x, g, k: network.filter_gradient(x, g, k) / g[0, 0].size,
        ),
        _with(
            filter_gradient=lambda x, g, k: network.filter_gradient(x, g, k) / g[:, 0].size,
        ),
    ),
    Mistake(
        "last-image-only",
        "The gradient of the filters comes from one image alone. Is it added up, or written over?",
        _with(filter_gradient=_last_image),
        _with(filter_gradient=lambda x, g, k: network.filter_gradient(x[:1], g[:1], k)),
    ),
    Mistake(
        "kernel-turned",
        "The gradient of the filters is turned by half a turn. Which pixels did a weight meet on "
        "its way over the image?",
        _with(filter_gradient=lambda x, g, k: network.filter_gradient(x, g, k)[:, ::-1, ::-1]),
    ),
    Mistake(
        "pixels-ignored",
        "Every weight of a filter gets the same gradient. By what is the gradient of a product "
        "multiplied?",
        _with(
            filter_gradient=lambda x, g, k: np.broadcast_to(
                g.sum(axis=(0, 2, 3))[:, None, None], (g.shape[1], *k)
            ),
        ),
    ),
    Mistake(
        "shared-by-all-four",
        "Each block gives its gradient to all four numbers. Which of them went on?",
        _with(to_winners=_repeated),
        _with(to_winners=lambda m, g: _repeated(m, g, 0.25)),
    ),
)


def _loops(parameters, images, labels, maps, pooled, scores):
    """Every image by itself, weights outside."""
    weight, _, dense_weight, _ = parameters
    (N, _, MH, MW), (_, KH, KW) = maps.shape, weight.shape
    g = np.array([network.softmax(row[None])[0] for row in scores])
    for n in range(N):
        g[n, labels[n]] -= 1
    g = g / N
    back = g @ dense_weight
    grad_maps = np.zeros(maps.shape)
    for number, (n, f, i, j) in enumerate(np.ndindex(pooled.shape)):
        block = maps[n, f, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        u, v = np.unravel_index(block.argmax(), block.shape)
        grad_maps[n, f, 2 * i + u, 2 * j + v] = back.ravel()[number]
    grad_weight = np.zeros(weight.shape)
    for u in range(KH):
        for v in range(KW):
            window = images[:, None, u : u + MH, v : v + MW]
            grad_weight[:, u, v] = (grad_maps * window).sum(axis=(0, 2, 3))
    dense = sum(np.outer(g[n], pooled[n].ravel()) for n in range(N))
    return [grad_weight, grad_maps.sum(axis=(0, 2, 3)), dense, g.sum(axis=0)]


LADDER = Ladder(
    task="network_backward",
    arguments=("parameters", "images", "labels", "maps", "pooled", "scores"),
    reference=network.backward,
    cases=(
        _case("3 images of two classes", 201, (3, 4, 5), (1, 1, 2), 2),
        _case("4 images, as many as classes", 202, (4, 5, 6), (3, 2, 3), 4),
        _case("5 images, 2 filters, 3 classes", 203, (5, 7, 6), (2, 3, 2), 3),
        _case("very large scores", 204, (5, 4, 5), (2, 2, 2), 3, loud=1e5),
    ),
    hidden=_hidden,
    places=lambda parameters, *rest: (
        "A gradient has the shape of its parameter: one number for each number that learns."
    ),
    hint="Wiggle one weight and watch the loss. Does it change as your gradient says?",
    returns=Several(
        grad_weight=ARRAY, grad_bias=ARRAY, grad_dense_weight=ARRAY, grad_dense_bias=ARRAY
    ),
    axes={
        "images": ("image", "row", "column"),
        "labels": ("image",),
        "scores": ("image", "class"),
        "grad_weight": ("filter", "row", "column"),
        "grad_bias": ("filter",),
        "grad_dense_weight": ("class", "input"),
        "grad_dense_bias": ("class",),
    },
    mistakes=MISTAKES,
    accepted=(
        _loops,
        lambda *given: [a.astype(np.float32) for a in network.backward(*given)],
        lambda *given: tuple(np.asfortranarray(a) for a in network.backward(*given)),
    ),
)
