"""Read the plain files of a folder that somebody else has filled.

Links, pipes and devices are refused before they are opened. Every path is opened part by part
without following links, so that a part that is swapped for a link in the meantime leads nowhere.
"""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

NOTEBOOK_BYTES = 20 * 2**20
FOLDERS_DEEP = 8
ENTRIES = 5000
REASON_CHARS = 200
SKIPPED = {
    *("timestamp.txt", "Thumbs.db", "desktop.ini", "__MACOSX"),
    *("__pycache__", "node_modules", "venv"),
}
KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}
OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Refused(Exception):
    """A submission that cannot be graded. The reason is one line: the file, and the remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(one_line(reason))


def one_line(text: str, limit: int = REASON_CHARS) -> str:
    """The text in one printable line of at most ``limit`` characters.

    >>> one_line("two\\nlines")
    'two lines'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def short(name: str) -> str:
    """A file's name as it may stand in a reason."""
    return one_line(name.encode("utf-8", "replace").decode(), 60)


def short_list(names: list[str]) -> str:
    """The first two names, and how many more there are."""
    shown = ", ".join(short(name) for name in names[:2])
    return shown if len(names) <= 2 else f"{shown} and {len(names) - 2} more"


def is_notebook(name: str) -> bool:
    """Does the name say that this is a notebook?"""
    return name.lower().endswith(".ipynb")


@dataclass(frozen=True)
class Entry:
    """A plain file: where it lies below the folder, and how large it is said to be."""

    path: str
    size: int


class Folder:
    """An open folder. Use it in a ``with`` statement.

    Raises
    ------
    Refused
        When it is not a folder, or holds a link, a pipe or a device; the line names it.
    """

    def __init__(self, path: Path) -> None:
        name = short(path.name)
        try:
            status = path.lstat()
        except OSError as error:
            raise Refused(f"{name} cannot be read: {error.strerror}") from error
        if stat.S_ISLNK(status.st_mode):
            raise Refused(f"{name} is a symbolic link; submit the folder itself")
        if not stat.S_ISDIR(status.st_mode):
            raise Refused(f"{name} is not a folder; submit a folder with the notebook in it")
        self._descriptor = _open(str(path), None, name, os.O_DIRECTORY)

    def __enter__(self) -> "Folder":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def entries(self) -> tuple[list[Entry], bool]:
        """The plain files, and whether there were too many to look at.

        Hidden ones and what editors and systems leave behind do not count.
        """
        found: list[Entry] = []
        seen = 0
        walk = os.fwalk(".", dir_fd=self._descriptor, onerror=_unreadable)
        for parent, folders, names, descriptor in walk:
            at = "" if parent == "." else parent[2:] + "/"
            folders[:] = [name for name in folders if not _skipped(name)]
            for name in sorted(names, key=_notebooks_first) + sorted(folders):
                if _skipped(name):
                    continue
                if (seen := seen + 1) > ENTRIES:
                    return found, True
                status = _status(name, descriptor)
                if stat.S_ISREG(status.st_mode):
                    found.append(Entry(at + name, status.st_size))
                elif not stat.S_ISDIR(status.st_mode):
                    raise _not_plain(at + name, status)
            if at.count("/") == FOLDERS_DEEP and folders:
                raise Refused(
                    f"{short(folders[0])} lies in more than {FOLDERS_DEEP} folders; "
                    f"submit the notebook without them"
                )
        return found, False

    def read(self, path: str) -> bytes:
        """The bytes of a plain file. Raises `Refused` for all else, and when it changes."""
        *parents, name = path.split("/")
        descriptor = os.dup(self._descriptor)
        try:
            for parent in parents:
                inner = _open(parent, descriptor, short(parent), os.O_DIRECTORY)
                os.close(descriptor)
                descriptor = inner
            return _read(name, descriptor)
        finally:
            os.close(descriptor)


def _skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED


def _notebooks_first(name: str) -> tuple[bool, str]:
    return not is_notebook(name), name


def _unreadable(error: OSError) -> None:
    name = short(Path(error.filename or "a folder").name)
    raise Refused(f"{name} cannot be read: {error.strerror}; submit it again") from error


def _status(name: str, folder: int) -> os.stat_result:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        raise Refused(f"{short(name)} cannot be read: {error.strerror}") from error


def _not_plain(name: str, status: os.stat_result) -> Refused:
    if stat.S_ISLNK(status.st_mode):
        return Refused(f"{short(name)} is a symbolic link; submit the file itself")
    kind = KINDS.get(stat.S_IFMT(status.st_mode), "something else")
    return Refused(f"{short(name)} is not a plain file but {kind}; delete it and submit again")


def _open(path: str, folder: int | None, name: str, flags: int = 0) -> int:
    try:
        return os.open(path, OPEN | flags, dir_fd=folder)
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}; submit it again") from error


def _read(name: str, folder: int) -> bytes:
    before = _status(name, folder)
    if not stat.S_ISREG(before.st_mode):
        raise _not_plain(name, before)
    if before.st_size > NOTEBOOK_BYTES:
        raise Refused(
            f"{short(name)} has {before.st_size / 2**20:.0f} MB, more than "
            f"{NOTEBOOK_BYTES >> 20}; clear its outputs and submit it again"
        )
    with os.fdopen(_open(name, folder, short(name)), "rb") as file:
        try:
            content = file.read(NOTEBOOK_BYTES + 1)
            after = os.fstat(file.fileno())
        except OSError as error:
            raise Refused(f"{short(name)} cannot be read: {error.strerror}") from error
    if _identity(before) != _identity(after) or len(content) != after.st_size:
        raise Refused(f"{short(name)} changed while it was read; grade again")
    return content


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns
