"""The network of assignment 10 for whole batches: filters, 2 x 2 pooling, a dense layer.

Parameters are a list: filters (F, KH, KW), their biases (F,), dense weights (K, P), biases (K,).
"""

import numpy as np

from cnnlab.checks.inputs import signed


def windows(images, kernel_shape):
    """All windows of a batch: (N, H, W) -> (N, MH, MW, KH, KW)."""
    return np.lib.stride_tricks.sliding_window_view(images, kernel_shape, axis=(1, 2))


def blocks(maps):
    """The 2 x 2 blocks of each map, a last odd row or column left out: (N, F, PH, PW, 4)."""
    N, F, MH, MW = maps.shape
    PH, PW = MH // 2, MW // 2
    cut = maps[:, :, : 2 * PH, : 2 * PW].reshape(N, F, PH, 2, PW, 2)
    return cut.swapaxes(3, 4).reshape(N, F, PH, PW, 4)


def convolve(images, weight, bias):
    maps = np.einsum("nijuv,fuv->nfij", windows(images, weight.shape[1:]), weight)
    return maps + np.reshape(bias, (-1, 1, 1))


def forward(parameters, images):
    weight, bias, dense_weight, dense_bias = parameters
    maps = convolve(images, weight, bias)
    pooled = blocks(maps).max(axis=-1)
    return maps, pooled, pooled.reshape(len(images), -1) @ dense_weight.T + dense_bias


def softmax(scores, axis=1):
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def slope(scores, labels):
    """The gradient of the mean loss with respect to the scores."""
    return (softmax(scores) - one_hot(labels, scores.shape[1])) / len(labels)


def to_winners(maps, grad_pooled):
    """The gradient of each block goes to its first maximum."""
    N, F, PH, PW = grad_pooled.shape
    shares = np.eye(4)[blocks(maps).argmax(axis=-1)] * grad_pooled[..., None]
    return unblock(maps, shares.reshape(N, F, PH, PW, 2, 2))


def unblock(maps, shares):
    """What belongs to 2 x 2 blocks, laid out as the maps are."""
    N, F, PH, PW = shares.shape[:4]
    grad = np.zeros(maps.shape)
    grad[:, :, : 2 * PH, : 2 * PW] = shares.swapaxes(3, 4).reshape(N, F, 2 * PH, 2 * PW)
    return grad


def filter_gradient(images, grad_maps, kernel_shape):
    return np.einsum("nijuv,nfij->fuv", windows(images, kernel_shape), grad_maps)


def backward(parameters, images, labels, maps, pooled, scores, **other):
    """The four gradients. ``other`` replaces steps, which is how wrong versions are made."""
    weight, _, dense_weight, _ = parameters
    g = other.get("slope", slope)(scores, labels)
    rows = pooled.reshape(len(images), -1)
    grad_pooled = (g @ dense_weight).reshape(pooled.shape)
    grad_maps = other.get("to_winners", to_winners)(maps, grad_pooled)
    grad_weight = other.get("filter_gradient", filter_gradient)(images, grad_maps, weight.shape[1:])
    grad_bias = other.get("grad_bias", lambda g: g.sum(axis=(0, 2, 3)))(grad_maps)
    return grad_weight, grad_bias, g.T @ rows, g.sum(axis=0)


def drawn(rng, images, kernels, classes):
    """Parameters and a batch, from the shapes (N, H, W) and (F, KH, KW)."""
    N, H, W = images
    F, KH, KW = kernels
    inputs = F * ((H - KH + 1) // 2) * ((W - KW + 1) // 2)
    parameters = [
        signed(rng, F, KH, KW) / 4,
        signed(rng, F),
        signed(rng, classes, inputs) / 64,
        signed(rng, classes) / 4,
    ]
    return parameters, signed(rng, N, H, W) / 8


def labels_for(rng, count, classes):
    """Labels that are not in order and not all alike."""
    labels = np.resize(rng.permutation(classes), count)
    return rng.permutation(labels)
