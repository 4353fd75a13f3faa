"""Count what all processes of a sandbox use together, and end it when that is too much.

The kernel's own limits count for one process (memory) or for one user over all sandboxes
(processes), and processes of root not at all.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

PERIOD_SECONDS = 0.1
PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Supervisor:
    """Watches one process and its descendants in a thread of its own."""

    def __init__(self, pid: int, tasks: int, memory_bytes: int, kill: Callable[[], None]) -> None:
        self.why = ""
        self._pid, self._tasks, self._memory, self._kill = pid, tasks, memory_bytes, kill
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="supervise")
        self._thread.start()

    def close(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(PERIOD_SECONDS):
            if why := self._excess():
                self.why = why
                self._kill()
                return

    def _excess(self) -> str:
        pids = list(descendants(self._pid))
        if sum(map(_tasks_of, pids)) > self._tasks:
            return f"ended: more than {self._tasks} processes and threads at once"
        # What they share counts once; that takes long to find out, and is seldom in question.
        if sum(map(_resident, pids)) > self._memory and sum(map(_memory_of, pids)) > self._memory:
            return f"ended: more than {self._memory // 2**20} MB of memory in all"
        return ""


def descendants(pid: int) -> Iterator[int]:
    """This process and all below it, as far as they can be seen now."""
    todo = [pid]
    while todo:
        pid = todo.pop()
        yield pid
        with suppress(OSError):
            for task in (PROC / str(pid) / "task").iterdir():
                with suppress(OSError):
                    todo += map(int, (task / "children").read_text().split())


def _tasks_of(pid: int) -> int:
    """The threads of a process; none when it is gone."""
    with suppress(OSError):
        return sum(1 for _ in (PROC / str(pid) / "task").iterdir())
    return 0


def _resident(pid: int) -> int:
    """The bytes that a process has in memory, those that it shares included."""
    with suppress(OSError):
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    return 0


def _memory_of(pid: int) -> int:
    """What a process holds, pages shared by a fork counted once in all.

    An ordinary user may not look that closely; then each process counts in full.
    """
    with suppress(OSError, StopIteration):
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
        return next(
            int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")
        )
    with suppress(OSError):
        lines = (PROC / str(pid) / "status").read_text().splitlines()
        held = (line.split() for line in lines if line.startswith(("RssAnon:", "RssShmem:")))
        return sum(int(words[1]) * 1024 for words in held)
    return 0
