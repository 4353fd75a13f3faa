"""No false zero: honest notebooks of every kind earn their marks in the sandbox."""

import pytest

from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import course, trial
from tests.grading.honest.everything import VARIANTS

pytestmark = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture(scope="module")
def grader(tmp_path_factory):
    executor = Bubblewrap()
    yield trial.Trial(executor, tmp_path_factory.mktemp("honest"), limits=trial.PATIENT)
    executor.close()


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_an_honest_notebook_earns_its_marks(grader, variant):
    outcome = grader.run_notebook(variant.notebook(), "ada")
    assert trial.points(outcome) == dict(zip(course.TESTS, variant.points, strict=True))
    assert outcome.flags == ()
    assert trial.too_long(outcome) == []


def test_there_are_sixty_and_more_and_no_two_are_equal():
    files = [course.bytes_of(variant.notebook()) for variant in VARIANTS]
    assert len(set(files)) == len(files) >= 60
