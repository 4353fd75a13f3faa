"""Executions in worker processes: what is lost is run again, and nothing is left behind."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cnnlab.grading import pool
from cnnlab.grading.model import ExecutionProblem, Limits, Manifest, Outcome, Submission
from cnnlab.grading.pool import EACH, GraderFault, LocalPool

LIMITS = Limits(total_seconds=30.0)
MANIFEST = Manifest("sums", "sums", (), "1")


def work(student):
    return Submission(student, (), "0")


@dataclass
class Told:
    """An executor that does what the student's name says; it notes who ran where in ``log``."""

    log: Path
    level = "told"

    def execute(self, submission, manifest, limits):
        with self.log.open("a") as file:
            file.write(f"{submission.student} {os.getpid()}\n")
        what, _, rest = submission.student.partition(" ")
        if what == "die" or (what == "once" and self.times(submission.student) == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "hang":
            time.sleep(60)
        if what == "problem":
            raise ExecutionProblem("no process")
        if what == "bug":
            raise KeyError("oops")
        return Outcome((), (), (), (manifest.sha256, str(os.getpid()), rest), self.level)

    def times(self, student):
        return sum(line.startswith(f"{student} ") for line in self.log.read_text().splitlines())

    def pids(self):
        return [int(line.split()[-1]) for line in self.log.read_text().splitlines()]

    def prepare(self):
        self.log.with_name(f"prepared {os.getpid()}").touch()

    def stop(self):
        self.log.with_name("stopped").touch()

    def close(self):
        self.log.with_name(f"closed {os.getpid()}").touch()


class Writes(Told):
    """Leaves a file where temporary ones go, and is killed where told."""

    def execute(self, submission, manifest, limits):
        handle, path = tempfile.mkstemp()
        os.close(handle)
        outcome = super().execute(submission, manifest, limits)
        return replace(outcome, notes=(path,))


@pytest.fixture
def told(tmp_path):
    return Told(tmp_path / "log")


def ended(pid):
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def wait_for(what, seconds=20):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_warm_workers_share_the_work_and_leave_nothing(told, tmp_path):
    with closing(LocalPool(told, 2)) as workers:
        futures = [workers.submit(work(f"s{k}"), MANIFEST, LIMITS) for k in range(20)]
        pids = {int(future.result(30).notes[1]) for future in futures}
    assert len(pids) <= 2
    assert os.getpid() not in pids
    assert all(ended(pid) for pid in pids)
    assert len(list(tmp_path.glob("closed *"))) == 2


def test_workers_are_started_early_when_told_and_not_at_all_without_work(told, tmp_path):
    LocalPool(told, 2).close()
    assert list(tmp_path.glob("closed *")) == []
    with closing(LocalPool(told, 2)) as workers:
        workers.start(2 * EACH)
        workers.start(3 * EACH)
        wait_for(lambda: len(multiprocessing.active_children()) == 2)
        wait_for(lambda: len(list(tmp_path.glob("prepared *"))) == 2)
        assert workers.submit(work("s"), MANIFEST, LIMITS).result(30)
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []


def test_for_few_there_is_one_worker_until_more_come_than_were_told(told):
    with closing(LocalPool(told, 2)) as workers:
        workers.start(EACH)
        few = [workers.submit(work(f"s{k}"), MANIFEST, LIMITS) for k in range(2 * EACH)]
        assert len({future.result(30).notes[1] for future in few}) == 1
        assert len(multiprocessing.active_children()) == 1
        for k in range(3):
            workers.submit(work(f"t{k}"), MANIFEST, LIMITS)
        wait_for(lambda: len(multiprocessing.active_children()) == 2)


def test_a_changed_manifest_reaches_the_worker(told):
    with closing(LocalPool(told, 1)) as workers:
        other = Manifest("sums", "sums", (), "2")
        sent = [workers.submit(work("s"), m, LIMITS) for m in (MANIFEST, MANIFEST, other)]
        assert [future.result(30).notes[0] for future in sent] == ["1", "1", "2"]


def test_a_lost_worker_is_replaced_and_its_work_done_again(told):
    with closing(LocalPool(told, 1)) as workers:
        first, second = (workers.submit(work(s), MANIFEST, LIMITS) for s in ("once", "s"))
        assert first.result(30).notes[1] == second.result(30).notes[1]
    assert told.times("once") == 2
    assert len(set(told.pids())) == 2


def test_an_idle_worker_that_is_killed_is_replaced(told):
    with closing(LocalPool(told, 1)) as workers:
        pid = int(workers.submit(work("s"), MANIFEST, LIMITS).result(30).notes[1])
        os.kill(pid, signal.SIGKILL)
        assert int(workers.submit(work("s"), MANIFEST, LIMITS).result(30).notes[1]) != pid


@pytest.mark.parametrize(
    ("student", "error", "text", "times"),
    [
        ("die", ExecutionProblem, "a worker process was lost", 1 + pool.RETRIES),
        ("problem", ExecutionProblem, "no process", 1 + pool.RETRIES),
        ("bug", GraderFault, "KeyError: 'oops'", 1),
    ],
)
def test_work_that_cannot_be_done_is_given_up(told, student, error, text, times):
    with closing(LocalPool(told, 1)) as workers:
        with pytest.raises(error, match=text):
            workers.submit(work(student), MANIFEST, LIMITS).result(60)
        assert workers.submit(work("s"), MANIFEST, LIMITS).result(30)
    assert told.times(student) == times


def test_a_worker_that_hangs_is_ended_and_its_work_tried_again(told, monkeypatch):
    monkeypatch.setattr(pool, "GRACE_SECONDS", 0.3)
    monkeypatch.setattr(pool, "END_SECONDS", 0.3)
    short = Limits(total_seconds=0.1, start_seconds=0.1)
    with (
        closing(LocalPool(told, 1)) as workers,
        pytest.raises(ExecutionProblem, match="gave no answer within 0.5 s"),
    ):
        workers.submit(work("hang"), MANIFEST, short).result(60)
    assert told.times("hang") == 1 + pool.RETRIES
    assert all(ended(pid) for pid in told.pids())


def test_a_worker_that_is_frozen_is_ended(told, monkeypatch):
    """It cannot even see that its pipe closes."""
    monkeypatch.setattr(pool, "GRACE_SECONDS", 1.0)
    monkeypatch.setattr(pool, "END_SECONDS", 0.3)
    short = Limits(total_seconds=1.0, start_seconds=0.1)
    with closing(LocalPool(told, 1)) as workers:
        pid = int(workers.submit(work("s"), MANIFEST, LIMITS).result(30).notes[1])
        os.kill(pid, signal.SIGSTOP)
        assert int(workers.submit(work("s"), MANIFEST, short).result(30).notes[1]) != pid
    assert ended(pid)


def test_stopping_ends_all_at_once(told, tmp_path):
    workers = LocalPool(told, 2)
    workers.start(2 * EACH)
    futures = [workers.submit(work("hang"), MANIFEST, LIMITS) for _ in range(6)]
    wait_for(lambda: told.log.exists() and told.times("hang") == 2)
    began = time.monotonic()
    workers.stop()
    workers.stop()
    assert time.monotonic() - began < pool.END_SECONDS + 3
    for future in futures:
        with pytest.raises(ExecutionProblem, match="stopped"):
            future.result(0)
    assert all(ended(pid) for pid in told.pids())
    assert (tmp_path / "stopped").exists()


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_the_grader(tmp_path, sign):
    """Also when it is killed and can tell them nothing."""
    script = (
        "from pathlib import Path\n"
        "from cnnlab.grading.pool import LocalPool\n"
        "from tests.grading.test_pool import LIMITS, MANIFEST, Told, work\n"
        "if __name__ == '__main__':\n"
        f"    workers = LocalPool(Told(Path({str(tmp_path / 'log')!r})), 2)\n"
        "    workers.start(100)\n"
        "    futures = [workers.submit(work('hang'), MANIFEST, LIMITS) for _ in range(2)]\n"
        "    try: futures[0].result()\n"
        "    except KeyboardInterrupt: workers.stop()\n"
    )
    path = tmp_path / "grader.py"
    path.write_text(script)
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    told = Told(tmp_path / "log")
    with subprocess.Popen([sys.executable, path], env=environment, start_new_session=True) as one:
        wait_for(lambda: told.log.exists() and told.times("hang") == 2)
        os.killpg(one.pid, sign)
        one.wait(20)
    wait_for(lambda: all(ended(pid) for pid in told.pids()), 2 * pool.END_SECONDS)
    assert (tmp_path / "stopped").exists()


def test_a_machine_without_room_for_a_process_is_asked_again(told, monkeypatch):
    start, tried = multiprocessing.get_context("spawn").Process.start, []

    def sometimes(process):
        tried.append(process)
        if len(tried) < 3:
            raise BlockingIOError(errno.EAGAIN, "no room")
        start(process)

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", sometimes)
    with closing(LocalPool(told, 1)) as workers:
        assert workers.submit(work("s"), MANIFEST, LIMITS).result(60)


@pytest.mark.parametrize("first", ["fine", "once"])
def test_nothing_temporary_is_left_even_by_a_worker_that_is_killed(tmp_path, monkeypatch, first):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with closing(LocalPool(Writes(tmp_path / "log"), 1)) as running:
        outcome = running.submit(work(first), MANIFEST, LIMITS).result(60)
        assert Path(outcome.notes[0]).is_relative_to(place)
        assert len(list(place.iterdir())) == 1
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("student", ["fine", "hang"])
def test_a_worker_without_its_grader_leaves_nothing_temporary(tmp_path, student):
    code = (
        "import os, signal, time; from pathlib import Path\n"
        "from tests.grading.test_pool import LIMITS, MANIFEST, Writes, work\n"
        "from cnnlab.grading.pool import LocalPool\n"
        "if __name__ == '__main__':\n"
        f"    running = LocalPool(Writes(Path({str(tmp_path / 'log')!r})), 1)\n"
        f"    running.submit(work({student!r}), MANIFEST, LIMITS)\n"
        f"    while not Path({str(tmp_path / 'log')!r}).exists(): time.sleep(0.05)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    script, place = tmp_path / "script.py", tmp_path / "temporary"
    script.write_text(code)
    place.mkdir()
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": os.getcwd()}
    ran = subprocess.run([sys.executable, str(script)], env=environment, timeout=120)
    assert ran.returncode == -signal.SIGKILL
    wait_for(lambda: not list(place.iterdir()))
