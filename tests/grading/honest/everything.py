"""All honest variants, in one list."""

from tests.grading.honest.style import ARRANGED, CELLS, WRITING
from tests.grading.honest.variants import NO_ARRAYS, NOISE, RESULTS

VARIANTS = [*NOISE, *RESULTS, *NO_ARRAYS, *WRITING, *CELLS, *ARRANGED]
