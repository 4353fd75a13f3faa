"""The model answers of the course, as the printed solutions have them."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

GRADED = re.compile(r"check\.(\w+)\.points\(\s*\w+,\s*of=([\d.]+),\s*seed=(\d+)\s*\)")


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
    found = []
    for source, cell in zip(sources, code, strict=True):
        if not cell["metadata"].get("nbgrader", {}).get("solution", False):
            continue
        # A model answer may call those of the cells before it, as a whole network does.
        given = "\n".join(_defined(other) for other in sources if other is not source)
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name in worth:
                of, seed = worth[node.name]
                name = path.parent.name
                found.append(Answer(name, node.name, source, float(of), int(seed), given))
    return found


def _defined(source: str) -> str:
    """What a cell gives to the others: imports, functions and named constants."""
    return "\n".join(ast.unparse(node) for node in ast.parse(source).body if _is_given(node))


def _is_given(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.FunctionDef))
