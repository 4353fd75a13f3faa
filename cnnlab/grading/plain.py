"""Run a submission in a process of its own, with limits and no sandbox.

Each submission gets a fresh Python process, session and process group, a scratch folder, a short
list of environment variables, and the limits of `model.Limits`. When time is up a cell is
interrupted; if that does not help, the whole group is killed and the notebook starts over without
that cell.

What this does not do: student code runs as the user who grades. It can read what that user can
read, and could write its own verdict. `docs/grading.md` says so, and the grader prints `LEVEL`.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

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
from cnnlab.grading.process import Fatal, Plain, Start, Worker
from cnnlab.grading.scoring import score

LEVEL = "C: plain process with time limits, no sandbox; grade only work you trust"
RESTARTS = 3
FATAL = "fatal"


class PlainProcess:
    """The executor of this module; one instance may serve several threads."""

    level = LEVEL
    start: Start = Plain

    def __init__(self) -> None:
        self._running: set[Worker] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def __setstate__(self, _: dict[str, Any]) -> None:
        self.__init__()  # type: ignore[misc]

    def execute(self, submission: Submission, manifest: Manifest, limits: Limits) -> Outcome:
        """Run the submission and score it; see `model.Executor`."""
        steps, notes = assemble(submission, manifest)
        files = (*submission.files, *manifest.files)
        ran, ended = self._run(steps, files, limits)
        items = score(manifest, submission, steps, ran)
        return Outcome(steps, ran, items, (*submission.notes, *notes, *ended), self.level)

    def stop(self) -> None:
        """Kill every worker; what is being executed ends in `ExecutionProblem`."""
        with self._lock:
            self._stopped = True
            for worker in self._running:
                worker.kill()

    def close(self) -> None:
        """Nothing is kept between two submissions."""

    def _run(
        self, steps: tuple[Step, ...], files: tuple[File, ...], limits: Limits
    ) -> tuple[tuple[Ran, ...], list[str]]:
        """Run all steps. A step that takes the process with it is left out of the next attempt.

        Also returns why we ended a process ourselves, each reason once.
        """
        results: dict[int, Ran] = {}
        ended: dict[str, None] = {}
        deadline = time.monotonic() + limits.total_seconds
        for _ in range(RESTARTS + 1):
            with self._worker(limits, files, deadline) as worker:
                complete = self._attempt(worker, steps, results)
                ended |= dict.fromkeys(filter(None, [worker.running.why]))
                if complete:
                    break
        ran = tuple(results.get(k, _unreached(step)) for k, step in enumerate(steps))
        return ran, list(ended)

    def _attempt(self, worker: Worker, steps: tuple[Step, ...], results: dict[int, Ran]) -> bool:
        """One pass through the notebook; False when a step killed the worker."""
        for k, step in enumerate(steps):
            done = k in results and (step.kind == "test" or results[k].error == FATAL)
            if done or step.kind == "text":
                continue
            try:
                result = _run_test(worker, step) if step.kind == "test" else worker.run(step)
            except Fatal as error:
                if self._stopped:
                    raise ExecutionProblem("the grader was stopped") from error
                results[k] = Ran(error.status, error=FATAL)
                return error.status == "skipped"
            results.setdefault(k, result)
        return True

    @contextmanager
    def _worker(self, limits: Limits, files: tuple[File, ...], deadline: float) -> Iterator[Worker]:
        with Worker(limits, files, deadline, self.start) as worker:
            with self._lock:
                if self._stopped:
                    raise ExecutionProblem("the grader was stopped")
                self._running.add(worker)
            try:
                yield worker
            finally:
                with self._lock:
                    self._running.discard(worker)


def _run_test(worker: Worker, step: Step) -> Ran:
    """Run a test. Of one with a hidden part, only what its open part shows alone is kept."""
    if step.shown == step.source:
        return worker.run(step)
    seen = worker.run(replace(step, source=step.shown))
    if seen.status == "timeout":
        return seen
    return replace(worker.run(step), outputs=seen.outputs)


def _unreached(step: Step) -> Ran:
    return Ran("ok") if step.kind == "text" else Ran("skipped")
