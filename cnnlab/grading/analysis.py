"""What a class's marks say: their distribution, each item's figures, mistakes, who needs help."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import floor

from cnnlab.grading.report import Row, number

STUDENTS_AT_LEAST = 10
BARS = 10
WEAK = 0.5


@dataclass(frozen=True)
class Bar:
    """How many students have points from ``low`` up to ``high``; the last bar holds its end too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class ItemFigures:
    """One item over the class.

    ``share`` is the mean part of its points that students got. ``discrimination`` is the
    correlation of its points with the points for all other items [1]_; where it is None,
    ``why`` says why.

    References
    ----------
    .. [1] R. L. Ebel, D. A. Frisbie: Essentials of Educational Measurement. 5th ed.,
       Prentice Hall, 1991, chapter 13.
    """

    name: str
    of: float
    marked: int
    waiting: int
    share: float | None
    full: int
    none: int
    discrimination: float | None
    why: str = ""


@dataclass(frozen=True)
class Mistake:
    """A known wrong idea, the check's hint for it, and who had it."""

    name: str
    hint: str
    students: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Help:
    """A student who may need somebody to talk to, and why."""

    student: str
    points: float | None
    reasons: tuple[str, ...]


def distribution(rows: Sequence[Row], bars: int = BARS) -> list[Bar]:
    """The marks in bars of equal width from nothing to all points; empty without marks.

    Points outside, by a penalty or extra credit, count in the nearest bar.
    """
    marks = [row.marks for row in rows if row.marks]
    top = max((mark.max_points for mark in marks), default=0.0)
    if top <= 0:
        return []
    counts = [0] * bars
    for mark in marks:
        counts[min(max(floor(mark.points / top * bars + 1e-9), 0), bars - 1)] += 1
    return [Bar(top * k / bars, top * (k + 1) / bars, count) for k, count in enumerate(counts)]


def items(rows: Sequence[Row], of: dict[str, float]) -> list[ItemFigures]:
    """The figures of each item, in the order of ``of`` (the items' names with their points)."""
    marks = [row.marks.by_item for row in rows if row.marks]
    complete = [n for n in of if all(mark.get(n) is not None for mark in marks)]
    totals = [sum(mark[n] or 0.0 for n in complete) for mark in marks]
    return [_figures(n, of[n], marks, totals if n in complete else None) for n in of]


def _figures(
    name: str,
    of: float,
    marks: Sequence[dict[str, float | None]],
    totals: Sequence[float] | None,
) -> ItemFigures:
    points = [p for mark in marks if (p := mark.get(name)) is not None]
    value, why = None, "some students' points are still missing"
    if totals is not None:
        value, why = _discrimination(points, totals)
    return ItemFigures(
        name=name,
        of=of,
        marked=len(points),
        waiting=len(marks) - len(points),
        share=statistics.fmean(points) / of if points and of else None,
        full=sum(p >= of for p in points),
        none=sum(p <= 0 for p in points),
        discrimination=value,
        why=why,
    )


def _discrimination(points: Sequence[float], totals: Sequence[float]) -> tuple[float | None, str]:
    """The corrected correlation of an item with the total, or None and why there is none."""
    if len(points) < STUDENTS_AT_LEAST:
        return None, f"fewer than {STUDENTS_AT_LEAST} students"
    rest = [total - own for own, total in zip(points, totals, strict=True)]
    if min(points) == max(points):
        return None, "all have the same points"
    if max(rest) - min(rest) < 1e-9:
        return None, "all have the same points for the other items"
    with suppress(statistics.StatisticsError):
        return statistics.correlation(points, rest), ""
    return None, "the points hardly differ"


def mistakes(rows: Sequence[Row]) -> list[Mistake]:
    """The mistakes that checks have recognised, the most frequent first.

    A student counts once for each. ``share`` is of all students who have marks.
    """
    who: dict[str, dict[str, None]] = defaultdict(dict)
    hints: dict[str, str] = {}
    graded = [row for row in rows if row.marks]
    for row in graded:
        for item in row.record.items if row.record else ():
            if name := item.get("mistake", ""):
                who[name][row.student] = None
                hints[name] = hints.get(name) or item.get("hint", "")
    found = [Mistake(n, hints[n], tuple(s), len(s) / len(graded)) for n, s in who.items()]
    return sorted(found, key=lambda mistake: (-len(mistake.students), mistake.name))


def needs_help(rows: Sequence[Row]) -> list[Help]:
    """Students with no marks, with less than half of the points given, or whose work kept failing.

    Points that a person has yet to give do not count as lost.
    """
    found = []
    for row in rows:
        reasons, share = [], 0.0
        if row.status == "no submission":
            reasons.append("nothing handed in")
        elif row.marks is None:
            reasons.append(f"not graded: {row.note}")
        else:
            open_points = _open(row)
            possible = row.marks.max_points - open_points
            share = row.marks.points / possible if possible > 0 else 1.0
            if share < WEAK:
                reasons.append(f"{number(row.marks.points)} of {number(possible)} points so far")
            reasons += [note for note in _notes(row) if note.startswith("started over")]
        if reasons:
            points = row.marks.points if row.marks else None
            found.append((share, Help(row.student, points, tuple(reasons))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].student))]


def _open(row: Row) -> float:
    """The points of items that wait for a person."""
    of = {item["grade_id"]: item["of"] for item in (row.record.items if row.record else ())}
    marks = row.marks.by_item if row.marks else {}
    return sum(of.get(name, 0.0) for name, points in marks.items() if points is None)


def _notes(row: Row) -> Sequence[str]:
    return row.record.notes if row.record else ()


def for_review(rows: Sequence[Row]) -> list[tuple[str, tuple[str, ...]]]:
    """Students whose work a person should look at, and why."""
    found = []
    for row in rows:
        reasons = [*(row.record.flags if row.record else ())]
        reasons += [row.note] if row.status == "check" else _notes(row)
        if reasons:
            found.append((row.student, tuple(dict.fromkeys(reasons))))
    return found


def levels(rows: Sequence[Row]) -> dict[str, int]:
    """How many submissions ran at each level of execution, the commonest first."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.marks:
            counts[row.record.level if row.record else "not known"] += 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
