"""The folder that grading writes into: nbgrader's layout, and a lock against a second grader."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.files import write_text

CONFIG_FILE = "nbgrader_config.py"
CONFIG = """\
# Lets nbgrader's own tools (formgrader, export, generate_feedback) work in this folder.
c = get_config()
c.CourseDirectory.source_directory = {source!r}
c.CourseDirectory.submitted_directory = {submitted!r}
"""


@contextmanager
def opened(output: Path, submitted: Path, source: Path) -> Iterator[None]:
    """Make the folder ready and hold it for this process alone.

    Raises
    ------
    UsageError
        When the folder lies among the submissions, where it would be taken for a student.
    EnvironmentProblem
        When it cannot be written, or another grader holds it.
    """
    if output == submitted or submitted in output.parents:
        raise UsageError(
            f"--output {output} lies inside the submissions; choose a folder outside of {submitted}"
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / ".lock").open("a")
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write to {output} ({error.strerror}); choose another --output"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise EnvironmentProblem(
                f"another `cnnlab grade` is writing to {output}; "
                f"wait for it, or pass another --output"
            ) from error
        if not (output / CONFIG_FILE).exists():
            text = CONFIG.format(source=str(source.parent), submitted=str(submitted))
            write_text(output / CONFIG_FILE, text)
        yield
