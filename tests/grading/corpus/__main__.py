"""``python -m tests.grading.corpus [CASES]``: hand in attacks, say which were not held.

CASES are beginnings of their numbers, as in "A,B,C02"; all are tried without. The exit status is
1 when one was not held or something is left.
"""

import sys
import tempfile
import time
from pathlib import Path

from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import trial
from tests.grading.corpus.attack import Attack
from tests.grading.corpus.everything import ATTACKS


def main(cases: str = "") -> int:
    """Try them one after the other in one grader, and an honest student last."""
    with tempfile.TemporaryDirectory(prefix="cnnlab-corpus-") as folder:
        return tried(Path(folder), cases)


def tried(folder: Path, cases: str) -> int:
    failed = 0
    executor = Bubblewrap()
    chosen = [a for a in ATTACKS if not cases or a.id.startswith(tuple(cases.split(",")))]
    with trial.bait(folder / "course") as bait:
        before = trial.hashes(folder / "course")
        grader = trial.Trial(executor, folder / "submitted", bait)
        for attack in [*chosen, Attack("", "an honest student", "full")]:
            began = time.monotonic()
            wrong = grader.wrong_with(attack)
            failed += bool(wrong)
            print(f"{attack.id:4}{attack.title:52}{time.monotonic() - began:5.1f} s", *wrong)
        changed = trial.hashes(folder / "course") != before
    executor.close()
    left = trial.left_running()
    print(f"{failed} of {len(chosen)} not held; left running: {left or 'nothing'}")
    return 1 if failed or left or changed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
