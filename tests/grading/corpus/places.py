"""Folders made to mislead: what is put beside or in the place of a right notebook.

Each is a function of the student's folder for the assignment and of a folder of somebody else's.
"""

import io
import os
import shutil
import socket
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.grading.corpus.course import FILE

SECRET = b'{"cells": [], "whose": "victim"}'


@dataclass(frozen=True)
class Place:
    """``words`` stand in the reason of a refusal, or else in a remark on the submission."""

    name: str
    make: Callable[[Path, Path], object]
    outcome: Literal["refuse", "review", "neutral"]
    words: str
    id: str = ""


def _instead(make):
    """The same with the notebook gone."""

    def alone(sub, other):
        (sub / FILE).unlink()
        make(sub, other)

    return alone


def _zip_slip(sub, other):
    with zipfile.ZipFile(sub / "work.zip", "w") as archive:
        archive.writestr("../../../evil.txt", "ZIPSLIP")
        archive.writestr(FILE, "{}")


def _tar_slip(sub, other):
    entry = tarfile.TarInfo("../../../evil.txt")
    with tarfile.open(sub / "work.tar.gz", "w:gz") as archive:
        archive.addfile(entry, io.BytesIO())


def _zip_bomb(sub, other):
    """1 GB of zeros in a megabyte: unpacking it would take seconds and show in the time."""
    with (
        zipfile.ZipFile(sub / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(FILE, "w", force_zip64=True) as file,
    ):
        for _ in range(1000):
            file.write(bytes(10**6))


def _link(name, target="victim.ipynb"):
    return lambda sub, other: (sub / name).symlink_to(other / target)


def _linked_folder(sub, other):
    (sub / "data").symlink_to(other)


def _linked_assignment(sub, other):
    shutil.rmtree(sub)
    sub.symlink_to(other)


def _pipe(name):
    return lambda sub, other: os.mkfifo(sub / name)


def _socket(sub, other):
    """A bound name stays when the socket is closed. Paths of sockets must be short."""
    here = os.getcwd()
    os.chdir(sub)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s")
    finally:
        os.chdir(here)


def _folder_for_notebook(sub, other):
    (sub / FILE).unlink()
    (sub / FILE).mkdir()


def _deep(sub, other):
    (sub / "/".join("abcdefghijk")).mkdir(parents=True)


def _one_accent_two_ways(sub, other):
    (sub / "caf\N{LATIN SMALL LETTER E WITH ACUTE}.txt").touch()
    (sub / "cafe\N{COMBINING ACUTE ACCENT}.txt").touch()


def _copy(name):
    return lambda sub, other: shutil.copy(sub / FILE, sub / name)


def _hard_link(sub, other):
    (other / "notes.txt").write_text("mine too")
    os.link(other / "notes.txt", sub / "notes.txt")


def _file(name, content=b"print('imported')"):
    def make(sub, other):
        path = sub / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return make


def _moved_down(sub, other):
    (sub / "final").mkdir()
    (sub / FILE).rename(sub / "final" / FILE)


def _many(sub, other):
    for number in range(6000):
        (sub / f"{number}.txt").touch()


LEFT_OUT = "left out, it would stand in for a module: "
PLACES = [
    # archives are never opened
    Place("an archive that climbs", _instead(_zip_slip), "refuse", "is an archive", "J01"),
    Place("a tar that climbs", _instead(_tar_slip), "refuse", "is an archive"),
    Place("an archive that swells", _instead(_zip_bomb), "refuse", "is an archive", "J09"),
    Place("a climbing archive beside", _zip_slip, "neutral", "not unpacked: work.zip", "J01"),
    # links, pipes and the like
    Place("a link", _instead(_link(FILE)), "refuse", f"{FILE} is a symbolic link", "J03"),
    Place("a link into nowhere", _instead(_link(FILE, "no")), "refuse", "symbolic link"),
    Place("a link beside", _link("data.csv"), "refuse", "data.csv is a symbolic link"),
    Place("a linked folder beside", _linked_folder, "refuse", "data is a symbolic link"),
    Place("the folder is a link", _linked_assignment, "refuse", "02_filters is a symbolic link"),
    Place("a pipe", _instead(_pipe(FILE)), "refuse", "but a named pipe; delete it"),
    Place("a pipe beside", _pipe("data.csv"), "refuse", "data.csv is not a plain file", "J04"),
    Place("a socket beside", _socket, "refuse", "s is not a plain file but a socket"),
    Place("a folder for a notebook", _folder_for_notebook, "refuse", "no notebook: 02_filters"),
    Place(
        "the notebook in a folder", _moved_down, "refuse", "final/02_filters.ipynb lies too deep"
    ),
    Place("folders in folders", _deep, "refuse", "lies in more than 8 folders"),
    Place("a file of two names", _hard_link, "neutral", ""),
    # other notebooks
    Place("another assignment's", _copy("03_edges.ipynb"), "neutral", "not graded: 03_e", "H16"),
    Place("all in capitals", _copy(FILE.upper()), "review", "names that differ in case only"),
    Place("capitals", _copy("02_Filters.ipynb"), "review", "names that differ in case only", "J08"),
    Place(
        "an accent in two ways", _one_accent_two_ways, "review", "names that differ in case only"
    ),
    # files that Python would run
    Place("numpy.py", _file("numpy.py"), "review", LEFT_OUT + "numpy.py", "E28"),
    Place("cnnlab.py", _file("cnnlab.py"), "review", LEFT_OUT + "cnnlab.py", "E28"),
    Place("Random.PY", _file("Random.PY"), "review", LEFT_OUT + "Random.PY"),
    Place("a package", _file("cnnlab/checks/__init__.py"), "review", LEFT_OUT + "cnnlab/checks"),
    Place("sitecustomize.py", _file("sitecustomize.py"), "review", LEFT_OUT),
    Place("usercustomize.py", _file("usercustomize.py"), "review", LEFT_OUT),
    Place("conftest.py", _file("conftest.py"), "review", LEFT_OUT),
    Place("a path file", _file("more.pth", b"import os"), "review", LEFT_OUT + "more.pth"),
    Place("bytecode", _file("json.pyc", b"\0"), "review", LEFT_OUT + "json.pyc"),
    Place("machine code", _file("math.cpython-311.so", b"\x7fELF"), "review", LEFT_OUT + "math"),
    Place("a module of one's own", _file("helpers.py"), "neutral", ""),
    Place("a folder of pictures", _file("random/cat.png"), "neutral", ""),
    # names
    Place("a name in Latin-1", _file(os.fsdecode(b"gl\xe4tten.txt")), "neutral", "is not UTF-8"),
    Place("six thousand files", _many, "neutral", "were left out"),
]
