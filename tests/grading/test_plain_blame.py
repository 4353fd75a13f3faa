"""A test that ends the student's process: when a cell that ran out of time is to blame for it."""

from contextlib import closing

import pytest

from cnnlab.grading.model import Cell, Limits, Manifest, Submission, SubmittedCell
from cnnlab.grading.plain import PlainProcess
from tests.grading.corpus.protocol import TOOLS

LIMITS = Limits(cell_seconds=2.0, total_seconds=60.0, memory_bytes=2**30)
LATE = "def f(x): return x\nwhile True: pass"


def graded(*sources, tests=("g()", "f(1.0)")):
    """What the student's cells and the tests below them gave."""
    cells = [Cell(f"test-{name}", "test", "code", name, name, 1.0, partial=True) for name in tests]
    manifest = Manifest("a", "a", tuple(cells), "0")
    submission = Submission("ada", tuple(SubmittedCell("code", text) for text in sources), "0")
    with closing(PlainProcess()) as executor:
        outcome = executor.execute(submission, manifest, LIMITS)
    both = list(zip(outcome.steps, outcome.ran, strict=True))
    return [
        [ran for step, ran in both if (step.kind == "test") is tests] for tests in (False, True)
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "tell(frame({'id': token(), 'value': {'l': 3}, 'after': None}))",
        "tell(struct.pack('>I', 2**32 - 1))",
    ],
)
def test_a_malformed_answer_takes_no_other_cell_with_it(bad):
    g = f"{TOOLS}\ndef g():\n    {bad}\n    time.sleep(60)"
    cells, (broken, other) = graded(LATE, g)
    assert [cell.status for cell in cells] == ["timeout", "ok"]
    assert (broken.status, other.value) == ("died", 1.0)


def test_a_process_that_is_killed_under_a_test_takes_no_other_cell_with_it():
    """As the supervisor kills one that takes too much memory."""
    _, (ended, other) = graded(LATE, "import os\ndef g(): os.kill(os.getppid(), 9)")
    assert (ended.status, other.value) == ("died", 1.0)


def test_a_cell_that_leaves_no_room_for_a_test_is_left_out():
    hoard = (
        "import os\nheld = []\ntry:\n    while True: held.append(os.dup(0))\nexcept OSError: pass\n"
    )
    g = "def g(): return 1.0"
    _, (first, other) = graded(f"{hoard}\n{LATE}", g)
    assert (first.value, other.error) == (1.0, "NameError")


ANSWERS = "def g(): return 1.0\ndef f(x): return x"


def test_a_copy_that_a_cell_makes_of_its_process_takes_no_part():
    cells, tests = graded(*["import os\nos.fork()"] * 3, ANSWERS)
    assert [cell.status for cell in cells] == ["ok"] * 4
    assert [test.value for test in tests] == [1.0, 1.0]


def test_a_copy_that_a_function_makes_of_its_process_takes_no_part():
    forks = "import os\ndef g():\n    os.fork()\n    return 1.0\ndef f(x):\n    return x"
    _, (value,) = graded(forks, tests=["g() + g() + g()"])
    assert value.value == 3.0
