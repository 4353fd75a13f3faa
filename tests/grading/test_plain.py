"""The plain executor: cells behave as in a notebook, limits hold, a crash costs one cell."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from cnnlab.grading.model import ExecutionProblem, Limits, Manifest, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from tests.grading import small

# For honest cells, on a busy machine too; and for cells that never end.
PATIENT = Limits(cell_seconds=60.0, memory_bytes=2**30)
QUICK = Limits(cell_seconds=2.5, total_seconds=60.0, memory_bytes=2**30)


def run(manifest, *sources, limits=PATIENT, answers=small.RIGHT, files=()):
    """Execute scratch cells, then the answers."""
    scratch = tuple(SubmittedCell("code", source) for source in sources)
    named = tuple(SubmittedCell("code", text, name) for name, text in answers.items())
    submission = Submission("ada", scratch + named, "0", files=files)
    return PlainProcess().execute(submission, manifest, limits)


@pytest.fixture(scope="module")
def learnt(manifest):
    """The manifest with what the solution's run teaches."""
    cells = (replace(cell, partial=cell.grade_id == "total-check") for cell in manifest.cells)
    return replace(manifest, cells=tuple(cells))


@pytest.fixture(scope="module")
def bare():
    """An assignment without cells of the teacher, to look at single cells."""
    return Manifest("bare", "bare", (), "0")


def points(outcome):
    return {item.grade_id: item.points for item in outcome.items}


FULL = {"total-check": 3.0, "mean-check": 2.0, "open-check": 1.0, "why": None}


def shown(outcome, index=0):
    """The outputs of one step, as (kind, text)."""
    found = []
    for output in outcome.ran[index].outputs:
        if output["output_type"] == "stream":
            found.append((output["name"], output["text"]))
        elif output["output_type"] == "error":
            found.append((output["ename"], output["evalue"]))
        else:
            found.append((output["output_type"], output["data"]))
    return found


def test_right_answers_earn_everything(learnt):
    assert points(run(learnt)) == FULL


def test_cells_show_what_a_notebook_shows(bare):
    """One process for all: what is printed, shown, returned, warned of, raised, and drawn."""
    outcome = run(
        bare,
        "print('a'); import sys; print('b', file=sys.stderr); print('c')",
        "6 * 7",
        "from IPython.display import display, HTML; display(HTML('<b>x</b>'))",
        "import warnings; warnings.warn('careful')",
        "1 / 0",
        "%time pass",
        "import asyncio; await asyncio.sleep(0)",
        "!echo from the shell",
        "open('cat.txt').read()",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
        "syntax error",
        "'quiet';",
        answers={},
        files=(("cat.txt", b"meow"),),
    )
    assert shown(outcome, 0) == [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c\n")]
    assert shown(outcome, 1) == [("execute_result", {"text/plain": "42"})]
    assert outcome.ran[1].value == 42.0
    assert shown(outcome, 2)[0][1]["text/html"] == "<b>x</b>"
    assert "careful" in shown(outcome, 3)[0][1]
    assert outcome.ran[3].status == "ok"
    assert shown(outcome, 4) == [("ZeroDivisionError", "division by zero")]
    assert outcome.ran[4].error == "ZeroDivisionError"
    assert shown(outcome, 5)[0][0] == "stdout"
    assert (outcome.ran[6].status, shown(outcome, 6)) == ("ok", [])
    assert "from the shell" in shown(outcome, 7)[0][1]
    assert shown(outcome, 8)[0][1]["text/plain"] == "'meow'"
    picture = shown(outcome, 9)[0]
    assert picture[0] == "display_data"
    assert picture[1]["image/png"].startswith("iVBORw0KGgo")
    assert shown(outcome, 10)[0][0] == "SyntaxError"
    assert (outcome.ran[11].status, shown(outcome, 11)) == ("ok", [])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("3", 3.0),
        ("import numpy; numpy.float32(2.5)", 2.5),
        ("import numpy; numpy.int64(2)", 2.0),
        ("from fractions import Fraction; Fraction(1, 2)", 0.5),
        ("None", None),
        ("x = 3", None),
        ("True", "bool"),
        ("import numpy; numpy.bool(True)", "bool"),
        ("'3'", "str"),
        ("[3.0]", "list"),
    ],
)
def test_a_value_is_a_number_or_nothing_or_the_name_of_its_type(bare, expression, value):
    assert run(bare, expression, answers={}).ran[0].value == value


def test_warnings_prints_and_progress_bars_cost_nothing(learnt):
    noisy = (
        "import sys, warnings\n"
        "def total(v):\n"
        "    warnings.warn('x'); print('y', file=sys.stderr)\n"
        "    return sum(v)"
    )
    assert points(run(learnt, answers={**small.RIGHT, "total": noisy})) == FULL


def test_an_endless_loop_costs_its_own_points_only(learnt):
    loop = {**small.RIGHT, "total": "def total(v):\n    while True: pass"}
    outcome = run(learnt, answers=loop, limits=QUICK)
    assert points(outcome) == {**FULL, "total-check": 0.0}
    assert {item.grade_id: item.message for item in outcome.items}[
        "total-check"
    ] == "it ran out of time"


def test_an_endless_cell_is_interrupted_and_the_rest_runs(learnt):
    outcome = run(learnt, "seen = 1\nwhile True: pass", "seen", limits=QUICK)
    assert outcome.ran[1].status == "timeout"
    assert outcome.ran[2].value == 1.0
    assert points(outcome) == FULL


def test_a_cell_that_will_not_be_interrupted_is_killed_and_the_rest_runs(learnt):
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    outcome = run(learnt, "seen = 1", stubborn, "seen", limits=QUICK)
    assert [ran.status for ran in outcome.ran[1:4]] == ["ok", "timeout", "ok"]
    assert points(outcome) == FULL


@pytest.mark.parametrize(
    "end", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"]
)
def test_a_cell_that_ends_the_process_costs_that_cell(learnt, end):
    outcome = run(learnt, "seen = 1", end, "seen")
    assert [ran.status for ran in outcome.ran[1:4]] == ["ok", "died", "ok"]
    assert points(outcome) == FULL


@pytest.mark.parametrize(
    "leave", ["import sys; sys.exit(0)", "exit()", "quit()", "raise SystemExit"]
)
def test_leaving_politely_does_not_end_the_notebook(learnt, leave):
    assert points(run(learnt, leave)) == FULL


def test_a_test_that_ends_the_process_earns_nothing(learnt):
    answers = {**small.RIGHT, "total": "import os\ndef total(v):\n    os._exit(0)"}
    assert points(run(learnt, answers=answers)) == {**FULL, "total-check": 0.0}


def test_nothing_a_test_does_reaches_the_next_one(learnt):
    """The answer counts its calls: a fork for each test sees the count of its own calls only."""
    counting = (
        "calls = []\n"
        "def mean(v):\n"
        "    calls.append(1)\n"
        "    return sum(v) / len(v) if len(calls) < 3 else 0"
    )
    assert points(run(learnt, answers={**small.RIGHT, "mean": counting})) == FULL


def test_names_of_a_test_do_not_leak_into_later_cells(learnt):
    submission = Submission(
        "ada",
        (
            SubmittedCell("code", small.RIGHT_TOTAL, "total"),
            SubmittedCell("code", "", "total-check"),
            SubmittedCell("code", "SECRET_CASES"),
        ),
        "0",
    )
    outcome = PlainProcess().execute(submission, learnt, PATIENT)
    assert [ran.error for ran in outcome.ran if ran.status == "error"][0] == "NameError"


def test_too_many_fatal_cells_end_the_run_with_a_word(learnt):
    outcome = run(learnt, *["import os; os._exit(1)"] * 5)
    assert {item.points for item in outcome.items[:3]} == {0.0}
    assert "was not reached" in outcome.items[0].message


def test_the_whole_run_has_an_end(learnt):
    limits = replace(PATIENT, total_seconds=2)
    started = time.monotonic()
    outcome = run(learnt, "while True: pass", limits=limits)
    assert time.monotonic() - started < PATIENT.cell_seconds
    assert "was not reached" in outcome.items[0].message


def test_too_much_memory_is_an_error_of_that_cell(learnt):
    outcome = run(learnt, "x = bytearray(3 * 2**30)")
    assert outcome.ran[1].error == "MemoryError"
    assert points(outcome) == FULL


def test_endless_printing_is_cut_and_costs_no_memory(bare):
    limits = replace(QUICK, text_chars=1000)
    outcome = run(bare, "while True: print('x' * 1000)", answers={}, limits=limits)
    assert outcome.ran[0].status == "timeout"
    assert len(shown(outcome)[0][1]) < 1100
    assert "output cut" in shown(outcome)[0][1]


def test_a_huge_picture_is_left_out(bare):
    limits = replace(PATIENT, rich_chars=1000)
    source = "from IPython.display import display, HTML; display(HTML('x' * 2000))"
    assert shown(run(bare, source, answers={}, limits=limits)) == [("stdout", "\n… output cut …\n")]


def test_questions_get_no_answer(bare):
    outcome = run(bare, "input('name?')", answers={})
    assert outcome.ran[0].error == "EOFError"


def test_the_environment_is_short_and_holds_no_secret(bare, monkeypatch):
    monkeypatch.setenv("MY_TOKEN", "hush")
    outcome = run(bare, "import os; print(sorted(os.environ))", answers={})
    names = shown(outcome)[0][1]
    assert "MY_TOKEN" not in names
    assert "NBGRADER_EXECUTION" in names


def test_the_students_module_cannot_stand_before_a_real_one(bare):
    files = (("numpy.py", b"x = 'mine'"), ("helper.py", b"x = 'mine'"))
    outcome = run(
        bare, "import numpy; numpy.pi", "import helper; helper.x", answers={}, files=files
    )
    assert outcome.ran[0].value == pytest.approx(3.14159, abs=1e-5)
    assert shown(outcome, 1)[0][1]["text/plain"] == "'mine'"


def alive(marker):
    """Processes whose command line holds the marker."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def test_nothing_is_left_running_and_no_folder_stays(learnt, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    marker = f"left-over-{os.getpid()}"
    sleeper = f"[sys.executable, '-c', 'import time; time.sleep(99)', '{marker}']"
    child = f"import subprocess, sys; subprocess.Popen({sleeper})"
    answers = {**small.RIGHT, "total": f"def total(v):\n    {child}\n    while True: pass"}
    run(learnt, child, answers=answers, limits=QUICK)
    assert alive(marker) == []
    assert list(tmp_path.iterdir()) == []


GRADER = """
from cnnlab.grading.model import Limits, Manifest, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
busy = "import os; open({note!r}, 'w').write(str(os.getpid()))\\nwhile True: pass"
submission = Submission("a", (SubmittedCell("code", busy),), "0")
PlainProcess().execute(submission, Manifest("b", "b", (), "0"), Limits())
"""


def test_a_killed_grader_leaves_no_worker(tmp_path):
    """The endless cell's process ends when the grader is killed from outside."""
    note = tmp_path / "pid"
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # a killed grader leaves its folder
    call = [sys.executable, "-c", GRADER.format(note=str(note))]
    grader = subprocess.Popen(call, env=environment)
    try:
        wait_for(lambda: note.exists() and note.read_text())
        worker = int(note.read_text())
    finally:
        grader.send_signal(signal.SIGKILL)
        grader.wait()
    wait_for(lambda: not Path(f"/proc/{worker}").exists())


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_stopping_ends_a_run_at_once(bare):
    executor = PlainProcess()
    submission = Submission("ada", (SubmittedCell("code", "while True: pass"),), "0")
    threading.Timer(2.0, executor.stop).start()
    started = time.monotonic()
    with pytest.raises(ExecutionProblem, match="stopped"):
        executor.execute(submission, bare, Limits(cell_seconds=60))
    assert time.monotonic() - started < 20


def test_a_worker_that_cannot_start_is_nobodys_zero(bare, monkeypatch):
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    with pytest.raises(ExecutionProblem, match="No such file"):
        run(bare, "1", answers={})


def test_a_worker_that_fails_at_the_start_says_why(bare):
    limits = replace(PATIENT, memory_bytes=2**20)
    with pytest.raises(ExecutionProblem, match="did not start"):
        run(bare, "1", answers={}, limits=limits)
