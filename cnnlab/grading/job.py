"""What a run is told, and what it knows of one student's work on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cnnlab.grading.layout import Entry
from cnnlab.grading.model import Limits, Outcome, Submission
from cnnlab.grading.record import Key

Watch = Callable[[int, int], None]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What to grade, into which folder, and how.

    ``only`` names the students to grade now; None for all. ``wait``: for another grader's end.
    ``gradebook`` is the address of nbgrader's database; empty for a file in ``output``.
    """

    assignment: str
    submitted: Path
    source: Path
    output: Path
    limits: Limits = field(default_factory=Limits)
    workers: int = 1
    force: bool = False
    only: frozenset[str] | None = None
    wait: bool = False
    gradebook: str = ""

    def wants(self, entry: Entry) -> bool:
        """Is this student to be graded now?"""
        return self.only is None or entry.student in self.only


@dataclass(frozen=True)
class Done:
    """One student's work after intake and execution.

    Without ``submission`` the ``reason`` says why; without ``outcome`` nothing had changed. ``key``
    is that of an earlier run, where the outcome is from there.
    """

    entry: Entry
    submission: Submission | None = None
    outcome: Outcome | None = None
    reason: str = ""
    key: Key | None = None


def our_fault(error: Exception | str) -> str:
    """The reason that names an error in our own code."""
    what = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return f"the grader failed on it ({what}); please report this"
