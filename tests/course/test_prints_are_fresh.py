"""The committed notebooks are what their manuscripts say, to the byte."""

from cnnlab.printing import Course
from cnnlab.printing.course import State


def test_every_print_is_fresh(root):
    findings = Course(root).compare()
    stale = [f"{f.path}: {f.state.value}" for f in findings if f.state is not State.FRESH]
    assert not stale, "\n".join([*stale, "Mend: cnnlab course build"])
