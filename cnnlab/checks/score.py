"""Turn a ladder's hidden items into points."""

import zlib
from functools import lru_cache
from typing import Any

import numpy as np

from cnnlab.checks.attempts import Clock, attempt
from cnnlab.checks.ladder import Item, Ladder, Score
from cnnlab.errors import ArgumentError


def score(ladder: Ladder, function: Any, of: float, seed: int) -> Score:
    """Grade ``function`` on cases made from ``seed``: each item is earned whole or not at all."""
    if isinstance(of, bool) or not isinstance(of, (int, float)) or not 0 < of < float("inf"):
        raise ArgumentError(f"points: `of` must be a number above 0, not {of!r}.")
    items = _items(ladder, seed)
    clock = Clock(ladder.budget)
    usable = callable(function) and not (ladder.refuse and ladder.refuse(function))
    earned = [usable and _earned(ladder, function, i, clock) for i in items]
    parts = sum(item.parts for item in items)
    got = sum(item.parts for item, is_earned in zip(items, earned, strict=True) if is_earned)
    named = tuple((i.name, i.parts, e) for i, e in zip(items, earned, strict=True))
    return Score(float(of * got / parts), float(of), named)


@lru_cache(maxsize=32)
def _items(ladder: Ladder, seed: int) -> tuple[Item, ...]:
    # The task's name is mixed in, so that two exercises with one seed get different numbers.
    return ladder.hidden(np.random.default_rng([seed, zlib.crc32(ladder.task.encode())]))


def _earned(ladder: Ladder, function: Any, item: Item, clock: Clock) -> bool:
    for case in item.cases:
        tried = attempt(ladder, function, case, clock.left)
        if not tried.is_right or (item.keeps_input and tried.call.changed):
            return False
    return True
