"""The first weights: random, and scaled so that signals neither fade nor explode on their way."""

from collections.abc import Callable
from math import prod, sqrt

import numpy as np

from cnnlab.errors import ArgumentError

Rng = np.random.Generator | int | None
Initial = str | Callable[[np.random.Generator, tuple[int, ...], int, int], np.ndarray]


def he_normal(
    rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int
) -> np.ndarray:
    r"""Normal numbers of variance :math:`2 / fan_{in}`, for layers before a ReLU.

    Shapes: (*shape)
    Raises: `ZeroDivisionError` for a fan of 0, which no layer of ours has.

    >>> he_normal(np.random.default_rng(0), (64, 50), 50, 64).std().round(1)   # sqrt(2 / 50)
    np.float64(0.2)

    References: He, Zhang, Ren and Sun (2015), arXiv:1502.01852, equation 10.
    """
    return rng.normal(scale=sqrt(2 / fan_in), size=shape)


def glorot_uniform(
    rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int
) -> np.ndarray:
    r"""Uniform numbers within :math:`\pm\sqrt{6 / (fan_{in} + fan_{out})}`, for sigmoid and tanh.

    Shapes: (*shape)
    Raises: `ZeroDivisionError` for fans of 0, which no layer of ours has.

    >>> abs(glorot_uniform(np.random.default_rng(0), (64, 50), 50, 100)).max() < 0.2
    np.True_

    References: Glorot and Bengio (2010), AISTATS 9, equation 16.
    """
    limit = sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=shape)


BY_NAME = {"he": he_normal, "glorot": glorot_uniform}


def draw(
    init: Initial, rng: Rng, shape: tuple[int, ...], *, transposed: bool = False
) -> np.ndarray:
    """A float32 array of first weights, by the name of a rule or by a function like `he_normal`.

    The fans count the products that meet in one output, and the outputs that one input reaches.

    Raises: `ArgumentError` for an unknown name.
    """
    if isinstance(init, str):
        if init not in BY_NAME:
            raise ArgumentError(
                f"init must be one of {sorted(BY_NAME)} or a function, got {init!r}."
            )
        init = BY_NAME[init]
    area = prod(shape[2:])
    fan_in, fan_out = shape[1] * area, shape[0] * area
    if transposed:
        fan_in, fan_out = fan_out, fan_in
    return np.asarray(init(np.random.default_rng(rng), shape, fan_in, fan_out), dtype=np.float32)
