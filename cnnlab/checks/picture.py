"""The failing case as a picture: what went in, what came out, and where it is wrong.

The picture shows which values are wrong, not by how much: with the difference a reader could add
up the answer.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from cnnlab.checks import tables
from cnnlab.checks.ladder import Result
from cnnlab.checks.tables import Table

SIDE_AT_MOST = 12
PANELS_AT_MOST = 6

Picture = tuple[Any, frozenset[str]]


def draw(result: Result) -> Picture:
    """A figure of the failing case and the tables it stands for; (None, none) if it says nothing.

    Inputs that are too many or too large for the figure stay tables.
    """
    if result.right is None or result.got is None or not np.isfinite(result.got).all():
        return None, frozenset()
    answers = list(tables.answers(result))
    given = [t for t in tables.inputs(result) if t.matrix is not None]
    if not result.got.ndim:  # one number is wrong as a whole, and needs no map of what is wrong
        answers = [replace(answers[0], matrix=np.atleast_2d(result.got))]
    if not _drawable(given) or len(given) + len(answers) > PANELS_AT_MOST:
        given = []
    if not _drawable(answers) or len(given) + len(answers) < 2:
        return None, frozenset()
    return _figure(given, *answers), frozenset(t.caption for t in [*given, *answers])


def _drawable(shown: list[Table]) -> bool:
    return all(t.matrix is not None and max(t.matrix.shape) <= SIDE_AT_MOST for t in shown)


def _figure(given: list[Table], yours: Table, verdict: Table | None = None) -> Any:
    from cnnlab.plot import show_equation

    panels = [*given, yours]
    signs = [*["and"] * (len(given) - 1), *["→"] * bool(given)]
    highlight: list[Any] = [None] * len(panels)
    if verdict is not None and verdict.matrix is not None:
        panels.append(Table("1 is wrong", (~verdict.matrix).astype(int)))
        signs.append("?")
        highlight[-1:] = [~verdict.matrix] * 2
    parts: list[Any] = [panels[0].matrix]
    for sign, panel in zip(signs, panels[1:], strict=True):
        parts += [sign, panel.matrix]
    return show_equation(
        *parts,
        kernels=[n for n, panel in enumerate(panels) if panel.weights],
        titles=[panel.caption.replace(", ", "\n") for panel in panels],
        highlight=highlight,
    )
