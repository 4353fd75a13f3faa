"""Right and wrong ways to send a gradient back through a convolution, window by window."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnlab.checks.layer_gradients.common import windows

Three = tuple[np.ndarray, np.ndarray, np.ndarray]
Make = Callable[..., np.ndarray]


def _add(array: np.ndarray, part: np.ndarray) -> None:
    array += part


def _replace(array: np.ndarray, part: np.ndarray) -> None:
    array[...] = part


def padded(x: np.ndarray, p: int) -> np.ndarray:
    return np.pad(np.asarray(x, float), ((0, 0), (0, 0), (p, p), (p, p)))


def stamped(
    g: np.ndarray,
    x: np.ndarray,
    w: np.ndarray,
    s: int,
    p: int,
    *,
    step: int | None = None,
    write_input: Callable[..., None] = _add,
    write_weight: Callable[..., None] = _add,
    stamp: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Three:
    """One loop over the windows: each gets a stamp, and each weight a share."""
    bordered = padded(x, p)
    back, grad_weight = np.zeros(bordered.shape), np.zeros(w.shape)
    kernel = stamp(w) if stamp else w
    for i, j, rows, columns in windows(g, w.shape[2:], s if step is None else step):
        sent = g[:, :, i, j]
        write_input(back[:, :, rows, columns], np.tensordot(sent, kernel, axes=1))
        write_weight(grad_weight, np.tensordot(sent, bordered[:, :, rows, columns], axes=(0, 0)))
    H, W = x.shape[2:]
    return back[:, :, p : p + H, p : p + W], grad_weight, g.sum(axis=(0, 2, 3))


def overwritten(part: str) -> Callable[..., Three]:
    """Where windows meet the last one wins, in the input's gradient or the weight's."""
    if part == "input":
        return lambda *given: stamped(*given, write_input=_replace)
    return lambda *given: stamped(*given, write_weight=_replace)


def changed(**makes: Make) -> Callable[..., Any]:
    """The right answer with some of its values made of it: ``make(right, g, x, w, s, p)``."""
    names = ("grad_input", "grad_weight", "grad_bias")

    def version(g, x, w, s, p):
        right = dict(zip(names, stamped(g, x, w, s, p), strict=True))
        wrong = {name: make(right[name], g, x, w, s, p) for name, make in makes.items()}
        return tuple((right | wrong).values())

    return version


def with_border(right, g, x, w, s, p):
    """The gradient of the image with its border, not cut."""
    return stamped(g, padded(x, p), w, s, 0)[0]


def cut_by_negative(right, g, x, w, s, p):
    """[p:-p], which is empty without padding."""
    return with_border(right, g, x, w, s, p)[:, :, p:-p, p:-p]


def cut_off(right, g, x, w, s, p):
    """Only what the windows reached."""
    (OH, OW), (KH, KW) = g.shape[2:], w.shape[2:]
    return right[:, :, : (OH - 1) * s + KH - p, : (OW - 1) * s + KW - p]


def positions_ignored(right, g, x, w, s, p):
    sums = np.einsum("no,oc->nc", g.sum(axis=(2, 3)), w.sum(axis=(2, 3)))
    return np.broadcast_to(sums[:, :, None, None], x.shape)


def of_part(name: str, choose: Callable[..., tuple[np.ndarray, np.ndarray, np.ndarray]]) -> Make:
    """A gradient made of a part of the arrays: ``choose(g, x, w)``."""
    place = ("grad_input", "grad_weight", "grad_bias").index(name)
    return lambda right, g, x, w, s, p: stamped(*choose(g, x, w), s, p)[place]


def border_forgotten(right, g, x, w, s, p):
    """The weight's gradient from the image alone, moved to its corner."""
    beyond = np.pad(x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)))
    return stamped(g, beyond, w, s, 0)[1]


def writes(place: int) -> Callable[..., Three]:
    """The right answer, and one of the arguments is cleared."""

    def version(g, x, w, s, p):
        right = stamped(g, x, w, s, p)
        (g, x, w)[place][...] = 0
        return right

    return version
