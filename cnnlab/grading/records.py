"""What was graded: one small JSON file for each submission, written last.

A submission counts as graded when its record says so. Whatever is interrupted before that is simply
done again; nothing of it is counted twice, since every write replaces its predecessor.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cnnlab.files import write_text


@dataclass(frozen=True)
class Record:
    """The last grading of one student's work."""

    student: str
    submission: str
    manifest: str
    version: str
    level: str
    notes: list[str] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    page: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal keys give equal marks."""
        return self.submission, self.manifest, self.version


class Records:
    """The records of one assignment in an output folder."""

    def __init__(self, output: Path, assignment: str) -> None:
        self.folder = output / "records" / assignment

    def read(self, student: str) -> Record | None:
        """The student's record; None where there is none that can be read."""
        with suppress(OSError, ValueError, TypeError):
            return Record(**json.loads((self.folder / f"{student}.json").read_text("utf-8")))
        return None

    def write(self, record: Record) -> None:
        text = json.dumps(asdict(record), indent=1, ensure_ascii=False, sort_keys=True)
        write_text(self.folder / f"{record.student}.json", text + "\n")
