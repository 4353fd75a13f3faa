"""Change a function's source in one place at a time: operators, constants, indices, names.

A short generator over the syntax tree. It knows nothing of what the function is for.
"""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Change = Callable[[Any], None]

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
METHODS: dict[str, tuple[str, ...]] = {
    "sum": ("mean", "max", "min", "prod"),
    "mean": ("sum", "max"),
    "max": ("min", "mean"),
    "min": ("max",),
    "argmax": ("argmin",),
    "maximum": ("minimum",),
}


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """(what was changed, the changed source) for each single change."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    names = sorted(_local_names(tree))
    for index, node in enumerate(ast.walk(tree)):
        for change, apply in _changes(node, names):
            mutated = copy.deepcopy(tree)
            target = list(ast.walk(mutated))[index]
            apply(target)
            try:
                text = ast.unparse(ast.fix_missing_locations(mutated))
                compile(text, "mutant", "exec")
            except (SyntaxError, ValueError):
                continue
            if text != ast.unparse(tree):
                what = f"{_where(tree, node)}: {change}"
                seen[what] += 1
                yield f"{what}, place {seen[what]}", text


def _local_names(tree: ast.AST) -> set[str]:
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is(n.ctx, ast.Store)}
    return stored | {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}


def _changes(node: ast.AST, names: list[str]) -> Iterator[tuple[str, Change]]:
    """What can be changed in one node: a description, and a function that does it."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        for operator in OPERATORS.get(type(node.op), ()):
            yield f"{_text(node)} with {operator.__name__}", _set("op", operator())
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in COMPARISONS.get(type(node.ops[0]), ()):
            yield f"{_text(node)} with {comparison.__name__}", _set("ops", [comparison()])
    if isinstance(node, ast.UnaryOp) and _is(node.op, ast.USub):
        yield f"{_text(node)} without minus", _set("op", ast.UAdd())
    if isinstance(node, ast.Constant):
        for value in _other_values(node.value):
            text = str(value) if isinstance(value, bool) else f"{value:g}"
            yield f"{node.value!r} -> {text}", _set("value", value)
    if isinstance(node, ast.Slice):
        for part in ("lower", "upper", "step"):
            if getattr(node, part) is not None:
                yield f"{_text(node)} without {part}", _set(part, None)
    if isinstance(node, ast.Name) and _is(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"{node.id} -> {other}", _set("id", other)
    if isinstance(node, ast.Attribute):
        for other in METHODS.get(node.attr, ()):
            yield f".{node.attr} -> .{other}", _set("attr", other)


def _other_values(value: object) -> list[int | float]:
    """What may stand in the place of a constant."""
    if isinstance(value, bool):
        return [not value]
    if not isinstance(value, (int, float)):
        return []
    step = 1 if isinstance(value, int) else 0.01
    return [other for other in (value + step, value - step, 0, -value) if other != value]


def _is(node: Any, kind: Any) -> bool:
    return isinstance(node, kind)


def _set(field: str, value: object) -> Change:
    return lambda node: setattr(node, field, value)


def _text(node: ast.AST) -> str:
    return ast.unparse(node)


def _where(tree: ast.AST, node: ast.AST) -> str:
    """The innermost statement in which the node stands."""
    inside = [
        statement
        for statement in ast.walk(tree)
        if isinstance(statement, ast.stmt) and any(n is node for n in ast.walk(statement))
    ]
    return ast.unparse(inside[-1]).splitlines()[0]
