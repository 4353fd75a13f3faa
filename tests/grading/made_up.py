"""Rows of classes that never were, for what is computed and written from rows."""

from types import SimpleNamespace

from cnnlab.grading.gradebook import Marks
from cnnlab.grading.report import row_of

OF = {"add-check": 4.0, "mean-check": 4.0, "why": 2.0}
LEVEL = "A: sandbox (bubblewrap, seccomp)"


def item(name, points, mistake="", hint="", of=None):
    of = OF[name] if of is None else of
    verdict = "manual" if points is None else "passed" if points == of else "failed"
    return {
        "grade_id": name,
        "of": of,
        "points": points,
        "verdict": verdict if points != 0 or of == 0 else "failed",
        "message": "",
        "mistake": mistake,
        "hint": hint,
        "says": [],
    }


def row(student, points, said=(), notes=(), flags=(), level=LEVEL, penalty=0.0, trouble=False):
    """A graded student with these points for the items of `OF`."""
    by_item = dict(zip(OF, points, strict=True))
    told = {item["grade_id"]: item for item in said}
    record = SimpleNamespace(
        items=[told.get(name) or item(name, p) for name, p in by_item.items()],
        notes=list(notes),
        flags=list(flags),
        level=level,
        submission="s" * 64,
        manifest="m" * 64,
    )
    total = sum(p or 0 for p in points) - penalty
    waiting = tuple(name for name, p in by_item.items() if p is None)
    marks = Marks(total, sum(OF.values()), by_item, waiting, "")
    return row_of(student, marks, "", record=record, trouble=trouble)


def missing(student, reason="", submitted=False):
    """A student without marks."""
    return row_of(student, None, reason or "nothing submitted", submitted=submitted)
