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
    parts, titles = [], []
    for name, value in zip(result.arguments, result.case.arguments, strict=True):
        array = np.asarray(value)
        if array.ndim == 2:
            parts.append(array)
            titles.append(name)
    parts += [result.got, (~result.right).astype(int)]
    titles += ["yours", "1 is wrong"]
    if any(p.ndim not in (1, 2) or max(p.shape) > SIDE_AT_MOST for p in parts):
        return None
    if not np.isfinite(result.got).all():
        return None
    from cnnlab.plot import show_equation

    kernels = [i for i, name in enumerate(titles) if name in ("kernel", "pair")]
    marks = [None] * (len(parts) - 2) + [np.atleast_2d(~result.right)] * 2
    return show_equation(*parts, kernels=kernels, titles=titles, highlight=marks)
