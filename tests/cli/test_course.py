"""``cnnlab course``: what is printed on the terminal, and the exit status."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cnnlab.cli import main

MADE_UP = Path(__file__).parents[1] / "printing" / "manuscripts"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(MADE_UP, tmp_path, dirs_exist_ok=True)
    return tmp_path


def run(folder, *words, **options):
    command, *rest = words
    return CliRunner().invoke(main, ["course", command, "--root", str(folder), *rest], **options)


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_build_then_check(folder):
    built = run(folder, "build")
    assert built.exit_code == 0
    assert built.output.splitlines() == [
        "printed     notebooks/01_sums.ipynb",
        "printed     solutions/01_add/01_add.ipynb",
        "printed     exercises/01_add/01_add.ipynb",
        "0 of 3 prints were fresh.",
    ]
    checked = run(folder, "build", "--check")
    assert (checked.exit_code, checked.output) == (0, "Every print is fresh.\n")


def test_check_shows_a_diff_and_the_command_that_mends_it(folder):
    run(folder, "build")
    lesson = folder / "course" / "lessons" / "01_sums.md"
    edit(lesson, "What is 1 + 2?", "What is one and two?")
    checked = run(folder, "build", "--check")
    assert checked.exit_code == 1
    assert "notebooks/01_sums.ipynb: older than its manuscript." in checked.output
    assert '-    "What is 1 + 2? The answer has an umlaut: ü."' in checked.output
    assert '+    "What is one and two? The answer has an umlaut: ü."' in checked.output
    assert checked.output.rstrip().endswith("Mend: cnnlab course build 01_sums")
    assert run(folder, "build", "01_sums").exit_code == 0
    assert run(folder, "build", "--check").exit_code == 0


def test_a_long_diff_is_cut(folder):
    run(folder, "build")
    lesson = folder / "course" / "lessons" / "01_sums.md"
    edit(lesson, "# Sums", "# Sums\n\n" + "\n".join(f"Line {i}." for i in range(100)))
    output = run(folder, "build", "--check").output
    assert "more lines" in output
    assert len(output.splitlines()) < 60


def test_an_edited_print_is_left_alone_and_said(folder):
    run(folder, "build")
    edit(folder / "notebooks" / "01_sums.ipynb", "# Sums", "# My sums")
    built = run(folder, "build")
    assert built.exit_code == 1
    line = built.output.splitlines()[0]
    assert line.startswith("left alone  notebooks/01_sums.ipynb: edited by hand.")
    assert "cnnlab course adopt notebooks/01_sums.ipynb" in line
    assert "cnnlab course build 01_sums --discard" in line
    assert run(folder, "build", "--discard").exit_code == 0
    assert run(folder, "build", "--check").exit_code == 0


def test_a_print_without_a_manuscript_is_removed_and_said(folder):
    run(folder, "build")
    (folder / "course" / "lessons" / "01_sums.md").unlink()
    assert run(folder, "build", "--check").exit_code == 1
    built = run(folder, "build")
    assert (built.exit_code, built.output.splitlines()[0]) == (
        0,
        "removed     notebooks/01_sums.ipynb",
    )


def test_a_broken_manuscript_ends_in_one_line(folder):
    lesson = folder / "course" / "lessons" / "01_sums.md"
    edit(lesson, "minutes: 15", "minutes: [15")
    built = run(folder, "build")
    assert built.exit_code == 3
    assert built.output.startswith(f"cnnlab: {lesson}:7: the front matter is not YAML")
    assert len(built.output.splitlines()) == 1


def test_adopt_shows_asks_writes_and_prints_anew(folder):
    run(folder, "build")
    notebook = folder / "notebooks" / "01_sums.ipynb"
    lesson = folder / "course" / "lessons" / "01_sums.md"
    before = lesson.read_bytes()
    edit(notebook, "# Sums", "# My sums")

    refused = run(folder, "adopt", str(notebook), input="n\n")
    assert refused.exit_code == 1
    assert "-# Sums" in refused.output
    assert "+# My sums" in refused.output
    assert lesson.read_bytes() == before

    accepted = run(folder, "adopt", str(notebook), input="y\n")
    assert accepted.exit_code == 0
    assert lesson.read_bytes() == before.replace(b"# Sums", b"# My sums")
    assert run(folder, "build", "--check").exit_code == 0

    again = run(folder, "adopt", str(notebook), "--yes")
    assert (again.exit_code, "already says" in again.output) == (0, True)


def test_a_lesson_is_printed_without_nbgrader(folder):
    shutil.rmtree(folder / "course" / "exercises")
    code = (
        "import sys; from cnnlab.printing import Course; from pathlib import Path; "
        f"Course(Path({str(folder)!r})).build(); print('nbgrader' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
