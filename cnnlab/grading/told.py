"""What a check said inside a test: its own words, as it hands them on beside its HTML.

Checks put a small JSON object of a MIME type of its own among a cell's outputs. Nothing else is
known of them here. What it says ends on pages, so only text of bounded length is taken from it.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cnnlab.grading.intake import one_line

MIME = "application/vnd.cnnlab.check+json"
NAME_CHARS = 80
SENTENCE_CHARS = 600
SENTENCES = 12


@dataclass(frozen=True)
class Told:
    """The mistake's name ("correlate2d.turned"), the hint, and all sentences with their labels."""

    mistake: str = ""
    hint: str = ""
    says: tuple[tuple[str, str], ...] = ()


def told(outputs: Iterable[Mapping[str, Any]]) -> Told:
    """What the checks in these outputs of one cell said; nothing where there was none.

    Of several checks the first one that failed counts, or else the last.

    >>> told([{"data": {MIME: {"passed": False, "mistake": "add.minus", "hint": "Which sign?"}}}])
    Told(mistake='add.minus', hint='Which sign?', says=())
    """
    found = [payload for output in outputs if (payload := _payload(output))]
    if not found:
        return Told()
    one = next((payload for payload in found if payload.get("passed") is not True), found[-1])
    return Told(
        _text(one.get("mistake"), NAME_CHARS),
        _text(one.get("hint"), SENTENCE_CHARS),
        tuple(_sentences(one.get("says"))),
    )


def _payload(output: Mapping[str, Any]) -> dict[str, Any]:
    data = output.get("data")
    value = data.get(MIME) if isinstance(data, Mapping) else None
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    return value if isinstance(value, dict) else {}


def _sentences(pairs: Any) -> Iterable[tuple[str, str]]:
    for pair in pairs[:SENTENCES] if isinstance(pairs, list | tuple) else ():
        if isinstance(pair, list | tuple) and len(pair) == 2:
            label, words = _text(pair[0], NAME_CHARS), _text(pair[1], SENTENCE_CHARS)
            if label and words:
                yield label, words


def _text(value: Any, limit: int) -> str:
    return one_line(value, limit) if isinstance(value, str) else ""
