"""How far a student has come, over all exercises.

What the checks said is read from two places, the newer of which counts: the saved outputs of the
notebooks in the student's course folder, and a small file that ``cnnlab check`` writes there.
Nothing is sent anywhere. docs/decisions/0008-progress.md gives the reasons.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cnnlab import workspace
from cnnlab.checks.notebook import Found, read_notebook, saved, tasks_of
from cnnlab.errors import NotebookError
from cnnlab.files import write_text

FILE = Path(".cnnlab", "progress.json")
FORMAT = 1


@dataclass(frozen=True)
class State:
    """What is known of one function: passed or not, the mistake, and since when."""

    passed: bool
    mistake: str
    when: datetime


@dataclass(frozen=True)
class Exercise:
    """An exercise of the course and its functions, in order."""

    name: str
    tasks: tuple[str, ...]


def exercises() -> list[Exercise]:
    """The exercises that this release of the course has."""
    found = []
    for path in sorted((workspace.course_root() / "exercises").glob("*/*.ipynb")):
        tasks = tasks_of(read_notebook(path))
        if tasks:
            found.append(Exercise(path.stem, tuple(tasks)))
    return found


def exercise_of(path: Path) -> Exercise | None:
    """The exercise that a notebook is a copy of, by its name."""
    fitting = [e for e in exercises() if path.stem.startswith(e.name)]
    return max(fitting, key=lambda e: len(e.name), default=None)


def folder_of(place: Path) -> Path | None:
    """The student's course folder that a file or folder lies in, if it does."""
    folder = workspace.find_folder(place.resolve())
    return folder if (folder / workspace.RECORD).is_file() else None


def states(folder: Path) -> dict[str, State]:
    """What is known of each function, from the notebooks and the file of a course folder."""
    found = _read(folder)
    for path in sorted((folder / "exercises").rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        try:
            said = saved(read_notebook(path))
        except NotebookError:
            continue  # a broken notebook tells nothing; `cnnlab check` says what is wrong with it
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for task, one in said.items():
            if task not in found or found[task].when < when:
                found[task] = State(one.passed, one.mistake, when)
    return found


def keep(folder: Path, found: Iterable[Found]) -> None:
    """Write down what the checks said just now."""
    now = datetime.now(UTC)
    kept = _read(folder) | {one.task: State(one.passed, one.mistake, now) for one in found}
    functions = {
        task: {"passed": s.passed, "mistake": s.mistake, "when": s.when.isoformat()}
        for task, s in kept.items()
    }
    record = {"format": FORMAT, "functions": functions}
    write_text(folder / FILE, json.dumps(record, indent=1, sort_keys=True) + "\n")


def forget(folder: Path) -> bool:
    """Delete the file of `keep`; False if there is none."""
    there = (folder / FILE).is_file()
    (folder / FILE).unlink(missing_ok=True)
    return there


def _read(folder: Path) -> dict[str, State]:
    try:
        record = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {
            str(task): State(
                bool(s["passed"]), str(s["mistake"]), datetime.fromisoformat(s["when"])
            )
            for task, s in record["functions"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # a file that cannot be read costs the memory, not the work
