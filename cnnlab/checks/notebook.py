"""Check a whole notebook in a kernel of its own, without writing into it."""

import logging
import math
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnlab.checks.report import MIME
from cnnlab.errors import EnvironmentProblem, NotebookError

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

SECONDS_A_CELL = 60.0
GRACE = 5.0  # seconds in which an interrupted cell may end
CALLED = re.compile(r"^\s*check\.(\w+)\(", re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """What one check of a notebook said."""

    task: str
    passed: bool
    mistake: str
    text: str


@dataclass(frozen=True)
class Trouble:
    """A cell that stopped with an error, or was stopped: its number, its first line, why."""

    number: int
    line: str
    why: str


@dataclass
class Run:
    """A notebook's checks, the last of each function, and the cells that stopped."""

    found: dict[str, Found] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


def read_notebook(path: Path) -> "NotebookNode":
    """The notebook in a file.

    Raises: NotebookError where there is none, in a sentence for whoever wrote it.
    """
    import nbformat

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotebookError(f"{path} cannot be read: {_reason(error)}.") from error
    if not text.strip():
        raise NotebookError(f"{path} is empty. Save the notebook in JupyterLab, then check again.")
    try:
        whole = nbformat.reads(text, as_version=4)
        nbformat.validate(whole)
    except Exception as error:  # nbformat raises whatever its JSON schema library raises
        raise NotebookError(
            f"{path} is not a notebook: {_reason(error)}. Is it the .ipynb file, saved whole?"
        ) from error
    return whole


def tasks_of(whole: "NotebookNode") -> list[str]:
    """The functions that a notebook checks, in order."""
    code = "\n".join(cell.source for cell in whole.cells if cell.cell_type == "code")
    return list(dict.fromkeys(CALLED.findall(code)))


def saved(whole: "NotebookNode") -> dict[str, Found]:
    """What the checks said when the notebook was saved, from its outputs."""
    found: dict[str, Found] = {}
    for cell in whole.cells:
        for output in cell.get("outputs", []):
            found |= _found(output)
    return found


def run(path: Path, tasks: Iterable[str] = (), seconds: float = SECONDS_A_CELL) -> Run:
    """Run a copy of the notebook from the top, and collect what its checks say.

    ``tasks`` are checked at the end where the notebook does not check them itself, as when a
    student deleted the cell.
    """
    import nbformat

    whole = read_notebook(path)
    for cell in whole.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    left = [task for task in tasks if task not in tasks_of(whole)]
    if left:
        calls = [f"check.{task}()" for task in left]
        source = "\n".join(["from cnnlab.checks import check", *calls])
        whole.cells.append(nbformat.v4.new_code_cell(source))
    result = Run()
    try:
        _execute(whole, path.resolve().parent, seconds, result)
    except (OSError, RuntimeError) as error:
        raise EnvironmentProblem(f"Python could not be started for {path}: {error}") from error
    return result


def _execute(whole: "NotebookNode", folder: Path, seconds: float, result: Run) -> None:
    """Run the cells in order; stop where Python itself has ended, or cannot be stopped."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    quiet = logging.getLogger("cnnlab.checks.notebook")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    client = NotebookClient(
        whole,
        timeout=math.ceil(seconds),
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        log=quiet,
    )
    # What Python itself writes while it starts and ends is of no use to a student.
    with client.setup_kernel(stderr=subprocess.DEVNULL):
        for index, cell in enumerate(whole.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            try:
                client.execute_cell(cell, index)
            except CellTimeoutError:
                why = f"did not finish within {seconds:g} seconds"
                goes_on = _interrupted(client)
                if not goes_on:
                    why += " and could not be stopped; the cells after it were not run"
                result.troubles.append(Trouble(index + 1, _line(cell), why))
                if not goes_on:
                    return
            except DeadKernelError:
                why = "ended Python itself; the cells after it were not run"
                result.troubles.append(Trouble(index + 1, _line(cell), why))
                return
            _collect(result, index, cell)


def _interrupted(client: "NotebookClient") -> bool:
    """Interrupt a cell, as the stop button does; False if it goes on all the same."""
    from nbclient.util import run_sync

    manager: Any = client.km
    channels: Any = client.kc
    try:
        run_sync(manager.interrupt_kernel)()
        run_sync(channels.wait_for_ready)(timeout=GRACE)
    except RuntimeError:
        return False
    return True


def _collect(result: Run, index: int, cell: Any) -> None:
    for output in cell.outputs:
        result.found |= _found(output)
        if output.output_type == "error" and output.ename != "KeyboardInterrupt":
            why = f"stopped with {output.ename}: {output.evalue}".rstrip(": ")
            result.troubles.append(Trouble(index + 1, _line(cell), why.splitlines()[0]))


def _found(output: Any) -> dict[str, Found]:
    data = output.get("data", {})
    said = data.get(MIME)
    if not isinstance(said, dict) or not isinstance(said.get("task"), str):
        return {}
    task = said["task"]
    passed, mistake = bool(said.get("passed")), str(said.get("mistake", ""))
    return {task: Found(task, passed, mistake, str(data.get("text/plain", "")))}


def _line(cell: Any) -> str:
    lines = [line for line in cell.source.splitlines() if line.strip()]
    return str(lines[0].strip()) if lines else ""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
