"""Every group of measurements by name, and the rows that each one yields."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks import convolutions, learning, loops, memory, networks
from benchmarks.rows import Bar, Case, Row, geometric_mean
from benchmarks.timing import side_by_side
from cnnlab import nn


@dataclass(frozen=True)
class Settings:
    """What was asked for on the command line."""

    only: str = ""
    quick: bool = False
    mnist: str | None = None

    def wants(self, group: str, name: str = "") -> bool:
        return self.only.lower() in f"{group} {name}".lower()


Show = Callable[[str], None]
Measure = Callable[[Settings, int, Show], Iterable[Row]]

AGAINST_LOOPS = Bar(must=1 / 100, aim=1 / 300)


def _timed(group: str, case: Case, settings: Settings, threads: int, against: str) -> Row:
    rounds, seconds = (3, 0.05) if settings.quick else (9, 0.2)
    timing = side_by_side(case.ours, case.theirs, rounds=rounds, seconds=seconds, threads=threads)
    if timing.ratio is None or timing.theirs is None:
        return Row(group, case.name, timing.ours * 1e3, "ms")
    detail = f"{timing.ours * 1e3:.3g} / {timing.theirs * 1e3:.3g} ms"
    return Row(group, case.name, timing.ratio, against, detail, case.bar)


def _convolutions(group: str) -> Measure:
    def rows(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
        done = []
        for shape in convolutions.SHAPES:
            if settings.wants(group, shape.name):
                show(f"{group}: {shape.name}")
                case = convolutions.GROUPS[group](shape)
                done.append(_timed(group, case, settings, threads, "of PyTorch"))
                yield done[-1]
        if len(done) == len(convolutions.SHAPES) and done[0].unit == "of PyTorch":
            mean = geometric_mean(row.value for row in done)
            bar = convolutions.MEANS[group]
            yield Row(group, "geometric mean", mean, "of PyTorch", bar=bar)

    return rows


def _training(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
    group = "training step"
    for case in networks.cases():
        if settings.wants(group, case.name):
            show(f"{group}: {case.name}")
            yield _timed(group, case, settings, threads, "of PyTorch")


def _loops(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
    group, name = "against loops", "eight-filter net, batch 10"
    if not settings.wants(group, name):
        return
    show(f"{group}: {name}")
    images, labels = networks.batch_of_digits(10)
    network = nn.zoo.eight_filter_net(rng=0)
    slow = loops.LoopNetwork(
        network[0].weight[:, 0].astype(np.float64), network[3].weight, networks.LEARNING_RATE
    )
    case = Case(
        name,
        networks.our_step(networks.EIGHT, images, labels),
        lambda: slow.step(images[:, 0], labels),
        AGAINST_LOOPS,
    )
    row = _timed(group, case, settings, threads, "of the loops")
    yield Row(group, name, row.value, row.unit, f"{1 / row.value:.0f} times faster", row.bar)


def _memory(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
    """Threads do not change what NumPy allocates: measured once."""
    group = "peak memory"
    for shape in convolutions.SHAPES if threads == 1 else ():
        if settings.wants(group, shape.name):
            show(f"{group}: {shape.name}")
            for tier, run in convolutions.both_tiers(shape):
                peak = memory.peak_megabytes(run)
                yield Row(group, f"{tier} {shape.name}", peak, "MB", bar=memory.BAR)


def _learning(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
    group, name = "learning", "LeNet-5 on the offline digits to 98 %"
    if settings.wants(group, name):
        show(f"{group}: {name}")
        seconds, detail = learning.lenet_on_offline_digits()
        yield Row(group, name, seconds, "s", detail, learning.BAR)
    name = "eight-filter net, 8,000 MNIST digits, 3 epochs"
    if settings.mnist and settings.wants(group, name):
        show(f"{group}: {name}")
        seconds, detail = learning.eight_filters_on_mnist(settings.mnist)
        yield Row(group, name, seconds, "s", detail, learning.BAR)


GROUPS: dict[str, Measure] = {
    "training step": _training,
    "against loops": _loops,
    **{group: _convolutions(group) for group in convolutions.GROUPS},
    "peak memory": _memory,
    "learning": _learning,
}


def rows(settings: Settings, threads: int, show: Show) -> Iterator[Row]:
    """All rows that were asked for, as they are measured. The bars are meant for one thread."""
    for measure in GROUPS.values():
        for row in measure(settings, threads, show):
            yield row if threads == 1 else replace(row, bar=None)
