"""Executions on a Dask cluster, behind the interface of `pool`.

Dask gives a submission to another worker when one is lost. What runs there is in `slot`.
"""

import logging
import threading
import time
import uuid
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading import slot
from cnnlab.grading.model import ExecutionProblem, Executor, Limits, Manifest, Outcome, Submission
from cnnlab.grading.pool import RETRIES, GraderFault

CONNECT_SECONDS = 15.0
ALONE_SECONDS = 60.0  # so long a cluster may be without any worker
LOOK_SECONDS = 2.0


class ClusterPool:
    """The workers of a Dask scheduler. Called by one thread, as every pool.

    Raises
    ------
    EnvironmentProblem
        When Dask is missing, nobody answers, there is no worker, or one of them would grade
        differently; the sentence names the remedy.
    """

    def __init__(self, executor: Executor, workers: int, *, address: str) -> None:
        self.address = address
        self.client = _connect(address)
        self._call = slot.Call(uuid.uuid4().hex, slot.about(), executor)
        self._open: dict[Any, Future[Outcome]] = {}
        self._manifest: Manifest | None = None
        self._sent: Any = None
        self._ended = threading.Event()
        try:
            self._check()
        except BaseException:
            self.client.close()
            raise
        self._threads = self._count()
        threading.Thread(target=self._watch, daemon=True, name="cluster").start()

    @property
    def slots(self) -> int:
        """Two for each thread of the cluster, which may grow and shrink."""
        return max(2, 2 * self._threads)

    def start(self, submissions: int) -> None:
        """Nothing to do: its workers run before we come."""

    def submit(self, submission: Submission, manifest: Manifest, limits: Limits) -> Future[Outcome]:
        ours: Future[Outcome] = Future()
        if self._ended.is_set():
            ours.set_exception(ExecutionProblem(f"the cluster at {self.address} was lost"))
            return ours
        if manifest is not self._manifest:
            self._manifest = manifest
            self._sent = self.client.submit(slot.same, manifest, pure=False)
        theirs = self.client.submit(
            slot.run, self._call, self._sent, submission, limits, pure=False, retries=RETRIES
        )
        self._open[theirs] = ours
        theirs.add_done_callback(self._done)
        return ours

    def stop(self) -> None:
        self._let_go(ExecutionProblem("the grader was stopped"))

    def close(self) -> None:
        self._let_go(ExecutionProblem("the grader has ended"))

    def _done(self, theirs: Any) -> None:
        """Hand on what came of a submission; Dask calls this in a thread of its own."""
        ours = self._open.pop(theirs, None)
        if ours is None:
            return
        try:
            kind, value = theirs.result()
        except ExecutionProblem as problem:
            ours.set_exception(problem)
        except BaseException as error:
            ours.set_exception(ExecutionProblem(_of_dask(error)))
        else:
            if kind == "fault":
                ours.set_exception(GraderFault(value))
            else:
                ours.set_result(value)

    def _let_go(self, problem: ExecutionProblem) -> None:
        """Cancel what is open, end our processes on the workers, and leave."""
        if self._ended.is_set():
            return
        self._ended.set()
        waiting, self._open = self._open, {}
        with suppress(Exception):  # what cannot be told to a lost cluster need not be
            self.client.cancel(list(waiting), force=True)
            self.client.run(slot.end, self._call.run)
        self.client.close()
        for ours in waiting.values():
            ours.set_exception(problem)

    def _check(self) -> None:
        """Every worker must grade as we would. Those that come later are asked in their tasks."""
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise EnvironmentProblem(
                f"the scheduler at {self.address} has no workers; "
                f"start some with: dask worker {self.address}"
            ) from error
        said = self.client.run(slot.objection, self._call, on_error="return")
        for worker, reason in said.items():
            if isinstance(reason, BaseException):
                reason = (
                    f"it cannot answer ({type(reason).__name__}: {reason}); install cnnlab there"
                )
            if reason:
                raise EnvironmentProblem(f"worker {worker} would not grade as you do: {reason}")

    def _count(self) -> int:
        return sum(self.client.nthreads().values())

    def _watch(self) -> None:
        """Look how large the cluster is; one that stays empty ends the run."""
        seen = time.monotonic()
        while not self._ended.wait(LOOK_SECONDS):
            with suppress(Exception):
                self._threads = self._count()
            if self._threads:
                seen = time.monotonic()
            elif time.monotonic() - seen > ALONE_SECONDS:
                self._let_go(ExecutionProblem(f"the cluster at {self.address} has no workers left"))


def _connect(address: str) -> Any:
    """A client of the scheduler."""
    try:
        from distributed import Client
    except ImportError as error:
        raise EnvironmentProblem(
            "grading on a cluster needs Dask; run: pip install 'cnnlab[cluster]'"
        ) from error
    logging.getLogger("distributed").setLevel(logging.ERROR)  # we say ourselves what is lost
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise EnvironmentProblem(
            f"no Dask scheduler answers at {address}; start one with: dask scheduler"
        ) from error


def _of_dask(error: BaseException) -> str:
    """What Dask says of a task that it has given up."""
    name = type(error).__name__
    if name == "KilledWorker":
        return "it ended several workers of the cluster"
    return f"the cluster gave it up ({name}: {str(error)[:200]})"
