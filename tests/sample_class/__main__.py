"""Make the class, grade it as a teacher would, and say whether the marks are right."""

import argparse
import subprocess
import sys
from pathlib import Path

from cnnlab.grading.levels import why_no_sandbox
from tests.sample_class.compare import differences
from tests.sample_class.notebooks import ASSIGNMENT
from tests.sample_class.students import EXPECTED, make

SECONDS = "8"  # one of the class never ends


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.sample_class", description=__doc__)
    parser.add_argument("--grade", metavar="DIR", type=Path, required=True, help="made if missing")
    folder = parser.parse_args().grade.absolute()
    make(folder / "submitted")
    words = ["--submitted", folder / "submitted", "--output", folder / "graded"]
    command = [sys.executable, "-m", "cnnlab", "grade", ASSIGNMENT, *words, "--time-limit", SECONDS]
    if why_no_sandbox()[0]:
        command.append("--unsafe-no-sandbox")  # this class is our own work
    ended = subprocess.run(command).returncode
    if ended not in (0, 1):  # 1: not everything could be graded, and that is as it must be
        return ended
    wrong = differences(folder / "graded" / f"{ASSIGNMENT}.csv")
    print("\n".join(wrong) or f"All {len(EXPECTED)} marks are the ones written by hand.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
