"""The trusted side: run a teacher's test cell, its names bound to stand-ins for the student's.

What the test cell or a locked cell binds is the teacher's. Every other name is looked for among the
functions and values of the student's process. Tests, hidden inputs and right answers never leave
this process, and no verdict ever enters it.
"""

import ast
import random
import signal
import sys
import tempfile
import threading
import traceback
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from cnnlab.grading.calls import Calls, Ended
from cnnlab.grading.locked import Locked, loaded_names, needed, parts, transformed
from cnnlab.grading.model import Cell, ExecutionProblem, Manifest, Ran, Step
from cnnlab.grading.process import Session
from cnnlab.grading.proxies import bound
from cnnlab.grading.shell import CapturingShell, make_shell, redirect
from cnnlab.grading.worker import place, plain

AGAIN_SECONDS = 1.0
OWN_SECONDS = 60.0  # for what a test does itself: no student pays for a slow machine here


class TimeIsUp(BaseException):
    """The test itself takes too long; not an Exception, so that no test swallows it."""


class Judge:
    """Runs the test cells of one assignment. One at a time in a process: it redirects streams."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.shell = _shell()
        self._locked: dict[tuple[str, ...], Locked] = {}

    def judges(self, manifest: Manifest) -> bool:
        """Has this manifest the same cells? How they give points makes no difference here."""
        if manifest is not self.manifest and _bare(manifest) == _bare(self.manifest):
            self.manifest = manifest
        return manifest is self.manifest

    def test(self, step: Step, session: Session, places: dict[str, int]) -> Ran:
        """Run one test. Raises `Fatal` when the student's process cannot go on after it.

        ``places`` are the names of the student's cells, with their numbers of lines.
        """
        calls, limits = Calls(session, places), session.limits
        self.shell.outputs.limits = limits.text_chars, limits.rich_chars
        try:
            with _streams(self.shell), _fresh_numbers(), _at_most(session.seconds + OWN_SECONDS):
                ran = replace(self._test(step, calls), missed=calls.missed)
        except Ended as error:
            ran = Ran(error.status)
        except TimeIsUp:
            ran = Ran("timeout")
        except BaseException:
            session.kill()
            raise
        calls.close(ran)
        return ran

    def _test(self, step: Step, calls: Calls) -> Ran:
        shown, rest = step.shown, _rest(step)
        module = self._module(step, calls)
        if rest is None:  # the hidden part lies within: the open one runs alone first
            seen = self._run(shown, module)
            if seen.status == "timeout":
                return seen
            return _as_seen(seen, self._run(step.source, self._module(step, calls)))
        seen = self._run(shown, module)
        if seen.status != "ok" or not rest.strip():
            return seen
        return _as_seen(seen, self._run(rest, module))

    def _module(self, step: Step, calls: Calls) -> types.ModuleType:
        """The teacher's names, and stand-ins for those of the student's that they leave free."""
        cells = needed(self.manifest, step.grade_id or "", step.source)
        locked = self._bound_by(cells)
        module = locked.fresh()
        loaded = loaded_names(step.source).union(*(loaded_names(cell.source) for cell in cells))
        for name, value in bound(calls, loaded - set(locked.names)).items():
            vars(module).setdefault(name, value)
        return module

    def _bound_by(self, cells: list[Cell]) -> Locked:
        """What these locked cells bind; they run once, for all tests of all students.

        A statement that needs the student fails; those below it are the teacher's all the same.
        """
        which = tuple(cell.grade_id for cell in cells)
        if which not in self._locked:
            module = types.ModuleType("judge")
            for name, source in [(c.grade_id, part) for c in cells for part in parts(c.source)]:
                if self._run(source, module).status == "timeout":
                    raise ExecutionProblem(f"locked cell {name} took too long to judge by")
            self._locked[which] = Locked(module)
        return self._locked[which]

    def _run(self, source: str, module: types.ModuleType) -> Ran:
        """Run a cell in this module."""
        shell = self.shell
        shell.user_module, shell.user_ns = module, module.__dict__
        shell.init_user_ns()
        shell.outputs.clear()
        result = shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
        outputs = tuple(_without_paths(output, error, source) for output in shell.outputs.shown())
        if error is None:
            return Ran("ok", outputs, plain(result.result))
        if isinstance(error, TimeIsUp):
            return Ran("timeout", outputs)
        if isinstance(error, Ended):
            return Ran(error.status, outputs)
        where = getattr(error, "student_place", "") or place(error, shell, {})
        return Ran("error", outputs, error=type(error).__name__, place=where)


def _bare(manifest: Manifest) -> Manifest:
    """The manifest without what the run of the solution teaches."""
    return replace(manifest, cells=tuple(replace(c, partial=False) for c in manifest.cells))


def _shell() -> CapturingShell:
    """The one shell of this process, with nothing of the judge's own in its reach."""
    known = CapturingShell._instance
    if isinstance(known, CapturingShell):
        return known
    with tempfile.TemporaryDirectory() as folder:  # not among the settings of whoever grades
        # Minimal: what is shown of an error is made by `_without_paths`.
        return make_shell(ipython_dir=folder, xmode="Minimal")


def _without_paths(output: dict[str, Any], error: Any, source: str) -> dict[str, Any]:
    """An output whose traceback, if it is one, names the line of the test and no file of ours."""
    if output["output_type"] != "error":
        return output
    lines = source.splitlines()
    found = [
        f"line {frame.lineno} of this test: {lines[frame.lineno - 1].strip()}"
        for frame in traceback.extract_tb(getattr(error, "__traceback__", None))
        if frame.name == "<module>" and frame.lineno and frame.lineno <= len(lines)
    ]
    name, value = output["ename"], output["evalue"]
    return {**output, "traceback": [*found[-1:], f"{name}: {value}" if value else name]}


def _as_seen(seen: Ran, ran: Ran) -> Ran:
    """The result of the whole test with the outputs of its open part alone."""
    return Ran(ran.status, seen.outputs, ran.value, ran.error, ran.place)


@lru_cache(maxsize=256)  # every student of a class has the same tests
def _rest(step: Step) -> str | None:
    """What a test does after its open part; None where the hidden part does not come last."""
    shown = step.shown.rstrip()
    if step.source.rstrip() == shown:
        return ""
    whole = step.source.startswith(shown + "\n") and _complete(shown)
    return step.source[len(shown) :] if whole else None


def _complete(source: str) -> bool:
    try:
        ast.parse(transformed(source))
    except SyntaxError:
        return False
    return True


@contextmanager
def _streams(shell: CapturingShell) -> Iterator[None]:
    """Let what is printed end in the shell's outputs."""
    before = sys.stdout, sys.stderr
    redirect(shell)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextmanager
def _fresh_numbers() -> Iterator[None]:
    """Equal random numbers for each test; no warning of the student's code ends one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002  a test may use it
        yield


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `TimeIsUp` in here when the time is over, where signals can be had.

    It rings again and again: a test may catch whatever is raised.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
