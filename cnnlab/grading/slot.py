"""What runs in a Dask worker: a process of `pool` for each of its threads, and who it is."""

import asyncio
import hashlib
import multiprocessing
import platform
import threading
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

import cnnlab
from cnnlab.grading.model import ExecutionProblem, Executor, Limits, Manifest, Outcome, Submission
from cnnlab.grading.pool import GraderFault, Task, Worker


@dataclass(frozen=True)
class About:
    """What must be the same wherever one class is graded."""

    cnnlab: str
    sources: str
    python: str
    numpy: str


@dataclass(frozen=True)
class Call:
    """What every task of one run carries: its name, who asks, and the executor to use."""

    run: str
    expected: About
    executor: Executor


@dataclass
class Slot:
    """The worker process of one thread, and the run that it serves."""

    run: str
    worker: Worker
    stopped: threading.Event
    busy: threading.Lock = field(default_factory=threading.Lock)


_slots: dict[int, Slot] = {}
_able: dict[str, str] = {}


@lru_cache(maxsize=1)
def about() -> About:
    """This machine's cnnlab. Marks depend on every line of it, so its sources are compared."""
    digest = hashlib.sha256()
    package = Path(cnnlab.__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes() + b"\0")
    sources = digest.hexdigest()[:12]
    python = ".".join(platform.python_version_tuple()[:2])
    return About(cnnlab.__version__, sources, python, np.__version__)


async def objection(call: Call) -> str:
    """Why this machine may not take part in a run; empty where it may. Asked of every worker."""
    return await asyncio.to_thread(_objection, call)


def _objection(call: Call) -> str:
    for name, wanted in vars(call.expected).items():
        here = getattr(about(), name)
        if here != wanted:
            return f"it has {name} {here}, and the caller {wanted}; install the same there"
    level = call.executor.level
    if level not in _able:
        _able[level] = _unable(call.executor)
    return _able[level]


def _unable(executor: Executor) -> str:
    """Why student code cannot be run here as safely as the caller says."""
    try_out = getattr(executor, "try_out", None)
    if try_out is None:
        return ""
    try:
        with closing(executor):
            try_out()
    except (ExecutionProblem, OSError) as problem:
        return f"level {executor.level[0]} does not work there: {problem}"
    return ""


def run(
    call: Call, manifest: Manifest, submission: Submission, limits: Limits
) -> tuple[str, Outcome | str]:
    """Run one submission in this thread's process.

    An error of our own is told, not raised: Dask would try it again elsewhere.
    """
    if reason := _objection(call):
        raise ExecutionProblem(reason)
    slot = _slot(call)
    try:
        with slot.busy:
            return "outcome", slot.worker.run(Task(submission, manifest, limits))
    except GraderFault as fault:
        return "fault", str(fault)


def _slot(call: Call) -> Slot:
    """The process of this thread. One that served another run is let go."""
    thread = threading.get_ident()
    slot = _slots.get(thread)
    if slot is None or slot.run != call.run:
        if slot is not None:
            slot.worker.close()
        # A nanny marks its worker as a daemon, which may not have children. Ours end with their
        # pipe, however the worker ends.
        multiprocessing.current_process().daemon = False
        stopped = threading.Event()
        slot = _slots[thread] = Slot(call.run, Worker(call.executor, stopped), stopped)
    return slot


async def end(run: str) -> None:
    """End what is under way for this run, and its processes."""
    await asyncio.to_thread(_end, run)


def _end(run: str) -> None:
    for thread, slot in list(_slots.items()):
        if slot.run == run:
            slot.stopped.set()
            with slot.busy:
                slot.worker.close()
            _slots.pop(thread, None)


def same(value: Any) -> Any:
    """The value. As a task it can be made again on another worker when one is lost."""
    return value
