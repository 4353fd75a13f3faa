"""Worked arrays, and the loops over windows with room for mistakes."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnlab.checks.sentences import size
from cnnlab.checks.values import close

# The digits of a sum of these say which window sent what.
POWERS = np.array([[[[1.0, 10], [100, 1000]]]])


def windows(grad_output: np.ndarray, span: tuple[int, int], step: int) -> Iterator[Any]:
    """(i, j) of each window and its slices, in the image with its border."""
    for i in range(grad_output.shape[2]):
        for j in range(grad_output.shape[3]):
            rows = slice(i * step, i * step + span[0])
            columns = slice(j * step, j * step + span[1])
            yield i, j, rows, columns


def pooled_back(
    grad_output: np.ndarray,
    input: np.ndarray,
    kernel_size: int,
    stride: int,
    share: Callable[[np.ndarray, float], np.ndarray],
    *,
    adds: bool = True,
    step: int | None = None,
) -> np.ndarray:
    """Every window gets ``share(window, gradient)``; a window that sticks out is cut."""
    result = np.zeros(input.shape)
    step = stride if step is None else step
    for n, c in np.ndindex(input.shape[:2]):
        for i, j, rows, columns in windows(grad_output, (kernel_size, kernel_size), step):
            window = input[n, c, rows, columns].astype(float)
            if window.size:
                part = share(window, grad_output[n, c, i, j])
                if adds:
                    result[n, c, rows, columns] += part
                else:
                    np.copyto(result[n, c, rows, columns], part, where=part != 0)
    return result


def first_maximum(window: np.ndarray) -> np.ndarray:
    """1 at the first maximum, row by row, and 0 elsewhere."""
    return (np.arange(window.size) == window.argmax()).reshape(window.shape).astype(float)


def input_places(grad_output: Any, input: Any, *_: Any) -> str:
    """The shape rung of a pooling gradient."""
    shape = input if isinstance(input, tuple) else input.shape
    return f"The gradient has the shape of the input, {size(shape)}."


def sum_holds(arguments: list[Any], answers: list[Any]) -> bool:
    """The third answer is the sum of the first two, in all its parts."""
    parts = [a if isinstance(a, tuple) else (a,) for a in answers]
    return all(bool(close(a + b, c).all()) for a, b, c in zip(*parts, strict=True))
