"""Hand in an attack, grade it, and say what is not as it must be."""

import hashlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Template
from typing import Any

from cnnlab.grading.intake import read_submission
from cnnlab.grading.model import Executor, Limits, Outcome
from tests.grading.corpus import course
from tests.grading.corpus.attack import LOOT, Attack

LIMITS = Limits(cell_seconds=2.0, total_seconds=60.0, memory_bytes=2**30)
PATIENT = Limits(cell_seconds=20.0, memory_bytes=2**30)  # for honest work on a busy machine
SECONDS = 40.0
NAP = f"98{os.getpid()}"


@dataclass
class Trial:
    """An executor, a folder for submissions, and bait that attacks look for."""

    executor: Executor
    folder: Path
    bait: dict[str, object] = field(default_factory=dict)
    limits: Limits = LIMITS

    def run(self, attack: Attack, student: str = "mallory") -> Outcome:
        """Write the notebook, read it as the grader does, execute it."""
        return self.run_notebook(baited(attack, self.bait).notebook(), student)

    def run_notebook(self, notebook: dict[str, Any], student: str = "mallory") -> Outcome:
        return self.run_raw(course.bytes_of(notebook), student)

    def run_raw(self, raw: bytes, student: str = "mallory") -> Outcome:
        """The same for a file's bytes. Raises `Refused`."""
        place = self.folder / student / course.ASSIGNMENT
        place.mkdir(parents=True, exist_ok=True)
        (place / course.FILE).write_bytes(raw)
        submission = read_submission(place, student, course.manifest())
        return self.executor.execute(submission, course.manifest(), self.limits)

    def wrong_with(self, attack: Attack) -> list[str]:
        """What is not as it must be; empty when the attack was held."""
        began = time.monotonic()
        outcome = self.run(attack)
        if attack.twice:
            outcome = self.run(attack, "eve")
        found = [f"took {time.monotonic() - began:.0f} s"] * (time.monotonic() - began > SECONDS)
        found += [f"showed {LOOT}"] * (LOOT in shown(outcome))
        earned = points(outcome)
        wanted = course.NOTHING if attack.outcome in ("zero", "review") else course.ALL
        if earned != wanted:
            found.append(f"earned {earned}")
        if not any(attack.flag in flag for flag in ("", *outcome.flags)):
            found.append(f"flags are {outcome.flags}")
        if attack.outcome == "neutral" and outcome.flags:
            found.append(f"flagged: {outcome.flags}")
        return found + too_long(outcome)


def baited(attack: Attack, bait: dict[str, object]) -> Attack:
    """The attack with the names of the bait filled in."""
    literal = {name: repr(value) for name, value in bait.items()}

    def fill(text: str) -> str:
        return Template(text).safe_substitute(literal)

    answers = {name: fill(text) for name, text in attack.answers.items()}
    return replace(attack, cell=fill(attack.cell), answers=answers)


def points(outcome: Outcome) -> dict[str, float | None]:
    """The points of the tests."""
    return {i.grade_id: i.points for i in outcome.items if i.grade_id in course.TESTS}


def shown(outcome: Outcome) -> str:
    """All that a student or a teacher will read."""
    return json.dumps(
        [
            [ran.outputs for ran in outcome.ran],
            [vars(item) for item in outcome.items],
            outcome.notes,
        ]
    )


def too_long(outcome: Outcome) -> list[str]:
    """Reasons, notes and flags are lines; what cells show is bounded."""
    lines = [*outcome.notes, *outcome.flags, *(item.message for item in outcome.items)]
    found = [f"no line: {line!r}" for line in lines if len(line) > 200 or not line.isprintable()]
    return found + [f"shows {len(shown(outcome))}"] * (len(shown(outcome)) > 3_000_000)


def _short() -> str:
    """A folder with a short path that this user may write to."""
    return next(path for path in ("/tmp", "/var/tmp", "/dev/shm") if os.access(path, os.W_OK))


@contextmanager
def bait(folder: Path) -> Iterator[dict[str, object]]:
    """Things of the teacher that must not be reached or changed."""
    folder.mkdir(parents=True, exist_ok=True)
    gradebook, config = folder / "gradebook.db", folder / "nbgrader_config.py"
    with sqlite3.connect(gradebook) as made:
        made.execute("create table source_cell (source text)")
        made.execute("create table grade (score real)")
        made.execute("insert into source_cell values ('seed=1202')")
        made.execute("insert into grade values (1)")
    made.close()
    config.write_text("c = get_config()\n")
    # Paths of sockets must be short.
    with (
        tempfile.TemporaryDirectory(dir=_short()) as short,
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as local,
        socket.socket(socket.AF_UNIX) as named,
    ):
        abstract = f"\0{short}"
        local.bind(abstract)
        named.bind(f"{short}/s")
        for listening in (local, named):
            listening.listen()
        yield {
            "solutions": str(course.ROOT / "solutions"),
            "gradebook": str(gradebook),
            "config": str(config),
            "port": server.getsockname()[1],
            "abstract": abstract,
            "socket": f"{short}/s",
            "pid": os.getpid(),
            "key": 0x5EED0000 + os.getpid() % 0xFFFF,
            "mark": f"corpus-{os.getpid()}",
            "mark_path": str(folder / "unpacked"),
            "nap": NAP,
        }


def hashes(folder: Path) -> dict[str, str]:
    """What the files of a folder hold."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def left_running() -> list[int]:
    """Processes that an attack meant to outlive it; none may be found."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == f"sleep\0{NAP}\0".encode():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def without_sandbox(folder: Path, attack: Attack, bait: dict[str, object]) -> str:
    """What the attack's own cell prints in a plain Python process."""
    source = "import numpy as np\n" + baited(attack, bait).cell
    call = [sys.executable, "-c", source]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60).stdout
