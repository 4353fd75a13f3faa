"""Everything that the exercises bring along for their proofs, found by folder."""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent


def modules(folder: str) -> list[ModuleType]:
    """All modules of a folder beside this file, by name."""
    stems = sorted(path.stem for path in (HERE / folder).glob("[a-z]*.py"))
    return [importlib.import_module(f"tests.checks.{folder}.{stem}") for stem in stems]


def survivors() -> dict[str, dict[str, str]]:
    """task: {mutation: why it may survive}, out of ``SURVIVORS`` of each module."""
    return _merged("SURVIVORS")


def excused() -> dict[str, dict[str, str]]:
    """task: {generic mistake: why it may earn a part of the points}, out of ``PARTIAL``."""
    return _merged("PARTIAL")


def tolerated() -> dict[str, dict[str, str]]:
    """task: {generic mistake: why it is none there}, out of ``TOLERATED``."""
    return _merged("TOLERATED")


def by_outcome() -> dict[str, str]:
    """task: why it is judged by what it achieves, out of ``JUDGED_BY_OUTCOME``."""
    return _merged("JUDGED_BY_OUTCOME")


def _merged(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in modules("survivors"):
        listed = getattr(module, name, {})
        twice = found.keys() & listed.keys()
        assert not twice, f"{module.__name__}: listed before: {sorted(twice)}"
        found |= listed
    return found


def programs() -> dict[str, str]:
    """mistake: the program that shows it; importing a module adds those of its exercise."""
    modules("student_programs")
    from tests.checks.student_programs.collection import PROGRAMS

    return PROGRAMS
