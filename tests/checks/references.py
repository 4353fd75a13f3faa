"""What the tests of the references share: a function's reference and the inputs it is judged on."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cnnlab.checks import check
from cnnlab.checks.ladder import Ladder


def _ladder(task: str) -> Ladder:
    ladder: Ladder = getattr(check, task).ladder
    return ladder


def right(task: str) -> Callable[..., Any]:
    """The reference."""
    return _ladder(task).reference


def in_sight(task: str) -> list[tuple[Any, ...]]:
    """The arguments of the cases that students see."""
    return [case.arguments for case in _ladder(task).cases]


def case(task: str, name: str) -> tuple[Any, ...]:
    """The arguments of the first case in sight with these words in its name."""
    return next(c for c in _ladder(task).cases if name in c.name).arguments


def hidden(task: str, seed: int) -> Iterator[tuple[Any, ...]]:
    """The arguments of the very cases that give points."""
    for item in _ladder(task).hidden(np.random.default_rng(seed)):
        for one in item.cases:
            yield one.arguments
