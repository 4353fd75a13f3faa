"""Write the package as student code finds it inside the sandbox.

Pictures and data are whole, and kernels but for what an exercise asks for. Everything else has its
names and no code: a function that an exercise may ask for, its twins and the checks cannot be
called or read there. What a locked cell of the assignment uses is handed out with the assignment,
so it works, with all that it needs.
"""

import ast
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cnnlab.errors import NotebookError
from cnnlab.grading.model import Cell

PACKAGE = Path(__file__).resolve().parents[1]
WHOLE = ("data", "errors", "files", "kernels", "plot")
HOLLOW = {
    "checks": "Inert",
    "explore": "Inert",
    "functional": "refuse",
    "naive": "refuse",
    "nn": "refuse",
    "shapes": "refuse",
}
"""Sub-packages of which the names alone are there, and what stands for each name."""
CUT = {"cnnlab.kernels": {"factors"}}
"""Exercises' twins in what is otherwise whole: exercise 3 asks for the factors of a kernel."""
WORKER_MODULES = ("__init__", "answers", "shell", "unavailable", "values", "warm", "wire", "worker")
"""The modules of `cnnlab.grading` that run inside."""


class Name(NamedTuple):
    """A name bound at the top of a module."""

    module: str
    name: str


def build(folder: Path, cells: Iterable[Cell] = ()) -> Path:
    """Write the build for an assignment of these cells; returns the folder to put on the path.

    The same cells give the same files. ``folder`` may exist; what it holds already is replaced.
    """
    begin(folder)
    finish(folder, cells)
    return folder


def begin(folder: Path) -> None:
    """Write what a parent of students' processes needs before it loads anything for them."""
    _copy(PACKAGE / "__init__.py", folder / "cnnlab")
    for name in WORKER_MODULES:
        _copy(PACKAGE / "grading" / f"{name}.py", folder / "cnnlab/grading")


def finish(folder: Path, cells: Iterable[Cell] = ()) -> None:
    """Write the rest, for an assignment of these cells."""
    kept = _closure(_used_by_locked(cells))
    root = folder / "cnnlab"
    for part in WHOLE:
        _copy(PACKAGE / part if (PACKAGE / part).is_dir() else PACKAGE / f"{part}.py", root)
    for module, names in CUT.items():
        keep = set(_bindings(module)) - names | kept.get(module, set())
        _write(root, module, _reduced(module, keep, "refuse"))
    for part, stand_in in HOLLOW.items():
        for module in _modules(part):
            _write(root, module, _reduced(module, kept.get(module, set()), stand_in))


def handed_out(cells: Iterable[Cell]) -> list[str]:
    """What locked cells use of the hollow parts, as dotted names."""
    return sorted(f"{name.module}.{name.name}" for name in _used_by_locked(cells))


def _copy(source: Path, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, into / source.name, ignore=ignored, dirs_exist_ok=True)
    else:
        shutil.copy(source, into / source.name)


def _write(root: Path, module: str, text: str) -> None:
    path = root / _file(module).relative_to(PACKAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _modules(part: str) -> Iterator[str]:
    """The modules of a sub-package, without the folders below it: those of checks hold ladders."""
    yield f"cnnlab.{part}"
    for path in sorted((PACKAGE / part).glob("*.py")):
        if path.stem != "__init__":
            yield f"cnnlab.{part}.{path.stem}"


def _reduced(module: str, keep: set[str], stand_in: str) -> str:
    """The source of a module with the statements behind ``keep``, and stand-ins for the rest."""
    bindings = _bindings(module)
    package = _file(module).name == "__init__.py"
    wanted: list[ast.stmt] = []
    absent: list[str] = []
    for name, statement in bindings.items():
        imported = isinstance(statement, (ast.Import, ast.ImportFrom))
        if name in keep or name == "__all__" or (package and imported):
            wanted.append(statement)
        elif not imported:
            absent.append(name)
    body = [statement for statement in _tree(module).body if statement in wanted]
    lines = ['"""What of this module is there while student work is graded."""']
    lines += [f"from cnnlab.grading.unavailable import {stand_in}"] if absent else []
    lines += [f'{name} = {stand_in}("{name}")' for name in absent]
    lines += [ast.unparse(statement) for statement in body]
    return "\n".join(lines) + "\n"


def _closure(wanted: Iterable[Name]) -> dict[str, set[str]]:
    """By module, these names and all that their code needs of the package."""
    kept: dict[str, set[str]] = {}
    todo = list(wanted)
    while todo:
        module, name = todo.pop()
        if name not in _bindings(module) or name in kept.setdefault(module, set()):
            continue
        kept[module].add(name)
        todo += _uses(name, module)
    return kept


def _used_by_locked(cells: Iterable[Cell]) -> list[Name]:
    found: list[Name | None] = []
    for cell in cells:
        if cell.role == "locked" and cell.cell_type == "code":
            tree = _parsed(cell)
            imports = _imports(tree)
            found += [*_resolved(tree, imports), *map(_target, imports.values())]
    return _hollow(found)


def _parsed(cell: Cell) -> ast.Module:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return ast.parse(TransformerManager().transform_cell(cell.source))  # magics become calls
    except SyntaxError as error:
        raise NotebookError(
            f"locked cell {cell.grade_id}, line {error.lineno}: {error.msg}. Mend it, then grade"
        ) from error


def _hollow(names: Iterable[Name | None]) -> list[Name]:
    """Those of the names that can be handed out: their modules refuse, or were cut."""
    refusing = [[part] for part, stand_in in HOLLOW.items() if stand_in == "refuse"]
    return [
        found
        for found in names
        if found
        and (found.module.split(".")[1:2] in refusing or found.name in CUT.get(found.module, ()))
    ]


def _uses(name: str, module: str) -> list[Name]:
    """The names of hollow modules, this one's own too, that the code behind a name uses."""
    statement, imports = _bindings(module)[name], _imports(_tree(module))
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        found = [_target(imports[name])]
    else:
        read = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        found = [*_resolved(statement, imports), *(Name(module, other) for other in sorted(read))]
    return _hollow(found)


def _resolved(tree: ast.AST, imports: dict[str, str]) -> Iterator[Name | None]:
    """The names that dotted expressions such as ``functional.conv2d`` stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            first, _, rest = ast.unparse(node).partition(".")
            if first in imports:
                yield _target(f"{imports[first]}.{rest}")


def _imports(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for, as a dotted path."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _target(path: str) -> Name | None:
    """The module and the name in it of a dotted path; None for a module, or another package's."""
    parts = path.split(".")
    for count in range(1, len(parts) if parts[0] == "cnnlab" else 0):
        if not _is_module(".".join(parts[: count + 1])):
            return Name(".".join(parts[:count]), parts[count])
    return None


@cache
def _bindings(module: str) -> dict[str, ast.stmt]:
    """The statement that binds each top-level name of a module; of several, the last."""
    return {name: statement for statement in _tree(module).body for name in _bound(statement)}


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from _imports(statement)
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                yield from _imports(node)


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_file(module).read_text(encoding="utf-8"))


def _file(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").is_file()
