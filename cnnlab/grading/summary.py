"""The top of a student's feedback page: each item's points, what happened, and the next step.

The words are the check's own, as the notebook showed them, and the judge's. Nothing of a hidden
test is known here.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from cnnlab.grading.intake import one_line
from cnnlab.grading.report import number
from cnnlab.grading.template import render

if TYPE_CHECKING:
    from cnnlab.grading.gradebook import Marks

WORDS_CHARS = 600
COMMENT_CHARS = 2000
VERDICTS = {
    "passed": "Everything passed.",
    "partly": "A part of it passed.",
    "failed": "It did not pass.",
    "unscored": "It could not be scored. Your teacher decides.",
    "blank": "There was no answer.",
    "manual": "It waits for your teacher.",
}
MARKED = "Marked by your teacher."
MORE = "What you could try out passes. More was tested when you handed it in."


def summary(items: Sequence[Mapping[str, Any]], marks: "Marks") -> str:
    """A section of safe HTML, with a style of its own.

    Parameters
    ----------
    items: the results of the graded cells, as the journal keeps them.
    marks: what the gradebook says now, points given by hand included.
    """
    late = f"Points taken off for handing in late: {number(marks.penalty)}."
    return render(
        "summary",
        {
            "total": f"{number(marks.points)} of {number(marks.max_points)} points",
            "late": late if marks.penalty else "",
            "items": [_item(item, marks) for item in items],
            "marked": marked,
        },
    )


def marked(words: str) -> Markup:
    """Text as HTML; words between back quotes are code, as the checks show them.

    >>> marked("`f` gives <b>")
    Markup('<code>f</code> gives &lt;b&gt;')
    """
    pieces = [escape(piece) for piece in words.split("`")]
    if len(pieces) % 2 == 0:
        return escape(words)
    code = Markup("<code>{}</code>").format
    return Markup("").join(code(p) if k % 2 else p for k, p in enumerate(pieces))


def _item(item: Mapping[str, Any], marks: "Marks") -> SimpleNamespace:
    name, hint = item["grade_id"], one_line(item.get("hint", ""), WORDS_CHARS)
    points = marks.by_item.get(name)
    says = [
        (one_line(label), one_line(words, WORDS_CHARS)) for label, words in item.get("says", ())
    ]
    return SimpleNamespace(
        name=one_line(name),
        points=f"{'?' if points is None else number(points)} of {number(item['of'])}",
        verdict=_verdict(item, points, says),
        says=[pair for pair in says if pair[1] != hint],
        hint=hint,
        comment=one_line(marks.comments.get(name, ""), COMMENT_CHARS),
    )


def _verdict(item: Mapping[str, Any], points: float | None, says: Sequence[tuple[str, str]]) -> str:
    """What became of the item, in a sentence or two."""
    if points is not None and points != item["points"]:
        return MARKED
    words = [VERDICTS[item["verdict"]]]
    if item["message"] and item["verdict"] in ("partly", "failed"):
        words = [f"{words[0][:-1]}: {one_line(item['message'])}."]
    if item["verdict"] in ("partly", "failed") and says and not item.get("hint"):
        words.append(MORE)
    return " ".join(words)
