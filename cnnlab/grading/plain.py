"""Run a submission in a process of its own, with limits and no sandbox, and judge it from outside.

Each submission gets a fresh Python process, session and process group, a scratch folder, a short
list of environment variables, and the limits of `model.Limits`. When time is up a cell is
interrupted; if that does not help, the whole group is killed and the notebook starts over without
that cell. Tests run in this process (`judge`); only values cross.

What this does not do: student code runs as the user who grades. It can read what that user can
read, and change it. `docs/grading.md` says so, and the grader prints `LEVEL`.
"""

import shutil
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from cnnlab.grading.model import (
    ExecutionProblem,
    File,
    Limits,
    Manifest,
    Outcome,
    Ran,
    Step,
    Submission,
)
from cnnlab.grading.plan import assemble
from cnnlab.grading.process import UNNAMED, Fatal, Plain, Session, Start
from cnnlab.grading.review import flags
from cnnlab.grading.scoring import score
from cnnlab.grading.student_build import begin, finish, handed_out

if TYPE_CHECKING:
    from cnnlab.grading.judge import Judge

LEVEL = "C: plain process with time limits, no sandbox; grade only work you trust"
RESTARTS = 6
FATAL = "fatal"


class StudentPackage:
    """The package as student code finds it, in a folder that goes with this object.

    Until `finish` only what starts a process is there.
    """

    def __init__(self, manifest: Manifest, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted
        self.folder = Path(mkdtemp(prefix="cnnlab-"))
        self.close = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        begin(self.folder)
        self.finish = partial(finish, self.folder, manifest.cells)


class PlainProcess:
    """The executor of this module. It runs one submission at a time, whoever asks."""

    level = LEVEL
    soon: tuple[str, ...] = ("cnnlab.grading.judge",)
    """What is loaded before the first submission is there."""

    def __init__(self) -> None:
        self._running: Session | None = None
        self._judge: Judge | None = None
        self._one_at_a_time = threading.Lock()
        self._package: StudentPackage | None = None
        self._opening: tuple[str, ...] = ()
        self._lock = threading.Lock()
        self._stopped = False

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def __setstate__(self, _: dict[str, Any]) -> None:
        self.__init__()  # type: ignore[misc]

    @property
    def start(self) -> Start:
        """How a student's process is started here."""
        package = self._package
        return Plain if package is None else partial(Plain, package=package.folder)

    def execute(self, submission: Submission, manifest: Manifest, limits: Limits) -> Outcome:
        """Run the submission and score it; see `model.Executor`."""
        steps, notes = assemble(submission, manifest)
        files = (*submission.files, *manifest.files)
        with self._one_at_a_time:
            if self._judge is None or not self._judge.judges(manifest):
                from cnnlab.grading.judge import Judge  # and NumPy: not where nothing is run

                self._judge = Judge(manifest)
            self._hand_out(manifest)
            self._opening = _opening(steps) if not files else ()
            ran, ended = self._run(steps, files, limits, self._judge)
        items = score(manifest, submission, steps, ran)
        every = (*submission.notes, *notes, *ended)
        seen = (*submission.flags, *flags(submission, manifest))
        return Outcome(steps, ran, items, every, self.level, seen)

    def _hand_out(self, manifest: Manifest) -> None:
        """Have the package ready as students of this assignment may use it."""
        wanted = _handed_out(manifest)
        if self._package is None or self._package.wanted != wanted:
            self.close()
            self._package = StudentPackage(manifest, wanted)
            self._package.finish()

    def prepare(self) -> None:
        """Load what every submission needs here."""
        for name in self.soon:
            import_module(name)

    def stop(self) -> None:
        """Kill what runs; what is being executed ends in `ExecutionProblem`."""
        with self._lock:
            self._stopped = True
            if self._running is not None:
                self._running.kill()

    def close(self) -> None:
        """Let go of what is kept between two submissions."""
        if self._package is not None:
            self._package.close()
            self._package = None

    def _run(
        self, steps: tuple[Step, ...], files: tuple[File, ...], limits: Limits, judge: "Judge"
    ) -> tuple[tuple[Ran, ...], list[str]]:
        """Run all steps. A cell that takes the process with it twice is left out after that.

        Once may be the fault of a busy machine. A test is tried again only where a cell is to blame
        for its end (`_blamed`), which is left out then.

        Also returns why we ended a process ourselves, each reason once, and how often we had to.
        """
        results: dict[int, Ran] = {}
        ended: dict[str, None] = {}
        fatal: set[int] = set()
        deadline = time.monotonic() + limits.total_seconds
        again = 0
        while again <= RESTARTS:
            with self._session(limits, files, deadline) as session:
                complete = self._attempt(session, judge, steps, results, fatal)
                ended |= dict.fromkeys(filter(None, [session.running.why]))
                if complete:
                    break
            again += 1
        again = min(again, RESTARTS)
        times = "once" if again == 1 else f"{again} times"
        ended |= {f"started over {times}": None} if again else {}
        ran = tuple(results.get(k, _unreached(step)) for k, step in enumerate(steps))
        return ran, list(ended)

    def _attempt(
        self,
        session: Session,
        judge: "Judge",
        steps: tuple[Step, ...],
        results: dict[int, Ran],
        fatal: set[int],
    ) -> bool:
        """One pass through the notebook; False when a step killed the student's process."""
        places = _places(steps)
        for k, step in enumerate(steps):
            done = k in results and (step.kind == "test" or results[k].error == FATAL)
            if done or step.kind == "text":
                continue
            try:
                result = (
                    judge.test(step, session, places) if step.kind == "test" else session.run(step)
                )
            except Fatal as error:
                if self._stopped:
                    raise ExecutionProblem("the grader was stopped") from error
                starved = step.kind == "test" and error.ran is None and error.starved
                if starved and _blamed(steps, results):
                    return False
                if step.kind == "test" or k in fatal or error.status == "skipped":
                    results[k] = error.ran or Ran(error.status, error=FATAL)
                fatal.add(k)
                return error.status == "skipped"
            results.setdefault(k, result)
        return True

    @contextmanager
    def _session(
        self, limits: Limits, files: tuple[File, ...], deadline: float
    ) -> Iterator[Session]:
        with Session(limits, files, deadline, self.start) as session:
            with self._lock:
                if self._stopped:
                    raise ExecutionProblem("the grader was stopped")
                self._running = session
            try:
                yield session
            finally:
                with self._lock:
                    self._running = None


def _blamed(steps: tuple[Step, ...], results: dict[int, Ran]) -> bool:
    """Leave out the cells that ran out of time: what they left running can starve a test."""
    late = [
        k
        for k, ran in results.items()
        if steps[k].kind != "test" and ran.status == "timeout" and ran.error != FATAL
    ]
    for k in late:
        results[k] = replace(results[k], error=FATAL)
    return bool(late)


@lru_cache(maxsize=4)
def _handed_out(manifest: Manifest) -> tuple[str, ...]:
    return tuple(handed_out(manifest.cells))


def _opening(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The teacher's cells that come before any of the student's and before any test."""
    code = (step for step in steps if step.kind != "text")
    return tuple(step.source for step in takewhile(lambda step: step.kind == "locked", code))


def _places(steps: tuple[Step, ...]) -> dict[str, int]:
    """The student's cells by the names that a message may give them, with their last line."""
    places: dict[str, int] = {}
    for step in steps:
        if step.kind == "student":
            name = step.grade_id or UNNAMED
            places[name] = max(places.get(name, 0), step.source.count("\n") + 1)
    return places


def _unreached(step: Step) -> Ran:
    return Ran("ok") if step.kind == "text" else Ran("skipped")
