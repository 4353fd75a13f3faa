"""Nobody is graded by a test that gives points for nothing, or by a judge that can be talked to."""

import builtins
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from cnnlab.errors import EnvironmentProblem, NotebookError
from cnnlab.grading.journal import Journal
from cnnlab.grading.manifest import as_submission, build
from cnnlab.grading.model import ExecutionProblem, Limits, Outcome, Ran
from cnnlab.grading.plain import PlainProcess
from cnnlab.grading.plan import assemble
from cnnlab.grading.preflight import checked, worthless
from cnnlab.grading.record import Key
from cnnlab.grading.sandbox import Bubblewrap
from cnnlab.grading.scoring import score
from tests.grading import small
from tests.grading.inline import Inline
from tests.grading.regrading import Counting, regrade

KEY = Key("", "m", "1", "level")


class Within:
    """Runs the tests among the student's cells, as a grader without a judge does."""

    level = "within"

    def execute(self, submission, manifest, limits):
        steps, notes = assemble(submission, manifest)
        names, ran, alive = {}, [], True
        with unchanged():
            for step in steps:
                if step.kind == "text" or not alive:
                    ran.append(Ran("ok") if step.kind == "text" else Ran("died"))
                    continue
                alive = "os._exit" not in step.source
                ran.append(self._run(step.source, names) if alive else Ran("died"))
        items = score(manifest, submission, steps, tuple(ran))
        return Outcome(steps, tuple(ran), items, notes, self.level)

    def _run(self, source, names):
        *body, last = [line for line in source.split("\n") if line.strip() and line[0] != "#"]
        try:
            exec("\n".join(body), names)
            return Ran("ok", value=_number(last, names))
        except Exception as error:
            return Ran("error", error=type(error).__name__)

    def stop(self):
        pass

    close = stop


def _number(last, names):
    try:
        return float(eval(last, names))
    except SyntaxError:
        exec(last, names)
        return None


@contextmanager
def unchanged():
    """Puts back what a notebook has changed in this process."""
    kept = [(m, dict(vars(m))) for m in (np, np.testing, builtins)]
    try:
        yield
    finally:
        for module, names in kept:
            for name, value in names.items():
                setattr(module, name, value)


def assignment(total=small.TOTAL_CHECK, mean=small.MEAN_CHECK, opened=small.OPEN_CHECK):
    """The small assignment with these tests, and its solution as a submission."""
    texts = {"total-check": total, "mean-check": mean, "open-check": opened}
    manifest = build(
        small.NAME, small.NAME, small.released(), {"imports": "import math", **texts}, "m"
    )
    solution = small.source()
    return manifest, solution


def try_out(executor, tmp_path, **tests):
    manifest, solution = assignment(**tests)
    tmp_path.mkdir(exist_ok=True)
    with closing(Journal(tmp_path)) as journal:
        limits = Limits(cell_seconds=20)
        return checked(journal, KEY, Inline(executor, 1), manifest, solution, limits)


@pytest.mark.parametrize("executor", [PlainProcess, Bubblewrap])
def test_a_sound_assignment_passes_and_is_not_tried_out_again(executor, tmp_path, bubblewrap):
    manifest = try_out(executor(), tmp_path)
    assert [cell.grade_id for cell in manifest.cells if cell.partial] == ["total-check"]
    assert try_out(None, tmp_path) == manifest


class UpTo(Counting):
    """Is killed, so to say, when it is to execute this one."""

    def __init__(self, last=""):
        super().__init__()
        self.last = last

    def execute(self, submission, *rest):
        if submission.student == self.last:
            raise KeyboardInterrupt
        return super().execute(submission, *rest)


class OneByOne(Inline):
    """Executes only when the outcome is asked for."""

    def submit(self, *task):
        future = Future()
        future.result = lambda: super(OneByOne, self).submit(*task).result()
        return future


def test_what_was_tried_out_before_a_kill_is_not_tried_out_again(tmp_path):
    manifest, solution = assignment()
    first, second = UpTo("canary-2"), UpTo()
    with closing(Journal(tmp_path)) as journal:
        begin = partial(checked, manifest=manifest, solution=solution, limits=Limits())
        with pytest.raises(KeyboardInterrupt):
            begin(journal, KEY, OneByOne(first, 1))
        done = begin(journal, KEY, OneByOne(second, 1))
    assert first.executed == ["solution", "canary-0", "canary-1"]
    assert second.executed == ["canary-2", "canary-3"]
    assert done == try_out(PlainProcess(), tmp_path / "other")


BY_NUMPY = "import numpy as np\nnp.testing.assert_allclose(mean([2, 4]), 3)\nassert True"


@pytest.mark.parametrize(
    ("tests", "who"),
    [
        ({"opened": "assert callable(mean)"}, "the notebook as students get it earns 1 of 1"),
        (
            {"total": "3.0"},
            "the notebook as students get it earns 3 of 3 points in test cell total-",
        ),
    ],
)
def test_a_test_that_gives_points_for_nothing_stops_all(tests, who, tmp_path):
    with pytest.raises(NotebookError, match=who):
        try_out(PlainProcess(), tmp_path, **tests)
    with closing(Journal(tmp_path)) as journal:
        assert journal.ready(KEY) is None
    again = Counting()
    with pytest.raises(NotebookError, match=who):
        try_out(again, tmp_path, **tests)
    assert "canary-0" in again.executed  # the failure may have been the machine's


@pytest.mark.parametrize(
    ("tests", "who"),
    [({}, "whose answers equal everything"), ({"mean": BY_NUMPY}, "that changes NumPy")],
)
def test_a_judge_within_reach_is_found_out(tests, who, tmp_path):
    """The canaries do earn points where nothing stands between them and the tests."""
    with pytest.raises(NotebookError, match=f"a notebook {who} earns"):
        try_out(Within(), tmp_path, **tests)
    try_out(PlainProcess(), tmp_path, **tests)


def test_every_kind_of_name_that_an_answer_binds_is_bound_in_its_place():
    manifest, solution = assignment()
    own = as_submission(solution, manifest)
    source = "class A: pass\nb: int = 1\nc, (d, *e) = f = x\nimport g\ndef h(i): j = 1"
    cells = [replace(c, source=source) if c.grade_id == "mean" else c for c in own.cells]
    works = worthless(replace(own, cells=tuple(cells)), manifest)
    equal = works["a notebook whose answers equal everything"]
    text = next(cell.source for cell in equal.cells if cell.grade_id == "mean")
    assert sorted(text.split("\n")) == [f"{name} = Anything()" for name in "Abcdefh"]
    cells = [replace(c, source="%magic") if c.grade_id == "mean" else c for c in own.cells]
    works = worthless(replace(own, cells=tuple(cells)), manifest)
    assert all("%magic" not in cell.source for work in works.values() for cell in work.cells)
    for work in works.values():
        named = {cell.grade_id: cell.source for cell in work.cells if cell.grade_id}
        assert named["why"] == "YOUR ANSWER HERE"
        assert "BEGIN SOLUTION" not in "".join(named.values())


def test_a_machine_that_cannot_try_it_out_is_no_fault_of_the_assignment(tmp_path):
    class Broken(PlainProcess):
        def execute(self, *_):
            raise ExecutionProblem("no process")

    with pytest.raises(EnvironmentProblem, match="could not be tried out: no process"):
        try_out(Broken(), tmp_path)


def test_nobody_is_graded_where_a_canary_sings(ungraded):
    path = ungraded / "solutions/sums/sums.ipynb"
    path.write_text(path.read_text().replace("assert mean([5]) == 5", "assert mean"))
    counting = Counting()
    with pytest.raises(NotebookError, match="earns 1 of 1 points in test cell open-check") as told:
        regrade(ungraded, counting)
    assert told.value.exit_code == 3
    assert not {"ada", "bob", "dan", "eve"} & set(counting.executed)


def test_calibration_and_canaries_are_executed_once(ungraded):
    executed, _ = regrade(ungraded)
    assert sum(name.startswith("canary") for name in executed) == 4
    executed, _ = regrade(ungraded, force=True)
    assert sorted(executed) == ["ada", "bob", "dan", "eve"]
