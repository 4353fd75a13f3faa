"""What ``cnnlab grade`` and ``cnnlab regrade`` share: options, and a job made of them."""

import gc
import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnlab.errors import EnvironmentProblem

if TYPE_CHECKING:
    from cnnlab.grading.job import Job
    from cnnlab.grading.model import Executor
    from cnnlab.grading.pool import MakePool

STOPPED = 130
folder = click.Path(path_type=Path)

output = click.option(
    "--output",
    metavar="DIR",
    type=folder,
    default=Path("cnnlab-grades"),
    show_default=True,
    help="Gradebook, feedback pages and CSV go here; one folder for all assignments.",
)
gradebook = click.option(
    "--gradebook",
    metavar="URL",
    default="",
    help="nbgrader's database, as postgresql://USER@HOST/NAME. Default: a file in the output "
    "folder.",
)
OPTIONS = (
    output,
    click.option(
        "--course", metavar="DIR", type=folder, help="A clone of the course, for its solutions/."
    ),
    click.option(
        "--time-limit",
        metavar="S",
        type=click.FloatRange(min=0.1),
        default=30.0,
        show_default=True,
        help="Seconds that one cell may run; a whole submission gets ten times that.",
    ),
    click.option(
        "--memory-limit",
        metavar="MB",
        type=click.IntRange(min=256),
        default=2048,
        show_default=True,
        help="Memory that one submission may use.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        help="Submissions run side by side. Default: one a core.",
    ),
    gradebook,
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="Run the submissions on a Dask cluster, as tcp://HOST:8786, not on this machine.",
    ),
    click.option(
        "--wait",
        is_flag=True,
        help="Wait for another grader that writes to the same folder, instead of giving up.",
    ),
    click.option(
        "--unsafe-no-sandbox",
        "unsafe",
        is_flag=True,
        help="Run student code in a plain process, as you. Only for work that you trust.",
    ),
)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what running submissions needs to know."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def prepared(
    assignment: str, submitted: Path, output: Path, **words: Any
) -> "tuple[Job, Executor, MakePool]":
    """The job, the executor and where it runs; the level is told on standard error."""
    from cnnlab.grading.levels import choose

    job = job_of(assignment, submitted, output, **words)
    # nbgrader takes a second to load; meanwhile the sandbox is tried out.
    threading.Thread(target=_load).start()
    executor = choose(words["unsafe"])
    tell(f"execution: {executor.level}")
    return job, executor, _pool(words["scheduler"])


def _load() -> None:
    """Load nbgrader. Its modules stay: no collection need look at them, now or later."""
    gc.disable()
    try:
        import_module("cnnlab.grading.clerk")
    finally:
        gc.freeze()
        gc.enable()


def job_of(assignment: str, submitted: Path, output: Path, **words: Any) -> "Job":
    """The job. Wrong words are told here, before anything slow is loaded."""
    from cnnlab.grading.job import Job
    from cnnlab.grading.layout import find_class, find_source
    from cnnlab.grading.model import Limits

    spare_start()
    course = words["course"]
    source = find_source(assignment, course.resolve() if course else None)
    find_class(submitted, source)
    return Job(
        assignment=assignment,
        submitted=submitted.resolve(),
        source=source,
        output=output.resolve(),
        limits=Limits(
            cell_seconds=words["time_limit"],
            total_seconds=10 * words["time_limit"],
            memory_bytes=words["memory_limit"] * 2**20,
        ),
        workers=words["workers"] or os.cpu_count() or 1,
        wait=words["wait"],
        gradebook=words["gradebook"],
    )


def _pool(scheduler: str) -> "MakePool":
    """Worker processes on this machine, or a cluster's."""
    if not scheduler:
        from cnnlab.grading.pool import LocalPool

        return LocalPool
    from cnnlab.grading.cluster import ClusterPool

    return partial(ClusterPool, address=scheduler)


def tell(line: str) -> None:
    """A line for the teacher, apart from what a command prints for other programs."""
    click.echo(line, err=True)


def spare_start() -> None:
    """Call it before nbgrader is loaded, whose start it halves.

    jsonschema, which nbgrader brings, would build a grammar of addresses, for checks that a
    notebook's schema does not ask for. Where that grammar is missing it goes on without.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def not_on_windows() -> None:
    """Raises EnvironmentProblem where student code cannot be run."""
    if sys.platform == "win32":
        raise EnvironmentProblem(
            "grading needs Linux or macOS; on Windows use the Windows Subsystem for Linux"
        )
