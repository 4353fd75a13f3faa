"""Programs as students write them are recognised, not only the versions the hints were written for.

Each is typed out with its loops, independently of the wrong versions in `cnnlab.checks`, in the
folder `student_programs`. The ids in comments there are those of the catalogue of misconceptions
the course was planned with.
"""

import numpy as np
import pytest

from cnnlab.checks import check
from cnnlab.checks.proof.proofs import student_programs
from tests.checks.collect import programs
from tests.checks.student_programs.filters import (
    FRAME,
    LOOPS,
    SAME,
    SAME_FRAME,
    STRIDED,
    STRIDED_FRAME,
)

PROGRAMS = programs()


@pytest.mark.parametrize("mistake", PROGRAMS)
def test_a_students_program_is_recognised_and_earns_less_than_everything(mistake):
    ladder = getattr(check, mistake.split(".")[0]).ladder
    assert list(student_programs(ladder, {mistake: PROGRAMS[mistake]})) == []


def test_a_program_that_is_told_another_mistake_is_seen():
    source = PROGRAMS["correlate2d.flipped-kernel"]
    found = list(student_programs(check.correlate2d.ladder, {"correlate2d.averaged": source}))
    assert len(found) == 1
    assert "is told correlate2d.flipped-kernel" in found[0]


@pytest.mark.parametrize(
    ("frame", "filled"), [(LOOPS, FRAME), (STRIDED, STRIDED_FRAME), (SAME, SAME_FRAME)]
)
def test_the_frames_are_right_where_nothing_is_changed(frame, filled):
    names = {"np": np}
    exec(frame.format(**filled), names)
    task = next(name for name in names if name in dir(check))
    assert getattr(check, task).result(names[task]).passed
    assert getattr(check, task).points(names[task], of=4, seed=1) == 4
