"""Many executions side by side: worker processes that may die, hang or be stopped.

Each worker is served by a thread and a pipe of its own, so the end of one is nobody else's. It is
spawned, never forked: the grader has threads and an open database.
"""

import gc
import math
import multiprocessing
import os
import select
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from cnnlab.grading.model import ExecutionProblem, Executor, Limits, Manifest, Outcome, Submission

RETRIES = 2
START_SECONDS = 60.0
GRACE_SECONDS = 30.0
END_SECONDS = 5.0
LOOK_SECONDS = 0.1
EACH = 8
"""About so many submissions are graded in the time that a worker takes to start."""


class Pool(Protocol):
    """Runs `Executor.execute` elsewhere, and again when a machine fails. Called by one thread."""

    @property
    def slots(self) -> int:
        """How many submissions it wants at hand, so that no worker waits."""
        ...

    def start(self, submissions: int) -> None:
        """Make workers ready for about so many; the first submission finds them running."""
        ...

    def submit(self, submission: Submission, manifest: Manifest, limits: Limits) -> Future[Outcome]:
        """Run one submission.

        The future raises `ExecutionProblem` when this failed `RETRIES` more times for no fault of
        the student's, and `GraderFault` for an error in our own code.
        """
        ...

    def stop(self) -> None:
        """End everything now; open futures end in `ExecutionProblem`. May be called again."""
        ...

    def close(self) -> None:
        """Let go of the workers, when nothing is under way any more."""
        ...


MakePool = Callable[[Executor, int], Pool]


class GraderFault(Exception):
    """An error in the grader's own code, told as one line."""


def deadline(limits: Limits) -> float:
    """Seconds after which a worker that has not answered is taken for hung."""
    return limits.total_seconds + limits.start_seconds + GRACE_SECONDS


@dataclass(frozen=True)
class Task:
    """One submission on its way through the pool."""

    submission: Submission
    manifest: Manifest
    limits: Limits
    future: Future[Outcome] = field(default_factory=Future)


class LocalPool:
    """Worker processes on this machine, each with an executor that it keeps warm."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self.slots = 2 * workers
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._stopped = threading.Event()
        self._executor, self._workers = executor, workers
        self._threads: list[threading.Thread] = []
        self._given = 0

    def start(self, submissions: int) -> None:
        """One for each `EACH`: on few cores a second one slows down the start of the first."""
        for k in range(len(self._threads), min(self._workers, math.ceil(submissions / EACH))):
            thread = threading.Thread(target=self._serve, daemon=True, name=f"worker {k}")
            self._threads.append(thread)
            thread.start()

    def submit(self, submission: Submission, manifest: Manifest, limits: Limits) -> Future[Outcome]:
        self._given += 1
        self.start(max(1, self._given // 2))  # where more come than were told
        task = Task(submission, manifest, limits)
        self._tasks.put(task)
        return task.future

    def stop(self) -> None:
        self._stopped.set()
        with suppress(Empty):
            while True:
                if task := self._tasks.get_nowait():
                    task.future.set_exception(ExecutionProblem("the grader was stopped"))
        self.close()

    def close(self) -> None:
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """Give one worker its tasks until there are no more."""
        # A Ctrl-C that reaches a process before it has a session of its own would end it loudly.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        with closing(Worker(self._executor, self._stopped)) as worker:
            with suppress(ExecutionProblem):  # it is tried again when there is work
                worker.start()
            while (task := self._tasks.get()) is not None:
                try:
                    task.future.set_result(self._attempts(worker, task))
                except Exception as error:
                    task.future.set_exception(error)

    def _attempts(self, worker: "Worker", task: Task) -> Outcome:
        problem = ExecutionProblem("the grader was stopped")
        for _ in range(1 + RETRIES):
            if self._stopped.is_set():
                break
            try:
                return worker.run(task)
            except ExecutionProblem as error:
                problem = error
        raise problem


class Worker:
    """The grader's end of one worker process. Started when needed, replaced when it is lost."""

    def __init__(self, executor: Executor, stopped: threading.Event) -> None:
        self._executor, self._stopped = executor, stopped
        self._process: Any = None
        self._pipe: Connection
        self._scratch: TemporaryDirectory[str] | None = None
        self._manifest: Manifest | None = None

    def run(self, task: Task) -> Outcome:
        """Have it run. A worker that is lost on the way is an `ExecutionProblem`."""
        self.start()
        try:
            manifest = None if task.manifest is self._manifest else task.manifest
            self._pipe.send((task.submission, manifest, task.limits))
            self._manifest = task.manifest
            kind, value = self._receive(deadline(task.limits))
        except (EOFError, OSError) as error:
            raise self._lost(error) from error
        if kind == "problem":
            raise ExecutionProblem(value)
        if kind == "fault":
            raise GraderFault(value)
        return value

    def start(self) -> None:
        """Start the process, if there is none."""
        if self._process is not None:
            return
        context = multiprocessing.get_context("spawn")
        try:
            # Ours, so that one that is killed leaves nothing behind.
            self._scratch = TemporaryDirectory(prefix="cnnlab-", ignore_cleanup_errors=True)
            self._pipe, theirs = context.Pipe()
            with theirs:
                words = (theirs, self._executor, self._scratch.name)
                process = context.Process(target=_work, args=words)
                process.start()
                self._process = process
            self._receive(START_SECONDS)
        except (EOFError, OSError) as error:
            raise self._lost(error) from error

    def _lost(self, error: Exception) -> ExecutionProblem:
        self.close()
        return ExecutionProblem(str(error) or "a worker process was lost")

    def _receive(self, seconds: float) -> tuple[str, Any]:
        """The next message; none in time, or the worker's end, is an `OSError`."""
        end = time.monotonic() + seconds
        while not wait([self._pipe], LOOK_SECONDS):
            if self._stopped.is_set():
                raise OSError("the grader was stopped")
            if not self._process.is_alive():
                raise EOFError
            if time.monotonic() > end:
                raise OSError(f"a worker process gave no answer within {seconds:g} s")
        rescue = threading.Timer(GRACE_SECONDS, self._process.kill)  # it may stop half-way
        rescue.start()
        try:
            return self._pipe.recv()
        finally:
            rescue.cancel()

    def close(self) -> None:
        """End the process. It sees its pipe close, and has some seconds to end what it runs."""
        if self._process is not None:
            self._pipe.close()
            self._process.join(END_SECONDS)
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = self._manifest = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def _work(pipe: Connection, executor: Executor, scratch: str) -> None:
    """The worker process: one submission after the other, until the pipe closes.

    What it writes on the way goes into ``scratch``, which it removes if the grader cannot.
    """
    tempfile.tempdir = scratch
    os.setsid()  # the terminal's Ctrl-C is for the grader, which then ends us
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    busy = threading.Event()
    threading.Thread(target=_end_with, args=(pipe, executor, busy, scratch), daemon=True).start()
    with closing(executor), suppress(EOFError, OSError):
        with suppress(Exception):  # where it is needed, its error will be told
            executor.prepare()
        pipe.send(("ready", None))
        gc.freeze()  # modules stay: no collection need look at them
        manifest: Manifest | None = None
        while True:
            submission, new, limits = pipe.recv()
            manifest = new or manifest
            assert manifest is not None
            busy.set()
            answer = _answer(executor, submission, manifest, limits)
            busy.clear()
            pipe.send(answer)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)  # the grader waits for us, and to take down what was imported takes a while


def _answer(
    executor: Executor, submission: Submission, manifest: Manifest, limits: Limits
) -> tuple[str, Any]:
    try:
        return "outcome", executor.execute(submission, manifest, limits)
    except ExecutionProblem as problem:
        return "problem", str(problem)
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"


def _end_with(pipe: Connection, executor: Executor, busy: threading.Event, scratch: str) -> None:
    """Wait until the grader closes the pipe or is gone; then end what runs, and this process."""
    grader = select.poll()
    grader.register(pipe.fileno(), 0)  # 0: a hang-up alone, which is always told
    grader.poll()
    if busy.is_set():
        executor.stop()
    time.sleep(END_SECONDS)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)
