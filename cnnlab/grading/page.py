"""The report on a class as one HTML page: read without a script, printable, calling no address.

Everything that a student may have chosen (a name, a file's name, a message) is escaped by the
template engine and cut to a line. The page's policy allows its own style sheet and nothing else.
"""

import base64
import hashlib
import secrets
import statistics
from collections.abc import Callable, Sequence
from types import SimpleNamespace

from cnnlab.grading import analysis, similar
from cnnlab.grading.analysis import Bar, ItemFigures
from cnnlab.grading.intake import one_line
from cnnlab.grading.report import number
from cnnlab.grading.results import Results
from cnnlab.grading.similar import Alike
from cnnlab.grading.template import render, style

TEMPLATE = "report"
STUDENTS_SHOWN = 20
WIDTH, HEIGHT, TOP, BOTTOM = 520, 260, 22, 42
LOW, WEAK_TIE, HARD, EASY = 0.0, 0.2, 0.3, 0.95


def report_page(results: Results, alike: Sequence[Alike], *, anonymous: bool = False) -> str:
    """The page. ``anonymous`` puts numbers, drawn anew for each page, in the place of names."""
    rows = results.rows
    graded = [row for row in rows if row.marks]
    bars = analysis.distribution(rows)
    levels = analysis.levels(rows)
    fields = {
        "policy": _policy(),
        "assignment": results.assignment,
        "overview": _overview(results),
        "unsafe": _unsafe(levels),
        "bars": bars,
        "chart": chart(bars),
        "waiting": _waiting(results),
        "items": analysis.items(rows, results.of),
        "students_at_least": analysis.STUDENTS_AT_LEAST,
        "mistakes": analysis.mistakes(rows),
        "graded": len(graded),
        "total": len(rows),
        "help": analysis.needs_help(rows),
        "review": analysis.for_review(rows),
        "alike": alike,
        "shown": STUDENTS_SHOWN,
        "held_at_most": similar.HELD_AT_MOST,
        "levels": levels,
        "points": number,
        "percent": percent,
        "remark": remark,
        "line": one_line,
    }
    names = _numbers(results) if anonymous else None
    fields |= {"name": names or one_line, "reason": _kind if names else one_line}
    return render(TEMPLATE, fields)


def _policy() -> str:
    """Allows the page's own style sheet, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style(TEMPLATE).encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def percent(share: float | None) -> str:
    """A share as people write it.

    >>> percent(0.384), percent(None)
    ('38 %', 'none')
    """
    return "none" if share is None else f"{100 * share:.0f} %"


def remark(item: ItemFigures) -> str:
    """What an item's figures suggest; nothing where they are as they should be."""
    if item.discrimination is None:
        return f"no discrimination: {item.why}"
    if item.discrimination < LOW:
        return "the better students did worse here: look at the item and its test"
    if item.discrimination < WEAK_TIE:
        return "hardly goes with the other items"
    if item.share is not None and item.share < HARD:
        return "hard"
    if item.share is not None and item.share > EASY:
        return "nearly all have it"
    return ""


def chart(bars: Sequence[Bar]) -> SimpleNamespace:
    """Where the bars and ticks of the drawing lie, and its text for those who cannot see it."""
    floor, most = HEIGHT - BOTTOM, max((bar.count for bar in bars), default=0)
    step = WIDTH / max(len(bars), 1)
    drawn = [
        SimpleNamespace(
            x=round(k * step + 2, 1),
            y=round(floor - bar.count / max(most, 1) * (floor - TOP), 1),
            width=round(step - 4, 1),
            height=round(bar.count / max(most, 1) * (floor - TOP), 1),
            middle=round((k + 0.5) * step, 1),
            count=bar.count,
        )
        for k, bar in enumerate(bars)
    ]
    edges = [bar.low for bar in bars] + [bar.high for bar in bars[-1:]]
    anchors = ["start", *["middle"] * (len(bars) - 1), "end"]
    ticks = [
        SimpleNamespace(x=round(k * step, 1), label=number(edge), anchor=anchor)
        for k, (edge, anchor) in enumerate(zip(edges, anchors, strict=False))
    ]
    words = "; ".join(
        f"{number(bar.low)} to {number(bar.high)} points: {bar.count}" for bar in bars if bar.count
    )
    return SimpleNamespace(
        width=WIDTH,
        height=HEIGHT,
        floor=floor,
        bars=drawn,
        ticks=ticks,
        words=f"Bars of the number of students by points. {words}",
    )


def _overview(results: Results) -> str:
    """The class in a sentence or two."""
    marks = [row.marks for row in results.rows if row.marks]
    said = [f"{_students(len(results.rows))}, {len(marks)} with marks."]
    if marks:
        points = [mark.points for mark in marks]
        said.append(
            f"Of {number(marks[0].max_points)} points the mean is "
            f"{number(round(statistics.fmean(points), 2))}, "
            f"the median {number(statistics.median(points))}, "
            f"the lowest {number(min(points))}, the highest {number(max(points))}."
        )
    if results.at:
        said.append(f"Last graded {results.at} (UTC).")
    return " ".join(said)


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"


def _waiting(results: Results) -> str:
    waiting = sum(row.status == "by hand" for row in results.rows)
    if not waiting:
        return ""
    return (
        f"A person has yet to mark items of {_students(waiting)}. "
        f"They count as nothing above, and are left out of the figures below."
    )


def _unsafe(levels: dict[str, int]) -> str:
    """How much ran without a sandbox; nothing where all was inside one."""
    count = sum(n for level, n in levels.items() if level.startswith("C"))
    return f"{count} of {sum(levels.values())} submissions" if count else ""


def _numbers(results: Results) -> Callable[[str], str]:
    """A number for each student, in an order that nobody can work out from the names."""
    students = [row.student for row in results.rows]
    secrets.SystemRandom().shuffle(students)
    return {name: f"student {k}" for k, name in enumerate(students, 1)}.__getitem__


def _kind(reason: str) -> str:
    """What kind of reason it is, without the details, among which names may be."""
    return one_line(reason.partition(":")[0])
