"""The student's own copy of the course: made, brought up to date, never overwritten.

A course folder holds ``notebooks/`` and ``exercises/`` as a release printed them, and a small
record, ``.cnnlab/course.json``, with the SHA-256 of each file as it was delivered. A file whose
bytes still equal its record was never touched, and may be renewed; every other file belongs to the
student.
`docs/decisions/0002-student-folder.md` gives the reasons.
"""

import errno
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import cnnlab
from cnnlab.errors import EnvironmentProblem, UsageError
from cnnlab.files import write_bytes, write_text

PARTS = ("notebooks", "exercises")
DEFAULT_NAME = "cnnlab-course"
RECORD = Path(".cnnlab", "course.json")
FORMAT = 1
# What file managers and JupyterLab leave behind; no one's work.
_LITTER = {"thumbs.db", "desktop.ini", "__pycache__"}


@dataclass
class Update:
    """What one update did. Names are relative to the folder, with forward slashes."""

    folder: Path
    added: list[str] = field(default_factory=list)
    """New files, never here before."""
    restored: list[str] = field(default_factory=list)
    """Files that were delivered once, were deleted, and are back."""
    renewed: list[str] = field(default_factory=list)
    """Untouched files that this release replaced by its own version."""
    kept: list[str] = field(default_factory=list)
    """The student's files, left alone although this release has another version."""
    newer: str = ""
    """The release that filled the folder, where it is newer than this one: nothing was done."""
    record_lost: bool = False
    """The record was missing or unreadable, and was made anew from the files."""


def course_root() -> Path:
    """The folder that holds the course's ``notebooks/`` and ``exercises/``.

    An installed wheel carries them beside this file; an editable install uses the clone's own.

    Raises: EnvironmentProblem if neither has a lesson.
    """
    package = Path(cnnlab.__file__).resolve().parent
    for root in (package / "_course", package.parent):
        if any((root / "notebooks").glob("*.ipynb")):
            return root
    raise EnvironmentProblem(
        f"the course's notebooks are missing beside {package}; install cnnlab again, "
        "or run 'make build' in a clone"
    )


def course_files(course: Path) -> dict[str, Path]:
    """Every file of the course by its name relative to the course, in reading order."""
    found = {}
    for part in PARTS:
        for path in sorted((course / part).rglob("*")):
            name = path.relative_to(course)
            hidden = any(piece.startswith(".") or piece in _LITTER for piece in name.parts)
            if path.is_file() and not hidden:
                found[name.as_posix()] = path
    return found


def first_lesson(folder: Path) -> str:
    """The name of the lesson to open first, relative to ``folder``."""
    lessons = sorted((folder / "notebooks").glob("*.ipynb"))
    if not lessons:
        raise EnvironmentProblem(f"{folder / 'notebooks'} holds no notebook; was it moved away?")
    return lessons[0].relative_to(folder).as_posix()


def find_folder(start: Path) -> Path:
    """The course folder that ``start`` lies in; else ``cnnlab-course`` inside ``start``."""
    for folder in (start, *start.parents):
        if (folder / RECORD).is_file():
            return folder
    return start / DEFAULT_NAME


def update(folder: Path, course: Path | None = None) -> Update:
    """Put the course into ``folder``, or bring a course folder up to date.

    New and deleted files are put there, untouched ones renewed; what the student changed stays as
    it is. Each write goes to a file beside its target and is then renamed, so that a crash leaves
    every file either old or new.

    Raises: UsageError for a folder that is not the course's; EnvironmentProblem where it cannot be
    written.
    """
    course = course or course_root()
    try:
        return _update(folder, course)
    except OSError as error:
        raise EnvironmentProblem(_explain(error, folder)) from error


def fresh_copy(folder: Path, name: str, course: Path | None = None) -> Path:
    """Put this release's version of one notebook beside the student's own; return its path.

    ``name`` is a file of the course ("notebooks/01_pixels.ipynb"), or its last part with or without
    the ending ("01_pixels"), where that names one file only.

    Raises: UsageError for a name that is no file of the course, or more than one.
    """
    files = course_files(course or course_root())
    if not (folder / RECORD).is_file():
        raise UsageError(f"{folder} is not a course folder; 'cnnlab lab {folder}' makes one")
    chosen = _find(name, files)
    target = folder / chosen
    number = 1
    while os.path.lexists(target):
        ending = "-fresh" if number == 1 else f"-fresh-{number}"
        target = folder / Path(chosen).with_stem(Path(chosen).stem + ending)
        number += 1
    data = files[chosen].read_bytes()
    try:
        record, _ = _read_record(folder)
        mine = folder / chosen
        untouched = mine.is_file() and _digest(mine.read_bytes()) == record["files"].get(chosen)
        write_bytes(target, data)
        if not untouched:
            # This version has reached the student: no more reminders of it.
            record["files"][chosen] = _digest(data)
            _write_record(folder, record)
    except OSError as error:
        raise EnvironmentProblem(_explain(error, folder)) from error
    return target


def _update(folder: Path, course: Path) -> Update:
    files = course_files(course)
    _refuse_foreign(folder, course, files)
    done = Update(folder)
    record, done.record_lost = _read_record(folder)
    if _version(record["release"]) > _version(cnnlab.__version__):
        done.newer = record["release"]
        return done
    # The record comes first: a crash right after it leaves a folder that a second start knows, and
    # a folder that cannot be written is found out before JupyterLab opens.
    _write_record(folder, record)
    delivered = record["files"]
    for name, source in files.items():
        data = source.read_bytes()
        if _deliver(folder / name, name, data, delivered, done):
            delivered[name] = _digest(data)
    record["release"] = cnnlab.__version__
    _write_record(folder, record)
    return done


def _deliver(target: Path, name: str, data: bytes, delivered: dict[str, str], done: Update) -> bool:
    """Put one file in place where that loses nothing. True if the folder now holds ``data``."""
    if not os.path.lexists(target):
        write_bytes(target, data)
        (done.restored if name in delivered else done.added).append(name)
        return True
    mine = _digest(target.read_bytes()) if target.is_file() else ""
    if mine == _digest(data):
        return True
    if mine and mine == delivered.get(name):
        write_bytes(target, data)
        done.renewed.append(name)
        return True
    # After a fresh copy the record names this release: the student has this version already.
    if delivered.get(name) != _digest(data):
        done.kept.append(name)
    return False


def _refuse_foreign(folder: Path, course: Path, files: dict[str, Path]) -> None:
    """Stop where ``folder`` is something other than a course folder, or an empty place for one."""
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise UsageError(f"{place} is a file; name a folder: cnnlab lab {place}-course")
    if not folder.exists() or (folder / RECORD).is_file():
        return
    elsewhere = f"name a new or an empty folder: cnnlab lab {folder / DEFAULT_NAME}"
    if folder.resolve() == course.resolve():
        raise UsageError(f"{folder} is the course itself, not a student's copy; {elsewhere}")
    content = [p.name for p in sorted(folder.iterdir()) if not _is_litter(p.name)]
    ours = set(content) <= set(PARTS) and any((folder / name).is_file() for name in files)
    if content and not ours:
        shown = ", ".join(content[:3]) + (", ..." if len(content) > 3 else "")
        raise UsageError(f"{folder} holds other things ({shown}); {elsewhere}")


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name.lower() in _LITTER


def _find(name: str, files: dict[str, Path]) -> str:
    wanted = name.replace("\\", "/")
    if wanted in files:
        return wanted
    matches = [f for f in files if wanted in (Path(f).name, Path(f).stem)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise UsageError(f"'{name}' names {len(matches)} files; say which: {', '.join(matches)}")
    known = ", ".join(sorted({Path(f).stem for f in files if f.endswith(".ipynb")}))
    raise UsageError(f"the course has no file '{name}'; it has {known}")


def _read_record(folder: Path) -> tuple[dict, bool]:
    """The record, and whether an existing folder had none that can be read."""
    path = folder / RECORD
    blank = {"format": FORMAT, "release": "0", "files": {}}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        files = record["files"]
        if not all(isinstance(item, str) for item in [record["release"], *files, *files.values()]):
            raise TypeError("the record holds something other than text")
    except FileNotFoundError:
        return blank, any((folder / part).exists() for part in PARTS)
    except (ValueError, KeyError, TypeError, AttributeError):
        return blank, True
    return {"format": FORMAT, "release": record["release"], "files": dict(files)}, False


def _write_record(folder: Path, record: dict) -> None:
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    write_text(folder / RECORD, text)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _version(release: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", release)]


def _explain(error: OSError, folder: Path) -> str:
    """One line for a folder that cannot be written: what, why, what to do."""
    place = error.filename or folder
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} may not be written; choose a folder of your own: cnnlab lab FOLDER"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full at {folder}; make room and start again (nothing was lost)"
    return f"{place} cannot be used ({error.strerror}); nothing was lost: choose another folder"
