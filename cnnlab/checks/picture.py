"""The failing case as a picture: what went in, what came out, and where it is wrong.

The picture shows which values are wrong, not by how much: with the difference a reader could add
up the answer.
"""

from typing import Any

import numpy as np

from cnnlab.checks.ladder import Result

SIDE_AT_MOST = 12


def draw(result: Result) -> Any:
    """A figure of the failing case, or None where a picture would say nothing."""
    if result.got is None or result.right is None or result.case is None:
        return None
    inputs = [
        (name, np.asarray(value))
        for name, value in zip(result.arguments, result.case.arguments, strict=True)
        if np.ndim(value) in (1, 2)
    ]
    wrong = (~result.right).astype(int)
    panels = [*inputs, ("yours", result.got), ("1 is wrong", wrong)]
    shapes = [array.shape for _, array in panels]
    if not all(1 <= len(shape) <= 2 and max(shape) <= SIDE_AT_MOST for shape in shapes):
        return None
    if not inputs or not np.isfinite(result.got).all():
        return None
    from cnnlab.plot import show_equation

    signs = ["and"] * (len(inputs) - 1) + ["→", "?"]
    parts = [
        part for panel, sign in zip(panels, [*signs, ""], strict=True) for part in (panel[1], sign)
    ]
    return show_equation(
        *parts[:-1],
        kernels=[n for n, (name, _) in enumerate(panels) if name in ("kernel", "pair")],
        titles=[name for name, _ in panels],
        highlight=[None] * len(inputs) + [np.atleast_2d(~result.right)] * 2,
    )
