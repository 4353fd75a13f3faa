"""Show a result: HTML in a notebook, plain text in a shell, a picture where a picture helps.

The HTML takes the colours of the page, says in words what it shows in colour, and is a landmark
with headings and table captions for a screen reader. It carries the result's identifiers and
sentences as a MIME type of its own, so that a grader can count and repeat them without reading
HTML.
"""

import html
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from cnnlab.checks import sentences, tables
from cnnlab.checks.ladder import Result
from cnnlab.checks.tables import Table
from cnnlab.checks.values import Asked, in_words

MIME = "application/vnd.cnnlab.check+json"
MORE = "More is tested when you hand it in."
TABLE_AT_MOST = 12  # rows and columns of numbers; beyond, a table helps nobody
PRINTED_LINES = 10

# Okabe and Ito's blue and vermilion: told apart by colour-blind readers, on white and on black.
GOOD, BAD = "#0072b2", "#d55e00"
MARK = {True: "right", False: "WRONG"}


class Report:
    """A result that knows how to show itself.

    ``pictured`` names the tables that the HTML leaves out, for a picture follows that shows them.
    """

    def __init__(
        self, result: Result, asked: Asked, pictured: frozenset[str] = frozenset()
    ) -> None:
        self.result = result
        self._asked = asked
        self._pictured = pictured

    def __str__(self) -> str:
        return "\n".join(self._text())

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        r = self.result
        found = {"task": r.task, "passed": r.passed, "rung": r.rung, "mistake": r.mistake}
        found |= {"hint": r.hint, "says": [list(fact) for fact in self._facts() if fact[1] != MORE]}
        return {"text/plain": str(self), "text/html": self._html(), MIME: found}

    @property
    def heading(self) -> str:
        if self.result.passed:
            return f"{self.result.task}: all checks passed"
        return f"{self.result.task}: not yet"

    def _facts(self) -> Iterator[tuple[str, str]]:
        """What there is to say: a label and a sentence, one below the other."""
        r = self.result
        if r.passed:
            yield "Holds", f"`{r.task}` agrees with the definition on {r.cases} inputs."
        else:
            if r.climbed:
                yield "Holds", "; ".join(self._words(name) for name in r.climbed) + "."
            yield "Not yet", self._words(r.rung) + "."
            yield "Seen", r.symptom
        place = tables.place_in_words(r)
        if place and r.right is not None and (r.right.any() or r.right.ndim > 2):
            yield "First wrong", f"{place}, counted from 0."
        if r.case:
            yield "Tried with", r.case.name + "."
        if r.line:
            yield "Where", f"line {r.line} of your cell: {r.source}"
        for warning in r.warned:
            yield "Python warned", warning
        if r.hint:
            yield "Next step", r.hint
        yield "Remember", MORE

    def _words(self, rung: str) -> str:
        return sentences.RUNGS[rung].format(asked=in_words(self._asked))

    def _tables(self) -> list[Table]:
        """The failing case in numbers: what went in, what came out, which values are right."""
        return [*tables.inputs(self.result), *tables.answers(self.result)]

    def _text(self) -> Iterator[str]:
        yield self.heading
        yield "=" * len(self.heading)
        yield from (f"{label}: {words}" for label, words in self._facts())
        for table in self._tables():
            rows = _cells(table.matrix)
            width = max((len(cell) for row in rows for cell in row), default=0)
            yield f"{table.caption}: {table.words}".rstrip()
            yield from ("  " + "  ".join(cell.rjust(width) for cell in row) for row in rows)
        if self.result.printed.strip() and not self.result.passed:
            yield "It printed:"
            yield from ("  " + line for line in self._printed())

    def _printed(self) -> list[str]:
        return self.result.printed.strip().splitlines()[:PRINTED_LINES]

    def _html(self) -> str:
        colour = GOOD if self.result.passed else BAD
        parts = [
            f'<section aria-label="Check of {_e(self.result.task)}" style="border-left: 4px solid '
            f'{colour}; padding: 0.2em 1em; color: inherit; background: transparent">',
            # A heading to screen readers, and none to the front end's table of contents.
            '<p role="heading" aria-level="4" style="margin: 0.3em 0">'
            f"<strong>{_e(self.heading)}</strong></p>",
            *(
                f'<p style="margin: 0.3em 0"><em>{label}:</em> {_marked(words)}</p>'
                for label, words in self._facts()
            ),
        ]
        left = [table for table in self._tables() if table.caption not in self._pictured]
        if left:
            shown = "".join(map(_table, left))
            row = "display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1.5em"
            parts.append(f'<div style="{row}">{shown}</div>')
        if self.result.printed.strip() and not self.result.passed:
            parts.append(f"<p>It printed:</p><pre>{_e(chr(10).join(self._printed()))}</pre>")
        return "\n".join([*parts, "</section>"])


def show(result: Result, asked: Asked) -> None:
    """Display a result: in a notebook with a picture, elsewhere as text."""
    shell = _shell()
    if shell is None:
        print(Report(result, asked))
        return
    from IPython.display import display

    figure, pictured = None, frozenset[str]()
    if getattr(shell, "kernel", None) is not None:
        from cnnlab.checks.picture import draw

        figure, pictured = draw(result)
    display(Report(result, asked, pictured))
    if figure is not None:
        display(figure)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


def _cells(matrix: np.ndarray | None) -> list[list[str]]:
    """Numbers as text, and verdicts as words; of a large matrix its beginning."""
    if matrix is None:
        return []
    text = MARK.__getitem__ if matrix.dtype == bool else tables.number
    rows = [[text(v) for v in row[:TABLE_AT_MOST].tolist()] for row in matrix[:TABLE_AT_MOST]]
    if matrix.shape[1] > TABLE_AT_MOST:
        rows = [[*row, "..."] for row in rows]
    if matrix.shape[0] > TABLE_AT_MOST:
        rows.append(["..."] * len(rows[0]))
    return rows


def _table(table: Table) -> str:
    rows = _cells(table.matrix)
    if not rows:
        return f"<p>{_e(table.caption)}: {_e(table.words)}</p>"
    body = "".join(
        f'<tr><th scope="row" style="font-weight: normal; opacity: 0.7">{i}</th>'
        + "".join(_cell(cell) for cell in row)
        + "</tr>"
        for i, row in enumerate(rows)
    )
    head = "".join(
        f'<th scope="col" style="font-weight: normal; opacity: 0.7">{j}</th>'
        for j in range(len(rows[0]))
    )
    return (
        '<table style="color: inherit; border-collapse: collapse">'
        f'<caption style="caption-side: top; color: inherit">{_e(table.caption)}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(text: str) -> str:
    look = "text-align: right; padding: 0.1em 0.5em; border: 1px solid currentColor"
    if text == MARK[False]:
        look += f"; font-weight: bold; outline: 2px solid {BAD}"
    return f'<td style="{look}">{_e(text)}</td>'


def _marked(fact: str) -> str:
    """Text as HTML; words between back quotes are names of the student's."""
    pieces = _e(fact).split("`")
    if len(pieces) % 2 == 0:
        return _e(fact)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))


def _e(text: str) -> str:
    return html.escape(text)
