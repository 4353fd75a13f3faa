"""The README tells the truth: its links, commands, lessons and picture exist."""

import re
import shlex

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

from cnnlab import cli


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_every_link_leads_to_a_file(root, readme):
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert len(links) > 8
    assert [link for link in links if not (root / link).exists()] == []


def test_table_lists_every_lesson_and_exercise_by_its_title(root, readme):
    pattern = r"^\| \[(.+)\]\((\S+)\) \|(?: \[(\S+)\]\((\S+)\))? \|$"
    rows = re.findall(pattern, readme, re.M)
    expected = []
    for manuscript in sorted((root / "course" / "lessons").glob("*.md")):
        front = manuscript.read_text(encoding="utf-8").split("---\n")[1]
        name = manuscript.stem
        title, lesson = yaml.safe_load(front)["title"], f"notebooks/{name}.ipynb"
        exercise = f"exercises/{name}/{name}.ipynb"
        asked = (name, exercise) if (root / exercise).exists() else ("", "")
        expected.append((title, lesson, *asked))
    assert rows == expected


def test_every_make_target_exists(root, readme):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make ([a-z-]+)$|`make ([a-z-]+)`", readme, re.M))
    names = {one or other for one, other in targets}
    assert {"lab", "test", "demo", "help"} <= names
    assert [name for name in names if f"\n{name}:" not in makefile] == []


def test_every_cnnlab_command_is_understood(readme):
    """Each command of the README exists, and knows the options that the README gives it."""
    lines = re.findall(r"`cnnlab ([^`]+)`|^cnnlab (.+)$|Scripts\\cnnlab (.+)$", readme, re.M)
    commands = {"".join(line) for line in lines}
    assert len(commands) >= 5
    for line in commands:
        name, *words = shlex.split(line)
        result = CliRunner().invoke(cli.main, [name, *words, "--help"])
        assert result.exit_code == 0, result.output
        known = result.output
        assert [word for word in words if word.startswith("--") and word not in known] == []


def test_picture_is_small_and_described(root, readme):
    ((alt, path),) = re.findall(r"!\[([^\]]+)\]\((\S+)\)", readme)
    assert len(alt) > 80
    assert (root / path).stat().st_size < 100_000
    with Image.open(root / path) as picture:
        assert picture.width >= 1000
