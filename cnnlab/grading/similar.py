"""Code that two students share and the class does not: a hint that they worked together.

Comments, layout, docstrings and the names that students choose are dropped; runs of tokens that
are left become fingerprints, thinned out by winnowing [1]_. What was handed out does not count, nor
what many have. Only the rest is compared, so that the common answer to a short exercise accuses
nobody.

References
----------
.. [1] S. Schleimer, D. S. Wilkerson, A. Aiken: Winnowing: local algorithms for document
   fingerprinting. SIGMOD 2003, pp. 76-85.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from pygments.lexers import PythonLexer
from pygments.token import Token

RUN = 16  # tokens in a fingerprint: about a line and a half
WINDOW = 5  # of so many neighbouring runs one is kept
SHARED_AT_LEAST = 8  # fingerprints: about four lines
SCORE_AT_LEAST = 0.5
HELD_AT_MOST = 10  # more students than this share no secret; it also bounds the work
TOKENS_AT_LEAST = 40
SHOWN_AT_MOST = 200

Code = Mapping[str, str]


@dataclass(frozen=True)
class Alike:
    """Students whose code is nearly the same.

    ``score`` is the part of the smaller one's code that the other has too and few in the class
    have; 1 means that all answers are the same but for names and layout. ``cells`` are where.
    """

    students: tuple[str, ...]
    score: float
    cells: tuple[str, ...]


def find(works: Mapping[str, Code], released: Code) -> list[Alike]:
    """Students with nearly the same unusual code, the nearest first, at most 200 finds.

    Parameters
    ----------
    works: for each student the code of each cell to be compared, by the cell's name.
    released: the same cells as they were handed out.

    The work grows with the number of students, not with that of pairs: fingerprints that more
    than ten hold are not looked at.
    """
    streams = {who: {name: tokens(code[name]) for name in code} for who, code in works.items()}
    given = {run for code in released.values() for run in _runs(tokens(code))}
    same = _identical(streams, {name: tokens(code) for name, code in released.items()})
    shown_once = {who for group in same for who in group.students[1:]}
    others = {who: cells for who, cells in streams.items() if who not in shown_once}
    found = [*same, *_pairs(others, given)]
    return sorted(found, key=lambda a: (-a.score, -len(a.students), a.students))[:SHOWN_AT_MOST]


@lru_cache(maxsize=20_000)
def tokens(code: str) -> tuple[str, ...]:
    """The code without comments, layout and docstrings; names that a student may choose are ``n``.

    >>> tokens("total = sum(x)  # all")
    ('n', '=', 'sum', '(', 'n', ')')
    """
    kept: list[str] = []
    for kind, text in PythonLexer().get_tokens(code):
        if kind in Token.Comment or kind in Token.Literal.String.Doc or not text.strip():
            continue
        if kind in Token.Literal.String:
            word = "s"
        elif kind in Token.Name and kind not in Token.Name.Builtin and kept[-1:] != ["."]:
            word = "n"
        else:
            word = text.strip()
        if word != "s" or kept[-1:] != ["s"]:  # a string comes in pieces
            kept.append(word)
    return tuple(kept)


def fingerprints(stream: Sequence[str]) -> frozenset[int]:
    """Of each window of neighbouring runs the one with the smallest hash."""
    runs = _runs(stream)
    if len(runs) <= WINDOW:
        return frozenset(runs[:1] and [min(runs)])
    return frozenset(min(runs[k : k + WINDOW]) for k in range(len(runs) - WINDOW + 1))


def _runs(stream: Sequence[str]) -> list[int]:
    """The hash of each run of tokens; the same in every process."""
    return [
        int.from_bytes(blake2b("\0".join(stream[k : k + RUN]).encode(), digest_size=8).digest())
        for k in range(len(stream) - RUN + 1)
    ]


def _identical(
    streams: Mapping[str, Mapping[str, Sequence[str]]], released: Mapping[str, Sequence[str]]
) -> list[Alike]:
    """Students with the same answers in all cells, where enough of that is not common."""
    held = Counter(item for cells in streams.values() for item in cells.items())
    common = max(2, len(streams) // 5)
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for who, cells in streams.items():
        groups[tuple(sorted(cells.items()))].append(who)
    found = []
    for members in groups.values():
        cells = streams[members[0]]
        unusual = [
            name
            for name, stream in cells.items()
            if held[name, stream] <= common and stream != released.get(name)
        ]
        if len(members) > 1 and sum(len(cells[name]) for name in unusual) >= TOKENS_AT_LEAST:
            found.append(Alike(tuple(sorted(members)), 1.0, tuple(unusual)))
    return found


def _pairs(streams: Mapping[str, Mapping[str, Sequence[str]]], given: set[int]) -> Iterator[Alike]:
    """Pairs that share enough of what few others have."""
    prints = {
        who: {
            mark: name
            for name, stream in cells.items()
            for mark in fingerprints(stream)
            if mark not in given
        }
        for who, cells in streams.items()
    }
    holders: dict[int, list[str]] = defaultdict(list)
    for who, marks in prints.items():
        for mark in marks:
            holders[mark].append(who)
    few = max(2, min(HELD_AT_MOST, len(streams) // 5))
    rare = (sorted(students) for students in holders.values() if len(students) <= few)
    shared = Counter(pair for students in rare for pair in combinations(students, 2))
    for pair, number in shared.items():
        one, other = (prints[who] for who in pair)
        score = number / min(len(one), len(other))
        if number >= SHARED_AT_LEAST and score >= SCORE_AT_LEAST:
            both = [m for m in one.keys() & other.keys() if len(holders[m]) <= few]
            yield Alike(pair, score, tuple(dict.fromkeys(one[m] for m in both)))
