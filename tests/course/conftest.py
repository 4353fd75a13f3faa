"""A lesson, run once for the tests of its numbers.

A test module names its lesson: ``LESSON = "02_filters"``.
"""

import contextlib
import io
from dataclasses import dataclass
from typing import Any

import matplotlib
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from cnnlab.plot import alt_text
from cnnlab.printing import read_manuscript


@dataclass(frozen=True)
class Run:
    """A lesson that has run."""

    states: list[tuple[str, dict[str, Any]]]  # each code cell, and the variables after it
    figures: list[Figure]  # in the order of the cells
    said: str  # all that was printed


@pytest.fixture(scope="module")
def manuscript(request, root):
    return read_manuscript(root / "course" / "lessons" / f"{request.module.LESSON}.md")


@pytest.fixture(scope="module")
def prose(manuscript):
    """The text of the lesson on one line."""
    cells = manuscript.cells
    return " ".join(" ".join(c.source for c in cells if c.kind == "markdown").split())


@pytest.fixture(scope="module")
def run(manuscript):
    """The lesson's own cells, run one after the other."""
    names, states, figures, said = {}, [], [], io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        matplotlib.rc_context(),
        contextlib.redirect_stdout(said),
    ):
        patch.setenv("CNNLAB_QUICK", "1")  # lesson 11 climbs its ladder in short
        plt.switch_backend("agg")
        for cell in manuscript.cells:
            if cell.kind == "code":
                place = f"{manuscript.path.name}:{cell.first + 1}"
                exec(compile(cell.source, place, "exec"), names)
                states.append((cell.source, dict(names)))
                figures += [plt.figure(number) for number in plt.get_fignums()]
                plt.close("all")
    return Run(states, figures, said.getvalue())


@pytest.fixture(scope="module")
def names(run):
    """The variables when the lesson has run."""
    return run.states[-1][1]


@pytest.fixture(scope="module")
def said(run):
    return run.said


@pytest.fixture(scope="module")
def after(run):
    """The variables as they were when the cell with these words had run."""

    def find(words):
        found = [names for source, names in run.states if words in source]
        assert len(found) == 1, words
        return found[0]

    return find


@pytest.fixture(scope="module")
def lesson(run, names):
    """The variables; ``printed``, all that was printed; ``words``, what the figures say."""
    return {**names, "printed": run.said, "words": [alt_text(figure) for figure in run.figures]}
