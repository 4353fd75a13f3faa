"""The formula tier stays readable: short functions, NumPy alone, whole docstrings."""

import ast
import inspect

import pytest

from cnnlab import naive

LONGEST = 25
SECTIONS = [".. math::", "Shapes:", "Parameters:", "Raises:", "References:", ">>> "]


def functions(root):
    for path in sorted((root / "cnnlab" / "naive").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield path.name, node


def lines_of_code(function):
    """Lines from ``def`` to the end, without the docstring."""
    docstring = function.body[0]
    has_one = isinstance(docstring, ast.Expr) and isinstance(docstring.value, ast.Constant)
    length = docstring.end_lineno - docstring.lineno + 1 if has_one else 0
    return function.end_lineno - function.lineno + 1 - length


def test_every_function_is_short(root):
    lengths = {f"{file}: {node.name}": lines_of_code(node) for file, node in functions(root)}
    assert len(lengths) > len(naive.__all__)
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_no_file_imports_anything_but_numpy_and_its_own_tier(root):
    for path in sorted((root / "cnnlab" / "naive").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", [])]
            if isinstance(node, ast.ImportFrom):
                names = [node.module]
            if isinstance(node, ast.Import | ast.ImportFrom):
                allowed = {"numpy", "math"}
                for name in names:
                    assert name in allowed or name.startswith("cnnlab.naive"), (path.name, name)


@pytest.mark.parametrize("name", naive.__all__)
def test_every_docstring_is_whole(name):
    text = inspect.getdoc(getattr(naive, name))
    assert [section for section in SECTIONS if section not in text] == []


@pytest.mark.parametrize("name", naive.__all__)
def test_every_parameter_is_explained(name):
    function = getattr(naive, name)
    text = inspect.getdoc(function)
    explained = text[text.index("Parameters:") : text.index("Raises:")]
    assert [p for p in inspect.signature(function).parameters if p not in explained] == []


def test_all_lists_every_public_function(root):
    public = {node.name for _, node in functions(root) if not node.name.startswith("_")}
    helpers = {"tuple_of", "borders", "zero_padded", "cropped", "windows"}
    assert sorted(public - helpers) == sorted(naive.__all__)
