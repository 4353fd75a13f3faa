"""Before a class is graded: do the tests tell right work from none, and does the judge hold?

The teacher's solution has to earn every point. The untouched notebook earns none, and so do a few
notebooks that try to be given points without an answer.
"""

import ast
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from itertools import takewhile
from typing import Any

from cnnlab.errors import EnvironmentProblem, NotebookError
from cnnlab.grading.journal import Journal
from cnnlab.grading.manifest import as_submission, calibrate
from cnnlab.grading.model import (
    ExecutionProblem,
    Item,
    Limits,
    Manifest,
    Outcome,
    Submission,
    SubmittedCell,
)
from cnnlab.grading.pool import GraderFault, Pool
from cnnlab.grading.record import Key, work_hash
from cnnlab.grading.scoring import score


def checked(
    journal: Journal,
    key: Key,
    pool: Pool,
    manifest: Manifest,
    solution: dict[str, Any],
    limits: Limits,
) -> Manifest:
    """The manifest with what the solution's run teaches; remembered until ``key`` changes.

    Raises
    ------
    NotebookError
        When the solution does not earn everything, or a notebook without an answer earns something.
    EnvironmentProblem
        When they cannot be run.
    """
    if (partial := journal.ready(key)) is not None:
        cells = (replace(cell, partial=cell.grade_id in partial) for cell in manifest.cells)
        return replace(manifest, cells=tuple(cells))
    own = as_submission(solution, manifest)
    trials = {what: _Trial(work, key) for what, work in worthless(own, manifest).items()}
    first = _Trial(own, key)
    for trial in (first, *trials.values()):
        trial.begin(journal, pool, manifest, limits)
    manifest = calibrate(manifest, first.outcome)
    first.keep(journal)
    for what, trial in trials.items():
        outcome = trial.outcome  # how a test gives its points was not known when it ran
        items = score(manifest, trial.work, outcome.steps, outcome.ran)
        _must_earn_nothing(what, items, manifest)
        trial.keep(journal)
    journal.set_ready(key, [cell.grade_id for cell in manifest.cells if cell.partial])
    return manifest


class _Trial:
    """One of the teacher's own notebooks. A run that is cut short need not repeat it."""

    def __init__(self, work: Submission, key: Key) -> None:
        self.work = work
        # Apart from students' work: these points were given before the manifest was calibrated.
        self._key = replace(key, work=f"trial {work_hash(work)}")
        self._known: Outcome | None = None
        self._future: Future[Outcome] | None = None

    def begin(self, journal: Journal, pool: Pool, manifest: Manifest, limits: Limits) -> None:
        self._known = journal.outcome(self._key)
        if self._known is None:
            self._future = pool.submit(self.work, manifest, limits)

    @property
    def outcome(self) -> Outcome:
        if self._known is None:
            assert self._future is not None
            self._known = _result(self._future)
        return self._known

    def keep(self, journal: Journal) -> None:
        """Only what was right: what failed may have failed by chance, and is tried again."""
        if self._future is not None:
            journal.keep(self._key, self.outcome)


EQUALS_ALL = """\
class Anything:
    def __init__(self, *args, **names): pass
    def __getattr__(self, name): return Anything()
    def __call__(self, *args, **names): return Anything()
    def __eq__(self, other): return True
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __ne__(self, other): return False
    def __bool__(self): return True
    def __hash__(self): return 0
    def __iter__(self): return iter(())
    def __float__(self): return 1.0
    def __int__(self): return 1
    __index__ = __len__ = __int__
    def __array__(self, *args, **names): return Anything()
    __add__ = __sub__ = __mul__ = __truediv__ = __getitem__ = __abs__ = __neg__ = __call__
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __array_function__ = __array_ufunc__ = __call__
"""
PATCHES = """\
import unittest
import numpy, numpy.testing
yes, nothing = (lambda *args, **names: True), (lambda *args, **names: None)
for module in (numpy.testing, unittest.TestCase):
    for name in dir(module):
        if name.startswith("assert"):
            setattr(module, name, nothing)
for name in ("allclose", "array_equal", "isclose"):
    setattr(numpy, name, yes)
def answer(*args, **names): return float("nan")
"""
ENDS = "import os\nos._exit(0)"


def worthless(own: Submission, manifest: Manifest) -> dict[str, Submission]:
    """Notebooks without a single answer, each with its description for the teacher.

    ``own`` is the solution as a submission.
    """
    empty, patched, equal = (
        tuple(replace(cell, source=_source(cell, manifest, value)) for cell in own.cells)
        for value in ("", "answer", "Anything()")
    )
    # Behind the opening, which a warm process has run already.
    place = sum(1 for _ in takewhile(lambda cell: _is_opening(cell, manifest), own.cells))
    cells = {
        "the notebook as students get it": empty,
        "a notebook that ends its process": _with(ENDS, empty, place),
        "a notebook that changes NumPy": _with(PATCHES, patched, place),
        "a notebook whose answers equal everything": _with(EQUALS_ALL, equal, place),
    }
    return {
        what: replace(own, student=f"canary-{number}", cells=kind)
        for number, (what, kind) in enumerate(cells.items())
    }


def _is_opening(own: SubmittedCell, manifest: Manifest) -> bool:
    cell = manifest.cell(own.grade_id)
    return own.cell_type != "code" or (cell is not None and cell.role == "locked")


def _with(source: str, cells: tuple[SubmittedCell, ...], place: int) -> tuple[SubmittedCell, ...]:
    return (*cells[:place], SubmittedCell("code", source), *cells[place:])


def _source(own: SubmittedCell, manifest: Manifest, value: str) -> str:
    """The cell as students get it; of an answer, with ``value`` for all that the teacher binds."""
    cell = manifest.cell(own.grade_id)
    if cell is None:
        return own.source
    answer = value and cell.role == "solution" and cell.cell_type == "code"
    names = dict.fromkeys(_bound(own.source)) if answer else {}
    return "\n".join(f"{name} = {value}" for name in names) or cell.visible


def _bound(source: str) -> Iterator[str]:
    """The names that a cell binds at its top level."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):  # a line of IPython's own: this cell stays empty
        return
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        for part in ast.walk(node) if isinstance(node, ast.Assign | ast.AnnAssign) else ():
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                yield part.id


def _must_earn_nothing(what: str, items: tuple[Item, ...], manifest: Manifest) -> None:
    tests = {cell.grade_id for cell in manifest.cells if cell.role == "test"}
    for item in items:
        if item.grade_id in tests and item.points:
            raise NotebookError(
                f"{manifest.assignment}: {what} earns {item.points:g} of {item.of:g} points in "
                f"test cell {item.grade_id}. Mend the test, then grade"
            )


def _result(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except (ExecutionProblem, GraderFault) as error:
        raise EnvironmentProblem(f"the assignment could not be tried out: {error}") from error
