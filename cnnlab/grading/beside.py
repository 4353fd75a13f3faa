"""The files beside a notebook: which come along, which stay behind, and what is odd about them."""

import importlib.machinery
import sys
import sysconfig
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from cnnlab.grading.folder import Entry, Folder, is_notebook, short_list
from cnnlab.grading.model import File

FILES_BYTES = 20 * 2**20
FILES_COUNT = 200
TOO_MUCH = f"files beyond {FILES_BYTES >> 20} MB or {FILES_COUNT} were left out"
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
MODULES = (".py", ".pyc", ".pyd", ".so")
# Python runs these unasked, or they would stand for the course's own package.
RUN_UNASKED = {"cnnlab", "sitecustomize", "usercustomize", "conftest"}


@dataclass
class Beside:
    """What comes along, and remarks. ``flags`` are those for which a person should look."""

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def read_beside(folder: Folder, entries: list[Entry], cut: bool) -> Beside:
    """The files of a submission. One that would stand in for a module stays behind."""
    beside = Beside()
    shadows = [entry.path for entry in entries if _shadows(entry.path)]
    nameless = [entry.path for entry in entries if not _is_text(entry.path)]
    kept = [entry for entry in entries if entry.path not in {*shadows, *nameless}]
    beside.files, complete = read_plain(folder, kept)
    if cut or not complete:
        beside.notes.append(TOO_MUCH)
    if nameless:
        beside.notes.append(f"left out, its name is not UTF-8 text: {short_list(nameless)}")
    if packed := [entry.path for entry in kept if is_archive(entry.path)]:
        beside.notes.append(f"not unpacked: {short_list(packed)}")
    if shadows:
        beside.flags.append(f"left out, it would stand in for a module: {short_list(shadows)}")
    beside.flags += [f"names that differ in case only: {pair}" for pair in _collisions(entries)]
    return beside


def read_plain(folder: Folder, entries: list[Entry]) -> tuple[list[File], bool]:
    """All files but notebooks, within the limits, and whether that was all."""
    files: list[File] = []
    total = 0
    for entry in sorted(entries, key=lambda entry: entry.path):
        if is_notebook(entry.path):
            continue
        total += entry.size
        if total > FILES_BYTES or len(files) == FILES_COUNT:
            return files, False
        files.append((entry.path, folder.read(entry.path)))
    return files, True


def is_archive(name: str) -> bool:
    """Does the name say that other files are packed inside? None is ever unpacked here."""
    return name.lower().endswith(ARCHIVES)


def _is_text(name: str) -> bool:
    return name == name.encode("utf-8", "replace").decode()


def _shadows(path: str) -> bool:
    """Would Python take this file, or its folder, for a module that is not the student's own?"""
    if path.endswith(".pth"):
        return True
    top, _, below = path.partition("/")
    if not path.lower().endswith(MODULES):
        return False
    return _is_known_module(top.lower() if below else top.split(".")[0].lower())


@cache
def _is_known_module(name: str) -> bool:
    """Looks at names only; nothing is imported."""
    places = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    return (
        name in RUN_UNASKED
        or name in {module.lower() for module in sys.stdlib_module_names}
        or importlib.machinery.PathFinder.find_spec(name, places) is not None
    )


def _collisions(entries: list[Entry]) -> list[str]:
    """Files that would overwrite each other on a Mac or under Windows; the first few."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        same = unicodedata.normalize("NFC", entry.path).casefold()
        groups.setdefault(same, []).append(entry.path)
    return [short_list(paths) for paths in groups.values() if len(paths) > 1][:3]
