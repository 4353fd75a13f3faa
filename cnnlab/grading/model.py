"""What the parts of the grader hand to each other: plain values, no third-party type."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["solution", "test", "locked", "written", "task"]
CellType = Literal["code", "markdown", "raw"]
StepKind = Literal["student", "locked", "test", "text"]
RanStatus = Literal["ok", "error", "timeout", "died", "skipped"]
Verdict = Literal["passed", "partly", "failed", "unscored", "blank", "manual"]
File = tuple[str, bytes]


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times are wall-clock seconds.

    Memory and tasks (processes and threads) count for all processes together in a sandbox; without
    one, memory counts for each process and tasks are not counted.
    """

    cell_seconds: float = 30.0
    total_seconds: float = 300.0
    start_seconds: float = 60.0
    memory_bytes: int = 2 * 2**30
    tasks: int = 64
    file_bytes: int = 100 * 2**20
    text_chars: int = 100_000
    rich_chars: int = 5_000_000


@dataclass(frozen=True)
class Cell:
    """One cell that nbgrader knows, as the teacher wrote it.

    ``source`` is what runs: for a test, with its hidden part. ``visible`` is what students were
    given. A solution is never kept: for such a cell both are the empty cell of the released
    notebook.
    """

    grade_id: str
    role: Role
    cell_type: CellType
    source: str
    visible: str
    points: float = 0.0
    partial: bool = False
    metadata: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def graded(self) -> bool:
        """Does this cell carry points?"""
        return self.role in ("test", "written", "task") or bool(self.metadata.get("grade"))

    @property
    def ours(self) -> bool:
        """Does the text come from the teacher, whatever a student's copy says?"""
        return self.role in ("test", "locked", "task")

    @property
    def by_hand(self) -> bool:
        """Does a person give the points?"""
        return self.graded and self.role != "test"


@dataclass(frozen=True)
class Manifest:
    """An assignment as the grader needs it, pinned by the hash of the teacher's folder."""

    assignment: str
    notebook: str
    cells: tuple[Cell, ...]
    sha256: str
    files: tuple[File, ...] = ()
    kernelspec: dict[str, Any] = field(default_factory=dict, compare=False)

    def cell(self, grade_id: str | None) -> Cell | None:
        """The cell of that name, or None."""
        return next((cell for cell in self.cells if cell.grade_id == grade_id), None)

    @property
    def graded(self) -> tuple[Cell, ...]:
        """The cells that carry points, in the order of the notebook."""
        return tuple(cell for cell in self.cells if cell.graded)


@dataclass(frozen=True)
class SubmittedCell:
    """What is kept of a student's cell: its kind, its text, its name. Outputs and the rest are
    dropped.
    """

    cell_type: CellType
    source: str
    grade_id: str | None = None


@dataclass(frozen=True)
class Submission:
    """A student's notebook after intake.

    ``flags`` say in one line each why a person should look at what was handed in.
    """

    student: str
    cells: tuple[SubmittedCell, ...]
    sha256: str
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    timestamp: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One cell in the order of running. ``source`` runs, ``shown`` may be shown to the student."""

    kind: StepKind
    cell_type: CellType
    source: str
    shown: str
    grade_id: str | None = None


@dataclass(frozen=True)
class Ran:
    """What came of one step.

    ``outputs`` may be shown to the student: of a test, they are what its open part shows.

    ``value`` is what a test's last line gave: a number, None for nothing, or the name of another
    type. ``error`` names the exception, ``place`` the student's line that raised it. ``missed``
    says why a call of the student's functions gave no answer, where one did not.
    """

    status: RanStatus
    outputs: tuple[dict[str, Any], ...] = ()
    value: float | str | None = None
    error: str = ""
    place: str = ""
    missed: RanStatus | None = None


@dataclass(frozen=True)
class Item:
    """The result of one graded cell. ``points`` is None where a person must decide.

    ``mistake`` names a known wrong idea, as in "correlate2d.turned", where a check recognised one.
    ``hint`` and ``says`` are the check's own words: labels with sentences.
    """

    grade_id: str
    of: float
    points: float | None
    verdict: Verdict
    message: str = ""
    mistake: str = ""
    hint: str = ""
    says: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Everything that one execution of one submission has shown.

    ``flags`` say in one line each why a person should look at the work; they cost no points.
    """

    steps: tuple[Step, ...]
    ran: tuple[Ran, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...]
    level: str
    flags: tuple[str, ...] = ()


class ExecutionProblem(Exception):
    """The grader's side failed, not the student's: no mark may follow from it."""


class Executor(Protocol):
    """Where student code runs. `execute` is a pure function of its three arguments.

    An executor can be pickled before its first use, to be sent to a worker process.
    """

    level: str

    def execute(self, submission: Submission, manifest: Manifest, limits: Limits) -> Outcome:
        """Run one submission; raise `ExecutionProblem` for a fault of our own."""
        ...

    def prepare(self) -> None:
        """Start what the first submission will probably need, while there is time for it."""
        ...

    def stop(self) -> None:
        """End everything that still runs; what is being executed ends in `ExecutionProblem`."""
        ...

    def close(self) -> None:
        """Let go of what is kept warm between two submissions. It may be used again after that."""
        ...
