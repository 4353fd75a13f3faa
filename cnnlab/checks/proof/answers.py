"""The model answers of the course, as the printed solutions have them."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

GRADED = re.compile(r"check\.(\w+)\.points\(\s*\w+,\s*of=([\d.]+),\s*seed=(\d+)\s*\)")
GIVEN = (ast.Import, ast.ImportFrom, ast.FunctionDef)


@dataclass(frozen=True)
class Answer:
    """One function of an exercise: its model answer, what it is worth, and what is given."""

    exercise: str
    task: str
    source: str
    of: float
    seed: int
    given: str

    def function(self, source: str = "") -> Any:
        """The answer as a function; or that of another ``source`` in its place."""
        names: dict[str, Any] = {"np": np}
        exec(self.given, names)
        exec(source or self.source, names)
        return names[self.task]


def model_answers(root: Path) -> dict[str, Answer]:
    """task: its `Answer`, from all of ``solutions/`` below the course's root."""
    found: dict[str, Answer] = {}
    for path in sorted((root / "solutions").glob("*/*.ipynb")):
        found |= {answer.task: answer for answer in _answers(path)}
    return found


def _answers(path: Path) -> list[Answer]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in code]
    worth = {task: (of, seed) for task, of, seed in GRADED.findall("\n".join(sources))}
    written = [cell["metadata"].get("nbgrader", {}).get("solution", False) for cell in code]
    given = "\n".join(
        ast.unparse(node)
        for source, own in zip(sources, written, strict=True)
        if not own
        for node in ast.parse(source).body
        if isinstance(node, GIVEN)
    )
    found = []
    for source, own in zip(sources, written, strict=True):
        if own:
            for node in ast.parse(source).body:
                if isinstance(node, ast.FunctionDef) and node.name in worth:
                    of, seed = worth[node.name]
                    name = path.parent.name
                    found.append(Answer(name, node.name, source, float(of), int(seed), given))
    return found
