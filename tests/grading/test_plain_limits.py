"""The plain executor: limits hold, a crash costs one cell, and nothing is left running."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from cnnlab.grading.model import ExecutionProblem, Limits, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from tests.grading import small
from tests.grading.executing import FULL, PATIENT, QUICK, points, run, shown


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


def test_a_test_that_ends_the_process_earns_nothing(learnt):
    answers = {**small.RIGHT, "total": "import os\ndef total(v):\n    os._exit(0)"}
    assert points(run(learnt, answers=answers)) == {**FULL, "total-check": 0.0}


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


def test_a_worker_that_fails_at_the_start_says_why(bare, monkeypatch, tmp_path):
    (tmp_path / "numpy.py").write_text("raise ImportError('this NumPy is broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(ExecutionProblem, match="did not start: ImportError: this NumPy is broken"):
        run(bare, "1", answers={})
