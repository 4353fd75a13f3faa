"""Find the teacher's notebook and the class's folders, or say what lies there instead."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

import cnnlab
from cnnlab.errors import UsageError
from cnnlab.grading.beside import is_archive
from cnnlab.grading.folder import is_notebook, one_line, short

SOURCES = ("solutions", "source")
EXPECTED = "expected DIR/<student>/<assignment>/<notebook>.ipynb"
STUDENT = re.compile(r"[A-Za-z0-9._@-]{1,64}")


@dataclass(frozen=True)
class Entry:
    """One student's folder; ``reason`` is set where the assignment is not in it.

    Where ``named`` is false, ``student`` is what was found instead of a student's id: it may be
    shown, but nothing may be called after it.
    """

    student: str
    folder: Path
    reason: str = ""
    submitted: bool = True
    named: bool = True


def is_student(name: str) -> bool:
    """May this be a student's id? It becomes the name of files and stands in pages.

    >>> is_student("ada.l@example-1"), is_student(".."), is_student("a/b"), is_student("<b>")
    (True, False, False, False)
    """
    return STUDENT.fullmatch(name) is not None and name not in (".", "..")


def find_source(assignment: str, course: Path | None) -> Path:
    """The folder of the teacher's notebook for this assignment.

    Looked for in ``course``, or else where you stand, above it, and in the clone that cnnlab was
    installed from: the first place with ``solutions/`` (or nbgrader's own ``source/``) counts.

    Raises
    ------
    UsageError
        When there are no solutions at all, or none for this assignment; known ones are named.
    """
    clone = Path(cnnlab.__file__).resolve().parents[1]
    roots = [course] if course else [Path.cwd(), *Path.cwd().parents, clone]
    place = next((r / name for r in roots for name in SOURCES if (r / name).is_dir()), None)
    if place is None:
        where = f"in {course}" if course else "here, and the installed package carries none"
        raise UsageError(
            f"there are no solutions/ {where}. Grading needs the teacher's notebooks: "
            f"get a clone of the course and pass it with --course CLONE"
        )
    known = _assignments(place)
    if assignment in known:
        return place / assignment
    near = difflib.get_close_matches(assignment, known, 1, 0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    names = ", ".join(known) or f"none in {place}"
    raise UsageError(f"unknown assignment {one_line(assignment, 60)!r}; {hint}Known: {names}")


def _assignments(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if any(path.glob("*.ipynb")))


def find_class(submitted: Path, source: Path) -> list[Entry]:
    """The students' folders in ``submitted``, in the order of their names.

    Raises
    ------
    UsageError
        When this is not a class in nbgrader's layout; the message says what was found.
    """
    if not submitted.is_dir():
        what = "is not a folder" if submitted.exists() else "does not exist"
        raise UsageError(f"{submitted} {what}; {EXPECTED}")
    try:
        names = [path for path in sorted(submitted.iterdir()) if not path.name.startswith(".")]
    except OSError as error:
        raise UsageError(f"{submitted} cannot be read: {error.strerror}") from error
    students = [path for path in names if path.is_dir() or path.is_symlink()]
    others = set(_assignments(source.parent)) - {source.name}
    entries = [_entry(path, source.name, others) for path in students]
    entries += [_loose(path, source.name) for path in names if _belongs_in_a_folder(path)]
    if all(entry.reason for entry in entries):
        found = _what_is_there(submitted, entries, source.name)
        raise UsageError(f"nothing to grade in {submitted}: {found}. {EXPECTED}")
    return entries


def _entry(path: Path, assignment: str, others: set[str]) -> Entry:
    """One student's folder, or what is wrong with it. A link gets its line and is not followed."""
    name, folder = short(path.name), path / assignment
    if not is_student(path.name):
        reason = (
            "this folder's name cannot be a student's id; rename it: "
            "1 to 64 of A-Z, a-z, 0-9 and . _ @ -"
        )
        return Entry(name, folder, reason, named=False)
    if path.is_symlink():
        return Entry(name, folder, "the folder is a symbolic link; put the folder itself there")
    try:
        inside = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        return Entry(name, folder, f"the folder cannot be read: {error.strerror}")
    if assignment in inside:
        return Entry(name, folder)
    folders = {entry.lower(): entry for entry in inside if (path / entry).is_dir()}
    near = difflib.get_close_matches(assignment.lower(), folders, 1, 0.8)
    if near and (found := folders[near[0]]) not in others:
        reason = f"no folder {assignment}; there is {one_line(found, 60)}: rename it"
        return Entry(name, folder, reason)
    if any(entry.endswith(".ipynb") for entry in inside):
        reason = f"the notebook lies outside a folder {assignment}; move it into one"
        return Entry(name, folder, reason)
    return Entry(name, folder, f"nothing submitted for {assignment}", submitted=False)


def _belongs_in_a_folder(path: Path) -> bool:
    return not path.is_dir() and (is_archive(path.name) or is_notebook(path.name))


def _loose(path: Path, assignment: str) -> Entry:
    """Work that lies beside the students' folders: no folder says whose it is."""
    todo = "unpack it into" if is_archive(path.name) else "move it into"
    what = "an archive, which is not opened" if is_archive(path.name) else "not in a folder"
    return Entry(
        short(path.name), path, f"this is {what}; {todo} <student>/{assignment}/", named=False
    )


def _what_is_there(submitted: Path, entries: list[Entry], assignment: str) -> str:
    if not any(submitted.iterdir()):
        return "it is empty"
    if any(submitted.glob("*.ipynb")):
        return "the notebooks lie in it without folders"
    if any((submitted / assignment).glob("*.ipynb")):
        return "this is the folder of one student; pass the folder above it"
    if (submitted / assignment).is_dir():
        return f"this is {assignment}/<student>, the wrong way round"
    if any(submitted.glob(f"*/*/{assignment}")):
        return "the students' folders lie one level deeper"
    nearly = [f" ({entry.student}: {entry.reason})" for entry in entries if entry.submitted]
    return f"no folder holds {assignment}" + "".join(nearly[:1])
