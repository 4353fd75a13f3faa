"""Two tiers, one contract: the same names, arguments, defaults and explanations."""

import ast
import inspect

import pytest

from cnnlab import functional, naive

HEADINGS = ["Shapes:", "Parameters:", "Raises:", "References:"]


def parts(function):
    """What a docstring says before the first heading, and under each heading."""
    text = inspect.getdoc(function)
    ends = [text.index(heading) for heading in HEADINGS] + [text.index(">>> ")]
    starts = [0, *ends[:-1]]
    names = ["Summary", *(heading.rstrip(":") for heading in HEADINGS)]
    return {name: text[a:b] for name, a, b in zip(names, starts, ends, strict=True)}


def test_both_tiers_have_the_same_names():
    assert functional.__all__ == naive.__all__


@pytest.mark.parametrize("name", functional.__all__)
def test_signatures_agree(name):
    fast, slow = getattr(functional, name), getattr(naive, name)
    assert inspect.signature(fast) == inspect.signature(slow)


@pytest.mark.parametrize("name", functional.__all__)
def test_docstrings_agree_but_for_the_errors(name):
    fast, slow = parts(getattr(functional, name)), parts(getattr(naive, name))
    for heading in ["Summary", "Shapes", "Parameters", "References"]:
        assert fast[heading] == slow[heading]
    assert ".. math::" in fast["Summary"]


@pytest.mark.parametrize("name", functional.__all__)
def test_errors_are_those_of_cnnlab(name):
    raises = parts(getattr(functional, name))["Raises"]
    assert "ShapeError:" in raises or "ArgumentError:" in raises


def test_the_tiers_share_no_code(root):
    for path in sorted((root / "cnnlab" / "functional").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "naive" not in ast.unparse(node), path.name


def test_functions_of_the_fast_tier_stay_under_40_lines(root):
    lengths = {}
    for path in sorted((root / "cnnlab" / "functional").glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                documented = ast.get_docstring(node) is not None
                start = node.body[0].end_lineno if documented else node.lineno
                lengths[f"{path.name}: {node.name}"] = node.end_lineno - start
    assert {name: n for name, n in lengths.items() if n >= 40} == {}


def test_star_import_brings_the_public_names_and_nothing_else():
    names: dict = {}
    exec("from cnnlab.functional import *", names)
    assert sorted(set(names) - {"__builtins__"}) == functional.__all__
