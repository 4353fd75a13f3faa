"""All attacks of the corpus, in one list."""

from tests.grading.corpus import forging, marks, processes, protocol, secrets, values

ATTACKS = [
    *secrets.ATTACKS,
    *processes.ATTACKS,
    *forging.ATTACKS,
    *values.ATTACKS,
    *marks.ATTACKS,
    *protocol.ATTACKS,
]
