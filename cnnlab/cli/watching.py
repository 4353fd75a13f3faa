"""How far long work is, how fast it goes, how long it still takes."""

import sys
import time
from collections import deque
from typing import Any

import click

WINDOW_SECONDS = 30.0
LINES = 20


class Progress:
    """A bar in a terminal, some twenty plain lines elsewhere.

    The rate is that of the last half minute: what was graded in an earlier run passes at once, and
    would promise an end that does not come.
    """

    def __init__(self, doing: str = "grading") -> None:
        self.doing, self.done = doing, 0
        self.bar: Any = None
        self.seen: deque[tuple[float, int]] = deque()

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` are done now; 0 starts the clock."""
        self.done = done
        rate = self._rate(done)
        if done == 0:
            return
        if sys.stderr.isatty():
            self._draw(done, total, rate)
        elif done == total or done % max(1, total // LINES) == 0:
            left = duration((total - done) / rate)
            click.echo(f"{done} of {total} done, {rate:.1f} a second, {left} left", err=True)

    def _rate(self, done: int) -> float:
        """How many a second, lately."""
        now = time.monotonic()
        if done == 0:
            self.seen.clear()
        self.seen.append((now, done))
        while len(self.seen) > 2 and self.seen[1][0] < now - WINDOW_SECONDS:
            self.seen.popleft()
        begin, before = self.seen[0]
        return max(done - before, 1e-9) / max(now - begin, 1e-3)

    def _draw(self, done: int, total: int, rate: float) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        if self.bar is None:
            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"))
            self.bar = Bar(self.doing, *columns, console=Console(stderr=True))
            self.bar.add_task(self.doing, total=total, speed="")
            self.bar.start()
        speed = f"{rate:.1f}/s, {duration((total - done) / rate)} left"
        self.bar.update(self.bar.task_ids[0], completed=done, speed=speed)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self.bar is not None:
            self.bar.stop()


def duration(seconds: float) -> str:
    """A time as people say it.

    >>> duration(42), duration(150), duration(8000)
    ('42 s', '2 min 30 s', '2 h 13 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
