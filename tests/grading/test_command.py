"""The command ``cnnlab grade``: what it prints, how it ends, and what it says to wrong words."""

import gc
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import cnnlab
from cnnlab.cli import main
from cnnlab.cli.grade import grade as command
from cnnlab.grading import sandbox
from tests.grading import small
from tests.grading.regrading import rows_of

CLASS = ("sums", "--submitted", "submitted", "--output", "out")


PLAIN = "--unsafe-no-sandbox"  # works everywhere; the sandbox has tests of its own


def grade(*words, plain=True):
    return CliRunner().invoke(main, ["grade", *map(str, words), *([PLAIN] if plain else [])])


@pytest.fixture
def course(ungraded, monkeypatch):
    """Stand in a small course's folder."""
    monkeypatch.chdir(ungraded)
    return ungraded


def test_help_loads_nothing_heavy():
    script = (
        "import sys; from cnnlab.cli import main\n"
        "try: main(['grade', '--help'])\n"
        "except SystemExit: pass\n"
        "print('heavy:', {'nbgrader', 'nbformat', 'IPython', 'numpy', 'rich'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout
    assert "Grade ASSIGNMENT for a class" in told
    assert told.endswith("heavy: set()\n")


def test_the_output_is_one_folder_where_you_stand():
    """The .gitignore of a clone names it too."""
    output = next(word for word in command.params if word.name == "output")
    assert output.default == Path("cnnlab-grades")


def test_a_class_ends_in_a_table_with_a_line_for_each_student(course):
    result = grade(*CLASS)
    assert result.exit_code == 1, result.output
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[:6]] == ["ada", "bob", "cleo", "dan", "eve", "fay"]
    assert lines[0].split()[1:4] == ["6/8", "by", "hand"]
    assert lines[2].split()[1:4] == ["-", "not", "graded"]
    assert "5 of 6 in order" in result.stdout
    assert str(course / "out" / "sums.csv") in result.stdout
    assert f"To mark by hand: cd {course / 'out'} && jupyter lab" in result.stdout
    assert "no sandbox; grade only work you trust" in result.stderr
    assert "6 of 6 done" in result.stderr
    (course / "submitted/cleo/sums/sums.ipynb").unlink()
    small.hand_in(course / "submitted", "cleo", small.submission())
    assert grade(*CLASS).exit_code == 0


def test_garbage_is_collected_again_once_nbgrader_is_loaded(course):
    grade(*CLASS)
    assert gc.isenabled()


def test_the_sandbox_is_the_first_choice_and_is_stamped(course, bubblewrap):
    result = grade(*CLASS, plain=False)
    assert result.stderr.splitlines()[0] == f"execution: {sandbox.LEVEL}"
    stamps = {row["execution"] for row in rows_of(course).values() if row["points"]}
    assert stamps == {sandbox.LEVEL}


def test_without_a_sandbox_nothing_runs_unless_told(course, monkeypatch):
    monkeypatch.setattr("cnnlab.grading.walls.shutil.which", lambda name: None)
    result = grade(*CLASS, plain=False)
    assert result.exit_code == 4
    assert "bubblewrap is missing. To mend: apt install bubblewrap" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (course / "out" / "sums.csv").exists()
    assert grade(*CLASS).stderr.startswith("execution: C: plain process")
    stamps = {row["execution"] for row in rows_of(course).values() if row["points"]}
    assert {stamp[:2] for stamp in stamps} == {"C:"}


def test_in_a_terminal_there_is_a_bar_and_a_frame(course):
    small_class = course / "few"
    small.hand_in(small_class, "ada", small.submission())
    words = ["sums", "--submitted", str(small_class), "--output", "out", PLAIN]
    call = [sys.executable, "-m", "cnnlab", "grade", *words]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        call, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    told = b""
    while chunk := _read(ours):
        told += chunk
    assert process.wait() == 0
    told = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", told.decode())
    assert "┃ student" in told
    assert "│ ada" in told
    assert "1/1" in told


def _read(descriptor):
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux ends a pseudo-terminal with an error
        return b""


def test_ctrl_c_keeps_what_is_done_and_ends_every_worker(course):
    loop = {**small.RIGHT, "mean": "def mean(v):\n    while True: pass"}
    small.hand_in(course / "submitted", "zoe", small.submission(loop))
    call = [sys.executable, "-m", "cnnlab", "grade", *CLASS, PLAIN]
    with subprocess.Popen(call, stderr=subprocess.PIPE, text=True) as process:
        while "6 of 7 done" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert process.returncode == 130
    assert "Stopped. 6 are graded and kept; the same command goes on from here." in rest
    assert "Traceback" not in rest
    assert _workers_of(process.pid) == []
    result = grade(*CLASS, "--time-limit", 2)
    assert "zoe   3/8" in result.stdout


def _workers_of(pid):
    """Workers whose parent was this process, or which lost it."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(")")[2].split()
            command = path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if b"cnnlab.grading.worker" in command and int(words[1]) in (1, pid):
            found.append(path.parent.name)
    return found


def test_an_unknown_assignment_names_the_nearest_and_the_known(course):
    result = grade("sum", "--submitted", "submitted")
    assert result.exit_code == 2
    assert result.stderr == ("cnnlab: unknown assignment 'sum'; did you mean sums? Known: sums\n")


def test_without_solutions_the_remedy_is_a_clone(tmp_path, monkeypatch):
    """So it is where the package was installed from a wheel."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cnnlab, "__file__", str(tmp_path / "site-packages/cnnlab/__init__.py"))
    result = grade("01_pixels", "--submitted", ".")
    assert result.exit_code == 2
    assert "get a clone of the course and pass it with --course CLONE" in result.stderr
    result = grade("01_pixels", "--submitted", ".", "--course", tmp_path)
    assert result.exit_code == 2
    assert f"no solutions/ in {tmp_path}" in result.stderr


def test_the_clones_own_assignments_are_found_from_anywhere(tmp_path, monkeypatch, root):
    monkeypatch.chdir(tmp_path)
    result = grade("01_pixel", "--submitted", ".")
    assert "did you mean 01_pixels? Known: 01_pixels, 02_filters" in result.stderr


def layout(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("{}")
    return folder


LAYOUTS = {
    "it is empty": [],
    "the notebooks lie in it without folders": ["ada.ipynb", "bob.ipynb"],
    "this is the folder of one student; pass the folder above it": ["sums/sums.ipynb"],
    "this is sums/<student>, the wrong way round": ["sums/ada/sums.ipynb"],
    "the students' folders lie one level deeper": ["group/ada/sums/sums.ipynb"],
    "no folder holds sums (ada: no folder sums; there is Sums: rename it)": ["ada/Sums/sums.ipynb"],
    "no folder holds sums": ["ada/products/products.ipynb", "README.txt"],
}


@pytest.mark.parametrize("what", LAYOUTS)
def test_a_folder_in_another_layout_is_told_apart(course, tmp_path, what):
    place = tmp_path / "place"
    place.mkdir()
    result = grade("sums", "--submitted", layout(place, *LAYOUTS[what]))
    assert result.exit_code == 2
    assert f"nothing to grade in {place}: {what}. expected DIR/<student>" in result.stderr
    assert not (course / "cnnlab-grades").exists()


def test_a_place_that_is_no_folder_is_named(course):
    result = grade("sums", "--submitted", "nowhere")
    assert (result.exit_code, "nowhere does not exist; expected DIR/" in result.stderr) == (2, True)
    Path("file").write_text("")
    assert "file is not a folder" in grade("sums", "--submitted", "file").stderr


def test_odd_students_get_a_line_and_stop_nobody(course):
    """Folders nearly right, links, names that are not text: each its reason."""
    place = course / "odd"
    small.hand_in(place, "ada", small.submission())
    layout(place, "bob/Sums/sums.ipynb", "cleo/sums.ipynb", "dan/sums2/sums2.ipynb")
    layout(course / "solutions", "sums2/sums2.ipynb")  # dan handed in another assignment
    (place / "eve").symlink_to(place / "ada")
    (place / "fay").mkdir()
    (place / "fay" / "sums").write_text("")
    (place / ".hidden").mkdir()
    os.mkdir(os.fsencode(place) + b"/g\xff")
    result = grade("sums", "--submitted", place, "--output", "out")
    assert result.exit_code == 1
    for line, words in zip(
        result.stdout.splitlines(),
        (
            "6/8",
            "no folder sums; there is Sums: rename it",
            "the notebook lies outside a folder sums; move it into one",
            "no submission  nothing submitted for sums",
            "the folder is a symbolic link; put the folder itself there",
            "sums is not a folder; submit a folder with the notebook in it",
            "this folder's name cannot be a student's id; rename it",
        ),
        strict=False,
    ):
        assert words in line


@pytest.mark.parametrize(
    "words",
    [("--time-limit", "0"), ("--memory-limit", "1"), ("--workers", "0"), ("--time-limit", "soon")],
)
def test_numbers_out_of_range_are_wrong_use(course, words):
    assert grade("sums", "--submitted", "submitted", *words).exit_code == 2


def test_a_roundabout_path_is_the_place_it_leads_to(course):
    roundabout = Path("submitted/../out")
    result = grade("sums", "--submitted", "submitted", "--output", roundabout)
    assert (result.exit_code, (course / "out/sums.csv").is_file()) == (1, True)
    (course / "link").symlink_to(course / "submitted")
    result = grade("sums", "--submitted", "submitted", "--output", "link")
    assert "lies inside the submissions" in result.stderr


def test_windows_is_told_what_to_do(course, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    result = grade("sums", "--submitted", "submitted")
    assert result.exit_code == 4
    assert "Windows Subsystem for Linux" in result.stderr


def test_a_read_only_output_is_named(course):
    result = grade("sums", "--submitted", "submitted", "--output", "/proc/grades")
    assert result.exit_code == 4
    assert "cannot write to /proc/grades" in result.stderr
    assert "choose another --output" in result.stderr


def test_the_class_comes_in_a_few_lines_after_the_table(course):
    result = grade(*CLASS)
    assert "Mean of 4: 2.75 of 8 points\n" in result.stdout  # 6, 0, 2 and 3
    assert "To be looked at by a person" not in result.stdout
    out = course / "out"
    assert f"A page about the class: cnnlab report sums --output {out}\n" in result.stdout
    peeks = f"import ctypes\n{small.RIGHT_TOTAL}"
    small.hand_in(course / "submitted", "ada", small.submission({**small.RIGHT, "total": peeks}))
    assert "To be looked at by a person: ada\n" in grade(*CLASS).stdout


def test_a_scheduler_that_does_not_answer_is_named(course, monkeypatch):
    monkeypatch.setattr("cnnlab.grading.cluster.CONNECT_SECONDS", 0.5)
    result = grade(*CLASS, "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 4
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in result.stderr
    assert not (course / "out" / "sums.csv").exists()
