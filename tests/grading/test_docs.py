"""docs/grading.md names real options, limits, statuses and files."""

import re
from typing import get_args

import click
import pytest

from cnnlab.cli import main
from cnnlab.cli.grade import STOPPED, grade
from cnnlab.errors import EnvironmentProblem, NotebookError, UsageError
from cnnlab.grading import beside, folder
from cnnlab.grading.model import Limits
from cnnlab.grading.report import Status
from cnnlab.grading.walls import FOLDERS


@pytest.fixture(scope="module")
def text(root):
    return (root / "docs" / "grading.md").read_text(encoding="utf-8")


def rows(text, head):
    """The rows of the table whose first heading is ``head``."""
    table = text[text.index(f"| {head} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


PAGES = ("grading.md", "grading-at-scale.md", "threat-model.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_option_and_command_it_names_exists(root, page):
    text = (root / "docs" / page).read_text(encoding="utf-8")
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    named = re.findall(r"^ *(?:\| `)?cnnlab ([a-z]+)([^`\n]*)|`cnnlab ([a-z]+)([^`]*)`", text, re.M)
    for first, rest, second, other in named:
        command = commands[first or second]
        options = {name for parameter in command.params for name in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest or other)) <= options, command.name
    every = {name for command in commands.values() for p in command.params for name in p.opts}
    assert set(re.findall(r"`(--[a-z-]+)", text)) <= every


def test_the_tests_that_the_threat_model_names_exist(root):
    text = (root / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_[a-z_]+)`", text))
    assert len(named) > 10
    assert [n for n in named if not (root / "tests" / "grading" / f"{n}.py").is_file()] == []


def test_the_limits_are_the_real_ones(text):
    told = {row[0]: row[1] for row in rows(text, "limit")}
    limits = Limits()
    options = {parameter.name: parameter.default for parameter in grade.params}
    assert told["time for a cell"] == f"{limits.cell_seconds:g} s"
    assert options["time_limit"] == limits.cell_seconds
    assert limits.total_seconds == 10 * limits.cell_seconds
    assert told["memory of a process"] == f"{limits.memory_bytes // 2**20} MB"
    assert options["memory_limit"] * 2**20 == limits.memory_bytes
    assert told["processes and threads, in the sandbox"] == str(limits.tasks)
    assert f"up to {sum(FOLDERS.values())} MB" in text
    assert told["printed text kept of a cell"] == f"{limits.text_chars:,} characters"
    assert told["size of a notebook"] == f"{folder.NOTEBOOK_BYTES >> 20} MB"
    files = f"{beside.FILES_COUNT} files, {beside.FILES_BYTES >> 20} MB"
    assert told["other files of a submission"] == files


def test_the_statuses_are_all_there(text):
    assert [row[0] for row in rows(text, "status")] == list(get_args(Status))


def test_the_exit_statuses_are_the_errors_own(text):
    told = re.search(r"Exit status: (.*?)\.\n", text, re.S).group(1)
    for error, words in [
        (UsageError, "wrong use"),
        (NotebookError, "the assignment is broken"),
        (EnvironmentProblem, "this machine"),
    ]:
        assert f"{error.exit_code} {words}" in " ".join(told.split())
    assert f"{STOPPED} stopped with Ctrl-C" in " ".join(told.split())


def test_the_output_holds_what_is_listed(text, pristine):
    listed = {row[0].strip("`/") for row in rows(text, "in `cnnlab-grades/`")}
    there = {path.name for path in (pristine[0] / "out").iterdir() if path.name[0] != "."}
    assert {name.replace("02_filters", "sums") for name in listed} == there
