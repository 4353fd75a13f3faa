"""The folder that grading writes into: nbgrader's layout, and a lock against a second grader."""

import fcntl
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.files import write_text
from cnnlab.grading.job import Say

CONFIG_FILE = "nbgrader_config.py"
CONFIG = """\
# Lets nbgrader's own tools (formgrader, export, generate_feedback) work in this folder.
c = get_config()
c.CourseDirectory.source_directory = {source!r}
c.CourseDirectory.submitted_directory = {submitted!r}
# Students' prose without scripts and addresses, also where the formgrader shows it.
c.HTMLExporter.filters = {{"markdown2html": "cnnlab.grading.clean.clean_markdown"}}
"""
ON_A_SERVER = """\
# The gradebook. Its password, if it has one, comes from ~/.pgpass or PGPASSWORD.
c.CourseDirectory.db_url = {url!r}
"""
FOLDERS = ("", "autograded", "feedback")
LOOK_SECONDS = 0.5


@contextmanager
def opened(
    output: Path,
    submitted: Path,
    source: Path,
    waiting: Say | None = None,
    gradebook: str = "",
) -> Iterator[None]:
    """Make the folder ready and hold it for this process alone.

    ``waiting`` is told once when another grader holds it, which is then waited for. ``gradebook``
    is its address, where it is not a file in the folder.

    Raises
    ------
    UsageError
        When the folder lies among the submissions, where it would be taken for a student.
    EnvironmentProblem
        When it cannot be written, or another grader holds it and nobody wants to wait.
    """
    if output == submitted or submitted in output.parents:
        raise UsageError(
            f"--output {output} lies inside the submissions; choose a folder outside of {submitted}"
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = (output / ".lock").open("a+")
    except OSError as error:
        raise _unwritable(output, error) from error
    with lock:
        _hold(lock, output, waiting)
        try:
            _try_to_write(output)
            if not (output / CONFIG_FILE).exists():
                write_text(output / CONFIG_FILE, _config(submitted, source, gradebook))
        except OSError as error:
            raise _unwritable(Path(error.filename or output), error) from error
        yield


def _config(submitted: Path, source: Path, gradebook: str) -> str:
    """What nbgrader's own commands need to know, without a password."""
    text = CONFIG.format(source=str(source.parent), submitted=str(submitted))
    if gradebook:
        from cnnlab.grading.database import without_password

        text += ON_A_SERVER.format(url=without_password(gradebook))
    return text


def _hold(lock: IO[str], output: Path, waiting: Say | None) -> None:
    """Lock the file and write into it who we are."""
    told = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except OSError as error:
            lock.seek(0)
            owner = lock.read(200).strip() or "unknown"
            if waiting is None:
                raise EnvironmentProblem(
                    f"another `cnnlab grade` ({owner}) is writing to {output}; "
                    f"wait for it (--wait), or pass another --output"
                ) from error
            if not told:
                waiting(f"waiting for another `cnnlab grade` ({owner}) that writes to {output}")
                told = True
            time.sleep(LOOK_SECONDS)
    lock.truncate(0)
    lock.write(f"process {os.getpid()} on {socket.gethostname()}\n")
    lock.flush()


def _try_to_write(output: Path) -> None:
    """Raise OSError now rather than after the first submission has run."""
    for folder in (output / name for name in FOLDERS):
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def _unwritable(path: Path, error: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(f"cannot write to {path} ({error.strerror}); choose another --output")
