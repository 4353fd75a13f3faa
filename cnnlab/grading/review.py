"""Reasons why a person should look at the code behind a mark, found by reading it.

This is no defence: what the sandbox and the judge outside must hold, they hold without it. A flag
costs no points. Whatever the handed-out notebook does itself is never flagged.
"""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from cnnlab.grading.folder import one_line
from cnnlab.grading.model import Manifest, Submission
from cnnlab.grading.plan import changed

MOST = 12

READY_MADE = {
    *("scipy.signal", "scipy.ndimage", "scipy.fft", "scipy.fftpack", "scipy.linalg.toeplitz"),
    *("torch", "tensorflow", "keras", "jax", "flax", "onnxruntime", "numba"),
    *("sklearn", "cv2", "skimage", "xgboost", "lightgbm", "numpy.convolve", "numpy.correlate"),
    *("cnnlab.functional", "cnnlab.naive", "cnnlab.kernels", "cnnlab.nn", "cnnlab.grading"),
}
REACHING = {
    *("ctypes", "cffi", "socket", "signal", "subprocess", "multiprocessing", "pickle", "dill"),
    *("builtins", "importlib", "atexit", "IPython.core", "ipykernel"),
    *("gc.get_objects", "gc.get_referrers", "gc.get_referents"),
    *("inspect.stack", "inspect.currentframe", "inspect.getsource", "inspect.getouterframes"),
    *("sys._getframe", "sys.settrace", "sys.setprofile", "sys.modules", "sys.meta_path"),
    *("os.fork", "os.forkpty", "os._exit", "os.abort", "os.kill", "os.killpg", "os.getppid"),
    *("os.system", "os.popen", "os.posix_spawn", "os.execv", "os.execve", "os.setsid"),
    *("os.pipe", "os.dup2", "os.write", "os.read", "os.close"),
}
HOOKS = {
    *("events", "input_transformers_cleanup", "input_transformers_post", "ast_transformers"),
    *("input_transformer_manager", "set_custom_exc", "showtraceback", "_showtraceback"),
    *("user_ns", "run_cell", "displayhook", "display_pub", "kernel"),
}
RANDOM = ("random.", "secrets.", "numpy.random.")
SEEDED = {"numpy.random.default_rng", "random.Random"}
RUNS_TEXT = {"exec", "eval", "compile", "__import__"}
NOT_TO_CHANGE = {"numpy", "cnnlab", "builtins", "sys", "os", "unittest", "math", "IPython"}
INNARDS = {"__code__", "__globals__", "__builtins__", "__subclasses__", "__closure__", "f_back"}
DECEIVING = {
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__bool__", "__abs__"),
    *("__float__", "__array__", "__array_ufunc__", "__array_function__"),
    *("__reduce__", "__reduce_ex__", "__instancecheck__"),
}
SHELL = "get_ipython()"
DRAWS = "draws random numbers"


def flags(submission: Submission, manifest: Manifest) -> tuple[str, ...]:
    """What a person should look at, a line each; the first dozen."""
    names: dict[str, str] = {}
    given = {
        reason
        for cell in manifest.cells
        if cell.cell_type == "code"
        for reason in _read(cell.visible, names, frozenset())
    }
    teachers = frozenset(names)
    found: dict[str, list[str]] = {}
    for number, own in enumerate(submission.cells, 1):
        cell = manifest.cell(own.grade_id)
        if own.cell_type != "code" or cell is not None and cell.ours:
            continue
        answer = cell is not None and cell.role == "solution"
        for reason in _read(own.source, names, teachers):
            if reason not in given and (answer or reason != DRAWS):
                found.setdefault(reason, []).append(cell.grade_id if cell else f"cell {number}")
    lines = [f"{reason} ({', '.join(dict.fromkeys(at))})" for reason, at in found.items()]
    return tuple(one_line(line) for line in (*changed(submission, manifest), *lines))[:MOST]


def _read(source: str, names: dict[str, str], teachers: frozenset[str]) -> list[str]:
    """Reasons to look at one cell; ``names`` learns which names stand for modules.

    A cell that is no Python gives none: it does not run either.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(_python(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    nodes = list(ast.walk(tree))
    reasons: dict[str, None] = {}
    for node in nodes:
        reasons |= dict.fromkeys(_learn(node, names))
    look = _Look(names, teachers)
    for node in nodes:
        reasons |= dict.fromkeys(look.at(node))
    return list(reasons)


def _python(source: str) -> str:
    """The cell without magics. IPython is asked only where there are any: its import is slow."""
    try:
        ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        return TransformerManager().transform_cell(source)
    return source


def _learn(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """Imports, and the shell under a name of its own."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name.partition(".")[0]
            names[alias.asname or top] = alias.name if alias.asname else top
            yield from _listed(alias.name)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            path = f"{node.module or ''}.{alias.name}"
            names[alias.asname or alias.name] = path
            yield from _listed(path)
    elif isinstance(node, ast.Assign) and _path(node.value, {}) == SHELL:
        for target in node.targets:
            if isinstance(target, ast.Name):
                names[target.id] = SHELL


def _path(node: ast.AST, names: dict[str, str]) -> str:
    """The dotted name of what a module holds, under the module's own name; empty for all else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        root = SHELL if node.func.id == "get_ipython" else ""
    else:
        root = names.get(node.id, "") if isinstance(node, ast.Name) else ""
    return ".".join([root, *reversed(parts)]) if root else ""


def _listed(path: str) -> Iterator[str]:
    """A module or a part of one is named: is that, or what it belongs to, in a list?"""
    parts = path.split(".")
    for end in range(1, len(parts) + 1):
        name = ".".join(parts[:end])
        if name in READY_MADE:
            yield f"uses {name}"
        if name in REACHING:
            yield f"reaches for {name}"
    if parts[0] == SHELL and parts[1:] and parts[1] in HOOKS:
        yield f"hooks into the notebook: {parts[1]}"


@dataclass(frozen=True)
class _Look:
    """Looks at single nodes of a syntax tree, knowing the names of modules."""

    names: dict[str, str]
    teachers: frozenset[str]

    def at(self, node: ast.AST) -> Iterator[str]:
        """Reasons that this node gives, without what lies below it."""
        if isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif isinstance(node, ast.Call):
            yield from self._call(node)
        elif isinstance(node, ast.ClassDef):
            yield from self._class(node)
        elif isinstance(node, ast.Assign | ast.Delete):
            for target in node.targets:
                yield from self._bound(target)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            yield from self._bound(node.target)

    def _attribute(self, node: ast.Attribute) -> Iterator[str]:
        path = _path(node, self.names)
        yield from _listed(path)
        if path.startswith(RANDOM) and path not in SEEDED:
            yield DRAWS
        if node.attr in INNARDS:
            yield f"reaches for {node.attr}"

    def _call(self, node: ast.Call) -> Iterator[str]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in RUNS_TEXT:
            yield f"runs text as code: {name}"
        if name in ("setattr", "delattr") and node.args:
            yield from self._changed(node.args[0])
        path = _path(node.func, self.names)
        if path in SEEDED and not node.args + node.keywords:
            yield DRAWS
        if name and path.startswith(RANDOM) and path not in SEEDED:
            yield DRAWS

    def _class(self, node: ast.ClassDef) -> Iterator[str]:
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name in DECEIVING:
                yield f"a class defines {part.name}"
            if isinstance(part, ast.Assign):
                names = {target.id for target in part.targets if isinstance(target, ast.Name)}
                yield from (f"a class defines {name}" for name in sorted(names & DECEIVING))
        if node.name in self.teachers:
            yield f"replaces {node.name}"

    def _bound(self, target: ast.AST) -> Iterator[str]:
        if isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                yield from self._bound(part)
        elif isinstance(target, ast.Name) and target.id in self.teachers:
            yield f"replaces {target.id}"
        elif isinstance(target, ast.Attribute):
            yield from self._changed(target)

    def _changed(self, node: ast.AST) -> Iterator[str]:
        path = _path(node, self.names)
        if path.partition(".")[0] in NOT_TO_CHANGE:
            yield f"changes {path}"
