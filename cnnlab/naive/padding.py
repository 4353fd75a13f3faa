"""Borders around an array."""

import numpy as np


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
        KeyError: ``mode`` is not one of the names above.

    References:
        Names and order as in `torch.nn.functional.pad`; "edge" is NumPy's word.

    >>> pad(np.array([1, 2, 3]), (2, 2), mode="reflect")
    array([3., 2., 1., 2., 3., 2., 1.])
    >>> pad(np.array([1, 2, 3]), (2, 1), mode="circular")
    array([2., 3., 1., 2., 3., 1.])
    """
    source = SOURCES[mode]
    before, after = _per_axis(pad, input.ndim)
    y = np.full(np.add(input.shape, before) + after, float(value))
    for place in np.ndindex(y.shape):
        origin = [source(i - p, n) for i, p, n in zip(place, before, input.shape, strict=True)]
        if None not in origin:
            y[place] = input[tuple(origin)]
    return y


def pad_backward(grad_output, pad, mode="constant"):
    r"""Gradient of `pad`: each element collects the gradients of all its copies.

    .. math:: dx[\dots, s(i - p)] \mathrel{+}= g[\dots, i]

    Shapes:
        grad_output (..., top + H + bottom, left + W + right) -> (..., H, W)

    Parameters:
        grad_output: g, the gradient of the loss with respect to the output.
        pad, mode: as in `pad`.

    Raises:
        KeyError: ``mode`` is not one of the names of `pad`.

    References:
        `pad`, read backwards.

    >>> pad_backward(np.array([1, 10, 100, 1000]), (1, 1), mode="replicate")
    array([  11., 1100.])
    """
    source = SOURCES[mode]
    before, after = _per_axis(pad, grad_output.ndim)
    dx = np.zeros(np.subtract(grad_output.shape, before) - after)
    for place in np.ndindex(grad_output.shape):
        origin = [source(i - p, n) for i, p, n in zip(place, before, dx.shape, strict=True)]
        if None not in origin:
            dx[tuple(origin)] += grad_output[place]
    return dx


def _per_axis(pad, axes):
    """The borders before and after each axis, first axis first."""
    rest = [0] * (axes - len(pad) // 2)
    return rest + list(pad[0::2])[::-1], rest + list(pad[1::2])[::-1]


def _constant(i, n):
    return i if 0 <= i < n else None


def _reflect(i, n):
    return abs(i) if i < n else 2 * (n - 1) - i


def _replicate(i, n):
    return min(max(i, 0), n - 1)


def _circular(i, n):
    return i % n


SOURCES = {
    "constant": _constant,
    "reflect": _reflect,
    "replicate": _replicate,
    "edge": _replicate,
    "circular": _circular,
}
