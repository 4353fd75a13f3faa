"""What a teacher's locked cells have bound, anew for each test, and which of them a test needs."""

import ast
import copy
import inspect
import random
import symtable
import types
from functools import lru_cache
from typing import Any

import numpy as np
from IPython.core.inputtransformer2 import TransformerManager

from cnnlab.grading.model import Cell, Manifest


class Locked:
    """The module that locked cells have run in.

    A test runs in it, too, so that a function of theirs finds what the test and the student have
    bound. Before each test their values are put back.
    """

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module
        self.names = {k: v for k, v in vars(module).items() if not _is_modules_own(k)}
        self._start = random.getstate(), np.random.get_state()  # noqa: NPY002

    def fresh(self) -> types.ModuleType:
        """The module as the cells have left it, random numbers and all."""
        found = vars(self.module)
        for name in [name for name in found if not _is_modules_own(name)]:
            del found[name]
        found.update(_copies(self.names))
        state, numbers = self._start
        random.setstate(state)
        np.random.set_state(numbers)  # noqa: NPY002
        return self.module


def _is_modules_own(name: str) -> bool:
    return name.startswith("__")


def _copies(names: dict[str, Any]) -> dict[str, Any]:
    """A test's own copies of values. What two names share, they share in the copies."""
    memo: dict[int, Any] = {}
    copies = {}
    for name, value in names.items():
        copies[name] = value
        if inspect.ismodule(value) or callable(value):
            continue
        seen = memo.copy()
        try:
            copies[name] = copy.deepcopy(value, seen)
        except Exception:  # of this value there are no copies
            continue
        memo = seen
    return copies


def needed(manifest: Manifest, grade_id: str, source: str) -> list[Cell]:
    """The locked cells above a test that bind something it uses, itself or through another."""
    above: list[Cell] = []
    for cell in manifest.cells:
        if cell.grade_id == grade_id:
            break
        if cell.role == "locked" and cell.cell_type == "code":
            above.append(cell)
    wanted, found = set(loaded_names(source)), set()
    while more := [c for c in above if c.grade_id not in found and _binds(c.source, wanted)]:
        found |= {cell.grade_id for cell in more}
        wanted.update(*(loaded_names(cell.source) for cell in more))
    return [cell for cell in above if cell.grade_id in found]


def _binds(source: str, wanted: set[str]) -> bool:
    names = bound_names(source)
    return bool(names & wanted) or "*" in names


@lru_cache(maxsize=256)
def loaded_names(source: str) -> frozenset[str]:
    """The names that a cell or a function in it looks up in the module or among the builtins."""
    try:
        tables = [symtable.symtable(transformed(source), "cell", "exec")]
    except SyntaxError:  # of a cell that awaits something, too: there every name counts
        return _of_kind(source, ast.Load)
    found: set[str] = set()
    while tables:
        table = tables.pop()
        top = table.get_type() == "module"
        names = table.get_symbols()
        found |= {n.get_name() for n in names if n.is_referenced() and (top or n.is_global())}
        tables += table.get_children()
    return frozenset(found)


@lru_cache(maxsize=256)
def bound_names(source: str) -> frozenset[str]:
    """The names that a cell binds; those of its functions' own variables may be among them."""
    names = set(_of_kind(source, ast.Store))
    for node in _nodes(source):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
    return frozenset(names)


def _of_kind(source: str, context: type) -> frozenset[str]:
    names = (node for node in _nodes(source) if isinstance(node, ast.Name))
    return frozenset(name.id for name in names if isinstance(name.ctx, context))


def _nodes(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(transformed(source))))
    except SyntaxError:
        return []


def parts(source: str) -> list[str]:
    """The statements of a cell, each as Python; a cell that is none in one piece."""
    try:
        return [ast.unparse(node) for node in ast.parse(transformed(source)).body]
    except SyntaxError:
        return [source]


def transformed(source: str) -> str:
    """Python for a cell that may hold magics."""
    return TransformerManager().transform_cell(source)
