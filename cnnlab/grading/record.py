"""What the journal keeps of a grading, and its form on the disk."""

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from cnnlab import __version__
from cnnlab.grading.model import Item, Limits, Outcome, Ran, Step, Submission


@dataclass(frozen=True)
class Key:
    """Equal keys give equal marks.

    ``work`` is the `work_hash` of a submission, ``version`` what `version_with` says.
    """

    work: str
    manifest: str
    version: str
    level: str

    @property
    def values(self) -> tuple[str, str, str, str]:
        """For the database."""
        return self.work, self.manifest, self.version, self.level


@dataclass(frozen=True)
class Refusal:
    """Why a student's work could not be graded. Not ``submitted``: there was none."""

    reason: str
    submitted: bool


@dataclass(frozen=True)
class Record:
    """The last grading of one student's work.

    ``entered`` says that its marks are in the gradebook, ``page`` what the feedback page shows,
    ``at`` when it was done (UTC). ``own_notes`` and ``own_flags`` come from the submission before
    its execution. ``summary`` is the outcome but for what its cells have shown.
    """

    assignment: str
    student: str
    key: Key
    submission: str
    own_notes: tuple[str, ...] = ()
    own_flags: tuple[str, ...] = ()
    at: str = ""
    entered: bool = False
    page: str = ""
    summary: str = "{}"

    @property
    def level(self) -> str:
        return self.key.level

    @property
    def manifest(self) -> str:
        return self.key.manifest

    @property
    def items(self) -> list[dict[str, Any]]:
        """The result of every graded cell; empty where the outcome is lost."""
        return json.loads(self.summary).get("items", [])

    @property
    def notes(self) -> list[str]:
        return [*self.own_notes, *json.loads(self.summary).get("notes", [])]

    @property
    def flags(self) -> list[str]:
        """Why a person should look at the work."""
        return [*self.own_flags, *json.loads(self.summary).get("flags", [])]

    @property
    def brief(self) -> "Record":
        """The same with nothing of the outcome but its flags."""
        flags = json.loads(self.summary).get("flags", [])
        return replace(self, summary=json.dumps({"flags": flags}))

    def row(self) -> tuple[Any, ...]:
        """The columns of table ``student``, in their order."""
        own = (json.dumps(self.own_notes), json.dumps(self.own_flags))
        head = (self.assignment, self.student, *self.key.values, self.submission)
        return (*head, *own, self.at, self.entered, self.page)


def from_row(row: tuple[Any, ...]) -> Record:
    """A record from the columns of table ``student`` and the summary of its outcome, or None."""
    assignment, student, *key, submission, notes, flags, at, entered, page, summary = row
    own = (tuple(json.loads(notes)), tuple(json.loads(flags)))
    return Record(
        *(assignment, student, Key(*key), submission, *own, at, bool(entered), page),
        summary=summary or "{}",
    )


def version_with(limits: Limits) -> str:
    """The grader's version, with a mark of the limits where they are not the usual ones."""
    if limits == Limits():
        return __version__
    return f"{__version__}-{hashlib.sha256(repr(limits).encode()).hexdigest()[:12]}"


def work_hash(submission: Submission) -> str:
    """A hash of what is executed: the cells and the files, whoever handed them in, and when."""
    cells = [
        json.dumps([cell.cell_type, cell.grade_id, cell.source]).encode()
        for cell in submission.cells
    ]
    digest = hashlib.sha256(len(cells).to_bytes(8, "big"))
    names = [(name.encode("utf-8", "surrogateescape"), data) for name, data in submission.files]
    for part in (*cells, *(part for pair in names for part in pair)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def packed(outcome: Outcome) -> tuple[str, bytes]:
    """The outcome as a summary, and the rest: steps and what they showed."""
    values = {f.name: getattr(outcome, f.name) for f in fields(outcome)}
    shown = [[asdict(step) for step in values.pop("steps")], [asdict(r) for r in values.pop("ran")]]
    values["items"] = [asdict(item) for item in values["items"]]
    del values["level"]  # it is in the key
    return json.dumps(values, ensure_ascii=False), zlib.compress(json.dumps(shown).encode(), 1)


def unpacked(summary: str, body: bytes, level: str) -> Outcome:
    """What `packed` was given. Raises ValueError, TypeError or KeyError where it does not fit."""
    try:
        steps, ran = json.loads(zlib.decompress(body))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    values = json.loads(summary)
    items = tuple(_item(item) for item in values.pop("items"))
    rest = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    results = tuple(Ran(**{**one, "outputs": tuple(one["outputs"])}) for one in ran)
    return Outcome(tuple(Step(**step) for step in steps), results, items, level=level, **rest)


def _item(values: dict[str, Any]) -> Item:
    return Item(**{**values, "says": tuple(tuple(pair) for pair in values["says"])})


def digest_of(key: Key, summary: str, body: bytes) -> str:
    """Tells a damaged outcome from a whole one."""
    digest = hashlib.sha256("\0".join((*key.values, summary)).encode())
    digest.update(body)
    return digest.hexdigest()
