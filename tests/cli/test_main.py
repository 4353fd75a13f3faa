"""The command itself: quick, in a readable order, and one plain line for each mistake."""

import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from cnnlab import cli


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "cnnlab", *arguments], capture_output=True, text=True, check=False
    )


def test_help_takes_under_300_ms():
    def once():
        start = time.perf_counter()
        assert run("--help").returncode == 0
        return time.perf_counter() - start

    assert min(once() for _ in range(5)) < 0.3


def test_help_lists_what_a_student_needs_first():
    told = run("--help").stdout.partition("Commands:")[2]
    order = [name for name in ("lab", "doctor", "grade", "course") if name in cli.COMMANDS]
    places = [told.index(f"\n  {name} ") for name in order]
    assert places == sorted(places)
    assert max(len(line) for line in told.splitlines()) <= 80


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_loads_and_explains_itself(name):
    result = CliRunner().invoke(cli.main, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Usage: main {name}")
    _, line = cli.COMMANDS[name]
    assert line.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["labb"], ["'labb'", "see cnnlab --help"]),
        (["lab", "--port", "99999"], ["--port", "99999", "see cnnlab lab --help"]),
        (["lab", "--port", "eighty"], ["--port", "eighty"]),
        (["lab", "a", "b"], ["unexpected extra argument", "b"]),
        (["doctor", "--for", "cat"], ["cat", "student", "maintainer"]),
    ],
)
def test_wrong_words_get_one_plain_line_and_status_2(arguments, words):
    result = run(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("cnnlab: ")
    for word in words:
        assert word in result.stderr
