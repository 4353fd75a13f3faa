"""Change a function's source in one place at a time: operators, constants, indices, names.

A short generator over the syntax tree. It knows nothing of what the function is for.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

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


@cache
def mutants(source: str) -> dict[str, str]:
    """What was changed: the changed source, for each single change."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    names = sorted(_local_names(tree))
    places = _places(tree)
    seen: Counter[str] = Counter()
    found = {}
    for node in list(ast.walk(tree)):
        for change, field, value in list(_changes(node, names)):
            kept = getattr(node, field)
            setattr(node, field, value)
            text = _compiled(tree)
            setattr(node, field, kept)
            if text and text != before:
                what = f"{places[node]}: {change}"
                seen[what] += 1
                found[f"{what}, place {seen[what]}"] = text
    return found


def _compiled(tree: ast.AST) -> str:
    """The tree as source, or "" where it is none any more."""
    try:
        text = ast.unparse(tree)
        compile(text, "mutant", "exec")
    except (SyntaxError, ValueError):
        return ""
    return text


def _places(tree: ast.AST) -> dict[ast.AST, str]:
    """For each node the first line of the innermost statement in which it stands."""
    found: dict[ast.AST, str] = {}
    for statement in ast.walk(tree):  # the outer ones come first
        if isinstance(statement, ast.stmt):
            line = ast.unparse(statement).splitlines()[0]
            found |= dict.fromkeys(ast.walk(statement), line)
    return found


def _local_names(tree: ast.AST) -> set[str]:
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is(n.ctx, ast.Store)}
    return stored | {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}


def _changes(node: ast.AST, names: list[str]) -> Iterator[tuple[str, str, Any]]:
    """What can be changed in one node: a description, the field, and its other value."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        for operator in OPERATORS.get(type(node.op), ()):
            yield f"{_text(node)} with {operator.__name__}", "op", operator()
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in COMPARISONS.get(type(node.ops[0]), ()):
            yield f"{_text(node)} with {comparison.__name__}", "ops", [comparison()]
    if isinstance(node, ast.UnaryOp) and _is(node.op, ast.USub):
        yield f"{_text(node)} without minus", "op", ast.UAdd()
    if isinstance(node, ast.Constant):
        for value in _other_values(node.value):
            text = str(value) if isinstance(value, bool) else f"{value:g}"
            yield f"{node.value!r} -> {text}", "value", value
    if isinstance(node, ast.Slice):
        for part in ("lower", "upper", "step"):
            if getattr(node, part) is not None:
                yield f"{_text(node)} without {part}", part, None
    if isinstance(node, ast.Name) and _is(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"{node.id} -> {other}", "id", other
    if isinstance(node, ast.Attribute):
        for other in METHODS.get(node.attr, ()):
            yield f".{node.attr} -> .{other}", "attr", other


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


def _text(node: ast.AST) -> str:
    return ast.unparse(node)
