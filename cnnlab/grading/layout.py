"""Find the assignment's source and the class's folders, and say what is wrong when they are not
there.
"""

import difflib
import stat
from dataclasses import dataclass
from pathlib import Path

import cnnlab
from cnnlab.errors import UsageError
from cnnlab.grading.intake import one_line

SOURCES = ("solutions", "source")
EXPECTED = "expected DIR/<student>/<assignment>/<notebook>.ipynb"


@dataclass(frozen=True)
class Entry:
    """One student's folder; ``reason`` is set where the assignment is not in it."""

    student: str
    folder: Path
    reason: str = ""
    submitted: bool = True


def find_source(assignment: str, course: Path | None) -> Path:
    """The folder of the teacher's notebook for this assignment.

    Looked for under ``course``, or else where you stand and above, then in the clone that cnnlab
    was installed from. The folder is called ``solutions`` here, and ``source`` in other nbgrader
    courses.

    Raises
    ------
    UsageError
        When there are no solutions at all, or none for this assignment; known ones are named.
    """
    places = _sources(course)
    if not places:
        where = f"in {course}" if course else "here, and the installed package carries none"
        raise UsageError(
            f"there are no solutions/ {where}. Grading needs the teacher's notebooks: "
            f"get a clone of the course and pass it with --course CLONE"
        )
    known = {
        path.name: path
        for place in reversed(places)
        for path in place.iterdir()
        if any(path.glob("*.ipynb"))
    }
    if assignment in known:
        return known[assignment]
    near = difflib.get_close_matches(assignment, known, 1, 0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    names = ", ".join(sorted(known)) or f"none in {places[0]}"
    raise UsageError(f"unknown assignment {one_line(assignment, 60)!r}; {hint}Known: {names}")


def _sources(course: Path | None) -> list[Path]:
    here = Path.cwd()
    roots = (
        [course] if course else [here, *here.parents, Path(cnnlab.__file__).resolve().parents[1]]
    )
    return [root / name for root in roots for name in SOURCES if (root / name).is_dir()]


def find_class(submitted: Path, assignment: str) -> list[Entry]:
    """The students' folders in ``submitted``, in the order of their names.

    Raises
    ------
    UsageError
        When this is not a class in nbgrader's layout; the message says what was found.
    """
    if not submitted.is_dir():
        what = "is not a folder" if submitted.exists() else "does not exist"
        raise UsageError(f"{submitted} {what}; {EXPECTED}")
    students = [
        path
        for path in sorted(submitted.iterdir())
        if not path.name.startswith(".") and _is_folder(path)
    ]
    entries = [_entry(path, assignment) for path in students]
    if not any(entry.submitted for entry in entries):
        found = _what_is_there(submitted, students, assignment)
        raise UsageError(f"nothing to grade in {submitted}: {found}. {EXPECTED}")
    return entries


def _is_folder(path: Path) -> bool:
    """A folder, or a link that stands for one: the link gets its line and is not followed."""
    return stat.S_ISDIR(path.lstat().st_mode) or path.is_symlink()


def _entry(path: Path, assignment: str) -> Entry:
    folder = path / assignment
    try:
        path.name.encode()
    except UnicodeEncodeError:
        name = path.name.encode("utf-8", "replace").decode()
        return Entry(name, folder, "the name of this folder is not UTF-8 text; rename it")
    if path.is_symlink():
        return Entry(
            path.name,
            folder,
            f"{one_line(path.name, 60)} is a symbolic link; put the folder itself there",
        )
    if folder.is_dir() or folder.is_symlink() or folder.exists():
        return Entry(path.name, folder)
    names = [p.name for p in path.iterdir() if p.is_dir()]
    near = difflib.get_close_matches(assignment.lower(), [name.lower() for name in names], 1, 0.8)
    if near:
        found = next(name for name in names if name.lower() == near[0])
        return Entry(
            path.name, folder, f"no folder {assignment}; there is {one_line(found, 60)}: rename it"
        )
    if any(path.glob("*.ipynb")):
        return Entry(
            path.name, folder, f"the notebook lies outside a folder {assignment}; move it into one"
        )
    return Entry(path.name, folder, f"nothing submitted for {assignment}", submitted=False)


def _what_is_there(submitted: Path, students: list[Path], assignment: str) -> str:
    if not any(submitted.iterdir()):
        return "it is empty"
    if any(submitted.glob("*.ipynb")):
        return "the notebooks lie in it without folders"
    if submitted / assignment in students:
        if any((submitted / assignment).glob("*.ipynb")):
            return "this is the folder of one student; pass the folder above it"
        return f"this is {assignment}/<student>, the wrong way round"
    if any(submitted.glob(f"*/*/{assignment}")):
        return "the students' folders lie one level deeper"
    return f"no folder holds {assignment}"
