"""Change a function's source in one place at a time: operators, constants, indices, names.

A short generator over the syntax tree. It knows nothing of what the function is for.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
}
METHODS = {"sum": ("mean", "max", "min", "prod")}


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


def _local_names(tree):
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is(n.ctx, ast.Store)}
    return stored | {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}


def _changes(node, names):
    """What can be changed in one node: a description, and a function that does it."""
    if isinstance(node, ast.BinOp):
        for other in OPERATORS.get(type(node.op), ()):
            yield f"{_text(node)} with {other.__name__}", _set("op", other())
    if isinstance(node, ast.UnaryOp) and _is(node.op, ast.USub):
        yield f"{_text(node)} without minus", _set("op", ast.UAdd())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        step = 1 if type(node.value) is int else 0.01
        for value in (node.value + step, node.value - step, 0, -node.value):
            if value != node.value:
                yield f"{node.value} -> {value:g}", _set("value", value)
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


def _is(node, kind):
    return isinstance(node, kind)


def _set(field, value):
    return lambda node: setattr(node, field, value)


def _text(node):
    return ast.unparse(node)


def _where(tree, node):
    """The innermost statement in which the node stands."""
    inside = [
        statement
        for statement in ast.walk(tree)
        if isinstance(statement, ast.stmt) and any(n is node for n in ast.walk(statement))
    ]
    return ast.unparse(inside[-1]).splitlines()[0]
