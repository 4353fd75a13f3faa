"""Forging at random: attacks put together from a seed."""

import random
from typing import Any

from tests.grading.corpus import course, forging, marks, protocol, values
from tests.grading.corpus.attack import Attack

# Those that wait until their time is up teach nothing more in company.
WAITING = "time.sleep(60)"
PIECES = [
    attack
    for attack in (*forging.ATTACKS, *values.ATTACKS, *protocol.ATTACKS)
    if attack.outcome in ("zero", "review")
    and not any(WAITING in text for text in (attack.cell, *attack.answers.values()))
    and attack.title not in ("never reading", "one byte at a time")
]
EDITS = [attack for attack in marks.ATTACKS if attack.edit]


def combined(seed: int) -> tuple[str, dict[str, Any]]:
    """A wrong notebook with two to four attacks and up to two edits, and what they are."""
    dice = random.Random(seed)
    chosen = dice.sample(PIECES, dice.randint(2, 4))
    edits = dice.sample(EDITS, dice.choice([0, 0, 1, 1, 2]))
    made = course.notebook(course.WRONG)
    for attack in chosen:
        _put(attack, made, dice)
    for attack in edits:
        attack.edit(made)
    words = " + ".join(attack.title for attack in (*chosen, *edits))
    return words, made


def _put(attack: Attack, made: dict[str, Any], dice: random.Random) -> None:
    """Its code takes an answer's place, or becomes a cell anywhere, a test's copy included."""
    for name, source in attack.answers.items():
        if dice.random() < 0.7:
            course.cell_of(made, name)["source"] = source
        else:
            _insert(source, made, dice)
    if attack.cell:
        _insert(attack.cell, made, dice)


def _insert(source: str, made: dict[str, Any], dice: random.Random) -> None:
    cells = made["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    where = dice.random()
    if where < 0.6:
        own = {"cell_type": "code", "id": f"own-{len(cells)}", "metadata": {}, "outputs": []}
        cells.insert(dice.randrange(len(cells) + 1), {**own, "source": source})
    elif where < 0.8:
        cell = dice.choice(code)
        cell["source"] += "\n" + source
    else:
        cell = dice.choice(code)
        cell["source"] = source + "\n" + cell["source"]
