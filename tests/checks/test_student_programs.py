"""Programs as students write them are recognised, not only the versions the hints were written for.

Each is typed out with its loops, independently of the wrong versions in `cnnlab.checks`, in the
folder `student_programs`. The ids in comments there are those of the catalogue of misconceptions
the course was planned with.
"""

import numpy as np
import pytest

from cnnlab.checks import check
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
    task = mistake.split(".")[0]
    names = {"np": np}
    exec(PROGRAMS[mistake], names)
    result = getattr(check, task).result(names[task])
    assert result.mistake == mistake, (result.rung, result.symptom, result.source)
    for seed in range(5):
        assert getattr(check, task).points(names[task], of=4, seed=seed) < 4


@pytest.mark.parametrize(
    ("frame", "filled"), [(LOOPS, FRAME), (STRIDED, STRIDED_FRAME), (SAME, SAME_FRAME)]
)
def test_the_frames_are_right_where_nothing_is_changed(frame, filled):
    names = {"np": np}
    exec(frame.format(**filled), names)
    task = next(name for name in names if name in dir(check))
    assert getattr(check, task).result(names[task]).passed
    assert getattr(check, task).points(names[task], of=4, seed=1) == 4
