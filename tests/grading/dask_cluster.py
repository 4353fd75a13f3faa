"""Dask's own scheduler and workers, started as a person starts them, each a process."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 60
QUIET = ["--no-dashboard"]


class Cluster:
    """A scheduler, and workers to add and to kill."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.workers = []
        words = ["scheduler", "--port", "0", "--host", "127.0.0.1", *QUIET]
        self.scheduler = self._start("scheduler", *words, "--scheduler-file", str(self.file))
        self.address = _waited_for(self._address, self.scheduler)

    def add(self, *words, source=None):
        """One more worker; it is there when this returns. ``source``: where its cnnlab lies."""
        name = f"worker-{len(self.workers)}"
        place = ["--local-directory", str(self.folder), "--name", name]
        command = ["worker", self.address, *QUIET, *place, *words]
        process = self._start(name, *command, source=source)
        self.workers.append(process)
        log = self.folder / f"{name}.log"
        _waited_for(lambda: "Registered to" in log.read_text(), process)
        return process

    def kill(self, process):
        """As when the machine of a worker goes down: it, its nanny and all of theirs, at once."""
        with_children = [*_descendants(process.pid), process.pid]
        for pid in with_children:
            os.kill(pid, signal.SIGKILL)
        process.wait()

    def _address(self):
        with suppress(OSError, ValueError):  # not written yet, or half of it
            return json.loads(self.file.read_text())["address"]
        return ""

    def _start(self, name, *words, source=None):
        log = (self.folder / f"{name}.log").open("w")
        environment = dict(os.environ)
        if source:
            environment["PYTHONPATH"] = str(source)
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=environment,
            )

    def stop(self):
        for process in [*self.workers, self.scheduler]:
            if process.poll() is None:
                self.kill(process)


@contextmanager
def cluster(folder):
    running = Cluster(folder)
    try:
        yield running
    finally:
        running.stop()


def _waited_for(condition, process):
    end = time.monotonic() + START_SECONDS
    while not (found := condition()):
        assert process.poll() is None, f"it ended with {process.returncode}"
        assert time.monotonic() < end, "it did not come up"
        time.sleep(0.05)
    return found


def _descendants(pid):
    """The processes below this one, deepest last."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def slots_below(process):
    """How many of our worker processes are below this one; each has a session of its own."""
    found = 0
    for pid in _descendants(process.pid):
        with suppress(OSError):
            found += os.getsid(pid) == pid
    return found
