"""The folder of the marks: tried before anything runs, and held by one grader alone."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cnnlab.errors import EnvironmentProblem
from cnnlab.grading import output
from cnnlab.grading.output import opened
from tests.grading.regrading import Counting, regrade

NOBODY = 65534


def places(folder):
    return folder / "out", folder / "submitted", folder / "solutions/sums"


def as_nobody(work):
    """Run this in a process of an ordinary user, who is held by the modes of files."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def run():
        if os.geteuid() == 0:
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        try:
            work()
            theirs.send("")
        except EnvironmentProblem as problem:
            theirs.send(str(problem))

    process = context.Process(target=run)
    process.start()
    process.join(30)
    assert ours.poll()
    return ours.recv()


@pytest.mark.parametrize("name", ["", "autograded", "feedback"])
def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(tmp_path, name):
    for folder in ("out", "out/autograded", "out/feedback", "submitted"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder).chmod(0o777)
    for parent in tmp_path.parents[:3]:
        parent.chmod(0o755)
    tmp_path.chmod(0o755)

    def work():
        with opened(*places(tmp_path)):
            pass

    assert as_nobody(work) == ""
    (tmp_path / "out" / name).chmod(0o555)
    if name == "":
        (tmp_path / "out/.lock").unlink()
    told = as_nobody(work)
    assert "cannot write to" in told
    assert str(tmp_path / "out" / name) in told
    assert told.endswith("(Permission denied); choose another --output")


def test_nothing_is_executed_where_the_copies_cannot_lie(ungraded):
    (ungraded / "out/autograded").write_text("a file")
    counting = Counting()
    with pytest.raises(EnvironmentProblem, match="cannot write to .*out/autograded"):
        regrade(ungraded, counting)
    assert counting.executed == []


def test_a_second_grader_can_wait_for_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(output, "LOOK_SECONDS", 0.02)
    (tmp_path / "submitted").mkdir()
    told, order = [], []

    def second():
        with opened(*places(tmp_path), told.append):
            order.append("second")

    with opened(*places(tmp_path)):
        waiting = threading.Thread(target=second)
        waiting.start()
        while not told:
            time.sleep(0.01)
        time.sleep(0.1)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
    assert told == [
        f"waiting for another `cnnlab grade` (process {os.getpid()} on {os.uname().nodename}) "
        f"that writes to {tmp_path / 'out'}"
    ]


def test_a_killed_grader_holds_nothing(tmp_path):
    (tmp_path / "submitted").mkdir()
    script = (
        "import sys, time\nfrom pathlib import Path\n"
        "from cnnlab.grading.output import opened\n"
        "with opened(*map(Path, sys.argv[1:])):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    call = [sys.executable, "-c", script, *map(str, places(tmp_path))]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(EnvironmentProblem, match=rf"\(process {holder.pid} on "),
            opened(*places(tmp_path)),
        ):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with opened(*places(tmp_path)):
        assert f"process {os.getpid()} " in (tmp_path / "out/.lock").read_text()


def test_a_full_disk_is_told_before_anything_runs(tmp_path, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output.tempfile, "TemporaryFile", full)
    with (
        pytest.raises(EnvironmentProblem, match="No space left on device"),
        opened(*places(tmp_path)),
    ):
        pass
    assert Path(tmp_path / "out").is_dir()
