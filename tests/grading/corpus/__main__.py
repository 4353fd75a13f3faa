"""``python -m tests.grading.corpus FOLDER [WORD]``: hand in every attack, say which were not held.

WORD picks those whose number or title holds it. The exit status is 1 when one was not held.
"""

import sys
import time
from pathlib import Path

from cnnlab.grading.sandbox import Bubblewrap
from tests.grading.corpus import trial
from tests.grading.corpus.everything import ATTACKS


def main(folder: str, word: str = "") -> int:
    """Try them one after the other in one grader."""
    failed = 0
    executor = Bubblewrap()
    with trial.bait(Path(folder, "course")) as bait:
        grader = trial.Trial(executor, Path(folder, "submitted"), bait)
        for attack in ATTACKS:
            if word not in f"{attack.id} {attack.title}":
                continue
            began = time.monotonic()
            wrong = grader.wrong_with(attack)
            failed += bool(wrong)
            print(f"{attack.id:4}{attack.title:50}{time.monotonic() - began:5.1f} s", *wrong)
    executor.close()
    left = trial.left_running()
    print(f"{failed} not held; left running: {left or 'nothing'}")
    return 1 if failed or left else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
