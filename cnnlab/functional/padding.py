"""Borders around an array."""

import numpy as np

from cnnlab.errors import ArgumentError
from cnnlab.functional import _checks

MODES = ("constant", "reflect", "replicate", "edge", "circular")


def pad(input, pad, mode="constant", value=0):
    r"""Put a border around the last axes.

    .. math:: y[\dots, i] = x[\dots, s(i - p)]

    Here p is the border before the axis, and s says which element of x stands at a place:
    itself inside; outside, s(-1) is x's element 1 for "reflect", 0 for "replicate" and the last
    one for "circular". For "constant" there is none, and y holds ``value``.

    Shapes:
        input (..., H, W), pad (left, right, top, bottom)
        -> (..., top + H + bottom, left + W + right)

    Parameters:
        input: any array.
        pad: elements before and after the last axis, then the last but one, and so on; 0 or more.
        mode: "constant"; "reflect" mirrors without repeating the edge; "replicate", also called
            "edge", repeats the edge; "circular" starts again from the other side.
        value: the number in the border for "constant".

    Raises:
        ShapeError: the border does not fit the array.
        ArgumentError: a setting is none of those above, or the array does not hold real numbers.

    References:
        Names and order as in `torch.nn.functional.pad`; "edge" is NumPy's word.

    >>> pad(np.array([1, 2, 3]), (2, 2), mode="reflect")
    array([3., 2., 1., 2., 3., 2., 1.])
    >>> pad(np.array([1, 2, 3]), (2, 1), mode="circular")
    array([2., 3., 1., 2., 3., 1.])
    """
    (x,) = _checks.arrays("pad", input=input)
    borders = _borders("pad", x, pad, mode)
    _checks.real("pad", "value", value, -np.inf, np.inf)
    _fits("pad", x.shape, borders, mode)
    if mode == "constant":
        return np.pad(x, borders, constant_values=value)
    for axis, (before, after) in enumerate(borders):
        if before or after:
            x = np.take(x, _sources(x.shape[axis], before, after, mode), axis)
    return x


def pad_backward(grad_output, pad, mode="constant"):
    r"""Gradient of `pad`: each element collects the gradients of all its copies.

    .. math:: dx[\dots, s(i - p)] \mathrel{+}= g[\dots, i]

    Shapes:
        grad_output (..., top + H + bottom, left + W + right) -> (..., H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        pad, mode: as in `pad`.

    Raises:
        ShapeError: the border does not fit the array.
        ArgumentError: a setting is none of those above, or the array does not hold real numbers.

    References:
        `pad`, read backwards.

    >>> pad_backward(np.array([1, 10, 100, 1000]), (1, 1), mode="replicate")
    array([  11., 1100.])
    """
    (g,) = _checks.arrays("pad_backward", grad_output=grad_output)
    borders = _borders("pad_backward", g, pad, mode)
    sizes = [n - sum(border) for n, border in zip(g.shape, borders, strict=True)]
    _fits("pad_backward", sizes, borders, mode)
    for axis, (before, after) in enumerate(borders):
        if before or after:
            g = np.moveaxis(g, axis, 0)
            n = len(g) - before - after
            dx = g[before : before + n].copy()
            if mode != "constant":
                sources = _sources(n, before, after, mode)
                for i in [*range(before), *range(before + n, len(g))]:
                    dx[sources[i]] += g[i]
            g = np.moveaxis(dx, 0, axis)
    return g


def _sources(n, before, after, mode):
    """The element of an axis of length n that stands at each place of the longer one."""
    places = np.arange(-before, n + after)
    if mode == "circular":
        return places % n
    if mode == "reflect":
        return n - 1 - np.abs(n - 1 - np.abs(places))
    return places.clip(0, n - 1)


def _borders(function, x, pad, mode):
    """One (before, after) for each axis of x, first axis first."""
    _checks.choice(function, "mode", mode, MODES)
    pad = pad.tolist() if isinstance(pad, np.ndarray) else pad
    pad = tuple(pad) if isinstance(pad, (tuple, list)) else (pad,)
    if len(pad) % 2 or len(pad) > 2 * x.ndim:
        raise ArgumentError(
            f"{function}: pad has {len(pad)} numbers, expected a pair for each of at most {x.ndim} "
            "axes, the last axis first.\n  Fix: write for example pad=(left, right, top, bottom)."
        )
    numbers = [_checks.whole(function, "pad", number, 1, 0)[0] for number in pad]
    pairs = list(zip(numbers[0::2], numbers[1::2], strict=True))[::-1]
    return [(0, 0)] * (x.ndim - len(pairs)) + pairs


def _fits(function, sizes, borders, mode):
    """A border copies elements that exist: the edge not twice, the whole axis at most once."""
    least = {"constant": 0, "circular": 0, "replicate": 1, "edge": 1, "reflect": 1}[mode]
    for n, border in zip(sizes, borders, strict=True):
        if n < 0:
            problem = f"a border of {border} is wider than grad_output."
            shape = ("input", sizes, "what would be left")
            raise _checks.misfit(function, problem, "use the pad of the forward pass.", shape)
        most = {"reflect": n - 1, "circular": n}.get(mode, np.inf)
        if any(border) and (n < least or max(border) > most):
            problem = f'a border of {border} does not fit an axis of {n} elements in mode "{mode}".'
            shape = ("input", sizes, "")
            raise _checks.misfit(function, problem, "use a narrower border or another mode.", shape)
