"""Where each row of the curriculum has its home: lesson, exercise and tests, as a page."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cnnlab.errors import NotebookError
from cnnlab.printing.course import Course
from cnnlab.printing.manuscript import LESSON, Manuscript

SOURCE = Path("course", "curriculum.yaml")
PAGE = Path("docs", "curriculum.md")
TESTS = "test_lesson_{}_numbers.py"
HEADING = re.compile(r"# --- ((?:\d+(?:\.\d+)?(?:, | and )?)+) \S")
INTRODUCTION = """# The curriculum, row by row

Printed by `cnnlab course rows`; do not edit. The rows stand in `course/curriculum.yaml`.

- **taught**: the lessons whose front matter names the row.
- **computed**: the lessons whose cells compute its figures. A test under the row's heading,
  `# --- row`, runs the cells and reads what they have computed or printed.
- **exercised**: the exercises whose front matter names it. A dash: the row asks for no function.
- **tested**: the files with tests under the row's heading. They hold the figures against an
  independent oracle or work by hand.
"""


@dataclass
class Row:
    """One row, and what was found for it."""

    name: str
    what: str
    function: bool
    lessons: list[str] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)  # numbers of lessons, as in "09b"
    tested: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """What the row still lacks."""
        lacks = {
            "taught": not self.lessons,
            "computed": not self.computed,
            "exercised": self.function and not self.exercises,
            "tested": not self.tested,
        }
        return [word for word, missing in lacks.items() if missing]


@dataclass(frozen=True)
class Part:
    """A part of the curriculum and its rows."""

    title: str
    rows: tuple[Row, ...]


def read_curriculum(root: Path) -> dict[str, Part]:
    """The parts by number, as they are typed in ``course/curriculum.yaml``.

    Raises: `NotebookError` if the file is not of that form.
    """
    try:
        typed: Any = yaml.safe_load((root / SOURCE).read_text(encoding="utf-8"))
        return {
            number: Part(
                part["title"],
                tuple(
                    Row(name, row["what"], bool(row.get("function")))
                    for name, row in part["rows"].items()
                ),
            )
            for number, part in typed.items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise NotebookError(
            f"{SOURCE}: expected parts with a title and rows, each row with `what:`. {error!r}"
        ) from None


def find_homes(course: Course) -> dict[str, Part]:
    """The curriculum, each row with its lessons, exercises and tests.

    Raises: `NotebookError` if a manuscript or a test names a row that is none.
    """
    parts = read_curriculum(course.root)
    rows = {row.name: row for part in parts.values() for row in part.rows}
    for manuscript in course.manuscripts():
        for name in manuscript.front["rows"]:
            _homes(_known(rows, name, manuscript.path), manuscript).append(manuscript.name)
    folder = course.root / "tests" / "course"
    shared = _functions(folder / "conftest.py")
    for path in sorted(folder.glob(TESTS.format("*"))):
        lesson = path.name.removeprefix("test_lesson_").partition("_")[0]
        for name, from_cells in _tests(path, shared):
            row = _known(rows, name, path)
            for found in [row.tested, row.computed] if from_cells else [row.tested]:
                if lesson not in found:
                    found.append(lesson)
    return parts


def _homes(row: Row, manuscript: Manuscript) -> list[str]:
    return row.lessons if manuscript.kind == LESSON else row.exercises


def _known(rows: dict[str, Row], name: str, path: Path) -> Row:
    if name not in rows:
        raise NotebookError(f"{path}: {name!r} is no row of {SOURCE}.")
    return rows[name]


def _tests(path: Path, shared: list[ast.FunctionDef]) -> Iterator[tuple[str, bool]]:
    """For each test under a heading with rows: a row, and whether it reads the lesson's values."""
    functions = _functions(path)
    from_cells = _from_cells([*shared, *functions])
    lines = path.read_text(encoding="utf-8").splitlines()
    for function in functions:
        if not function.name.startswith("test_"):
            continue
        above = (line for line in lines[function.lineno - 1 :: -1] if line.startswith("# --- "))
        heading = HEADING.match(next(above, ""))
        for name in re.findall(r"[\d.]+", heading[1]) if heading else ():
            yield name, bool(from_cells & _arguments(function))


def _functions(path: Path) -> list[ast.FunctionDef]:
    """The functions of a file of tests, none where there is no such file."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def _from_cells(functions: list[ast.FunctionDef]) -> set[str]:
    """The fixtures that run the lesson's cells, and those that are made of them."""
    found: set[str] = set()
    for function in functions:  # a fixture stands below those that it needs
        if function.decorator_list:
            runs = any(
                isinstance(node, ast.Name) and node.id == "exec" for node in ast.walk(function)
            )
            if runs or found & _arguments(function):
                found.add(function.name)
            else:  # of one name, the file's own fixture hides the shared one
                found.discard(function.name)
    return found


def _arguments(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.args}


def render(parts: dict[str, Part]) -> str:
    """The page, in Markdown."""
    rows = [row for part in parts.values() for row in part.rows]
    notebooks = {
        _number(name): f"../notebooks/{name}.ipynb" for row in rows for name in row.lessons
    }
    blocks = [INTRODUCTION]
    for number, part in parts.items():
        lines = [
            f"## {number}. {part.title}\n",
            "| row | what | taught | computed | exercised | tested |",
            "|---|---|---|---|---|---|",
            *(_line(row, notebooks) for row in part.rows),
        ]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _line(row: Row, notebooks: dict[str, str]) -> str:
    columns = (
        {number: notebooks[number] for number in map(_number, row.lessons)},
        {number: notebooks.get(number, "") for number in row.computed},
        {_number(name): f"../exercises/{name}/{name}.ipynb" for name in row.exercises},
        {number: f"../tests/course/{TESTS.format(number)}" for number in row.tested},
    )
    links = (", ".join(f"[{n}]({path})" for n, path in column.items()) for column in columns)
    return f"| {' | '.join([row.name, row.what, *(cell or '-' for cell in links)])} |"


def _number(stem: str) -> str:
    return stem.partition("_")[0]
