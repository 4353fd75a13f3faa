"""The example in docs/checks.md does what the page says."""

import re

import numpy as np
import pytest

from cnnlab.checks import Check


@pytest.fixture
def mirror(root):
    page = (root / "docs" / "checks.md").read_text(encoding="utf-8")
    names = {}
    exec(re.search(r"```python\n(.*?)```", page, re.DOTALL)[1], names)
    return Check(names["LADDER"])


def test_the_example_passes_its_own_proofs(mirror):
    ladder = mirror.ladder
    for function in (ladder.reference, *ladder.accepted):
        assert mirror.result(function).passed
        assert mirror.points(function, of=3, seed=1) == 3
    for mistake in ladder.mistakes:
        for version in mistake.versions:
            assert mirror.result(version).mistake == f"mirror.{mistake.name}"
            assert mirror.points(version, of=3, seed=1) < 3


def test_the_general_hint_serves_what_nobody_wrote_down(mirror):
    result = mirror.result(lambda image: np.roll(image, 1, axis=1))
    assert result.hint == "Where does the first pixel of a row end up?"
    assert result.mistake == "mirror.values"
