"""What an attack is: where its code goes, and what must come of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.grading.corpus import course

# Attacks show this word when they have reached something. Their sources never hold it whole, so
# that a traceback that quotes them is no finding.
LOOT = "LOOTED"
FOUND = "print('LOO' + 'TED', {})"

Outcome = Literal["zero", "isolate", "neutral", "review", "full"]


@dataclass(frozen=True)
class Attack:
    """One case.

    =============  ====================================================================
    ``answers``    replace answers; the rest is wrong for zero and review, else right
    ``cell``       a cell of the student's own, after the first answer
    ``edit``       changes the notebook's JSON
    ``flag``       words of a reason to look at it
    ``loot``       without a sandbox the same code reaches something
    ``twice``      handed in twice: the second finds nothing of the first
    =============  ====================================================================

    zero: nothing is earned. isolate: nothing is reached, and right answers keep their marks.
    neutral: right answers keep their marks and nobody needs to look. review: a reason to look is
    given. full: all marks.
    """

    id: str
    title: str
    outcome: Outcome
    cell: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    edit: Callable[[dict[str, Any]], object] | None = None
    flag: str = ""
    loot: bool = False
    twice: bool = False

    def notebook(self) -> dict[str, Any]:
        """The submission as JSON."""
        rest = course.WRONG if self.outcome in ("zero", "review") else course.RIGHT
        made = course.notebook({**rest, **self.answers})
        if self.cell:
            after = made["cells"].index(course.cell_of(made, course.FUNCTIONS[0])) + 1
            own = {"cell_type": "code", "id": "own", "metadata": {}, "source": self.cell}
            made["cells"].insert(after, {**own, "outputs": [], "execution_count": None})
        if self.edit:
            self.edit(made)
        return made


def extra(id, title, cell, outcome="zero", **more):
    """An attack by a cell of the student's own."""
    return Attack(id, title, outcome, cell, **more)


def answer(id, title, source, outcome="zero", name="correlate2d", **more):
    """An attack by one of the answers."""
    return Attack(id, title, outcome, answers={name: source}, **more)
