"""Two programs timed in turn, so that a busy machine slows both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], object]

SPIN_SECONDS = 0.25  # OpenBLAS workers spin this long after a product and would slow PyTorch


@dataclass(frozen=True)
class Timing:
    """Seconds of one call: the best of ours, the best of theirs, the median ratio of the pairs."""

    ours: float
    theirs: float | None = None
    ratio: float | None = None


def clock(threads: int) -> Callable[[], float]:
    """Processor time for one thread, which other programs do not lengthen; else the wall's."""
    return time.process_time if threads == 1 else time.perf_counter


def side_by_side(
    ours: Run, theirs: Run | None, *, rounds: int, seconds: float, threads: int
) -> Timing:
    """Time both in turn, ``rounds`` times, each turn about ``seconds`` long."""
    now = clock(threads)
    our_calls = _calls_for(seconds, ours)
    if theirs is None:
        return Timing(min(_seconds_of(ours, our_calls, now) for _ in range(rounds)))
    their_calls = _calls_for(seconds, theirs)
    pairs = []
    for _ in range(rounds):
        our_time = _seconds_of(ours, our_calls, now)
        if threads > 1:
            time.sleep(SPIN_SECONDS)
        pairs.append((our_time, _seconds_of(theirs, their_calls, now)))
    return Timing(
        ours=min(a for a, _ in pairs),
        theirs=min(b for _, b in pairs),
        ratio=statistics.median(a / b for a, b in pairs),
    )


def _calls_for(seconds: float, run: Run) -> int:
    """How many calls fill ``seconds``; the first call is not counted, it warms the caches up."""
    run()
    start = time.perf_counter()
    run()
    return max(1, round(seconds / max(time.perf_counter() - start, 1e-7)))


def _seconds_of(run: Run, calls: int, now: Callable[[], float]) -> float:
    start = now()
    for _ in range(calls):
        run()
    return (now() - start) / calls
