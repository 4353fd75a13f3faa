"""Cells are executed, by the plain executor unless told; what they earned and showed."""

from contextlib import closing

from cnnlab.grading.model import Cell, Limits, Manifest, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from tests.grading import small

# For honest cells, on a busy machine too; and for cells that never end.
PATIENT = Limits(cell_seconds=60.0, memory_bytes=2**30)
LIMITS = Limits(cell_seconds=20.0, memory_bytes=2**30)
QUICK = Limits(cell_seconds=2.5, total_seconds=60.0, memory_bytes=2**30)

FULL = {"total-check": 3.0, "mean-check": 2.0, "open-check": 1.0, "why": None}


def run(manifest, *sources, limits=PATIENT, answers=small.RIGHT, files=(), executor=PlainProcess):
    """Execute scratch cells, then the answers."""
    scratch = tuple(SubmittedCell("code", source) for source in sources)
    named = tuple(SubmittedCell("code", text, name) for name, text in answers.items())
    submission = Submission("ada", scratch + named, "0", files=files)
    with closing(executor()) as runs:
        return runs.execute(submission, manifest, limits)


def points(outcome):
    return {item.grade_id: item.points for item in outcome.items}


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


def tried(executor, student, *tests, locked="", limits=LIMITS, shown=None):
    """Run test cells over one student's cell; the results of the tests."""
    cells = [Cell("setup", "locked", "code", locked, locked)]
    for number, test in enumerate(tests):
        visible = test if shown is None else shown
        cells.append(Cell(f"test-{number}", "test", "code", test, visible, 1.0, partial=True))
    manifest = Manifest("a", "a", tuple(cells), "0")
    submission = Submission("ada", (SubmittedCell("code", student),), "0")
    outcome = executor.execute(submission, manifest, limits)
    ran = zip(outcome.steps, outcome.ran, strict=True)
    found = [result for step, result in ran if step.kind == "test"]
    return found[0] if len(found) == 1 else found
