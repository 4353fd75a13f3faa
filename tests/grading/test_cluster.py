"""A class graded by a real Dask scheduler and its workers gets the marks it gets here."""

import shutil
import time
from functools import partial
from pathlib import Path

import pytest

import cnnlab
from cnnlab.errors import EnvironmentProblem
from cnnlab.grading import slot
from cnnlab.grading.cluster import ClusterPool
from cnnlab.grading.model import ExecutionProblem, Limits
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.pool import GraderFault
from cnnlab.grading.run import grade_class
from tests.grading import small
from tests.grading.conftest import copy_of, job_of
from tests.grading.dask_cluster import cluster, slots_below
from tests.grading.regrading import again, marks, mend
from tests.grading.test_entries import submission

pytestmark = pytest.mark.timeout(600)


class Told(PlainProcess):
    """Does what the student's name says; else it grades."""

    def execute(self, submission, manifest, limits):
        if submission.student == "problem":
            raise ExecutionProblem("no sandbox today")
        if submission.student == "fault":
            raise ZeroDivisionError("ours")
        if submission.student == "slow":
            time.sleep(60)
        return super().execute(submission, manifest, limits)


class Unable(PlainProcess):
    """Its sandbox does not work, wherever it is tried."""

    level = "A: bubblewrap"

    def try_out(self):
        raise ExecutionProblem("bubblewrap is missing")


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory):
    """One worker with two threads under a nanny, one alone."""
    with cluster(tmp_path_factory.mktemp("dask")) as running:
        running.add("--nthreads", "2")
        running.add("--nthreads", "1", "--no-nanny")
        yield running


def marks_of(graded):
    return {
        row.student: (row.status, row.note, row.marks and (row.marks.points, row.marks.by_item))
        for row in graded.rows
    }


def larger(folder, students=4):
    """The small class with more students, of whom no two handed in the same."""
    for number in range(students):
        notebook = small.submission()
        notebook["cells"].append(
            {
                "cell_type": "code",
                "id": "scratch",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": f"{number}",
            }
        )
        small.hand_in(folder / "submitted", f"student-{number}", notebook)
    return folder


def test_a_class_gets_the_same_marks_while_a_worker_is_killed(prepared, tmp_path, two_workers):
    here = larger(copy_of(prepared, tmp_path / "here"))
    there = copy_of(here, tmp_path / "there")
    local = grade_class(job_of(here), PlainProcess())
    victim = two_workers.add("--nthreads", "1")
    killed = []

    def watch(done, total):
        if done == 2 and not killed:
            two_workers.kill(victim)
            killed.append(done)

    pool = partial(ClusterPool, address=two_workers.address)
    remote = grade_class(job_of(there), PlainProcess(), watch, pool)
    assert killed
    assert marks_of(remote) == marks_of(local)
    assert len(remote.rows) == 10


def test_a_mended_test_changes_the_same_marks_as_here(pristine, tmp_path, two_workers):
    here, there = (mend(copy_of(pristine[0], tmp_path / name)) for name in ("here", "there"))
    pool = partial(ClusterPool, address=two_workers.address)
    local, _ = again(here)
    remote, _ = again(there, executor=PlainProcess(), pool=pool)
    assert remote.changes == local.changes != []
    assert marks(there) == marks(here)


def test_every_thread_has_a_process_of_its_own_and_leaves_none(two_workers, manifest):
    nanny = two_workers.workers[0]
    pool = ClusterPool(PlainProcess(), 1, address=two_workers.address)
    assert pool.slots == 6
    seen = []
    futures = [pool.submit(submission(f"s{n}"), manifest, Limits()) for n in range(8)]
    while not all(future.done() for future in futures):
        seen.append(slots_below(nanny))
        time.sleep(0.05)
    assert {item.points for item in futures[0].result().items} == {3.0, 2.0, 1.0, None}
    assert max(seen) >= 2
    pool.close()
    assert slots_below(nanny) == 0


def test_problems_and_faults_come_back_as_they_do_from_local_workers(two_workers, manifest):
    pool = ClusterPool(Told(), 1, address=two_workers.address)
    with pytest.raises(ExecutionProblem, match="no sandbox today"):
        pool.submit(submission("problem"), manifest, Limits()).result(300)
    with pytest.raises(GraderFault, match="ZeroDivisionError: ours"):
        pool.submit(submission("fault"), manifest, Limits()).result(300)
    pool.close()


def test_stopping_ends_what_runs_at_once(two_workers, manifest):
    nanny = two_workers.workers[0]
    pool = ClusterPool(Told(), 1, address=two_workers.address)
    futures = [pool.submit(submission("slow"), manifest, Limits()) for _ in range(3)]
    time.sleep(3)
    begin = time.monotonic()
    pool.stop()
    pool.stop()
    assert time.monotonic() - begin < 20
    for future in futures:
        with pytest.raises(ExecutionProblem, match="the grader was stopped"):
            future.result(1)
    with pytest.raises(ExecutionProblem, match="was lost"):
        pool.submit(submission("ada"), manifest, Limits()).result(1)
    assert slots_below(nanny) == 0


def test_a_worker_that_would_grade_differently_is_refused(tmp_path):
    """Its cnnlab differs by one line, which may be one that gives points."""
    other = tmp_path / "other"
    shutil.copytree(
        Path(cnnlab.__file__).parent, other / "cnnlab", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (other / "cnnlab/grading/scoring.py").open("a") as file:
        file.write("# changed\n")
    with cluster(tmp_path) as running:
        running.add("--nthreads", "1", "--no-nanny", source=other)
        said = r"worker tcp://127.0.0.1:\d+ would not grade as you do: it has sources \w{12}, "
        with pytest.raises(EnvironmentProblem, match=said):
            ClusterPool(PlainProcess(), 1, address=running.address)


def test_a_worker_without_the_callers_level_is_refused(two_workers):
    said = "would not grade as you do: level A does not work there: bubblewrap is missing"
    with pytest.raises(EnvironmentProblem, match=said):
        ClusterPool(Unable(), 1, address=two_workers.address)


def test_a_later_worker_is_asked_in_its_tasks(manifest):
    """What it says is told as a problem of the machine, never as points."""
    expected = slot.About("another", "", "", "")
    call = slot.Call("run", expected, PlainProcess())
    with pytest.raises(ExecutionProblem, match="it has cnnlab .*, and the caller another; install"):
        slot.run(call, manifest, submission("ada"), Limits())


def test_a_scheduler_without_workers_and_no_scheduler_are_told_with_a_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr("cnnlab.grading.cluster.CONNECT_SECONDS", 2.0)
    said = "has no workers; start some with: dask worker"
    with cluster(tmp_path) as running, pytest.raises(EnvironmentProblem, match=said):
        ClusterPool(PlainProcess(), 1, address=running.address)
    with pytest.raises(EnvironmentProblem, match="no Dask scheduler answers at tcp://127.0.0.1:"):
        ClusterPool(PlainProcess(), 1, address=running.address)


def test_a_cluster_that_loses_all_its_workers_ends_the_run(tmp_path, manifest, monkeypatch):
    monkeypatch.setattr("cnnlab.grading.cluster.ALONE_SECONDS", 2.0)
    with cluster(tmp_path) as running:
        only = running.add("--nthreads", "1", "--no-nanny")
        pool = ClusterPool(Told(), 1, address=running.address)
        future = pool.submit(submission("slow"), manifest, Limits())
        time.sleep(2)
        running.kill(only)
        with pytest.raises(ExecutionProblem, match="has no workers left"):
            future.result(300)
        pool.close()
