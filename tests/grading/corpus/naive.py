"""A grader that runs tests in the student's own process. It shows what attacks would gain there.

``python -m tests.grading.corpus.naive`` prints what each forging attack and each honest variant
earns, as JSON. Nothing holds what runs here: attacks on the machine must never be in these lists.
"""

import contextlib
import io
import json
import os
import signal
import tempfile

from cnnlab.grading.model import Submission, SubmittedCell
from cnnlab.grading.plan import assemble
from tests.grading.corpus import course
from tests.grading.corpus.attack import Attack
from tests.grading.corpus.forging import ATTACKS as FORGING
from tests.grading.corpus.values import ATTACKS as VALUES
from tests.grading.honest.everything import VARIANTS
from tests.grading.honest.variants import Variant

SECONDS = 20


def earned(attack: Attack | Variant) -> float:
    """The points of the tests, as the last line of each says."""
    cells = tuple(
        SubmittedCell(cell["cell_type"], "".join(cell["source"]), course.grade_id(cell) or None)
        for cell in attack.notebook()["cells"]
    )
    steps, _ = assemble(Submission("mallory", cells, "0"), course.manifest())
    from IPython.core.interactiveshell import InteractiveShell

    shell, total = InteractiveShell.instance(), 0.0
    for step in steps:
        if step.kind == "text":
            continue
        with contextlib.redirect_stdout(io.StringIO()):
            value = shell.run_cell(step.source).result
        if step.kind == "test" and isinstance(value, (int, float)):
            total += value
    return total


def in_a_fork(attack: Attack | Variant) -> float:
    """What a fork of this process says that the attack earned; nothing when it did not say."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        with contextlib.suppress(BaseException):
            os.write(theirs, json.dumps(earned(attack)).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else 0.0


if __name__ == "__main__":
    import cnnlab.checks.filters
    import cnnlab.plot  # noqa: F401

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):  # some write files
        gains = {f"{a.id} {a.title}": in_a_fork(a) for a in (*FORGING, *VALUES)}
        marks = {variant.name: in_a_fork(variant) for variant in VARIANTS}
    print(json.dumps({"gains": gains, "marks": marks}))
