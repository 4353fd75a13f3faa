"""What experiments reached, with its error bar, as a table."""

from dataclasses import dataclass, field
from html import escape
from math import sqrt
from typing import TYPE_CHECKING

from cnnlab.errors import ArgumentError
from cnnlab.nn.sequential import Sequential
from cnnlab.nn.training import History

if TYPE_CHECKING:
    from cnnlab.nn.experiments import Rung


def standard_error(share: float, count: int) -> float:
    r"""How far a share found on ``count`` images typically lies from that of all such images.

    .. math:: \sqrt{\frac{p (1 - p)}{n}}

    Shapes: numbers.
    Raises: `ArgumentError` for a share outside 0 to 1, or no images.

    >>> standard_error(0.8, 25)
    0.08

    References: the standard deviation of a binomial share; Bishop (2006), Pattern Recognition and
    Machine Learning, section 2.1.
    """
    if not 0 <= share <= 1 or count < 1:
        raise ArgumentError(
            f"standard_error: expects a share from 0 to 1 of at least 1 image, got {share} of "
            f"{count}."
        )
    return sqrt(share * (1 - share) / count)


@dataclass(frozen=True)
class Outcome:
    """What a rung reached: its networks, and the share of images that they recognise.

    >>> from cnnlab.nn.experiments import LADDER
    >>> outcome = Outcome(LADDER[0], [], History(), 1.0, 0.96, 500, 12.0)
    >>> round(outcome.error, 4)
    0.0088
    """

    rung: "Rung"
    networks: list[Sequential] = field(repr=False)
    history: History = field(repr=False)  # of the first network
    training: float
    held_back: float
    count: int  # images held back
    seconds: float

    @property
    def error(self) -> float:
        """How far the share on another sample of as many images would typically lie."""
        return standard_error(self.held_back, self.count)


class Climb(list[Outcome]):
    """Outcomes in order; prints as a table, and as HTML in a notebook.

    >>> from cnnlab.nn.experiments import LADDER
    >>> print(Climb([Outcome(LADDER[0], [], History(), 1.0, 0.96, 500, 12.0)]))
    rung               training  held back  standard error  published  seconds
    --------------------------------------------------------------------------
    dense, 100 hidden  100.0 %      96.0 %         ± 0.9 %    97.80 %       12
    """

    HEADS = ("rung", "training", "held back", "standard error", "published", "seconds")

    def __str__(self) -> str:
        lines = [self.HEADS, *self._cells()]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = [
            "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
            for line in lines
        ]
        return "\n".join([texts[0], "-" * len(texts[0]), *texts[1:]])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{title}</th>' for title in self.HEADS)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>'
            + "".join(f"<td>{cell}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in self._cells()
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _cells(self) -> list[tuple[str, ...]]:
        return [
            (
                outcome.rung.name,
                f"{outcome.training:.1%}".replace("%", " %"),
                f"{outcome.held_back:.1%}".replace("%", " %"),
                f"± {outcome.error:.1%}".replace("%", " %"),
                f"{outcome.rung.published:.2%}".replace("%", " %"),
                f"{outcome.seconds:.0f}",
            )
            for outcome in self
        ]
